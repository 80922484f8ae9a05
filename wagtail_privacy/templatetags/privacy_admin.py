"""How the admin's templates say days, classes and languages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wagtail_privacy.actions.moment import day_of
from wagtail_privacy.changes.wording import materiality_label
from wagtail_privacy.models import Event, EventKind, Policy, Version
from wagtail_privacy.policy import words
from wagtail_privacy.policy.words import language_name

register = template.Library()


@register.filter
def in_words(moment: date | datetime) -> str:
    """A day, or the site's day that a moment falls on, as the active language writes it."""
    return words.day(day_of(moment) if isinstance(moment, datetime) else moment)


@register.filter
def class_in_words(materiality: str) -> str:
    return materiality_label(materiality) if materiality else ""


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


@register.inclusion_tag("wagtail_privacy/admin/events.html")
def what_happened(versions: Iterable[Version]) -> dict[str, Any]:
    """What happened to ``versions``, the latest first: when, what, who and why."""
    events = Event.objects.filter(version__in=[version.pk for version in versions]).select_related("by", "version")
    # What came along with another version's change of plan is said there.
    told = [event for event in events.order_by("-position") if "with" not in event.data]
    return {"events": [(event, happened(event)) for event in told]}


def happened(event: Event) -> str:
    """What the event says beyond its kind."""
    data = event.data
    values = {"language": language_name(data.get("language", ""))}
    for name in ("from", "to", "takes_effect_at"):
        values[name] = words.day(day_of(datetime.fromisoformat(data[name]))) if data.get(name) else ""
    also = [str(move["number"]) for move in data.get("along", ())]
    if event.kind in (EventKind.POSTPONED, EventKind.BROUGHT_FORWARD):
        said = _("It takes effect on %(to)s instead of %(from)s.") % values
    elif event.kind == EventKind.WITHDRAWN:
        said = _("It would have taken effect on %(from)s.") % values
    elif event.kind == EventKind.ANNOUNCED:
        said = _("It takes effect on %(takes_effect_at)s.") % values
    elif event.kind == EventKind.CORRECTED:
        said = _("Wording in %(language)s.") % values
    else:
        said = _("In %(language)s.") % values if values["language"] else ""
    if also:
        with_it = ngettext("Version %(numbers)s with it.", "Versions %(numbers)s with it.", len(also))
        said = f"{said} {with_it % {'numbers': words.listing(also)}}"
    return said
