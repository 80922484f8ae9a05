"""Chapters by the names that paragraphs begin with, and rows by their labels: no word comes or goes."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail_privacy.imports.outline import OutlinePart
from wagtail_privacy.imports.plain_outline import read_plain
from wagtail_privacy.imports.read import read_document
from wagtail_privacy.imports.recognition.labels import with_labels
from wagtail_privacy.imports.recognition.named_chapters import with_named_chapters
from wagtail_privacy.imports.tokens import words_in

NAMES = ("Ansvarig", "Kakor", "Dina rättigheter", "Hur länge", "Säkerhet", "Övrigt", "Hej")
RESTS = ("Vi finns på <plats>.", "Du kan ringa oss & skriva.", "Vi skyddar allt: noga.", "")


def headings(source: str, name: str = "policy.txt") -> list[str]:
    parts = read_document(source.encode(), name).parts
    return [part.words.text for part in with_named_chapters(parts, "sv") if part.kind == "heading"]


@pytest.mark.parametrize("sign", [".", "?"])
def test_names_of_several_topics_are_headings(sign: str) -> None:
    source = f"Kakor{sign} Vi använder inga.\n\nSäkerhet{sign} Vi skyddar allt.\n\nHur länge{sign} Vi sparar i ett år."
    shown = sign if sign == "?" else ""
    assert headings(source) == [f"Kakor{shown}", f"Säkerhet{shown}", f"Hur länge{shown}"]


def test_numbered_lines_with_a_colon_are_headings() -> None:
    source = "1) Ansvarig:\n   info@exempel.example\n2) Kakor: Vi använder inga.\n3) Hur länge: Vi sparar i ett år.\n"
    assert headings(source) == ["Ansvarig", "Kakor", "Hur länge"]


def test_bold_names_lose_no_markup_behind_them() -> None:
    source = "**Kakor.** Se [här](/k).\n\n**Säkerhet.** Vi *skyddar* allt.\n\n**Hur länge.** Ett år."
    parts = list(with_named_chapters(read_document(source.encode(), "a.md").parts, "sv"))
    assert [part.html for part in parts[:4]] == [
        "Kakor",
        'Se <a href="/k">här</a>.',
        "Säkerhet",
        "Vi <em>skyddar</em> allt.",
    ]


@pytest.mark.parametrize(
    "source",
    [
        "Kakor. Vi använder inga.\n\nSäkerhet. Vi skyddar allt.",
        "Ändamål\n\nKakor. Vi räknar.\n\nSäkerhet. Vi skyddar.\n\nBarn. Vi lär dem.\n",
    ],
    ids=["too few", "under a topic of their own"],
)
def test_other_names_are_none(source: str) -> None:
    assert headings(source) == [part.words.text for part in read_plain(source).parts if part.kind == "heading"]


@given(
    st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(".?:"), st.sampled_from(RESTS)), max_size=8),
    st.booleans(),
)
def test_no_word_comes_or_goes(lines: list[tuple[str, str, str]], numbered: bool) -> None:
    marks = [f"{number}. " if numbered else "" for number in range(1, len(lines) + 1)]
    source = "\n\n".join(f"{mark}{name}{sign} {rest}" for mark, (name, sign, rest) in zip(marks, lines, strict=True))
    before = read_plain(source).parts
    after = list(with_named_chapters(before, "sv"))
    assert _words(after) == _words(before)
    assert all(first.span[1] <= then.span[0] for first, then in zip(after, after[1:], strict=False))
    for part in after:
        start, end = part.words.in_source(0, len(part.words.text))
        assert source[start:end].split() == part.words.text.split()


def _words(parts: list[OutlinePart] | tuple[OutlinePart, ...]) -> Counter[str]:
    return Counter(word for part in parts for word in words_in(part.words.text))


TERMS = "<html><dl><dt>Rättslig grund</dt><dd>Avtal</dd><dt>Lagringstid:</dt><dd>Ett <b>år</b></dd></dl>"


def test_labels_and_their_values_are_lines() -> None:
    outline = read_document(TERMS.encode(), "a.html")
    parts = with_labels(outline.parts, "sv")
    assert [part.html for part in parts] == ["Rättslig grund: Avtal", "Lagringstid: Ett <strong>år</strong>"]
    for part in parts:
        assert outline.source[slice(*part.words.in_source(part.words.text.index(": ") + 2, len(part.words.text)))]
    assert _words(parts) == _words(outline.parts)


@pytest.mark.parametrize(
    "rows",
    [
        "Uppgift|Ändamål\nNamn|Leverans",
        "Namn|Leverans\nE-post|Nyhetsbrev",
        "Rättslig grund|Avtal\nRättslig grund|Samtycke",
    ],
    ids=["column heads", "data and what for", "a label twice"],
)
def test_other_tables_stay(rows: str) -> None:
    cells = "".join(f"<tr><td>{row.replace('|', '<td>')}" for row in rows.split("\n"))
    parts = read_document(f"<html><table>{cells}</table>".encode(), "a.html").parts
    assert with_labels(parts, "sv") == list(parts)
