"""Columns of the register for the languages of the site's content: created by the migration, added by ``migrate``.

modeltranslation gives a model one field per language. Which languages a site has is not known when a migration is
written, so the first one computes its columns, and the handlers of ``pre_migrate`` and ``post_migrate`` add those
of languages added later. The (nullable) columns of a removed language stay.

A site that has no other use for modeltranslation need not name it in ``INSTALLED_APPS``: it has no models, and is told
here which languages there are. Of a site that names it, the settings hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from django.apps import apps as global_apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, models, router
from modeltranslation import settings as modeltranslation
from modeltranslation.utils import build_localized_fieldname

APP = "wagtail_privacy"


def register_translations() -> None:
    """Give the register's models their translated fields, once the models are loaded; modeltranslation does it where it
    is an app of the site's."""
    if not global_apps.is_installed("modeltranslation"):
        if not hasattr(settings, "MODELTRANSLATION_LANGUAGES"):
            modeltranslation.AVAILABLE_LANGUAGES = list(content_languages())
        if modeltranslation.DEFAULT_LANGUAGE not in modeltranslation.AVAILABLE_LANGUAGES:
            modeltranslation.DEFAULT_LANGUAGE = modeltranslation.AVAILABLE_LANGUAGES[0]
        import_module("wagtail_privacy.translation")


def content_languages() -> tuple[str, ...]:
    """The languages in which register entries are written, in the site's order.

    Those of ``WAGTAIL_CONTENT_LANGUAGES``, without it ``LANGUAGE_CODE`` alone, as far as modeltranslation has them.
    """
    base = settings.LANGUAGE_CODE.split("-")[0]
    available = list(modeltranslation.AVAILABLE_LANGUAGES)
    wanted = [code for code, _ in getattr(settings, "WAGTAIL_CONTENT_LANGUAGES", ()) if code in available]
    alone = [code for code in (settings.LANGUAGE_CODE, base, *available) if code in available]
    return tuple(wanted or alone[:1])


def fallbacks(language: str) -> tuple[str, ...]:
    """The content languages in which a text is looked for: ``language``, its kin (``sv`` for ``sv-fi``), the rest."""
    base = language.split("-")[0]
    codes = content_languages()
    kin = [code for code in codes if code.split("-")[0] == base]
    return tuple(dict.fromkeys([*(code for code in codes if code == language), *kin, *codes]))


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


def missing_locales(apps: Any, using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """The content languages without a locale of Wagtail's; none where pages are not translated, or not made yet."""
    if not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        return []
    locales = _locales(apps, using)
    present = set(locales.values_list("language_code", flat=True)) if locales is not None else set(content_languages())
    return [code for code in content_languages() if code not in present]


def add_missing_locales(apps: Any, using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Add :func:`missing_locales`: a locale has no pages until someone translates one. Returns their codes."""
    missing = missing_locales(apps, using)
    for code in missing:
        _locales(apps, using).get_or_create(language_code=code)
    return missing


def _locales(apps: Any, using: str) -> Any:
    """All of Wagtail's locales, also those of languages that went; ``None`` where the table is not there."""
    try:
        model = apps.get_model("wagtailcore", "Locale")
    except LookupError:
        return None
    if not router.allow_migrate_model(using, model):
        return None
    connection = connections[using]
    with connection.cursor() as cursor:
        there = model._meta.db_table in connection.introspection.table_names(cursor)
    return model._base_manager.using(using) if there else None


def sync_columns(*, using: str, apps: Any = global_apps, verbosity: int = 1, stdout: Any = None, **kwargs: Any) -> None:
    """Receiver of ``pre_migrate`` and ``post_migrate``: ``apps`` are the models as of the migrations."""
    added = add_missing_columns(apps, using)
    if added and verbosity:
        message = f"  Added columns for the site's content languages: {', '.join(added)}"
        print(message, file=stdout)


def sync_locales(*, using: str, apps: Any = global_apps, verbosity: int = 1, stdout: Any = None, **kwargs: Any) -> None:
    """Receiver of ``post_migrate``: adds the missing locales."""
    added = add_missing_locales(apps, using)
    if added and verbosity:
        print(f"  Added locales for the site's content languages: {', '.join(added)}", file=stdout)


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
