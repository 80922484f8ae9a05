"""What a site's settings must say before models load. Without it, loading dies with somebody else's traceback."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

APP = "wagtail_privacy"


def check_settings() -> None:
    """Raise ``ImproperlyConfigured`` with all that is wrong: what was expected, what was found, and what to do."""
    if found := list(_wrong()):
        msg = "wagtail-privacy can't be loaded.\n" + "\n".join(f"- {sentence}" for sentence in found)
        raise ImproperlyConfigured(msg)


def check_installed() -> None:
    """Raise ``ImproperlyConfigured`` where a site's own models use ours and the app is not installed."""
    if apps.apps_ready and not apps.is_installed(APP):
        msg = f'Expected "{APP}" in INSTALLED_APPS, since its models are imported; found it missing. Add "{APP}".'
        raise ImproperlyConfigured(msg)


def _wrong() -> Iterator[str]:
    yield from _without_i18n()
    yield from _without_wagtail()
    yield from _localize()
    yield from _modeltranslation()


def _without_i18n() -> Iterator[str]:
    if not settings.USE_I18N:
        yield (
            "Expected USE_I18N = True, found False: the change history is worded in the language of its policy. "
            "Set in the settings: USE_I18N = True"
        )


def _without_wagtail() -> Iterator[str]:
    for name in ("wagtail", "wagtail.admin", "taggit", "modelcluster"):
        if not is_listed(name):
            yield f'Expected "{name}" in INSTALLED_APPS, found it missing. Add: "{name}"'


def _localize() -> Iterator[str]:
    if is_listed("wagtail_localize"):
        if is_listed("wagtail.locales") and is_listed("wagtail_localize.locales"):
            yield (
                'Expected one of "wagtail.locales" and "wagtail_localize.locales" in INSTALLED_APPS, found both. '
                'Take out: "wagtail.locales"'
            )
        return
    if is_listed("wagtail_localize.locales"):
        yield (
            'Expected "wagtail_localize" in INSTALLED_APPS beside "wagtail_localize.locales", found it missing. '
            'Add: "wagtail_localize"'
        )
    elif len(codes := _content_languages()) > 1 and not is_listed("wagtail.contrib.simple_translation"):
        yield (
            f"Expected an app that translates pages, since WAGTAIL_CONTENT_LANGUAGES are {', '.join(codes)}; found "
            'none in INSTALLED_APPS. Add: "wagtail_localize", "wagtail_localize.locales" (or, to translate by copying, '
            '"wagtail.contrib.simple_translation"); or leave one language in WAGTAIL_CONTENT_LANGUAGES.'
        )


def _modeltranslation() -> Iterator[str]:
    if getattr(settings, "MODELTRANSLATION_ENABLE_REGISTRATIONS", True):
        return
    yield (
        "Expected MODELTRANSLATION_ENABLE_REGISTRATIONS = True, found False: the register's texts would have no "
        "languages. Take MODELTRANSLATION_ENABLE_REGISTRATIONS out of the settings."
    )


def _content_languages() -> list[str]:
    if not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        return []
    return [str(code) for code, _name in getattr(settings, "WAGTAIL_CONTENT_LANGUAGES", ())]


def is_listed(name: str) -> bool:
    """Whether ``INSTALLED_APPS`` has the app ``name``, by its config class perhaps."""
    return any(_names(entry, name) for entry in settings.INSTALLED_APPS)


def _names(entry: Any, name: str) -> bool:
    return entry == name or (entry.startswith(f"{name}.apps.") and entry.count(".") == name.count(".") + 2)


check_installed()
