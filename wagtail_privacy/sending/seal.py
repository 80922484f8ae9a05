"""Write the totals of a notice into the policy's chain, where they stay when personal data is purged."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count

from wagtail_privacy.actions.record_version import record_event
from wagtail_privacy.clock import at, now
from wagtail_privacy.records.chain import moment
from wagtail_privacy.records.ledger_totals import ledger_of
from wagtail_privacy.records.notice import Notice, Receipt
from wagtail_privacy.records.version import Event, EventKind

#: Of what is written below. Format 1 had no ``purged_at`` and no ``written_at``.
FORMAT = 2


def seal_notice(notice: Notice, *, purged_at: datetime | None = None) -> Event | None:
    """Write the summary of ``notice`` into its policy's chain, unless it stands there already. Returns the event.

    With ``purged_at``, note that its deliveries are removed from that moment on.
    """
    last = last_seal(notice)
    if last and last.data.get("purged_at"):
        return None  # of what was removed since, nothing more is known
    notice.purged_at = purged_at or notice.purged_at
    summary = summarise(notice)
    if last and not summary["receipts"]:
        summary["receipts"] = last.data["receipts"]  # they are purged before the deliveries are
    with transaction.atomic(), at(now()):
        is_sealed = last is not None and last.data == summary
        event = None if is_sealed else record_event(notice.version, EventKind.TOLD, None, data=summary)
        # After the event, which locks the policy: nobody who has locked a notice waits for its policy.
        purged = {"purged_at": purged_at} if purged_at else {}
        Notice.objects.filter(pk=notice.pk).update(sealed_at=now(), **purged)
        return event


def last_seal(notice: Notice) -> Event | None:
    """The newest sealed summary of ``notice``: what is known of it once its deliveries are purged."""
    told = Event.objects.filter(version=notice.version_id, kind=EventKind.TOLD).order_by("-position")
    return next((event for event in told if event.data["notice"] == notice.pk), None)


def summarise(notice: Notice) -> dict[str, Any]:
    """What became of ``notice``: its own facts, its ledger's, and what the mail provider said (``receipts``).

    ``deliveries`` is by state and language, ``reasons`` why some got no mail. Nothing in it leads to a person.
    """
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
        "purged_at": moment(notice.purged_at),
        **ledger_of(notice),
        "receipts": _receipts(notice),
    }


def _receipts(notice: Notice) -> dict[str, int]:
    receipts = Receipt.objects.filter(delivery__notice=notice).order_by("state")
    return dict(receipts.values_list("state").annotate(Count("pk")))
