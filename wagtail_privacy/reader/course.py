"""The course of a policy in time: when each version took or takes effect, and in which years any was published."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime

from wagtail_privacy.actions.moment import day_of
from wagtail_privacy.models import Version
from wagtail_privacy.reader.kept import Kept


@dataclass(frozen=True)
class Course:
    """``effects``: the moments at which a version that was not withdrawn took or takes effect, the first first."""

    effects: tuple[datetime, ...]
    years: tuple[int, ...]

    def period(self, moment: datetime) -> int:
        """How many of these moments have passed: between two of them, time alone changes nothing that is read."""
        return bisect_right(self.effects, moment)

    def next_effect(self, moment: datetime) -> datetime | None:
        return next(iter(self.effects[self.period(moment) :]), None)


_kept: Kept[Course] = Kept(64)


def course_of(policy: int, chain_head: str) -> Course:
    """The course of the policy with this key, asked of the database once for each head of its chain."""
    return _kept.get((policy, chain_head), lambda: _course(policy))


def _course(policy: int) -> Course:
    rows = list(
        Version.objects.filter(policy=policy).values_list("published_at", "takes_effect_at", "withdrawn_at").order_by()
    )
    return Course(
        effects=tuple(sorted(effect for _, effect, withdrawn in rows if withdrawn is None)),
        years=tuple(sorted({day_of(published).year for published, _, _ in rows}, reverse=True)),
    )
