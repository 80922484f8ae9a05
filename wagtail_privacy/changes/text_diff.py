"""What differs inside one text: by words, sentence by sentence, for people to read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape
from itertools import groupby
from typing import Any, Literal, NamedTuple

from django.utils.translation import pgettext

from wagtail_privacy.changes.change import Change
from wagtail_privacy.changes.sequence import TooMuchAlike, common
from wagtail_privacy.policy.kinds import kind_of

#: Two texts longer than this together are shown as replaced. The longest real policies have a fifth of it.
MOST_CHARACTERS = 1_000_000
#: So many pairs of equal sentences or words are looked at in one text; the rest is shown as replaced.
MOST_PAIRS = 300_000
#: Words of a sentence are kept where they are at least this share of the shorter of the old and the new one.
#: Below it a reader sees two sentences and not one that was edited.
_KEPT = 0.4

_BLOCK = "address|article|blockquote|br|dd|div|dl|dt|h[1-6]|hr|li|ol|p|pre|section|table|td|th|tr|ul"
# A "<" ends the search for the ">" of the one before: broken markup costs no more than whole one.
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)([^<>]*)>|<[!?][^<>]*>")
_IS_BLOCK = re.compile(rf"(?:{_BLOCK})\Z", re.IGNORECASE)
_AROUND_BLOCK = re.compile(rf" ?(</?(?:{_BLOCK})(?: [^>]*)?>) ?")
_ATTRIBUTE = re.compile(r"""([^\s=/"']+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"']+))?""")
_QUOTES = "\"'"
_SPACE = re.compile(r"[ \t\r\n\f]+")
_PUNCTUATION = r"""\s.,:;!?()\[\]{}<>"'«»“”„‘’‹›…–—/\\@&+_|·•-"""
_CJK = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
# A word may hold one sign inside: an address, 24,5 or och/eller is one. Chinese and Japanese have no spaces.
_TOKEN = re.compile(rf"([{_CJK}]|[^{_PUNCTUATION}{_CJK}]+(?:[.,:'’/@&+_-][^{_PUNCTUATION}{_CJK}]+)*|[^\s])(\s*)")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_END = frozenset(".!?…。！？")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]")

PartKind = Literal["same", "ins", "del"]


@dataclass(frozen=True, slots=True)
class Part:
    """A run of visible text. A line break in it stands between paragraphs, list items and lines."""

    kind: PartKind
    text: str


def diff(old: str, new: str, *, html: bool | None = None) -> tuple[Part, ...]:
    """The runs of ``new`` and, before what replaced them, those of ``old`` that are gone.

    Both are sanitised HTML or plain text; ``html`` says which, or else their tags do. Tags are no words: a text
    made bold, or a link to another target, differs in nothing. Work is bounded by :data:`MOST_CHARACTERS` and
    :data:`MOST_PAIRS`: what lies beyond is shown as replaced.
    """
    is_html = bool(_TAG.search(old) or _TAG.search(new)) if html is None else html
    before, after = (visible(old), visible(new)) if is_html else (old.strip(), new.strip())
    if before == after:
        return _parts([("same", after)])
    if len(before) + len(after) > MOST_CHARACTERS:
        return _parts([("del", before), ("ins", after)])
    return _parts(_Alignment(_tokens(before), _tokens(after)).runs())


def diff_of(change: Change) -> tuple[Part, ...]:
    """The :func:`diff` of a changed text, be it prose, a line or several lines."""
    field = kind_of(change.section.kind).field(change.field) if change.section else None
    is_html = field.type == "prose" if field else None
    return diff(_plain(change.old), _plain(change.new), html=is_html if change.section else False)


def as_html(parts: Iterable[Part]) -> str:
    """Escaped HTML with ``<ins>`` and ``<del>``, whose beginning and end a screen reader hears in words."""
    marks = {
        "ins": (pgettext("text difference", "added:"), pgettext("text difference", "end of addition")),
        "del": (pgettext("text difference", "removed:"), pgettext("text difference", "end of removal")),
    }

    def mark(part: Part, text: str) -> str:
        if part.kind == "same":
            return _html(text)
        begin, end = marks[part.kind]
        return f"<{part.kind}>{_heard(f'{begin} ')}{_html(text)}{_heard(f' {end} ')}</{part.kind}>"

    return _marked(parts, mark, space=_html)


def as_text(parts: Iterable[Part]) -> str:
    """Plain text for mails: ``We keep them for [removed: 24] [added: 36] months.``"""
    marks = {
        "ins": pgettext("text difference", "[added: %(text)s]"),
        "del": pgettext("text difference", "[removed: %(text)s]"),
    }

    def mark(part: Part, text: str) -> str:
        isolated = f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}" if _RIGHT_TO_LEFT.search(text) else text
        return text if part.kind == "same" else marks[part.kind] % {"text": isolated}

    return _marked(parts, mark, space=str)


def visible(html: str) -> str:
    """The text of ``html`` as a reader sees it, a line for each paragraph and list item."""
    text = _TAG.sub(lambda tag: "\n" if _IS_BLOCK.match(tag[2] or "") else "", _SPACE.sub(" ", html))
    lines = (_SPACE.sub(" ", line).strip() for line in unescape(text).split("\n"))
    return "\n".join(line for line in lines if line)


def same_html(old: Any, new: Any) -> bool:
    """Whether two texts differ only in how their HTML is written: entities, quotes, order of attributes."""
    return isinstance(old, str) and isinstance(new, str) and _canonical(old) == _canonical(new)


