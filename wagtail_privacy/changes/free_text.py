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

from wagtail_privacy.changes.guard import amounts, guarded, letters, sentences, tokens
from wagtail_privacy.policy.words import plain


class Edit(StrEnum):
    """What kind of edit it is, from the one that matters least to the one that matters most."""

    NOTHING = "nothing"
    TYPOGRAPHY = "typography"  # punctuation, case, space, markup, order of sentences
    SPELLING = "spelling"
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


@lru_cache(maxsize=512)
def read(old: str, new: str, language: str) -> Reading:
    """What was done to turn ``old`` into ``new``, both HTML or plain; the worst of it where it is several things."""
    before, after = plain(old), plain(new)
    if letters(before) == letters(after):
        if _links(old) != _links(new):
            return Reading(Edit.LINKS)
        return Reading(Edit.TYPOGRAPHY if _same_amounts(before, after) else Edit.GUARDED)
    gone, come = _unmatched(sentences(before), sentences(after))
    return _worst(_readings(gone, come, language))


def _same_amounts(before: str, after: str) -> bool:
    return amounts(before) == amounts(after)


def read_added(text: str, language: str, known: Iterable[str] = ()) -> Reading:
    """What it means that ``text`` is new; sentences that ``known`` texts hold already are not new."""
    familiar = {letters(sentence) for other in known for sentence in sentences(plain(other))}
    fresh = [sentence for sentence in sentences(plain(text)) if letters(sentence) not in familiar]
    return _worst(_added(sentence, language) for sentence in fresh)


def read_removed(text: str, language: str, remaining: Iterable[str] = ()) -> Reading:
    """What it means that ``text`` is gone; sentences that ``remaining`` texts hold are not gone."""
    kept = {letters(sentence) for other in remaining for sentence in sentences(plain(other))}
    lost = [sentence for sentence in sentences(plain(text)) if letters(sentence) not in kept]
    return _worst(_removed(sentence, language) for sentence in lost)


def likeness(old: str, new: str) -> float:
    """How much of the words of two texts is the same, from 0 to 1."""
    before, after = tokens(plain(old))[:2000], tokens(plain(new))[:2000]
    return SequenceMatcher(None, before, after, autojunk=False).ratio() if before or after else 1.0


def _links(html: str) -> list[str]:
    """Where the links of ``html`` lead."""
    return re.findall(r'\b(?:href|linktype|uuid|id)="([^"]*)"', html)


def _unmatched(old: Sequence[str], new: Sequence[str]) -> tuple[list[str], list[str]]:
    """The sentences that only one side has, whatever their order, letters alone compared."""
    before, after = Counter(map(letters, old)), Counter(map(letters, new))
    return _surplus(old, before - after), _surplus(new, after - before)


def _surplus(found: Sequence[str], surplus: Counter[str]) -> list[str]:
    left = Counter(surplus)
    kept = []
    for sentence in found:
        key = letters(sentence)
        if key and left[key]:
            left[key] -= 1
            kept.append(sentence)
    return kept


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
    was, now = guarded(before, language), guarded(after, language)
    if was != now:
        return Reading(Edit.GUARDED, _difference(was, now))
    return Reading(Edit.SPELLING if _spelling_only(tokens(before, language), tokens(after, language)) else Edit.WORDS)


def _difference(was: list[str], now: list[str]) -> tuple[str, ...]:
    """What stands on one side alone; the whole of it where only the order differs."""
    before, after = Counter(was), Counter(now)
    return tuple((before - after) + (after - before)) or tuple(was)


def _spelling_only(before: list[str], after: list[str]) -> bool:
    """Whether each word became one a slip away: no word came, went or became another."""
    if len(before) > 500 or len(after) > 500:
        return False
    for tag, i, k, j, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if k - i != m - j or not all(map(_a_slip_away, before[i:k], after[j:m])):
            return False
    return True


