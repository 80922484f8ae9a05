"""In which language the plugin's own words are said to readers of one: in it, where they are translated into it."""

from __future__ import annotations

import gettext
from functools import lru_cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from django.apps import apps
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import to_locale

#: A message that stands on every policy page: who has it has the others.
PROBE = "Change history"


def interface_language(language: str) -> str:
    """``language``, if the plugin or the site has the interface's words in it; else the site's own; else English.

    Django would say each message by itself in whatever language has it, with days and names of countries in the
    first: half a sentence in one language and half in another.
    """
    return next((code for code in (language, settings.LANGUAGE_CODE) if _is_spoken(code)), "en")


def language_to_mark(language: str) -> str:
    """``language``, if the plugin's words beside a text in it are in another one and it must be marked; else ``""``."""
    return language if interface_language(language) != language else ""


def language_attributes(language: str) -> SafeString:
    """The attributes of an element whose text is in ``language``: which one, and which way it is written."""
    return format_html('lang="{}" dir="{}"', language, direction(language))


def direction(language: str) -> str:
    """``rtl`` for Arabic, Hebrew and their like, ``ltr`` for what nobody knows."""
    try:
        return str(Locale.parse(language, sep="-").text_direction)
    except (UnknownLocaleError, ValueError):
        return "ltr"


def _is_spoken(language: str) -> bool:
    return language.partition("-")[0] == "en" or _is_translated(to_locale(language), tuple(settings.LOCALE_PATHS))


@lru_cache(maxsize=256)
def _is_translated(locale: str, own: tuple[str | Path, ...]) -> bool:
    """Whether any catalogue that Django reads for ``locale`` has the interface's words."""
    folders = (*own, *(Path(app.path) / "locale" for app in apps.get_app_configs()))
    found = (gettext.translation("django", str(each), languages=[locale], fallback=True) for each in folders)
    return any(catalogue.gettext(PROBE) != PROBE for catalogue in found)
