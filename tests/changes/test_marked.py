"""A difference inside one text as people see it."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from wagtail_privacy.changes.marked import as_html, lines_of, stretches
from wagtail_privacy.changes.text_diff import diff

LINES = st.lists(
    st.sampled_from(["Vi sparar namn.", "Vi delar inget.", "Skriv till oss.", "Ring oss i dag."]), max_size=9
)


@pytest.fixture(autouse=True)
def _english() -> Any:
    with override("en"):
        yield


def listed(*items: str) -> str:
    return f"<p>Vi samlar:</p><ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def paragraphs(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def bare(html: str) -> str:
    for heard in ("removed:", "end of removal", "added:", "end of addition"):
        html = html.replace(f'<span class="privacy-visually-hidden"> {heard} </span>', "")
    return html


def test_bullets_stay_bullets() -> None:
    html = bare(as_html(diff(listed("namn", "adress"), listed("namn", "ditt personnummer", "adress"))))
    assert html == "<p>Vi samlar:</p><ul><li>namn</li><li><ins>ditt personnummer</ins></li><li>adress</li></ul>"


def test_an_item_in_place_of_another_is_an_item_of_its_own() -> None:
    html = bare(as_html(diff(listed("namn", "adress"), listed("namn", "ditt personnummer"))))
    assert html.endswith("<ul><li>namn</li><li><del>adress</del></li><li><ins>ditt personnummer</ins></li></ul>")


def test_a_paragraph_that_became_an_item_is_one() -> None:
    html = bare(as_html(diff("<p>Vi samlar ditt namn.</p>", "<ul><li>Vi samlar ditt namn.</li></ul>")))
    assert html == "<ul><li>Vi samlar ditt namn.</li></ul>"


def test_what_is_unchanged_is_folded_but_for_the_lines_beside_a_change() -> None:
    kept = [f"Stycke {number} står kvar." for number in range(6)]
    found = stretches(diff(paragraphs("Ett år.", *kept), paragraphs("Två år.", *kept)))
    assert [stretch.is_same for stretch in found] == [False, True]
    assert "Stycke 0 står kvar." in found[0].marked and "<ins>" in bare(found[0].marked)
    assert bare(found[0].before) == "<p><del>Ett år.</del></p><p>Stycke 0 står kvar.</p>"
    assert found[1].marked == paragraphs(*kept[1:])


def test_a_short_unchanged_text_is_not_folded() -> None:
    (only,) = stretches(diff(paragraphs("Ett år.", "A.", "B."), paragraphs("Två år.", "A.", "B.")))
    assert not only.is_same


def test_what_only_came_has_nothing_beside_it() -> None:
    (only,) = stretches(diff("", "<p>Nytt.</p>"))
    assert (only.before, bare(only.marked)) == ("", "<p><ins>Nytt.</ins></p>")


@given(LINES, LINES)
def test_stretches_hold_every_line_once_and_in_order(old: list[str], new: list[str]) -> None:
    parts = diff(paragraphs(*old), paragraphs(*new), html=True)
    assert "".join(stretch.marked for stretch in stretches(parts)) == as_html(parts)
    kept = "".join(part.text for line in lines_of(parts) for part in line.parts if part.kind != "del")
    assert "".join(kept.split()) == "".join("".join(new).split())
