"""What django-anymail's webhooks say about a mail, in our words. Connected where ``anymail`` is installed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail_privacy.notices.receipts import note_receipt
from wagtail_privacy.records.notice import ReceiptState

#: anymail's event types that say what became of a mail. Of the others, a deferred one is still tried by the provider.
STATES: Mapping[str, str] = {
    "delivered": ReceiptState.DELIVERED,
    "bounced": ReceiptState.BOUNCED,
    "rejected": ReceiptState.BOUNCED,
    "failed": ReceiptState.BOUNCED,
    "complained": ReceiptState.COMPLAINED,
}
#: anymail's reasons for a rejection that have nothing to do with the address.
TRANSIENT_REASONS = ("timed_out", "blocked", "other", None)


def on_tracking(sender: Any, event: Any, esp_name: str = "", **kwargs: Any) -> None:
    """Note an event of anymail's ``tracking`` signal, and suppress an address that bounced or complained."""
    state = STATES.get(event.event_type)
    if state is None:
        return
    if event.event_type == "rejected" and event.reject_reason == "spam":
        state = ReceiptState.COMPLAINED  # some providers keep complaints, and refuse what follows
    lasting = event.event_type in ("bounced", "complained") and event.reject_reason != "timed_out"
    note_receipt(
        event.message_id or "",
        state,
        address=event.recipient or "",
        at=event.timestamp,
        suppresses=lasting or event.reject_reason not in TRANSIENT_REASONS,
    )


def connect() -> None:
    """Listen to anymail's webhooks, where the site has it."""
    try:
        from anymail.signals import tracking
    except ImportError:
        return
    tracking.connect(on_tracking, dispatch_uid="wagtail_privacy.tracking")
