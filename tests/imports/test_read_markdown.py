"""Markdown: what the library drops is kept."""

from __future__ import annotations

import pytest

from tests.imports.documents import check, seen
from wagtail_privacy.imports.outline import UnreadableDocument
from wagtail_privacy.imports.read import read_document


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("25. maj 2018 trädde lagen i kraft.", [("paragraph", 0, "", "25. maj 2018 trädde lagen i kraft.")]),
        ("3) tre\n4) fyra", [("item", 1, "3)", "tre"), ("item", 1, "4)", "fyra")]),
        ("• ett\n• två", [("item", 1, "•", "ett"), ("item", 1, "•", "två")]),
        (
            "a[^1]\n\n[^1]: ett\n[^2]: två",
            [("paragraph", 0, "", "a[1]"), ("note", 0, "[1]", "ett"), ("note", 0, "[2]", "två")],
        ),
        ("[Kontakt]: Anna", [("paragraph", 0, "", "[Kontakt]: Anna")]),
        ("---\nVi säljer inget.\n---", [("paragraph", 0, "", "Vi säljer inget.")]),
        ("    indraget\n\n```\nkod\n```", [("paragraph", 0, "", "indraget"), ("paragraph", 0, "", "kod")]),
        ("**Kakor**\n\nInga.", [("heading", 0, "", "Kakor"), ("paragraph", 0, "", "Inga.")]),
        ("25.\n\n<p>x</p>", [("paragraph", 0, "", "25."), ("paragraph", 0, "", "x")]),
        ("<a name='x'></a>\n# Kakor", [("heading", 1, "", "Kakor")]),
    ],
)
def test_what_markdown_drops_is_kept(markdown: str, expected: list[tuple[str, int, str, str]]) -> None:
    assert seen(check(read_document(markdown.encode(), "a.md"))) == expected


def test_cells_beyond_the_head_are_kept() -> None:
    outline = check(read_document(b"| a | b |\n|---|---|\n| c | d | e |\n", "a.md"))
    assert [[cell.words.text for cell in part.cells] for part in outline.parts] == [["a", "b"], ["c", "d", "e"]]


def test_a_far_end_of_a_tag_swallows_nothing() -> None:
    outline = check(read_document(b"We {{ keep\n\ndata }} here", "a.md"))
    assert [part.words.text for part in outline.parts] == ["We {{ keep", "data }} here"]


def test_what_is_nested_too_deep_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="at most 30 deep"):
        read_document(b">" * 20_000 + b" a", "a.md")
