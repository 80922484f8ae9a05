"""The change history for programs: an Atom feed (RFC 4287) and JSON, one policy in one language, the same content."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from wagtail_privacy.policy import words
from wagtail_privacy.reader.history import Entry
from wagtail_privacy.reader.visit import Visit

#: Of the JSON; documented in docs/data.md.
FORMAT = 1


def as_json(visit: Visit, entries: Sequence[Entry]) -> dict[str, Any]:
    """The policy and its versions, newest first, as plain values."""
    policy = visit.policy
    return {
        "format": FORMAT,
        "id": _urn(visit.original.translation_key, visit.language),
        "language": visit.language,
        "title": visit.title,
        "url": _absolute(visit, visit.url),
        "history_url": _absolute(visit, visit.address("history")),
        "in_force": visit.in_force.number if visit.in_force else None,
        "chain": {"length": policy.chain_length, "head": policy.chain_head} if policy else None,
        "versions": [_version(visit, entry) for entry in entries],
    }


def as_atom(visit: Visit, entries: Sequence[Entry]) -> str:
    """The same as a feed. Its ids hold wherever the page is moved to."""
    data = as_json(visit, entries)
    digest = data["chain"]["head"] if data["chain"] else ""
    feed = Atom1Feed(
        title=_("Change history: %(title)s") % {"title": data["title"]},
        link=data["history_url"],
        description="",
        subtitle=_("Digest of the history: %(digest)s") % {"digest": digest} if digest else "",
        language=visit.language,
        feed_url=_absolute(visit, visit.address("feed")),
        feed_guid=data["id"],
    )
    for entry, version in zip(entries, data["versions"], strict=True):
        feed.add_item(
            title=_title(entry),
            link=version["url"],
            description=_description(version),
            unique_id=version["id"],
            pubdate=entry.version.published_at,
            updateddate=_updated(entry),
            categories=[word for word in (version["status"], version["materiality"]) if word],
        )
    return str(feed.writeString("utf-8"))


def _version(visit: Visit, entry: Entry) -> dict[str, Any]:
    version, text = entry.version, entry.text
    return {
        "id": _urn(visit.original.translation_key, f"{visit.language}/{entry.number}"),
        "number": entry.number,
        "status": _status(entry),
        "published_at": version.published_at.isoformat(),
        "takes_effect_at": version.takes_effect_at.isoformat(),
        "withdrawn_at": _iso(version.withdrawn_at),
        "corrected_at": _iso(text.corrected_at) if text else None,
        "materiality": version.materiality or None,
        "builds_on": entry.follows,
        "title": text.title if text else None,
        "summary": entry.summary,
        "changes": [line.text for line in entry.lines],
        "digest": text.digest if text else None,
        "url": _absolute(visit, visit.address("version", entry.number)),
    }


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


def _updated(entry: Entry) -> datetime:
    """When what the entry says last changed: it was published, corrected, withdrawn, or took effect."""
    version = entry.version
    told = [version.published_at, version.withdrawn_at, entry.text.corrected_at if entry.text else None]
    if version.applies(entry.moment):
        told.append(version.takes_effect_at)
    return max(moment for moment in told if moment)


def _urn(policy: UUID, name: str) -> str:
    return uuid5(policy, name).urn


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _absolute(visit: Visit, url: str) -> str:
    return str(visit.request.build_absolute_uri(url))
