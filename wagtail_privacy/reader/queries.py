"""Small queries that every request makes: their SQL is compiled once in each process, for whatever values.

Compiling the SQL of such a query takes ten times as long as running it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import connections
from django.db.models import QuerySet

from wagtail_privacy.reader.cache import get_or_make

#: Stand for a translation key, and for the path of a page in the tree, while the SQL is compiled: no other parameter
#: is, or holds, one of them.
KEY, PATH = UUID("5f0d4f0c-3b7c-4f57-9d3e-0a6c1d9be7aa"), "ZZPATHZZ"


def fetch_rows(question: Callable[..., QuerySet[Any]], *about: Any, key: UUID, path: str = "") -> list[tuple[Any, ...]]:
    """The rows of ``question(*about, key, path)``, a ``values_list()`` that depends on nothing else.

    ``path`` is a page's, of digits and capital letters. The rows come as the database has them: numbers, strings and
    digests the same everywhere, moments not.
    """
    alias, sql, params = get_or_make("query", (question, *about), lambda: _compile(question(*about, KEY, PATH)))
    with connections[alias].cursor() as cursor:
        cursor.execute(sql, [_filled_in(param, key, path) for param in params])
        return list(cursor.fetchall())


def _compile(query: QuerySet[Any]) -> tuple[str, str, tuple[Any, ...]]:
    sql, params = query.query.get_compiler(query.db).as_sql()
    return query.db, sql, tuple(params)


def _filled_in(param: Any, key: UUID, path: str) -> Any:
    """``param`` with the values in place of what stood for them; databases without a type for keys have them in hex."""
    if param == KEY:
        return key
    return param.replace(KEY.hex, key.hex).replace(PATH, path) if isinstance(param, str) else param
