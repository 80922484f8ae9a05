"""Remove what has become too old to keep about persons; the totals stand in the policies' chains."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import models

from wagtail_privacy.actions.moment import now
from wagtail_privacy.actions.seal_notice import seal_notice
from wagtail_privacy.conf import conf
from wagtail_privacy.models.notice import Delivery, Notice, Receipt

#: Rows removed by one statement.
PORTION = 5_000


@dataclass(frozen=True)
class Purged:
    """How many rows were removed, or would be: deliveries, receipts, and hashes of addresses taken out."""

    deliveries: int
    receipts: int
    hashes: int

    def __add__(self, other: Purged) -> Purged:
        return Purged(self.deliveries + other.deliveries, self.receipts + other.receipts, self.hashes + other.hashes)


def purge(*, dry_run: bool = False) -> Purged:
    """Remove from the ledger what the site's periods let it keep no longer. Can stop anywhere and be run again.

    A period begins when the notice is finished and the version applies, whichever is later. What is suppressed
    stays suppressed: of an address, a keyed hash is kept. With ``dry_run``, only count.
    """
    found = Purged(0, 0, 0)
    for notice in _over(conf.KEEP_RECEIPTS_DAYS):
        found += _without_traces(notice, dry_run)
    for notice in _over(conf.KEEP_DELIVERIES_DAYS):
        found += _without_deliveries(notice, dry_run)
    return found


def _without_traces(notice: Notice, dry_run: bool) -> Purged:
    receipts = Receipt.objects.filter(delivery__notice=notice)
    hashes = notice.deliveries.exclude(address_hash=None)
    found = Purged(0, receipts.count(), hashes.count())
    if dry_run or not (found.receipts or found.hashes):
        return found
    seal_notice(notice)
    _remove(receipts)
    while portion := list(hashes.values_list("pk", flat=True)[:PORTION]):
        Delivery.objects.filter(pk__in=portion).update(address_hash=None)
    return found


def _without_deliveries(notice: Notice, dry_run: bool) -> Purged:
    found = Purged(notice.deliveries.count(), 0, 0)
    if not dry_run:
        seal_notice(notice)
        # First: nobody may be added, or be taken for one who was never told, when rows go.
        Notice.objects.filter(pk=notice.pk).update(purged_at=now())
        _remove(notice.deliveries.all())
    return found


def _over(days: int | None) -> models.QuerySet[Notice]:
    """The notices whose period of ``days`` is over; none where there is no such period."""
    if days is None:
        return Notice.objects.none()
    until = now() - timedelta(days=days)
    return Notice.objects.filter(finished_at__lte=until, version__takes_effect_at__lte=until, purged_at=None)


def _remove(rows: models.QuerySet[models.Model]) -> None:
    while portion := list(rows.values_list("pk", flat=True)[:PORTION]):
        rows.model._default_manager.filter(pk__in=portion).delete()
