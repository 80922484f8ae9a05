"""Template tags for the admin: days, materiality and languages in words."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wagtail_privacy.actions.review import Judgement
from wagtail_privacy.changes.sentences import materiality_label
from wagtail_privacy.clock import day_of
from wagtail_privacy.policy import words
from wagtail_privacy.policy.words import language_name
from wagtail_privacy.publication.findings import in_numbers
from wagtail_privacy.publication.form_size import FormSize, form_size
from wagtail_privacy.publication.put_back import put_back_url
from wagtail_privacy.publication.removal import Question, question
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.version import Event, EventKind, Version

logger = logging.getLogger("wagtail_privacy")
register = template.Library()


@register.filter
def day_in_words(moment: date | datetime | str) -> str:
    """A day, a stated month or year, or the site's day that a moment falls on, as the active language writes it."""
    return words.day(day_of(moment) if isinstance(moment, datetime) else moment)


@register.filter
def findings_in_numbers(judgement: Judgement) -> str:
    return in_numbers(judgement)


@register.simple_tag
def size_of_form(page: Any) -> FormSize | None:
    """How many fields the form of ``page`` has; ``None`` where it is not near the limit, or cannot be told."""
    try:
        size = form_size(page)
    except Exception:
        logger.exception("The form fields of page %s could not be counted.", page.pk)
        return None
    return size if size and size.is_near_the_limit else None


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


@register.simple_tag
def put_back_to(version: Version | None) -> str:
    """Where the draft can be put back to what ``version`` says; empty where that can't be."""
    return put_back_url(version) if version else ""


@register.inclusion_tag("wagtail_privacy/admin/events.html")
def version_events(versions: Iterable[Version]) -> dict[str, Any]:
    """What happened to ``versions``, the latest first: when, what, who and why."""
    events = Event.objects.filter(version__in=[version.pk for version in versions]).select_related("by", "version")
    events = events.exclude(kind=EventKind.SEALED)  # nothing happened
    # A version that was moved with another one is listed with that one.
    told = [event for event in events.order_by("-position") if "with" not in event.data]
    return {"events": [(event, describe_event(event)) for event in told]}


def describe_event(event: Event) -> str:
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
    elif event.kind == EventKind.IMPORTED:
        said = _("In %(language)s, stated date: %(stated)s.") % {**values, "stated": words.day(data["stated_on"])}
    elif event.kind == EventKind.CORRECTED:
        said = _("Wording in %(language)s.") % values
    else:
        said = _("In %(language)s.") % values if values["language"] else ""
    if also:
        with_it = ngettext("Version %(numbers)s with it.", "Versions %(numbers)s with it.", len(also))
        said = f"{said} {with_it % {'numbers': words.listing(also)}}"
    return said


@register.simple_tag(takes_context=True)
def question_before(context: Any, action: str, pages: Any) -> Question | None:
    """What an editor is told and asked before ``pages``, one or many, are unpublished or deleted."""
    chosen = [each["item"] for each in pages] if isinstance(pages, list) else [pages]
    return question([page.specific for page in chosen], action, context["request"].user)


@register.simple_tag
def with_tick_box(html: str, box: str) -> str:
    """``html``, Wagtail's own form without a place for more fields, with ``box`` as its first one."""
    return mark_safe(TOKEN.sub(lambda found: found[0] + box, html, count=1))  # noqa: S308


@register.simple_tag
def with_red_button(html: str) -> str:
    """``html``, Wagtail's own question, with the button that answers yes as red as the one that deletes."""
    return mark_safe(YES.sub(r"\g<0> serious", html, count=1))  # noqa: S308


#: A plain button that sends a form, as far as its class.
YES = re.compile(r'<button(?=[^>]*type="submit")[^>]*class="button(?=\s*")')
#: The first field of a form that is posted.
TOKEN = re.compile(r'<input[^>]*name="csrfmiddlewaretoken"[^>]*>')
