"""Two languages of one policy: what one says and the other doesn't."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from wagtail_privacy.changes.between_languages import drift, in_words
from wagtail_privacy.imports.plain_text import read_text
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot

POLICIES = Path(__file__).resolve().parent.parent.parent.parent / "shared" / "policies"


def purpose(title: str, *children: Section, **texts: str) -> Section:
    return Section("purpose", "order", {}, {"title": title, **texts}, children)


def kept(duration: str = "P24M", **texts: str) -> Section:
    return Section("retention", "order/kept", {"key": "order", "duration": duration}, texts)


def shop(country: str = "SE", **texts: str) -> Section:
    return Section("recipient", "shop", {"name": "Moln AB", "country": country}, texts)


def about(body: str, heading: str = "Om oss") -> Section:
    return Section("text", "about", {}, {"heading": heading, "body": body})


def said(
    original: tuple[Section, ...], translation: tuple[Section, ...], languages: tuple[str, str] = ("sv", "en")
) -> list[str]:
    """The differences, in English sentences."""
    snapshots = Snapshot(languages[0], "Policy", original), Snapshot(languages[1], "Policy", translation)
    with override("en"):
        return [in_words(difference) for difference in drift(*snapshots)]


SWEDISH = (
    purpose("Leverera din order", kept(starts="leveransen"), shop(), description="<p>Vi sparar i två år.</p>"),
    about("<p>Sedan den 25 maj 2018, enligt artikel 6.1 f. Skriv till oss@example.org. Moln AB hjälper oss.</p>"),
)
ENGLISH = (
    purpose("Deliver your order", kept(starts="the delivery"), shop(), description="<p>We keep it for 2 years.</p>"),
    about("<p>Since 25 May 2018, under Article 6(1)(f). Write to oss@example.org. Moln AB helps us.</p>", "About us"),
)


def test_a_faithful_translation_says_the_same() -> None:
    assert said(SWEDISH, ENGLISH) == []
    assert said(ENGLISH, SWEDISH, ("en", "sv")) == []
    assert said(SWEDISH, ENGLISH[::-1]) == []


@pytest.mark.parametrize(
    ("english", "found"),
    [
        (
            purpose("Deliver", kept("P36M", starts="x"), shop(), description="<p>For two years.</p>"),
            ["Deliver › Storage period: Period is 24 months in the original and 36 months in the translation."],
        ),
        (
            purpose("Deliver", kept(starts="x"), shop("US"), description="<p>For two years.</p>"),
            ["Deliver › Moln AB: Country is Sweden in the original and United States in the translation."],
        ),
        (
            purpose("Deliver", kept(starts="x"), description="<p>For two years.</p>"),
            ["Deliver › Moln AB stands in the original only."],
        ),
        (
            purpose("Deliver", kept(starts="x"), shop(), replace(shop("US"), id="x", facts={"name": "Nube SL"}),
                    description="<p>For two years.</p>"),
            ["Deliver › Nube SL stands in the translation only."],
        ),
        (
            purpose("Deliver", kept(starts="x"), shop(), description="<p>For three years.</p>"),
            [
                "Deliver: The languages state different things: “For three years.” and “Vi sparar i två år.”.",
            ],
        ),
        (
            purpose("Deliver", kept(starts="x"), shop()),
            ["Deliver: Description stands in the original only.", "Deliver: “två år” stands in the original only."],
        ),
        (
            purpose("Deliver", kept(), shop(), description="<p>For two years.</p>"),
            ["Storage period: Counted from stands in the original only."],
        ),
    ],
    ids=["period", "country", "a recipient less", "one more", "a period in words", "a text less", "a line less"],
)  # fmt: skip
def test_a_difference_is_named_where_it_stands(english: Section, found: list[str]) -> None:
    assert said(SWEDISH, (english, ENGLISH[1])) == found


@pytest.mark.parametrize(
    ("english", "found"),
    [
        ("26 May 2018, Article 6(1)(f), oss@example.org, Moln AB", ["“25 maj 2018” stands in the original only."]),
        ("25 May 2018, Article 6(1)(f), Moln AB", ["“oss@example.org” stands in the original only."]),
        (
            "25 May 2018, Article 6(1)(f), oss@example.org, Moln AB, PayPal",
            ["“PayPal” stands in the translation only."],
        ),
    ],
)
def test_free_text_differs_in_numbers_dates_and_names(english: str, found: list[str]) -> None:
    differences = said(SWEDISH, (ENGLISH[0], about(f"<p>{english}</p>", "About us")))
    assert [f"About us: {sentence}" for sentence in found] == differences[: len(found)]


@pytest.mark.parametrize(
    ("swedish", "english", "found"),
    [
        (
            "<p>Vi säljer inte dina uppgifter.</p>",
            "<p>We sell your data.</p>",
            [
                "About us: The languages state different things: “We sell your data.” and “Vi säljer inte dina "
                "uppgifter.”."
            ],
        ),
        (
            "<p>Vi för över uppgifter till Japan. Det är allt.</p>",
            "<p>We transfer data.</p>",
            ["About us: “Vi för över uppgifter till Japan.” stands in the original only."],
        ),
        (
            "<p>Vi för över uppgifter.</p>",
            "<p>We transfer data. They go to Japan. That is all.</p>",
            ["About us: “They go to Japan.” stands in the translation only."],
        ),
        ("<p>Vi säljer inte dina uppgifter. Aldrig.</p>", "<p>We never sell your data.</p>", []),
        ("<p>Vi följer svensk lag i Sverige.</p>", "<p>We follow the law. That is all.</p>", []),
    ],
    ids=["a denial", "a country less", "a country more", "sentences joined", "a home country"],
)
def test_free_text_differs_in_what_its_sentences_state(swedish: str, english: str, found: list[str]) -> None:
    assert said((SWEDISH[0], about(swedish)), (ENGLISH[0], about(english, "About us"))) == found


def test_a_recipient_under_another_purpose_is_a_difference_and_another_order_is_none() -> None:
    other, languages = replace(purpose("Annat"), id="other"), ("sv", "sv")
    without = replace(SWEDISH[0], children=SWEDISH[0].children[:1])
    moved = (without, replace(other, children=(shop(),)), SWEDISH[1])
    assert said((*SWEDISH, other), moved, languages) == ["Annat › Moln AB stands elsewhere in the translation."]
    assert said((*SWEDISH, other), (other, *SWEDISH), languages) == []


def test_texts_written_apart_are_compared_as_a_whole() -> None:
    swedish = read_text("# Policy\n\n## Vi\n\nVi sparar i sju år.\n\n## Du\n\nDu är 13 år.", "sv")
    english = read_text("# Policy\n\n## You\n\nYou are thirteen years old.\n\n## We\n\nKept for 7 years.", "en")
    assert drift(swedish, english) == ()
    shorter = read_text("# Policy\n\n## We\n\nKept for two years. You are 13 years old.", "en")
    with override("en"):
        assert [in_words(difference) for difference in drift(swedish, shorter)] == [
            "“sju år” stands in the original only.",
            "“two years” stands in the translation only.",
            "The original has 2 sections and the translation 1.",
        ]


# Translations of real policies. A translator's tool notes in each file which English version it was made from; the
# checker reads the words alone.

#: Languages that stopped following the English text, with the day from which on they are behind.
FROZEN = {
    ("letsencrypt", "sv"): "2019-07-25",  # a file that says "untranslated", and nothing else
    ("letsencrypt", "fi"): "2023-08-24",
    ("letsencrypt", "de"): "2024-06-28",
    ("mozilla-privacy-policy", "sv"): "2019-12-30",
    ("mozilla-privacy-policy", "fi"): "2019-12-30",
    ("mozilla-privacy-policy", "da"): "2019-12-30",
    ("mozilla-privacy-policy", "nb-NO"): "2019-12-30",
    ("mozilla-common-voice-notice", "sv"): "2024-06-28",
    ("mozilla-common-voice-notice", "de"): "2024-06-28",
}
#: Languages that follow it to this day.
IN_STEP = [
    ("letsencrypt", "da"),
    ("mozilla-privacy-policy", "de"),
    ("mozilla-privacy-policy", "fr"),
    ("mozilla-privacy-policy", "nl"),
    ("mozilla-common-voice-notice", "fr"),
]
#: Pairs that the note calls in step, and that differ nevertheless: a person has read them.
SLIPS = {
    # The English text got a newsletter, sent by MailChimp; the note of its date was left as it was.
    ("en/2019-03-26_a9a080cb.md", "de/2019-01-28_f889db45.md"),
    ("en/2019-06-09_6b1e0630.md", "de/2019-01-28_f889db45.md"),
    ("en/2019-07-25_e3d11138.md", "de/2019-07-25_e3d11138.md"),
    # "May 25, 2018" became "20 mei 2018".
    ("en/2018-05-22_5ac4240c.md", "nl/2018-05-25_d537cd72.md"),
}
#: Pairs whose English text changed in words alone ("user" became "relying party"): no number, date or name tells.
WORDS_ONLY = {
    ("en/2019-12-06_035e5d94.md", "de/2020-01-14_109bd85c.md"),
    ("en/2019-12-06_035e5d94.md", "de/2020-02-10_efef2f0c.md"),
    ("en/2020-02-21_43b7c684.md", "de/2020-02-10_efef2f0c.md"),
    ("en/2020-02-21_43b7c684.md", "de/2020-02-24_5da83e60.md"),
}


def needs_policies() -> None:
    if POLICIES.is_dir():
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI must provide the real policies as {POLICIES.name} beside the repository.")
    pytest.skip("needs the real policies (shared/policies beside the repository)")


def histories(policy: str) -> dict[str, list[dict[str, Any]]]:
    data = json.loads((POLICIES / policy / "meta.json").read_text(encoding="utf-8"))
    return {language: history["versions"] for language, history in data["locales"].items()}


def on(versions: list[dict[str, Any]], day: str) -> str:
    """The file of the version that was public on ``day``, empty before the first."""
    until = [version for version in versions if version["commit_date"][:10] <= day]
    newest = max(until, key=lambda version: version["commit_date"], default=None)
    return newest["file"] if newest else ""


def differs(policy: str, english: str, translation: str) -> bool:
    return bool(drift(snapshot(policy, english), snapshot(policy, translation)))


@cache
def snapshot(policy: str, file: str) -> Snapshot:
    """Read once: each stood beside several of the other language."""
    language = file.split("/", maxsplit=1)[0].split("-")[0]
    return read_text((POLICIES / policy / file).read_text(encoding="utf-8"), language)


TODAY = "2026-11-22"


@pytest.mark.parametrize(("policy", "language"), FROZEN)
def test_a_language_that_was_left_behind_is_found_from_that_day_on(policy: str, language: str) -> None:
    needs_policies()
    found, since = histories(policy), FROZEN[policy, language]
    for day in (since, TODAY):
        assert differs(policy, on(found["en"], day), on(found[language], day)), day


@pytest.mark.parametrize(("policy", "language"), IN_STEP)
def test_a_language_that_follows_is_not_flagged(policy: str, language: str) -> None:
    needs_policies()
    found = histories(policy)
    assert not differs(policy, on(found["en"], TODAY), on(found[language], TODAY))


def noted(policy: str, file: str) -> str:
    """The day of the English version that a file was made from, as its notes say; empty where they don't."""
    text = (POLICIES / policy / file).read_text(encoding="utf-8")
    found = [line for line in text.splitlines() if line.startswith("lastmod:") or "datetime=" in line]
    day = re.search(r"\d{4}-\d\d-\d\d", found[0]) if found else None
    return day.group() if day else ""


def side_by_side() -> Iterator[tuple[str, str, str]]:
    """Each policy's English file with each translation that stood beside it on some day."""
    for policy in sorted({policy for policy, _language in FROZEN}):
        found = histories(policy)
        days = {version["commit_date"][:10] for versions in found.values() for version in versions}
        pairs = {(on(found["en"], day), on(found[language], day)) for day in days for language in found}
        for english, translation in sorted(pairs):
            if english and translation and english != translation and noted(policy, translation):
                yield policy, english, translation


@pytest.mark.slow
def test_side_by_side_on_every_day_only_what_differs_is_flagged() -> None:
    needs_policies()
    flagged_in_step, missed, in_step, behind = set(), set(), 0, 0
    for policy, english, translation in side_by_side():
        follows = noted(policy, translation) >= noted(policy, english)
        in_step, behind = in_step + follows, behind + (not follows)
        if follows and differs(policy, english, translation):
            flagged_in_step.add((english, translation))
        if not follows and not differs(policy, english, translation):
            missed.add((english, translation))
    assert in_step > 40
    assert behind > 80
    assert flagged_in_step == SLIPS
    assert missed == WORDS_ONLY
