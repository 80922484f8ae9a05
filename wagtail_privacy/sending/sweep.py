"""Recover from lost tasks and dead senders, and include people who joined since."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from wagtail_privacy.clock import now
from wagtail_privacy.conf import conf
from wagtail_privacy.notices.sending_tasks import wake
from wagtail_privacy.records.earlier_chains import bind_older_chains, seal_policies
from wagtail_privacy.records.notice import Delivery, DeliveryState, Notice, NoticeState, Pace
from wagtail_privacy.sending.add_people import accepts_people, without_delivery
from wagtail_privacy.sending.alerts import alert
from wagtail_privacy.sending.in_doubt import release_leases
from wagtail_privacy.sending.placeholders import placeholders_of
from wagtail_privacy.sending.reminders import remind
from wagtail_privacy.sending.seal import seal_notice

#: The name by which is kept when a sweep has ended.
SWEPT = "swept"


def sweep() -> list[int]:
    """Wake a worker for each notice that has something to do and not workers enough; return their ids.

    For cron, every few minutes.
    """
    reopen_notices_with_unsent_mail()
    release_leases()
    release_mended()
    seal_closed_notices()
    bind_older_chains()
    seal_policies()
    active = Notice.objects.active(now()).select_related("version__policy")
    with_work = [notice.pk for notice in active if has_work(notice)]
    alert()
    remind()
    Pace.objects.update_or_create(name=SWEPT, defaults={"next_at": now()})
    return [notice_id for notice_id in with_work if wake(notice_id)]


def reopen_notices_with_unsent_mail() -> None:
    """Reopen notices that finished at the same moment as somebody was added. The additions are sent, or skipped if the
    notice was cancelled, and the totals are sealed again."""
    unsent = Exists(Delivery.objects.unsent().filter(notice=OuterRef("pk")))
    ended = Notice.objects.exclude(finished_at=None).filter(unsent)
    ended.filter(state=NoticeState.FINISHED).update(state=NoticeState.SENDING, finished_at=None)
    ended.filter(state=NoticeState.CANCELLED).update(finished_at=None)


def release_mended() -> None:
    """Go on with notices that were held for their links or their sender, which lead somewhere now."""
    for notice in Notice.objects.held_for_placeholders().select_related("version__policy"):
        if not placeholders_of(notice.version):
            held = Notice.objects.filter(pk=notice.pk).held_for_placeholders()
            held.update(state=NoticeState.SENDING, paused_because="", alerted_at=None)


def seal_closed_notices() -> None:
    """Seal the totals of notices that accept no more people, if they changed since they were sealed."""
    for notice in Notice.objects.unsealed(now()):
        seal_notice(notice)


def has_work(notice: Notice) -> bool:
    """Whether a worker would find something to do about ``notice`` now."""
    if notice.is_stopped:
        # What is left is to skip the rest, and to note that it is finished.
        return notice.finished_at is None and not notice.deliveries.filter(state=DeliveryState.CLAIMED).exists()
    if accepts_people(notice) and (
        notice.expanded_at is None or without_delivery(notice, conf.AUDIENCE(notice.version.policy).people()).exists()
    ):
        return True
    if notice.deliveries.due(now()).exists():
        return True
    # Without anything unsent, what is left is to note that it is finished.
    return notice.finished_at is None and not notice.deliveries.unsent().exists()
