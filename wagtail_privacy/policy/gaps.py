"""Gaps: what a template leaves to be filled, written into a text between brackets of its own.

A gap is ``⟦name of the association⟧``, or ``[[name of the association]]`` as a keyboard writes it. Both are plain
characters: an editor's form, a sanitiser, a translation and a copy keep them as they are. Single brackets are no gap.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.policy.words import plain

OPEN, CLOSE = "⟦", "⟧"
#: Half a gap, of which somebody took the other bracket, is left to fill, too. Nobody writes these two otherwise.
_GAP = re.compile(
    rf"{OPEN}(?P<words>[^{OPEN}{CLOSE}]*){CLOSE}|[{OPEN}{CLOSE}]"
    r"|(?<!\[)\[\[(?P<typed>(?=[^\[\]\n]*\w)[^\[\]\n]+)\]\](?!\])"
)
_TAG = re.compile(r"(<[^<>]*>)")
#: A gap's words where a bracket alone is left of it.
UNNAMED = "…"


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap in ``field`` of the last section of ``path`` (ids, the outermost first); without a path, in the title."""

    path: tuple[str, ...]
    field: str
    words: str


def gap(words: object) -> str:
    """The marker of a gap to be filled with ``words``."""
    return f"{OPEN}{words}{CLOSE}"


def gap_words(text: str) -> list[str]:
    """The words of each gap in ``text``, which is no HTML."""
    return [_words(found) for found in _GAP.finditer(text)]


def _words(found: re.Match[str]) -> str:
    return " ".join((found["words"] or found["typed"] or "").split()) or UNNAMED


def gaps_in(snapshot: Snapshot) -> tuple[Gap, ...]:
    """Every gap in the title and in whatever the sections say as a string, in the order of reading."""
    in_title = (Gap((), "title", words) for words in gap_words(snapshot.title))
    return (*in_title, *_in_sections(snapshot.sections, ()))


def _in_sections(sections: Iterable[Section], above: tuple[str, ...]) -> Iterator[Gap]:
    for section in sections:
        path = (*above, section.id)
        for name, value in (*section.facts.items(), *section.texts.items()):
            found = (words for string in _strings(value) for words in _words_in(string))
            yield from (Gap(path, name, words) for words in found)
        yield from _in_sections(section.children, path)


def _words_in(string: str) -> list[str]:
    """Of HTML its text, for a gap may run through emphasis; what looks like a tag in a plain line hides none."""
    return gap_words(plain(string)) or gap_words(string)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _strings(each)


def mark_gaps(html: str) -> str:
    """``html`` with ``<mark class="privacy-gap">`` around every gap, tags within a gap left in their place."""
    parts = _TAG.split(html)
    # Where each text stands once the tags are taken away: a gap may run through a tag of emphasis.
    said = "".join(parts[::2])
    spans, at = [found.span() for found in _GAP.finditer(said)], 0
    for number in range(0, len(parts), 2):
        text = parts[number]
        parts[number] = _marked(text, [(start - at, end - at) for start, end in spans])
        at += len(text)
    return "".join(parts)


def _marked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    done, found = 0, []
    for start, end in ((max(start, 0), min(end, len(text))) for start, end in spans):
        if start < end:
            found += [text[done:start], '<mark class="privacy-gap">', text[start:end], "</mark>"]
            done = end
    return "".join([*found, text[done:]])
