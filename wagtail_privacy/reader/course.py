"""The course of a policy in time: when each version took or takes effect, and in which years any was published."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime

from wagtail_privacy.actions.moment import day_of
from wagtail_privacy.models import Policy
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


def course_of(policy: Policy) -> Course:
    """The course of ``policy``, asked of the database once for each head of its chain: every event moves the head."""
    return _kept.get((policy.pk, policy.chain_head), lambda: _course(policy))


def _course(policy: Policy) -> Course:
    rows = list(policy.versions.values_list("published_at", "takes_effect_at", "withdrawn_at"))
    return Course(
        effects=tuple(sorted(effect for _, effect, withdrawn in rows if withdrawn is None)),
        years=tuple(sorted({day_of(published).year for published, _, _ in rows}, reverse=True)),
    )
