"""In which language people would really be told of a change: not always in the one that they read."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from wagtail_privacy.actions.plan import Plan
from wagtail_privacy.policy.words import language_name
from wagtail_privacy.publication.announcement import planned_announcements
from wagtail_privacy.records.content import PolicyContent


@dataclass(frozen=True)
class ToldLanguage:
    """``count`` people who read ``language`` and would be told in ``told_in``, both by name; in their own where that
    is the same. They ``wait`` for a translation first."""

    language: str
    count: int
    told_in: str
    waits: bool = False

    @property
    def is_own(self) -> bool:
        return self.language == self.told_in


def told_languages(
    plan: Plan, page: PolicyContent, counts: Mapping[str, int], waiting: Set[str]
) -> tuple[ToldLanguage, ...]:
    """What becomes of the people counted by language, as long as no translation of the change is published. It is held
    until it is published in the required languages."""
    told, required = planned_announcements(plan, page, counts), plan.policy.required_languages

    def told_in(code: str) -> str:
        return code if code in required else told[code].language

    return tuple(
        ToldLanguage(language_name(code), count, language_name(told_in(code)), code in waiting)
        for code, count in counts.items()
    )
