"""Judge a policy before it is published: what Art. 13 and 14 miss, contradictions, language; or answer a survey."""

from __future__ import annotations

import json
import re
from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import override

from wagtail_privacy.actions.review import lag_of, original_of
from wagtail_privacy.clock import now
from wagtail_privacy.conf import conf
from wagtail_privacy.management.commands.privacy_compare import snapshot_in_file
from wagtail_privacy.page_model import page_model
from wagtail_privacy.policy.gaps import Gap, gaps_in
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.records.content import policy_page_models
from wagtail_privacy.review.all_findings import in_order, review
from wagtail_privacy.review.authority_survey import questionnaire
from wagtail_privacy.review.contents import Contents
from wagtail_privacy.review.finding import Finding
from wagtail_privacy.review.law import SEVERITIES, Law, UnreadableLaw, law
from wagtail_privacy.review.profiles import profile_for
from wagtail_privacy.review.translations import review_translation

#: The head of a Markdown file, from which a site shows when it was changed.
_HEAD_WITH_DATE = re.compile(r"\ufeff?---\n(?:(?!---).*\n)*?(?:lastmod|date|updated|last_updated|effective)\w*:\s*\S")
#: So many pages are named where another is asked for.
_LISTED = 10


class Command(BaseCommand):
    help = (
        "Judge a policy before it is published: what a template left to fill, what the law misses, where it "
        "contradicts itself, how it is written. "
        "A policy is a file (.json: what data/json/ below a policy page gives; else text, Markdown, HTML, Word, CSV) "
        "or a page, by its id, its slug or its path (/en/privacy/): its newest draft."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("policy", metavar="PAGE|FILE")
        parser.add_argument("--language", default="", help="The language of the text, and of the findings: sv, en …")
        parser.add_argument("--on", type=_day, metavar="DAY", help="As the law is on DAY (YYYY-MM-DD).")
        parser.add_argument("--law", default="", help="The law profile: EU, SE, FI, NO, DK, DE or a site's own.")
        parser.add_argument("--json", action="store_true", help="Print JSON for other programs.")
        parser.add_argument(
            "--fail-on", choices=["error", "warning"], help="Exit with 1 for findings of that severity."
        )
        parser.add_argument(
            "--translation-of",
            metavar="PAGE|SNAPSHOT",
            help="Find what it states otherwise than this original, a page or a snapshot, too. A page is compared with "
            "the version that it translates anyway.",
        )
        parser.add_argument("--questionnaire", action="store_true", help="Answer what an authority's survey asks.")

    def handle(self, *args: Any, policy: str, language: str, **options: Any) -> None:
        snapshot = _snapshot(policy, language)
        chosen = options["law"] or _chosen_profile(policy, language)
        contents = Contents(snapshot, _law(chosen, snapshot), options["on"] or timezone.localdate(now()))
        _require_text(contents, policy)
        with override(language or snapshot.language):
            drift = _drift(contents, policy, language, options["translation_of"])
            own = review(contents.snapshot, contents.law, contents.day, shows_day=_shows_day(policy))
            gaps, findings = gaps_in(contents.snapshot), in_order([*own, *drift])
            if options["questionnaire"]:
                self._answer(contents, findings, as_json=options["json"])
            elif options["json"]:
                self._print_json(
                    {"gaps": list(map(_gap_as_json, gaps)), "findings": [found.to_json() for found in findings]}
                )
            else:
                self._tell(gaps, findings)
        # A policy with a gap is published on no path.
        if options["fail_on"] and (gaps or any(_is_as_bad(finding, options["fail_on"]) for finding in findings)):
            raise SystemExit(1)

    def _print_json(self, data: object) -> None:
        self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))

    def _tell(self, gaps: tuple[Gap, ...], findings: tuple[Finding, ...]) -> None:
        for gap in gaps:
            self.stdout.write(f"gap: {gap.words}")
            self.stdout.write(f"    {' · '.join((*gap.path[-1:], gap.field))}")
        for finding in findings:
            self.stdout.write(f"{finding.severity}: {finding.message} ({finding.citation})")
            where = " · ".join(
                filter(None, (finding.rule, finding.spot.section, finding.spot.field, finding.spot.quote))
            )
            self.stdout.write(f"    {where}")
        counts = [f"{sum(f.severity == severity for f in findings)} {severity}" for severity in SEVERITIES]
        self.stdout.write(f"= {', '.join([f'{len(gaps)} gap', *counts] if gaps else counts)}")

    def _answer(self, contents: Contents, findings: tuple[Finding, ...], *, as_json: bool) -> None:
        replies = questionnaire(contents, findings)
        if as_json:
            self._print_json({"answers": [reply.to_json() for reply in replies]})
            return
        for reply in replies:
            self.stdout.write(f"{reply.question.text} [{reply.answer}]")
            for place in reply.places:
                self.stdout.write(f"    {place.section} {place.quote}".rstrip())
            for finding in reply.findings:
                self.stdout.write(f"  - {finding.message} ({finding.citation})")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"Expected a day as YYYY-MM-DD, such as 2026-11-26, found {text!r}.") from error


