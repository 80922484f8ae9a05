"""How much and how long: periods as ISO 8601 durations, ages, money, shares and numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from wagtail_privacy.prose.lexicon import Lexicon, lexicon

#: In days, to tell which of two periods is longer.
_DAYS = {"PT1S": 1 / 86400, "PT1M": 1 / 1440, "PT1H": 1 / 24, "P1D": 1.0, "P1M": 30.44}
_UNITS: Mapping[str, tuple[str, int]] = {
    "second": ("PT1S", 1),
    "minute": ("PT1M", 1),
    "hour": ("PT1H", 1),
    "day": ("P1D", 1),
    "week": ("P1D", 7),
    "month": ("P1M", 1),
    "quarter": ("P1M", 3),
    "year": ("P1M", 12),
}
#: A number is told from other words by so many letters first.
_START = 2
#: Between tens and ones, as languages put them together: "femogtyve", "fünfundzwanzig".
_JOINTS = ("og", "und", "-", "")


@dataclass(frozen=True, slots=True)
class Quantity:
    """``kind`` is period, age, money or number. A period's ``unit`` is ISO 8601's: ``P1D``, ``P1M``, ``PT1H``.

    ``bound`` is ``max``, ``min`` or empty. A period without end has the unit ``indefinite``.
    """

    kind: str
    value: Decimal
    unit: str = ""
    bound: str = ""

    @property
    def iso(self) -> str:
        """A period or an age as an ISO 8601 duration; other quantities as value and unit."""
        if self.unit in _DAYS:
            return self.unit.replace("1", f"{self.value.normalize():f}")
        return f"{self.value.normalize():f}{self.unit}"

    @property
    def size(self) -> float:
        """For comparing two of a kind; a period in days."""
        return float("inf") if self.unit == "indefinite" else float(self.value) * _DAYS.get(self.unit, 1.0)


def period(value: Decimal, unit: str, bound: str = "") -> Quantity:
    """``value`` of a lexicon's ``unit`` as a period in the unit that equal periods share: 2 years are 24 months."""
    iso, factor = _UNITS[unit]
    amount = value * factor
    if iso == "PT1H" and amount % 24 == 0:
        iso, amount = "P1D", amount / 24
    if iso == "P1M" and amount % 1:
        iso, amount = "P1D", amount * 30
    return Quantity("period", amount, iso, bound)


def number(text: str) -> Decimal | None:
    """The value of digits as languages write them: "10 000", "1,5", of "1-2" the higher."""
    last = re.split(r"[-–]", text)[-1].strip()
    joined = re.sub(r"[ .,\u00a0\u202f](?=\d{3}(?:\D|$))", "", last).replace(",", ".")
    try:
        return Decimal(joined)
    except InvalidOperation:
        return None


@lru_cache(maxsize=2000)
def numeral(word: str, language: str) -> Decimal | None:
    """The value of a number that is written as a word, ``None`` if it is none."""
    known = lexicon(language)
    if word[:_START] not in _starts(language):
        return None
    if (value := _known(word, known)) is not None:
        return value
    for cut in range(2, len(word) - 1):
        for joint in _JOINTS:
            if not word[cut:].startswith(joint):
                continue
            first, second = _known(word[:cut], known), _known(word[cut + len(joint) :], known)
            if first and second and (value := _put_together(first, second)):
                return value
    return None


@lru_cache(maxsize=8)
def _starts(language: str) -> frozenset[str]:
    """What the numbers of a language begin with."""
    known = lexicon(language)
    words = (word for word, concept in known.words.items() if concept.startswith("number."))
    return frozenset(word.rstrip("~")[:_START] for word in (*words, *known.aside["one"]))


def _known(word: str, known: Lexicon) -> Decimal | None:
    for key in known.keys(word):
        concept = known.words.get(key, "")
        if concept.startswith("number."):
            return Decimal(concept.removeprefix("number."))
        if key in known.aside["one"]:
            return Decimal(1)
    return None


def _put_together(first: Decimal, second: Decimal) -> Decimal | None:
    tens, ones = max(first, second), min(first, second)
    if 20 <= tens <= 90 and tens % 10 == 0 and 1 <= ones <= 9:
        return tens + ones
    if second in (100, 1000) and 1 < first < 100:
        return first * second
    return None
