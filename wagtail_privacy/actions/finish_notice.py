"""Bring a notice to its end: nobody is left to be told, and what became of everyone is sealed."""

from __future__ import annotations

from django.db import transaction

from wagtail_privacy.actions.expand_notice import awaits_somebody, is_open
from wagtail_privacy.actions.moment import now
from wagtail_privacy.actions.seal_notice import seal_notice
from wagtail_privacy.models.notice import DeliveryState, Notice, NoticeState, Reason
from wagtail_privacy.models.policy import Policy


def finish_notice(notice_id: int) -> bool:
    """Note that nobody is left to be told, if that is so; return whether it is.

    Of a notice that is stopped, what was not sent is skipped. The totals are sealed when it finishes first and when
    it finishes after nobody more can be added; in between, :func:`~wagtail_privacy.actions.sweep.sweep` sees to it.
    """
    with transaction.atomic():
        notice = locked(notice_id)
        if notice.finished_at:
            return True
        if notice.is_stopped:
            skip_the_rest(notice)
        elif notice.state == NoticeState.PAUSED or notice.expanded_at is None:
            return False
        if notice.deliveries.unsent().exists() or (not notice.is_stopped and awaits_somebody(notice)):
            return False
        if notice.state != NoticeState.CANCELLED:
            notice.state = NoticeState.FINISHED
        notice.finished_at, notice.refusals, notice.retry_at, notice.paused_because = now(), 0, None, ""
        notice.save(update_fields=["state", "finished_at", "refusals", "retry_at", "paused_because"])
        if notice.sealed_at is None or not is_open(notice):
            seal_notice(notice)
        return True


def locked(notice_id: int) -> Notice:
    """The notice as it is stored, with its policy's chain and itself locked until the transaction ends.

    The policy first: that is the order of everything that writes on a policy.
    """
    stored = Notice.objects.select_related("version").get(pk=notice_id)
    policy = Policy.objects.select_for_update().get(pk=stored.version.policy_id)
    notice = Notice.objects.select_for_update().get(pk=notice_id)
    notice.version = stored.version
    notice.version.policy = policy
    return notice


def skip_the_rest(notice: Notice) -> None:
    """Nobody more is told. What is being sent at this moment is left to its sender, or to the sweep."""
    due = notice.deliveries.filter(state=DeliveryState.DUE)
    # Tried once, without an answer: that person may have been told, and is told when the plan changes.
    due.filter(error=Reason.NO_ANSWER).update(state=DeliveryState.IN_DOUBT)
    why = Reason.CANCELLED if notice.state == NoticeState.CANCELLED else Reason.WITHDRAWN
    due.update(state=DeliveryState.SKIPPED, error=why)
