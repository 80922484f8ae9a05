"""How hard a text is to read, by the measure that fits its language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_VOWELS = re.compile(r"[aeiouyäöåæøü]+", re.IGNORECASE)
_FINNISH_SYLLABLES = re.compile(
    r"aa|ee|ii|oo|uu|yy|ää|öö|ai|ei|oi|ui|yi|äi|öi|au|eu|iu|ou|ie|uo|yö|äy|öy|ey|iy|[aeiouyäöå]"
)
#: Below so many words no measure means anything.
FEWEST_WORDS = 100
#: What is hard: LIX above 50 by its author's scale. Flesch and Amstad call less than 30 "very difficult"; German
#: statutes lie below 10, so that 20 is where a policy is hard. Wiio's grade above 18 is that of Finnish statutes.
_HARD = {"LIX": 50, "Flesch": 30, "Amstad": 20, "Wiio": 18}


@dataclass(frozen=True, slots=True)
class Counts:
    """What the measures count: words, sentences, words of more than six letters, syllables, and words of four syllables
    or more (in Finnish)."""

    words: int = 0
    sentences: int = 0
    long: int = 0
    syllables: int = 0
    many_syllables: int = 0

    @property
    def a_sentence(self) -> float:
        return self.words / max(1, self.sentences)

    @property
    def a_word(self) -> float:
        return self.syllables / max(1, self.words)


@dataclass(frozen=True, slots=True)
class Readability:
    """``value`` of ``measure`` (LIX, Flesch, Amstad or Wiio), and whether that is hard."""

    measure: str
    value: float
    is_hard: bool


def counts(sentences: Iterable[str], language: str) -> Counts:
    return counts_of([words_of(sentence) for sentence in sentences], language)


def counts_of(sentences: Sequence[Sequence[str]], language: str) -> Counts:
    """The same of sentences that are words already."""
    found = [words for words in sentences if words]
    words = [word for sentence in found for word in sentence]
    syllables = sum(max(1, len(_VOWELS.findall(word))) for word in words) if language in ("en", "de") else 0
    many = sum(len(_FINNISH_SYLLABLES.findall(word.casefold())) >= 4 for word in words) if language == "fi" else 0
    return Counts(len(words), len(found), len([word for word in words if len(word) > 6]), syllables, many)


def total(parts: Iterable[Counts]) -> Counts:
    found = list(parts)
    return Counts(
        sum(part.words for part in found),
        sum(part.sentences for part in found),
        sum(part.long for part in found),
        sum(part.syllables for part in found),
        sum(part.many_syllables for part in found),
    )


def lix(found: Counts) -> float:
    """Björnsson's LIX (1968): words a sentence, and 100 times the share of words of more than six letters."""
    return found.a_sentence + 100 * found.long / max(1, found.words)


def flesch(found: Counts) -> float:
    """Flesch's reading ease (1948) for English: 100 is easy, 0 very hard."""
    return 206.835 - 1.015 * found.a_sentence - 84.6 * found.a_word


def amstad(found: Counts) -> float:
    """Amstad's form of it for German (1978)."""
    return 180 - found.a_sentence - 58.5 * found.a_word


def wiio(found: Counts) -> float:
    """Wiio's school grade for Finnish (1968), by the share of words of four syllables or more."""
    return 2.7 + 30 * found.many_syllables / max(1, found.words)


def measure(found: Counts, language: str) -> Readability | None:
    """How hard it is; ``None`` for too few words or a language without a measure."""
    if found.words < FEWEST_WORDS:
        return None
    if language in ("sv", "nb", "da"):
        return Readability("LIX", value := lix(found), value > _HARD["LIX"])
    if language == "en":
        return Readability("Flesch", value := flesch(found), value < _HARD["Flesch"])
    if language == "de":
        return Readability("Amstad", value := amstad(found), value < _HARD["Amstad"])
    return Readability("Wiio", value := wiio(found), value > _HARD["Wiio"]) if language == "fi" else None


def words_of(sentence: str) -> list[str]:
    return _WORD.findall(sentence)
