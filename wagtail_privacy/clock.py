"""The moment that an action happens at: now, or a given one when a history is loaded or imported."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    return _moment.get() or timezone.now()


@contextmanager
def at(moment: datetime | None) -> Iterator[None]:
    """Within this block :func:`now` is ``moment`` (an aware datetime); ``None`` leaves the clock alone.

    A publication passes through Wagtail's own ``publish()``, which takes no such argument.
    """
    token = _moment.set(moment or _moment.get())
    try:
        yield
    finally:
        _moment.reset(token)


def start_of(day: date) -> datetime:
    """The moment at which ``day`` begins in the site's time zone (``TIME_ZONE``), in UTC as it is stored.

    00:00, or what the clocks are put forward to where they change at midnight. In the zone itself that 00:00 would
    equal no moment at all (PEP 495), not even the one that it is stored as.
    """
    try:
        return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone()).astimezone(UTC)
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC)


def day_of(moment: datetime) -> date:
    """The site's day that ``moment`` falls on; the last that a date can be where it is later."""
    try:
        return timezone.localtime(moment, timezone.get_default_timezone()).date()
    except OverflowError:
        return date.max if moment.year > 1 else date.min


def days_after(day: date, days: int) -> date:
    """The day that comes ``days`` after ``day``; the last that a date can be where that is later."""
    return day + timedelta(days=min(days, (date.max - day).days))


def months_after(day: date, months: int) -> date:
    """The same day ``months`` later, or that month's last; the last that a date can be where that is later."""
    years, month = divmod(day.month - 1 + months, 12)
    if day.year + years > date.max.year:
        return date.max
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
