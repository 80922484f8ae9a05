"""What a person does about a notice: pause, resume and cancel it, try again, settle what is in doubt."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from wagtail_privacy.actions.expand_notice import is_open
from wagtail_privacy.actions.finish_notice import finish_notice, locked
from wagtail_privacy.actions.issue_notice import wake
from wagtail_privacy.actions.moment import now
from wagtail_privacy.actions.refusal import Refused
from wagtail_privacy.actions.seal_notice import seal_notice
from wagtail_privacy.models.notice import BY_HAND, DeliveryState, Notice, NoticeState, Reason

#: What these ask of a user; ``None`` in place of a user is code, which may do everything.
PERMISSION = "wagtail_privacy.manage_notices"


def pause_notice(notice_id: int, *, user: Any = None) -> None:
    """Send nothing more until somebody resumes it; the batches being sent at this moment are sent.

    Each of these raises :exc:`~wagtail_privacy.actions.refusal.Refused`, with the words for the user, when it
    cannot be done, and notes what it did in Wagtail's audit log.
    """
    with _steered(notice_id, "paused", user) as notice:
        _refuse_if(notice.finished_at, _("Everybody was told; there is nothing to pause."))
        _refuse_if(_is_paused_by_hand(notice), _("The notice is paused already."))
        _write(notice, state=NoticeState.PAUSED, paused_because=BY_HAND, retry_at=None)


def resume_notice(notice_id: int, *, user: Any = None) -> None:
    """Go on with a paused notice at once, also where the mail server was to be left alone for a while."""
    with _steered(notice_id, "resumed", user) as notice:
        _refuse_if(notice.state != NoticeState.PAUSED, _("The notice is not paused."))
        _write(notice, state=NoticeState.SENDING, paused_because="", retry_at=None, alerted_at=None)
        transaction.on_commit(lambda: wake(notice_id))


def cancel_notice(notice_id: int, *, user: Any = None) -> None:
    """Tell nobody more, for good. Who was told stays told; the version is as it was."""
    with _steered(notice_id, "cancelled", user) as notice:
        _refuse_if(notice.finished_at and not _may_grow(notice), _("Everybody was told; there is nothing to cancel."))
        _write(notice, state=NoticeState.CANCELLED, finished_at=None, paused_because="", retry_at=None)
        finish_notice(notice_id)


def retry_failed(notice_id: int, *, user: Any = None) -> int:
    """Try again whom a mail could not be sent to, from the first attempt on; return how many."""
    with _steered(notice_id, "retried", user) as notice:
        failed = notice.deliveries.filter(state=DeliveryState.FAILED)
        return _send_again(notice, failed, _("No mail of this notice has failed."))


def resend_doubtful(notice_id: int, *, user: Any = None) -> int:
    """Send again what may or may not have been sent: some may get it twice. Returns how many."""
    with _steered(notice_id, "resent", user) as notice:
        doubtful = notice.deliveries.filter(state=DeliveryState.IN_DOUBT)
        return _send_again(notice, doubtful, _("No mail of this notice is in doubt."))


def accept_doubtful(notice_id: int, *, user: Any = None) -> int:
    """Take as sent what may or may not have been sent: some may never get it. Returns how many.

    The rows go on saying that no answer came.
    """
    with _steered(notice_id, "accepted", user) as notice:
        doubtful = notice.deliveries.filter(state=DeliveryState.IN_DOUBT)
        count = doubtful.update(state=DeliveryState.SENT, sent_at=now(), error=Reason.NO_ANSWER)
        _refuse_if(not count, _("No mail of this notice is in doubt."))
        if notice.finished_at:
            seal_notice(notice)
        return count


@contextmanager
def _steered(notice_id: int, verb: str, user: Any) -> Iterator[Notice]:
    """The notice, locked, for a ``user`` who may; what was done is noted unless it is refused."""
    with transaction.atomic():
        notice = locked(notice_id)
        if user is not None and not user.has_perm(PERMISSION):
            raise Refused(_("You may not pause, resume, retry or cancel notices. Ask someone who may."))
        _refuse_if(notice.state == NoticeState.CANCELLED, _("The notice was cancelled; nobody more is told."))
        yield notice
        data = {"notice": notice.pk, "number": notice.version.number}
        log(instance=notice.version.policy, action=f"wagtail_privacy.notice_{verb}", user=user, data=data)


def _send_again(notice: Notice, deliveries: Any, none: str) -> int:
    _refuse_if(notice.is_stopped, _("What the notice is about was withdrawn or changed again; nobody more is told."))
    count = int(deliveries.update(state=DeliveryState.DUE, due_at=now(), attempts=0, error=""))
    _refuse_if(not count, none)
    if notice.state == NoticeState.FINISHED:
        _write(notice, state=NoticeState.SENDING, finished_at=None)
    transaction.on_commit(lambda: wake(notice.pk))
    return count


def _may_grow(notice: Notice) -> bool:
    return notice.state == NoticeState.FINISHED and is_open(notice)


def _is_paused_by_hand(notice: Notice) -> bool:
    return notice.state == NoticeState.PAUSED and notice.paused_because == BY_HAND


def _write(notice: Notice, **values: Any) -> None:
    for name, value in values.items():
        setattr(notice, name, value)
    notice.save(update_fields=list(values))


def _refuse_if(obstacle: Any, message: str) -> None:
    if obstacle:
        raise Refused(message)
