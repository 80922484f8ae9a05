"""Columns of the register for the languages of the site's content: found by the migration, kept up by ``migrate``.

modeltranslation gives a model one field per language. Which languages a site has is not known when a migration is
written, so the first one computes its columns, and the handlers of ``pre_migrate`` and ``post_migrate`` add those
of languages that came later. A language that went keeps its (nullable) columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps as global_apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, models
from modeltranslation import settings as modeltranslation
from modeltranslation.utils import build_localized_fieldname

APP = "wagtail_privacy"


def content_languages() -> tuple[str, ...]:
    """The languages in which register entries are written, in the site's order.

    Those of ``WAGTAIL_CONTENT_LANGUAGES``, without it ``LANGUAGE_CODE`` alone, as far as modeltranslation has them.
    """
    wanted = [code for code, _ in getattr(settings, "WAGTAIL_CONTENT_LANGUAGES", ())] or [settings.LANGUAGE_CODE]
    available = list(modeltranslation.AVAILABLE_LANGUAGES)
    return tuple(code for code in wanted if code in available) or tuple(available[:1])


def localized(name: str, *, field: Callable[[], models.Field]) -> list[tuple[str, models.Field]]:
    """The fields of a translated ``name`` for a migration: the one itself, and a nullable one per language."""
    fields = [(name, field())]
    for language in content_languages():
        copy = field()
        copy.null = True
        fields.append((build_localized_fieldname(name, language), copy))
    return fields


@contextmanager
def content_languages_only() -> Iterator[None]:
    """Within it, modeltranslation registers a model for the content languages and not for all of ``LANGUAGES``."""
    available = modeltranslation.AVAILABLE_LANGUAGES
    modeltranslation.AVAILABLE_LANGUAGES = list(content_languages())
    try:
        yield
    finally:
        modeltranslation.AVAILABLE_LANGUAGES = available


def missing_columns(apps: Any, using: str = DEFAULT_DB_ALIAS) -> list[tuple[type[models.Model], models.Field]]:
    """The translated fields of the models in ``apps`` that the database lacks; none for a table that it lacks."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        return [
            (model, field)
            for model in _models(apps)
            if model._meta.db_table in tables
            for field in _absent(model, connection, cursor)
        ]


def add_missing_columns(apps: Any, using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Add :func:`missing_columns`; returns their names, ``table.column``."""
    added = []
    for model, field in missing_columns(apps, using):
        with connections[using].schema_editor() as editor:
            editor.add_field(model, field)
        added.append(f"{model._meta.db_table}.{field.column}")
    return added


def keep_up(*, using: str, apps: Any = global_apps, verbosity: int = 1, stdout: Any = None, **kwargs: Any) -> None:
    """Receiver of ``pre_migrate`` and ``post_migrate``: ``apps`` are the models as of the migrations."""
    added = add_missing_columns(apps, using)
    if added and verbosity:
        message = f"  Added columns for the site's content languages: {', '.join(added)}"
        print(message, file=stdout)


def _models(apps: Any) -> Iterator[type[models.Model]]:
    try:
        config = apps.get_app_config(APP)
    except LookupError:
        return
    for model in config.get_models():
        if model._meta.managed and not model._meta.proxy:
            yield model


def _absent(model: type[models.Model], connection: Any, cursor: Any) -> list[models.Field]:
    present = {column.name for column in connection.introspection.get_table_description(cursor, model._meta.db_table)}
    return [
        field
        for field in model._meta.local_fields
        if field.column is not None and field.column not in present and _is_localized(model, field)
    ]


def _is_localized(model: type[models.Model], field: models.Field) -> bool:
    names = {other.name for other in model._meta.local_fields}
    return field.null and any(
        field.name == build_localized_fieldname(base, language)
        for language in content_languages()
        for base in names
        if field.name.startswith(f"{base}_")
    )
