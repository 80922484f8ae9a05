"""The words by which headings, columns and lead-ins are known, read from the text files beside this module's folder."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from wagtail_privacy.prose.lexicon import LANGUAGES, base, read
from wagtail_privacy.review.wordings import Wordings

#: The sections of a file.
SECTIONS = ("headings", "columns", "said")


@lru_cache(maxsize=4096)
def concepts(section: str, text: str, language: str) -> tuple[str, ...]:
    """The concepts of ``section`` that ``text`` names, in its order; the longest first where several begin."""
    known = _words(base(language)).get(section) if base(language) else None
    found = sorted(known.find(text), key=lambda one: (one.start, -one.end)) if known else ()
    return tuple(dict.fromkeys(one.topic for one in found))


def heading_concepts(text: str, language: str) -> tuple[str, ...]:
    """What a heading names, also in the tail of a compound: "data storage" is one word in most of the languages."""
    words = [word for word in re.findall(r"\w+", text.casefold()) if len(word) > 2 * _SHORTEST_TAIL - 4]
    tails = [
        concept
        for concept, stems in _tails(base(language)).items()
        if any(stem in word[3:] for word in words for stem in stems)
    ]
    return tuple(dict.fromkeys((*concepts("headings", text, language), *tails)))


#: A shorter word may end others by chance.
_SHORTEST_TAIL = 7


@lru_cache(maxsize=len(LANGUAGES))
def _tails(language: str) -> Mapping[str, tuple[str, ...]]:
    """The long single words of the headings, by what they name; none in English, which parts them."""
    if language in ("", "en"):
        return {}
    text = files(__package__).joinpath("words", f"{language}.txt").read_text(encoding="utf-8")
    named = read(text)["headings"]
    return {
        concept: tuple(stem for one in entries if len(stem := one.rstrip("~")) >= _SHORTEST_TAIL and " " not in one)
        for concept, entries in named.items()
        if concept != "title"
    }


def last_named(section: str, text: str, language: str) -> tuple[str, ...]:
    """The concepts of ``section`` that ``text`` names, that which it names last at the end."""
    known = _words(base(language)).get(section) if base(language) else None
    found = {one.topic: (one.end, one.start) for one in known.find(text)} if known else {}
    return tuple(sorted(found, key=lambda topic: found[topic]))


def places_of(section: str, concept: str, text: str, language: str) -> list[int]:
    """Where ``text`` names ``concept``."""
    known = _words(base(language)).get(section) if base(language) else None
    return [one.start for one in known.find(text) if one.topic == concept] if known else []


def first_named(section: str, text: str, language: str) -> str:
    """The concept that ``text`` begins with, empty for none."""
    known = _words(base(language)).get(section) if base(language) else None
    found = [one for one in known.find(text) if one.start == 0] if known else []
    return max(found, key=lambda one: one.end).topic if found else ""


def names_a_policy(text: str) -> str:
    """The language in which ``text`` is what a policy is called, empty for none."""
    return next((language for language in LANGUAGES if "title" in concepts("headings", text, language)), "")


@lru_cache(maxsize=len(LANGUAGES))
def _words(language: str) -> Mapping[str, Wordings]:
    text = files(__package__).joinpath("words", f"{language}.txt").read_text(encoding="utf-8")
    return {section: Wordings(topics) for section, topics in read(text).items()}
