"""What may stand in a policy's HTML."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from wagtail_privacy.policy.sanitise import BLOCK_LEVEL, following, sanitise, sanitise_block
from wagtail_privacy.policy.words import plain

CASES = [
    ("<p>Hej <b>du</b></p>", "<p>Hej <b>du</b></p>"),
    ("<h3>A</h3><h4>B</h4><ol><li>C</li></ol><hr/>", "<h3>A</h3><h4>B</h4><ol><li>C</li></ol><hr>"),
    ('<a linktype="page" id="3">x</a>', '<a linktype="page" id="3">x</a>'),
    ('<a linktype="document" id="4">x</a>', '<a linktype="document" id="4">x</a>'),
    ('<a href="https://example.org/?a=1&amp;b=2">x</a>', '<a href="https://example.org/?a=1&amp;b=2">x</a>'),
    ('<a href="mailto:a@example.org">x</a>', '<a href="mailto:a@example.org">x</a>'),
    ('<a href="/om/#kakor">x</a>', '<a href="/om/#kakor">x</a>'),
    ('<a href="javascript:alert(1)">x</a>', "<a>x</a>"),
    ('<a href="data:text/html,x">x</a>', "<a>x</a>"),
    ('<p style="color:red" class="x" onclick="x()" data-block-key="k">x</p>', "<p>x</p>"),
    ("<script>alert(1)</script><style>p{}</style>x<!-- y -->", "x"),
    ('<img src="x" onerror="x()"><iframe src="https://example.org"></iframe>x', "x"),
    ("<p>1 < 2 & 3</p>", "<p>1 &lt; 2 &amp; 3</p>"),
]


@pytest.mark.parametrize(("html", "kept"), CASES, ids=[case[0][:30] for case in CASES])
def test_prose_keeps_what_has_a_meaning(html: str, kept: str) -> None:
    assert sanitise(html) == kept


def test_a_block_keeps_tables_and_images_and_nothing_that_acts() -> None:
    html = '<figure class="f"><img src="/a.png" alt="A" onload="x()"><figcaption>A</figcaption></figure><form>x</form>'
    kept = '<figure class="f"><img src="/a.png" alt="A"><figcaption>A </figcaption></figure>\nx'
    assert sanitise_block(html) == kept


PIECES = (
    "<p>|</p>|<a href='javascript:x'>|<a linktype=page id=3>|</a>|<script>|</script>|<b onclick=x>|</b>|<|>|&|&lt;|ö|"
    " text |<!--|-->|\"|'|<svg/onload=x>"
)
MARKUP = st.lists(st.sampled_from(PIECES.split("|"))).map("".join)


@given(MARKUP)
def test_what_is_sanitised_twice_is_the_same(html: str) -> None:
    once = sanitise(html)
    assert sanitise(once) == once


@given(MARKUP)
def test_nothing_that_acts_is_left(html: str) -> None:
    kept = sanitise(html)
    assert "<script" not in kept
    assert "<b onclick" not in kept
    assert "href" not in kept
    assert "<svg" not in kept


INLINE = st.sampled_from(["", "<b>", "</b>", "<span>", "</i>", '<a href="/x">', "<!-- x -->"])
#: In these, words are no words of the text.
VOID = {"col", "hr", "input", "plaintext"}
BLOCKS = st.sampled_from(sorted(BLOCK_LEVEL - VOID))


@pytest.mark.parametrize("clean", [sanitise, sanitise_block])
@given(st.lists(st.tuples(BLOCKS, INLINE, INLINE), min_size=1, max_size=6))
def test_no_block_that_is_dropped_leaves_words_as_one(clean: Any, blocks: list[tuple[str, str, str]]) -> None:
    parts = (f"{before}<{tag} id=x>w{n}{after}</{tag.upper()}>v{n}" for n, (tag, before, after) in enumerate(blocks))
    words = (word for n in range(len(blocks)) for word in (f"w{n}", f"v{n}"))
    found = plain(clean("w" + "".join(parts))).replace(";", "").split()
    assert sorted(word for word in found if word != "–") == sorted(["w", *words])


@given(st.text())
def test_what_is_sanitised_has_no_character_that_xml_lacks(html: str) -> None:
    fromstring(f"<p>{escape(sanitise(html))}</p>")


TABLES = [
    (
        "<table><caption>Tider</caption><tr><th>Uppgift</th><th>Tid</th></tr>"
        '<tr><td><p><a href="/x">Loggar</a></p></td><td>12 månader</td></tr></table>',
        '<p>Tider</p><p>Uppgift – Tid</p><p><a href="/x">Loggar</a> – 12 månader</p>',
    ),
    ("<tr><td>a<td>b<tr><td>c", "<p>a – b</p><p>c</p>"),
    ("<table><tr><td>a</td><td></td><td> </td><td>b</td></tr></table>", "<p>a – b</p>"),
    ("<table><tr><td><ul><li>Namn<li>Adress.</ul>Mer</td></tr></table>", "<p>Namn; Adress. Mer</p>"),
    ("<p>Före</p><table><tr><td>1 &lt; 2</td></tr></table><p>Efter</p>", "<p>Före</p><p>1 &lt; 2</p><p>Efter</p>"),
]


@pytest.mark.parametrize(("html", "lines"), TABLES, ids=[case[0][:30] for case in TABLES])
def test_a_row_of_a_table_in_prose_is_a_line(html: str, lines: str) -> None:
    assert " ".join(sanitise(html).split()).replace("> <", "><") == lines


CELL = st.sampled_from(["", "ord", "<b>ord</b>", "<p>ord</p><p>ord</p>", "a &amp; b", "<br>ord"])


@given(st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=4))
def test_each_row_with_words_is_one_line(rows: list[list[str]]) -> None:
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    found = plain(sanitise(f"<p>Före</p><table>{table}</table><p>Efter</p>")).splitlines()
    assert [len(line.split(" – ")) for line in found[1:-1]] == [sum(map(bool, row)) for row in rows if any(row)]


def test_older_rules_are_followed_as_they_were() -> None:
    html = "<table><tr><td>a</td><td>b</td></tr></table>"
    made = {}
    for version in (1, 2, 3):
        with following(version) as rules:
            made[version] = sanitise(html), rules.matter
    assert made == {1: ("ab", False), 2: ("a b", True), 3: ("<p>a – b</p>", True)}
