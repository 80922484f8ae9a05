"""The sentences of a part: what each states, which phrases are in it, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from wagtail_privacy.imports.outline import OutlinePart, Span, Words
from wagtail_privacy.imports.recognition.words import concepts, places_of
from wagtail_privacy.prose.blocks import Place, Sentence
from wagtail_privacy.prose.lexicon import base
from wagtail_privacy.prose.reader import read_sentence
from wagtail_privacy.prose.sentences import split
from wagtail_privacy.prose.statement import Statement, Unit
from wagtail_privacy.review.texts import topics_of

#: Concepts of the lexicon that name a right, beside the phrases of the review.
_RIGHTS = {
    ("right", "access"): "access",
    ("right", "rectify"): "rectification",
    ("right", "erasure"): "erasure",
    ("right", "restriction"): "restriction",
    ("right", "portability"): "portability",
    ("right", "object"): "objection",
    ("right", "withdraw"): "withdraw_consent",
    ("right", "complain"): "complaint",
    ("act", "erase"): "erasure",
    ("act", "restrict_act"): "restriction",
}
_PHRASES = {
    "right_access": "access",
    "right_rectification": "rectification",
    "right_erasure": "erasure",
    "right_restriction": "restriction",
    "right_portability": "portability",
    "right_objection": "objection",
    "object_marketing": "objection",
    "right_withdraw": "withdraw_consent",
    "right_automated": "automated_decisions",
    "complaint": "complaint",
}


@dataclass(frozen=True)
class PlacedSentence:
    """A sentence of ``words``: from ``start`` to ``end`` in their text."""

    words: Words
    start: int
    end: int
    language: str

    @property
    def text(self) -> str:
        return self.words.text[self.start : self.end]

    @property
    def span(self) -> Span:
        return self.words.in_source(self.start, self.end)

    @cached_property
    def statement(self) -> Statement:
        return read_sentence(Sentence(self.text, Place()), base(self.language))

    @cached_property
    def topics(self) -> frozenset[str]:
        """The phrases of the review that are in it: "right_access", "kept", "outside_eea"."""
        return topics_of(self.text, base(self.language))[1]

    @cached_property
    def said(self) -> frozenset[str]:
        return frozenset(concepts("said", self.text, self.language))

    def has(self, kind: str, *values: str) -> bool:
        return self.statement.has(kind, *values)

    @cached_property
    def keys(self) -> frozenset[tuple[str, str]]:
        return frozenset(unit.key for unit in self.statement.units)

    @cached_property
    def rights(self) -> tuple[str, ...]:
        """The rights that it names, in its order."""
        phrases = topics_of(self.text, base(self.language))[0]
        found = [(phrase.start, _PHRASES[phrase.topic]) for phrase in phrases if phrase.topic in _PHRASES]
        found += [(at, "access") for at in places_of("said", "access", self.text, self.language)]
        found += [(self.place_of(unit), _RIGHTS[unit.key]) for unit in self.statement.units if unit.key in _RIGHTS]
        return tuple(dict.fromkeys(code for _at, code in sorted(found)))

    def place_of(self, unit: Unit) -> int:
        """Where the words of ``unit`` begin in the sentence; its end where they can't be found as they stand."""
        at = find_words(self.text, unit.raw)[0]
        return at if at >= 0 else len(self.text)

    def span_of(self, raw: str) -> Span:
        """Where ``raw`` stands in the source; the whole sentence where its words stand apart."""
        at, end = find_words(self.text, raw)
        return self.words.in_source(self.start + at, self.start + end) if at >= 0 else self.span


def find_words(text: str, raw: str) -> Span:
    """Where ``raw`` stands in ``text``, whatever signs stand between its words; (-1, -1) for nowhere."""
    words = [re.escape(word) for word in re.findall(r"\w+|[^\w\s]", raw)]
    found = re.search(r"[^\w]{0,3}".join(words), text) if words else None
    return found.span() if found else (-1, -1)


def sentences(part: OutlinePart, language: str) -> tuple[PlacedSentence, ...]:
    """The sentences of ``part``; none in a language without a lexicon."""
    return sentences_of(part.words, language)


@lru_cache(maxsize=4096)
def sentences_of(words: Words, language: str) -> tuple[PlacedSentence, ...]:
    if not base(language):
        return ()
    return tuple(PlacedSentence(words, start, end, language) for start, end in _places(words.text))


def _places(text: str) -> Iterator[Span]:
    """Where each sentence of ``text`` stands, whatever blanks cutting it adds or drops."""
    letters = [at for at, char in enumerate(text) if not char.isspace()]
    done = 0
    for sentence in split(text):
        count = len("".join(sentence.split()))
        if count and done + count <= len(letters):
            yield letters[done], letters[done + count - 1] + 1
        done += count
