"""Remove personal data that is too old to keep; the totals stay in the policies' chains."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import models

from wagtail_privacy.clock import now
from wagtail_privacy.conf import conf
from wagtail_privacy.records.notice import Delivery, Notice, Receipt
from wagtail_privacy.sending.seal import seal_notice

#: Rows removed by one statement.
CHUNK_SIZE = 5_000


@dataclass(frozen=True)
class Purged:
    """How many rows were removed, or would be: deliveries, receipts, and hashes of addresses taken out."""

    deliveries: int
    receipts: int
    hashes: int

    def __add__(self, other: Purged) -> Purged:
        return Purged(self.deliveries + other.deliveries, self.receipts + other.receipts, self.hashes + other.hashes)


def purge(*, dry_run: bool = False) -> Purged:
    """Remove from the ledger what is older than the site's settings allow. Can stop at any point and be run again.

    A period begins when the notice is finished and the version applies, whichever is later. What is suppressed
    stays suppressed: of an address, a keyed hash is kept. With ``dry_run``, only count.
    """
    found = Purged(0, 0, 0)
    for notice in _expired(conf.KEEP_RECEIPTS_DAYS).filter(purged_at=None):
        found += _purge_receipts(notice, dry_run)
    left = models.Exists(Delivery.objects.filter(notice=models.OuterRef("pk")))
    for notice in _expired(conf.KEEP_DELIVERIES_DAYS).filter(models.Q(left) | models.Q(purged_at=None)):
        found += _purge_deliveries(notice, dry_run)
    return found


def _purge_receipts(notice: Notice, dry_run: bool) -> Purged:
    receipts = Receipt.objects.filter(delivery__notice=notice)
    hashes = notice.deliveries.exclude(address_hash=None)
    found = Purged(0, receipts.count(), hashes.count())
    if dry_run or not (found.receipts or found.hashes):
        return found
    seal_notice(notice)
    _remove(receipts)
    while portion := list(hashes.values_list("pk", flat=True)[:CHUNK_SIZE]):
        Delivery.objects.filter(pk__in=portion).update(address_hash=None)
    return found


def _purge_deliveries(notice: Notice, dry_run: bool) -> Purged:
    found = Purged(notice.deliveries.count(), 0, 0)
    if not dry_run:
        # First, so that nobody is added, or taken for not notified, once rows are removed. Once: a purge that was
        # stopped has removed some of them since.
        if notice.purged_at is None:
            seal_notice(notice, purged_at=now())
        _remove(notice.deliveries.all())
    return found


def _expired(days: int | None) -> models.QuerySet[Notice]:
    """The notices whose period of ``days`` is over; none where there is no such period."""
    if days is None:
        return Notice.objects.none()
    until = now() - timedelta(days=days)
    return Notice.objects.filter(finished_at__lte=until, version__takes_effect_at__lte=until)


def _remove(rows: models.QuerySet[models.Model]) -> None:
    while portion := list(rows.values_list("pk", flat=True)[:CHUNK_SIZE]):
        rows.model._default_manager.filter(pk__in=portion).delete()
