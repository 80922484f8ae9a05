"""Mails of which nobody knows whether the mail server took them: how many there can be, and what becomes of them."""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef

from wagtail_privacy.clock import now
from wagtail_privacy.conf import conf
from wagtail_privacy.records.notice import Delivery, DeliveryState, Notice, Reason
from wagtail_privacy.sending.marks import HELD, Mark
from wagtail_privacy.sending.retries import RETRY_DELAYS

logger = logging.getLogger(__name__)

#: A sender writes down the results of so many mails before it hands over more. They go in the order of their primary
#: keys: of a claim that was abandoned, whatever comes after so many without a result was never begun.
MAX_IN_DOUBT = 50


def mark_in_doubt(delivery: Delivery) -> Mark:
    """The mark for a mail without an answer: ``WAGTAIL_PRIVACY_IN_DOUBT`` says whether it is sent again or held."""
    return HELD if conf.IN_DOUBT == "hold" else Mark.deferred(delivery, Reason.NO_ANSWER)


def release_leases() -> int:
    """Take back what was claimed by senders that did not come back, and return how many mails are in doubt.

    Each of these may have been sent before its sender died. ``WAGTAIL_PRIVACY_IN_DOUBT`` says whether it is sent again
    or held; what has been in doubt too often is held, and so is what is about a plan that nobody more is told. What the
    sender had not begun is due again.
    """
    abandoned = Exists(Delivery.objects.abandoned(now()).filter(notice=OuterRef("pk")))
    unfinished = Notice.objects.filter(finished_at=None).select_related("version__policy")
    count = sum(_release(notice) for notice in unfinished.filter(abandoned))
    if count:
        logger.warning("%s mails may or may not have been sent when their sender stopped.", count)
    return count


def _release(notice: Notice) -> int:
    claims = notice.deliveries.abandoned(now()).order_by().values_list("claim", flat=True).distinct()
    return sum(_release_claim(notice, claim) for claim in claims if claim)


def _release_claim(notice: Notice, claim: UUID) -> int:
    rows = notice.deliveries.filter(state=DeliveryState.CLAIMED, claim=claim)
    released: dict[str, Any] = {"claim": None, "claimed_until": None, "due_at": now()}
    doubtful = list(rows.order_by("pk").values_list("pk", flat=True)[:MAX_IN_DOUBT])
    # What was not begun comes first: if we stop here, the next sweep finds the same mails in doubt.
    rows.exclude(pk__in=doubtful).update(state=DeliveryState.DUE, attempts=F("attempts") - 1, **released)
    in_doubt, released["error"] = rows.filter(pk__in=doubtful), Reason.NO_ANSWER
    held = in_doubt if _is_held(notice) else in_doubt.filter(attempts__gt=len(RETRY_DELAYS))
    count = held.update(state=DeliveryState.IN_DOUBT, **released)
    return int(count + in_doubt.update(state=DeliveryState.DUE, **released))


def _is_held(notice: Notice) -> bool:
    return conf.IN_DOUBT == "hold" or notice.is_stopped
