"""System checks: what a site's settings or database lack, said before it bites."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from django.apps import apps
from django.conf import global_settings, settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.core.mail.backends import smtp
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from wagtail_privacy.conf import Settings, conf
from wagtail_privacy.localized import missing_columns
from wagtail_privacy.notices import transport
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


@register()
def check_timeout(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Who waits longer for the mail server than its claim lasts is taken for dead, and its mail sent again."""
    try:
        backend = transport.default_backend()
    except (ImportError, ImproperlyConfigured, TypeError, ValueError):  # what it lacks is for Django to say
        return []
    timeout = backend.timeout if isinstance(backend, smtp.EmailBackend) else None
    if timeout is None or 0 < timeout <= transport.LONGEST_TIMEOUT:
        return []
    return [
        Warning(
            f"The mail server is given {timeout} seconds for each of its answers: a notice that is still being sent "
            "would be taken for abandoned, and sent again.",
            hint=(
                f"Set EMAIL_TIMEOUT (the option timeout in MAILERS) to {transport.LONGEST_TIMEOUT} seconds at most; "
                f"without it, it is {transport.TIMEOUT}."
            ),
            id="wagtail_privacy.W011",
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


PREFIX = "WAGTAIL_PRIVACY_"


@register(Tags.compatibility)
def check_settings(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Each of our settings is asked for its value, which says what is wrong with it."""
    names = [name for name, value in vars(Settings).items() if isinstance(value, property)]
    found = [message for name in names for message in _wrong_value(name)]
    return found or [*_wrong_together(), *_unknown(names)]


def _wrong_value(name: str) -> Iterator[CheckMessage]:
    try:
        getattr(conf, name)
    except (AttributeError, ImproperlyConfigured, ImportError, TypeError, ValueError) as error:
        message = f"{PREFIX}{name} can't be used: {type(error).__name__}: {error}"
        yield Error(message, hint=getattr(Settings, name).__doc__, id="wagtail_privacy.E007")


def _wrong_together() -> Iterator[CheckMessage]:
    if conf.FLOOR_DAYS > conf.NOTICE_DAYS:
        yield Error(
            f"{PREFIX}FLOOR_DAYS is {conf.FLOOR_DAYS}, more than {PREFIX}NOTICE_DAYS, which is {conf.NOTICE_DAYS}.",
            hint="Lower the one or raise the other: the floor is the shortest notice period.",
            id="wagtail_privacy.E009",
        )
    try:
        get_template(conf.BASE_TEMPLATE)
    except TemplateDoesNotExist:
        yield Error(
            f"{PREFIX}BASE_TEMPLATE is {conf.BASE_TEMPLATE!r}, and there is no such template.",
            hint="Name a template of your site that has the blocks “title” and “content”.",
            id="wagtail_privacy.E010",
        )


def _unknown(names: list[str]) -> Iterator[CheckMessage]:
    """What begins like our settings and is none: mostly one that was misspelt, and so has no effect."""
    known = [PREFIX + name for name in names]
    for name in dir(settings):
        if name.startswith(PREFIX) and name not in known:
            close = get_close_matches(name, known, n=1)
            hint = f"Did you mean {close[0]}?" if close else "Take it out; README lists the settings."
            yield Warning(f"There is no setting {name}; it has no effect.", hint=hint, id="wagtail_privacy.W008")
