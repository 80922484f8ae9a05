"""A change of plan, for those who were told of the plan before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wagtail_privacy.actions.moment import day_of, now
from wagtail_privacy.models.notice import Notice
from wagtail_privacy.models.version import Version
from wagtail_privacy.policy import words


@dataclass(frozen=True)
class Move:
    """A version that takes effect on another day than was told; on none, if it was withdrawn."""

    number: int
    told: date
    instead: date | None


@dataclass(frozen=True)
class ChangedPlan:
    """What is told: the versions concerned, in order. ``others`` says that other announced changes stand."""

    moves: tuple[Move, ...]
    applies: bool
    others: bool

    def in_words(self) -> dict[str, Any]:
        """For the templates, in the active language."""
        moves = [
            {
                "number": move.number,
                "told": words.day(move.told),
                "instead": words.day(move.instead) if move.instead else "",
            }
            for move in self.moves
        ]
        return {"moves": moves, "first": moves[0], "applies": self.applies, "others": self.others}


def changed_plan(notice: Notice) -> ChangedPlan | None:
    """The change of plan that ``notice`` tells, as it stands now; ``None`` for an announcement."""
    event = notice.event
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


def _move(version: Version, told: str) -> Move:
    instead = None if version.withdrawn_at else day_of(version.takes_effect_at)
    return Move(version.number, day_of(datetime.fromisoformat(told)), instead)
