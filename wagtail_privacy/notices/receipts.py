"""Note what the mail provider says became of a mail that it took."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from wagtail_privacy.clock import now
from wagtail_privacy.notices.addresses import address_hash
from wagtail_privacy.notices.suppress import suppress
from wagtail_privacy.records.notice import Delivery, DeliveryState, Notice, Receipt, ReceiptState, SuppressionReason

#: What is said later or again takes nothing back: each stands above those before it.
ORDER = [ReceiptState.ACCEPTED, ReceiptState.DELIVERED, ReceiptState.BOUNCED, ReceiptState.COMPLAINED]
#: What makes us write no more to an address.
SUPPRESSES = {
    ReceiptState.BOUNCED: SuppressionReason.BOUNCED,
    ReceiptState.COMPLAINED: SuppressionReason.COMPLAINED,
}
LONGEST_ID = 128


def note_accepted(ids: Mapping[int, str]) -> None:
    """Note by which id the provider took each delivery (its primary key). What a webhook noted before us stays."""
    taken = [
        Receipt(delivery_id=delivery, provider_id=provider_id[:LONGEST_ID], at=now())
        for delivery, provider_id in ids.items()
        if provider_id
    ]
    Receipt.objects.bulk_create(taken, ignore_conflicts=True)


def note_receipt(
    provider_id: str, state: str, *, address: str, at: datetime | None = None, suppresses: bool = True
) -> Receipt | None:
    """Note that the mail known as ``provider_id``, to ``address``, was delivered, bounced or complained about.

    A bounce or a complaint suppresses the address, unless ``suppresses`` says that the cause lies elsewhere. Returns
    the receipt; ``None`` for a mail that is none of ours, about which nothing is kept.
    """
    with transaction.atomic():
        receipt = _receipt(provider_id[:LONGEST_ID], address)
        if receipt is None:
            return None
        if ORDER.index(ReceiptState(state)) > ORDER.index(ReceiptState(receipt.state)):
            receipt.state, receipt.at = state, at or now()
            receipt.save(update_fields=["state", "at"])
        if suppresses and state in SUPPRESSES:
            suppress(address, SUPPRESSES[ReceiptState(state)])
        return receipt


def _receipt(provider_id: str, address: str) -> Receipt | None:
    known = Receipt.objects.select_for_update().filter(provider_id=provider_id).first() if provider_id else None
    if known or not provider_id:
        return known
    # A provider can be quicker than the sender, who notes the ids of a batch when the batch is done.
    under_way = Delivery.objects.filter(
        notice__in=Notice.objects.filter(finished_at=None),
        address_hash=address_hash(address),
        state=DeliveryState.CLAIMED,
        receipt=None,
    ).first()
    if under_way is None:
        return None
    return Receipt.objects.get_or_create(delivery=under_way, defaults={"provider_id": provider_id, "at": now()})[0]
