"""``INSERT … SELECT``: write many rows in one statement, without loading them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections, models, router
from django.db.models.constants import OnConflict


def insert_select(model: type[models.Model], rows: models.QuerySet[Any], values: Mapping[str, Any]) -> int:
    """Write a ``model`` for each of ``rows``, in their order, and return how many; what is there already stays.

    ``values`` gives an expression over ``rows`` for each field to fill; a field that it leaves out must take NULL.
    Django compiles the SELECT, and each database's syntax for ignoring conflicts.
    """
    connection = connections[router.db_for_write(model)]
    fields: list[Any] = [model._meta.get_field(name) for name in values]
    try:
        select, params = rows.values_list(*values.values()).query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return 0
    quote = connection.ops.quote_name
    insert = connection.ops.insert_statement(on_conflict=OnConflict.IGNORE)
    columns = ", ".join(quote(field.column) for field in fields)
    ignoring = connection.ops.on_conflict_suffix_sql(fields, OnConflict.IGNORE, [], [])
    with connection.cursor() as cursor:
        cursor.execute(f"{insert} {quote(model._meta.db_table)} ({columns}) {select} {ignoring}", params)
        return int(cursor.rowcount)
