"""Small questions asked of the database with every request: Django writes their SQL once.

To write the SQL of so small a query takes Django ten times as long as to have it answered.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from django.db import connections
from django.db.models import QuerySet

from wagtail_privacy.reader.kept import Kept

_written: Kept[tuple[str, str, tuple[Any, ...]]] = Kept(256)


def rows(question: Callable[..., QuerySet[Any]], *values: Hashable) -> list[tuple[Any, ...]]:
    """The rows of ``question(*values)``, a ``values_list()`` that depends on nothing but ``values``.

    They come as the database has them: numbers, strings and digests the same everywhere, moments not.
    """
    alias, sql, params = _written.get((question, *values), lambda: _write(question(*values)))
    with connections[alias].cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def _write(query: QuerySet[Any]) -> tuple[str, str, tuple[Any, ...]]:
    sql, params = query.query.get_compiler(query.db).as_sql()
    return query.db, sql, tuple(params)
