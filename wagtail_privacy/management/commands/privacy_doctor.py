"""Look at a running site, and say in a report to paste what is well and what is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation

from wagtail_privacy.checks.doctor import DOUBTFUL, WRONG, describe, examine

#: Settings whose values are nobody's business.
_SECRET = re.compile(r"pass|secret|token|key|dsn|credential", re.IGNORECASE)
_CREDENTIALS = re.compile(r"//[^/@\s]+@")


class Command(BaseCommand):
    help = (
        "Examines the site: all checks, a test mail, a task, a version written and taken back, the pages as readers "
        "get them, cron and the clock. Prints a report without secrets. Fails where something is wrong."
    )
    # What they say is part of the report.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mail", default="", metavar="ADDRESS", help="Send a test mail there.")
        parser.add_argument("--wait", type=float, default=10, help="Seconds to wait for a task; 10 if left out.")
        parser.add_argument("--fail-on", choices=["error", "warning"], default="error")

    def handle(self, *args: Any, mail: str, wait: float, fail_on: str, **options: Any) -> None:
        with translation.override("en"):  # the command's own words are English
            states = list(self._report(mail, wait))
        grave = {WRONG} if fail_on == "error" else {WRONG, DOUBTFUL}
        counts = ", ".join(
            f"{states.count(state)} {word}" for state, word in ((WRONG, "errors"), (DOUBTFUL, "warnings"))
        )
        self.stdout.write(f"\n{counts}")
        if grave & set(states):
            raise SystemExit(1)

    def _report(self, mail: str, wait: float) -> Iterator[str]:
        self.stdout.write("wagtail-privacy: privacy_doctor\n")
        for name, value in describe():
            self.stdout.write(f"  {name}: {without_secrets(value)}")
        self.stdout.write("")
        for seen in examine(mail, wait):
            self.stdout.write(f"[{seen.state}] {seen.what}: {without_secrets(seen.found)}")
            if seen.todo and seen.state in (WRONG, DOUBTFUL):
                self.stdout.write(f"    {without_secrets(seen.todo)}")
            yield seen.state


def without_secrets(text: str) -> str:
    """``text`` without the values of passwords and keys in the settings, wherever they come from."""
    text = _CREDENTIALS.sub("//…@", text)
    for secret in sorted(set(secrets_of_settings()), key=len, reverse=True):
        text = text.replace(secret, "…")
    return text


def secrets_of_settings() -> Iterator[str]:
    for name in dir(settings):
        if name.isupper():
            yield from _secrets(name, getattr(settings, name, None))


def _secrets(name: str, value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _secrets(str(key), each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _secrets(name, each)
    elif isinstance(value, str) and len(value) > 3 and _SECRET.search(name):
        yield value
