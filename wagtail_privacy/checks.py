"""System checks: what a site's settings or database lack, said before it bites."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import global_settings, settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from wagtail_privacy.localized import missing_columns
from wagtail_privacy.tasks import tell


@register(Tags.translation)
def check_languages(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Without ``LANGUAGES`` a site has Django's hundred, and modeltranslation takes the first one for the default."""
    if list(settings.LANGUAGES) != list(global_settings.LANGUAGES):
        return []
    code = settings.LANGUAGE_CODE
    return [
        Error(
            f"LANGUAGES is not set, so the site has all of Django's {len(settings.LANGUAGES)} languages.",
            hint=(
                "Add the languages that your content is written in to the settings, such as:\n"
                f'LANGUAGES = [("{code}", "{code}"), ("en", "English")]\n'
                "WAGTAIL_CONTENT_LANGUAGES = LANGUAGES"
            ),
            id="wagtail_privacy.E001",
        )
    ]


@register(Tags.database)
def check_columns(app_configs: Any = None, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """``migrate --check`` does not see the columns that a new content language needs.

    A warning, since an error would keep ``migrate`` itself from adding them.
    """
    missing = [
        f"{model._meta.db_table}.{field.column}"
        for using in databases or ()
        for model, field in missing_columns(apps, using)
    ]
    if not missing:
        return []
    return [
        Warning(
            f"The database lacks columns for content languages of the register: {', '.join(missing)}.",
            hint="Run: python manage.py migrate (or, where migrate cannot run, privacy_sync_languages).",
            id="wagtail_privacy.W002",
        )
    ]


@register(deploy=True)
def check_tasks(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Django's default task backend would send every mail within the request that publishes."""
    backend = type(tell.get_backend())
    if settings.DEBUG or not backend.__module__.endswith("backends.immediate"):
        return []
    return [
        Warning(
            f"Tasks are run by {backend.__module__}.{backend.__name__}: whoever publishes a change of a policy waits "
            "until everybody has been sent an e-mail about it.",
            hint=(
                "Set TASKS to a backend with a worker of its own, such as django_tasks_db.DatabaseBackend, and run "
                "that worker."
            ),
            id="wagtail_privacy.W003",
        )
    ]


@register(Tags.translation)
def check_untranslated_copies(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """wagtail-localize's default publishes an untranslated copy of a policy as its translation."""
    name = "WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE"
    found = getattr(settings, name, True)
    if not found or not apps.is_installed("wagtail_localize"):
        return []
    return [
        Warning(
            f"{name} is {found!r}, so a policy that is submitted for translation is published untranslated at once.",
            hint=f"Add to the settings: {name} = False",
            id="wagtail_privacy.W004",
        )
    ]


@register(Tags.compatibility)
def check_apps(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """The policy's addresses need one of Wagtail's apps; search on PostgreSQL needs one of Django's."""
    found: list[CheckMessage] = []
    if not apps.is_installed("wagtail.contrib.routable_page"):
        found.append(
            Error(
                '"wagtail.contrib.routable_page" is not in INSTALLED_APPS. The history and the versions of a policy '
                "have their addresses through it.",
                hint='Add "wagtail.contrib.routable_page" to INSTALLED_APPS.',
                id="wagtail_privacy.E005",
            )
        )
    engines = {settings.DATABASES[alias].get("ENGINE", "") for alias in settings.DATABASES}
    if any("postgresql" in engine for engine in engines) and not apps.is_installed("django.contrib.postgres"):
        found.append(
            Warning(
                f'The database is PostgreSQL ({", ".join(sorted(engines))}) and "django.contrib.postgres" is not in '
                "INSTALLED_APPS. Wagtail's search index needs it.",
                hint='Add "django.contrib.postgres" to INSTALLED_APPS.',
                id="wagtail_privacy.W006",
            )
        )
    return found
