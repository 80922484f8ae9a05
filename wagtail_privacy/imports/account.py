"""A second reading of a document's source, by other rules than the first: which of its words became nothing."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape

from wagtail_privacy.imports.html_tokens import KNOWN, RAW
from wagtail_privacy.imports.outline import Outline, OutlinePart, Span
from wagtail_privacy.imports.tokens import placed_words, words_in
from wagtail_privacy.policy.sanitise import BLOCK_LEVEL


@dataclass(frozen=True)
class Account:
    """Where the words of a source went.

    ``words`` counts them: "source", "placed", "left_out"; where nothing is lost the last two make the first. ``marks``
    counts numbers and bullets before items and headings, which are no words of theirs: "source", "kept". ``missing``
    are words that are neither placed nor left out, each with its span. ``added`` are words of an outline that its
    source lacks.
    """

    words: Mapping[str, int]
    marks: Mapping[str, int]
    missing: tuple[tuple[str, Span], ...] = ()
    added: tuple[str, ...] = ()
    #: Spans that begin before the one before them has ended.
    overlapping: tuple[Span, ...] = ()

    @property
    def is_whole(self) -> bool:
        return not (self.missing or self.added or self.overlapping)


_Token = tuple[str, int]


def account(outline: Outline, placed: Iterable[Span] | None = None) -> Account:
    """The account of ``outline``; with ``placed``, the spans of the sections made of it, of these instead."""
    return _Accountant(outline, source_words(outline), placed).account()


class _Accountant:
    def __init__(self, outline: Outline, tokens: Sequence[_Token], placed: Iterable[Span] | None) -> None:
        self.outline, self.tokens = outline, tokens
        self.positions = [position for _word, position in tokens]
        self.taken = bytearray(len(tokens))  # 1: left out, 2: placed, 3: a mark
        self.within = None if placed is None else _merged(placed)
        self.missing: list[tuple[str, Span]] = []
        self.added: list[str] = []
        self.marks = {"source": 0, "kept": 0}

    def account(self) -> Account:
        for left in self.outline.left_out:
            for number in self._numbers(left.span):
                self.taken[number] = 1
        for part in self.outline.parts:
            self._place(part)
        self._uncovered()
        counts = Counter(self.taken)
        words = {"source": len(self.tokens) - counts[3], "placed": counts[2], "left_out": counts[1]}
        words["source"] += len(self.outline.unread)
        self.missing += [(word, (0, 0)) for word in self.outline.unread]
        spans = [part.span for part in self.outline.parts]
        return Account(words, self.marks, tuple(self.missing), tuple(self.added), tuple(_overlapping(spans)))

    def _numbers(self, span: Span) -> range:
        return range(bisect_left(self.positions, span[0]), bisect_left(self.positions, span[1]))

    def _place(self, part: OutlinePart) -> None:
        """Compare the words of ``part`` with those that stand in its span."""
        numbers = [number for number in self._numbers(part.span) if not self.taken[number]]
        first = part.words.places[0][1]
        marks = [number for number in numbers if self.positions[number] < first] if part.mark else []
        self._keep_marks(part.mark, marks)
        numbers = numbers[len(marks) :]
        here, there = [self.tokens[number][0] for number in numbers], list(words_in(part.words.text))
        lost, added = _differences(here, there)
        self.added.extend(added.elements())
        for number in numbers:
            word, position = self.tokens[number]
            if lost[word] > 0:
                lost[word] -= 1
                self.missing.append((word, (position, position + len(word))))
                self.taken[number] = 4
            elif self._is_within(position):
                self.taken[number] = 2

    def _keep_marks(self, mark: str, numbers: Sequence[int]) -> None:
        here, there = Counter(self.tokens[number][0] for number in numbers), Counter(words_in(mark))
        self.marks["source"] += here.total()
        self.marks["kept"] += (here & there).total()
        for number in numbers:
            word = self.tokens[number][0]
            if there[word] > 0:
                there[word] -= 1
                self.taken[number] = 3

    def _is_within(self, position: int) -> bool:
        if self.within is None:
            return True
        at = bisect_left(self.within, (position + 1,)) - 1
        return at >= 0 and position < self.within[at][1]

    def _uncovered(self) -> None:
        for number, (word, position) in enumerate(self.tokens):
            if not self.taken[number]:
                self.missing.append((word, (position, position + len(word))))


def _differences(here: Sequence[str], there: Sequence[str]) -> tuple[Counter[str], Counter[str]]:
    """Which words are here alone, and which there; "[a](b)c" is one word or two, and no difference."""
    if here == there or "".join(here) == "".join(there):
        return Counter(), Counter()
    lost, added = Counter(here) - Counter(there), Counter(there) - Counter(here)
    _forgive(here, lost, added)
    _forgive(there, added, lost)
    return lost, added


def _forgive(words: Sequence[str], alone: Counter[str], joined: Counter[str]) -> None:
    """Take out neighbours in ``words`` that stand alone here and joined there."""
    for number, word in enumerate(words):
        for length in (2, 3, 4) if alone[word] > 0 else ():
            neighbours = words[number : number + length]
            one = "".join(neighbours)
            if joined[one] > 0:
                joined[one] -= 1
                alone.subtract(neighbours)
                break


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _overlapping(spans: Sequence[Span]) -> Iterator[Span]:
    reached = 0
    for start, end in spans:
        if start < reached or end < start:
            yield start, end
        reached = max(reached, end)


# The second reading


def source_words(outline: Outline) -> list[_Token]:
    """Each word of the source that a reader sees, and where it begins: read raw, not as the first reading does."""
    source = outline.source
    if outline.format == "html":
        return _of_markup(source)
    if outline.format == "markdown":
        return _of_markup(_without_signs(source))
    return list(placed_words(source))


#: Addresses of links and definitions of these; bullets, emphasis and rules are no words anyway.
_ADDRESSES = re.compile(
    r"(?<=\])\([ \t]*(?:<[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?[ \t]*\)"
    r"|^[ \t>]{0,8}\[[^\]\n^][^\]\n]*\]:\s*<?(?=\S*[/.#:@])\S++"
    r"(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*$"
    r"|(?<=\])\[(?P<label>[^\]\n]*)\]",
    re.MULTILINE,
)
_DEFINED = re.compile(r"^[ \t>]{0,8}\[([^\]\n]+)\]:", re.MULTILINE)


def _without_signs(markdown: str) -> str:
    defined = {label.casefold() for label in _DEFINED.findall(markdown)}

    def without(found: re.Match[str]) -> str:
        label = found["label"]
        is_text = label and label.casefold() not in defined
        return found.group() if is_text else re.sub(r"[^\r\n]", "\x01", found.group())

    return _ADDRESSES.sub(without, markdown)


def _of_markup(source: str) -> list[_Token]:
    """The words between tags; a tag of a block parts words, one within a line doesn't."""
    pieces: list[str] = []
    starts: list[int] = []
    places: list[int] = []
    length = 0
    for text, at in _RawMarkup(source).texts():
        starts.append(length)
        places.append(at)
        pieces.append(text)
        length += len(text)
    found: list[_Token] = []
    for word, position in placed_words("".join(pieces)):
        number = bisect_right(starts, position) - 1
        found.append((word, places[number] + position - starts[number]))
    return found


