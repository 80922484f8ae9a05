"""Each template in each language: it composes, the review finds only what its gaps leave open, all is translated."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from django.utils.translation import override

from tests.blocks.bodies import page
from tests.foreign import LANGUAGES, foreign_in
from tests.review.complete import COUNTRIES
from wagtail_privacy.blocks.body import PolicyStreamBlock
from wagtail_privacy.blocks.compose import compose
from wagtail_privacy.policy.authorities import AUTHORITIES
from wagtail_privacy.policy.gaps import gap_words, gaps_in
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.policy.words import plain
from wagtail_privacy.review.all_findings import review
from wagtail_privacy.review.law import law
from wagtail_privacy.review.profiles import profile_for
from wagtail_privacy.starts.bookkeeping import BOOKKEEPING
from wagtail_privacy.starts.choices import STARTS
from wagtail_privacy.starts.start import Given, Start

DAY = date(2026, 11, 27)
EACH = [
    pytest.param(start, language, id=f"{code}-{language}") for code, start in STARTS.items() for language in LANGUAGES
]
NAMES = {"controller": "Lindvik & Ko <AB>", "address": "Storgatan 1\n111 22 Stockholm", "email": "info@lindvik.se"}


def given(language: str) -> Given:
    return Given(**NAMES, country=COUNTRIES[language])


def composed(start: Start, language: str, given: Given, *, whole: bool = False) -> Snapshot:
    with override(language):
        body = start.body(given, {part.code for part in start.parts} if whole else None)
    return compose(page(body=PolicyStreamBlock().to_python(body), language=language), notice_period=30).snapshot


def rules(snapshot: Snapshot) -> set[str]:
    return {finding.rule for finding in review(snapshot, law(profile_for(snapshot)), DAY)}


def words_of(snapshot: Snapshot) -> list[str]:
    names = ("name", "address")
    said = [
        value
        for section in snapshot.walk()
        for value in (*section.texts.values(), *(section.facts[name] for name in names if name in section.facts))
    ]
    return [plain(each) for value in said for each in _strings(value)]


def _strings(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [str(each) for each in value]


@pytest.mark.parametrize("whole", [False, True], ids=["as usual", "all of it"])
@pytest.mark.parametrize(("start", "language"), EACH)
def test_the_review_finds_nothing_once_names_and_country_are_given(start: Start, language: str, whole: bool) -> None:
    snapshot = composed(start, language, given(language), whole=whole)
    assert rules(snapshot) == set()
    assert {NAMES["controller"], NAMES["address"]} <= {each for s in snapshot.walk() for each in s.facts.values()}
    assert not [gap for gap in gaps_in(snapshot) if gap.field in ("name", "address") and len(gap.path) == 1]


@pytest.mark.parametrize("whole", [False, True], ids=["as usual", "all of it"])
@pytest.mark.parametrize(("start", "language"), EACH)
def test_with_nothing_given_it_finds_no_more_than_the_gap_of_the_country(
    start: Start, language: str, whole: bool
) -> None:
    snapshot = composed(start, language, Given(), whole=whole)
    assert rules(snapshot) <= {"complaint.authority"}
    assert gaps_in(snapshot)
    facts = {name for section in snapshot.walk() for name in section.facts}
    assert not {"country", "email", "authority"} & facts
    with override(language):
        assert str(start.controller) in {gap.words for gap in gaps_in(snapshot)}


@pytest.mark.parametrize(("start", "language"), EACH)
def test_no_words_of_another_language(start: Start, language: str) -> None:
    said = words_of(composed(start, language, Given(), whole=True))
    assert foreign_in(said, language) == set()
    if language != "en":
        english = set(words_of(composed(start, "en", Given(), whole=True)))
        assert {each for each in english.intersection(said) if re.search(r"[a-z] [a-z]", each)} == set()


@pytest.mark.parametrize(("start", "language"), EACH)
def test_every_language_states_the_same_facts(start: Start, language: str) -> None:
    def facts(language: str) -> list[Any]:
        sections = composed(start, language, Given(**NAMES, country="SE"), whole=True).walk()
        return [(section.kind, filled(section.facts), sorted(section.texts)) for section in sections]

    def filled(facts: Mapping[str, Any]) -> dict[str, Any]:
        return {name: "a gap" if gap_words(str(value)) else value for name, value in facts.items()}

    assert facts(language) == facts("en")


@pytest.mark.parametrize("country", ["SE", "FI", "NO", "DK", "DE", "IE", ""])
@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS)
def test_what_depends_on_the_country(start: Start, country: str) -> None:
    snapshot = composed(start, "en", Given(**NAMES, country=country))
    (complaint,) = (section for section in snapshot.sections if section.kind == "complaint")
    assert complaint.facts.get("authority", "") == country
    (statute,) = (s.texts["statute"] for s in snapshot.walk() if s.texts.get("statute"))
    known = BOOKKEEPING.get(country)
    assert statute == (known.statute if known else "⟦the statute on bookkeeping⟧")
    assert country in ("", *AUTHORITIES)


def test_the_editors_own_lines_and_parts() -> None:
    start = STARTS["shop"]
    own = Given(**NAMES, data=("Namn", "Personnummer"), purposes=("Hyra ut kajaker",), recipients=("Banken",))
    with override("sv"):
        body = start.body(own, {"own_data", "own_purposes", "own_recipients"})
    snapshot = compose(page(body=PolicyStreamBlock().to_python(body))).snapshot
    assert [section.kind for section in snapshot.sections] == ["data_categories", "purpose", "recipients"]
    assert words_of(snapshot) == ["Namn", "Personnummer", "Hyra ut kajaker", "Banken"]
    assert start.body(own, ()) == []


def test_several_purposes_stand_in_a_group_whose_heading_and_introduction_can_be_written() -> None:
    own = Given(**NAMES, purposes=("Hyra ut kajaker", "Laga kajaker"))
    with override("sv"):
        body = STARTS["shop"].body(own)
    (group,) = (block for block in body if block["type"] == "purposes")
    assert "purpose" not in {block["type"] for block in body}
    titles = [each["value"]["title"] for each in group["value"]["purposes"]]
    assert titles[0] == "Leverera din beställning"
    assert titles[-2:] == ["Hyra ut kajaker", "Laga kajaker"]
    types = [block["type"] for block in body]
    assert types.index("controller") < types.index("purposes") < types.index("cookies") < types.index("rights")
    snapshot = compose(page(body=PolicyStreamBlock().to_python(body))).snapshot
    assert [len(section.children) for section in snapshot.sections if section.kind == "purposes"] == [len(titles)]


def test_every_block_has_an_id_of_its_own() -> None:
    """Without one, Wagtail makes another each time a list is read, and each would be a change."""
    stored = STARTS["courses"].body(Given())
    first, second = (compose(page(body=PolicyStreamBlock().to_python(stored))).snapshot for _ in range(2))
    assert first == second
    ids = [section.id for section in first.walk()]
    assert len(set(ids)) == len(ids)
