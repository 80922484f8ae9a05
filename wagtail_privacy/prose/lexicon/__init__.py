"""The words of each language and what they mean, read from the text files beside this one (see README.txt)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import NamedTuple, TypeVar

LANGUAGES = ("sv", "en", "fi", "nb", "da", "de")
#: Sections whose words may mean something else elsewhere: they are asked for by name.
ASIDE = ("paper", "clock", "one", "age")
#: So many words of each language are remembered.
MOST_WORDS = 10_000
#: A compound's parts have at least so many letters.
_SHORTEST_PART = 3
_LINKS = ("", "s", "-", "n", "en", "es", "er", "e")


T = TypeVar("T")


class Remembered(dict[str, T]):
    """What ``look_up`` finds for words, each looked up once: a dictionary asks no function for what it has.

    Threads share it without a lock: what is found of a word never changes, and two that look it up find the same.
    """

    def __init__(self, look_up: Callable[[str], T]) -> None:
        super().__init__()
        self._look_up = look_up

    def __missing__(self, word: str) -> T:
        if len(self) >= MOST_WORDS:
            self.clear()
        found = self[word] = self._look_up(word)
        return found


class Endings:
    """What the words of a language may end in: one of each of its layers put together, tried when it is asked for."""

    def __init__(self, layers: Sequence[Sequence[str]]) -> None:
        self._layers = tuple(frozenset(ending.replace("-", "") for ending in layer) for layer in layers)
        self.longest = sum(max(map(len, layer), default=0) for layer in self._layers)
        self._known: dict[str, bool] = {}

    def __contains__(self, ending: str) -> bool:
        known = self._known.get(ending)
        if known is None:
            if len(self._known) >= MOST_WORDS:
                self._known.clear()
            known = self._known[ending] = len(ending) <= self.longest and self._is_made(ending, 0)
        return known

    def _is_made(self, ending: str, layer: int) -> bool:
        if layer == len(self._layers):
            return not ending
        return any(
            ending[:end] in self._layers[layer] and self._is_made(ending[end:], layer + 1)
            for end in range(len(ending) + 1)
        )


class UnreadableLexicon(ValueError):
    """A line of a lexicon file that is no concept with its words, or words that stand twice."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Several words that mean one concept. ``keys`` are words or stems; from ``gap`` on they may stand further on."""

    keys: tuple[str, ...]
    gap: int
    concept: str


@dataclass(frozen=True, slots=True)
class WordPart:
    """What a word means, ``stem`` being how it is known; ``concept`` is empty for an unknown word."""

    concept: str
    stem: str


class KnownWord(NamedTuple):
    """All that a lexicon says of a word.

    ``keys`` are what it is a form of; ``phrases`` and ``numbers``, in several words, may begin with it; ``concept`` is
    that of the last of its ``parts``, and ``is_unit`` says that it is a unit of time or money. ``is_paper`` and
    ``is_hour``: it is one of the words for the policy as a paper, or for the hours of the day.
    """

    keys: tuple[str, ...]
    phrases: tuple[Phrase, ...]
    numbers: tuple[Phrase, ...]
    parts: tuple[WordPart, ...]
    concept: str
    is_unit: bool = False
    is_paper: bool = False
    is_hour: bool = False


#: What is no word: a number, a comma.
NO_WORD = KnownWord((), (), (), (), "")


@dataclass(frozen=True)
class Lexicon:
    """One language's words. A key is a word as it is written, or a stem followed by ``~``."""

    language: str
    words: Mapping[str, str]
    phrases: Mapping[str, tuple[Phrase, ...]]
    aside: Mapping[str, Mapping[str, str]]
    stems: frozenset[str]
    vocabulary: frozenset[str]
    endings: Endings
    _bare: dict[str, str] = field(default_factory=dict)
    _keys: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def known(self) -> Remembered[KnownWord]:
        """Every word, looked up once."""
        return Remembered(self._look_up)

    def keys(self, word: str) -> tuple[str, ...]:
        """The keys that ``word`` is a form of: itself, then its stems, the longest first."""
        if (found := self._keys.get(word)) is None:
            if len(self._keys) >= MOST_WORDS:
                self._keys.clear()
            found = self._keys[word] = (word, *self._stems_of(word))
        return found

    def parts(self, word: str) -> tuple[WordPart, ...]:
        """The concept of ``word``; of a compound that is unknown as such, those of its parts."""
        return self.known[word].parts

    def _look_up(self, word: str) -> KnownWord:
        keys = self.keys(word)
        begun = sorted((p for key in keys for p in self.phrases.get(key, ())), key=lambda phrase: -len(phrase.keys))
        numbers = tuple(phrase for phrase in begun if phrase.concept.startswith("number."))
        others = tuple(phrase for phrase in begun if not phrase.concept.startswith("number."))
        parts = self._read(word)
        is_paper, is_hour = (not self.aside[name].keys().isdisjoint(keys) for name in ("paper", "clock"))
        concept = parts[-1].concept if parts else ""
        is_unit = concept.startswith(("unit.", "money."))
        return KnownWord(keys, others, numbers, parts, concept, is_unit, is_paper, is_hour)

    def _stems_of(self, word: str) -> Iterator[str]:
        for end in range(len(word), max(1, len(word) - self.endings.longest) - 1, -1):
            if word[:end] in self.stems and word[end:] in self.endings:
                yield f"{word[:end]}~"

    def concept(self, word: str) -> WordPart | None:
        """The concept of a single word, ``None`` if it is unknown."""
        for key in self.keys(word):
            if key in self.words:
                return WordPart(self.words[key], key)
        return None

    def bare(self, word: str) -> str:
        """``word`` without the ending of its language that leaves most: a stem for words that are unknown."""
        found = self._bare.get(word)
        if found is None:
            if len(self._bare) >= MOST_WORDS:
                self._bare.clear()
            shortest = max(3, len(word) - self.endings.longest)
            ends = (end for end in range(shortest, len(word) + 1) if end >= 0.6 * len(word))
            found = self._bare[word] = next((word[:end] for end in ends if word[end:] in self.endings), word)
        return found

    def _read(self, word: str) -> tuple[WordPart, ...]:
        if known := self.concept(word):
            return (known,)
        if "-" in word.strip("-"):
            parts = tuple(part for piece in word.split("-") if piece for part in self._read(piece))
            return parts[-1:] if _names_a_law(parts[-1].concept, word) else parts
        if self.language != "en":
            for start in range(_SHORTEST_PART, len(word) - _SHORTEST_PART):
                tail = self.concept(word[start:])
                if tail and _may_end_a_compound(tail.concept, word[start:]):
                    return (*(() if _names_a_law(tail.concept, word[start:]) else self._head(word[:start])), tail)
        return (WordPart("", self.bare(word)),)

    def _head(self, head: str) -> tuple[WordPart, ...]:
        for link in _LINKS:
            if head.endswith(link) and (known := self.concept(head.removesuffix(link))):
                return () if known.concept.startswith(("small", "discourse")) else (known,)
        return (WordPart("", self.bare(head)),)


