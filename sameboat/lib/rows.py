"""Rows whose SQL is made once: for the few that every message asks for or adds.

Building a query anew each time is most of what the ORM costs, and these few reads are most of what a message
costs. Everything else uses the ORM.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import Any, Generic, TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)


class Rows(Generic[Row]):
    """Rows of a model by a fixed condition: `Rows(Session, "token_hash = %s").first(digest)`.

    The condition is a constant of the code, never anything that was sent; `lock` holds the rows until the
    transaction ends, where the database can.
    """

    def __init__(self, model: type[Row], condition: str, *, lock: bool = False) -> None:
        self.model = model
        self.condition = condition
        self.lock = lock

    @cached_property
    def _names(self) -> list[str]:
        return [field.attname for field in self.model._meta.concrete_fields]

    @cached_property
    def _flags(self) -> list[int]:
        # SQLite keeps booleans as numbers.
        fields = enumerate(self.model._meta.concrete_fields)
        return [place for place, field in fields if isinstance(field, models.BooleanField)]

    @cached_property
    def _sql(self) -> str:
        quote = connection.ops.quote_name
        columns = ", ".join(quote(field.column or "") for field in self.model._meta.concrete_fields)
        sql = f"SELECT {columns} FROM {quote(self.model._meta.db_table)} WHERE {self.condition}"  # noqa: S608
        if self.lock and connection.features.has_select_for_update:
            return f"{sql} FOR UPDATE"
        return sql

    def first(self, *values: Any) -> Row | None:
        """The one row that the condition finds with these values, or None."""
        with connection.cursor() as cursor:
            cursor.execute(self._sql, values)
            found = cursor.fetchone()
        if found is None:
            return None
        row = list(found)
        for place in self._flags:
            row[place] = bool(row[place])
        return self.model.from_db(connection.alias, self._names, row)


@cache
def _adding(model: type[models.Model]) -> tuple[str, list[models.Field[Any, Any]]]:
    quote = connection.ops.quote_name
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(quote(field.column or "") for field in fields)
    places = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})", fields  # noqa: S608


def add(row: models.Model) -> None:
    """Stores a new row, inside the caller's transaction. Its number is made by the database, and not asked for."""
    sql, fields = _adding(type(row))
    change(sql, *(field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields))


def column(sql: str, *values: Any) -> list[Any]:
    """The first column of what a fixed query finds."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]


def change(sql: str, *values: Any) -> None:
    """One fixed change, inside the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
