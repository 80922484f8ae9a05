"""A change of plan, for those who were told of the plan before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wagtail_privacy.clock import day_of, now
from wagtail_privacy.policy import words
from wagtail_privacy.records.notice import Notice
from wagtail_privacy.records.version import Version


@dataclass(frozen=True)
class ChangedDay:
    """A version that takes effect on another day than was told; on none, if it was withdrawn."""

    number: int
    old_day: date
    new_day: date | None


@dataclass(frozen=True)
class ChangedPlan:
    """What is told: the versions concerned, in order. ``others`` says that other announced changes stand."""

    moves: tuple[ChangedDay, ...]
    applies: bool
    others: bool

    def as_context(self) -> dict[str, Any]:
        """For the templates, in the active language."""
        moves = [
            {
                "number": move.number,
                "told": words.day(move.old_day),
                "instead": words.day(move.new_day) if move.new_day else "",
            }
            for move in self.moves
        ]
        return {"moves": moves, "first": moves[0], "applies": self.applies, "others": self.others}


def changed_plan(notice: Notice) -> ChangedPlan | None:
    """The change of plan that ``notice`` tells, as it stands now; ``None`` for a notice of another kind."""
    event = notice.event if notice.changes_plan else None
    if event is None:
        return None
    told = {move["number"]: move["from"] for move in (event.data, *event.data["along"])}
    versions = notice.version.policy.versions.filter(number__in=told, notices__kind="announced").distinct()
    moves = tuple(_move(version, told[version.number]) for version in versions.order_by("number"))
    coming = notice.version.policy.versions.announced(now())
    return ChangedPlan(
        moves=moves or (_move(notice.version, told[notice.version.number]),),
        applies=notice.version.applies(now()),
        others=coming.exclude(number__in=told).exists(),
    )


def _move(version: Version, told: str) -> ChangedDay:
    new_day = None if version.withdrawn_at else day_of(version.takes_effect_at)
    return ChangedDay(version.number, day_of(datetime.fromisoformat(told)), new_day)
