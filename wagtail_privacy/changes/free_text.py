"""What an edit does to a text that a person wrote: nothing, a slip mended, a promise made, a meaning changed.

WP260 rev.01, 29: misspellings, style and grammar are not material. Whatever touches a guarded word
(:mod:`wagtail_privacy.changes.guard`) is no slip; whatever can't be understood is taken as a change.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

from wagtail_privacy.changes.guard import amounts, guarded, letters, sentences, tokens, web_addresses
from wagtail_privacy.changes.patterns import (
    CONJUNCTION,
    DATE_LINE,
    ENDINGS,
    EXCEPTION,
    GRAMMAR,
    NUMBERS,
    PERIOD,
    PROMISE,
    RIGHT,
    UNITS,
    WAITING,
)
from wagtail_privacy.policy.words import plain


class Edit(StrEnum):
    """What kind of edit it is, from the one that matters least to the one that matters most."""

    NOTHING = "nothing"
    TYPOGRAPHY = "typography"  # punctuation, case, space, markup, order of sentences
    SPELLING = "spelling"  # or grammar
    SHORTER = "shorter"  # data are kept for a shorter time, or people are answered sooner
    RIGHT = "right"  # a sentence that tells people what they can do is added
    PROMISE = "promise"  # a sentence that says what is never done is added
    LINKS = "links"  # the same words lead elsewhere
    WORDS = "words"  # other words, none of them guarded
    GUARDED = "guarded"

    @property
    def weight(self) -> int:
        return list(Edit).index(self)


@dataclass(frozen=True, slots=True)
class Reading:
    """An edit and the guarded words that it touched."""

    edit: Edit
    touched: tuple[str, ...] = ()


#: More edited sentences than this are not paired one by one: the text is taken as rewritten.
MOST_PAIRS = 60
#: How alike two sentences are for one to be an edit of the other.
ALIKE = 0.5


def said_in(texts: Iterable[str]) -> frozenset[str]:
    """The sentences of several texts, letters alone: to tell what is new from what has moved."""
    return frozenset(letters(sentence) for text in texts for sentence in _said(plain(text)))


@lru_cache(maxsize=512)
def read(
    old: str,
    new: str,
    language: str,
    said_before: frozenset[str] = frozenset(),
    said_after: frozenset[str] = frozenset(),
) -> Reading:
    """What was done to turn ``old`` into ``new``, both HTML or plain; the worst of it where it is several things.

    Sentences that other texts of the policy said before are not new, those that they say after are not gone.
    """
    before, after = plain(old), plain(new)
    if letters(before) == letters(after):
        if _links(old) != _links(new):
            return Reading(Edit.LINKS)
        return Reading(Edit.TYPOGRAPHY if _same_amounts(before, after) else Edit.GUARDED)
    was, now = _said(before), _said(after)
    gone = _without(was, said_after.union(map(letters, now)))
    come = _without(now, said_before.union(map(letters, was)))
    return _worst(_readings(gone, come, language))


def _same_amounts(before: str, after: str) -> bool:
    return amounts(before) == amounts(after)


def read_added(text: str, language: str, said_before: frozenset[str] = frozenset()) -> Reading:
    """What it means that ``text`` is new."""
    return _worst(_added(sentence, language) for sentence in _without(_said(plain(text)), said_before))


def edits_added(text: str, language: str, said_before: frozenset[str] = frozenset()) -> list[Edit]:
    """What each new sentence of an added text does."""
    return [_added(sentence, language).edit for sentence in _without(_said(plain(text)), said_before)]


def read_removed(text: str, language: str, said_after: frozenset[str] = frozenset()) -> Reading:
    """What it means that ``text`` is gone."""
    return _worst(_removed(sentence, language) for sentence in _without(_said(plain(text)), said_after))


def likeness(old: str, new: str) -> float:
    """How much of the words of two texts is the same, from 0 to 1."""
    before, after = tokens(plain(old))[:2000], tokens(plain(new))[:2000]
    return SequenceMatcher(None, before, after, autojunk=False).ratio() if before or after else 1.0


def _said(text: str) -> list[str]:
    """The sentences of ``text`` but for those that only say when it was updated: the version says that itself."""
    return [sentence for sentence in sentences(text) if not DATE_LINE.fullmatch(sentence)]


def _links(html: str) -> list[str]:
    """Where the links of ``html`` lead."""
    return re.findall(r'\b(?:href|linktype|uuid|id)="([^"]*)"', html)


def _without(found: Sequence[str], known: frozenset[str]) -> list[str]:
    """The sentences that are not ``known``, each once."""
    fresh = {letters(sentence): sentence for sentence in found}
    return [sentence for key, sentence in fresh.items() if key and key not in known]


def _readings(gone: list[str], come: list[str], language: str) -> list[Reading]:
    if len(gone) > MOST_PAIRS or len(come) > MOST_PAIRS:
        return [_edited(" ".join(gone), " ".join(come), language)]
    pairs, lost, fresh = _pair(gone, come)
    return [
        *(_edited(before, after, language) for before, after in pairs),
        *(_removed(sentence, language) for sentence in lost),
        *(_added(sentence, language) for sentence in fresh),
    ]


def _pair(gone: list[str], come: list[str]) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    """Each old sentence with the new one that it most likely became; what is left on either side."""
    words = {sentence: tokens(sentence)[:200] for sentence in (*gone, *come)}
    alike = sorted(
        (
            (ratio, i, j)
            for i, before in enumerate(gone)
            for j, after in enumerate(come)
            if (ratio := _ratio(words[before], words[after])) >= ALIKE
        ),
        reverse=True,
    )
    pairs: list[tuple[str, str]] = []
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for _score, i, j in alike:
        if i not in taken_old and j not in taken_new:
            taken_old.add(i)
            taken_new.add(j)
            pairs.append((gone[i], come[j]))
    return (
        pairs,
        [sentence for i, sentence in enumerate(gone) if i not in taken_old],
        [sentence for j, sentence in enumerate(come) if j not in taken_new],
    )


def _ratio(before: list[str], after: list[str]) -> float:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= ALIKE else 0.0


def _edited(before: str, after: str, language: str) -> Reading:
    if promised := _promise_edited(before, after, language):
        return promised
    was, now = guarded(before, language), guarded(after, language)
    if RIGHT.search(before) and not RIGHT.search(after):
        return Reading(Edit.GUARDED, _difference(was, now))
    if was != now:
        return Reading(Edit.SHORTER if _shorter(before, after) else Edit.GUARDED, _difference(was, now))
    old, new = tokens(before, language), tokens(after, language)
    if not _slips_only(old, new):
        return Reading(Edit.WORDS)
    return Reading(Edit.SPELLING if web_addresses(before) == web_addresses(after) else Edit.LINKS)


def _promise_edited(before: str, after: str, language: str) -> Reading | None:
    """What became of a promise: it covers more or has fewer exceptions, or less and more. ``None`` if neither."""
    if not (PROMISE.search(before) and PROMISE.search(after)):
        return None
    if exceptions := _exceptions_edited(before, after):
        return Reading(exceptions, tuple(guarded(before, language)))
    was, now = _listed(before), _listed(after)
    if EXCEPTION.search(before + after) or len(was) < 2 or was == now:
        return None
    if was < now:
        return Reading(Edit.PROMISE, tuple(guarded(after, language)))
    return Reading(Edit.GUARDED, tuple(guarded(before, language))) if now < was else None


def _exceptions_edited(before: str, after: str) -> Edit | None:
    """Whether the same promise has exceptions taken away or added."""
    (was, fewer), (now, more) = (_split_at_exception(text) for text in (before, after))
    if was != now or fewer == more:
        return None
    if more in fewer:
        return Edit.PROMISE
    return Edit.GUARDED if fewer in more else None


def _split_at_exception(sentence: str) -> tuple[str, str]:
    """The letters of what is promised, and of all from the first exception on."""
    found = EXCEPTION.search(sentence)
    position = found.start() if found else len(sentence)
    return letters(sentence[:position]), letters(sentence[position:])


def _listed(sentence: str) -> frozenset[str]:
    """The parts of a sentence between commas and conjunctions."""
    return frozenset(filter(None, map(letters, CONJUNCTION.split(sentence))))


def _shorter(before: str, after: str) -> bool:
    """Only a time changed, it is shorter, and it is one for which data are kept or people wait."""
    if not WAITING.search(after) or PERIOD.sub("#", before).casefold() != PERIOD.sub("#", after).casefold():
        return False
    was, now = ([_days(*found) for found in PERIOD.findall(text)] for text in (before, after))
    return was != now and all(days <= old for old, days in zip(was, now, strict=True))


def _days(number: str, unit: str) -> float:
    count = float(NUMBERS.get(number.casefold(), number).replace(",", "."))
    return count * next(days for beginning, days in UNITS.items() if unit.casefold().startswith(beginning))


def _difference(was: list[str], now: list[str]) -> tuple[str, ...]:
    """What stands on one side alone; the whole of it where only the order differs."""
    before, after = Counter(was), Counter(now)
    return tuple((before - after) + (after - before)) or tuple(was)


def _slips_only(before: list[str], after: list[str]) -> bool:
    """Whether only slips of spelling and grammar were mended: no word of meaning came, went or became another."""
    if len(before) > 500 or len(after) > 500:
        return False
    for tag, i, k, j, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        small = _of_grammar(before, i, k) and _of_grammar(after, j, m) and (i == k or j == m)
        if not small and (k - i != m - j or not all(map(_a_slip_away, before[i:k], after[j:m]))):
            return False
    return True


def _of_grammar(words: list[str], start: int, end: int) -> bool:
    """Articles and the like, and words written twice."""
    return all(words[n] in GRAMMAR or words[n] in words[max(0, n - 1) : n] for n in range(start, end))


def _a_slip_away(old: str, new: str) -> bool:
    """Whether ``new`` is ``old`` with one letter more, less or other, two letters swapped, or another ending.

    Short words and first letters don't count as slips: "or" is not "for", "legal" is not "illegal"; nor do
    endings that make another word: "employee" is not "employer".
    """
    if min(len(old), len(new)) < 3 or old[0] != new[0] or old in NUMBERS or new in NUMBERS:
        return False
    shared = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    left, right = old[shared:], new[shared:]
    if not left or not right or shared >= 5:
        if left in ENDINGS and right in ENDINGS:
            return True
        if not left or not right:
            return min(len(old), len(new)) >= 4 and len(left + right) == 1
    if min(len(old), len(new)) < 4 or abs(len(old) - len(new)) > 1:
        return False
    while left and right and left[-1] == right[-1]:
        left, right = left[:-1], right[:-1]
    if len(left) == 2 and left == right[::-1]:
        return True
    at_the_end = shared + max(len(left), len(right)) >= max(len(old), len(new))
    if at_the_end and left and right:
        return {left, right} <= set("aeiouyåäöæø") or {left, right} in ({"d", "t"}, {"s", "c"}, {"s", "z"})
    return max(len(left), len(right)) <= 1


def _added(sentence: str, language: str) -> Reading:
    touched = tuple(guarded(sentence, language))
    if PROMISE.search(sentence) and not EXCEPTION.search(sentence):
        return Reading(Edit.PROMISE, touched)
    if RIGHT.search(sentence) and not EXCEPTION.search(sentence):
        return Reading(Edit.RIGHT, touched)
    return Reading(Edit.GUARDED if touched else Edit.WORDS, touched)


def _removed(sentence: str, language: str) -> Reading:
    touched = tuple(guarded(sentence, language))
    return Reading(Edit.GUARDED if touched or RIGHT.search(sentence) else Edit.WORDS, touched)


def _worst(readings: Iterable[Reading]) -> Reading:
    return max(readings, key=lambda reading: reading.edit.weight, default=Reading(Edit.TYPOGRAPHY))
