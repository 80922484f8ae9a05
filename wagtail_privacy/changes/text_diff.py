"""What differs inside one text: by words, sentence by sentence, for people to read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape
from itertools import compress, groupby, pairwise
from typing import Any, Literal

from wagtail_privacy.changes.change import Change
from wagtail_privacy.changes.sequence import TooMuchAlike, common
from wagtail_privacy.policy.kinds import kind_of

#: Two texts longer than this together are shown as replaced. The longest real policies are a tenth of it.
MOST_CHARACTERS = 300_000
#: So many pairs of equal sentences or words are looked at in one text; the rest is shown as replaced.
MOST_PAIRS = 300_000
#: Words of a sentence are kept where the old and the new one are at least this much alike: twice the words that they
#: share, of all that they have. Below it a reader sees two sentences and not one that was edited. A sentence that only
#: grew or shrank keeps its words all the same, if they are not just a few.
_ALIKE = 0.6
_WHOLE, _FEW = 0.9, 4
#: Begins a line that is an item of a list.
BULLET = "•"
# Around the address of a link, which is one word; no text holds these characters.
_BEGIN, _END = "\ue000", "\ue001"

_BLOCK = "address|article|blockquote|br|dd|div|dl|dt|h1|h2|h3|h4|h5|h6|hr|li|ol|p|pre|section|table|td|th|tr|ul"
_BLOCKS = frozenset(_BLOCK.split("|"))
# A "<" ends the search for the ">" of the one before: broken markup costs no more than whole one.
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)([^<>]*)>|<[!?][^<>]*>")
_AROUND_BLOCK = re.compile(rf" ?(</?(?:{_BLOCK})(?: [^>]*)?>) ?")
_ATTRIBUTE = re.compile(r"""([^\s=/"']+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"']+))?""")
_QUOTES = "\"'"
_SPACE = re.compile(r"[ \t\r\n\f]+")
_PUNCTUATION = r"""\s.,:;!?()\[\]{}<>"'«»“”„‘’‹›…–—/\\@&+_|·•-"""
_CJK = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
# A word may hold one sign inside: an address, 24,5 or och/eller is one. Chinese and Japanese have no spaces.
_TOKEN = re.compile(
    rf"({_BEGIN}[^{_END}]*{_END}|[{_CJK}]|[^{_PUNCTUATION}{_CJK}]+(?:[.,:'’/@&+_-][^{_PUNCTUATION}{_CJK}]+)*|[^\s])(\s*)"
)
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_SENTENCE_END = re.compile(r"\n\s*|[.!?…][ \t\xa0]+|[。！？]")

PartKind = Literal["same", "ins", "del"]
Run = tuple[PartKind, str]
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """A run of visible text. A line break in it stands between paragraphs, list items and lines."""

    kind: PartKind
    text: str


def diff(old: str, new: str, *, html: bool | None = None) -> tuple[Part, ...]:
    """The runs of ``new`` and, before what replaced them, those of ``old`` that are gone.

    Both are sanitised HTML or plain text; ``html`` says which, or else their tags do. Tags are no words: a text made
    bold differs in nothing. Where a link leads is shown behind it if the other text has no such link. Work is
    bounded by :data:`MOST_CHARACTERS` and :data:`MOST_PAIRS`: what lies beyond is shown as replaced.
    """
    is_html = bool(_TAG.search(old) or _TAG.search(new)) if html is None else html
    before, after = _with_targets(old, new) if is_html else (old.strip(), new.strip())
    if before == after:
        return _parts([("same", after)])
    if len(before) + len(after) > MOST_CHARACTERS:
        return _parts([("del", before), ("ins", after)])
    return _parts(_Alignment(before, after).runs())


def diff_of(change: Change) -> tuple[Part, ...]:
    """The :func:`diff` of a changed text, be it prose, a line or several lines."""
    field = kind_of(change.section.kind).field(change.field) if change.section else None
    is_html = field.type == "prose" if field else None
    return diff(_plain(change.old), _plain(change.new), html=is_html if change.section else False)


def visible(html: str) -> str:
    """The text of ``html`` as a reader sees it, a line for each paragraph and, after a bullet, for each list item."""
    return _as_lines(_Reading.of(html).pieces)


def _with_targets(old: str, new: str) -> tuple[str, str]:
    """Both texts as a reader sees them, with the addresses of those links that the other one does not have."""
    before, after = _Reading.of(old), _Reading.of(new)
    known = {(words, target) for *_, words, target in before.links} & {link[1:] for link in after.links}
    return before.naming_others(known), after.naming_others(known)


@dataclass(frozen=True, slots=True)
class _Reading:
    """HTML as it is read: pieces of its text, and its links, each as the number of the piece that it ends with, its
    words and its target."""

    pieces: list[str]
    links: list[tuple[int, str, str]]

    @classmethod
    def of(cls, html: str) -> _Reading:
        pieces: list[str] = []
        links: list[tuple[int, str, str]] = []
        target, begin, end, after_bullet = "", 0, 0, False
        spaced = _SPACE.sub(" ", html)
        for tag in _TAG.finditer(spaced):
            pieces.append(spaced[end : tag.start()])
            after_bullet = after_bullet and not pieces[-1].strip(" ")
            end = tag.end()
            name, opens = (tag[2] or "").lower(), not tag[1]
            if name == "a" and opens:
                target, begin = _target(tag[3]), len(pieces)
            elif name == "a" and target:
                links.append((len(pieces), "".join(pieces[begin:]).strip(), target))
                target = ""
            elif name in _BLOCKS:
                # A paragraph in an item begins after the bullet, a list in it on a line of its own.
                stays = after_bullet and opens and name not in ("li", "ol", "ul")
                after_bullet = stays or (name == "li" and opens)
                pieces.append("" if stays else f"\n{BULLET} " if after_bullet else "\n")
        return cls([*pieces, spaced[end:]], links)

    def naming_others(self, known: Container[tuple[str, str]]) -> str:
        """The text with the address behind each link that is none of ``known``, unless its words are the address."""
        named = {
            end: f" {_BEGIN}{target}{_END}"
            for end, words, target in self.links
            if (words, target) not in known and _bare_address(words) != _bare_address(target)
        }
        return _as_lines(piece for n, text in enumerate([*self.pieces, ""]) for piece in (named.get(n, ""), text))


def _as_lines(pieces: Iterable[str]) -> str:
    lines = (" ".join(filter(None, line.split(" "))) for line in unescape("".join(pieces)).split("\n"))
    return "\n".join(line for line in lines if line not in ("", BULLET))


def _target(attributes: str) -> str:
    found: dict[str, str] = {name.lower(): value.strip(_QUOTES) for name, value in _ATTRIBUTE.findall(attributes)}
    return found.get("href", "")


def _bare_address(text: str) -> str:
    return re.sub(r"^(?:https?://(?:www\.)?|mailto:|tel:)|/$", "", text)


def same_html(old: Any, new: Any) -> bool:
    """Whether two texts differ only in how their HTML is written: entities, quotes, order of attributes."""
    if not isinstance(old, str) or not isinstance(new, str):
        return False
    # Mostly the words differ, and that is seen at a fraction of the cost.
    return _bare(old) == _bare(new) and _canonical(old) == _canonical(new)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words and signs of some sentences.

    ``texts`` are they with the white space after them, ``keys`` what they are compared by, ``sentences`` the
    number of the sentence that each stands in.
    """

    texts: list[str]
    keys: list[str]
    sentences: list[int]
    is_word: list[bool]

    @classmethod
    def of(cls, sentences: Sequence[str]) -> _Words:
        found = [(match, number) for number, text in enumerate(sentences) for match in _TOKEN.finditer(text)]
        keys = [_without_invisible(match[1]) for match, _ in found]
        return cls([match[0] for match, _ in found], keys, [n for _, n in found], [key[:1].isalnum() for key in keys])

    def lengths(self) -> Counter[int]:
        """How many words each sentence has."""
        return Counter(compress(self.sentences, self.is_word))


class _Alignment:
    """Two texts side by side: whole sentences first, then the words of those between equal ones."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = _sentences(old), _sentences(new)
        self.pairs_left = MOST_PAIRS

    def runs(self) -> Iterator[Run]:
        """What was kept, as in the new text; between, first what went, then what came."""
        pairs = self._common([*map(_comparable, self.old)], [*map(_comparable, self.new)])
        for gone, came, kept in _blocks(pairs, len(self.old), len(self.new)):
            yield from self._edited(self.old[gone], self.new[came])
            yield from _kept_runs(self.old, self.new, gone.stop, kept)

    def _edited(self, olds: Sequence[str], news: Sequence[str]) -> Iterator[Run]:
        """The runs between two equal sentences."""
        if not olds or not news:
            yield from (("del", "".join(olds)), ("ins", "".join(news)))
            return
        before, after = _Words.of(olds), _Words.of(news)
        for gone, came, kept in _blocks(self._kept(before, after), len(before.texts), len(after.texts)):
            yield "del", "".join(before.texts[gone])
            yield "ins", "".join(after.texts[came])
            yield from _kept_runs(before.texts, after.texts, gone.stop, kept)

    def _kept(self, before: _Words, after: _Words) -> list[Pair]:
        """Equal words, without what a sentence shares by chance with another that came in its place."""
        pairs = self._common(before.keys, after.keys)
        old_length, new_length = before.lengths(), after.lengths()
        shared = Counter((before.sentences[old], after.sentences[new]) for old, new in pairs if before.is_word[old])
        edited = {
            (old, new)
            for old, new in {(before.sentences[old], after.sentences[new]) for old, new in pairs}
            if _is_edited(shared[old, new], old_length[old], new_length[new])
        }
        kept = [(old, new) for old, new in pairs if (before.sentences[old], after.sentences[new]) in edited]
        neighbours = {*kept, (len(before.texts), len(after.texts))}

        def is_lone_sign(old: int, new: int) -> bool:
            """Whether a comma was kept between words that were not: it goes and comes with them."""
            return not after.is_word[new] and neighbours.isdisjoint({(old - 1, new - 1), (old + 1, new + 1)})

        return [pair for pair in kept if not is_lone_sign(*pair)]

    def _common(self, old: Sequence[str], new: Sequence[str]) -> list[Pair]:
        try:
            pairs, steps = common(old, new, self.pairs_left)
        except TooMuchAlike:
            return []
        self.pairs_left -= steps
        return pairs


def _is_edited(shared: int, old: int, new: int) -> bool:
    """Whether a sentence of ``new`` words is one of ``old`` words that was edited: ``shared`` of them are in both."""
    shorter = min(old, new)
    return 2 * shared >= _ALIKE * (old + new) or (shorter >= _FEW and shared >= _WHOLE * shorter)


def _blocks(pairs: Sequence[Pair], old_length: int, new_length: int) -> Iterator[tuple[slice, slice, slice]]:
    """Stretch by stretch: what only the old has, what only the new has, and what both have then, by its place in
    the new."""
    was = became = 0
    for _, run in groupby(enumerate(pairs), key=lambda item: (item[1][0] - item[0], item[1][1] - item[0])):
        both = [pair for _, pair in run]
        (old, new), (last_old, last_new) = both[0], both[-1]
        yield slice(was, old), slice(became, new), slice(new, last_new + 1)
        was, became = last_old + 1, last_new + 1
    yield slice(was, old_length), slice(became, new_length), slice(0)


def _kept_runs(old: Sequence[str], new: Sequence[str], begin: int, kept: slice) -> Iterator[Run]:
    """What both have, as in the new; the white space after it that only the old has goes with what went there."""
    yield "same", "".join(new[kept])
    end = begin + kept.stop - (kept.start or 0)
    if end > begin and not new[kept.stop - 1][-1].isspace():
        last = old[end - 1]
        yield "del", last[len(last.rstrip()) :]


def _sentences(text: str) -> list[str]:
    """``text`` cut after each line and each full stop before anything but a small letter, nothing left out."""
    found = _SENTENCE_END.finditer(text)
    ends = (end.end() for end in found if end[0][0] == "\n" or not text[end.end() : end.end() + 1].islower())
    return [text[start:end] for start, end in pairwise([0, *ends, len(text)]) if end > start]


def _comparable(sentence: str) -> str:
    return _without_invisible(" ".join(sentence.split()))


def _without_invisible(text: str) -> str:
    return text if text.isascii() else _INVISIBLE.sub("", text)


def _parts(runs: Iterable[Run]) -> tuple[Part, ...]:
    """Neighbouring runs of one kind as one part, without empty ones and without white space that went alone."""
    grouped = groupby((run for run in runs if run[1]), key=lambda run: run[0])
    parts = (Part(kind, _in_brackets("".join(text for _, text in group))) for kind, group in grouped)
    return tuple(part for part in parts if part.kind != "del" or not part.text.isspace())


def _in_brackets(text: str) -> str:
    """``text`` with the addresses of links in brackets."""
    return text.replace(_BEGIN, "(").replace(_END, ")") if _BEGIN in text else text


def _plain(value: Any) -> str:
    return "\n".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")


def _bare(html: str) -> list[str]:
    return unescape(_TAG.sub(" ", html)).split()


def _canonical(html: str) -> str:
    """``html`` written in one way: attributes in order, entities as characters, no white space around blocks."""
    out = []
    end = 0
    for tag in _TAG.finditer(html):
        out += [escape(unescape(html[end : tag.start()])), _canonical_tag(tag)]
        end = tag.end()
    text = "".join([*out, escape(unescape(html[end:]))])
    return _AROUND_BLOCK.sub(r"\1", _SPACE.sub(" ", text)).strip()


def _canonical_tag(tag: re.Match[str]) -> str:
    if not tag[2]:
        return ""
    found = _ATTRIBUTE.findall(tag[3].rstrip(" /"))
    attributes = sorted(f' {name.lower()}="{escape(unescape(value.strip(_QUOTES)))}"' for name, value in found)
    return f"<{tag[1]}{tag[2].lower()}{''.join(attributes)}>"
