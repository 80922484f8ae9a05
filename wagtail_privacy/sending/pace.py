"""The rate that the site's mail provider allows, held by all workers together.

The workers share one row that says when the next mail may be sent. A sender reserves the next window of time by
moving that moment forward (compare and set: two statements, no lock), waits for it, and sends evenly through it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from time import monotonic, sleep

from django.utils import timezone

from wagtail_privacy.conf import conf
from wagtail_privacy.records.notice import Pace

#: The one row of ours.
NAME = "mail"
#: How much time a sender reserves at once.
WINDOW = timedelta(seconds=10)
#: A sender that would have to wait longer stops, and a task continues later.
MAX_WAIT = timedelta(seconds=60)


class RateLimited(Exception):
    """The rate is used up until ``at``."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.at = at


class Throttle:
    """Lets one mail through at a time, no sooner than ``gap`` after the one before."""

    def __init__(self, gap: timedelta) -> None:
        self._gap = gap.total_seconds()
        self._next = 0.0

    @property
    def is_unlimited(self) -> bool:
        """Whether the next one need not wait."""
        return not self._gap

    def wait(self) -> None:
        if (pause := self._next - monotonic()) > 0:
            sleep(pause)
        self._next = monotonic() + self._gap


def reserve(limit: int) -> tuple[int, Throttle]:
    """Wait until up to ``limit`` mails may be sent. Returns how many, and what spaces them.

    Raises :exc:`RateLimited` if that would take too long.
    """
    rate = conf.MAX_RATE
    if rate is None:
        return limit, Throttle(timedelta())
    count = max(1, min(limit, int(rate * WINDOW.total_seconds())))
    start = _reserve(timedelta(seconds=count / rate))
    if (pause := (start - timezone.now()).total_seconds()) > 0:
        sleep(pause)
    return count, Throttle(timedelta(seconds=1 / rate))


def _reserve(stretch: timedelta) -> datetime:
    """Take the next ``stretch`` for the caller alone, and return when it begins."""
    while True:
        moment = timezone.now()
        row, _ = Pace.objects.get_or_create(name=NAME, defaults={"next_at": moment})
        start = max(row.next_at, moment)
        if start - moment > MAX_WAIT:
            raise RateLimited(start)
        if Pace.objects.filter(name=NAME, next_at=row.next_at).update(next_at=start + stretch):
            return start