_REFERENCE = re.compile(r"&(?:#\w{1,9}|[a-zA-Z]\w{1,40});?")
_TAG_NAME = re.compile(r"</?([a-zA-Z][^\s/<>]*)")
_CLOSED = re.compile(r"</([a-zA-Z][^\s/<>]*)")
_SIGNS = re.compile("[\"'>]")


class _RawMarkup:
    """What stands between the tags of a source. What is never closed is text here."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.closed = {match.group(1).lower(): match.start() for match in _CLOSED.finditer(source)}
        self.last = {sign: source.rfind(sign) for sign in (">", "-->", "--!>")}
        self.is_cut_off = False
        self.text_up_to = 0

    def texts(self) -> Iterator[tuple[str, int]]:
        """Texts with their places; a reference is one of its own, and a tag that parts words a blank."""
        source, position = self.source, 0
        while position < len(source):
            found = source.find("<", max(position, self.text_up_to))
            end = len(source) if found < 0 else found
            yield from _resolved(source, position, end)
            position = end
            if end < len(source):
                position, parts = self._behind_tag(end)
                if position == end + 1:
                    yield "<", end
                elif parts:
                    yield " ", end

    def _behind_tag(self, start: int) -> tuple[int, bool]:
        """Where the tag at ``start`` ends, and whether it parts words; the next sign if it is none."""
        source = self.source
        if source.startswith("<!--", start):
            ends = [self._behind(sign, start + 2) for sign in ("-->", "--!>")]
            return min((end for end in ends if end > 0), default=start + 1), False
        match = _TAG_NAME.match(source, start)
        if match is None:
            is_remark = source[start + 1 : start + 2] in ("!", "?", "/")
            return max(self._behind(">", start) if is_remark else 0, start + 1), False
        name = match.group(1).lower()
        end = self._end_of_tag(match.end())
        if end < 0 or "@" in name or not self._is_tag(name, start, end):
            return start + 1, False
        if name in RAW and source[start + 1] != "/":
            closing = self._closing(name, end)
            return (closing or end), not closing
        if name in ("title", "textarea") and source[start + 1] != "/":
            self.text_up_to = self._closing(name, end) or end
        return end, name in BLOCK_LEVEL or name in ("br", "svg")

    def _behind(self, sign: str, position: int) -> int:
        return self.source.find(sign, position) + len(sign) if position <= self.last[sign] else 0

    def _closing(self, name: str, position: int) -> int:
        if self.closed.get(name, -1) < position:
            return 0
        closing = re.compile(rf"</{name}[\s/>]", re.IGNORECASE).search(self.source, position)
        return closing.start() if closing else 0

    def _is_tag(self, name: str, start: int, end: int) -> bool:
        named = name in KNOWN or "-" in name or ":" in name or name in self.closed
        return named or "=" in self.source[start:end] or self.source[end - 2] == "/"

    def _end_of_tag(self, position: int) -> int:
        """Behind the ">" of a tag, which isn't one in quotation marks; -1 for none."""
        first = position
        while match := None if self.is_cut_off else _SIGNS.search(self.source, position):
            sign, position = match.group(), match.end()
            if sign == ">":
                return position
            if self.source[match.start() - 1] in "= \t\r\n":
                closing = self.source.find(sign, position)
                if closing >= 0 and not self._holds_tags(match.start(), closing):
                    position = closing + 1
        self.is_cut_off = True
        return self._behind(">", first) or -1

    def _holds_tags(self, start: int, end: int) -> bool:
        """Whether an attribute that never holds tags does: its quotation mark was never closed."""
        named = _NAMED.search(self.source, max(0, start - 20), start)
        return bool(named and _TAG_WITHIN.search(self.source, start, end))


_NAMED = re.compile(r"(?:alt|class|href|id|name|rel|src|style|target|type)\s*=\s*$", re.IGNORECASE)
_TAG_WITHIN = re.compile(r"</?[a-zA-Z]")


def _resolved(source: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    for reference in _REFERENCE.finditer(source, start, end):
        if start < reference.start():
            yield source[start : reference.start()], start
        yield unescape(reference.group()), reference.start()
        start = reference.end()
    if start < end:
        yield source[start:end], start
