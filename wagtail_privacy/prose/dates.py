"""Days as ISO 8601, however a language writes them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError

_YEAR_FIRST = re.compile(r"((?:19|20)\d\d)[-/]?(\d\d)[-/]?(\d\d)")
_YEAR_LAST = re.compile(r"(\d{1,2})\s?[./ -]\s?(\d{1,2})\s?[./ -]\s?(\d{4}|\d\d)")
_MONTH_AND_YEAR = re.compile(r"(\d\d)/(\d{4})")


@lru_cache(maxsize=16)
def months(language: str) -> Mapping[str, int]:
    """The names of the months in all forms that Babel has, folded, with their numbers; none for unknown languages."""
    try:
        known = Locale(language).months
    except (UnknownLocaleError, ValueError):
        return {}
    return {
        unicodedata.normalize("NFKC", name).casefold().rstrip("."): number
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in known[context][width].items()
    }


def month_of(word: str, language: str) -> int:
    """The number of the month that ``word`` (folded) names, 0 if it names none. In Finnish it may stand in a case."""
    return number_of_month(word, months(language))


def number_of_month(word: str, known: Mapping[str, int]) -> int:
    """The same for those of a language at hand."""
    word = word.rstrip(".")
    return known.get(word) or known.get(word.removesuffix("ta"), 0)


def iso(text: str, language: str) -> str:
    """A date token's day as ``YYYY-MM-DD``, ``YYYY-MM`` or ``--MM-DD``, empty if it is none.

    Where day and month may stand in either order, as in "5/6/2018", both readings with ``|`` between.
    """
    if match := _YEAR_FIRST.match(text):
        return _joined(match[1], match[2], match[3])
    if match := _YEAR_LAST.fullmatch(text):
        year = match[3] if len(match[3]) == 4 else f"20{match[3]}"
        readings = _joined(year, match[2], match[1]), _joined(year, match[1], match[2])
        return "|".join(dict.fromkeys(filter(None, readings)))
    if match := _MONTH_AND_YEAR.fullmatch(text):
        return _joined(match[2], match[1], "")
    return _named(text, language)


def _named(text: str, language: str) -> str:
    """ "2. februar 2024", "May 2018", "May 25"."""
    month = next((number for word in re.findall(r"[^\W\d_]+\.?", text) if (number := month_of(word, language))), 0)
    numbers = re.findall(r"\d+", text)
    year = next((number for number in numbers if len(number) == 4), "")
    day = next((number for number in numbers if len(number) < 3), "")
    return _joined(year, str(month), day) if month else ""


def _joined(year: str, month: str, day: str) -> str:
    try:
        found = date(int(year or 2000), int(month), int(day or 1))
    except ValueError:
        return ""
    return f"{year or '-'}-{found:%m}" + (f"-{found:%d}" if day else "")
