"""What a changed text says now: the statement that matters most, shortened around its difference, and what differs.

Only words of the text itself, in its language; :mod:`wagtail_privacy.changes.sentences` says them in a sentence.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from html import unescape

from wagtail_privacy.changes.change import Change
from wagtail_privacy.changes.difference import StatementDifference
from wagtail_privacy.changes.fields import subject_of
from wagtail_privacy.changes.prose import compare_prose
from wagtail_privacy.changes.prose_rules.subject import FREE, Subject
from wagtail_privacy.changes.text_diff import diff
from wagtail_privacy.prose.blocks import Sentence, sentences
from wagtail_privacy.prose.lexicon import base
from wagtail_privacy.prose.quantities import number, numeral
from wagtail_privacy.prose.reader import read_sentence
from wagtail_privacy.prose.statement import Unit

#: A longer statement is quoted around what differs in it.
LONGEST = 140
#: So many characters before the difference are quoted with it.
BEFORE = 50
#: Longer words that came or went are not named by themselves: the quoted statement has them.
LONGEST_WORDS = 60
#: Kinds of units that have a value of their own, in the order in which they are named.
VALUED = ("period", "age", "money", "country", "email", "phone", "url", "date", "article", "company", "name", "number")
#: What a long statement is quoted with that came or went.
_TELLING = ("period", "age", "money", "country", "email", "number")
#: Such a word says little alone: it is named where it stands for another one.
_REPLACED = frozenset({"company", "name", "number"})
#: A number of :data:`~wagtail_privacy.prose.quantities.Quantity` units in one of the unit that a text counts in.
_WRITTEN_UNITS = {
    ("P1D", 1): "P{}D",
    ("P1D", 7): "P{}W",
    ("P1M", 1): "P{}M",
    ("P1M", 12): "P{}Y",
}
_HREF = re.compile(r'\bhref="([^"#][^"]*)"')


@dataclass(frozen=True, slots=True)
class Value:
    """What came or went: ``words`` as the text has them; ``period`` or ``country`` where it is one, as ISO has it.

    ``kind`` is one of :data:`VALUED`, empty for words of a sentence.
    """

    words: str = ""
    period: str = ""
    country: str = ""
    kind: str = ""

    @property
    def is_of_no_language(self) -> bool:
        """Whether it is written alike in every language: an address, a name."""
        return self.kind in ("email", "phone", "url", "company", "name", "number")

    def __bool__(self) -> bool:
        return bool(self.words)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """``quote`` is a statement of the new text, of the old one where it ``is_gone``; ``is_new`` where none became it.

    ``old`` and ``new`` are the value or the words that it differs in, empty where there is more than one difference.
    """

    quote: str
    old: Value = Value()
    new: Value = Value()
    is_new: bool = False
    is_gone: bool = False


def excerpts_of(change: Change, language: str) -> list[Excerpt]:
    """What ``change`` of a text in ``language`` is about, the weightiest first; nothing where no words differ.

    For a section that came or went and is nothing but text, and for a text that was added or removed: what it says.
    """
    return [_excerpt(old, new, language) for old, new in _statements(change, language) if old != new]


def _excerpt(old: str, new: str, language: str) -> Excerpt:
    if old and new:
        return _changed(old, new, language)
    said = " ".join((new or old).split())
    return Excerpt(shortened(said, *_values_at(said, language)), is_new=not old, is_gone=not new)


def _values_at(said: str, language: str) -> tuple[int, int]:
    """From where to where the values of a long statement stand: it is not cut just before its country or period."""
    if len(said) <= LONGEST or not base(language):
        return 0, 0
    units = read_sentence(Sentence(said), base(language)).units
    places = [at for unit in units if unit.kind in _TELLING and (at := said.find(unit.raw)) >= 0]
    return (min(places), max(places) + LONGEST // 4) if places else (0, 0)


def links_of(change: Change) -> tuple[str, str] | None:
    """Where a link led and where it leads now: the first that does."""
    before, after = (_links(text) for text in (change.old, change.new))
    gone, come = [u for u in before if u not in after], [u for u in after if u not in before]
    return (gone[0], come[0]) if gone and come else None


def shortened(statement: str, start: int = 0, end: int = 0) -> str:
    """``statement`` as it is quoted, cut at words so that what stands from ``start`` to ``end`` is in it."""
    text = " ".join(statement.split())
    if len(text) <= LONGEST:
        return text
    first = _word_start(text, max(0, min(start - BEFORE, len(text) - LONGEST)))
    last = min(len(text), max(first + LONGEST, min(end, first + 2 * LONGEST)))
    if last < len(text):
        last = max(text.rfind(" ", first + 1, last + 1), first + 1)
    return f"{'…' if first else ''}{text[first:last].strip(' ,;:')}{'…' if last < len(text) else ''}"


def _word_start(text: str, at: int) -> int:
    return 0 if at == 0 else text.find(" ", at - 1) + 1


def _statements(change: Change, language: str) -> list[tuple[str, str]]:
    """The statements of the old text and of the new one that decided, as they were weighed; else read anew."""
    if base(language) and (len(change.statements) > 1 or any(old and new for old, new in change.statements)):
        return list(change.statements)
    old, new = (_html(value) for value in (change.old, change.new))
    if not old or not new:
        return list(change.statements) or [(_first(old), _first(new))]
    was, now = _without_equal(old, new)
    if len(was) == len(now) == 1:
        return [(was[0], now[0])]
    stored = list(change.statements) if base(language) else []
    found = stored or _decisive(old, new, language, subject_of(change) or FREE)
    return found or [_most_alike(was, now)]


def _decisive(old: str, new: str, language: str, subject: Subject) -> list[tuple[str, str]]:
    """Of a change that was stored without them."""
    reading = compare_prose(old, new, language, subject)
    found = reading.weightiest or reading.doubts
    return [(said.old, said.new) for said in found if said.old or said.new] if base(language) else []


def _first(text: str) -> str:
    return next((s.text for s in sentences(text)), "") if text else ""


def _without_equal(old: str, new: str) -> tuple[list[str], list[str]]:
    was, now = ([sentence.text for sentence in sentences(text)] for text in (old, new))
    before, after = set(was), set(now)
    return [text for text in was if text not in after], [text for text in now if text not in before]


def _most_alike(was: Sequence[str], now: Sequence[str]) -> tuple[str, str]:
    """The first new sentence and the old one that shares most of its words, where that is a good part of them."""
    if not was or not now:
        return next(iter(was), ""), next(iter(now), "")
    words = set(now[0].casefold().split())
    share = {text: len(words & set(text.casefold().split())) for text in was[:100]}
    best = max(share, key=share.__getitem__)
    return (best if 3 * share[best] >= len(words) else "", now[0])


@lru_cache(maxsize=1024)
def _changed(old: str, new: str, language: str) -> Excerpt:
    """Remembered: panel, form and mail tell of the same publication, one after the other."""
    lost, gained = _values(old, new, language) or _words(old, new) or (Value(), Value())
    if _trimmed(new) == gained.words:
        # Nothing is left to stand around it.
        lost, gained = Value(), Value()
    start, end = _place(old, new, gained.words)
    return Excerpt(shortened(new, start, end), lost, gained)


def _place(old: str, new: str, words: str) -> tuple[int, int]:
    """Where in ``new`` the difference stands."""
    if words and (at := new.find(words)) >= 0:
        return at, at + len(words)
    start = len(os.path.commonprefix([old, new]))
    end = len(new) - len(os.path.commonprefix([old[::-1], new[::-1]]))
    return start, max(start, end)


def _values(old: str, new: str, language: str) -> tuple[Value, Value] | None:
    """The values that one statement has and the other has not, where they are one of a kind each."""
    if not base(language):
        return None
    was, now = (read_sentence(Sentence(text), base(language)) for text in (old, new))
    difference = StatementDifference(was, now)
    for kind in VALUED:
        lost = [unit for unit in difference.lost if unit.kind == kind]
        gained = [unit for unit in difference.gained if unit.kind == kind]
        count = len(lost), len(gained)
        if count == (1, 1) or (kind not in _REPLACED and count in ((0, 1), (1, 0))):
            return _one(lost, old, language), _one(gained, new, language)
    return None


def _one(units: Sequence[Unit], text: str, language: str) -> Value:
    if not units:
        return Value()
    (unit,) = units
    if unit.quantity and unit.quantity.unit == "indefinite":
        return Value(unit.raw)
    country = unit.value if unit.kind == "country" and len(unit.value) == 2 else ""
    return Value(_as_written(unit, text), _period(unit, language), country, unit.kind)


def _as_written(unit: Unit, text: str) -> str:
    """The words of ``unit``, a number with its unit: "30 business days"."""
    if unit.quantity is None or unit.kind == "number":
        found = re.search(r"\s*".join(map(re.escape, unit.raw.split())), text)
        return (found[0] if found else unit.raw).rstrip(".,;:")
    match = re.search(rf"(?<!\w){re.escape(unit.raw)}(?!\w)[\s\u00a0]*(?:[€$£%]|[^\W\d]*)", text)
    before = re.search(rf"[€$£]\s?{re.escape(unit.raw)}", text)
    return (before or match or re.match(".*", unit.raw))[0].strip()  # type: ignore[index]


def _period(unit: Unit, language: str) -> str:
    """The period as an ISO 8601 duration in the unit that the text counts in: "2 years" is not said as "24 months"."""
    quantity = unit.quantity
    if unit.kind != "period" or quantity is None:
        return ""
    counts = (number(word) or numeral(word.casefold(), base(language)) for word in unit.raw.split())
    count = next(filter(None, counts), None)
    if not count or count % 1 or not quantity.value or quantity.value % count:
        return ""
    written = _WRITTEN_UNITS.get((quantity.unit, int(quantity.value / Decimal(count))), "")
    return written.format(int(count)) if written else ""


def _words(old: str, new: str) -> tuple[Value, Value] | None:
    """The words that came and those that went, where they stand together."""
    parts = diff(old, new, html=False)
    gone, come = ([_trimmed(part.text) for part in parts if part.kind == kind] for kind in ("del", "ins"))
    gone, come = list(filter(None, gone)), list(filter(None, come))
    if not gone and not come or max(len(gone), len(come)) > 1:
        return None
    if any(len(text) > LONGEST_WORDS for text in (*gone, *come)):
        return None
    lost, gained = next(iter(gone), ""), next(iter(come), "")
    # "and your income" came, where an "and" stood elsewhere.
    return Value("" if f" {lost} " in f" {gained} " else lost), Value(gained)


def _trimmed(text: str) -> str:
    """Words without what stands around them; empty for nothing but signs."""
    found = " ".join(text.split()).strip(" .,;:–—-()[]")
    return found if any(char.isalnum() for char in found) else ""


def _links(value: object) -> list[str]:
    return list(dict.fromkeys(unescape(url) for url in _HREF.findall(_html(value))))


def _html(value: object) -> str:
    """A text, a list of lines, or the text of a section that is nothing but text; empty for what is none."""
    if isinstance(value, dict):
        texts = value.get("texts", {})
        value = texts.get("body") or texts.get("text") or texts.get("description") or ""
    lines: Iterable[object] = value if isinstance(value, list | tuple) else [value]
    return "\n".join(str(line) for line in lines if line)
