"""Make whole what was lost: tasks that never ran, senders that died, people who joined meanwhile."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.core.mail import mail_admins
from django.db.models import Exists, OuterRef

from wagtail_privacy.actions.expand_notice import is_open, missing
from wagtail_privacy.actions.issue_notice import wake
from wagtail_privacy.actions.marks import PAUSES
from wagtail_privacy.actions.moment import now
from wagtail_privacy.actions.seal_notice import seal_notice
from wagtail_privacy.conf import conf
from wagtail_privacy.models.notice import BY_HAND, Delivery, DeliveryState, Notice, NoticeState, Reason

logger = logging.getLogger(__name__)

#: A notice with something to do that has done nothing for so long is stuck.
PATIENCE = timedelta(hours=1)


def sweep() -> list[int]:
    """Wake a worker for each notice that has something to do, and return their ids. For cron, every few minutes."""
    reopen_what_is_unsent()
    release_leases()
    seal_what_closed()
    alive = Notice.objects.alive(now()).select_related("version__policy")
    woken = [notice.pk for notice in alive if has_work(notice)]
    alert()
    for notice_id in woken:
        wake(notice_id)
    return woken


def reopen_what_is_unsent() -> None:
    """Take a notice that ended at the very moment when somebody was added to it for unfinished: they are told, or
    skipped where nobody more is told, and its totals are sealed anew."""
    unsent = Exists(Delivery.objects.unsent().filter(notice=OuterRef("pk")))
    ended = Notice.objects.exclude(finished_at=None).filter(unsent)
    ended.filter(state=NoticeState.FINISHED).update(state=NoticeState.SENDING, finished_at=None)
    ended.filter(state=NoticeState.CANCELLED).update(finished_at=None)


def release_leases() -> int:
    """Take back what was claimed by senders that did not come back, and return how many mails are in doubt.

    Each may have been sent before its sender died. ``WAGTAIL_PRIVACY_IN_DOUBT`` says whether it is sent
    again or held; what has been in doubt too often is held, and what is about a plan that nobody more is told.
    """
    abandoned = Exists(Delivery.objects.abandoned(now()).filter(notice=OuterRef("pk")))
    unfinished = Notice.objects.filter(finished_at=None).select_related("version__policy")
    count = sum(_release(notice) for notice in unfinished.filter(abandoned))
    if count:
        logger.warning("%s mails may or may not have been sent when their sender stopped.", count)
    return count


def _release(notice: Notice) -> int:
    abandoned = notice.deliveries.abandoned(now())
    released = {"claim": None, "claimed_until": None, "error": Reason.NO_ANSWER}
    held = abandoned if _is_held(notice) else abandoned.filter(attempts__gt=len(PAUSES))
    count = held.update(state=DeliveryState.IN_DOUBT, **released)
    return int(count + abandoned.update(state=DeliveryState.DUE, due_at=now(), **released))


def _is_held(notice: Notice) -> bool:
    return conf.IN_DOUBT == "hold" or notice.is_stopped


def seal_what_closed() -> None:
    """Seal the totals of notices that nobody can be added to any more, where somebody was since the last time."""
    for notice in Notice.objects.unsealed(now()):
        seal_notice(notice)


def has_work(notice: Notice) -> bool:
    """Whether a worker would find something to do about ``notice`` now."""
    if notice.is_stopped:
        # What is left is to skip the rest, and to note that it is finished.
        return notice.finished_at is None and not notice.deliveries.filter(state=DeliveryState.CLAIMED).exists()
    if is_open(notice) and (
        notice.expanded_at is None or missing(notice, conf.AUDIENCE(notice.version.policy).people()).exists()
    ):
        return True
    if notice.deliveries.due(now()).exists():
        return True
    # Without anything unsent, what is left is to note that it is finished.
    return notice.finished_at is None and not notice.deliveries.unsent().exists()


def alert() -> None:
    """Tell the site's admins, once, of each notice that is stuck; anew if it gets stuck after it has gone on."""
    for notice in Notice.objects.filter(finished_at=None).select_related("version__policy"):
        trouble = trouble_of(notice)
        if trouble and notice.alerted_at is None:
            logger.error("Notice %s is stuck: %s", notice.pk, trouble)
            _mail_admins(notice, trouble)
        if bool(trouble) != bool(notice.alerted_at):
            Notice.objects.filter(pk=notice.pk).update(alerted_at=now() if trouble else None)


def trouble_of(notice: Notice) -> str:
    """What keeps ``notice`` from going on, in one English sentence for the admins; empty if nothing does."""
    if notice.is_stopped or notice.paused_because == BY_HAND:
        return ""
    since = now() - PATIENCE
    if notice.state == NoticeState.PAUSED and notice.retry_at is None:
        return f"It waits until somebody resumes it: {notice.paused_because}."
    if notice.expanded_at is None:
        return "Its ledger is not written. Does a task worker run?" if notice.created_at < since else ""
    if notice.deliveries.filter(sent_at__gt=since).exists() or not notice.deliveries.due(since).exists():
        return ""
    if notice.state == NoticeState.PAUSED:
        return f"The mail server has not worked with us for over an hour: {notice.paused_because}."
    return "Mails have been due for over an hour and none was sent. Does a task worker run?"


def _mail_admins(notice: Notice, trouble: str) -> None:
    command = f"privacy_notices show {notice.pk}"
    try:
        mail_admins("Privacy notice is stuck", f"{notice}\n\n{trouble}\n\n`{command}` shows how far it has come.\n")
    except Exception:  # a mail backend may be anything, and the trouble may be that it does not work
        logger.exception("The admins could not be told by mail that notice %s is stuck.", notice.pk)
