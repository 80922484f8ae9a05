"""Plain text as an outline: headings without marks, wrapped lines, lists with and without marks, the foot of a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape

from django.utils.translation import gettext as _

from wagtail_privacy.imports.outline import LeftOut, Outline, OutlinePart, PartKind, Span, Words
from wagtail_privacy.prose.sentences import MONTHS, split

#: A longer line is no heading.
LONGEST_HEADING = 80
#: So many words before the first full stop may be the name of what follows: "Other. We also collect …".
LONGEST_RUN_IN = 5
#: A line that is longer was never wrapped by a mail program or an editor.
WIDEST_WRAPPED = 120
#: So many lines the foot of a page has at most.
LONGEST_FOOT = 8

_LINES = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
#: What shows nothing: soft hyphens, joiners, the marks of directions, the byte order mark, NUL.
INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00"
_RUN = re.compile(rf"[^\s{INVISIBLE}]+")
_BLANK = re.compile(r"\s")
_BULLET = r"[-–—•*‣▪◦·●○■]"
_MARK = re.compile(
    rf"(?:(?P<bullet>{_BULLET})\s+|(?P<number>\d{{1,3}}(?:\.\d{{1,2}}){{0,3}}[.)]?|\(\d{{1,2}}\)|[a-zA-Z]\)|§\s?\d{{1,2}})"
    rf"\s+(?!{MONTHS}))(?=\S)",
    re.IGNORECASE,
)
_GLUED = re.compile(rf"(?<=[.;,:])\s?{_BULLET}\s+(?=[^\W\d_])|\s[•●▪‣]\s+")
_NO_END = re.compile(r"(?<!\be\.V)(?<!\be\. V)(?<!\bInc)(?<!\bLtd)(?<!\bCo)[.!:;,…][\"”’»)\]]*$")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w|\[email.protected\]|https?://|www\.")
_PHONE = re.compile(r"(?<!\d)\+?\d(?:[\s()/–-]?\d){6,}")
#: "111 43 Stockholm", "0150 Oslo", "10115 Berlin", and a street with its number.
_POSTAL = re.compile(r"\b(?:[A-Z]{1,2}-)?\d{3}\s?\d{2}\s+[^\W\d]|^(?:[A-Z]{1,2}-)?\d{4}\s+[^\W\d]")
_STREET = re.compile(r"^[^\W\d][^\d,:;!?]{2,40}\s\d{1,4}\s?[A-Za-z]?(?:,|$)")
_DAY = re.compile(
    r"\b(?:19|20)\d\d-\d\d(?:-\d\d)?\b|\b\d{1,2}[./]\s?\d{1,2}[./]\s?(?:19|20)?\d\d\b|\b\d{1,2}\.?\s\w+\s(?:19|20)\d\d\b"
)
_LABELLED = re.compile(r"[^:.!?]{1,40}:\s\S")
_RULE = re.compile(r"[\W_]+")
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright\b)", re.IGNORECASE)


@dataclass(frozen=True)
class _Line:
    """A line with words: where it stands without the blank around it, and what it looks like."""

    start: int
    end: int
    text: str
    after_blank: bool
    mark: str = ""
    body: int = 0

    @property
    def words(self) -> str:
        return self.text[self.body :]

    @property
    def is_bullet(self) -> bool:
        return bool(self.mark) and not re.search(r"\w", self.mark)

    @property
    def is_numbered(self) -> bool:
        return bool(self.mark) and not self.is_bullet

    @property
    def is_contact(self) -> bool:
        """Whether it holds what reaches somebody: an address, a telephone number, a number of an organisation."""
        return bool(
            _EMAIL.search(self.text)
            or _PHONE.search(_DAY.sub("", self.text))
            or _POSTAL.search(self.words)
            or _STREET.search(self.words)
        )


def read_plain(source: str) -> Outline:
    """The outline of ``source``, which is decoded plain text. It has no title: which line is one, words tell."""
    lines = list(_lines(source))
    lines, left_out = _without_foot(source, lines)
    parts = _lists(list(_parts(source, lines)))
    return Outline(source, tuple(parts), left_out=left_out)


def words_between(source: str, *spans: Span) -> Words:
    """The words of ``spans`` of ``source``, blanks collapsed, with where they stand."""
    text: list[str] = []
    places: list[tuple[int, int]] = []
    length = last = 0
    for start, end in spans:
        for run in _RUN.finditer(source, start, end):
            if text and _BLANK.search(source, last, run.start()):
                text.append(" ")
                length += 1
            places.append((length, run.start()))
            text.append(run.group())
            length += len(run.group())
            last = run.end()
    return Words("".join(text), tuple(places) or ((0, spans[0][0]),))


_GLUE = frozenset(
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\x00"
)


# --- Lines ---


def _lines(source: str) -> Iterator[_Line]:
    after_blank, last = True, 0
    for match in _LINES.finditer(source):
        text = match.group().strip(_STRIPPED)
        after_blank = (
            after_blank or len(re.findall(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", source[last : match.start()])) > 1
        )
        last = match.end()
        if not text or _RULE.fullmatch(text):
            after_blank = True
            continue
        start = match.start() + match.group().index(text)
        yield from _unglued(_marked(_Line(start, start + len(text), text, after_blank)))
        after_blank = False


_STRIPPED = " \t\xa0\u3000\u2002\u2003\u2009\u202f" + "".join(_GLUE)


def _marked(line: _Line) -> _Line:
    found = _MARK.match(line.text)
    if not found or (found["number"] and _is_no_mark(found["number"], line.text[found.end() :])):
        return line
    return replace(line, mark=found.group().strip(), body=found.end())


def _is_no_mark(number: str, words: str) -> bool:
    """Whether a number counts what follows, or is of an address: "30 days", "00990 Björkstrand", "2024 had"."""
    bare = number.isdigit()
    return bare and (len(number) > 2 or not words[:1].isupper())


def _unglued(line: _Line) -> Iterator[_Line]:
    """The items that one line holds: where "- B" follows the full stop of "- A" without a line of its own."""
    cuts = list(_GLUED.finditer(line.text, line.body)) if line.is_bullet else []
    starts = [0, *(cut.start() + len(cut.group()) - len(cut.group().lstrip()) for cut in cuts)]
    for start, end in zip(starts, [*starts[1:], len(line.text)], strict=True):
        text = line.text[start:end].rstrip()
        part = _Line(line.start + start, line.start + start + len(text), text, line.after_blank and not start)
        yield _marked(part)


# --- The foot of a page ---


def _without_foot(source: str, lines: list[_Line]) -> tuple[list[_Line], tuple[LeftOut, ...]]:
    """The lines before the copyright at the end, which may be followed by what was said before, and that foot."""
    at = next((n for n in range(max(0, len(lines) - LONGEST_FOOT), len(lines)) if _is_copyright(lines[n])), None)
    if at is None:
        return lines, ()
    before = _squeezed(" ".join(line.text for line in lines[:at]))
    if not all(_squeezed(line.text) in before for line in lines[at + 1 :]):
        return lines, ()
    span = lines[at].start, lines[-1].end
    reason = _("The foot of the page: its copyright, and what stands above once more.")
    return lines[:at], (LeftOut(words_between(source, span).text, reason, span),)


def _is_copyright(line: _Line) -> bool:
    return bool(_COPYRIGHT.match(line.text)) and len(line.text) <= LONGEST_HEADING


def _squeezed(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


# --- Parts ---


def _parts(source: str, lines: Sequence[_Line]) -> Iterator[OutlinePart]:
    parted = _are_parted(lines)
    width = max((line.end - line.start for line in lines), default=0)
    at = 0
    while at < len(lines):
        end = at + 1
        while end < len(lines) and _goes_on(lines[end - 1], lines[end], width, parted):
            end += 1
        if end == at + 1 and _is_heading(lines, at, parted):
            yield _part(source, "heading", lines[at:end], level=_level(lines[at].mark))
        else:
            kind: PartKind = "item" if lines[at].mark else "paragraph"
            yield _part(source, kind, lines[at:end], level=1 if kind == "item" else 0)
        at = end


def _part(source: str, kind: PartKind, lines: Sequence[_Line], level: int) -> OutlinePart:
    first = lines[0]
    spans = [(first.start + first.body, first.end), *((line.start, line.end) for line in lines[1:])]
    words = words_between(source, *spans)
    return OutlinePart(kind, words, escape(words.text, quote=False), (first.start, lines[-1].end), level, first.mark)


def _are_parted(lines: Sequence[_Line]) -> bool:
    """Whether paragraphs stand apart by blank lines."""
    return sum(line.after_blank for line in lines[1:]) * 10 >= 3 * max(1, len(lines) - 1)


def _goes_on(before: _Line, line: _Line, width: int, parted: bool) -> bool:
    """Whether a line goes on with the one before: a wrapped line is nearly as long as the longest."""
    if line.after_blank or line.mark or not (60 <= width <= WIDEST_WRAPPED):
        return False
    long = (before.end - before.start) * 10 >= width * 6
    return long and (line.text[:1].islower() or (parted and (before.end - before.start) * 4 >= width * 3))


def _level(mark: str) -> int:
    """The depth of a number: 2 for "4.2"; 0 where no number tells it."""
    return min(6, len(re.findall(r"\d+", mark))) if mark else 0


def _is_heading(lines: Sequence[_Line], at: int, parted: bool) -> bool:
    line = lines[at]
    following = lines[at + 1] if at + 1 < len(lines) else None
    if following is None or line.is_bullet or not _looks_like_heading(line):
        return False
    if line.is_numbered and (_counts_on(line, following) or (at and _counts_on(lines[at - 1], line))):
        return False
    if parted and at and not line.after_blank and _level(line.mark) < 2:
        return False
    if not following.mark and following.text[:1].islower():
        return False  # a line that leads to a list without marks
    if _LABELLED.match(line.words) and _LABELLED.match(following.words):
        return False  # one of several lines with a label each
    if not line.mark and at and all(map(_is_numbered_heading, (lines[at - 1], following))):
        return False  # the one line between two numbered headings is what the first is about
    shouts = line.words.isupper() and len(line.words) > 3
    return shouts or line.is_numbered or not _is_label(line, following)


def _looks_like_heading(line: _Line) -> bool:
    words = line.words
    return (
        len(words) <= LONGEST_HEADING
        and words[:1].isupper()
        and not _NO_END.search(words)
        and not line.is_contact
        and not _COPYRIGHT.match(words)
        and not _DAY.search(words)
    )


def _is_numbered_heading(line: _Line) -> bool:
    return line.is_numbered and _looks_like_heading(line)


def _counts_on(line: _Line, following: _Line) -> bool:
    """Whether both are short numbered lines of one list."""
    return (
        line.is_numbered
        and following.is_numbered
        and _level(line.mark) == _level(following.mark)
        and max(len(line.text), len(following.text)) <= 2 * LONGEST_HEADING
    )


def _is_label(line: _Line, following: _Line) -> bool:
    """Whether a line only names the address or number below it."""
    short = len(following.text) <= LONGEST_HEADING and not following.text.endswith(".")
    return following.is_contact and short and not line.words.endswith("?")


# --- Lists without marks ---


def with_unmarked_items(parts: Sequence[OutlinePart]) -> Iterator[OutlinePart]:
    """``parts`` of any document with the paragraphs that begin with a name and a full stop, two or more, as items."""
    at = 0
    while at < len(parts):
        end = next((n for n in range(at, len(parts)) if not _is_named(parts[n])), len(parts))
        if end > at + 1:
            yield from (replace(part, kind="item", level=1) for part in parts[at:end])
        else:
            yield from parts[at : at + 1]
        at = max(end, at + 1) if end > at + 1 else at + 1


def _is_named(part: OutlinePart) -> bool:
    return part.kind == "paragraph" and run_in(part.words.text) > 0


def _lists(parts: list[OutlinePart]) -> Iterator[OutlinePart]:
    """``parts`` with the paragraphs that are items of a list without marks as items."""
    at = 0
    while at < len(parts):
        yield parts[at]
        at += 1
        end = _end_of_unmarked(parts, at)
        yield from (replace(part, kind="item", level=1) for part in parts[at:end])
        at = max(at, end)


def _end_of_unmarked(parts: Sequence[OutlinePart], at: int) -> int:
    """Where a list without marks that begins at ``at`` ends; ``at`` if none does."""
    if at >= len(parts) or parts[at].kind != "paragraph":
        return at
    before = parts[at - 1]
    if before.kind == "paragraph" and not re.search(r"[.!?…][\"”’»)]*$", before.words.text):
        for is_item in (_begins_small, _has_run_in):
            if count := _count(parts, at, is_item):
                return at + count
        if before.words.text.endswith(":"):
            first = _opening(parts[at].words.text)
            count = _count(parts, at, lambda text: _opening(text) == first)
            return at + count if count > 1 else at
    count = _count(parts, at, _has_run_in)
    return at + count if count > 1 else at


def _count(parts: Sequence[OutlinePart], at: int, is_item: Callable[[str], bool]) -> int:
    """How many paragraphs from ``at`` on are items."""
    end = at
    while end < len(parts) and parts[end].kind == "paragraph" and is_item(parts[end].words.text):
        end += 1
    return end - at


def _opening(text: str) -> str:
    return " ".join(text.split(maxsplit=2)[:2]).casefold()


def _begins_small(text: str) -> bool:
    return text[:1].islower()


def _has_run_in(text: str) -> bool:
    return run_in(text) > 0


def run_in(text: str) -> int:
    """Where the name at the beginning of a paragraph ends, before its full stop: "Other. We also …"; 0 for none."""
    found = re.match(r"([^\W\d_][^.!?:;@]{1,60})\.\s+(?=[\"“„«(]?[^\W\d_])", text)
    if not found or len(found[1].split()) > LONGEST_RUN_IN or not text[found.end() :].lstrip('"“„«(')[:1].isupper():
        return 0
    return found.end(1) if found[1][:1].isupper() and len(split(text)) > 1 else 0
