"""Changes of prose labelled before they were run, our own words: the pairs of ``benchmarks/materiality``.

A change in doubt is right where material can be defended, else it is asked about: neither right nor wrong.
"""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.materiality.measures import outcomes
from benchmarks.materiality.pairs import Pair, ours
from benchmarks.materiality.program import program

LANGUAGES = ("sv", "en", "fi", "nb", "da", "de")


def of_set(name: str) -> list[Pair]:
    return [pair for pair in ours() if pair.set == name]


def assert_bars(pairs: list[Pair], most_asked: float = 0.15) -> None:
    counts = outcomes([(pair, program(pair)) for pair in pairs])
    assert counts["missed"] == 0, counts
    assert counts["all right"] >= 0.95 * (counts["all"] - counts["asked"]), counts
    assert counts["false alarm"] <= 0.04 * counts["harmless"], counts
    assert counts["asked"] <= most_asked * counts["harmless"], counts
    assert counts["told in doubt"] <= 0.25 * counts["material"], counts


def test_our_own_pairs_hold_the_bars() -> None:
    pairs = of_set("prose")
    assert Counter(pair.language for pair in pairs) == dict.fromkeys(LANGUAGES, 40)
    assert_bars(pairs)


@pytest.mark.parametrize(("name", "count"), [("probing", 161), ("balanced", 160)])
def test_the_cases_hold_the_bars(name: str, count: int) -> None:
    pairs = of_set(name)
    assert len(pairs) == count
    assert_bars(pairs)
