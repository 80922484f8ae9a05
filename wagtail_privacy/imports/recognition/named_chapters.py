"""Chapters without headings: paragraphs or numbered lines that begin with a name: "Storage. We keep …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import unescape

from wagtail_privacy.imports.outline import OutlinePart
from wagtail_privacy.imports.plain_outline import run_in
from wagtail_privacy.imports.recognition.words import heading_concepts

#: So many different topics have to be named, by at least half of the names.
_FEWEST = 3
#: A longer numbered line is no name.
_LONGEST_NAME = 12
_NUMBER = re.compile(r"\(?(\d{1,2})[.)]?")
_QUESTION = re.compile(r"[^\W\d_][^.!?:;@]{1,60}\?(?=\s+[\"“„«(]?[A-ZÅÄÖÆØÜ]|$)")
_ENDED = re.compile(r"[^\W\d_][^.!?:;@]{1,90}(?::(?=\s|$)|\.(?=\s+[A-ZÅÄÖÆØÜ]))")
_PIECES = re.compile(r"<[^<>]*>|&[^;\s]{1,10};|[^<&]|[<&]", re.DOTALL)


def with_named_chapters(parts: Sequence[OutlinePart], language: str) -> Iterator[OutlinePart]:
    """``parts`` with such names as headings, where those below one heading name several topics of a policy."""
    at = 0
    above: OutlinePart | None = None
    while at < len(parts):
        if parts[at].kind == "heading":
            above = parts[at]
            yield above
            at += 1
            continue
        end = next((n for n in range(at, len(parts)) if parts[n].kind == "heading"), len(parts))
        yield from _parted(parts[at:end], above, language)
        at = end


def _parted(below: Sequence[OutlinePart], above: OutlinePart | None, language: str) -> Iterator[OutlinePart]:
    topics = _topics(above.words.text, language) if above else ()
    names = {} if topics else _names(below, language)
    level = min(above.level + 1, 6) if above and above.level else 0
    for number, part in enumerate(below):
        if number in names:
            yield from _cut_behind(part, names[number], level)
        else:
            yield part


def _names(parts: Sequence[OutlinePart], language: str) -> dict[int, int]:
    """Which of ``parts`` begin with a name, and where it ends; none unless they are the chapters of a policy."""
    for found in (_numbered_names(parts), _run_in_names(parts)):
        named = [_topics(parts[number].words.text[:end], language)[:1] for number, end in found.items()]
        topics = [topic for one in named for topic in one]
        if len(set(topics)) >= _FEWEST and len(topics) * 2 >= len(named) and all(_may_be_cut(parts[n]) for n in found):
            return found
    return {}


def _topics(text: str, language: str) -> tuple[str, ...]:
    return tuple(topic for topic in heading_concepts(text, language) if topic != "title")


def _run_in_names(parts: Sequence[OutlinePart]) -> dict[int, int]:
    found: dict[int, int] = {}
    for number, part in enumerate(parts):
        if part.kind in ("paragraph", "item") and not part.mark:
            asked = _QUESTION.match(part.words.text)
            end = asked.end() if asked else run_in(part.words.text)
            found |= {number: end} if end else {}
    return found


def _numbered_names(parts: Sequence[OutlinePart]) -> dict[int, int]:
    """The lines numbered 1, 2, 3 …, if each has a name."""
    found: dict[int, int] = {}
    for number, part in enumerate(parts):
        counted = _NUMBER.fullmatch(part.mark) if part.kind == "item" else None
        if not counted or int(counted[1]) != len(found) + 1 or part.level > 1:
            continue
        name = _QUESTION.match(part.words.text) or _ENDED.match(part.words.text)
        if not name or len(name.group().split()) > _LONGEST_NAME:
            return {}
        found[number] = name.end() if name.group().endswith("?") else name.end() - 1
    return found


# --- A part cut in two ---


def _may_be_cut(part: OutlinePart) -> bool:
    return unescape("".join(map(_shown, _PIECES.findall(part.html)))) == part.words.text


def _shown(piece: str) -> str:
    return " " if piece == "<br>" else "" if piece.startswith("<") and piece != "<" else piece


def _cut_behind(part: OutlinePart, end: int, level: int) -> Iterator[OutlinePart]:
    """The first ``end`` characters of ``part`` as a heading, and behind its full stop or colon the rest, if any."""
    text = part.words.text
    rest = end + len(text[end:]) - len(text[end:].lstrip(" .:"))
    name, behind = part.words.between(0, end), part.words.between(rest, len(text)) if rest < len(text) else None
    middle = part.words.in_source(0, end)[1]
    html = _between(part.html, 0, end)
    yield OutlinePart("heading", name, _not_bold(html), (part.span[0], middle), level, part.mark)
    if behind:
        start = behind.in_source(0, 1)[0]
        html = _between(part.html, rest, len(text))
        yield replace(part, kind="paragraph", words=behind, html=html, span=(start, part.span[1]), level=0, mark="")


def _not_bold(html: str) -> str:
    return re.sub(r"</?(?:strong|b)>", "", html)


def _between(html: str, start: int, end: int) -> str:
    """What shows as the characters from ``start`` to ``end``, with the tags that hold it."""
    opened: list[str] = []
    found: list[str] = []
    at = 0
    for piece in _PIECES.findall(html):
        shown = unescape(_shown(piece))
        inside = start <= at < end
        if shown:
            if inside and at == start:
                found += opened
            found += [piece] if inside else []
            at += len(shown)
        elif piece.startswith("</"):
            found += [piece] if start < at <= end else []
            opened = opened[:-1]
        else:
            opened.append(piece)
            found += [piece] if start < at < end else []
    return _without_empty("".join([*found, *(f"</{_name(tag)}>" for tag in reversed(_left_open(found)))]))


def _left_open(pieces: Sequence[str]) -> list[str]:
    opened: list[str] = []
    for piece in pieces:
        if piece.startswith("</"):
            opened = opened[:-1]
        elif piece.startswith("<") and piece not in ("<", "<br>"):
            opened.append(piece)
    return opened


def _name(tag: str) -> str:
    return re.split(r"[\s>]", tag[1:], maxsplit=1)[0]


def _without_empty(html: str) -> str:
    return re.sub(r"<(\w+)(?:\s[^<>]*)?></\1>", "", html).strip()
