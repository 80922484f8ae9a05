"""The course of a policy in time: when each version took or takes effect, and in which years any was published."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from wagtail_privacy.clock import day_of
from wagtail_privacy.reader.cache import get_or_make
from wagtail_privacy.records.version import Version


class AboutVersion:
    """What public pages say of a version in days: of an entry in the history, of a text that applied on a day."""

    version: Version

    @property
    def number(self) -> int:
        return self.version.number

    @property
    def published(self) -> date:
        return day_of(self.version.published_at)

    @property
    def takes_effect(self) -> date | str:
        return self.version.applies_from


@dataclass(frozen=True)
class Timeline:
    """``effects``: the moments at which a version that was not withdrawn took or takes effect, earliest first.

    ``last_at`` is the number of the last version that takes effect at a moment, the only one of them that ever applies.
    """

    effects: tuple[datetime, ...]
    years: tuple[int, ...]
    last_at: Mapping[datetime, int] = field(default_factory=dict)

    def replaced_at_once_by(self, version: Version) -> int | None:
        """The number of the version that takes effect with ``version`` and replaces it, so that it never applies."""
        if version.withdrawn_at or version.is_imported:
            return None
        last = self.last_at.get(version.takes_effect_at, version.number)
        return last if last > version.number else None

    def period(self, moment: datetime) -> int:
        """How many of these moments have passed. Between two of them, what is shown does not change with time."""
        return bisect_right(self.effects, moment)

    def next_effect(self, moment: datetime) -> datetime | None:
        return next(iter(self.effects[self.period(moment) :]), None)


def get_timeline(policy: int, chain_head: str) -> Timeline:
    """The course of the policy with this key, asked of the database once for each head of its chain."""
    return get_or_make("timeline", (policy, chain_head), lambda: _load_timeline(policy), shared=True)


def _load_timeline(policy: int) -> Timeline:
    columns = ("published_at", "takes_effect_at", "withdrawn_at", "number")
    rows = list(Version.objects.filter(policy=policy).values_list(*columns).order_by("number"))
    return Timeline(
        effects=tuple(sorted(effect for _, effect, withdrawn, _ in rows if withdrawn is None)),
        years=tuple(sorted({day_of(published).year for published, *_ in rows}, reverse=True)),
        last_at={effect: number for _, effect, withdrawn, number in rows if withdrawn is None},
    )
