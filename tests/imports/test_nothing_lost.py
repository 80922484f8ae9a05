"""Whatever a document holds, each of its words is placed or left out with a reason, or the document is refused."""

from __future__ import annotations

import json
import re
from collections import Counter
from html import unescape
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.imports.documents import CASES, POLICIES, SEEDS, check, needs_cases, paragraph, word
from wagtail_privacy.imports.account import account
from wagtail_privacy.imports.outline import LeftOut, Outline, UnreadableDocument
from wagtail_privacy.imports.read import read_document
from wagtail_privacy.imports.tokens import words_in

PAGES = sorted((CASES / "pages").glob("*.html")) if CASES.is_dir() else []


NO_POLICY = r"(?s)<!--N-->.*?<!--/N-->|<(script|style|title)\b.*?</\1>"


def words_of_markup(html: str) -> Counter[str]:
    return Counter(words_in(unescape(re.sub(r"<[^>]*>", " ", html))))


@pytest.mark.parametrize("path", PAGES, ids=[path.stem for path in PAGES])
def test_all_words_of_a_page_s_policy_are_kept_and_the_rest_is_left_out(path: Path) -> None:
    needs_cases()
    page = path.read_text(encoding="utf-8")
    outline = check(read_document(re.sub(r"<!--/?N-->", "", page).encode(), path.name))
    rest = " ".join(re.findall(r"<!--N-->(.*?)<!--/N-->", page, re.DOTALL))
    policy = words_of_markup(re.sub(NO_POLICY, " ", page))
    kept = Counter(word for part in outline.parts for word in words_in(f"{part.mark} {part.words.text}"))
    lost = policy - kept
    # A word of which a tag parts the letters is whole in the outline.
    assert all(any(word in whole for whole in kept) for word in lost)
    left = Counter(word for left in outline.left_out for word in words_in(left.text))
    others = words_of_markup(rest)
    assert (others & left).total() >= 0.9 * others.total()


def test_all_words_of_word_files_are_kept_in_order() -> None:
    needs_cases()
    truth = json.loads((CASES / "word" / "truth.json").read_text(encoding="utf-8"))
    for name, words in truth.items():
        outline = check(read_document((CASES / "word" / f"{name}.docx").read_bytes(), f"{name}.docx"))
        assert " ".join(part.words.text for part in outline.parts) == words


@pytest.mark.slow
def test_all_words_of_real_policies_are_kept() -> None:
    needs_cases(POLICIES)
    paths = [*sorted(SEEDS.glob("*.txt")), *sorted(POLICIES.rglob("*.md"))]
    assert len(paths) > 200
    for path in paths:
        found = account(check(read_document(path.read_bytes(), path.name)))
        assert found.added == (), path.name
        assert found.marks["kept"] == found.marks["source"]


PIECES = [
    "vi",
    "sparar",
    "uppgifter",
    "åäö",
    "25.",
    "maj",
    "2018",
    "GDPR",
    "e-post",
    "a@b.example",
    "12",
    "§",
    "6.1",
    "f)",
    "hyres\xadgäster",
    "zero\u200bwidth",
    "\u202amark\u202c",
    "ång",
    "½",
    "ﬁn",
    "x_y",
    "_z_",
    "<dso@by.example>",
    "<namn>",
    "&",
    "&amp;",
    "&auml;",
    "&nbsp;",
    "&bogus;",
    "<",
    ">",
    '"',
    "'",
    "*",
    "**",
    "`",
    "[",
    "]",
    "(",
    ")",
    "!",
    "|",
    "\\",
    "\x00",
    "\ufeff",
    "<b>",
    "</b>",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<ul><li>",
    "</ul>",
    "<table><tr><td>",
    "<td>",
    "</table>",
    "<h2>",
    "</h2>",
    "<br>",
    "<nav>",
    "</nav>",
    "<a\xa0href=x>",
    "<script>x</script>",
    "<style>",
    "<!--",
    "-->",
    "<textarea>",
    "</textarea>",
    "<del>",
    "#",
    "-",
    "1.",
    "---",
    "===",
    "[^1]:",
    "[^1]",
    "[a](/b)",
    "```",
]
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.sampled_from([" ", "\n", "\r\n", "\n\n", "    "])), max_size=40)
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"])
QUICK = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@QUICK
@given(TEXTS, st.sampled_from(["a.html", "a.md", "a.txt", "a.csv", ""]), ENCODINGS)
def test_no_word_of_any_text_is_lost(pieces: list[str], name: str, encoding: str) -> None:
    text = "".join(f"{piece} " if piece.strip() else piece for piece in pieces)
    try:
        check(read_document(text.encode(encoding), name))
    except UnreadableDocument as refused:
        assert all((refused.expected, refused.found, refused.advice))


@QUICK
@given(st.binary(max_size=300), st.sampled_from(["a.html", "a.md", "a.txt", "a.csv", "a.docx", ""]))
def test_bytes_of_any_kind_are_read_or_refused(data: bytes, name: str) -> None:
    try:
        check(read_document(data, name))
    except UnreadableDocument as refused:
        assert str(refused).startswith("Expected")


WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=20).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace("\ufffe", "").replace("\uffff", "")
)
PARAGRAPHS = st.builds(paragraph, WORDS, st.just(""), st.sampled_from(["", "<w:b/>", "<w:vanish/>"]))
BODIES = st.recursive(
    PARAGRAPHS,
    lambda inner: st.lists(inner, min_size=1, max_size=3).map(
        lambda cells: f"<w:tbl><w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr></w:tbl>"
    ),
    max_leaves=8,
)


@QUICK
@given(st.lists(BODIES, max_size=4))
def test_no_word_of_any_word_file_is_lost(bodies: list[str]) -> None:
    check(read_document(word("".join(bodies)), "a.docx"))


def test_what_a_reader_loses_is_found_by_the_second_reading() -> None:
    outline = read_document(b"<html><body><h1>Policy</h1><p>We sell nothing.</p></body></html>", "a.html")
    found = account(Outline(outline.source, outline.parts[:1], format="html"))
    assert [word for word, _span in found.missing] == ["we", "sell", "nothing"]
    assert found.words == {"source": 4, "placed": 1, "left_out": 0}


def test_sections_account_for_what_they_hold() -> None:
    outline = read_document(b"# A\n\nOne two.\n\nThree.", "a.md")
    assert account(outline, [(2, 13)]).words == {"source": 4, "placed": 3, "left_out": 0}
    assert [word for word, _span in account(outline, [(2, 13)]).missing] == ["three"]


def test_marks_are_counted_apart() -> None:
    outline = read_document("## 4.2 Kakor\n\n1. ett\n2. två\n".encode(), "a.md")
    found = account(outline)
    assert found.marks == {"source": 4, "kept": 4}
    assert found.words["source"] == 3


def test_what_is_left_out_within_a_paragraph_is_not_of_it() -> None:
    outline = read_document(b"Updated {{ page.date }} by us", "a.md")
    assert [left.text for left in outline.left_out] == ["{{ page.date }}"]
    assert isinstance(outline.left_out[0], LeftOut)
    assert account(outline).words == {"source": 5, "placed": 3, "left_out": 2}
