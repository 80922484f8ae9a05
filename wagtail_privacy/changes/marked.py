"""A difference inside one text as people see it: paragraphs and list items, with what came and what went marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby

from django.utils.translation import pgettext

from wagtail_privacy.changes.text_diff import BULLET, Part, PartKind

#: So many unchanged lines in a row are worth folding; the ones beside a change stay in sight.
FOLDED = 3
Mark = Callable[[Part, str], str]
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]")


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """One line: a paragraph, or an item of a list."""

    parts: tuple[Part, ...]
    is_item: bool = False

    @property
    def is_same(self) -> bool:
        return all(part.kind == "same" for part in self.parts)

    def without(self, kind: PartKind) -> MarkedLine:
        return replace(self, parts=tuple(part for part in self.parts if part.kind != kind))


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring lines that changed, or ``is_same``: unchanged ones that can be folded.

    Both are safe HTML: ``marked`` has what went and what came, ``before`` what went alone, to stand beside it; it is
    empty where nothing stood there.
    """

    is_same: bool
    marked: str
    before: str = ""


def stretches(parts: Iterable[Part], *, said_in: str = "") -> tuple[Stretch, ...]:
    """``parts`` in order, cut where unchanged lines can be folded; ``said_in`` as for :func:`as_html`."""
    runs = [(same, list(run)) for same, run in groupby(lines_of(parts), key=lambda line: line.is_same)]
    shown: list[tuple[bool, list[MarkedLine]]] = []
    for number, (same, run) in enumerate(runs):
        first, last = (1 if number else 0), (len(run) - 1 if number < len(runs) - 1 else len(run))
        if same and last - first >= FOLDED:
            shown += [(False, run[:first]), (True, run[first:last]), (False, run[last:])]
        else:
            shown.append((False, run))
    joined = groupby((each for each in shown if each[1]), key=lambda each: each[0])
    return tuple(_stretch(same, [line for _, run in group for line in run], said_in) for same, group in joined)


def _stretch(is_same: bool, lines: Sequence[MarkedLine], said_in: str) -> Stretch:
    if is_same or not any(part.kind != "ins" for line in lines for part in line.parts):
        return Stretch(is_same, _html_of(lines, said_in))
    before = [line.without("ins") for line in lines]
    return Stretch(is_same, _html_of(lines, said_in), _html_of([line for line in before if line.parts], said_in))


def lines_of(parts: Iterable[Part]) -> Iterator[MarkedLine]:
    """``parts`` line by line, without empty ones; an item of a list begins a line of its own."""
    line: list[Part] = []
    for part in parts:
        for number, text in enumerate(part.text.split("\n")):
            if number or text.startswith(BULLET):
                yield from _line(line)
                line = []
            if text:
                line.append(replace(part, text=text))
    yield from _line(line)


def _line(parts: Sequence[Part]) -> Iterator[MarkedLine]:
    is_item = any(part.text.startswith(BULLET) for part in parts)
    bare = (replace(part, text=part.text.removeprefix(BULLET).lstrip()) if is_item else part for part in parts[:1])
    kept = tuple(part for part in (*bare, *parts[1:]) if part.text)
    if any(part.text.strip() for part in kept):
        yield MarkedLine(kept, is_item)


def as_html(parts: Iterable[Part], *, said_in: str = "") -> str:
    """Paragraphs and lists of escaped HTML with ``<ins>`` and ``<del>``, whose beginning and end a screen reader hears
    in words.

    ``said_in`` is the language of these words, where the text is in another one.
    """
    return _html_of(lines_of(parts), said_in)


def _html_of(lines: Iterable[MarkedLine], said_in: str) -> str:
    out = []
    for is_item, group in groupby(lines, key=lambda line: line.is_item):
        tag = "li" if is_item else "p"
        html = "".join(f"<{tag}>{_marked(line, said_in)}</{tag}>" for line in group)
        out.append(f"<ul>{html}</ul>" if is_item else html)
    return "".join(out)


def _marked(line: MarkedLine, said_in: str) -> str:
    heard = {
        "ins": (pgettext("text difference", "added:"), pgettext("text difference", "end of addition")),
        "del": (pgettext("text difference", "removed:"), pgettext("text difference", "end of removal")),
    }

    def mark(part: Part, text: str) -> str:
        if part.kind == "same":
            return _html(text)
        begin, end = (_heard(label, said_in) for label in heard[part.kind])
        return f"<{part.kind}>{begin}{_html(text)}{end}</{part.kind}>"

    return "".join(_apart(line.parts, mark)).strip()


def _apart(parts: Iterable[Part], mark: Mark) -> Iterator[str]:
    """All parts, each marked without the white space around its words; what went and what came never touch."""
    before = Part("same", "")
    for part in parts:
        words = part.text.strip()
        begin, end = part.text.split(words, 1) if words else (part.text, "")
        touches = part.kind == "ins" and before.kind == "del" and not before.text[-1:].isspace()
        yield " " if touches and not begin else begin
        yield mark(part, words) if words else ""
        yield end
        before = part


def _html(text: str) -> str:
    """``text`` escaped; what is read from right to left cannot turn its surroundings around."""
    return f"<bdi>{escape(text)}</bdi>" if _RIGHT_TO_LEFT.search(text) else escape(text)


def _heard(label: str, said_in: str) -> str:
    """Seen by nobody; the spaces keep it apart from the words beside it."""
    language = f' lang="{escape(said_in)}"' if said_in else ""
    return f'<span class="privacy-visually-hidden"{language}> {escape(label)} </span>'
