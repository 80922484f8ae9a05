"""What publishing a draft would mean, in the words of the editor who is about to do it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail_localize.models import TranslationSource

from wagtail_privacy.actions.gate import missing_languages, pending_source, waits_for
from wagtail_privacy.actions.moment import at, day_of, now
from wagtail_privacy.actions.plan import Plan
from wagtail_privacy.actions.register_use import Gap, gaps
from wagtail_privacy.changes.change import Change, Materiality
from wagtail_privacy.changes.drift import drift, in_words
from wagtail_privacy.changes.materiality import highest, rule_of
from wagtail_privacy.changes.wording import lines, materiality_label
from wagtail_privacy.conf import conf
from wagtail_privacy.foreseen import Foreseen, foresee
from wagtail_privacy.models.pending import PendingText
from wagtail_privacy.models.version import Version
from wagtail_privacy.notices.waiting import awaited_languages, wait_ends
from wagtail_privacy.policy import words
from wagtail_privacy.policy.words import language_name

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
class Pending:
    """A publication that is held since ``since`` for what is missing, and where it is given to translators."""

    since: date
    missing: str
    address: str

    @classmethod
    def of(cls, source: PendingText) -> Pending:
        missing = missing_languages(source.policy, source.digest)
        names = words.listing([language_name(code) for code in missing])
        return cls(day_of(source.since), names, translation_address(source.page))


@dataclass(frozen=True)
class Awaiting:
    """``count`` people who read ``languages`` and wait for the text in theirs, until ``day`` at the latest."""

    count: int
    languages: str
    day: date


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
    def people(self) -> Foreseen | None:
        """Who would be told; ``None`` where nobody would be."""
        return foresee(self.plan.policy) if self.plan.tells else None

    @property
    def told(self) -> tuple[tuple[str, int], ...]:
        """How many people would be told, by language, the most first."""
        counts = self.people.run.by_language if self.people else {}
        return tuple((language_name(code), count) for code, count in counts.items())

    @property
    def told_in_all(self) -> int:
        return sum(count for _language, count in self.told)

    @cached_property
    def awaiting(self) -> Awaiting | None:
        """Those of the people told who would be told later; ``None`` where nobody would."""
        plan, policy = self.plan, self.plan.policy
        ends = wait_ends(policy, self.moment, plan.takes_effect_at)
        if not self.people or not policy.pk or ends <= self.moment:
            return None
        awaited = awaited_languages(policy, {plan.language, *policy.required_languages})
        counts = {code: count for code, count in self.people.run.by_language.items() if code in awaited}
        names = words.listing([language_name(code) for code in counts])
        return Awaiting(sum(counts.values()), names, day_of(ends)) if counts else None

    @cached_property
    def is_held(self) -> bool:
        """Whether this very content was published and is held for its translations."""
        source = pending_source(self.plan.policy)
        return source is not None and source.digest == self.plan.composition.snapshot.digest

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
    def waits_for(self) -> str:
        """The languages that it would be held for, in words; empty where it would not be held."""
        return words.listing([language_name(code) for code in waits_for(self.plan)])

    @cached_property
    def pending(self) -> Pending | None:
        """What the policy holds already."""
        source = pending_source(self.plan.policy)
        return Pending.of(source) if source else None

    @cached_property
    def differing(self) -> tuple[str, ...]:
        """What a translation says otherwise than the version it translates: a sentence for each difference."""
        version = self.plan.version
        source = self.plan.pending or (version.source_text() if version else None)
        differences = drift(source.snapshot, self.plan.composition.snapshot) if source else ()
        return tuple(map(in_words, differences))

    @cached_property
    def gaps(self) -> tuple[str, ...]:
        """What entries of the register lack in the page's language: a sentence for each."""
        return tuple(map(_gap_in_words, gaps(self.plan.composition.snapshot)))

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
        for name in ("people", "awaiting", "is_held", "differing", "waits_for", "pending", "gaps"):
            getattr(outlook, name)
    except Exception:
        logger.exception("Could not plan the publication of page %s.", page.pk)
        return None
    return outlook


def _gap_in_words(gap: Gap) -> str:
    return _("“%(entry)s” lacks %(fields)s. Readers would see the words in %(language)s.") % {
        "entry": gap.entry,
        "fields": words.listing(map(words.quoted, gap.fields)),
        "language": language_name(gap.shown_in),
    }


def translation_address(page: Any) -> str:
    """Where in the admin ``page`` is given to its translators, for the first time or again."""
    source = TranslationSource.objects.filter(object_id=page.translation_key, locale=page.locale_id).first()
    if source and source.translations.filter(enabled=True).exists():
        return reverse("wagtail_localize:update_translations", args=[source.pk])
    return reverse("wagtail_localize:submit_page_translation", args=[page.pk])


def _lines(changes: tuple[Change, ...]) -> Iterator[Line]:
    for line in lines(changes):
        weightiest = next((change for change in line.changes if change.materiality == highest(line.changes)), None)
        rule = rule_of(weightiest.rule, conf.RULES) if weightiest and weightiest.rule else None
        if rule is None:
            yield Line(line.text, line.materiality)
        else:
            yield Line(line.text, line.materiality, str(rule.reason), source_in_words(rule.source))


def source_in_words(source: str) -> str:
    return source.replace("own rule", _("our own rule"))
