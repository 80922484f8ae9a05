"""How the admin's templates say days, classes and languages."""

from __future__ import annotations

from datetime import date, datetime

from django import template

from wagtail_privacy.actions.moment import day_of
from wagtail_privacy.changes.wording import materiality_label
from wagtail_privacy.models import Policy, Version
from wagtail_privacy.outlook import language_name
from wagtail_privacy.policy import words

register = template.Library()


@register.filter
def in_words(moment: date | datetime) -> str:
    """A day, or the site's day that a moment falls on, as the active language writes it."""
    return words.day(day_of(moment) if isinstance(moment, datetime) else moment)


@register.filter
def class_in_words(materiality: str) -> str:
    return materiality_label(materiality) if materiality else ""


@register.filter
def languages_of(version: Version) -> str:
    """The languages that a version has texts in."""
    return words.listing(sorted({language_name(text.language) for text in version.texts.all()}))


@register.filter
def codes_of(version: Version) -> list[str]:
    """The codes of the languages that a version has texts in."""
    return sorted({text.language for text in version.texts.all()})


@register.filter
def language_in_words(code: str) -> str:
    return language_name(code)


@register.filter
def withdrawn_since(policy: Policy) -> Version | None:
    """The first version withdrawn after the newest that stands: the page may still say what it said."""
    newest = policy.newest_version() if policy.pk else None
    return policy.versions.filter(number__gt=newest.number).order_by("number").first() if newest else None
