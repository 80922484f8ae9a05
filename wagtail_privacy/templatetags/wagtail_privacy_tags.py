"""What a site's own templates may use: ``{% load wagtail_privacy_tags %}``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from babel import Locale, UnknownLocaleError
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from wagtail_privacy.policy import words
from wagtail_privacy.policy.section import Section
from wagtail_privacy.reader.passages import Passage

register = template.Library()


@register.simple_tag
def policy_section(section: Section | Passage, shown: Mapping[str, str] | None = None, level: int = 2) -> SafeString:
    """A section as readers see it, by ``wagtail_privacy/sections/<kind>.html``; its heading is an ``<h2>``, or as said.

    ``shown`` is the HTML of its prose, as a composition or a recorded text has it.
    """
    passage = section if isinstance(section, Passage) else Passage(section, shown or {}, level)
    return passage.render()


@register.simple_tag(takes_context=True)
def policy_address(context: Mapping[str, Any], route: str, *args: int) -> str:
    """The address of one of the policy page's routes, such as ``"version"`` with its number."""
    return str(context["visit"].address(route, *args))


@register.filter
def day(value: date) -> SafeString:
    """A date in words, in a ``<time>`` that machines read."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words.day(value))


@register.filter
def name_of(section: Any) -> str:
    """The plain name of a section or of a reference to one."""
    return words.name_of(section)


@register.filter
def language_name(code: str) -> str:
    """What a language is called in the active one: ``sv`` is "svenska" in Swedish and "Swedish" in English."""
    return str(words.locale().languages.get(code.split("-")[0], code))


@register.filter
def own_name(code: str) -> str:
    """What a language calls itself: ``sv`` is "Svenska"."""
    try:
        name = Locale.parse(code, sep="-").get_display_name() or code
    except (UnknownLocaleError, ValueError):
        name = code
    return name[:1].upper() + name[1:]
