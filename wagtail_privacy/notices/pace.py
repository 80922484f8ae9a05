"""The rate that the site's mail provider allows, held by all workers together.

The workers share one row that says when the next mail may go. Who sends takes the next stretch of time for itself by
moving that moment on (compare and set: two statements, no lock), waits for it, and sends evenly through it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from time import monotonic, sleep

from django.utils import timezone

from wagtail_privacy.conf import conf
from wagtail_privacy.models.notice import Pace

#: The one row of ours.
NAME = "mail"
#: How much of the rate is taken at a time.
STRETCH = timedelta(seconds=10)
#: Who would have to wait longer than this comes back later instead.
LONGEST_WAIT = timedelta(seconds=60)


class Later(Exception):
    """Others have taken the rate until ``at``."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.at = at


class Step:
    """Lets one mail through at a time, no sooner than ``gap`` after the one before."""

    def __init__(self, gap: timedelta) -> None:
        self._gap = gap.total_seconds()
        self._next = 0.0

    @property
    def is_free(self) -> bool:
        """Whether the next one need not wait."""
        return not self._gap

    def take(self) -> None:
        if (pause := self._next - monotonic()) > 0:
            sleep(pause)
        self._next = monotonic() + self._gap


def wait_for(most: int) -> tuple[int, Step]:
    """Wait until up to ``most`` mails may go. Returns how many may, and the step at which they may.

    Raises :exc:`Later` where that would take long.
    """
    rate = conf.MAX_RATE
    if rate is None:
        return most, Step(timedelta())
    count = max(1, min(most, int(rate * STRETCH.total_seconds())))
    start = _reserve(timedelta(seconds=count / rate))
    if (pause := (start - timezone.now()).total_seconds()) > 0:
        sleep(pause)
    return count, Step(timedelta(seconds=1 / rate))


def _reserve(stretch: timedelta) -> datetime:
    """Take the next ``stretch`` for the caller alone, and return when it begins."""
    while True:
        moment = timezone.now()
        row, _ = Pace.objects.get_or_create(name=NAME, defaults={"next_at": moment})
        start = max(row.next_at, moment)
        if start - moment > LONGEST_WAIT:
            raise Later(start)
        if Pace.objects.filter(name=NAME, next_at=row.next_at).update(next_at=start + stretch):
            return start
