"""Word files: what Word shows is read, once; numbers stand before their words; what could do harm is refused."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from tests.imports.documents import check, paragraph, said, seen, word
from wagtail_privacy.imports import word_package
from wagtail_privacy.imports.outline import UnreadableDocument
from wagtail_privacy.imports.read import read_document

NUMBERING = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>'
    '<w:lvlText w:val="x"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
)
STYLES = (
    '<w:style w:type="paragraph" w:styleId="Rubrik2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Egen"><w:name w:val="Egen"/><w:basedOn w:val="Rubrik2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="toc 1"/></w:style>'
)


def numbered(text: str, list_id: int, depth: int = 0, style: str = "") -> str:
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return paragraph(text, f'{style}<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>')


def read(body: str, parts: dict[str, str] | None = None):  # type: ignore[no-untyped-def]
    return check(read_document(word(body, {"numbering": NUMBERING, "styles": STYLES, **(parts or {})}), "a.docx"))


def test_numbers_stand_before_headings_and_items() -> None:
    body = numbered("Ändamål", 1, style="Egen") + numbered("a", 1, 1) + numbered("b", 1, 1) + numbered("c", 2)
    assert seen(read(body)) == [
        ("heading", 2, "4", "Ändamål"),
        ("item", 2, "4.a)", "a"),
        ("item", 2, "4.b)", "b"),
        ("item", 1, "•", "c"),
    ]


@pytest.mark.parametrize(
    ("run", "text"),
    [
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>", "a b c"),
        (
            "<w:r><w:t>e</w:t><w:noBreakHyphen/><w:t>post hyres</w:t><w:softHyphen/><w:t>gäst</w:t></w:r>",
            "e-post hyresgäst",
        ),
        ("<w:ins><w:r><w:t>ny</w:t></w:r></w:ins><w:del><w:r><w:delText>gammal</w:delText></w:r></w:del>", "ny"),
        ("<w:moveFrom><w:r><w:t>borta</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>här</w:t></w:r></w:moveTo>", "här"),
        (
            "<w:r><w:instrText>PAGE</w:instrText></w:r><w:fldSimple><w:r><w:t>2026</w:t></w:r></w:fldSimple>",
            "2026",
        ),
        ("<w:sdt><w:sdtContent><w:r><w:t>styrd</w:t></w:r></w:sdtContent></w:sdt>", "styrd"),
        (
            "<mc:AlternateContent><mc:Choice><w:r><w:t>ruta</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>ruta</w:t></w:r>"
            "</mc:Fallback></mc:AlternateContent>",
            "ruta",
        ),
    ],
)
def test_what_word_shows_is_read_once(run: str, text: str) -> None:
    assert said(read(f"<w:p>{run}</w:p>")) == [text]


def test_links_lead_where_they_lead() -> None:
    outline = read('<w:p><w:hyperlink r:id="r1"><w:r><w:t>Läs</w:t></w:r></w:hyperlink></w:p>')
    assert outline.parts[0].html == '<a href="https://a.example/">Läs</a>'


def test_notes_follow_what_refers_to_them_and_unused_ones_stay() -> None:
    notes = "".join(
        f'<w:footnote w:id="{id}">{paragraph(text)}</w:footnote>' for id, text in ((2, "En not."), (3, "Oanvänd."))
    )
    body = '<w:p><w:r><w:t>Text</w:t><w:footnoteReference w:id="2"/></w:r></w:p>' + paragraph("Mer.")
    found = seen(read(body, {"footnotes": notes}))
    assert found == [
        ("paragraph", 0, "", "Text[1]"),
        ("note", 0, "[1]", "En not."),
        ("paragraph", 0, "", "Mer."),
        ("note", 0, "", "Oanvänd."),
    ]


def test_headers_and_footers_are_read_once_and_page_numbers_are_left_out() -> None:
    number = "<w:p><w:r><w:t>Sida </w:t></w:r><w:fldSimple w:instr='PAGE'><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>"
    parts = {"header1": paragraph("Byalaget"), "header2": paragraph("Byalaget"), "footer1": paragraph("Fot.") + number}
    outline = read(paragraph("Text."), parts)
    assert said(outline) == ["Text.", "Byalaget", "Fot."]
    assert [left.text for left in outline.left_out] == ["Byalaget", "Sida 1"]


@pytest.mark.parametrize(("header", "more", "left"), [("Policy", [], ["Policy"]), ("Byalaget", ["Byalaget"], [])])
def test_the_title_stands_first_whatever_stands_above_the_pages(header: str, more: list[str], left: list[str]) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'
    body = paragraph("Policy", '<w:pStyle w:val="T"/>') + paragraph("Text.")
    outline = read(body, {"styles": styles, "header1": paragraph(header)})
    assert said(outline) == ["Policy", "Text.", *more]
    assert [one.text for one in outline.left_out] == left


def test_hidden_text_contents_and_comments_are_listed() -> None:
    body = paragraph("Syns.") + paragraph("Dold.", run="<w:vanish/>") + paragraph("Kakor 3", '<w:pStyle w:val="T"/>')
    outline = read(body, {"comments": f'<w:comment w:id="1">{paragraph("Ändra?")}</w:comment>'})
    assert said(outline) == ["Syns."]
    assert [left.text for left in outline.left_out] == ["Dold.", "Kakor 3", "Ändra?"]


def test_tables_are_rows_and_frames_are_none() -> None:
    row = "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    table = f"<w:tbl>{row}{row}</w:tbl>".format(*map(paragraph, ("Vad", "Tid", "Namn", "1 år")))
    outline = read(f"<w:tbl><w:tr><w:tc>{paragraph('Yttre')}{table}</w:tc></w:tr></w:tbl>{paragraph('Slut')}")
    assert [(part.kind, part.is_head, part.words.text) for part in outline.parts] == [
        ("paragraph", False, "Yttre"),
        ("row", True, "Vad Tid"),
        ("row", False, "Namn 1 år"),
        ("paragraph", False, "Slut"),
    ]


def test_no_depth_is_too_deep() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 3_000 + paragraph("x") + "</w:tc></w:tr></w:tbl>" * 3_000
    assert said(read(deep)) == ["x"]


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableDocument) as error:
        read_document(data, "a.docx")
    return str(error.value)


def test_entities_are_refused_whatever_they_are() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    assert "DOCTYPE" in refused(word(paragraph("&b;"), prolog=bomb))
    outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    assert "DOCTYPE" in refused(word(paragraph("&a;"), prolog=outside))
    assert "DOCTYPE" in refused(word(paragraph("x"), prolog="<!DOCTYPE x>"))


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 100_000_000)
    started = time.perf_counter()
    assert "at most 60 MB, unpacked" in refused(out.getvalue())
    assert time.perf_counter() - started < 5


def test_what_is_read_counts_whatever_was_declared(monkeypatch: pytest.MonkeyPatch) -> None:
    data = word(paragraph("Vi sparar. " * 200))
    monkeypatch.setattr(word_package, "MOST_UNPACKED", 1_000)
    monkeypatch.setattr(word_package.WordPackage, "__post_init__", lambda self: _undeclared(self))
    assert "unpacked" in refused(data)


def _undeclared(package: word_package.WordPackage) -> None:
    package.archive = zipfile.ZipFile(io.BytesIO(package.data))
    package.names = frozenset(package.archive.namelist())


@pytest.mark.parametrize("data", [b"PK\x03\x04", word("<w:p>"), word("")[:-30], word("<x/>", prolog="junk")])
def test_a_damaged_file_is_refused(data: bytes) -> None:
    assert refused(data).startswith("Expected")
