"""Tell a notice from beginning to end, here and now: what a task worker does when woken."""

from __future__ import annotations

from datetime import timedelta

from wagtail_privacy.actions.expand_notice import expand_notice
from wagtail_privacy.actions.issue_notice import wake
from wagtail_privacy.actions.send_notice import send_notice
from wagtail_privacy.tasks import send


def deliver(notice_id: int, *, helpers: int = 0, for_at_most: timedelta | None = None) -> None:
    """Write the ledger of a notice and send what is due. Safe to run twice, or twice at once.

    ``helpers`` is how many other workers are asked to send with this one once the ledger is written.
    """
    expand_notice(notice_id)
    for _ in range(helpers):
        wake(notice_id, task=send)
    send_notice(notice_id, for_at_most)
