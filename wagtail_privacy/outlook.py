"""What publishing a draft would mean, in the words of the editor who is about to do it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from babel import Locale, UnknownLocaleError
from django.utils import timezone
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from wagtail_privacy.actions.moment import at, day_of, now
from wagtail_privacy.actions.plan import Plan
from wagtail_privacy.changes.change import Change, Materiality
from wagtail_privacy.changes.compare import compare
from wagtail_privacy.changes.materiality import highest, rule_of
from wagtail_privacy.changes.wording import lines, materiality_label
from wagtail_privacy.conf import conf
from wagtail_privacy.models.version import Version

if TYPE_CHECKING:
    from wagtail_privacy.models.page import PolicyPageMixin

logger = logging.getLogger("wagtail_privacy")


@dataclass(frozen=True)
class Line:
    """One line of what would change: the sentence, how much it matters, and the rule that says so."""

    text: str
    materiality: Materiality | None
    reason: str = ""
    source: str = ""

    @property
    def label(self) -> str:
        return materiality_label(self.materiality) if self.materiality else ""


@dataclass(frozen=True)
class Outlook:
    """A plan in words. ``moment`` is when the publication happens: now, or when it is scheduled for."""

    plan: Plan
    moment: datetime
    lines: tuple[Line, ...]
    problems: tuple[str, ...]

    @property
    def label(self) -> str:
        return materiality_label(self.plan.materiality) if self.plan.materiality else ""

    @property
    def proposed_label(self) -> str:
        return materiality_label(self.plan.proposed) if self.plan.proposed else ""

    @property
    def overrides_proposal(self) -> bool:
        return self.plan.materiality != self.plan.proposed

    @property
    def day(self) -> date:
        return day_of(self.plan.takes_effect_at)

    @property
    def is_at_once(self) -> bool:
        return self.plan.takes_effect_at <= self.moment

    @property
    def days_ahead(self) -> int:
        return (self.day - day_of(self.moment)).days

    @property
    def scheduled_for(self) -> date | None:
        return day_of(self.moment) if self.moment > timezone.now() else None

    @cached_property
    def told(self) -> tuple[tuple[str, int], ...]:
        """How many people would be told, by language, the most first."""
        counts = conf.AUDIENCE(self.plan.policy).count_by_language() if self.plan.tells else {}
        return tuple((language_name(code), count) for code, count in counts.items())

    @property
    def told_in_all(self) -> int:
        return sum(count for _language, count in self.told)

    @cached_property
    def readers_see(self) -> Version | None:
        """The version that applies until the publication takes effect; ``None`` where others take effect before."""
        if not self.plan.policy.pk or any(v.takes_effect_at < self.plan.takes_effect_at for v in self.announced):
            return None
        return self.plan.policy.version_in_force(now())

    @cached_property
    def announced(self) -> tuple[Version, ...]:
        """The versions that are published and not yet in force."""
        return tuple(self.plan.policy.versions.announced(now())) if self.plan.policy.pk else ()

    @cached_property
    def differing(self) -> tuple[Line, ...]:
        """Where a translation states other facts than the version it translates."""
        version = self.plan.version
        source = version.source_text() if version else None
        snapshot = self.plan.composition.snapshot
        if source is None or source.snapshot.facts_digest == snapshot.facts_digest:
            return ()
        differences = compare(source.snapshot, snapshot)
        return tuple(_lines(tuple(change for change in differences if not change.is_text)))

    @property
    def language(self) -> str:
        return language_name(self.plan.language)


def look_ahead(page: PolicyPageMixin, user: Any = None) -> Outlook | None:
    """What publishing ``page``, as it stands in memory, would mean; ``None`` where that can't be worked out.

    The editor works on whatever happens here, so nothing is raised: the cause is logged.
    """
    go_live = page.go_live_at
    scheduled = go_live if go_live and go_live > timezone.now() else None
    try:
        with at(scheduled):
            plan = page.plan(user)
            problems = tuple(problem.message for problem in plan.problems())
            outlook = Outlook(plan, scheduled or now(), tuple(_lines(plan.changes)), problems)
        # Asked here, so that a failing audience is no surprise to the template.
        outlook.told, outlook.differing  # noqa: B018
    except Exception:
        logger.exception("Could not plan the publication of page %s.", page.pk)
        return None
    return outlook


def language_name(code: str) -> str:
    """``code`` in the active language, as written within a sentence: "Swedish", "svenska"."""
    try:
        name = Locale.parse(to_locale(code)).get_display_name(to_locale(get_language() or "en"))
    except (UnknownLocaleError, ValueError):
        return code
    return name or code


def _lines(changes: tuple[Change, ...]) -> Iterator[Line]:
    for line in lines(changes):
        weightiest = next((change for change in line.changes if change.materiality == highest(line.changes)), None)
        rule = rule_of(weightiest.rule, conf.RULES) if weightiest and weightiest.rule else None
        if rule is None:
            yield Line(line.text, line.materiality)
        else:
            yield Line(line.text, line.materiality, str(rule.reason), source_in_words(rule.source))


def source_in_words(source: str) -> str:
    return _("our own rule") if source == "own rule" else source
