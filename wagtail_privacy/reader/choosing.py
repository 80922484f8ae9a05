"""What readers can choose without editing an address: two versions to compare, a day to ask about."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from wagtail_privacy.clock import day_of
from wagtail_privacy.policy import words
from wagtail_privacy.reader.visit import Visit
from wagtail_privacy.records.permanent import DayConverter

#: Of more versions, the number is written and not chosen from a list.
MOST_LISTED = 100


@dataclass(frozen=True)
class VersionChoice:
    """A version by its number and the day from which it applies; that of one that ``was_withdrawn`` never came.

    Of an imported version it is what is stated: a day, a month or a year."""

    number: int
    day: date | str
    was_withdrawn: bool


@dataclass(frozen=True)
class Choices:
    """What the forms offer and hold: newest version first; ``old``, ``new`` and ``day`` as they were chosen or written.

    ``versions_fault`` and ``day_fault`` say what is wrong with them, in the reader's words.
    """

    versions: tuple[VersionChoice, ...]
    first_day: date | None
    old: str
    new: str
    day: str = ""
    versions_fault: str = ""
    day_fault: str = ""

    @property
    def is_listed(self) -> bool:
        return len(self.versions) <= MOST_LISTED

    @property
    def newest(self) -> int:
        return self.versions[0].number if self.versions else 0

    @property
    def are_wrong(self) -> bool:
        return bool(self.versions_fault or self.day_fault)

    def has(self, number: str) -> bool:
        return any(str(version.number) == number for version in self.versions)


def choices(visit: Visit, *, old: int | None = None, new: int | None = None, day: date | None = None) -> Choices:
    """What readers of the policy can choose; chosen are ``old`` and ``new``, else the newest two versions."""
    rows = visit.versions.values_list("number", "stated_on", "takes_effect_at", "withdrawn_at") if visit.policy else ()
    versions = tuple(
        VersionChoice(number, stated or day_of(effect), bool(withdrawn)) for number, stated, effect, withdrawn in rows
    )
    newest = [version.number for version in versions[:2]]
    chosen = (old or newest[-1], new or newest[0]) if newest else ("", "")
    effects = visit.timeline.effects
    first = day_of(effects[0]) if effects else None
    return Choices(versions, first, str(chosen[0]), str(chosen[1]), day.isoformat() if day else "")


def versions_asked(offered: Choices, old: str, new: str) -> Choices:
    """``offered`` with what a reader chose, and with what is wrong with that."""
    asked = replace(offered, old=old.strip(), new=new.strip())
    wrong = next((number for number in (asked.old, asked.new) if not offered.has(number)), None)
    fault = ""
    if wrong == "":
        fault = _("Choose two versions.")
    elif wrong is not None:
        fault = _("This policy has no version “%(found)s”. The newest is version %(newest)s.") % {
            "found": _shortened(wrong),
            "newest": offered.newest,
        }
    elif asked.old == asked.new:
        fault = _("Choose two different versions.")
    return replace(asked, versions_fault=fault)


def day_asked(offered: Choices, day: str) -> tuple[Choices, date | None]:
    """``offered`` with the day that a reader wrote, and that day; with what is wrong with it, and none."""
    asked = replace(offered, day=day.strip())
    found = _day(asked.day)
    if found is None:
        fault = _("Write the day as year, month and day: %(example)s.") % {"example": "2026-05-25"}
        return replace(asked, day_fault=fault), None
    if offered.first_day is None or found < offered.first_day:
        return replace(asked, day_fault=_too_early(offered, found)), None
    return asked, found


def _too_early(offered: Choices, day: date) -> str:
    named = {"day": words.day(day), "first": words.day(offered.first_day) if offered.first_day else ""}
    if not offered.first_day:
        return _("No version of this policy applied on %(day)s.") % named
    return _("No version of this policy applied on %(day)s. The first one applied from %(first)s.") % named


def _day(text: str) -> date | None:
    if not re.fullmatch(DayConverter.regex, text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _shortened(text: str) -> str:
    return text if len(text) <= 20 else text[:20] + "…"
