"""The words of an outline's parts as the texts of a section: a plain heading, and rich text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from wagtail_privacy.imports.outline import OutlinePart
from wagtail_privacy.imports.proposal import ProposedSection, Suggestion
from wagtail_privacy.imports.recognition.chapters import span_of

#: Marks that an ordered list makes again by itself: "3." and "3)".
_NUMBER = re.compile(r"(\d{1,3})[.)]?")


def heading_text(part: OutlinePart | None) -> str:
    """The words of a heading with the mark that stands before it: "4.2 Cookies"."""
    return " ".join(filter(None, (part.mark, part.words.text))) if part else ""


def rich_text(parts: Sequence[OutlinePart]) -> str:
    """``parts`` as paragraphs and lists; a row becomes a paragraph, its cells apart by a dash."""
    html: list[str] = []
    at = 0
    while at < len(parts):
        if parts[at].kind != "item":
            html.append(f"<p>{_paragraph(parts[at])}</p>")
            at += 1
            continue
        end = next((n for n in range(at, len(parts)) if parts[n].kind != "item"), len(parts))
        html += _list(parts[at:end])
        at = end
    return "".join(html)


def _paragraph(part: OutlinePart) -> str:
    if part.kind == "row":
        return " – ".join(cell.html for cell in part.cells if cell.html.strip())
    if part.kind == "heading":
        return f"<strong>{' '.join(filter(None, (part.mark, part.html)))}</strong>"
    return " ".join(filter(None, (part.mark, part.html)))


def _list(items: Sequence[OutlinePart]) -> Iterator[str]:
    """Items of one list, those of a deeper level inside the one before them."""
    at = 0
    while at < len(items):
        level, tag = items[at].level, _tag(items[at])
        if not tag:
            yield f"<p>{_paragraph(items[at])}</p>"
            at += 1
            continue
        end = next((n for n in range(at, len(items)) if items[n].level <= level and _tag(items[n]) != tag), len(items))
        yield f"<{tag}{_start(items[at])}>{''.join(_items(items[at:end], level))}</{tag}>"
        at = end


def _items(items: Sequence[OutlinePart], level: int) -> Iterator[str]:
    at = 0
    while at < len(items):
        end = next((n for n in range(at + 1, len(items)) if items[n].level <= level), len(items))
        yield f"<li>{items[at].html}{''.join(_list(items[at + 1 : end]))}</li>"
        at = end


def _tag(item: OutlinePart) -> str:
    """The list that makes the mark of ``item`` again; none for "4.2" or "a)", which stand as they are."""
    if _NUMBER.fullmatch(item.mark):
        return "ol"
    return "" if re.search(r"\w", item.mark) else "ul"


def _start(item: OutlinePart) -> str:
    match = _NUMBER.fullmatch(item.mark)
    return f' start="{int(match[1])}"' if match and int(match[1]) != 1 else ""


def free_text(
    headings: Sequence[OutlinePart],
    below: Sequence[OutlinePart],
    reason: str = "",
    suggestions: Sequence[Suggestion] = (),
) -> ProposedSection:
    """Words as they stand, under their heading."""
    texts = {"heading": heading_text(headings[0]) if headings else "", "body": rich_text([*headings[1:], *below])}
    filled = {name: text for name, text in texts.items() if text}
    reason = reason or _("Free text: nothing in it is sure enough to be more.")
    span = span_of([*headings, *below])
    return ProposedSection("text", texts["heading"], filled, span, reason, 1.0, (), tuple(suggestions))
