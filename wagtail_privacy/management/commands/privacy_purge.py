"""Remove personal data that is too old to keep."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from wagtail_privacy.conf import conf
from wagtail_privacy.sending.purge import purge


class Command(BaseCommand):
    help = "Removes from the ledger of notices what the site keeps about persons no longer. For cron, once a day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Say what would be removed, and remove nothing.")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        found = purge(dry_run=dry_run)
        verb = "Would remove" if dry_run else "Removed"
        receipts, deliveries = _after(conf.KEEP_RECEIPTS_DAYS), _after(conf.KEEP_DELIVERIES_DAYS)
        self.stdout.write(f"{verb} {found.receipts} receipts and {found.hashes} hashes of addresses ({receipts}).")
        self.stdout.write(f"{verb} {found.deliveries} deliveries ({deliveries}); their totals stay in the chain.")


def _after(days: int | None) -> str:
    return "kept for ever" if days is None else f"kept for {days} days"
