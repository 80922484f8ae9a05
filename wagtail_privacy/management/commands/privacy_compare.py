"""Print what changed between two policies, files or published versions, and how much each change matters."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from wagtail_privacy.changes.change import Change
from wagtail_privacy.changes.compare import compare
from wagtail_privacy.changes.importance import by_importance
from wagtail_privacy.changes.materiality import Rule, highest, rule_of, weigh
from wagtail_privacy.changes.sentences import materiality_label, sentence
from wagtail_privacy.conf import conf
from wagtail_privacy.imports.formats import foreign_format
from wagtail_privacy.imports.outline import UnreadableDocument
from wagtail_privacy.imports.plain_text import as_snapshot
from wagtail_privacy.imports.read import read_document
from wagtail_privacy.policy.snapshot import Snapshot, UnreadableSnapshot
from wagtail_privacy.policy.words import name_of


class Command(BaseCommand):
    help = (
        "Print what changed between two policies, how much each change matters and which rule says so. "
        "A policy is a file (.json: a snapshot; else text, Markdown, HTML, Word or CSV) or a published version, "
        "written POLICY:NUMBER (1:3 is version 3 of policy 1)."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("old", metavar="OLD")
        parser.add_argument("new", metavar="NEW")
        parser.add_argument("--language", default="en", help="The language of the texts and of the sentences: sv, en …")
        parser.add_argument("--json", action="store_true", help="Print JSON for other programs.")

    def handle(self, *args: Any, old: str, new: str, language: str, **options: Any) -> None:
        before, after = _snapshot(old, language), _snapshot(new, language)
        rules = tuple(conf.RULES)
        with override(language):
            changes = tuple(by_importance(weigh(compare(before, after), before, after, rules)))
            if options["json"]:
                self.stdout.write(json.dumps(_as_json(changes), ensure_ascii=False, indent=2))
            else:
                self._tell(changes, rules)

    def _tell(self, changes: tuple[Change, ...], rules: tuple[Rule, ...]) -> None:
        for change in changes:
            rule = rule_of(change.rule, rules)
            label = materiality_label(change.materiality) if change.materiality else ""
            self.stdout.write(f"{label}: {sentence(change)}")
            self.stdout.write(f"    {change.rule}: {rule.reason} ({rule.source})" if rule else f"    {change.rule}")
        overall = highest(changes)
        self.stdout.write(f"= {overall.value if overall else None} ({len(changes)})")


def _as_json(changes: tuple[Change, ...]) -> dict[str, Any]:
    overall = highest(changes)
    return {
        "materiality": overall.value if overall else None,
        "changes": [
            {
                "kind": change.kind,
                "section": name_of(change.section) if change.section else "",
                "field": change.field,
                "materiality": change.materiality.value if change.materiality else None,
                "rule": change.rule,
                "sentence": sentence(change),
                **({"doubt": True, "question": change.question} if change.doubt else {}),
            }
            for change in changes
        ],
    }


def _snapshot(where: str, language: str) -> Snapshot:
    path = Path(where)
    if path.is_file():
        return snapshot_in_file(path, language)
    policy, separator, number = where.partition(":")
    if separator and policy.isdecimal() and number.isdecimal():
        return _version(int(policy), int(number), language)
    raise CommandError(f"Expected a file or a version such as 1:3 (policy:number), found {where!r}.")


def snapshot_in_file(path: Path, language: str) -> Snapshot:
    """The policy in a file: a snapshot (.json), or a document of any format that is read."""
    with override("en"):  # the command's own words are English
        return _read(path, language)


def _read(path: Path, language: str) -> Snapshot:
    data = path.read_bytes()
    if foreign := foreign_format(data, path.name):
        raise CommandError(f"Expected a document in {str(path)!r}, found {foreign.found}. {foreign.advice}")
    try:
        if path.suffix == ".json":
            return _snapshot_in_json(json.loads(data.decode("utf-8")))
        return as_snapshot(read_document(data, path.name), language)
    except UnicodeDecodeError as error:
        raise CommandError(f"Expected UTF-8 text in {str(path)!r}, found {error}. Save it as UTF-8.") from error
    except json.JSONDecodeError as error:
        raise CommandError(
            f"Expected a snapshot in {str(path)!r}, found no JSON: {error}. Name a text .txt, .md or .html."
        ) from error
    except UnreadableSnapshot as error:
        raise CommandError(f"Expected a snapshot in {str(path)!r}: {error}") from error
    except UnreadableDocument as error:
        raise CommandError(f"{path}: {error}") from error


def _snapshot_in_json(data: Any) -> Snapshot:
    """A snapshot, by itself or in the data of a policy page (``data/json/``)."""
    found = data.get("text", data) if isinstance(data, dict) else data
    if not isinstance(found, dict) or "format" not in found:
        raise UnreadableSnapshot("Expected what data/json/ below a policy page gives, found other JSON.")
    return Snapshot.from_json(found)


def _version(policy: int, number: int, language: str) -> Snapshot:
    from wagtail_privacy.records.version import Version

    version = Version.objects.filter(policy=policy, number=number).first()
    text = version.text(language) if version else None
    if text is None:
        raise CommandError(f"Expected version {number} of policy {policy} in {language!r}, found none in the database.")
    return text.snapshot
