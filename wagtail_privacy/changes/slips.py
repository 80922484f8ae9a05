"""Slips of the pen: an old statement read again with its misspelt words mended as the new one has them."""

from __future__ import annotations

from collections import Counter

from wagtail_privacy.changes.likeness import is_slip
from wagtail_privacy.prose.blocks import Sentence
from wagtail_privacy.prose.lexicon import lexicon
from wagtail_privacy.prose.reader import read_sentence
from wagtail_privacy.prose.statement import Statement
from wagtail_privacy.prose.tokens import tokens

#: More words that differ than this are no slips.
MOST = 3


def mended(old: Statement, new: Statement) -> Statement:
    """``old`` with its slips mended, where nothing but slips tells it from ``new``; else as it is.

    A slip is a word that nobody knows beside one that is known: never one real word, or name, turned into another.
    """
    before, after = (Counter(t.text for t in tokens(s.text, s.language) if t.kind == "word") for s in (old, new))
    wrong, right = list(before - after), list(after - before)
    right, split = _without_lost_spaces(wrong, right)
    if not wrong or len(wrong) - len(split) != len(right) or len(wrong) > MOST or old.place != new.place:
        return old
    text = old.text.casefold()
    for word, apart in split.items():
        text = text.replace(word, apart)
        wrong.remove(word)
    for word in wrong:
        partner = next((other for other in right if _is_mended(word, other, old.language)), None)
        if partner is None:
            return old
        right.remove(partner)
        text = text.replace(word, partner)
    whole = read_sentence(Sentence(text, old.place), old.language)
    target = read_sentence(Sentence(new.text.casefold(), new.place), new.language)
    return new if whole.signature == target.signature else old


def _without_lost_spaces(wrong: list[str], right: list[str]) -> tuple[list[str], dict[str, str]]:
    """``right`` without two words that ``wrong`` has as one, and those: "udenat" for "uden at"."""
    left, split = list(right), dict[str, str]()
    for word in wrong:
        both = next(((a, b) for a in left for b in left if a is not b and a + b == word), None)
        if both:
            split[word] = " ".join(both)
            left = [other for other in left if other not in both]
    return left, split


def _is_mended(wrong: str, right: str, language: str) -> bool:
    """Whether one of the two is the other with a slip; a slip that comes is one too."""
    known = [_is_known(word, language) for word in (wrong, right)]
    if known == [False, True]:
        return is_slip(wrong, right, right_is_known=True)
    if known == [True, False]:
        return is_slip(right, wrong, right_is_known=True)
    return known == [False, False] and is_slip(wrong, right, right_is_known=False)


def _is_known(word: str, language: str) -> bool:
    known = lexicon(language)
    return known.concept(word) is not None or any(key in known.vocabulary for key in known.keys(word))
