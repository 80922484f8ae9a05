"""Give the register a column for each of the site's languages."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandParser
from django.db import DEFAULT_DB_ALIAS

from wagtail_privacy.localized import add_missing_columns, add_missing_locales


class Command(BaseCommand):
    help = (
        "Add the register's columns, and Wagtail's locales, for content languages that the database lacks. `migrate` "
        "does it too."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--database", default=DEFAULT_DB_ALIAS, help="Which database of the settings.")

    def handle(self, *args: Any, database: str, **options: Any) -> None:
        added = add_missing_columns(apps, database)
        self.stdout.write(f"Added: {', '.join(added)}" if added else "No column is missing.")
        if locales := add_missing_locales(apps, database):
            self.stdout.write(f"Locales: {', '.join(locales)}")
