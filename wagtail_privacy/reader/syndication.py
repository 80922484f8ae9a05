"""The change history for programs: an Atom feed (RFC 4287) and JSON, one policy in one language, the same content."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Max
from django.template.loader import render_to_string
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from wagtail_privacy.changes.importance import tag
from wagtail_privacy.changes.sentences import Line
from wagtail_privacy.interface import language_attributes
from wagtail_privacy.policy import words
from wagtail_privacy.policy.characters import legible_values
from wagtail_privacy.reader.history import HistoryEntry, PlanChange
from wagtail_privacy.reader.visit import Visit
from wagtail_privacy.records.publicity import Absence
from wagtail_privacy.records.version import CHANGES_OF_PLAN, Event, Text

logger = logging.getLogger("wagtail_privacy")

#: Of the JSON; documented in docs/data.md.
FORMAT = 2


@dataclass(frozen=True)
class EntriesPage:
    """Page ``number`` of ``last`` of the history, from 1, the newest entries on the first."""

    entries: Sequence[HistoryEntry]
    number: int
    last: int

    def links(self, url: str) -> dict[str, str]:
        """The addresses of the pages around it, by their relation (RFC 5005 §3); none where it is the only one."""
        if self.last == 1:
            return {}
        numbers = {"first": 1, "previous": self.number - 1, "next": self.number + 1, "last": self.last}
        there = {name: number for name, number in numbers.items() if 1 <= number <= self.last}
        return {name: f"{url}?page={number}" if number > 1 else url for name, number in there.items()}


def as_json(visit: Visit, page: EntriesPage) -> dict[str, Any]:
    """The policy and a page of its versions, newest first, as plain values."""
    policy, replanned, links = visit.policy, _replanned(page.entries), page.links(visit.permanent("data"))
    return {
        "format": FORMAT,
        "id": _urn(visit.original.translation_key, visit.language),
        "language": visit.language,
        "said_in": visit.said_in,
        "title": visit.title,
        "url": visit.permanent("policy"),
        "history_url": visit.permanent("history"),
        "in_force": visit.in_force.number if visit.in_force else None,
        "chain": {"length": policy.chain_length, "head": policy.chain_head} if policy else None,
        "text": _text(visit.text_in_force),
        "previous": links.get("previous"),
        "next": links.get("next"),
        "versions": [_version(visit, entry, replanned.get(entry.version.pk)) for entry in page.entries],
    }


class PagedFeed(Atom1Feed):
    """An Atom feed that names the pages around it, by relation."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for relation, url in self.feed["pages"].items():
            handler.addQuickElement("link", "", {"rel": relation, "href": url})


def as_atom(visit: Visit, page: EntriesPage) -> str:
    """The same as a feed. Its ids hold wherever the page is moved to."""
    # Texts of earlier releases, and the changes sealed with them, hold characters that XML has not.
    data = legible_values(as_json(visit, page))
    authors = [section["facts"].get("name") for section in _sections(data) if section["kind"] == "controller"]
    digest = data["chain"]["head"] if data["chain"] else ""
    feed = PagedFeed(
        title=_("Change history: %(title)s") % {"title": data["title"]} if visit.is_spoken else _("Change history"),
        link=data["history_url"],
        description="",
        subtitle=_("Digest of the history: %(digest)s") % {"digest": digest} if digest else "",
        language=visit.said_in,
        feed_url=visit.permanent("feed"),
        feed_guid=data["id"],
        pages=page.links(visit.permanent("feed")),
        author_name=words.listing([name for name in authors if name]) or data["title"],
    )
    for entry, version in zip(page.entries, data["versions"], strict=True):
        feed.add_item(
            title=_title(entry),
            link=version["url"],
            description=_description(visit, entry, version) + _where_it_is_said(entry),
            unique_id=version["id"],
            pubdate=entry.version.published_at,
            updateddate=_updated(entry, version),
            categories=[word for word in (version["status"], version["materiality"]) if word],
        )
    return str(feed.writeString("utf-8"))


def _replanned(entries: Sequence[HistoryEntry]) -> dict[int, datetime]:
    """When the plan for each version was last changed: it was postponed, brought forward or withdrawn."""
    events = Event.objects.filter(version__in=[entry.version for entry in entries], kind__in=CHANGES_OF_PLAN)
    return dict(events.order_by().values_list("version").annotate(Max("at")))


def _text(text: Text | None) -> dict[str, Any] | None:
    """All that ``text`` says, as it is recorded; ``None`` where that can't be read."""
    if text is None:
        return None
    try:
        return {"version": text.version.number, "digest": text.digest, **text.snapshot.to_json()}
    except Exception:
        logger.exception("The text %s can't be read.", text.pk)
        return None


