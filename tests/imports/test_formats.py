"""What is no text or Markdown is told apart from it."""

from __future__ import annotations

import io
import zipfile

import pytest

from wagtail_privacy.imports.formats import foreign_format, format_of, is_word


def packed(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "x")
    return out.getvalue()


FOREIGN = [
    (packed("content.xml"), "policy.odt", "OpenDocument"),
    (packed("xl/workbook.xml"), "policy.xlsx", "spreadsheet"),
    (packed("other"), "policy.txt", "ZIP"),
    (b"\x89PNG\r\n", "policy.txt", "picture"),
    (b"\x1f\x8b\x08", "policy.txt", "gzip"),
    (b"From: <saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;", "policy.mht", "one file"),
    (b"PK\x03\x04 cut off", "policy.docx", "ZIP"),
    (b"%PDF-1.7", "policy.txt", "PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1", "policy.doc", "Word before 2007"),
    (rb"{\rtf1 Text}", "policy.txt", "RTF"),
    (b"# Policy\n\n{% if eu %}We ask.{% endif %}", "policy.md", "Jinja"),
    (b"We, {{ site.company }}, sell nothing.", "policy.md", "Jinja"),
    (b"{{ company }} sells nothing.", "policy.txt", "Jinja"),
    (b"Text", "policy.liquid", "Liquid"),
    (b"We <%= company %> sell nothing.", "policy.txt", "ERB"),
    (b"<p>We, <?php echo $name ?></p>", "policy.txt", "PHP"),
    (b"We, <?= $name ?>", "policy", "PHP"),
    (b"export default function Policy() {\n  return (<p>Text</p>);\n}", "policy.txt", "JSX"),
    (b'<p className="x">Text</p>', "policy.txt", "JSX"),
    (b"Text", "policy.tsx", "JSX"),
]


@pytest.mark.parametrize(("data", "name", "found"), FOREIGN, ids=[f"{name} {found}" for _, name, found in FOREIGN])
def test_what_is_no_text_is_called_what_it_is(data: bytes, name: str, found: str) -> None:
    foreign = foreign_format(data, name)
    assert foreign and found in foreign.found
    assert foreign.advice.endswith(".")


TEXTS = [
    "",
    "# Policy\n\nWe sell nothing.",
    "We sell nothing, ever.\nWe ask, always.\nYes.",
    "<a name='x'></a>\n\n# Policy\n\nText <b>bold</b>.\n\n<details>\n\nMore.",
    "{{< lastmod >}}\n\nText",
    "{{ page.title }}\n\nText",
    "<em>Updated {{ page.date | date: '%B %d' }}</em>\n\nText",
    "| a | b |\n|---|---|\n| c | d |",
    "{: .note}\nText {#anchor}",
    "We import data from others, and export them.",
    "Ratio < 5 % of all",
]


def test_a_snapshot_may_hold_whatever_texts_hold() -> None:
    assert foreign_format(b'{"format": 1, "title": "{{ x }} y", "z": "</html>"}', "policy.json") is None


@pytest.mark.parametrize("text", TEXTS)
def test_text_and_markdown_are_read(text: str) -> None:
    assert foreign_format(text.encode(), "policy.md") is None


#: What is in scripts and comments of a page makes it no template.
PAGES = [
    "<html><script>var x = '{{ name }} x'; className='y'</script><body><p>We sell nothing.</p>",
    "<html><!-- {% if x %} <?php --><body><p>We sell nothing.</p>",
]


@pytest.mark.parametrize("page", PAGES)
def test_scripts_of_a_page_make_it_no_template(page: str) -> None:
    assert foreign_format(page.encode(), "policy.html") is None


@pytest.mark.parametrize(
    ("text", "name", "format"),
    [
        ("Text", "policy.html", "html"),
        ("<!DOCTYPE html>\n<title>x</title>\nText", "policy.txt", "html"),
        ("<!-- x -->\n<html><body>Text", "policy", "html"),
        ("<h1>Policy</h1>\n<p>We sell nothing.</p>\n<ul>\n<li>a</li>\n</ul>", "policy.md", "html"),
        ("a,b", "policy.csv", "csv"),
        ("data;time\nlogs;12\naccount;24", "policy.txt", "csv"),
        ('data\ttime\nlogs\t12\n"a\tb"\t24', "", "csv"),
        ("# Policy\n\nText", "policy.txt", "markdown"),
        ("Policy\n======\n\nText", "", "markdown"),
        ("Text", "policy.md", "markdown"),
        ("| a | b |\n|---|---|\n| c | d |", "", "markdown"),
        ("Policy\n\nWe sell nothing.\n\nCookies\n\nNone.", "policy.txt", "text"),
        ("", "", "text"),
    ],
)
def test_the_content_tells_how_a_text_is_read(text: str, name: str, format: str) -> None:
    assert format_of(text, name) == format


def test_a_word_file_is_one_whatever_its_name() -> None:
    assert is_word(packed("word/document.xml")) and not is_word(packed("content.xml"))
    assert foreign_format(packed("word/document.xml"), "policy.md") is None
