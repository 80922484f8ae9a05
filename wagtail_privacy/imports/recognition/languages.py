"""A document in several languages: which of its parts are in which, so that one is offered as the translation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from wagtail_privacy.imports.outline import OutlinePart
from wagtail_privacy.imports.recognition.words import concepts
from wagtail_privacy.prose.lexicon import LANGUAGES
from wagtail_privacy.review.tongue import marks_of

#: With fewer words another language is a quotation.
FEWEST_WORDS = 15
#: A smaller share of the document is one too.
FEWEST_OF_HUNDRED = 20
#: So many of another language's commonest words a part has to have more before it is read as in that language.
_SWITCH = 2
#: So many there have to be in all.
_FEWEST_MARKS = 3


def parts_by_language(parts: Sequence[OutlinePart], main: str) -> list[tuple[str, list[OutlinePart]]]:
    """The parts in the main language (its code is empty) and then, by their codes, those in others."""
    spoken = _spoken(parts, main)
    words: Counter[str] = Counter()
    for part, code in zip(parts, spoken, strict=True):
        words[code] += len(part.words.text.split())
    total = sum(words.values())
    others = [code for code in words if code != main and words[code] >= FEWEST_WORDS]
    others = [code for code in others if words[code] * 100 >= total * FEWEST_OF_HUNDRED] if main in words else []
    others = [code for code in others if _is_clear(code, main, parts, spoken)]
    found = [("", [part for part, code in zip(parts, spoken, strict=True) if code not in others])]
    return found + [(one, [p for p, code in zip(parts, spoken, strict=True) if code == one]) for one in others]


def _is_clear(code: str, main: str, parts: Sequence[OutlinePart], spoken: Sequence[str]) -> bool:
    """Whether the parts taken for another language have more of its common words than of the main language's."""
    marks: Counter[str] = Counter()
    for part, one in zip(parts, spoken, strict=True):
        marks.update(_marks(part) if one == code else {})
    return marks[code] >= _FEWEST_MARKS and marks[code] >= 3 * max(1, marks.get(main, 0))


def _marks(part: OutlinePart) -> dict[str, int]:
    """What tells the language of a part: its commonest words, and headings that policies have."""
    marks = marks_of(part.words.text)
    if part.kind == "heading":
        marks = {code: count + 2 * bool(concepts("headings", part.words.text, code)) for code, count in marks.items()}
    return marks


def _spoken(parts: Sequence[OutlinePart], main: str) -> list[str]:
    """The language of each part: that with the most of its commonest words, where a change costs some."""
    best: dict[str, int] = {code: 0 if code == main else -_SWITCH for code in LANGUAGES}
    before: list[Mapping[str, str]] = []
    for part in parts:
        marks = _marks(part)
        first = max(best, key=lambda code: best[code])
        came = {code: code if best[code] >= best[first] - _SWITCH else first for code in LANGUAGES}
        best = {code: best[came[code]] - _SWITCH * (came[code] != code) + marks[code] for code in LANGUAGES}
        before.append(came)
    code = max(best, key=lambda one: best[one])
    spoken = [code] * len(parts)
    for at in range(len(parts) - 1, 0, -1):
        code = before[at][code]
        spoken[at - 1] = code
    return _with_headings(parts, spoken)


def _with_headings(parts: Sequence[OutlinePart], spoken: list[str]) -> list[str]:
    """A heading is in the language of what stands below it."""
    for at in range(len(parts) - 2, -1, -1):
        if parts[at].kind == "heading":
            spoken[at] = spoken[at + 1]
    return spoken
