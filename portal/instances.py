"""Instances of rows that a statement of our own finds or writes, for paths that a crowd takes.

What the ORM does around a small statement, with each call anew, takes longer than the statement.
"""

import re
from functools import lru_cache

from django.db import connection
from django.db.models import Value

from portal import prepared

ALL = re.compile(r"(\w+\.)?\*")
CONSTANT = re.compile(r"(?<!%)%s")


def of(model, sql, values):
    """The rows of a statement with named places, as `raw()` makes them; what is no column stands beside.

    `*` stands for the columns that the model knows: what a migration adds changes nothing of a prepared statement.
    """
    return made(model, prepared.found(spelled_out(model, sql), values))


def made(model, answer):
    """The same from the names and rows that the database has answered."""
    columns, rows = answer
    make = _maker(model, columns)
    return [make(row) for row in rows]


class Place(Value):
    """A text that a statement is given anew each time, under a name: stands for it in a queryset that is composed once."""

    def as_sql(self, compiler, connection):
        return f"%({self.value})s::text", []


def composed(rows):
    """The statement of a queryset, for `of`, and the values of all its places that are no Place."""
    sql, constants = rows.query.sql_with_params()
    values = {f"constant{number}": constant for number, constant in enumerate(constants)}
    names = iter(values)
    return CONSTANT.sub(lambda _found: f"%({next(names)})s", sql), values


def add(row):
    """Save a new row, as `save(force_insert=True)` does, and return it; nobody is signalled."""
    return add_all([row])[0]


def add_all(rows, *also):
    """The same for many, and carry out what need not wait for them, (statement, values), on one way to the database.

    A row may have its id already, so that others can point at it.
    """
    answers = prepared.together(*map(_addition, rows), *also)
    for row, (_names, ((row.pk,),)) in zip(rows, answers, strict=False):
        row._state.adding, row._state.db = False, connection.alias
    return rows


def _addition(row):
    sql, fields = _insertion(type(row), row.pk is not None)
    return sql, _values(row, fields, add=True)


def change(row, *names):
    """What saves these fields of a row, as (statement, values)."""
    sql, fields = _update(type(row), names)
    return sql, _values(row, fields, add=False)


def _values(row, fields, *, add):
    return {field.column: field.get_db_prep_save(field.pre_save(row, add), connection) for field in fields}


@lru_cache(maxsize=100)
def spelled_out(model, sql):
    """A statement in which every `*` stands for the columns that the model knows."""
    columns = [field.column for field in model._meta.concrete_fields]
    return ALL.sub(lambda found: ", ".join(f'{found[1] or ""}"{column}"' for column in columns), sql)


@lru_cache(maxsize=100)
def _insertion(model, has_id):
    """What inserts a row of a model, and the fields that it takes."""
    fields = [field for field in model._meta.concrete_fields if has_id or not field.primary_key]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(f"%({field.column})s" for field in fields)
    sql = f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({places}) RETURNING id"  # noqa: S608 - a model's names
    return sql, fields


@lru_cache(maxsize=100)
def _update(model, names):
    """What changes these fields of a row of a model, and the fields that it takes."""
    fields = [field for field in model._meta.concrete_fields if field.name in names]
    places = ", ".join(f'"{field.column}" = %({field.column})s' for field in fields)
    sql = f"UPDATE {model._meta.db_table} SET {places} WHERE id = %(id)s"  # noqa: S608 - a model's names
    return sql, [*fields, model._meta.pk]


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
