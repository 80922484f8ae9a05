"""How up to date each language of every policy is; fails where one needs mending."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from wagtail_privacy.changes.between_languages import drift, in_words
from wagtail_privacy.management.commands.privacy_compare import snapshot_in_file
from wagtail_privacy.reader.languages import TranslationState, get_language_states
from wagtail_privacy.records.policy import Policy


class Command(BaseCommand):
    help = (
        "Print how far each language of each policy has come (up to date, behind, missing) and what it says "
        "otherwise than the original: facts, and the numbers, dates and names of free text. With --files, compare "
        "files (.json: a snapshot; else text, Markdown, HTML, Word or CSV) with the first of them."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("policies", nargs="*", type=int, metavar="POLICY", help="Its number; all without any.")
        parser.add_argument("--files", nargs="+", metavar="FILE=LANGUAGE", help="Such as policy.md=sv policy.en.md=en.")
        parser.add_argument("--language", default="en", help="The language of the sentences: sv, en …")
        parser.add_argument("--json", action="store_true", help="Print JSON for other programs.")
        parser.add_argument("--fail", action="store_true", help="End with status 1 if a language has to be mended.")

    def handle(self, *args: Any, policies: list[int], files: list[str] | None, language: str, **options: Any) -> None:
        with override(language):
            rows = list(_of_files(files) if files else _of_policies(policies))
            if options["json"]:
                self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            else:
                self._tell(rows)
        if options["fail"] and not all(row["is_faithful"] for row in rows):
            raise CommandError("At least one language has to be mended.", returncode=1)

    def _tell(self, rows: list[dict[str, Any]]) -> None:
        for row in rows:
            versions = f" {row['shows']}/{row['current']}" if row["shows"] else ""
            self.stdout.write(f"{row['policy']} {row['language']}: {row['state']}{versions}")
            for sentence in row["differences"]:
                self.stdout.write(f"    {sentence}")


def _of_policies(numbers: list[int]) -> Iterator[dict[str, Any]]:
    policies = Policy.objects.order_by("pk")
    if unknown := set(numbers) - set(policies.values_list("pk", flat=True)):
        raise CommandError(f"Expected the numbers of policies, found {sorted(unknown)!r}, which are none.")
    for policy in policies.filter(pk__in=numbers) if numbers else policies:
        for found in get_language_states(policy):
            yield {
                "policy": policy.pk,
                "language": found.language,
                "state": str(found.state),
                "shows": found.shows.number if found.shows else None,
                "current": found.current.number if found.current else None,
                "differences": found.sentences,
                "is_faithful": found.is_faithful,
            }


def _of_files(files: list[str]) -> Iterator[dict[str, Any]]:
    named = [file.rpartition("=") for file in files]
    wrong = [file for file, (path, _equals, code) in zip(files, named, strict=True) if not path or not code]
    missing = [path for path, _equals, _code in named if path and not Path(path).is_file()]
    if wrong or missing or len(named) < 2:
        raise CommandError(
            f"Expected two files or more, each with its language, such as policy.md=sv policy.en.md=en; found {files!r}"
            f"{', of which there is no ' + ', no '.join(missing) if missing else ''}."
        )
    original, *translations = [(path, code, snapshot_in_file(Path(path), code)) for path, _equals, code in named]
    for path, code, snapshot in translations:
        differences = [in_words(difference) for difference in drift(original[2], snapshot)]
        yield {
            "policy": path,
            "language": code,
            "state": str(TranslationState.CURRENT) if not differences else "differs",
            "shows": None,
            "current": None,
            "differences": differences,
            "is_faithful": not differences,
        }