def _require_language(code: str) -> None:
    try:
        Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError) as error:
        raise CommandError(f"Expected the code of a language, such as sv, found {code!r}.") from error


def _require_text(contents: Contents, where: str) -> None:
    """Of a text without a sentence all would be missing; the head of a file says nothing to readers."""
    says_nothing = all(said.statement.is_paper for said in contents.said) and contents.is_readable
    if contents.is_prose_only and (not contents.sections or says_nothing):
        raise CommandError(f"Expected a policy in {where!r}, found no sentence in it.")


def _gap_as_json(gap: Gap) -> dict[str, str]:
    return {"section": gap.path[-1] if gap.path else "", "field": gap.field, "words": gap.words}


def _drift(contents: Contents, where: str, language: str, translation_of: str) -> tuple[Finding, ...]:
    """What it states otherwise than the original that was named or, of a page, than the version that it translates."""
    lag = None
    if translation_of:
        original: Snapshot | None = _original(translation_of)
    elif Path(where).is_file():
        return ()
    else:
        page = _page(where, language).get_latest_revision_as_object()
        plan = page.plan()
        original, lag = original_of(plan, page), lag_of(plan)
    if original is None:
        return ()
    return review_translation(original, contents.snapshot, contents.law, contents.day, lag=lag)


def _original(where: str) -> Snapshot:
    if Path(where).is_file() and Path(where).suffix != ".json":  # --language is that of the translation
        raise CommandError(
            f"Expected a page or a snapshot (.json) after --translation-of, found the text {where!r}. Two texts are "
            "compared by: privacy_languages --files ORIGINAL=sv TRANSLATION=en"
        )
    return _snapshot(where, "")


def _shows_day(where: str) -> bool:
    """Whether readers are shown when it was changed: on a page, whose snapshot a ``.json`` is, and from the head of a
    file that says so."""
    path = Path(where)
    return (
        not path.is_file()
        or path.suffix == ".json"
        or bool(_HEAD_WITH_DATE.match(path.read_text(encoding="utf-8", errors="replace")))
    )


def _is_as_bad(finding: Finding, severity: str) -> bool:
    return SEVERITIES.index(finding.severity) <= SEVERITIES.index("error" if severity == "error" else "warning")


def _law(chosen: str, snapshot: Snapshot) -> Law:
    additions = conf.LAW_ADDITIONS
    try:
        return law(chosen or profile_for(snapshot, additions), additions)
    except UnreadableLaw as error:
        raise CommandError(str(error)) from error


def _chosen_profile(where: str, language: str) -> str:
    """The profile that is set for the policy of the page ``where``; empty for a file."""
    policy = None if Path(where).is_file() else _page(where, language).policy
    return policy.law_profile if policy else ""


def _snapshot(where: str, language: str) -> Snapshot:
    path = Path(where)
    if not path.is_file():
        return _page(where, language).get_latest_revision_as_object().plan().composition.snapshot
    if not language and path.suffix != ".json":
        raise CommandError("Expected --language for a text, such as --language sv.")
    if language:
        _require_language(language)
    return snapshot_in_file(path, language)


def _page(where: str, language: str) -> Any:
    """The page ``where``, in ``language`` if one is asked for."""
    pages = list(page_model().objects.type(*policy_page_models()).select_related("locale").specific())
    keys = {page.translation_key for page in pages if _is_named(page, where)}
    named = [page for page in pages if page.translation_key in keys]
    found = [page for page in named if _fits(page, where, language)]
    if len(found) != 1:
        raise CommandError(_not_one(where, language, found, named, pages))
    return found[0]


def _not_one(where: str, language: str, found: list[Any], named: list[Any], pages: list[Any]) -> str:
    """What was expected instead of none or several pages, what there is, and what to do."""
    if found:
        return f"Expected one policy page, found {len(found)} for {where!r}: {_listed(found)}. Name one by its id."
    if named:
        return f"Expected a page of {where!r} in {language!r}, found {_listed(named)}. Say --language as one of these."
    there = f"There are {_listed(pages)}." if pages else "There is no policy page yet."
    return f"Expected a file, or a policy page by its id, slug or path, found neither for {where!r}. {there}"


def _listed(pages: list[Any]) -> str:
    said = [f"{page.pk} ({page.locale.language_code}, {_path(page) or page.url_path})" for page in pages[:_LISTED]]
    return ", ".join(said) + (" …" if len(pages) > _LISTED else "")


def _fits(page: Any, where: str, language: str) -> bool:
    """Whether it is the page that is asked for: by its language, else by its own id or path."""
    return bool(page.locale.language_code == language) if language else _is_named(page, where)


def _is_named(page: Any, where: str) -> bool:
    return where in (str(page.pk), page.slug, page.url_path, _path(page))


def _path(page: Any) -> str:
    parts = page.get_url_parts()
    return parts[2] if parts else ""
