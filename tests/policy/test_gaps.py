"""A gap is found wherever a policy has words, and nothing else is taken for one."""

from __future__ import annotations

from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail_privacy.policy.gaps import UNNAMED, gap, gap_words, gaps_in, mark_gaps
from wagtail_privacy.policy.kinds import KINDS, Field
from wagtail_privacy.policy.sanitise import sanitise
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot

STRINGS = ("line", "prose", "name", "address")
FIELDS = [(kind, field) for kind in KINDS.values() for field in kind.fields if field.type in STRINGS]
LISTS = [(kind, field) for kind in KINDS.values() for field in kind.fields if field.type == "lines"]
#: What people write in: letters of any script, digits, spaces, marks; no brackets.
LETTERS = st.characters(categories=("L", "N", "Zs"), include_characters=",.-'")
WORDS = (
    st.text(LETTERS, min_size=1, max_size=40)
    .map(lambda text: normalize("NFC", text))  # as a snapshot stores it
    .filter(lambda text: any(map(str.isalnum, text)))
)
AROUND = st.text(st.characters(exclude_characters="⟦⟧[]<>&", exclude_categories=("Cs", "Cc")), max_size=30)


def policy(kind: str, name: str, value: Any, *, is_text: bool, deep: bool = False) -> Snapshot:
    section = Section(kind, "inner", **{"texts" if is_text else "facts": {name: value}})
    if deep:
        section = Section("service", "outer", children=(section,))
    return Snapshot("sv", "Policy", (section,))


def found(snapshot: Snapshot) -> list[str]:
    return [each.words for each in gaps_in(snapshot)]


@given(st.sampled_from(FIELDS), WORDS, AROUND, AROUND, st.booleans(), st.sampled_from([gap, "[[{}]]".format]))
def test_a_gap_is_found_in_any_text_of_any_kind(
    place: tuple[Any, Field], words: str, before: str, after: str, deep: bool, written: Any
) -> None:
    kind, field = place
    said = f"{before} {written(words)} {after}"
    value = f"<p>{said}</p>" if field.type == "prose" else said
    snapshot = policy(kind.name, field.name, value, is_text=field.is_text, deep=deep)
    (only,) = gaps_in(snapshot)
    assert only.words == " ".join(words.split())
    assert (only.path[-1], only.field) == ("inner", field.name)
    assert Snapshot.from_json(snapshot.to_json()).digest == snapshot.digest
    assert found(Snapshot.from_json(snapshot.to_json())) == [only.words]


@pytest.mark.parametrize(("kind", "field"), LISTS, ids=lambda each: each.name)
def test_in_a_list_of_lines(kind: Any, field: Field) -> None:
    assert found(policy(kind.name, field.name, ["Kunder", gap("vilka fler")], is_text=True)) == ["vilka fler"]


def test_in_the_title_and_in_a_block_that_is_not_ours() -> None:
    foreign = Section("other", "x", {"block": "quote"}, {"value": {"a": ["<p>[[vem]]</p>", 1, None]}})
    assert found(Snapshot("sv", f"Policy för {gap('namnet')}", (foreign,))) == ["namnet", "vem"]


@given(
    AROUND,
    st.sampled_from(
        ["[{}]", "({})", "{{{}}}", "{{{{{}}}}}", "<<{}>>", "⟨{}⟩", "〚{}〛", "[[[{}]]]", "[ [{}] ]", "[[]{}"]
    ),
    WORDS,
)
def test_similar_brackets_are_no_gap(around: str, brackets: str, words: str) -> None:
    assert gap_words(f"{around}{brackets.format(words)}{around}") == []


@pytest.mark.parametrize("text", ["[[]]", "[[ ]]", "[[ – ]]", "[1][2]", "a[b[0]]", "[[en\nrad]]"])
def test_brackets_that_hold_no_words_are_no_gap(text: str) -> None:
    assert gap_words(text) == []


@pytest.mark.parametrize("text", ["Lindvik AB⟧", "⟦Lindvik AB", "⟦⟧"])
def test_half_a_gap_is_left_to_fill(text: str) -> None:
    assert gap_words(text) == [UNNAMED]


@given(WORDS, AROUND)
def test_the_sanitiser_keeps_it(words: str, around: str) -> None:
    for written in (gap(words), f"[[{words}]]"):
        html = sanitise(f"<p>{around}{written}</p>")
        assert found(policy("text", "body", html, is_text=True)) == [" ".join(words.split())]


def test_emphasis_in_a_gap_hides_nothing() -> None:
    html = "<p>Vi är ⟦föreningens <b>namn</b>⟧ i <b>[[o</b>rten]].</p><p>a &#91;&#91;x]] b</p>"
    assert found(policy("text", "body", html, is_text=True)) == ["föreningens namn", "orten", "x"]
    assert found(policy("text", "heading", "a <b ⟦y⟧", is_text=True)) == ["y"]


MARK = '<mark class="privacy-gap">'


def test_marking() -> None:
    assert mark_gaps('<p title="⟦a⟧">x ⟦a⟧ y</p>') == f'<p title="⟦a⟧">x {MARK}⟦a⟧</mark> y</p>'
    assert mark_gaps("<p>⟦a <b>b</b>⟧</p>") == f"<p>{MARK}⟦a </mark><b>{MARK}b</mark></b>{MARK}⟧</mark></p>"


@given(
    st.lists(st.sampled_from(["<b>", "</b>", "<p>", "</p>", "⟦", "⟧", "[[", "]]", "a", " "]), max_size=12).map("".join)
)
def test_marking_changes_nothing_else(html: str) -> None:
    assert mark_gaps(html).replace(MARK, "").replace("</mark>", "") == html
