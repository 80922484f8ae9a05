"""Web pages: what is kept, what is left out and why, what is refused."""

from __future__ import annotations

import pytest

from tests.imports.documents import check, said, seen
from wagtail_privacy.imports.html_outline import read_html
from wagtail_privacy.imports.outline import Outline, UnreadableDocument
from wagtail_privacy.imports.read import read_document
from wagtail_privacy.imports.recognition.texts import rich_text

POLICY = "<h1>Integritetspolicy</h1><p>Vi behandlar personuppgifter om våra medlemmar.</p>"


def read(body: str) -> Outline:
    return check(read_document(f"<!DOCTYPE html><html><body>{body}</body></html>".encode(), "a.html"))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            "<p><b>Kakor</b><br>Vi sätter kakor.</p>",
            [("heading", 0, "", "Kakor"), ("paragraph", 0, "", "Vi sätter kakor.")],
        ),
        ('<p><span style="font-weight:700">Kakor</span></p>', [("heading", 0, "", "Kakor")]),
        ("<style>.c1{font-weight:700}</style><p><span class='c1 c2'>Kakor</span></p>", [("heading", 0, "", "Kakor")]),
        ("<p><strong>Vi säljer aldrig något.</strong></p>", [("paragraph", 0, "", "Vi säljer aldrig något.")]),
        ("<h2>4.2 Kakor</h2>", [("heading", 2, "4.2", "Kakor")]),
        ("<h2>25. maj 2018</h2>", [("heading", 2, "", "25. maj 2018")]),
        ('<ol type="a" start="2"><li>x<ul><li>y</ul></ol>', [("item", 1, "b)", "x"), ("item", 2, "•", "y")]),
        (
            "<p>Så här:<br>- ett<br>- två</p>",
            [("paragraph", 0, "", "Så här:"), ("item", 1, "-", "ett"), ("item", 1, "-", "två")],
        ),
        (
            "<dl><dt>Namn</dt><dd>Biblioteket</dd><dt>Tid</dt><dd>1 år</dd></dl>",
            [("row", 0, "", "Namn Biblioteket"), ("row", 0, "", "Tid 1 år")],
        ),
        ("<dl><dt>Hur?</dt><dd><p>Så.</p></dd></dl>", [("heading", 0, "", "Hur?"), ("paragraph", 0, "", "Så.")]),
        (
            '<button aria-expanded="false">Kakor</button><div hidden><p>Inga.</p></div>',
            [("heading", 0, "", "Kakor"), ("paragraph", 0, "", "Inga.")],
        ),
        ("<p>Skriv till <dso@by.example></p>", [("paragraph", 0, "", "Skriv till <dso@by.example>")]),
        ("<p>K<b>a</b>kor &aring;&#228; hyres&shy;gäst</p>", [("paragraph", 0, "", "Kakor åä hyresgäst")]),
        ("<table><tr><td><h2>A</h2><p>b</p></td></tr></table>", [("heading", 2, "", "A"), ("paragraph", 0, "", "b")]),
        ("<ul class='lst-kix_x-1'><li>djup</li></ul>", [("item", 2, "•", "djup")]),
        ("<p>a</p></body></html><p>b", [("paragraph", 0, "", "a"), ("paragraph", 0, "", "b")]),
    ],
)
def test_a_page_s_parts(html: str, expected: list[tuple[str, int, str, str]]) -> None:
    assert seen(read(html)) == expected


def test_rows_name_their_columns_and_hold_lists() -> None:
    table = "<table><thead><tr><td>Vad<td>Tid</thead><tr><td><ul><li>Namn<li>Ort</ul><td>1 år</table><p>Slut</p>"
    head, row, end = read(table).parts
    assert (head.is_head, row.is_head, row.table) == (True, False, 1)
    assert [cell.html for cell in row.cells] == ["Namn<br>Ort", "1 år"]
    assert (end.kind, end.mark) == ("paragraph", "")


@pytest.mark.parametrize(
    "rest",
    [
        "<nav><a href='/'>Start</a></nav>",
        "<header><a href='/'>Byn</a></header>",
        "<footer>Byn, Storgatan 1</footer>",
        "<div role='search'>Sök</div>",
        "<form><label>Sök</label></form>",
        "<ol class='breadcrumb'><li><a href='/'>Start</a></ol>",
        "<div id='cookie-banner'>Vi använder kakor för personuppgifter <button>OK</button></div>",
        "<div class='share-buttons'>Dela</div>",
        "<button>Skriv ut</button>",
        "<noscript>Slå på script</noscript>",
        "<svg><title>Pil</title></svg>",
    ],
)
def test_what_is_no_policy_is_left_out_with_its_reason(rest: str) -> None:
    outline = read(POLICY + rest)
    assert said(outline) == ["Integritetspolicy", "Vi behandlar personuppgifter om våra medlemmar."]
    assert outline.left_out and all(left.reason.endswith(".") for left in outline.left_out)


