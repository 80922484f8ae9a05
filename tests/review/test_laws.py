"""What holds of every review: it reads anything, its places exist, its order depends on nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.review.complete import LANGUAGES, SECTIONS, complete, without
from tests.review.test_prose import SENTENCES
from wagtail_privacy.policy.kinds import KINDS, Kind
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.review.all_findings import review
from wagtail_privacy.review.authority_survey import questionnaire
from wagtail_privacy.review.contents import Contents
from wagtail_privacy.review.law import SEVERITIES, law
from wagtail_privacy.review.translations import review_translation

DAY = date(2026, 11, 26)
WORDS = [words[language] for words in SENTENCES.values() for language in LANGUAGES]


def value(kind: Kind, name: str) -> st.SearchStrategy[Any]:
    """A value of a field: one of its codes, an odd string, a sentence; a number where numbers stand."""
    field = kind.field(name)
    assert field is not None
    if field.vocabulary:
        return st.sampled_from([*field.terms, "no_code"])
    if field.type == "lines":
        return st.lists(st.sampled_from(WORDS), max_size=2)
    if field.type in ("number", "flag"):
        return st.sampled_from([0, 1, 15, True])
    odd = st.sampled_from(["", "P3Y", "P1000Y9", "US", "SE", "xx", "info@example.com", "{{ name }}", "<p>", "."])
    return st.one_of(odd, st.sampled_from(WORDS), st.text(max_size=30))


@st.composite
def sections(draw: Any, number: int = 0) -> Section:
    kind = KINDS[draw(st.sampled_from(sorted(KINDS)))]
    filled = {field.name: draw(value(kind, field.name)) for field in kind.fields if draw(st.booleans())}
    facts = {field.name: filled[field.name] for field in kind.facts if field.name in filled}
    texts = {field.name: filled[field.name] for field in kind.texts if field.name in filled}
    return Section(kind.name, draw(st.uuids()).hex, facts, texts, ())


@st.composite
def policies(draw: Any) -> Snapshot:
    inner = draw(st.lists(sections(), max_size=4))
    outer = draw(st.lists(sections(), max_size=4))
    if outer and inner:
        first = outer[0]
        outer[0] = Section(first.kind, first.id, first.facts, first.texts, tuple(inner))
    return Snapshot(draw(st.sampled_from([*LANGUAGES, "fr", "sv-fi"])), "Policy", tuple(outer))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(policies())
def test_anything_can_be_judged_and_every_place_exists(policy: Snapshot) -> None:
    findings = review(policy, law("SE"), DAY)
    with override("en"):
        json.dumps([finding.to_json() for finding in findings])
    for finding in findings:
        for spot in filter(None, (finding.spot, finding.other)):
            assert not spot.path or spot.section in policy.by_id
    ranks = [(SEVERITIES.index(finding.severity), finding.rank) for finding in findings]
    assert ranks == sorted(ranks)
    questionnaire(Contents(policy, law("SE"), DAY), findings)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(policies(), policies())
def test_any_two_languages_can_be_compared(original: Snapshot, translation: Snapshot) -> None:
    review_translation(original, translation, law("SE"), DAY)
    assert review_translation(original, original, law("SE"), DAY) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_judged_twice_is_judged_alike(language: str) -> None:
    policy = without(complete(language), "rights")
    assert review(policy, law("SE"), DAY) == review(policy, law("SE"), DAY)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_order_of_sections_is_no_fault(language: str) -> None:
    policy = complete(language)
    turned = Snapshot(language, policy.title, policy.sections[::-1])
    assert review(turned, law("SE"), DAY) == ()
    assert len(policy.sections) == len(SECTIONS)


def in_a_group(policy: Snapshot) -> Snapshot:
    """``policy`` with its purposes under a heading of their own."""
    purposes = tuple(section for section in policy.sections if section.kind == "purpose")
    first = policy.sections.index(purposes[0])
    others = [section for section in policy.sections if section.kind != "purpose"]
    group = Section("purposes", "group", {}, {}, purposes)
    return replace(policy, sections=(*others[:first], group, *others[first:]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("missing", ["", "selling-basis", "selling-kept"])
def test_purposes_in_a_group_are_judged_as_beside_it(language: str, missing: str) -> None:
    policy = without(complete(language), missing) if missing else complete(language)

    def found(policy: Snapshot) -> list[Any]:
        findings = review(policy, law("SE"), DAY)
        return [(each.rule, each.severity, each.spot.path[-1:], each.spot.field) for each in findings]

    assert found(in_a_group(policy)) == found(policy)
