"""What holds of every text, whatever it says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.prose.test_mutations import NEW_SENTENCES
from tests.prose.translations import CHANGES, LANGUAGES
from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.changes.prose import compare_prose
from wagtail_privacy.prose.reader import read

#: Sentences of which none refers to another.
SENTENCES = tuple(
    (language, sentence)
    for _materiality, pairs in CHANGES.values()
    for language, pair in zip(LANGUAGES, pairs, strict=True)
    for sentence in pair.split(" → ")
    if sentence.endswith(".")
)
text = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=200)
language = st.sampled_from(LANGUAGES)


def in_language(name: str) -> list[str]:
    return list(dict.fromkeys(sentence for other, sentence in SENTENCES if other == name))


several = language.flatmap(
    lambda name: st.tuples(
        st.just(name), st.lists(st.sampled_from(in_language(name)), min_size=1, max_size=5, unique=True)
    )
)


@given(text, language)
def test_reading_is_deterministic_and_says_nothing_of_a_text_against_itself(words: str, name: str) -> None:
    assert read(words, name) == read(words, name)
    assert compare_prose(words, words, name).verdict.materiality is Materiality.EDITORIAL


@given(several)
def test_sentences_say_nothing_against_themselves(chosen: tuple[str, list[str]]) -> None:
    name, sentences = chosen
    whole = f"<p>{' '.join(sentences)}</p>"
    spread = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    assert compare_prose(whole, spread, name).verdict.materiality is Materiality.EDITORIAL


@given(several, st.randoms(use_true_random=False))
def test_the_order_of_independent_sentences_does_not_matter(chosen: tuple[str, list[str]], random: object) -> None:
    name, sentences = chosen
    turned = sentences[::-1]
    assert compare_prose(" ".join(sentences), " ".join(turned), name).verdict.materiality is Materiality.EDITORIAL


@settings(max_examples=300)
@given(several)
def test_a_statement_is_never_lighter_inside_an_old_text_than_as_a_new_one(chosen: tuple[str, list[str]]) -> None:
    name, (fresh, *others) = chosen
    old = " ".join(others)
    inside = compare_prose(old, f"{old} {fresh}".strip(), name).verdict
    alone = compare_prose("", fresh, name).verdict
    assert inside.materiality.weight >= alone.materiality.weight


@given(several)
def test_a_paragraph_told_anew_hides_no_sale(chosen: tuple[str, list[str]]) -> None:
    name, sentences = chosen
    old, new = " ".join(sentences), " ".join(sentences[::-1])
    verdict = compare_prose(old, f"{new} {NEW_SENTENCES[name]}", name).verdict
    assert (verdict.materiality, verdict.doubt) == (Materiality.MATERIAL, False)


@given(text, text, st.sampled_from(["fr", "nn", "xx", ""]))
def test_a_language_without_a_lexicon_is_asked_about(old: str, new: str, name: str) -> None:
    finding = compare_prose(old, new, name).verdict
    assert finding.materiality in (Materiality.EDITORIAL, Materiality.MATERIAL)
    assert finding.doubt == (finding.materiality is Materiality.MATERIAL)


def test_a_denial_in_a_language_without_a_lexicon_is_not_overlooked() -> None:
    assert compare_prose("Nous ne vendons pas vos données.", "Nous vendons vos données.", "fr").verdict.doubt


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_change_has_the_same_class_in_every_language(name: str, language: str) -> None:
    expected, pairs = CHANGES[name]
    old, new = pairs[LANGUAGES.index(language)].split(" → ")
    finding = compare_prose(old, new, language).verdict
    assert (finding.materiality.value, finding.doubt) == (expected, False), finding


@pytest.mark.parametrize(
    "hostile",
    [
        "a " * 50_000,
        "<b>" * 20_000,
        "! " * 20_000,
        "\u200b" * 1000,
        "1 " * 30_000,
        "- x\n" * 5_000,
        "(" * 20_000,
        "| --- " * 5000,
    ],
    ids=lambda words: words[:4],
)
def test_hostile_text_is_read_in_time(hostile: str) -> None:
    assert compare_prose("We answer you.", hostile, "en").verdict.materiality in Materiality
    assert compare_prose(hostile, hostile + " we sell it", "en").verdict.materiality in Materiality
