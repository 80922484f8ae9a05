"""What may stand in a policy's HTML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail_privacy.policy.sanitise import sanitise, sanitise_block

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
    kept = '<figure class="f"><img src="/a.png" alt="A"><figcaption>A</figcaption></figure>\nx'
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
