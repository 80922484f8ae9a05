"""Text and Markdown as sections of free text under their headings."""

from __future__ import annotations

import pytest

from wagtail_privacy.changes.compare import compare
from wagtail_privacy.imports.plain_outline import read_plain
from wagtail_privacy.imports.plain_text import read_text
from wagtail_privacy.policy.snapshot import Snapshot


def texts(markdown: str) -> list[tuple[str, str]]:
    return [
        (str(section.texts.get("heading", "")), str(section.texts.get("body", "")))
        for section in read_text(markdown, "sv").sections
    ]


def test_each_heading_starts_a_section_and_the_first_is_the_title() -> None:
    found = read_text("# Integritet\n\nFörst.\n\n## Kakor\n\nVi sätter kakor.\n\n### Varför\n\nFör driften.\n", "sv")
    assert found.title == "Integritet"
    assert [(s.kind, s.id) for s in found.sections] == [("text", "start:1"), ("text", "kakor:1"), ("text", "varför:1")]
    assert found.sections[1].texts == {"heading": "Kakor", "body": "<p>Vi sätter kakor.</p>"}


@pytest.mark.parametrize(
    ("markdown", "body"),
    [
        ("Ett\nstycke.\n\nEtt till.", "<p>Ett stycke.</p><p>Ett till.</p>"),
        ("* a\n* b\n\nc", "<ul><li>a</li><li>b</li></ul><p>c</p>"),
        ("1. a\n2. b", "<ul><li>a</li><li>b</li></ul>"),
        ("**Fet** och *kursiv* och snake_case", "<p>Fet och kursiv och snake_case</p>"),
        ("[Läs](/mer) nu", '<p><a href="/mer">Läs</a> nu</p>'),
        ('<a href="/mer">Läs</a> <b>nu</b>', '<p><a href="/mer">Läs</a> nu</p>'),
        ("Se [oss][vi].\n\n[vi]: https://example.org", '<p>Se <a href="https://example.org">oss</a>.</p>'),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("Text <script>alert(1)</script>", "<p>Text</p>"),
        ('[x](javascript:alert("1"))', "<p>"),
        ("Skriv till <mig@example.org>", "<p>Skriv till mig@example.org</p>"),
        ('{{< lastmod >}}\n\nText\n{: datetime="2020" }', "<p>Text</p>"),
        ("Ett\n\n---\n\nTvå", "<p>Ett</p><p>Två</p>"),
        ("\ufeffText\r\nmer", "<p>Text mer</p>"),
    ],
)
def test_markdown_becomes_plain_html(markdown: str, body: str) -> None:
    (found,) = texts(markdown)
    assert found[1].startswith(body)


def test_underlined_headings_and_front_matter_are_read() -> None:
    assert texts("---\ntitle: x\n---\n\nFörst\n=====\n\na\n\nSen\n---\n\nb") == [("", "<p>a</p>"), ("Sen", "<p>b</p>")]


def test_two_sections_with_one_heading_keep_apart() -> None:
    assert [s.id for s in read_text("## A\nx\n## A\ny", "sv").sections] == ["a:1", "a:2"]


def test_an_empty_file_is_a_policy_that_says_nothing() -> None:
    assert read_text("", "sv") == Snapshot("sv", "")


def test_a_section_that_moved_is_no_addition() -> None:
    old, new = read_text("## A\n\nEtt.\n\n## B\n\nTvå.", "sv"), read_text("## B\n\nTvå.\n\n## A\n\nEtt.", "sv")
    assert {change.kind for change in compare(old, new)} == {"moved"}


@pytest.mark.parametrize("text", ["[" * 20_000, "*" * 20_000, "<a " * 20_000, "# " * 20_000, "_a" * 20_000])
def test_hostile_markup_is_read_in_time(text: str) -> None:
    assert read_text(text, "sv").language == "sv"


TABLE = """## Hur länge

Så här länge:

| Uppgift | Tid |
|---------|:---:|
| Loggar | 12 månader |
| [Konto](/konto) | tills du \\| vi avslutar det |
|  | därefter raderas allt |

Därefter raderas de.
"""


def test_a_table_is_a_section_of_rows() -> None:
    before, table, after = read_text(TABLE, "sv").sections
    assert before.texts == {"heading": "Hur länge", "body": "<p>Så här länge:</p>"}
    assert (table.kind, table.id) == ("table", "hur-länge/table:1")
    assert [(child.kind, dict(child.texts)) for child in table.children] == [
        ("table_head", {"cell_1": "Uppgift", "cell_2": "Tid"}),
        ("table_row", {"cell_1": "<p>Loggar</p>", "cell_2": "<p>12 månader</p>"}),
        ("table_row", {"cell_1": '<p><a href="/konto">Konto</a></p>', "cell_2": "<p>tills du | vi avslutar det</p>"}),
        ("table_row", {"cell_2": "<p>därefter raderas allt</p>"}),
    ]
    assert after.texts == {"body": "<p>Därefter raderas de.</p>"}


def test_a_row_that_changed_is_that_change_alone() -> None:
    old, new = read_text(TABLE, "sv"), read_text(TABLE.replace("12 månader", "24 månader"), "sv")
    (change,) = compare(old, new)
    assert (change.path[-1].kind, change.field, change.new) == ("table_row", "cell_2", "<p>24 månader</p>")


@pytest.mark.parametrize("line", ["a | b\n\nc", "a | b\n---", "|---|---|", "a|b\n| a b |"])
def test_a_stroke_alone_is_no_table(line: str) -> None:
    assert {section.kind for section in read_text(line, "sv").sections} <= {"text"}


@pytest.mark.parametrize(
    "front",
    ["---\ntitle: x\n---\n", "----\ntitle: x\ntags:\n  - a\n- b\n\n# not a heading\n----\n", "+++\ntitle = 'x'\n+++\n"],
)
def test_settings_before_the_text_are_no_text(front: str) -> None:
    assert read_text(f"{front}\n# Policy\n\nText.", "sv") == read_text("# Policy\n\nText.", "sv")


def test_a_rule_above_a_text_is_no_front_matter() -> None:
    assert texts("---\n\nVi säljer aldrig något.\n\n---\n\nSlut.")[0][1].startswith("<p>Vi säljer aldrig något.</p>")


@pytest.mark.parametrize("preamble", ["- [Kakor](#kakor)\n- Namn", "* a\n* b", "1. a\n2. b", "Senast ändrad 2024"])
def test_what_stands_before_the_title_leaves_it_the_title(preamble: str) -> None:
    found = read_text(f"{preamble}\n\n# Integritet\n\nFörst.\n\n## Kakor\n\nVi sätter kakor.\n", "sv")
    assert found.title == "Integritet"
    assert [section.texts.get("heading") for section in found.sections] == [None, "Kakor"]
    assert str(found.sections[0].texts["body"]).endswith("<p>Först.</p>")


def test_marks_of_directions_glue_no_words() -> None:
    source = "Vi \u202esparar\u202c \u2066dina\u2069 upp\u00adgif\u200bter."
    assert [part.words.text for part in read_plain(source).parts] == ["Vi sparar dina uppgifter."]
