"""Paragraphs rewritten as policies are: ours, each labelled before it was run.

``rewrites.txt`` was looked at while rules were mended. ``rewrites_kept_back.txt``, drawn by lot from the same pairs,
was run once when they were done; four kinds that it showed were mended afterwards (docs/prose.md has each count).

A pair is ``=== language | kind | classes that can be defended``, the old text, ``--->`` and the new one; what came or
went has one side empty.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest

from benchmarks.materiality.measures import outcomes
from benchmarks.materiality.pairs import Pair
from benchmarks.materiality.program import program
from tests.prose.test_mutations import NEW_SENTENCES

HERE = Path(__file__).parent
#: What stands beside a paragraph that came or went.
BESIDE = {
    "sv": "Kontoret är öppet på vardagar.",
    "en": "Our office is open on weekdays.",
    "fi": "Toimistomme on avoinna arkisin.",
    "nb": "Kontoret er åpent på hverdager.",
    "da": "Kontoret er åbent på hverdage.",
    "de": "Unser Büro ist werktags geöffnet.",
}


@lru_cache
def rewrites(name: str) -> tuple[Pair, ...]:
    return tuple(map(_pair, re.split(r"^=== ", (HERE / name).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]))


def _pair(written: str) -> Pair:
    head, _end, body = written.partition("\n")
    language, kind, classes = head.split(" | ")
    old, new = (text.strip() for text in f"\n{body}".split("\n--->", 1))
    if not old or not new:
        old, new = (f"{BESIDE[language]}\n\n{text}".strip() for text in (old, new))
    return Pair(kind, language, kind, "document", _policy(old), _policy(new), tuple(classes.split(", ")), "", "", "")


def _policy(text: str) -> str:
    return f"# Policy\n\n{text}\n" if text.startswith("## ") else f"# Policy\n\n## 1. A\n\n{text}\n"


def test_rewritten_paragraphs_hold_the_bars() -> None:
    counts = outcomes([(pair, program(pair)) for pair in rewrites("rewrites.txt")])
    assert counts["missed"] == 0, counts
    assert counts["false alarm"] <= 0.04 * counts["harmless"], counts
    assert counts["asked"] <= 0.15 * counts["harmless"], counts
    assert counts["told in doubt"] <= 0.25 * counts["material"], counts


def test_no_material_rewrite_that_was_kept_back_is_missed() -> None:
    counts = outcomes([(pair, program(pair)) for pair in rewrites("rewrites_kept_back.txt")])
    assert counts["all"] > 90
    assert counts["missed"] == 0, counts


def harmless() -> list[Pair]:
    return [pair for pair in rewrites("rewrites.txt") if pair.classes[0] != "material"]


@pytest.mark.parametrize("pair", harmless(), ids=lambda pair: f"{pair.language} {pair.kind}")
def test_a_sale_is_told_beside_every_harmless_rewrite(pair: Pair) -> None:
    sold = replace(pair, new=f"{pair.new.rstrip()} {NEW_SENTENCES[pair.language]}\n")
    assert program(sold) == "material"
