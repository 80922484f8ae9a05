"""A text read once: its sentences with their topics, and what measures its difficulty. Remembered by its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import NamedTuple

from wagtail_privacy.policy.words import plain
from wagtail_privacy.prose.reader import read
from wagtail_privacy.prose.sentences import split
from wagtail_privacy.prose.statement import Statement
from wagtail_privacy.review.readability import Counts, counts_of, words_of
from wagtail_privacy.review.tongue import ForeignWords, foreign_words
from wagtail_privacy.review.wordings import FoundPhrase, wordings

#: So many texts are remembered: those of some twenty policies.
MOST_TEXTS = 4096
_WEB = re.compile(r"https?://\S+")
#: Where an item of a list begins within a line, and what follows a colon.
_ITEM = re.compile(r"[:;]\s|\s[–•-]\s")
#: Concepts of the lexicon that are a topic by themselves.
_BY_CONCEPT = {
    ("right", "rectify"): "right_rectification",
    ("right", "erasure"): "right_erasure",
    ("act", "erase"): "right_erasure",
    ("right", "restriction"): "right_restriction",
    ("act", "restrict_act"): "right_restriction",
    ("right", "portability"): "right_portability",
    ("right", "object"): "right_objection",
    ("right", "withdraw"): "right_withdraw",
    **{("data", kind): "sensitive" for kind in ("health", "religion", "politics", "union", "ethnicity")},
    **{("data", kind): "sensitive" for kind in ("genetic", "biometric", "sex_life")},
    ("party", "dpo"): "dpo",
    ("party", "controller"): "controller",
    ("ground", "consent"): "basis_a",
    ("ground", "contract"): "basis_b",
    ("ground", "legal_obligation"): "basis_c",
    ("ground", "vital_interest"): "basis_d",
    ("ground", "public_task"): "basis_e",
    ("ground", "legitimate_interest"): "basis_f",
}
_CONCEPTS = frozenset(_BY_CONCEPT)
#: A legal basis by its letter, as six languages cite it: "6(1)(b)", "6.1 b", "6 Abs. 1 lit. b", "6, stk. 1, litra b".
_BASES_CITED = re.compile(
    r"\b(?:art|artikel[ns]?|article|artikkel|artiklan?)?\.?\s?6\s?(?:artiklan\s)?[(.,]?\s?"
    r"(?:(?:abs|absatz|stk|nr|kohdan|punkt)\.?\s)?1\)?\s?(?:kohdan\s)?,?\s?"
    r"(?:(?:lit|litra|buchst|buchstabe|bokstav|punkt)\.?\s)?\(?([a-f])\b",
    re.IGNORECASE,
)


class TopicalSentence(NamedTuple):
    """A sentence: what it states, which phrases are in it, the topics of both, and the kinds of its units."""

    statement: Statement
    phrases: tuple[FoundPhrase, ...]
    topics: frozenset[str]
    kinds: frozenset[str]


@dataclass(frozen=True)
class ReadText:
    """``words`` is the plain text. What measures it is counted when it is asked for: names and labels never are."""

    sentences: tuple[TopicalSentence, ...]
    words: str
    language: str

    @cached_property
    def _running(self) -> list[tuple[str, list[str]]]:
        """Its sentences with their words, each item of a list as one."""
        lines = _WEB.sub("", self.words).splitlines()
        return [(sentence, words_of(sentence)) for line in lines for sentence in _items(line)]

    @cached_property
    def counts(self) -> Counts:
        return counts_of([words for _sentence, words in self._running], self.language)

    @cached_property
    def longest(self) -> tuple[int, str]:
        """The longest sentence, after its number of words."""
        return max(((len(words), sentence) for sentence, words in self._running), default=(0, ""))

    @cached_property
    def foreign(self) -> ForeignWords | None:
        """What in it is clearly of another language."""
        return foreign_words(self.words, self.language)


@lru_cache(maxsize=MOST_TEXTS)
def read_text(text: str, language: str) -> ReadText:
    """``text`` (plain, or sanitised HTML) in ``language``, one of those with a lexicon, or the empty string."""
    sentences = tuple(_topical(statement, language) for statement in read(text, language))
    return ReadText(sentences, plain(text), language)


def _items(line: str) -> Iterator[str]:
    """The sentences of a line, each item of a list as one, also after a colon."""
    items = (item for sentence in split(line) for item in _ITEM.split(sentence))
    return (item for item in items if len(item.split()) > 2)


def _topical(statement: Statement, language: str) -> TopicalSentence:
    phrases, topics = topics_of(statement.text, language)
    keys = set(map(_KEY, statement.units))
    if not _CONCEPTS.isdisjoint(keys):
        topics |= {_BY_CONCEPT[key] for key in keys & _CONCEPTS}
    if "6" in statement.text and (letters := _BASES_CITED.findall(statement.text)):
        topics |= {"basis_word", *(f"basis_{letter.casefold()}" for letter in letters)}
    if ("right", "complain") in keys and (("party", "supervisory_authority") in keys or "authority" in topics):
        topics |= {"complaint"}
    return TopicalSentence(statement, phrases, topics, frozenset(map(_KIND, keys)))


#: Kind and value of a unit, and the kind of these.
_KEY, _KIND = itemgetter(0, 1), itemgetter(0)


@lru_cache(maxsize=MOST_TEXTS)
def topics_of(text: str, language: str) -> tuple[tuple[FoundPhrase, ...], frozenset[str]]:
    """The phrases in ``text`` and their topics."""
    known = wordings(language)
    found = tuple(known.find(text)) if known else ()
    return found, frozenset(phrase.topic for phrase in found)
