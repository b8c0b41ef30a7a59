"""Instances of rows that a statement of our own finds or writes, as `raw()` makes them, for paths that a crowd takes.

`raw()` compiles the columns of its model anew with each call, which takes longer than a small statement.
"""

from functools import lru_cache

from django.db import connection


def of(model, sql, values):
    """The rows of a statement with named places, or of the last of several; what is no column stands beside.

    Several statements are one way to the database and back; each sees what was committed when it begins.
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        while cursor.nextset():
            pass
        make = _maker(model, tuple(column.name for column in cursor.description))
        return [make(row) for row in cursor.fetchall()]


@lru_cache(maxsize=100)
def _maker(model, columns):
    """What makes an instance of a model from a row of these columns."""
    fields = {field.column: field for field in model._meta.concrete_fields}
    own = [(place, fields[column]) for place, column in enumerate(columns) if column in fields]
    beside = [(place, column) for place, column in enumerate(columns) if column not in fields]
    # In the order of the model, as its constructor takes them.
    own.sort(key=lambda pair: model._meta.concrete_fields.index(pair[1]))
    names = [field.attname for _place, field in own]
    converted = [(place, field) for place, field in own if hasattr(field, "from_db_value")]

    def make(row):
        row = list(row)
        for place, field in converted:
            row[place] = field.from_db_value(row[place], field.cached_col, connection)
        made = model.from_db(connection.alias, names, [row[place] for place, _field in own])
        for place, column in beside:
            setattr(made, column, row[place])
        return made

    return make
