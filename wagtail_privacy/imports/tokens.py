"""Words as they are counted: alike whatever typography, case or invisible sign they are written with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

#: Soft hyphens, zero-width and direction marks, and controls that part no words.
_UNSEEN = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x01-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffe\uffff]"
)
_CHUNK = re.compile(r"[^\s\x00]+")
#: Low lines around a word are emphasis of Markdown, within one they are its own.
_WORD = re.compile(r"[^\W_](?:\w*[^\W_])?")


def words_in(text: str) -> Iterator[str]:
    return (word for word, _start in placed_words(text))


def placed_words(text: str) -> Iterator[tuple[str, int]]:
    """Each word of ``text``, and where it begins."""
    for chunk in _CHUNK.finditer(text):
        written, start = chunk.group(), chunk.start()
        if written.isascii() or (unicodedata.is_normalized("NFKC", written) and not _UNSEEN.search(written)):
            for word in _WORD.finditer(written):
                yield word.group().casefold(), start + word.start()
        else:
            plain, places = _written_anew(written)
            for word in _WORD.finditer(plain):
                yield word.group().casefold(), start + places[word.start()]


def _written_anew(text: str) -> tuple[str, list[int]]:
    """``text`` in the form NFKC without signs that nobody sees, and where each character of that comes from."""
    letters: list[tuple[str, int]] = []
    for place, sign in enumerate(text):
        if _UNSEEN.match(sign):
            continue
        if letters and unicodedata.combining(sign):
            letters[-1] = letters[-1][0] + sign, letters[-1][1]
        else:
            letters.append((sign, place))
    # Signs that are no letters, such as "™", stay none.
    written = [(_letter(letter), place) for letter, place in letters]
    return "".join(letter for letter, _place in written), [place for letter, place in written for _sign in letter]


def _letter(written: str) -> str:
    return unicodedata.normalize("NFKC", written) if written[0].isalnum() else written
