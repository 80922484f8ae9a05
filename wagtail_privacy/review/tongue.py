"""Which language words are of: a paragraph by its commonest words, a heading by what the lexicons hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from wagtail_privacy.prose.lexicon import LANGUAGES, lexicon
from wagtail_privacy.prose.tokens import fold

#: The commonest words of each language, as far as its neighbours lack them.
_MARKERS = {
    "sv": "och att är för dig inte på av som dina eller",
    "en": "the and of you your to we that is for or",
    "fi": "ja on tai voit tietosi me että ovat jos emme",
    "nb": "og å er for deg ikke på av som dine eller opplysninger",
    "da": "og at er for dig ikke på af som dine eller oplysninger",
    "de": "und der die das wir sie ihre nicht für oder zu",
}
_MARKED: dict[str, list[str]] = {}
for _language, _words in _MARKERS.items():
    for _word in _words.split():
        _MARKED.setdefault(_word, []).append(_language)
#: Of each language, the words that are among the commonest of another.
_MARKED_ELSEWHERE = {
    language: frozenset(word for word, codes in _MARKED.items() if set(codes) - {language}) for language in _MARKERS
}
_WORD = re.compile(r"[^\W\d_]+")
#: With fewer words nothing is said of a paragraph's language.
_FEWEST_WORDS = 12
#: So many letters have as many words at most, with what parts them.
_FEWEST_LETTERS = 2 * _FEWEST_WORDS - 1
#: The commonest words of another language stand in it so often, and so many times as often as any others.
_FEWEST_MARKS, _TIMES = 4, 3
#: A heading of one word may be a name; a longer one is a sentence.
_HEADING = range(2, 9)
#: Their headings are written alike.
_NEIGHBOURS = frozenset({"sv", "nb", "da"})


@dataclass(frozen=True, slots=True)
class ForeignWords:
    """``words`` that are of ``language``, and not of the policy's."""

    language: str
    words: str


def language_of(text: str) -> str:
    """The language that ``text`` is clearly of; empty for few words, or for words of several."""
    return _other_language(text, "")


def marks_of(text: str) -> dict[str, int]:
    """How many of the words of ``text`` are among the commonest of each language."""
    return _marks(_WORD.findall(text.casefold()))


def _marks(words: list[str]) -> dict[str, int]:
    counted = dict.fromkeys(_MARKERS, 0)
    for word in words:
        if word in _MARKED:
            for code in _MARKED[word]:
                counted[code] += 1
    return counted


def foreign_words(text: str, language: str) -> ForeignWords | None:
    """``text``, or the first line of it, that is clearly of another language than ``language``."""
    if not language or len(text) < _FEWEST_LETTERS:
        return None
    words = _WORD.findall(text.casefold())
    if sum(map(_MARKED_ELSEWHERE[language].__contains__, words)) < _FEWEST_MARKS:
        return None
    if other := _other_language(text, language):
        return ForeignWords(other, text)
    lines = text.splitlines()
    if len(lines) > 1 and len(text.split()) >= _FEWEST_WORDS:
        for line in lines:
            if other := _other_language(line, language):
                return ForeignWords(other, line)
    return None


def _other_language(text: str, language: str) -> str:
    if len(text) < _FEWEST_LETTERS or len(words := _WORD.findall(text.casefold())) < _FEWEST_WORDS:
        return ""
    ranked = sorted(((count, code) for code, count in _marks(words).items()), reverse=True)
    (most, best), (second, _code) = ranked[:2]
    return best if best != language and most >= _FEWEST_MARKS and most >= _TIMES * max(1, second) else ""


@lru_cache(maxsize=4096)
def language_of_heading(heading: str, language: str) -> str:
    """The other language that all words of ``heading`` are of, some of them of that alone; empty if there is none."""
    words = _WORD.findall(fold(heading))
    if not language or len(words) not in _HEADING:
        return ""
    unknown = {word for word in words if not _is_known(word, language)}
    if not unknown or any(_is_grammar(word, language) or _is_name(word) for word in words):
        return ""
    others = (code for code in LANGUAGES if code != language and not {code, language} <= _NEIGHBOURS)
    return next((code for code in others if all(_is_known(word, code) for word in words)), "")


def _is_known(word: str, language: str) -> bool:
    return lexicon(language).concept(word) is not None


def _is_name(word: str) -> bool:
    """Whether every language has the word for somebody: "Google"."""
    known = (lexicon(code).concept(word) for code in LANGUAGES)
    return all(part is not None and part.concept.startswith("party.") for part in known)


def _is_grammar(word: str, language: str) -> bool:
    """Whether it only holds a sentence of ``language`` together: no other language has such a word in a heading."""
    concept = lexicon(language).words.get(word, "")
    return concept.startswith(("small", "operator", "opener"))
