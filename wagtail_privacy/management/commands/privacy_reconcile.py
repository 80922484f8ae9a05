"""Find pages that are otherwise than what is recorded of them, and recorded texts that were damaged."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from wagtail_privacy.actions.damaged_texts import Damage, damaged_texts
from wagtail_privacy.actions.reconcile import (
    NotPublic,
    Unrecorded,
    not_public,
    record_not_public,
    record_unrecorded,
    unrecorded,
)
from wagtail_privacy.records.policy import Policy


class Command(BaseCommand):
    help = (
        "Reports live policy pages whose content was never recorded as a version: something wrote it past Wagtail's "
        "publishing, such as a script or SQL. Readers go on seeing what was recorded last. Reports languages, too, "
        "that were unpublished that way."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--record", action="store_true", help="Record what was found, as if it were published now.")
        parser.add_argument(
            "--texts",
            action="store_true",
            help="Compare every recorded text with the revision that it was published from, too: whether it was "
            "damaged on the way. Takes as long as publishing all of them.",
        )

    def handle(self, *, record: bool, texts: bool, **options: Any) -> None:
        lines = [*self._unrecorded(record=record), *self._not_public(record=record)]
        if texts:
            lines += [
                _described(damage) for policy in Policy.objects.order_by("pk") for damage in damaged_texts(policy)
            ]
        for line in (*lines, f"{len(lines)} found."):
            self.stdout.write(line)

    def _unrecorded(self, *, record: bool) -> list[str]:
        return [
            f"{each.page.pk} {each.page.title} ({each.language}): {self._outcome(each, record=record)}"
            for each in list(unrecorded())
        ]

    def _not_public(self, *, record: bool) -> list[str]:
        return [f"{each.policy} ({each.language}): {_recorded(each, record=record)}" for each in list(not_public())]

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


def _recorded(found: NotPublic, *, record: bool) -> str:
    if not record:
        return "no page of it is live, and that is not recorded. Publish one, or run this again with --record."
    return "recorded as unpublished." if record_not_public(found) else "recorded by somebody else meanwhile."


def _described(damage: Damage) -> str:
    text = damage.text
    name = f"{text.title}, version {text.version.number} ({text.language}), edition {text.edition}"
    if damage.revision is None:
        return f"{name}: cannot be checked, since the revision that it was published from is gone."
    sections = ", ".join(f"“{each}”" for each in damage.names)
    return (
        f"{name}: differs from revision {damage.revision.pk}, which it was published from, in {sections}. Compare "
        "them; where the text in force was damaged, publish the page again."
    )
