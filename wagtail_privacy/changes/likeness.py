"""Whether two unknown words are one word: in another form, or with a slip mended."""

from __future__ import annotations

from wagtail_privacy.prose.lexicon import Lexicon

#: So much of two words must be shared from the start for them to be forms of one.
_SHARED = 0.6
_SHORTEST = 4


def same_word(one: str, other: str, lexicon: Lexicon) -> bool:
    """Whether two words (folded) are forms of one: only endings of the language differ."""
    if one == other or lexicon.bare(one) == lexicon.bare(other):
        return True
    if lexicon.language == "de" and one.startswith("ge") != other.startswith("ge"):
        without = [_without_participle(word) for word in (one, other)]
        return without != [one, other] and same_word(without[0], without[1], lexicon)
    shared = _shared(one, other)
    shortest = max(_SHORTEST, _SHARED * min(len(one), len(other)))
    if shared < shortest:
        return False
    rests = one[shared:], other[shared:]
    if all(rest in lexicon.endings for rest in rests):
        return True
    return lexicon.language == "fi" and shared >= 5 and all(len(rest) <= 8 for rest in rests)


def _without_participle(word: str) -> str:
    """German "geleert" as "leert"."""
    is_one = word.startswith("ge") and word.endswith(("t", "en")) and len(word) >= _SHORTEST + 2
    return word.removeprefix("ge") if is_one else word


def is_slip(wrong: str, right: str, *, right_is_known: bool) -> bool:
    """Whether ``wrong``, an unknown word, is ``right`` with a slip in it.

    Where ``right`` is unknown too, only what hardly makes another word counts: two letters swapped, or one missing
    or doubled in the middle of a long word.
    """
    if min(len(wrong), len(right)) < _SHORTEST or abs(len(wrong) - len(right)) > 2:
        return False
    if wrong[0] != right[0] and len(right) < 6:
        return False
    start = _shared(wrong, right)
    end = _shared(wrong[::-1], right[::-1])
    end = min(end, min(len(wrong), len(right)) - start)
    left, became = wrong[start : len(wrong) - end], right[start : len(right) - end]
    swapped = len(left) == 2 and left == became[::-1]
    one_letter = len(left) + len(became) <= 2 and max(len(left), len(became)) == 1
    if right_is_known:
        return len(right) >= 5 and (swapped or one_letter or (len(right) >= 9 and len(left) + len(became) <= 3))
    middle = start >= 2 and end >= 1
    return len(right) >= 7 and middle and (swapped or (one_letter and len(left) != len(became)))


def _shared(one: str, other: str) -> int:
    """How many letters two words have in common from the start."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
