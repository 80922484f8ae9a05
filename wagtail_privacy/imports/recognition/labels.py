"""Tables and lists of terms whose first column says what the second is: "Legal basis | Consent", "Phone | 01 23 45"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from wagtail_privacy.imports.outline import OutlineCell, OutlinePart, Words
from wagtail_privacy.imports.recognition.evidence import has_contact
from wagtail_privacy.imports.recognition.words import concepts, first_named

#: What labels say of one purpose, beside its legal basis.
_OF_A_PURPOSE = frozenset({"purpose", "data", "period", "recipient"})
#: What they say of how somebody is reached.
_OF_A_CONTACT = frozenset({"name", "number", "address", "email", "phone", "website"})


def with_labels(parts: Sequence[OutlinePart], language: str) -> list[OutlinePart]:
    """``parts`` with each row of such a table as a paragraph: "Legal basis: Consent"."""
    runs = (list(run) for _table, run in groupby(parts, key=lambda part: part.table if part.kind == "row" else 0))
    return [part for run in runs for part in _labelled(run, language)]


def _labelled(run: list[OutlinePart], language: str) -> Iterator[OutlinePart]:
    pairs = [_filled(part) for part in run] if run[0].kind == "row" else []
    if not pairs or any(len(pair) != 2 for pair in pairs) or not _are_labels(pairs, language):
        yield from run
        return
    for part, (label, value) in zip(run, pairs, strict=True):
        words, html = _joined(label, value)
        yield replace(part, kind="paragraph", words=words, html=html, cells=(), is_head=False, table=0)


def _filled(row: OutlinePart) -> list[OutlineCell]:
    return [cell for cell in row.cells if cell.words.text]


def _are_labels(pairs: Sequence[Sequence[OutlineCell]], language: str) -> bool:
    """Whether the first column names what one purpose has, or how one organisation is reached, each once."""
    labels = [_label(label.words.text, language) for label, _value in pairs]
    named = {label for label in labels if label}
    if len([label for label in labels if label]) != len(named) or _label(pairs[0][1].words.text, language):
        return False
    reached = any(has_contact(value.words.text) for _label, value in pairs)
    is_purpose = "basis" in named and not named.isdisjoint(_OF_A_PURPOSE)
    return is_purpose or (reached and len(named & _OF_A_CONTACT) * 2 >= len(pairs))


def _label(text: str, language: str) -> str:
    """What a cell of few words calls its neighbour; a name, for one that says who is responsible."""
    head = text.rstrip(" :")
    if len(head.split()) > _LONGEST:
        return ""
    return "name" if "controller" in concepts("said", head, language) else first_named("columns", head, language)


#: A longer cell is no label.
_LONGEST = 5


def _joined(label: OutlineCell, value: OutlineCell) -> tuple[Words, str]:
    """ "Label: value", whose colon and blank stand nowhere in the source."""
    name = label.words.text.rstrip(" :")
    end = label.words.in_source(0, len(name))[1]
    shift = len(name) + 2
    places = [place for place in label.words.places if place[0] < len(name)]
    places += [(len(name), end), (len(name) + 1, end)]
    places += [(shift + mine, theirs) for mine, theirs in value.words.places]
    html = label.html.rstrip()
    html = html if html.endswith(":") else f"{html}:"
    return Words(f"{name}: {value.words.text}", tuple(places)), f"{html} {value.html}"
