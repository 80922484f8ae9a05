"""ISO 8601 durations of whole days, weeks, months and years: how long data are kept, how soon we answer."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DURATION = re.compile(
    r"P(?:(?P<weeks>\d{1,4})W|(?=\d)(?:(?P<years>\d{1,4})Y)?(?:(?P<months>\d{1,4})M)?(?:(?P<days>\d{1,5})D)?)",
    re.ASCII,
)
_LONGEST_YEARS = 1000
# Days in the shortest and in the longest run of n consecutive months, outside leap days.
_SHORTEST = (0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334)
_LONGEST = (0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337)


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time in calendar units. A week is seven days; twelve months are a year."""

    years: int = 0
    months: int = 0
    days: int = 0
    weeks: int = 0

    @property
    def all_days(self) -> int:
        return self.weeks * 7 + self.days

    @property
    def all_months(self) -> int:
        return self.years * 12 + self.months

    @property
    def shortest_days(self) -> int:
        """The fewest days it can be, whatever day it is counted from."""
        years, months = divmod(self.all_months, 12)
        return years * 365 + _SHORTEST[months] + self.all_days

    @property
    def longest_days(self) -> int:
        """The most days it can be."""
        years, months = divmod(self.all_months, 12)
        return years * 365 + (years + 3) // 4 + _LONGEST[months] + self.all_days

    def compare(self, other: Duration) -> int | None:
        """-1, 0 or 1 as this is shorter than, equal to or longer than ``other``; ``None`` if the calendar decides.

        ``P24M`` equals ``P2Y``; whether ``P30D`` is longer than ``P1M`` depends on the month.
        """
        months, days = self.all_months - other.all_months, self.all_days - other.all_days
        if months * days >= 0:
            return _sign(months or days)
        if self.shortest_days > other.longest_days:
            return 1
        return -1 if self.longest_days < other.shortest_days else None


def parse(iso: str) -> Duration:
    """The :class:`Duration` that ``iso`` (``P24M``, ``P1Y6M``, ``P2W``) stands for.

    Raises :exc:`ValueError` for anything else: no time of day, no fraction, nothing empty or over 1000 years.
    """
    found = _DURATION.fullmatch(iso) if isinstance(iso, str) else None
    if found is None:
        msg = (
            "Expected an ISO 8601 duration of days, weeks, months or years, such as P30D, P2W, P24M or P1Y6M, "
            f"found {iso!r}."
        )
        raise ValueError(msg)
    duration = Duration(**{unit: int(number or 0) for unit, number in found.groupdict().items()})
    if not 0 < duration.longest_days <= _LONGEST_YEARS * 366:
        msg = f"Expected a duration of at least one day and at most {_LONGEST_YEARS} years, found {iso!r}."
        raise ValueError(msg)
    return duration


def is_iso_duration(text: str) -> bool:
    """Whether :func:`parse` understands ``text``."""
    try:
        parse(text)
    except ValueError:
        return False
    return True


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
