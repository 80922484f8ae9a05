"""Pause, resume and cancel a notice, retry failed deliveries, resend or accept those in doubt."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from wagtail_privacy.actions.permissions import Permissions
from wagtail_privacy.actions.refusal import ActionError
from wagtail_privacy.clock import now
from wagtail_privacy.notices.sending_tasks import wake
from wagtail_privacy.records.notice import BY_HAND, DeliveryState, Notice, NoticeState, Reason
from wagtail_privacy.sending.add_people import accepts_people
from wagtail_privacy.sending.finish import finish_notice, lock_notice
from wagtail_privacy.sending.placeholders import explain, placeholders_of
from wagtail_privacy.sending.seal import seal_notice


def pause_notice(notice_id: int, *, user: Any = None) -> None:
    """Send nothing more until somebody resumes it; the batches being sent at this moment are sent.

    Each of these raises :exc:`~wagtail_privacy.actions.refusal.ActionError`, with the words for the user, when it
    cannot be done, and notes what it did in Wagtail's audit log.
    """
    with _controlled(notice_id, "paused", user) as notice:
        _refuse_if(notice.finished_at, _("Everybody was told; there is nothing to pause."))
        _refuse_if(_is_paused_by_hand(notice), _("The notice is paused already."))
        _write(notice, state=NoticeState.PAUSED, paused_because=BY_HAND, retry_at=None)


def resume_notice(notice_id: int, *, user: Any = None) -> None:
    """Resume a paused notice at once, even if it waits for the mail server."""
    with _controlled(notice_id, "resumed", user) as notice:
        _refuse_if(notice.state != NoticeState.PAUSED, _("The notice is not paused."))
        placeholders = placeholders_of(notice.version)
        _refuse_if(placeholders, explain(placeholders))
        _write(notice, state=NoticeState.SENDING, paused_because="", retry_at=None, alerted_at=None)
        transaction.on_commit(lambda: wake(notice_id))


def cancel_notice(notice_id: int, *, user: Any = None) -> None:
    """Send nothing more, permanently. Mails already sent and the version itself are not affected."""
    with _controlled(notice_id, "cancelled", user) as notice:
        _refuse_if(notice.finished_at and not _may_grow(notice), _("Everybody was told; there is nothing to cancel."))
        _write(notice, state=NoticeState.CANCELLED, finished_at=None, paused_because="", retry_at=None)
        finish_notice(notice_id)


def retry_failed(notice_id: int, *, user: Any = None) -> int:
    """Make failed deliveries due again, with no attempts counted. Returns how many."""
    with _controlled(notice_id, "retried", user) as notice:
        failed = notice.deliveries.filter(state=DeliveryState.FAILED)
        return _send_again(notice, failed, _("No mail of this notice has failed."))


def resend_in_doubt(notice_id: int, *, user: Any = None) -> int:
    """Send again what may or may not have been sent: some may get it twice. Returns how many."""
    with _controlled(notice_id, "resent", user) as notice:
        doubtful = notice.deliveries.filter(state=DeliveryState.IN_DOUBT)
        return _send_again(notice, doubtful, _("No mail of this notice is in doubt."))


def accept_in_doubt(notice_id: int, *, user: Any = None) -> int:
    """Take as sent what may or may not have been sent: some may never get it. Returns how many.

    The rows keep the note that no answer came.
    """
    with _controlled(notice_id, "accepted", user) as notice:
        doubtful = notice.deliveries.filter(state=DeliveryState.IN_DOUBT)
        count = doubtful.update(state=DeliveryState.SENT, sent_at=now(), error=Reason.NO_ANSWER)
        _refuse_if(not count, _("No mail of this notice is in doubt."))
        if notice.finished_at:
            seal_notice(notice)
        return count


@contextmanager
def _controlled(notice_id: int, verb: str, user: Any) -> Iterator[Notice]:
    """The notice, locked, for a ``user`` who may; what was done is noted unless it is refused."""
    Permissions.for_user(user).require("manage_notices")
    with transaction.atomic():
        notice = lock_notice(notice_id)
        Permissions.for_policy(user, notice.version.policy).require("manage_notices")
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
    return notice.state == NoticeState.FINISHED and accepts_people(notice)


def _is_paused_by_hand(notice: Notice) -> bool:
    return notice.state == NoticeState.PAUSED and notice.paused_because == BY_HAND


def _write(notice: Notice, **values: Any) -> None:
    for name, value in values.items():
        setattr(notice, name, value)
    notice.save(update_fields=list(values))


def _refuse_if(obstacle: Any, message: str) -> None:
    if obstacle:
        raise ActionError(message)