def _names_a_law(concept: str, tail: str) -> bool:
    """What a law is about says nothing of what is done: "Telemediengesetz"; short tails end other words, too."""
    return concept == "mode.law" and len(tail) >= 6


def _may_end_a_compound(concept: str, tail: str) -> bool:
    shortest = {"data": 4, "party": 4, "mode": 4, "act": 6, "ground": 5, "right": 5, "discourse": 5}
    return len(tail) >= shortest.get(concept.partition(".")[0], 99)


def base(language: str) -> str:
    """The language whose lexicon reads ``language``: ``sv-fi`` is read as ``sv``, ``no`` as ``nb``; else empty."""
    known = language.lower().replace("_", "-").split("-")[0]
    known = {"no": "nb"}.get(known, known)
    return known if known in LANGUAGES else ""


@lru_cache(maxsize=len(LANGUAGES))
def lexicon(language: str) -> Lexicon:
    """The lexicon of one of :data:`LANGUAGES`. Raises :exc:`UnreadableLexicon`."""
    sections = read(files(__package__).joinpath(f"{language}.txt").read_text(encoding="utf-8"))
    endings = Endings(list(sections.pop("endings").values()))
    words: dict[str, str] = {}
    phrases: dict[str, list[Phrase]] = {}
    aside: dict[str, dict[str, str]] = {name: {} for name in ASIDE}
    stems: set[str] = set()
    for section, concepts in sections.items():
        for name, entries in concepts.items():
            concept = name if section == name else f"{section}.{name}"
            for entry in entries:
                stems.update(word[:-1] for word in entry.split() if word.endswith("~"))
                if section in aside:
                    for word in entry.split():
                        aside[section].setdefault(word, concept)
                elif " " in entry:
                    phrase = _phrase(entry, concept)
                    phrases.setdefault(phrase.keys[0], []).append(phrase)
                elif words.setdefault(entry, concept) != concept:
                    twice = f"{words[entry]!r} and {concept!r}"
                    msg = f"Expected each word once in {language}.txt, found {entry!r} as {twice}."
                    raise UnreadableLexicon(msg)
    ordered = {key: tuple(sorted(found, key=lambda p: -len(p.keys))) for key, found in phrases.items()}
    vocabulary = frozenset(
        word for cs in sections.values() for entries in cs.values() for e in entries for word in e.split()
    )
    return Lexicon(language, words, ordered, aside, frozenset(stems), vocabulary, endings)


def _phrase(entry: str, concept: str) -> Phrase:
    words = entry.split()
    gap = words.index("…") if "…" in words else len(words)
    return Phrase(tuple(word for word in words if word != "…"), gap, concept)


def read(text: str) -> dict[str, dict[str, list[str]]]:
    """The sections of a lexicon file, each with its concepts and their words."""
    found: dict[str, dict[str, list[str]]] = {}
    section: dict[str, list[str]] | None = None
    words: list[str] | None = None
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("["):
            section = found.setdefault(line.strip(" []"), {})
        elif line[0].isspace() and words is not None:
            words += _entries(line)
        elif section is not None and ":" in line:
            name, _colon, entries = line.partition(":")
            words = section.setdefault(name.strip(), [])
            words += _entries(entries)
        else:
            raise UnreadableLexicon(f"Expected 'concept: word, word' in line {number}, found {line!r}.")
    return found


def _entries(line: str) -> list[str]:
    return [entry for entry in (" ".join(part.casefold().split()) for part in line.split(",")) if entry]
