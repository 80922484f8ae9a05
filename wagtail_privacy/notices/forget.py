"""What becomes of the ledger when an account is deleted."""

from __future__ import annotations

from typing import Any

from wagtail_privacy.records.notice import Delivery, DeliveryState, Reason, Receipt


def forget(user: Any) -> None:
    """Take out of the ledger whatever leads to ``user``, and send nothing that was due.

    The rows stay, so that the totals of a notice stay right.
    """
    mine = Delivery.objects.filter(user=user)
    mine.filter(state=DeliveryState.DUE).update(state=DeliveryState.SKIPPED, error=Reason.NOT_CONCERNED)
    Receipt.objects.filter(delivery__in=mine).update(provider_id="")
    mine.update(user=None, address_hash=None)
