"""Finish a notice when nothing is left to send, and seal its totals."""

from __future__ import annotations

from django.db import transaction

from wagtail_privacy.clock import now
from wagtail_privacy.notices.stop_waiting import tell_after_all
from wagtail_privacy.records.notice import DeliveryState, Notice, NoticeState, Reason
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.sending.add_people import accepts_people, expects_more_people
from wagtail_privacy.sending.seal import seal_notice


def finish_notice(notice_id: int) -> bool:
    """Note that nobody is left to be told, if that is so; return whether it is.

    Of a notice that is stopped, what was not sent is skipped. The totals are sealed the first time it finishes,
    and when nobody can be added any more; in between, :func:`~wagtail_privacy.sending.sweep.sweep` sees to it.
    """
    with transaction.atomic():
        notice = lock_notice(notice_id)
        if notice.finished_at:
            return True
        if notice.is_stopped:
            skip_unsent(notice)
            tell_after_all(notice)
        elif notice.state == NoticeState.PAUSED or notice.expanded_at is None:
            return False
        if notice.deliveries.unsent().exists() or (not notice.is_stopped and expects_more_people(notice)):
            return False
        if notice.state != NoticeState.CANCELLED:
            notice.state = NoticeState.FINISHED
        notice.finished_at, notice.refusals, notice.retry_at, notice.paused_because = now(), 0, None, ""
        notice.save(update_fields=["state", "finished_at", "refusals", "retry_at", "paused_because"])
        if notice.sealed_at is None or not accepts_people(notice):
            seal_notice(notice)
        return True


def lock_notice(notice_id: int) -> Notice:
    """The notice as it is stored, with its policy's chain and itself locked until the transaction ends.

    The policy first: that is the order of everything that writes on a policy.
    """
    stored = Notice.objects.select_related("version").get(pk=notice_id)
    policy = Policy.objects.select_for_update().get(pk=stored.version.policy_id)
    notice = Notice.objects.select_for_update().get(pk=notice_id)
    notice.version = stored.version
    notice.version.policy = policy
    return notice


def skip_unsent(notice: Notice) -> None:
    """Skip what is still due. Mails being sent right now are left to their sender, or to the sweep."""
    due = notice.deliveries.filter(state=DeliveryState.DUE)
    # Tried once, without an answer: that person may have been told, and is told when the plan changes.
    due.filter(error=Reason.NO_ANSWER).update(state=DeliveryState.IN_DOUBT)
    why = Reason.CANCELLED if notice.state == NoticeState.CANCELLED else Reason.WITHDRAWN
    due.update(state=DeliveryState.SKIPPED, error=why)
