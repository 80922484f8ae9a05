"""System checks of what a site with several languages needs, each with the line to add."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.conf.urls.i18n import is_language_prefix_patterns_used
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from modeltranslation import settings as modeltranslation

from wagtail_privacy.localized import content_languages, missing_locales

ONE_HOST = (
    'Where each language has a host of its own instead, silence this: SILENCED_SYSTEM_CHECKS = ["wagtail_privacy.%s"]'
)


@register(Tags.translation)
def check_content_languages(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """The languages of the content, of the site and of modeltranslation must fit each other.

    That ``WAGTAIL_CONTENT_LANGUAGES`` are among ``LANGUAGES``, Wagtail says itself, and stops.
    """
    asked = [code for code, _name in getattr(settings, "WAGTAIL_CONTENT_LANGUAGES", ())]
    return [*_default(asked), *_without_columns(asked), *_modeltranslation_default()]


def _default(asked: list[str]) -> list[CheckMessage]:
    code = settings.LANGUAGE_CODE
    if not asked or code.split("-")[0] in {other.split("-")[0] for other in asked}:
        return []
    return [
        Error(
            f"LANGUAGE_CODE is {code!r}, which WAGTAIL_CONTENT_LANGUAGES ({', '.join(asked)}) has not. It is the "
            "language of a site's first pages.",
            hint=f'Set LANGUAGE_CODE = "{asked[0]}", or add ("{code}", "{code}") to WAGTAIL_CONTENT_LANGUAGES.',
            id="wagtail_privacy.E020",
        )
    ]


def _without_columns(asked: list[str]) -> list[CheckMessage]:
    lacking = [code for code in asked if code not in modeltranslation.AVAILABLE_LANGUAGES]
    if not lacking or not hasattr(settings, "MODELTRANSLATION_LANGUAGES"):
        return []
    return [
        Error(
            f"MODELTRANSLATION_LANGUAGES lacks {', '.join(lacking)}, so the register has no columns for them.",
            hint="Remove MODELTRANSLATION_LANGUAGES, or add them to it, and run: python manage.py migrate",
            id="wagtail_privacy.E021",
        )
    ]


def _modeltranslation_default() -> list[CheckMessage]:
    codes = content_languages()
    if modeltranslation.DEFAULT_LANGUAGE in codes:
        return []
    return [
        Warning(
            f"modeltranslation's default language is {modeltranslation.DEFAULT_LANGUAGE!r}, and the content is in "
            f"{', '.join(codes)}. What code writes into the register in that language is refused.",
            hint=f'Add to the settings: MODELTRANSLATION_DEFAULT_LANGUAGE = "{codes[0]}"',
            id="wagtail_privacy.W022",
        )
    ]


@register(Tags.translation)
def check_i18n(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Several languages need Wagtail's and Django's internationalisation, and an address each."""
    if len(content_languages()) == 1:
        return []
    return [*_switches(), *_addresses()]


def _switches() -> list[CheckMessage]:
    off = [name for name in ("USE_I18N", "WAGTAIL_I18N_ENABLED") if not getattr(settings, name, False)]
    return [
        Error(
            f"{name} is not True, and the content is in {', '.join(content_languages())}: pages can't be translated.",
            hint=f"Add to the settings: {name} = True",
            id="wagtail_privacy.E023",
        )
        for name in off
    ]


def _addresses() -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if "django.middleware.locale.LocaleMiddleware" not in settings.MIDDLEWARE:
        found.append(
            Warning(
                "LocaleMiddleware is not in MIDDLEWARE: the addresses of the languages are not told apart.",
                hint=(
                    'Add "django.middleware.locale.LocaleMiddleware" to MIDDLEWARE, after SessionMiddleware. '
                    f"{ONE_HOST % 'W024'}"
                ),
                id="wagtail_privacy.W024",
            )
        )
    prefixed, default_too = is_language_prefix_patterns_used(settings.ROOT_URLCONF)
    if not prefixed:
        found.append(
            Warning(
                f"{settings.ROOT_URLCONF} has no i18n_patterns: a policy has the same address in each language.",
                hint=(
                    "In place of the line that includes wagtail_urls, write: urlpatterns += i18n_patterns("
                    'path("", include(wagtail_urls)), prefix_default_language=False). '
                    f"{ONE_HOST % 'W025'}"
                ),
                id="wagtail_privacy.W025",
            )
        )
    return [*found, *_default_address()] if prefixed and not default_too else found


def _default_address() -> list[CheckMessage]:
    """Django leaves out the prefix of ``LANGUAGE_CODE`` alone; Wagtail takes ``en`` for an active ``en-us``."""
    code, base = settings.LANGUAGE_CODE, settings.LANGUAGE_CODE.split("-")[0]
    if code in content_languages() or base not in content_languages():
        return []
    return [
        Warning(
            f"LANGUAGE_CODE is {code!r}, and the content is in {base!r}: its pages have two addresses each, at / and "
            f"at /{base}/.",
            hint=f'Set in the settings: LANGUAGE_CODE = "{base}"',
            id="wagtail_privacy.W048",
        )
    ]


@register(Tags.translation)
def check_locale_app(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """wagtail-localize has a screen of its own for languages, from which trees are kept in step."""
    if not apps.is_installed("wagtail_localize") or apps.is_installed("wagtail_localize.locales"):
        return []
    return [
        Warning(
            '"wagtail_localize.locales" is not in INSTALLED_APPS: the admin has no place to keep the pages of one '
            "language in step with another.",
            hint='Put "wagtail_localize.locales" into INSTALLED_APPS in place of "wagtail.locales".',
            id="wagtail_privacy.W026",
        )
    ]


@register(Tags.database)
def check_locales(app_configs: Any = None, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """A page can only be translated to a language that Wagtail has as a locale."""
    missing = sorted({code for using in databases or () for code in missing_locales(apps, using)})
    if not missing:
        return []
    return [
        Warning(
            f"Wagtail has no locale for {', '.join(missing)}, so nothing can be translated into it.",
            hint="Run: python manage.py migrate (or, where migrate cannot run, privacy_sync_languages).",
            id="wagtail_privacy.W027",
        )
    ]
