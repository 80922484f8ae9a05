"""The moment that an action happens at: now, or a given one when a history is loaded or imported."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time

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
    """00:00 of ``day`` in the site's time zone (``TIME_ZONE``): a day means the site's day."""
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())


def day_of(moment: datetime) -> date:
    """The site's day that ``moment`` falls on."""
    return timezone.localtime(moment, timezone.get_default_timezone()).date()
