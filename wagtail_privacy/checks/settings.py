"""System checks of a site's settings and database."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import global_settings, settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.core.mail.backends import smtp
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from wagtail.models import Site

from wagtail_privacy.checks.installation import UNREACHABLE
from wagtail_privacy.conf import Settings, conf
from wagtail_privacy.localized import content_languages, missing_columns
from wagtail_privacy.records.permanent import permanent_path
from wagtail_privacy.review.law import UnreadableLaw
from wagtail_privacy.review.profiles import profiles
from wagtail_privacy.sending import placeholders, transport


@register(Tags.translation)
def check_languages(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Without ``LANGUAGES`` a site with several has Django's hundred: there is an address in each of them."""
    if len(content_languages()) == 1 or list(settings.LANGUAGES) != list(global_settings.LANGUAGES):
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


@register(Tags.urls)
def check_permanent_addresses(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """An e-mail sent today is read in years, when the page may have been moved."""
    if not getattr(settings, "ROOT_URLCONF", "") or permanent_path(UUID(int=0), "policy"):
        return []
    return [
        Warning(
            "The addresses in e-mails and feeds end as soon as the policy’s page is moved or its slug changes.",
            hint=(
                "Add this line to urlpatterns, before Wagtail’s own and outside i18n_patterns: "
                'path("policies/", include("wagtail_privacy.urls"))'
            ),
            id="wagtail_privacy.W028",
        )
    ]


@register()
def check_timeout(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """A sender that waits longer than its claim lasts is taken for dead, and its mail is sent again."""
    try:
        backend = transport.default_backend()
    except (ImportError, ImproperlyConfigured, TypeError, ValueError):  # Django reports it
        return []
    timeout = backend.timeout if isinstance(backend, smtp.EmailBackend) else None
    if timeout is None or 0 < timeout <= transport.MAX_TIMEOUT:
        return []
    return [
        Warning(
            f"The mail server is given {timeout} seconds for each of its answers: a notice that is still being sent "
            "would be taken for abandoned, and sent again.",
            hint=(
                f"Set EMAIL_TIMEOUT (the option timeout in MAILERS) to {transport.MAX_TIMEOUT} seconds at most; "
                f"without it, it is {transport.TIMEOUT}."
            ),
            id="wagtail_privacy.W011",
        )
    ]


@register()
def check_sender(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Django's own sender is nobody's address: notices are held until it is somebody's."""
    try:
        found = list(placeholders.placeholder_sender()) if placeholders.may_reach_people() else []
    except (ImportError, ImproperlyConfigured, TypeError, ValueError):  # what it lacks is for others to say
        return []
    return [
        Warning(
            f"Notices would come from {sender!r}, which nobody can answer: none is sent.",
            hint=placeholders.ADVICE,
            id="wagtail_privacy.W012",
        )
        for sender in found
    ]


@register()
def check_links(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Wagtail's first site is called localhost: notices are held until their links lead somewhere."""
    try:
        if not placeholders.may_reach_people():
            return []
        found = [site for site in Site.objects.order_by("pk") if placeholders.is_placeholder(site.hostname)]
    except UNREACHABLE:  # not migrated yet, for example
        return []
    return [
        Warning(
            f"The links of notices about policies on the site {site} would lead to {site.hostname!r}: none is sent.",
            hint=placeholders.ADVICE,
            id="wagtail_privacy.W013",
        )
        for site in found
    ]


@register(Tags.compatibility)
def check_time_zone(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Moments are recorded, sealed and compared in UTC: without a zone nobody knows when a version takes effect."""
    if settings.USE_TZ:
        return []
    return [
        Error(
            "USE_TZ is False, so moments have no time zone and no policy can be published.",
            hint="Set in the settings: USE_TZ = True",
            id="wagtail_privacy.E028",
        )
    ]


#: What Wagtail's own project template sets. A policy of ninety sections has a thousand fields.
ENOUGH_FIELDS = 10_000


@register(Tags.compatibility)
def check_form_fields(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Django refuses a form with more fields than this, with a bare 400, and what was written is lost."""
    limit = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    if limit is None or limit >= ENOUGH_FIELDS:
        return []
    return [
        Warning(
            f"DATA_UPLOAD_MAX_NUMBER_FIELDS is {limit}: a policy of about {limit // 11} sections has more form fields "
            "than that and could not be saved.",
            hint="Set in the settings: DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000",
            id="wagtail_privacy.W029",
        )
    ]


@register(Tags.compatibility)
def check_postgres(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Search on PostgreSQL needs one of Django's apps."""
    found: list[CheckMessage] = []
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
        profiles(conf.LAW_ADDITIONS)
    except UnreadableLaw as error:
        yield Error(
            f"{PREFIX}LAW_ADDITIONS can't be used: {error}",
            hint="docs/review.md says what a site's own law may state.",
            id="wagtail_privacy.E007",
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
    """Unknown settings with our prefix: usually misspelt ones."""
    known = [PREFIX + name for name in names]
    for name in dir(settings):
        if name.startswith(PREFIX) and name not in known:
            close = get_close_matches(name, known, n=1)
            hint = f"Did you mean {close[0]}?" if close else "Take it out; docs/admin/settings.md lists the settings."
            yield Warning(f"There is no setting {name}; it has no effect.", hint=hint, id="wagtail_privacy.W008")
