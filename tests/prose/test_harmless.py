"""Kinds of changes that no reader need be told of, beside kinds that all must be: ours, in six languages."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.prose.grave import GRAVE
from tests.prose.harmless import HARMLESS, Six
from tests.prose.translations import LANGUAGES
from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.changes.prose import compare_prose
from wagtail_privacy.changes.verdict import Verdict


def verdicts(six: Six) -> list[Verdict]:
    found = []
    for language, pair in zip(LANGUAGES, six, strict=True):
        old, new = (text if text.startswith("<") else f"<p>{text}</p>" for text in pair.split(" → "))
        found.append(compare_prose(old, new, language).verdict)
    return found


@pytest.mark.parametrize("kind", GRAVE)
def test_a_grave_change_is_told_in_every_language(kind: str) -> None:
    assert {verdict.materiality for verdict in verdicts(GRAVE[kind])} == {Materiality.MATERIAL}


def test_few_grave_changes_are_told_as_a_doubt_alone() -> None:
    doubts = [verdict.doubt for six in GRAVE.values() for verdict in verdicts(six)]
    assert sum(doubts) <= 0.25 * len(doubts)


def test_few_harmless_changes_are_asked_about_and_fewer_told() -> None:
    counts: Counter[str] = Counter()
    for six in HARMLESS.values():
        for verdict in verdicts(six):
            told = verdict.materiality is Materiality.MATERIAL
            counts["asked" if told and verdict.doubt else "told" if told else "harmless"] += 1
    assert counts["asked"] <= 0.15 * counts.total(), counts
    assert counts["told"] <= 0.04 * counts.total(), counts


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_is_asked_about_more_than_others(language: str) -> None:
    at = LANGUAGES.index(language)
    asked = sum(verdicts(six)[at].materiality is Materiality.MATERIAL for six in HARMLESS.values())
    assert asked <= 0.15 * len(HARMLESS)
