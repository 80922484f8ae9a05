"""Make whole what was lost: tasks that never ran, senders that died, people who joined meanwhile."""

from __future__ import annotations

import logging

from wagtail_privacy.actions.expand_notice import is_open, missing
from wagtail_privacy.actions.issue_notice import wake
from wagtail_privacy.actions.moment import now
from wagtail_privacy.actions.send_notice import PAUSES
from wagtail_privacy.conf import conf
from wagtail_privacy.models.notice import Delivery, DeliveryState, Notice, Reason

logger = logging.getLogger(__name__)


def sweep() -> list[int]:
    """Wake a worker for each notice that has something to do, and return their ids. For cron, every few minutes."""
    release_leases()
    alive = Notice.objects.alive(now()).select_related("version__policy")
    woken = [notice.pk for notice in alive if has_work(notice)]
    for notice_id in woken:
        wake(notice_id)
    return woken


def release_leases() -> int:
    """Take back what was claimed by senders that did not come back, and return how many mails are in doubt.

    Each may have been sent before its sender died. ``WAGTAIL_PRIVACY_IN_DOUBT`` says whether it is sent
    again or held; what has been in doubt too often is held.
    """
    abandoned = Delivery.objects.filter(notice__in=Notice.objects.alive(now())).abandoned(now())
    released = {"claim": None, "claimed_until": None, "error": Reason.NO_ANSWER}
    held = abandoned if conf.IN_DOUBT == "hold" else abandoned.filter(attempts__gt=len(PAUSES))
    count = held.update(state=DeliveryState.IN_DOUBT, **released)
    count += abandoned.update(state=DeliveryState.DUE, due_at=now(), **released)
    if count:
        logger.warning("%s mails may or may not have been sent when their sender stopped.", count)
    return count


def has_work(notice: Notice) -> bool:
    """Whether a worker would find something to do about ``notice`` now."""
    if notice.is_stopped:
        return False
    if is_open(notice) and (
        notice.expanded_at is None or missing(notice, conf.AUDIENCE(notice.version.policy)).exists()
    ):
        return True
    unsent = notice.deliveries.filter(state__in=[DeliveryState.DUE, DeliveryState.CLAIMED])
    # Without anything unsent, what is left is to note that it is finished.
    return notice.deliveries.due(now()).exists() or (notice.finished_at is None and not unsent.exists())