@pytest.mark.parametrize(
    "html",
    [
        f"<footer><dialog>{POLICY}</dialog><a href='/'>Start</a></footer>",
        f"<form id='aspnetForm'><nav><a href='/'>Start</a></nav>{POLICY}</form>",
        f"<aside>{POLICY}</aside><main><p>Kort text.</p></main>",
        f"<div class='sidebar'>{POLICY}</div><p>x</p>",
        f"<header>{POLICY}</header><p>Övrigt.</p>",
    ],
)
def test_a_block_about_privacy_is_never_left_out(html: str) -> None:
    assert {"Integritetspolicy", "Vi behandlar personuppgifter om våra medlemmar."} <= set(said(read(html)))


@pytest.mark.parametrize(
    ("html", "warning"),
    [
        ('<div id="CookieDeclaration"></div>', "A script fills a part"),
        ('<div id="ot-sdk-cookie-policy"></div>', "A script fills a part"),
        ('<iframe src="/x"></iframe>', "another page within"),
        ("<p>Skriv till [email&#160;protected]</p>", "masked"),
        ("<p>Vi <del>inte</del> sparar.</p>", "struck-out"),
        ("<script>let x; <p>Mer om personuppgifter", "never closed"),
        ("<!-- <p>Mer om personuppgifter", "never closed"),
        ("<style> <p>Mer om personuppgifter", "never closed"),
    ],
)
def test_what_a_page_cannot_hold_is_warned_of(html: str, warning: str) -> None:
    assert any(warning in told for told in read(POLICY + html).warnings)


@pytest.mark.parametrize(
    "html",
    [
        '<div id="root"></div><script src="app.js"></script>',
        '<div id="cookie-consent" role="dialog">Vi använder kakor. Läs vår integritetspolicy.</div>',
        "<noscript>You need to enable JavaScript.</noscript>",
        "<p>We, <?php echo $name ?>, sell nothing.</p>",
        "<p>We, {{ company }}, sell nothing.</p>",
        "<p>We {% if eu %}ask{% endif %}</p>",
        "<p><%= policy %></p>",
        '<p className="x">Text</p>',
    ],
)
def test_a_page_without_its_words_is_refused(html: str) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        read(html)
    assert refused.value.advice


@pytest.mark.parametrize(
    "html",
    [
        '<a href="javascript:alert(1)">x</a>',
        '<a href=" java\nscript:alert(1)">x</a>',
        '<a href="data:text/html,x">x</a>',
        '<img src="https://t.example/p.gif" alt="x"><p>x</p>',
        '<p onclick="alert(1)" style="background:url(https://t.example)">x</p>',
        "<p>x</p><script>alert(1)</script><style>p{}</style>",
    ],
)
def test_nothing_acts(html: str) -> None:
    (part,) = read(html).parts
    assert part.html == "x"


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 20_000 + "ord",
        "<div>x" * 5_000 + "</div>" * 5_000,
        "<span>ord " * 20_000,
        "<table><tr><td>x" * 3_000,
        "<b>" * 9_000 + "x",
    ],
)
def test_no_depth_is_too_deep(html: str) -> None:
    check(read_document(f"<html>{html}".encode(), "a.html"))


def test_lists_of_any_depth_are_shown() -> None:
    parts = read_html("<html>" + "<ul><li>ord" * 2000).parts
    assert len(parts) == 2000
    assert rich_text(parts).count("ord") == 2000


def test_words_of_a_picture_are_not_those_beside_it() -> None:
    outline = read_document(b"<html><p>Kontakt<svg><text>pil</text></svg> och mer.", "a.html")
    assert [part.words.text for part in outline.parts] == ["Kontakt och mer."]


def test_what_names_a_row_around_a_table_is_its_heading() -> None:
    inner = "<table><tr><td>a<td>b</table>"
    outline = read_html(f"<html><table><tr><th>Vad<th>Hur<tr><td>Medlemmar<td><p>Vi för en lista.</p>{inner}</table>")
    assert [part.words.text for part in outline.parts if part.kind == "heading"] == ["Medlemmar"]