class _Token(NamedTuple):
    """A word or sign, the white space after it, what it is compared by, and the sentence it stands in."""

    text: str
    space: str
    word: str
    sentence: int

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()


class _Alignment:
    """Two lists of tokens side by side: whole sentences first, then the words between those that are equal."""

    def __init__(self, old: Sequence[_Token], new: Sequence[_Token]) -> None:
        self.old, self.new = old, new
        self.pairs_left = MOST_PAIRS

    def runs(self) -> Iterator[tuple[PartKind, str]]:
        """What was kept as in the new text; between, first what went, then what came."""
        was = became = 0
        for old, new in [*self._kept(), (len(self.old), len(self.new))]:
            yield from (("del", token.text + token.space) for token in self.old[was:old])
            yield from (("ins", token.text + token.space) for token in self.new[became:new])
            yield from (("same", token.text + token.space) for token in self.new[new : new + 1])
            was, became = old + 1, new + 1

    def _kept(self) -> Iterator[tuple[int, int]]:
        """Pairs of positions of equal tokens, in order."""
        olds, news = _sentences(self.old), _sentences(self.new)
        pairs = self._common([words for _, words in olds], [words for _, words in news])
        starts = [(olds[old][0], news[new][0], len(olds[old][1])) for old, new in pairs]
        was = became = 0
        for old, new, length in [*starts, (len(self.old), len(self.new), 0)]:
            yield from self._kept_words(was, old, became, new)
            yield from ((old + offset, new + offset) for offset in range(length))
            was, became = old + length, new + length

    def _kept_words(self, was: int, old: int, became: int, new: int) -> list[tuple[int, int]]:
        """Pairs between two equal sentences, without what a rewritten sentence shares with the old by chance."""
        before, after = self.old[was:old], self.new[became:new]
        pairs = self._common([token.word for token in before], [token.word for token in after])
        old_length = Counter(token.sentence for token in before if token.is_word)
        new_length = Counter(token.sentence for token in after if token.is_word)
        shared = Counter((before[a].sentence, after[b].sentence) for a, b in pairs if before[a].is_word)

        def is_edited(a: int, b: int) -> bool:
            """Whether one sentence became the other, and is not another in its place."""
            sentences = before[a].sentence, after[b].sentence
            return shared[sentences] >= _KEPT * min(old_length[sentences[0]], new_length[sentences[1]])

        kept = [(was + a, became + b) for a, b in pairs if is_edited(a, b)]
        known = set(kept)
        return [pair for pair in kept if not self._is_lone_sign(pair, known, (old, new))]

    def _is_lone_sign(self, pair: tuple[int, int], kept: set[tuple[int, int]], end: tuple[int, int]) -> bool:
        """Whether a comma was kept between words that were not: it goes and comes with them."""
        before, after = (pair[0] - 1, pair[1] - 1), (pair[0] + 1, pair[1] + 1)
        return not self.new[pair[1]].is_word and after != end and before not in kept and after not in kept

    def _common(self, old: Sequence[Any], new: Sequence[Any]) -> list[tuple[int, int]]:
        try:
            pairs, steps = common(old, new, self.pairs_left)
        except TooMuchAlike:
            return []
        self.pairs_left -= steps
        return pairs


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    sentence = 0
    for found in _TOKEN.finditer(text):
        if tokens and _ends(tokens[-1], found[1]):
            sentence += 1
        tokens.append(_Token(found[1], found[2], _INVISIBLE.sub("", found[1]), sentence))
    return tokens


def _ends(last: _Token, following: str) -> bool:
    """Whether a sentence ends between two tokens: at a line break, or at a full stop before a capital."""
    if "\n" in last.space:
        return True
    return last.text in _END and not following[0].islower() and (bool(last.space) or last.text in "。！？")


def _sentences(tokens: Sequence[_Token]) -> list[tuple[int, tuple[str, ...]]]:
    """Each sentence: the position of its first token, and its words."""
    found = []
    start = 0
    for _, group in groupby(tokens, key=lambda token: token.sentence):
        words = tuple(token.word for token in group)
        found.append((start, words))
        start += len(words)
    return found


def _parts(runs: Iterable[tuple[PartKind, str]]) -> tuple[Part, ...]:
    """Neighbouring runs of one kind as one part, without empty ones."""
    grouped = groupby((run for run in runs if run[1]), key=lambda run: run[0])
    return tuple(Part(kind, "".join(text for _, text in group)) for kind, group in grouped)


def _marked(parts: Iterable[Part], mark: Callable[[Part, str], str], *, space: Callable[[str], str]) -> str:
    """All parts, each marked without the white space around its words; what went and what came never touch."""
    out = []
    before = Part("same", "\n")
    for part in parts:
        words = part.text.strip()
        begin, end = part.text.split(words, 1) if words else (part.text, "")
        touches = part.kind == "ins" and before.kind == "del" and not before.text[-1:].isspace()
        out.append(space(" " if touches and not begin else begin) + (mark(part, words) if words else "") + space(end))
        before = part
    return "".join(out).strip()


def _html(text: str) -> str:
    """``text`` escaped; what is read from right to left cannot turn its surroundings around."""
    lines = (f"<bdi>{escape(line)}</bdi>" if _RIGHT_TO_LEFT.search(line) else escape(line) for line in text.split("\n"))
    return "<br>".join(lines)


def _heard(label: str) -> str:
    return f'<span class="privacy-visually-hidden">{escape(label)}</span>'


def _plain(value: Any) -> str:
    return "\n".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")


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
