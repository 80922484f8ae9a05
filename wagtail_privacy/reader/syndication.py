"""The change history for programs: an Atom feed (RFC 4287) and JSON, one policy in one language, the same content."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Max
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from wagtail_privacy.models import Event, Text
from wagtail_privacy.models.version import CHANGES_OF_PLAN
from wagtail_privacy.policy import words
from wagtail_privacy.reader.history import Entry
from wagtail_privacy.reader.visit import Visit

logger = logging.getLogger("wagtail_privacy")

#: Of the JSON; documented in docs/data.md.
FORMAT = 1


def as_json(visit: Visit, entries: Sequence[Entry]) -> dict[str, Any]:
    """The policy and its versions, newest first, as plain values."""
    policy, replanned = visit.policy, _replanned(entries)
    return {
        "format": FORMAT,
        "id": _urn(visit.original.translation_key, visit.language),
        "language": visit.language,
        "title": visit.title,
        "url": _absolute(visit, visit.url),
        "history_url": _absolute(visit, visit.address("history")),
        "in_force": visit.in_force.number if visit.in_force else None,
        "chain": {"length": policy.chain_length, "head": policy.chain_head} if policy else None,
        "text": _text(visit.applying_text),
        "versions": [_version(visit, entry, replanned.get(entry.version.pk)) for entry in entries],
    }


def as_atom(visit: Visit, entries: Sequence[Entry]) -> str:
    """The same as a feed. Its ids hold wherever the page is moved to."""
    data = as_json(visit, entries)
    authors = [section["facts"].get("name") for section in _sections(data) if section["kind"] == "controller"]
    digest = data["chain"]["head"] if data["chain"] else ""
    feed = Atom1Feed(
        title=_("Change history: %(title)s") % {"title": data["title"]},
        link=data["history_url"],
        description="",
        subtitle=_("Digest of the history: %(digest)s") % {"digest": digest} if digest else "",
        language=visit.language,
        feed_url=_absolute(visit, visit.address("feed")),
        feed_guid=data["id"],
        author_name=words.listing([name for name in authors if name]) or data["title"],
    )
    for entry, version in zip(entries, data["versions"], strict=True):
        feed.add_item(
            title=_title(entry),
            link=version["url"],
            description=_description(version) or _where_it_is_said(entry),
            unique_id=version["id"],
            pubdate=entry.version.published_at,
            updateddate=_updated(entry, version),
            categories=[word for word in (version["status"], version["materiality"]) if word],
        )
    return str(feed.writeString("utf-8"))


def _replanned(entries: Sequence[Entry]) -> dict[int, datetime]:
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


def _version(visit: Visit, entry: Entry, replanned_at: datetime | None) -> dict[str, Any]:
    version, text = entry.version, entry.text
    return {
        "id": _urn(visit.original.translation_key, f"{visit.language}/{entry.number}"),
        "number": entry.number,
        "status": _status(entry),
        "published_at": version.published_at.isoformat(),
        "takes_effect_at": version.takes_effect_at.isoformat(),
        "plan_changed_at": _iso(replanned_at),
        "withdrawn_at": _iso(version.withdrawn_at),
        "corrected_at": _iso(text.corrected_at) if text else None,
        "materiality": version.materiality or None,
        "builds_on": entry.follows,
        "language": text.language if text else entry.elsewhere or None,
        "title": text.title if text else None,
        "summary": entry.summary,
        "changes": [line.text for line in entry.lines],
        "digest": text.digest if text else None,
        "url": _absolute(visit, visit.address("version", entry.number)),
    }


def _where_it_is_said(entry: Entry) -> str:
    """Of a version without a text in the feed's language: the language of what its address shows."""
    if entry.text or not entry.elsewhere:
        return ""
    lacks = _("This version has no text in %(language)s.") % {"language": words.language_name(entry.language)}
    found = {"number": entry.number, "language": words.language_name(entry.elsewhere)}
    return f"<p>{lacks}</p><p>{_('Read version %(number)s in %(language)s') % found}</p>"


def _status(entry: Entry) -> str:
    if entry.withdrawn:
        return "withdrawn"
    if entry.is_announced:
        return "announced"
    return "in_force" if entry.is_in_force else "superseded"


def _title(entry: Entry) -> str:
    named = {"number": entry.number, "day": words.day(entry.takes_effect)}
    if entry.withdrawn:
        return _("Version %(number)s, withdrawn, never applied") % named
    if entry.is_announced:
        return _("Version %(number)s, applies from %(day)s") % named
    return (
        _("Version %(number)s, in effect since %(day)s") % named
        if entry.is_in_force
        else (_("Version %(number)s, applied from %(day)s") % named)
    )


def _description(version: dict[str, Any]) -> str:
    changes = format_html_join("", "<li>{}</li>", ((line,) for line in version["changes"]))
    summary = format_html("<p>{}</p>", version["summary"]) if version["summary"] else ""
    return summary + (format_html("<ul>{}</ul>", changes) if changes else "")


def _updated(entry: Entry, said: dict[str, Any]) -> datetime:
    """When what the entry says last changed: it was published, translated, corrected, replanned, or took effect."""
    moments = (said[name] for name in ("published_at", "plan_changed_at", "corrected_at"))
    told = [datetime.fromisoformat(moment) for moment in moments if moment]
    if entry.text:
        told.append(entry.text.recorded_at)
    if entry.version.applies(entry.moment):
        told.append(entry.version.takes_effect_at)
    return max(told)


def _urn(policy: UUID, name: str) -> str:
    return uuid5(policy, name).urn


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _absolute(visit: Visit, url: str) -> str:
    return str(visit.request.build_absolute_uri(url))
