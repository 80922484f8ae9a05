"""Find live pages that say something else than what is recorded of them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from wagtail_privacy.actions.reconcile import Unrecorded, record_unrecorded, unrecorded


class Command(BaseCommand):
    help = (
        "Reports live policy pages whose content was never recorded as a version: something wrote it past Wagtail's "
        "publishing, such as a script or SQL. Readers go on seeing what was recorded last."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--record", action="store_true", help="Record what was found, as if it were published now.")

    def handle(self, *, record: bool, **options: Any) -> None:
        found = list(unrecorded())
        for each in found:
            self.stdout.write(
                f"{each.page.pk} {each.page.title} ({each.language}): {self._outcome(each, record=record)}"
            )
        self.stdout.write(f"{len(found)} found.")

    def _outcome(self, each: Unrecorded, *, record: bool) -> str:
        if each.is_draft:
            return "a draft of a translation; readers see the recorded text. Publish it in the translation editor."
        if each.is_from_register:
            return "the register has changed since it was published; readers see that when it is published again."
        if not record:
            return "not recorded. Publish the page, or run this again with --record."
        text = record_unrecorded(each.page)
        if text:
            return f"recorded as version {text.version.number}."
        held = each.page.policy.pending_texts.filter(language=each.language) if each.page.policy else None
        return "held for its translations." if held and held.exists() else "recorded by somebody else meanwhile."
