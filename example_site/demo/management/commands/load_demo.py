from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from example_site.demo.load import load


class Command(BaseCommand):
    help = "Loads five policies with their histories, their readers and the mails these were sent. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        load(report=self.stdout.write)
