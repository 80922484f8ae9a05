"""Seal what became of a notice: its totals in the policy's chain, which stay when the personal data is purged."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Count, Max, Min

from wagtail_privacy.actions.moment import now
from wagtail_privacy.actions.record_version import record_event
from wagtail_privacy.models.chain import moment
from wagtail_privacy.models.notice import Notice, Receipt
from wagtail_privacy.models.version import Event, EventKind

#: Of what is written below.
FORMAT = 1


def seal_notice(notice: Notice) -> Event | None:
    """Write the summary of ``notice`` into its policy's chain, unless it stands there already. Returns the event."""
    summary = summarise(notice)
    last = last_seal(notice)
    if last and not summary["receipts"]:
        summary["receipts"] = last.data["receipts"]  # they are purged before the deliveries are
    Notice.objects.filter(pk=notice.pk).update(sealed_at=now())
    if last and last.data == summary:
        return None
    return record_event(notice.version, EventKind.TOLD, None, data=summary)


def last_seal(notice: Notice) -> Event | None:
    """The newest sealed summary of ``notice``: what is known of it once its deliveries are purged."""
    told = Event.objects.filter(version=notice.version_id, kind=EventKind.TOLD).order_by("-position")
    return next((event for event in told if event.data["notice"] == notice.pk), None)


def summarise(notice: Notice) -> dict[str, Any]:
    """How many were told, by state and language, when, and the digest of what each language was told.

    A language is the one that people read; ``said_in`` is the language of what they were told.

    ``deliveries`` is by state and language, ``reasons`` why some got no mail, ``receipts`` what the mail provider
    said. Nothing in it leads to a person.
    """
    sent = notice.deliveries.aggregate(first=Min("sent_at"), last=Max("sent_at"))
    return {
        "format": FORMAT,
        "notice": notice.pk,
        "kind": str(notice.kind),
        "about": notice.about,
        "state": str(notice.state),
        "head": notice.head,
        "created_at": moment(notice.created_at),
        "expanded_at": moment(notice.expanded_at),
        "finished_at": moment(notice.finished_at),
        "first_sent_at": moment(sent["first"]),
        "last_sent_at": moment(sent["last"]),
        "deliveries": _nested(notice.totals()),
        "reasons": _nested(notice.reasons()),
        "receipts": _receipts(notice),
        "wordings": _of_wordings(notice, "digest"),
        "said_in": _of_wordings(notice, "said_in"),
    }


def _nested(counts: dict[tuple[str, str], int]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for (first, second), count in sorted(counts.items()):
        found[first][second] = count
    return dict(found)


def _receipts(notice: Notice) -> dict[str, int]:
    receipts = Receipt.objects.filter(delivery__notice=notice).order_by("state")
    return dict(receipts.values_list("state").annotate(Count("pk")))


def _of_wordings(notice: Notice, name: str) -> dict[str, list[str]]:
    """The field ``name`` of what was said, by the language that people read, in the order in which it was said."""
    found: dict[str, list[str]] = defaultdict(list)
    for language, value in notice.wordings.order_by("language", "pk").values_list("language", name):
        found[language].append(value)
    return dict(found)
