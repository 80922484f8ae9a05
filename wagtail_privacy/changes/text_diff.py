"""What differs inside one text: by words, sentence by sentence, for people to read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape
from itertools import groupby, pairwise
from typing import Any, Literal, NamedTuple

from django.utils.translation import pgettext

from wagtail_privacy.changes.change import Change
from wagtail_privacy.changes.sequence import TooMuchAlike, common
from wagtail_privacy.policy.kinds import kind_of

#: Two texts longer than this together are shown as replaced. The longest real policies are a tenth of it.
MOST_CHARACTERS = 300_000
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
_SENTENCE_END = re.compile(r"\n\s*|[.!?…][ \t\xa0]+|[。！？]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]")

PartKind = Literal["same", "ins", "del"]
Run = tuple[PartKind, str]


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
    return _parts(_Alignment(before, after).runs())


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
    """Two texts side by side: whole sentences first, then the words of those between equal ones."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = _sentences(old), _sentences(new)
        self.pairs_left = MOST_PAIRS

    def runs(self) -> Iterator[Run]:
        """What was kept, as in the new text; between, first what went, then what came."""
        pairs = self._common([_comparable(text) for text in self.old], [_comparable(text) for text in self.new])
        was = became = 0
        for old, new in [*pairs, (len(self.old), len(self.new))]:
            yield from self._edited(self.old[was:old], self.new[became:new])
            yield from (("same", text) for text in self.new[new : new + 1])
            was, became = old + 1, new + 1

    def _edited(self, olds: Sequence[str], news: Sequence[str]) -> Iterator[Run]:
        """The runs between two equal sentences."""
        before, after = _tokens(olds), _tokens(news)
        was = became = 0
        for old, new in [*self._kept(before, after), (len(before), len(after))]:
            yield "del", "".join(token.text + token.space for token in before[was:old])
            yield "ins", "".join(token.text + token.space for token in after[became:new])
            yield from (("same", token.text + token.space) for token in after[new : new + 1])
            was, became = old + 1, new + 1

    def _kept(self, before: Sequence[_Token], after: Sequence[_Token]) -> list[tuple[int, int]]:
        """Equal tokens, without what a sentence shares by chance with another that came in its place."""
        pairs = self._common([token.word for token in before], [token.word for token in after])
        old_length = Counter(token.sentence for token in before if token.is_word)
        new_length = Counter(token.sentence for token in after if token.is_word)
        shared = Counter((before[old].sentence, after[new].sentence) for old, new in pairs if before[old].is_word)

        def is_edited(old: int, new: int) -> bool:
            shorter = min(old_length[old], new_length[new])
            return shared[old, new] >= _KEPT * shorter

        kept = [(old, new) for old, new in pairs if is_edited(before[old].sentence, after[new].sentence)]
        neighbours = {*kept, (len(before), len(after))}

        def is_lone_sign(old: int, new: int) -> bool:
            """Whether a comma was kept between words that were not: it goes and comes with them."""
            return not after[new].is_word and neighbours.isdisjoint({(old - 1, new - 1), (old + 1, new + 1)})

        return [pair for pair in kept if not is_lone_sign(*pair)]

    def _common(self, old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
        try:
            pairs, steps = common(old, new, self.pairs_left)
        except TooMuchAlike:
            return []
        self.pairs_left -= steps
        return pairs


def _sentences(text: str) -> list[str]:
    """``text`` cut after each line and each full stop before anything but a small letter, nothing left out."""
    found = _SENTENCE_END.finditer(text)
    ends = (end.end() for end in found if end[0][0] == "\n" or not text[end.end() : end.end() + 1].islower())
    return [text[start:end] for start, end in pairwise([0, *ends, len(text)]) if end > start]


def _comparable(sentence: str) -> str:
    return _INVISIBLE.sub("", " ".join(sentence.split()))


def _tokens(sentences: Sequence[str]) -> list[_Token]:
    return [
        _Token(found[1], found[2], _INVISIBLE.sub("", found[1]), number)
        for number, sentence in enumerate(sentences)
        for found in _TOKEN.finditer(sentence)
    ]


def _parts(runs: Iterable[Run]) -> tuple[Part, ...]:
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
