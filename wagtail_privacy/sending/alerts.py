"""Tell the site's admins by mail what needs somebody: a notice that is stuck, accounts that cannot be read."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.core.mail import mail_admins

from wagtail_privacy.clock import now
from wagtail_privacy.records.notice import BY_HAND, PLACEHOLDERS, Notice, NoticeState
from wagtail_privacy.sending.placeholders import ADVICE, placeholders_of

logger = logging.getLogger(__name__)

#: A notice with something to do that has made no progress for this long is stuck.
STUCK_AFTER = timedelta(hours=1)


def alert() -> None:
    """Tell the site's admins, once, of each notice that is stuck; anew if it gets stuck after it has gone on."""
    for notice in Notice.objects.filter(finished_at=None).select_related("version__policy"):
        trouble = why_stuck(notice)
        if trouble and notice.alerted_at is None:
            logger.error("Notice %s is stuck: %s", notice.pk, trouble)
            _mail_admins("Privacy notice is stuck", notice, trouble)
        if bool(trouble) != bool(notice.alerted_at):
            Notice.objects.filter(pk=notice.pk).update(alerted_at=now() if trouble else None)


def why_stuck(notice: Notice) -> str:
    """Why ``notice`` does not go on, in one English sentence for the admins; empty if it does."""
    if notice.is_stopped or notice.paused_because == BY_HAND:
        return ""
    if notice.paused_because == PLACEHOLDERS:
        return f"{', '.join(placeholders_of(notice.version)) or 'Its links or its sender'} would lead nowhere. {ADVICE}"
    since = now() - STUCK_AFTER
    if notice.state == NoticeState.PAUSED and notice.retry_at is None:
        return f"It waits until somebody resumes it: {notice.paused_because}."
    if notice.expanded_at is None:
        return "Its ledger is not written. Does a task worker run?" if notice.created_at < since else ""
    if notice.deliveries.filter(sent_at__gt=since).exists() or not notice.deliveries.due(since).exists():
        return ""
    if notice.state == NoticeState.PAUSED:
        return f"The mail server has been unavailable for over an hour: {notice.paused_because}."
    return "Mails have been due for over an hour and none was sent. Does a task worker run?"


def warn_of_problems(notice: Notice) -> None:
    """Tell the site's admins, once for each notice, that some people could not be told as they should be."""
    if Notice.objects.filter(pk=notice.pk, warned_at=None).update(warned_at=now()):
        trouble = "The name, language, address or mail of somebody could not be made: the log says of whom, and why."
        logger.error("Notice %s: %s", notice.pk, trouble)
        _mail_admins("Privacy notice: somebody could not be told", notice, trouble)


def _mail_admins(subject: str, notice: Notice, trouble: str) -> None:
    command = f"privacy_notices show {notice.pk}"
    try:
        mail_admins(subject, f"{notice}\n\n{trouble}\n\n`{command}` shows how far it has come.\n")
    except Exception:  # a mail backend may be anything, and the trouble may be that it does not work
        logger.exception("The admins could not be told by mail about notice %s.", notice.pk)
