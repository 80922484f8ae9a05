"""Days as ISO 8601, however a language writes them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError

_YEAR_FIRST = re.compile(r"((?:19|20)\d\d)[-/]?(\d\d)[-/]?(\d\d)")
_YEAR_LAST = re.compile(r"(\d{1,2})\s?[./ -]\s?(\d{1,2})\s?[./ -]\s?(\d{4}|\d\d)")
_MONTH_AND_YEAR = re.compile(r"(\d\d)/(\d{4})")
#: What people write around a day, and nothing that would make it another: "den 3 maj 2018", "the 3rd of May 2018".
_AROUND = frozenset({"a", "am", "d", "den", "der", "nd", "of", "rd", "st", "th", "the"})


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


def partial_date(typed: str, languages: Iterable[str]) -> str:
    """A year, a month or a day that somebody typed, with the month's name in one of ``languages`` or in digits.

    As ISO 8601: ``2018``, ``2018-05``, ``2018-05-25``. Empty if ``typed`` is no such date, says more than one, or could
    be either of two days.
    """
    typed = " ".join(typed.split())
    if re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", typed):
        year, month, day = (*typed.split("-"), "", "")[:3]
        return typed if _joined(year, month or "1", day) else ""
    if re.fullmatch(r"[\d./ -]+", typed):
        found = iso(typed, "") if re.search(r"\d{4}", typed) else ""
        # A full stop between them puts the day first wherever it is written so.
        return found.partition("|")[0] if "." in typed or "|" not in found else ""
    return next(filter(None, (_typed(typed, language) for language in languages)), "")


def _typed(text: str, language: str) -> str:
    """A month by its name, with a year of four digits and perhaps a day, and nothing else."""
    if re.search(r"[^\w\s.,:]", text):
        return ""
    names, known = re.findall(r"[^\W\d_]+", text.casefold()), months(language)
    named = [name for name in names if number_of_month(name, known)]
    lengths = sorted(map(len, re.findall(r"\d+", text)))
    is_date = len(named) == 1 and lengths in ([4], [1, 4], [2, 4]) and _AROUND.issuperset({*names} - {*named})
    return _named(text.casefold(), language) if is_date else ""


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
