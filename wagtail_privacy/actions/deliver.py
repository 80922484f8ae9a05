"""Tell a notice from beginning to end, here and now: what a task worker does when woken."""

from __future__ import annotations

from wagtail_privacy.actions.expand_notice import expand_notice
from wagtail_privacy.actions.send_notice import send_notice


def deliver(notice_id: int) -> None:
    """Write the ledger of a notice and send what is due. Safe to run twice, or twice at once."""
    expand_notice(notice_id)
    send_notice(notice_id)
