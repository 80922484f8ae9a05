"""What a site's own templates may use: ``{% load wagtail_privacy_tags %}``."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date
from typing import Any

from babel import Locale, UnknownLocaleError
from django import template
from django.db import transaction
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from wagtail_privacy.interface import direction, language_attributes
from wagtail_privacy.policy import words
from wagtail_privacy.policy.section import Section
from wagtail_privacy.reader.sections import Passage
from wagtail_privacy.reader.site_policy import site_policy

logger = logging.getLogger("wagtail_privacy")
register = template.Library()
register.filter("direction", direction)


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


@register.simple_tag(takes_context=True)
def privacy_policy(context: Mapping[str, Any]) -> Any:
    """The site's policy page for the reader: ``{% privacy_policy as policy %}``. ``None`` where there is none.

    It is in the footer of every page, so an error is logged and not raised.
    """
    try:
        with transaction.atomic():
            return site_policy(context["request"])
    except Exception:
        logger.exception("The site's policy page can't be found.")
        return None


@register.simple_tag(takes_context=True)
def privacy_policy_link(context: Mapping[str, Any], title: str = "") -> SafeString:
    """A link to the site's policy page, by its title in force or as said; nothing where there is none."""
    page = privacy_policy(context)
    if page is None:
        return SafeString("")
    language = page.locale.language_code
    known = format_html(' lang="{0}" hreflang="{0}"', language) if language != get_language() and not title else ""
    named = title or page.title_in_force
    return format_html('<a href="{}" rel="privacy-policy"{}>{}</a>', page.get_url(context["request"]), known, named)


@register.simple_tag(takes_context=True)
def privacy_policy_relation(context: Mapping[str, Any]) -> SafeString:
    """The same for programs, for a page's head: ``<link rel="privacy-policy">`` (RFC 6903)."""
    page = privacy_policy(context)
    return format_html('<link rel="privacy-policy" href="{}">', page.get_full_url()) if page else SafeString("")


@register.filter
def said(line: Any) -> str:
    """The sentence of a line of changes; what it quotes from a text in another language is marked with that."""
    if not line.language:
        return str(line.text)
    html = str(escape(line.text))
    for quote in dict.fromkeys(line.quotes):
        html = html.replace(escape(quote), format_html("<span {}>{}</span>", in_language(line.language), quote), 1)
    return mark_safe(html)  # noqa: S308


@register.simple_tag(takes_context=True)
def right_of(context: Mapping[str, Any], line: Any) -> Any:
    """The right that a line of changes touches, with ``name`` and ``url``; ``None`` where the policy tells of none."""
    visit = context.get("visit")
    return visit.rights.get(line.right) if visit and line.right else None


@register.filter
def day(value: date | str) -> SafeString:
    """A date, or a stated month or year, in words, in a ``<time>`` that machines read."""
    return format_html('<time datetime="{}">{}</time>', value, words.day(value))


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


@register.simple_tag
def in_language(code: str) -> SafeString:
    """The attributes of an element whose text is in a language: which one, and which way it is written."""
    return language_attributes(code)


@register.simple_tag
def marked_language(code: str) -> SafeString:
    """The same, after a space, where the text around it is in another language; else nothing."""
    return format_html(" {}", language_attributes(code)) if code and code != get_language() else SafeString("")


@register.simple_tag(takes_context=True)
def words_around(context: Mapping[str, Any], said_in: str, language: str) -> SafeString:
    """The attributes, after a space, of what holds a text in ``language`` with words of ours in ``said_in`` around it.

    It is laid out as the text is written. Nothing where all of it is in the page's language.
    """
    if "visit" in context and said_in == language == context["visit"].language:
        return SafeString("")
    written, spoken = direction(language), direction(said_in)
    words = format_html(' data-words="{}"', spoken) if spoken != written else ""
    return format_html(' lang="{}" dir="{}"{}', said_in, written, words)
