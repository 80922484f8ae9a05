"""Periods: read, refused, and compared as far as the calendar allows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagtail_privacy.policy.durations import Duration, is_iso_duration, parse


@pytest.mark.parametrize(
    ("iso", "duration"),
    [
        ("P24M", Duration(months=24)),
        ("P1Y6M", Duration(years=1, months=6)),
        ("P2W", Duration(weeks=2)),
        ("P30D", Duration(days=30)),
        ("P1Y2M3D", Duration(1, 2, 3)),
    ],
)
def test_a_duration_is_read(iso: str, duration: Duration) -> None:
    assert parse(iso) == duration
    assert is_iso_duration(iso)


@pytest.mark.parametrize(
    "iso", ["", "P", "24M", "p24m", "PT5H", "P1DT1H", "P1.5Y", "P-1Y", "P1M1Y", "P1Y2W", " P1Y", "P٣M", None, 24]
)
def test_what_is_no_duration_is_refused(iso: str) -> None:
    assert not is_iso_duration(iso)
    with pytest.raises(ValueError, match="Expected an ISO 8601 duration.*such as P30D.*found"):
        parse(iso)


@pytest.mark.parametrize("iso", ["P0D", "P0Y0M", "P9999Y"])
def test_nothing_and_for_ever_are_refused(iso: str) -> None:
    with pytest.raises(ValueError, match="at least one day and at most 1000 years, found"):
        parse(iso)


@pytest.mark.parametrize(
    ("one", "other", "order"),
    [
        ("P24M", "P2Y", 0),
        ("P2W", "P14D", 0),
        ("P36M", "P2Y", 1),
        ("P3M", "P24M", -1),
        ("P30D", "P1M", None),
        ("P365D", "P1Y", None),
        ("P32D", "P1M", 1),
        ("P27D", "P1M", -1),
        ("P1Y1D", "P12M", 1),
        ("P1M1D", "P1M2D", -1),
    ],
)
def test_durations_are_compared(one: str, other: str, order: int | None) -> None:
    assert parse(one).compare(parse(other)) == order
    assert parse(other).compare(parse(one)) == (None if order is None else -order)


DURATIONS = st.builds(Duration, years=st.integers(0, 30), months=st.integers(0, 40), days=st.integers(0, 400))


def after(day: date, duration: Duration) -> date:
    """The first of a month plus ``duration``: no day is lost at a month's end."""
    months = day.year * 12 + day.month - 1 + duration.all_months
    return date(months // 12, months % 12 + 1, day.day) + timedelta(days=duration.all_days)


@given(DURATIONS, st.integers(1901, 2060), st.integers(1, 12))
def test_no_calendar_falls_outside_the_bounds(duration: Duration, year: int, month: int) -> None:
    start = date(year, month, 1)
    assert duration.shortest_days <= (after(start, duration) - start).days <= duration.longest_days


@given(DURATIONS, DURATIONS, st.integers(1901, 2060), st.integers(1, 12))
def test_an_order_holds_from_any_day(one: Duration, other: Duration, year: int, month: int) -> None:
    start = date(year, month, 1)
    difference = (after(start, one) - after(start, other)).days
    match one.compare(other):
        case 1:
            assert difference > 0
        case 0:
            assert difference == 0
        case -1:
            assert difference < 0