def _a_slip_away(old: str, new: str) -> bool:
    """Whether ``new`` is ``old`` with one letter more, less or other, or two letters swapped.

    Short words and first letters don't count as slips: "or" is not "for", "legal" is not "illegal".
    """
    if min(len(old), len(new)) < 4 or old[0] != new[0] or abs(len(old) - len(new)) > 1:
        return False
    while old and new and old[0] == new[0]:
        old, new = old[1:], new[1:]
    while old and new and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    return max(len(old), len(new)) <= 1 or (len(old) == 2 and old == new[::-1])


def _added(sentence: str, language: str) -> Reading:
    touched = tuple(guarded(sentence, language))
    if _PROMISE.search(sentence) and not _EXCEPTION.search(sentence):
        return Reading(Edit.PROMISE, touched)
    if _RIGHT.search(sentence) and not _EXCEPTION.search(sentence):
        return Reading(Edit.RIGHT, touched)
    return Reading(Edit.GUARDED if touched else Edit.WORDS, touched)


def _removed(sentence: str, language: str) -> Reading:
    touched = tuple(guarded(sentence, language))
    return Reading(Edit.GUARDED if touched else Edit.WORDS, touched)


def _worst(readings: Iterable[Reading]) -> Reading:
    return max(readings, key=lambda reading: reading.edit.weight, default=Reading(Edit.TYPOGRAPHY))


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


#: "We never sell …", in six languages: a subject, a negation, and something done to data.
_PROMISE = _any(
    r"\b(?:we|\w+ (?:does|will|do))\b[^.]{0,30}\b(?:never|not|n['’]t)\b[^.]{0,40}"
    r"\b(?:sell|share|rent|disclose|transfer|track|collect|store|retain|keep|use|log|profile|pass)\b",
    r"\bvi\b[^.]{0,30}\b(?:säljer|delar|lämnar|överför|spårar|samlar|lagrar|sparar|använder|hyr)\b[^.]{0,40}"
    r"\b(?:inte|aldrig|ej)\b",
    r"\b(?:emme|ei)\b[^.]{0,30}\b(?:koskaan|myy|luovuta|jaa|siirrä|seuraa|kerää|säilytä|käytä|vuokraa)\b",
    r"\bvi\b[^.]{0,30}\b(?:selger|deler|utleverer|overfører|sporer|samler|lagrer|bruker|leier)\b[^.]{0,40}"
    r"\b(?:ikke|aldri)\b",
    r"\bvi\b[^.]{0,30}\b(?:sælger|deler|videregiver|overfører|sporer|indsamler|opbevarer|bruger|udlejer)\b[^.]{0,40}"
    r"\b(?:ikke|aldrig)\b",
    r"\bwir\b[^.]{0,80}\b(?:nicht|nie|niemals|keine)\b",
)
#: "You can ask us to delete …", in six languages.
_RIGHT = _any(
    r"\byou\b[^.]{0,20}\b(?:have the right|(?:can|may)[^.]{0,40}\b(?:delete|erase|access|object|withdraw|opt.out|"
    r"unsubscribe|correct|download|export|complain))",
    r"\bdu\b[^.]{0,20}\b(?:har (?:också )?rätt|kan[^.]{0,40}\b(?:radera|få tillgång|invända|återkalla|tacka nej|"
    r"avregistrera|rätta|ladda ner|klaga))",
    r"\b(?:sinulla|teillä)\b[^.]{0,20}\boikeus",
    r"\bdu\b[^.]{0,20}\bhar (?:også )?rett",
    r"\bdu\b[^.]{0,20}\bhar (?:også )?ret\b",
    r"\bsie\b[^.]{0,20}\bhaben[^.]{0,20}\brecht",
)
#: What turns a promise or a right into less than it seems.
_EXCEPTION = _any(
    r"\b(?:except|unless|but|however|other than|without your|only|if|utom|förutom|men|såvida|om inte|endast|utan ditt|"
    r"paitsi|ellei|mutta|vain|ilman|unntatt|med mindre|bare|kun|uten|undtagen|medmindre|uden|außer|es sei denn|"
    r"sofern|jedoch|nur|ohne)\b"
)
