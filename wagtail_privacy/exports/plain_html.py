"""What a policy says as rich text for any page: headings, paragraphs, lists and links, without what is ours."""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

_KEPT = {"p", "ul", "ol", "li", "a", "b", "strong", "i", "em", "br", "h2", "h3", "h4", "h5", "h6"}
_DROPPED = ("script", "style", "svg", "form", "button", "nav", "template")
_INLINE = {"a", "b", "strong", "i", "em", "br", "span", "time", "abbr"}


def rich_text(html: str) -> str:
    """``html`` with the tags that Wagtail's editor knows: a row of a table, and each part of a list of definitions, is
    a paragraph. No word is lost."""
    soup = BeautifulSoup(f"<div>{html}</div>", "html.parser")
    for tag in soup(_DROPPED):
        tag.decompose()
    for row in soup("tr"):
        _join_cells(soup, row)
    for tag in soup(["dt", "caption", "summary"]):
        _wrap_words(soup, tag, "b")
    for tag in reversed(soup(True)):
        _simplify(soup, tag)
    return "".join(str(child) for child in soup.children if str(child).strip())


def _join_cells(soup: BeautifulSoup, row: Tag) -> None:
    cells = row(["td", "th"])
    for cell in cells[:-1]:
        cell.append(soup.new_string(" · "))
    for cell in cells:
        for block in cell(["p", "div", "li", "ul", "ol", "dl", "dd", "dt"]):
            block.append(soup.new_string(" "))
            block.unwrap()
        cell.unwrap()


def _wrap_words(soup: BeautifulSoup, tag: Tag, name: str) -> None:
    if not _has_blocks(tag):
        words = soup.new_tag(name)
        words.extend(list(tag.contents))
        tag.append(words)


def _simplify(soup: BeautifulSoup, tag: Tag) -> None:
    """Innermost first: what holds only words becomes a paragraph, what holds paragraphs goes."""
    if tag.name in _KEPT:
        href = str(tag.get("href", ""))
        tag.attrs = {"href": href} if href and not href.startswith("#") else {}
        if tag.name == "li":
            _flatten(soup, tag)
        elif tag.name == "a" and not tag.attrs:
            tag.unwrap()
    elif tag.name in _INLINE or tag.find_parent(["p", "li", *(f"h{level}" for level in range(2, 7))]):
        tag.unwrap()
    else:
        for words in list(_loose(tag)):
            _into_paragraph(soup, words)
        tag.unwrap()


def _flatten(soup: BeautifulSoup, item: Tag) -> None:
    for paragraph in item("p"):
        paragraph.append(soup.new_string(" "))
        paragraph.unwrap()


def _has_blocks(tag: Tag) -> bool:
    return any(child.name not in _INLINE for child in tag(True))


def _loose(tag: Tag) -> Iterator[list[object]]:
    """The runs of words and inline tags that stand between the blocks of ``tag``."""
    run: list[object] = []
    for child in tag.contents:
        if isinstance(child, Tag) and child.name not in _INLINE:
            yield run
            run = []
        else:
            run.append(child)
    yield run


def _into_paragraph(soup: BeautifulSoup, words: list[object]) -> None:
    if any(str(word).strip() for word in words):
        paragraph = soup.new_tag("p")
        words[0].insert_before(paragraph)  # type: ignore[attr-defined]
        paragraph.extend(words)  # type: ignore[arg-type]
