"""How often each value stands in some rows, for several columns and relations of them in one statement.

Of a large library, a statement for each would read all of it each time.
"""

import json

from django.core.exceptions import EmptyResultSet
from django.db import connection

COUNTED = """
SELECT grouping({columns}), coalesce({values}), count(*) FROM base GROUP BY GROUPING SETS ({sets})"""
LINKED = """
SELECT -place, to_jsonb(value), count(*) FROM ({links}) AS links(place, value, owner)
WHERE owner IN (SELECT pk FROM base) GROUP BY place, value"""


def of(rows, columns, relations, *, is_narrow):
    """{path: [(value, how many of these rows have it)]} of columns and of many-to-many relations.

    `is_narrow` says that few of all rows are left: these are then looked for but once.
    """
    try:
        wanted, values = rows.order_by().values_list("pk", *columns).query.sql_with_params()
    except EmptyResultSet:
        return {path: [] for path in (*columns, *relations)}
    kept = "MATERIALIZED" if is_narrow else "NOT MATERIALIZED"
    parts = [_counted(columns)] * bool(columns) + [_linked(rows.model, relations)] * bool(relations)
    # A column by the bits of all others, as grouping() tells it; a relation by its place, below zero.
    paths = {2 ** len(columns) - 1 - 2**place: path for place, path in enumerate(reversed(columns))}
    paths |= {-place: path for place, path in enumerate(relations, 1)}
    found = {path: [] for path in paths.values()}
    with connection.cursor() as cursor:
        cursor.execute(f"WITH base AS {kept} ({wanted}) {' UNION ALL '.join(parts)}", values)
        for place, value, amount in cursor.fetchall():
            if value is not None:
                found[paths[place]].append((json.loads(value), amount))
    return found


def _counted(columns):
    names = [connection.ops.quote_name(path) for path in columns]
    return COUNTED.format(
        columns=", ".join(names),
        values=", ".join(f"to_jsonb({name})" for name in names),
        sets=", ".join(f"({name})" for name in names),
    )


def _linked(model, relations):
    quote = connection.ops.quote_name
    links = []
    for place, path in enumerate(relations, 1):
        field = model._meta.get_field(path)
        value, owner, table = field.m2m_reverse_name(), field.m2m_column_name(), field.m2m_db_table()
        links.append(f"SELECT {place}, {quote(value)}, {quote(owner)} FROM {quote(table)}")  # noqa: S608 - names of our own columns
    return LINKED.format(links=" UNION ALL ".join(links))