def _sections(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [section for section in (data["text"] or {}).get("sections", ()) if section.get("facts")]


def _version(visit: Visit, entry: HistoryEntry, replanned_at: datetime | None) -> dict[str, Any]:
    version, text = entry.version, entry.text
    return {
        "id": _urn(visit.original.translation_key, f"{visit.language}/{entry.number}"),
        "number": entry.number,
        "status": _status(entry),
        "published_at": None if version.is_imported else version.published_at.isoformat(),
        "stated_on": version.stated_on or None,
        "takes_effect_at": version.takes_effect_at.isoformat(),
        "plan_changed_at": _iso(replanned_at),
        "plan_changes": [_plan_change(change) for change in entry.plan_changes],
        "not_public": [_absence(absence) for absence in entry.absences],
        "withdrawn_at": _iso(version.withdrawn_at),
        "corrected_at": _iso(text.corrected_at) if text else None,
        "materiality": version.materiality or None,
        "builds_on": entry.follows,
        "replaced_at_once_by": entry.replaced_at_once_by,
        "language": text.language if text else entry.elsewhere or None,
        "title": text.title if text else None,
        "summary": entry.summary,
        "changes": [line.text for line in entry.lines],
        "more_changes": entry.more_changes,
        "told": [_told(visit, entry, line) for line in entry.lines],
        "digest": text.digest if text else None,
        "url": visit.permanent("version", number=entry.number),
    }


def _told(visit: Visit, entry: HistoryEntry, line: Line) -> dict[str, str | None]:
    right = visit.rights.get(line.right)
    where = _compared(visit, entry)
    return {
        "text": line.text,
        "materiality": line.materiality.value if line.materiality else None,
        "url": f"{where}#{line.anchor}" if where else None,
        "right": line.right if right else None,
        "right_url": right.url if right else None,
    }


def _compared(visit: Visit, entry: HistoryEntry) -> str:
    """The address of its comparison; empty where there is nothing to compare with."""
    if not (entry.text and entry.follows):
        return ""
    return visit.permanent("compare", old=entry.follows, new=entry.number)


def _plan_change(change: PlanChange) -> dict[str, str | None]:
    days = {"day": change.day, "from": change.old, "to": change.new}
    return {"kind": str(change.kind), **{name: day.isoformat() if day else None for name, day in days.items()}}


def _absence(absence: Absence) -> dict[str, str | None]:
    back = absence.back.isoformat() if absence.back else None
    return {"language": absence.language, "from": absence.day.isoformat(), "to": back}


def _where_it_is_said(entry: HistoryEntry) -> str:
    """Of a version without a text in the feed's language: the language of what its address shows."""
    if entry.text or not entry.elsewhere:
        return ""
    lacks = _("This version has no text in %(language)s.") % {"language": words.language_name(entry.language)}
    found = {"number": entry.number, "language": words.language_name(entry.elsewhere)}
    return f"<p>{lacks}</p><p>{_('Read version %(number)s in %(language)s') % found}</p>"


def _status(entry: HistoryEntry) -> str:
    if entry.withdrawn:
        return "withdrawn"
    if entry.is_announced:
        return "announced"
    return "in_force" if entry.is_in_force else "superseded"


def _title(entry: HistoryEntry) -> str:
    named = {"number": entry.number, "day": words.day(entry.takes_effect)}
    if entry.version.is_imported:
        return _("Version %(number)s, imported, stated date: %(day)s") % named
    if entry.withdrawn:
        return _("Version %(number)s, withdrawn, never applied") % named
    if entry.replaced_at_once_by:
        found = {"number": entry.number, "other": entry.replaced_at_once_by}
        return _("Version %(number)s, replaced at once by version %(other)s") % found
    if entry.is_announced:
        return _("Version %(number)s, applies from %(day)s") % named
    return (
        _("Version %(number)s, in effect since %(day)s") % named
        if entry.is_in_force
        else (_("Version %(number)s, applied from %(day)s") % named)
    )


def _description(visit: Visit, entry: HistoryEntry, version: dict[str, Any]) -> str:
    said = [_sentence("plan_change", change=change) for change in entry.plan_changes]
    said += [_sentence("absence", absence=absence) for absence in entry.absences]
    said += [_sentence("replaced", entry=entry)] if entry.replaced_at_once_by else []
    said += [_sentence("correction", entry=entry)] if entry.corrected else []
    told = [_line(line) for line in version["told"]]
    if entry.more_changes:
        told.append(_template("more", more=entry.more_changes, compared=_compared(visit, entry)))
    changes = format_html_join("", "<li>{}</li>", ((line,) for line in told))
    said_in = entry.language if entry.said_in != entry.language else ""
    marked = format_html(" {}", language_attributes(said_in)) if said_in else ""
    summary = format_html("<p{}>{}</p>", marked, version["summary"]) if version["summary"] else ""
    return "".join(said) + summary + (format_html("<ul>{}</ul>", changes) if changes else "")


def _sentence(name: str, **values: Any) -> str:
    return f"<p>{_template(name, **values)}</p>"


def _template(name: str, **values: Any) -> SafeString:
    return mark_safe(render_to_string(f"wagtail_privacy/history/{name}.html", values).strip())  # noqa: S308


def _line(told: dict[str, str | None]) -> str:
    label = format_html("<strong>{}</strong> ", tag(told["materiality"])) if told["materiality"] else ""
    where = format_html(' <a href="{}">{}</a>', told["url"], _("See what changed")) if told["url"] else ""
    return format_html("{}{}{}", label, told["text"], where)


def _updated(entry: HistoryEntry, said: dict[str, Any]) -> datetime:
    """When what the entry says last changed: it was published, translated, corrected, replanned, unpublished or
    published again, or took effect."""
    moments = (said[name] for name in ("published_at", "plan_changed_at", "corrected_at"))
    told = [datetime.fromisoformat(moment) for moment in moments if moment]
    if entry.text:
        told.append(entry.text.recorded_at)
    told += [absence.until or absence.since for absence in entry.absences]
    if entry.version.applies(entry.moment):
        told.append(entry.version.takes_effect_at)
    return max(told)


def _urn(policy: UUID, name: str) -> str:
    return uuid5(policy, name).urn


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
