"""What was corrected in the words of a version since they were published, with the earlier words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wagtail_privacy.changes.marked import as_html
from wagtail_privacy.changes.text_diff import diff
from wagtail_privacy.clock import day_of
from wagtail_privacy.policy.kinds import kind_of
from wagtail_privacy.records.version import Event, EventKind, Text


@dataclass(frozen=True)
class CorrectionEntry:
    """One correction: on which day, of what, and the words with what went and came."""

    day: date
    of: str
    marked: SafeString


def corrections(text: Text) -> list[CorrectionEntry]:
    """The corrections of the words of ``text``, newest first. Asks the database only where there are any."""
    if text.corrected_at is None:
        return []
    events = Event.objects.filter(version=text.version_id, kind=EventKind.CORRECTED).order_by("-at", "-pk")
    active = get_language() or ""
    said_in = active if text.language != active else ""
    return [_corrected(event, said_in) for event in events if event.data.get("language") == text.language]


def _corrected(event: Event, said_in: str) -> CorrectionEntry:
    data = event.data
    field = kind_of(data["kind"]).field(data["field"]) if "kind" in data else None
    is_html = field is not None and field.type == "prose"
    marked = as_html(diff(_in_one(data["old"]), _in_one(data["new"]), html=is_html), said_in=said_in)
    of_all = _("Title") if data["field"] == "title" else _("Summary")
    return CorrectionEntry(day_of(event.at), str(field.label) if field else of_all, mark_safe(marked))  # noqa: S308


def _in_one(words: str | list[str]) -> str:
    return words if isinstance(words, str) else "\n".join(words)
