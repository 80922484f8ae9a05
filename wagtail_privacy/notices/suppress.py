"""Write no more to an address, or write to it again."""

from __future__ import annotations

from wagtail_privacy.clock import now
from wagtail_privacy.notices.addresses import address_hash
from wagtail_privacy.records.notice import Suppression, SuppressionReason


def suppress(address: str, reason: str = SuppressionReason.BY_HAND) -> bool:
    """Send nothing more to ``address``; of it, a keyed hash is kept. Returns whether it was not suppressed before."""
    values = {"reason": reason, "at": now()}
    return Suppression.objects.get_or_create(address_hash=address_hash(address), defaults=values)[1]


def allow_again(address: str) -> bool:
    """Send to ``address`` again; returns whether it was suppressed."""
    return bool(Suppression.objects.filter(address_hash=address_hash(address)).delete()[0])
