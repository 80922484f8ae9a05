"""What on a page, or in a mail, is in another language than it says it is: for the six that the interface speaks.

Three nets: phrases of the catalogues, wherever they stand; messages that stand alone, however short; and the small
words that a text of some length has in one language and in no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("sv", "en", "fi", "nb", "da", "de")
#: Words by the languages that have them; the other ones of the six have no such word.
SMALL_WORDS = {
    "sv": "och att är inte från när för ett dina hur vad",
    "en": "the and of your we that with from when you are this change",
    "fi": "että tai jos joka jotka eikä ovat voit sekä mutta sinun meidän myös tietojen tietoja",
    "nb da": "og ikke hvis hvordan hvem",
    "nb": "deg slik noen etter hva uten mellom gjelder opplysninger opplysningene",
    "da": "af nogle hvad uden mellem gælder oplysninger oplysningerne sprog",
    "de": "und nicht wir ist oder werden wenn von auf sich ihre",
}
BLANKS = re.compile(r"%\(\w+\)[sdr]|\{\w*\}|%%|<[^>]*>")
VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
SAID_BY_ATTRIBUTES = ("title", "alt", "aria-label", "placeholder")


def foreign(html: str, language: str) -> set[str]:
    """Whatever a page in ``language`` says in another one. What is marked as being in another is held to that one."""
    found: dict[str, list[str]] = {}
    for passage_language, passage in passages(html, language):
        found.setdefault(passage_language.partition("-")[0], []).append(passage)
    return {thing for code, said in found.items() if code in LANGUAGES for thing in foreign_in(said, code)}


def foreign_in(said: list[str], language: str) -> set[str]:
    """Whatever in these passages is in another language than ``language``."""
    text = "\n".join(said)
    return foreign_words(text, language) | foreign_phrases(text, language) | foreign_labels(said, language)


def foreign_words(text: str, language: str) -> set[str]:
    others = (words.split() for codes, words in SMALL_WORDS.items() if language not in codes.split())
    # An address is in no language.
    words = re.findall(r"\b[^\W\d_]+\b", re.sub(r"\S+[@/]\S+", " ", text).lower())
    return {word for each in others for word in each}.intersection(words)


def foreign_phrases(text: str, language: str) -> set[str]:
    likely = (phrase for phrase in _phrases_of_others(language) if phrase in text)
    return {phrase for phrase in likely if re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text)}


def foreign_labels(said: list[str], language: str) -> set[str]:
    own = _labels(language)
    labels = {passage.strip(" :.…“”„«»’–()").casefold() for passage in said} - own
    return {label for code in LANGUAGES if code != language for label in labels & _labels(code)}


def passages(html: str, language: str = "") -> Iterator[tuple[str, str]]:
    """Each text that readers, or those who listen, meet in ``html``, with the language that it is marked with."""
    parser = _Passages(language)
    parser.feed(html)
    parser.close()
    yield from parser.found


class _Passages(HTMLParser):
    def __init__(self, language: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = [("", language)]
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        language = values.get("lang") or self.open[-1][1]
        said = [values.get(name) for name in SAID_BY_ATTRIBUTES]
        said.append(values.get("value") if values.get("type") == "submit" else None)
        self.found.extend((language, " ".join(text.split())) for text in said if text)
        if tag not in VOID:
            self.open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        while len(self.open) > 1 and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tag, language = self.open[-1]
        if tag not in ("style", "script") and (said := " ".join(data.split())):
            self.found.append((language, said))


@cache
def _phrases_of_others(language: str) -> tuple[str, ...]:
    """Runs of two words and more that the catalogues of the other languages have, and that of ``language`` has not."""
    own = "\n".join(_messages(language)).casefold()
    pieces = {piece for code in LANGUAGES if code != language for message in _messages(code) for piece in cut(message)}
    return tuple(sorted(piece for piece in pieces if piece.casefold() not in own))


def cut(message: str) -> Iterator[str]:
    """What remains of a message between what is filled in: each run long enough to tell a language."""
    for piece in BLANKS.split(message):
        run = re.sub(r"^\W+|\W+$", "", piece)
        if " " in run and len(run) >= 10:
            yield run


@cache
def _labels(language: str) -> frozenset[str]:
    """Messages that may stand alone: with nothing filled in."""
    return frozenset(
        message.strip(" :.…").casefold()
        for message in _messages(language)
        if len(message) > 3 and not BLANKS.search(message)
    )


@cache
def _messages(language: str) -> tuple[str, ...]:
    """All that the interface and the example site say in a language; what English says is what the others translate."""
    folders = (ROOT / "locale", ROOT / "example_site" / "locale")
    source = "sv" if language == "en" else language
    found: list[str] = []
    for path in (folder / source / "LC_MESSAGES" / "django.po" for folder in folders):
        if path.exists():
            with path.open("rb") as file:
                for message in read_po(file, locale=source):
                    said = message.id if language == "en" else message.string
                    found.extend([said] if isinstance(said, str) else said or ())
    return tuple(filter(None, found))
