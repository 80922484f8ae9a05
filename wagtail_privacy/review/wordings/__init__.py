"""The wordings that the review looks for in each language, read from the text files beside this one (README.txt)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from wagtail_privacy.prose.lexicon import Remembered, base, read

#: So many words may stand where a phrase has "…".
_GAP = r"(?:\W+\w+){0,10}?"
_BETWEEN = r"[^\w.!?]{1,3}"
_FIRST_WORD = re.compile(r"\w+")
#: By so many letters of its first word a phrase is known.
_KEY = 3


@dataclass(frozen=True, slots=True)
class FoundPhrase:
    """A phrase found in a text: what it is a case of, and where."""

    topic: str
    start: int
    end: int


class Wordings:
    """One language's phrases by topic."""

    def __init__(self, topics: Mapping[str, list[str]]) -> None:
        self._by_key: dict[str, list[_Phrase]] = {}
        self._by_word = Remembered(self._begun_by)
        for topic, phrases in topics.items():
            for phrase in phrases:
                firsts = phrase.split()[0].split("/")
                known = _Phrase(topic, re.compile(_pattern(phrase), re.IGNORECASE), tuple(map(_first, firsts)))
                for key in {first.rstrip("~")[:_KEY] for first in known.firsts}:
                    self._by_key.setdefault(key, []).append(known)

    def find(self, text: str) -> Iterator[FoundPhrase]:
        """Every phrase in ``text``, in the order of the text; one topic may be found several times."""
        folded = text.casefold()
        folded = folded if len(folded) == len(text) else text.lower()
        by_word = self._by_word
        for word in _FIRST_WORD.finditer(folded):
            if phrases := by_word[word[0]]:
                start = word.start()
                for phrase in phrases:
                    if found := phrase.pattern.match(text, start):
                        yield FoundPhrase(phrase.topic, start, found.end())

    def _begun_by(self, letters: str) -> tuple[_Phrase, ...]:
        """The phrases whose first word ``letters`` may be."""
        word = letters.replace("ß", "ss")
        return tuple(phrase for phrase in self._by_key.get(word[:_KEY], ()) if phrase.may_begin_with(word))


@dataclass(frozen=True, slots=True)
class _Phrase:
    """``firsts`` are the words that it may begin with; a stem ends with ``~``."""

    topic: str
    pattern: re.Pattern[str]
    firsts: tuple[str, ...]

    def may_begin_with(self, word: str) -> bool:
        return any(word.startswith(first[:-1]) if first.endswith("~") else word == first for first in self.firsts)


def _first(first: str) -> str:
    """The letters of a phrase's first word up to a hyphen or its like, with the mark of a stem."""
    letters = _FIRST_WORD.match(first)
    word = letters.group() if letters else ""
    return f"{word}~" if first == f"{word}~" else word


def _pattern(phrase: str) -> str:
    parts: list[str] = []
    for word in phrase.split():
        if word == "…":
            parts.append(_GAP)
            continue
        parts.append((_BETWEEN if parts else "") + _alternatives(word))
    return "".join(parts) + r"(?!\w)"


def _alternatives(word: str) -> str:
    return "(?:" + "|".join(map(_form, word.split("/"))) + ")"


def _form(word: str) -> str:
    """A lexicon's file is read folded, which writes ß as ss."""
    return re.escape(word.rstrip("~")).replace("ss", "(?:ss|ß)") + (r"\w*" if word.endswith("~") else "")


@lru_cache(maxsize=8)
def wordings(language: str) -> Wordings | None:
    """The phrases of ``language`` (``sv-fi`` is read as ``sv``); ``None`` for a language that the review can't read."""
    known = base(language)
    if not known:
        return None
    sections = read(files(__package__).joinpath(f"{known}.txt").read_text(encoding="utf-8"))
    return Wordings({topic: phrases for topics in sections.values() for topic, phrases in topics.items()})
