"""A document in several languages: which of its parts are in which, so that one is offered as the translation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from babel import Locale

from wagtail_privacy.imports.outline import OutlinePart, PartKind
from wagtail_privacy.imports.recognition.words import concepts
from wagtail_privacy.prose.lexicon import LANGUAGES, base
from wagtail_privacy.review.tongue import marks_of

#: With fewer words another language is a quotation.
FEWEST_WORDS = 15
#: A smaller share of the document is one too.
FEWEST_OF_HUNDRED = 20
#: So many of another language's commonest words a part has to have more before it is read as in that language.
_SWITCH = 2
#: So many there have to be in all.
_FEWEST_MARKS = 3


#: Letters that other languages among these lack.
_LETTERS = {"sv": "åäö", "fi": "äö", "nb": "æøå", "da": "æøå", "de": "äöüß", "en": ""}
#: A longer cell of a table in several languages is no heading.
_LONGEST_HEADING = 8


def parts_by_language(parts: Sequence[OutlinePart], main: str) -> list[tuple[str, list[OutlinePart]]]:
    """The parts in the main language (its code is empty) and then, by their codes, those in others.

    A table with a language in each column becomes paragraphs and headings.
    """
    laid_out = _languages_laid_out(parts)
    apart = [one for table in _tables(parts) for one in _columns_apart(table)]
    apart = [(part, code or laid_out.get(part.column, "")) for part, code in apart]
    parts = [part for part, _code in apart]
    spoken = _spoken(apart, main)
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
    read = [_marks(part) for part, one in zip(parts, spoken, strict=True) if one == code]
    mine, theirs = sum(marks[code] for marks in read), sum(marks.get(main, 0) for marks in read)
    won = sum(marks[code] > marks.get(main, 0) for marks in read)
    lost = sum(marks[code] < marks.get(main, 0) for marks in read)
    # Norwegian and Danish share most of their common words.
    is_near = won >= 3 * max(1, lost) and mine - theirs >= 2 * _FEWEST_MARKS
    return mine >= _FEWEST_MARKS and (mine >= 3 * max(1, theirs) or is_near)


def _marks(part: OutlinePart) -> dict[str, int]:
    """What tells the language of a part: its commonest words, and headings that policies have."""
    marks = marks_of(part.words.text)
    if part.kind == "heading":
        marks = {code: count + 2 * bool(concepts("headings", part.words.text, code)) for code, count in marks.items()}
    return marks


def _with_letters(marks: Mapping[str, int], text: str) -> dict[str, int]:
    """``marks`` with the words that have letters of a language."""
    words = [word for word in text.casefold().split() if not word.isascii()]
    return {
        code: count + sum(any(letter in word for letter in _LETTERS[code]) for word in words)
        for code, count in marks.items()
    }


def _spoken(parts: Sequence[tuple[OutlinePart, str]], main: str) -> list[str]:
    """The language of each part, unless it is known: that with the most of its words, where a change costs some."""
    best: dict[str, int] = {code: 0 if code == main else -_SWITCH for code in LANGUAGES}
    before: list[Mapping[str, str]] = []
    read = [
        {code: _KNOWN * (code == known) for code in LANGUAGES}
        if known
        else _with_letters(_marks(part), part.words.text)
        for part, known in parts
    ]
    for (part, _known), marks in zip(parts, read, strict=True):
        first = max(best, key=lambda code: best[code])
        # Where both languages fit, the other one begins at a heading.
        cost = _SWITCH + (part.kind != "heading")
        came = {code: code if best[code] >= best[first] - cost else first for code in LANGUAGES}
        best = {code: best[came[code]] - cost * (came[code] != code) + marks[code] for code in LANGUAGES}
        before.append(came)
    code = max(best, key=lambda one: best[one])
    spoken = [code] * len(parts)
    for at in range(len(parts) - 1, 0, -1):
        code = before[at][code]
        spoken[at - 1] = code
    return _with_headings([part for part, _known in parts], read, spoken)


#: More than any part has of a language's words.
_KNOWN = 1000


def _with_headings(parts: Sequence[OutlinePart], read: Sequence[Mapping[str, int]], spoken: list[str]) -> list[str]:
    """A heading is in the language of what stands below it, unless it has more words of its own."""
    for at in range(len(parts) - 2, -1, -1):
        if parts[at].kind == "heading" and read[at][spoken[at]] <= read[at][spoken[at + 1]]:
            spoken[at] = spoken[at + 1]
    return spoken


def is_name_of(language: str, words: str) -> bool:
    """Whether ``words`` are the name of ``language``, in one of the languages: "Svenska", "Swedish"."""
    codes = {"nb": ("nb", "no")}.get(base(language), (base(language),))
    names = {Locale(one).languages.get(code, "").casefold() for one in LANGUAGES for code in codes}
    return words.strip().casefold() in names - {""}


# --- Languages side by side ---


def _tables(parts: Sequence[OutlinePart]) -> Iterator[list[OutlinePart]]:
    """``parts``, the rows of each table together."""
    for _table, run in groupby(parts, key=lambda part: part.table if part.kind == "row" else 0):
        yield list(run)


def _columns_apart(run: Sequence[OutlinePart]) -> Iterator[tuple[OutlinePart, str]]:
    """``run`` as it is; of a table with a language in each column the cells, each with its language."""
    codes = _languages_of_columns(run) if run[0].kind == "row" else ()
    for part in run:
        if not codes or len(part.cells) != len(codes):
            yield part, ""
            continue
        for cell, code in zip(part.cells, codes, strict=True):
            if cell.words.text:
                kind: PartKind = "heading" if _may_be_heading(part) else "paragraph"
                yield OutlinePart(kind, cell.words, cell.html, cell.span), code


def _may_be_heading(row: OutlinePart) -> bool:
    texts = [cell.words.text for cell in row.cells]
    return all(len(text.split()) <= _LONGEST_HEADING and not text.endswith((".", ",", ";", ":")) for text in texts)


def _languages_of_columns(rows: Sequence[OutlinePart]) -> tuple[str, ...]:
    """The language of each column, if each has another one and enough of its words."""
    width = len(rows[0].cells)
    if width < 2 or any(len(row.cells) != width for row in rows):
        return ()
    texts = (" ".join(row.cells[column].words.text for row in rows) for column in range(width))
    return _each_another(texts)


def _languages_laid_out(parts: Sequence[OutlinePart]) -> Mapping[int, str]:
    """The language of each column of tables that set parts side by side, if each has another one."""
    columns: dict[int, list[str]] = {}
    for part in parts:
        if part.column:
            columns.setdefault(part.column, []).append(part.words.text)
    codes = _each_another(map(" ".join, columns.values())) if len(columns) > 1 else ()
    return dict(zip(columns, codes, strict=False))


def _each_another(texts: Iterable[str]) -> tuple[str, ...]:
    """The languages of ``texts``, if each has another one and enough of its words."""
    found: list[str] = []
    for text in texts:
        marks = _with_letters(marks_of(text), text)
        code = max(marks, key=lambda one: marks[one])
        if code in found or marks[code] < _FEWEST_MARKS or len(text.split()) < FEWEST_WORDS:
            return ()
        found.append(code)
    return tuple(found)
