"""Days and moments, in every time zone there is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import available_timezones

import pytest

from wagtail_privacy.clock import day_of, days_after, start_of

FIRST = date(2026, 1, 1)
TWO_YEARS = [FIRST + timedelta(days=n) for n in range(731)]


def test_a_day_begins_on_that_day_and_at_a_moment_that_is_stored_as_it_is(settings: Any) -> None:
    """Every IANA zone, every day of two years: Cairo, Beirut, Santiago and Havana change their clocks at midnight."""
    wrong = []
    for zone in sorted(available_timezones()):
        settings.TIME_ZONE = zone
        for day in TWO_YEARS:
            moment = start_of(day)
            stored = datetime.fromisoformat(moment.astimezone(UTC).isoformat())
            if moment != stored or day_of(stored) != day or start_of(day_of(stored)) != stored:
                wrong.append((zone, day))
    assert wrong == []


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12", "Europe/Stockholm", "UTC"])
def test_the_first_and_the_last_day_have_a_beginning(settings: Any, zone: str) -> None:
    settings.TIME_ZONE = zone
    for day in (date.min, date.max):
        assert abs(day_of(start_of(day)) - day) <= timedelta(days=1)
    assert day_of(datetime.max.replace(tzinfo=UTC)) == date.max
    assert day_of(datetime.min.replace(tzinfo=UTC)).year == 1


def test_no_day_comes_after_the_last() -> None:
    assert days_after(date(2026, 2, 27), 2) == date(2026, 3, 1)
    assert days_after(date(9999, 12, 30), 30) == date.max
    assert days_after(date.max, 0) == date.max
