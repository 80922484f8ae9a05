"""What publishing a page now would mean: the same answer for the editor's dry run and for the recorder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from wagtail_privacy.actions.gate import pending_translated
from wagtail_privacy.actions.moment import day_of, now, start_of
from wagtail_privacy.actions.translation import (
    managed_translation,
    says_the_original,
    untranslated,
    version_translated,
)
from wagtail_privacy.blocks.compose import Composition, compose
from wagtail_privacy.changes.change import Change, Materiality
from wagtail_privacy.changes.compare import compare
from wagtail_privacy.changes.materiality import highest, weigh
from wagtail_privacy.conf import conf
from wagtail_privacy.models.pending import PendingText
from wagtail_privacy.models.policy import Policy
from wagtail_privacy.models.version import Text, Version
from wagtail_privacy.policy.snapshot import Snapshot

if TYPE_CHECKING:
    from wagtail_privacy.models.page import PolicyPageMixin


#: How far ahead a change may be announced: a year that was mistyped would else hold up every later version.
FARTHEST = timedelta(days=2 * 366)


@dataclass(frozen=True)
class Answers:
    """What the editor answered about a publication. Empty answers leave the decision to the rules."""

    materiality: Materiality | None = None
    summary: str = ""
    takes_effect_on: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class May:
    """What the person who publishes may decide. Code without a person may decide everything."""

    lower_materiality: bool = True
    shorten_notice: bool = True
    publish_material: bool = True
    change_plan: bool = True
    correct_history: bool = True

    @classmethod
    def of(cls, user: object) -> May:
        if user is None:
            return cls()
        allowed = user.has_perm  # type: ignore[attr-defined]
        return cls(**{field.name: allowed(f"wagtail_privacy.{field.name}") for field in fields(cls)})


@dataclass(frozen=True)
class Problem:
    """What stands in the way of publishing: the form's field and what to do.

    ``permission`` is the one that is lacking, where somebody else may publish this as it is.
    """

    field: str
    message: str
    permission: str = ""


@dataclass(frozen=True)
class Plan:
    """What a publication changes, how much it matters and when it takes effect.

    ``version`` is the existing version that a translation's text belongs to, ``None`` where the publication
    makes a version of its own. ``pending`` is the held publication that it belongs to. ``base`` is the text it is
    compared with. Without ``changes`` and with a ``base``, there is nothing to record, except that a translation
    holds for another version than before. ``untranslated`` are the paths in the page that are not in its
    language.
    """

    policy: Policy
    language: str
    composition: Composition
    base: Text | None
    version: Version | None
    changes: tuple[Change, ...]
    proposed: Materiality | None
    materiality: Materiality | None
    takes_effect_at: datetime
    answers: Answers
    may: May
    pending: PendingText | None = None
    untranslated: frozenset[str] = frozenset()

    @property
    def is_first(self) -> bool:
        return self.base is None

    @property
    def is_translation(self) -> bool:
        return self.version is not None or self.pending is not None

    @property
    def records(self) -> bool:
        """Whether publishing records anything at all."""
        return not self.is_half_translated and (self.base is None or bool(self.changes) or self._confirms)

    @property
    def is_half_translated(self) -> bool:
        """Whether the page would be public with words of the original between those of the translation."""
        return any(path.partition(".")[0] in ("title", "body") for path in self.untranslated)

    @property
    def _confirms(self) -> bool:
        """Whether a translation that is published as it was says that it holds for another version too."""
        return self.is_translation and self.base is not None and self.base.version != self.version

    @property
    def tells(self) -> bool:
        """Whether people are told by e-mail."""
        return self.materiality is Materiality.MATERIAL and not self.is_translation and self.policy.tells_users

    def problems(self) -> Iterator[Problem]:
        """What stands in the way of publishing this as answered, for the form. The recorder never asks."""
        if not self.records or self.is_first or self.is_translation:
            return
        yield from self._summary_problems()
        yield from self._materiality_problems()
        yield from self._date_problems()

    def forbidden(self) -> Iterator[Problem]:
        """Those of the problems that only somebody with another permission gets past."""
        return (problem for problem in self.problems() if problem.permission)

    def _summary_problems(self) -> Iterator[Problem]:
        wanted = self.answers.materiality or self.proposed
        if wanted is Materiality.MATERIAL and not self.answers.summary.strip():
            yield Problem(
                "change_summary",
                _("People will be told about this change. Write in a sentence or two what changes for them."),
            )

    def _materiality_problems(self) -> Iterator[Problem]:
        if self.materiality is Materiality.MATERIAL and not self.may.publish_material:
            yield Problem(
                "change_materiality",
                _(
                    "People must be told about this change and you may not publish such a change. Save it as a draft "
                    "and ask someone who may."
                ),
                "publish_material",
            )
        if not _is_lower(self.answers.materiality, self.proposed):
            return
        if not self.may.lower_materiality:
            yield Problem(
                "change_materiality",
                _(
                    "The rules propose a more important class for this change and you may not lower it. "
                    "Follow the proposal or ask someone who may."
                ),
                "lower_materiality",
            )
        if not self.answers.reason.strip():
            yield Problem(
                "change_reason",
                _("You chose a less important class than the rules propose. Write down why; the reason is kept."),
            )

    def _date_problems(self) -> Iterator[Problem]:
        asked, today = self.answers.takes_effect_on, day_of(now())
        if asked is None:
            return
        if asked < today:
            yield Problem(
                "change_takes_effect",
                _("Expected today or a later day, found %(day)s. A change cannot take effect in the past.")
                % {"day": asked.isoformat()},
            )
            return
        if asked > today + FARTHEST:
            yield Problem("change_takes_effect", too_far(asked, today))
            return
        if self.materiality is not Materiality.MATERIAL:
            return
        if asked == today and adds_purpose(self.changes):
            yield Problem(
                "change_takes_effect",
                _(
                    "A new purpose must be announced before it takes effect (Article 13(3) of the GDPR). "
                    "Choose a later day."
                ),
            )
        elif (asked - today).days < self.policy.floor_days:
            yield from self._floor_problems()

    def _floor_problems(self) -> Iterator[Problem]:
        if not self.may.shorten_notice:
            yield Problem(
                "change_takes_effect",
                _(
                    "People must be told at least %(days)s days ahead and you may not shorten that. "
                    "Choose a later day or ask someone who may."
                )
                % {"days": self.policy.floor_days},
                "shorten_notice",
            )
        if not self.answers.reason.strip():
            yield Problem(
                "change_reason",
                _("The day is less than %(days)s days ahead. Write down why; the reason is kept.")
                % {"days": self.policy.floor_days},
            )


def plan_publication(
    page: PolicyPageMixin, *, policy: Policy | None = None, user: object = None, moment: datetime | None = None
) -> Plan:
    """Say what publishing ``page``, with its answers, would mean at ``moment``. Writes nothing.

    ``user`` is who publishes; ``None`` is code, which may decide everything.
    """
    policy = policy or page.policy or Policy.objects.new(page.translation_key, page.locale.language_code)
    composition = compose(page, notice_period=policy.notice_days, tells_users=policy.tells_users)
    pending = pending_translated(page, policy, composition.snapshot)
    version = None if pending else version_translated(page, policy, composition.snapshot)
    source = pending or (version.source_text() if version else None)
    missing = _untranslated(page, policy, composition.snapshot) if source else frozenset()
    if source and page.is_managed_translation():
        composition = _with_facts_of(source, composition)
    plan = plan_of(page, composition, policy, version, user, moment or now())
    return replace(plan, pending=pending, untranslated=missing)


def plan_of(
    page: PolicyPageMixin,
    composition: Composition,
    policy: Policy,
    version: Version | None,
    user: object,
    moment: datetime,
) -> Plan:
    """What publishing ``composition`` would mean, with the answers of ``page``, as a text of ``version`` if given."""
    language = page.locale.language_code
    base = _base(policy, language, version)
    newest = policy.newest_version() if policy.pk else None
    answers, may = page.answers_for(newest), May.of(user)
    changes: tuple[Change, ...] = ()
    if base and base.snapshot.digest != composition.snapshot.digest:
        old = base.snapshot
        changes = weigh(compare(old, composition.snapshot), old, composition.snapshot, conf.RULES)
    proposed = highest(changes)
    materiality = version_class(version) if version else decide_materiality(proposed, answers, may)
    takes_effect_at = (
        version.takes_effect_at
        if version
        else decide_effect(policy, newest, materiality, changes, answers, may, moment)
    )
    return Plan(
        policy, language, composition, base, version, changes, proposed, materiality, takes_effect_at, answers, may
    )


def version_class(version: Version) -> Materiality | None:
    return Materiality(version.materiality) if version.materiality else None


def decide_materiality(proposed: Materiality | None, answers: Answers, may: May) -> Materiality | None:
    """The answered class; the proposed one where lowering lacks its reason or permission (DESIGN 4.6)."""
    if proposed is None or answers.materiality is None:
        return proposed
    if _is_lower(answers.materiality, proposed) and not (answers.reason.strip() and may.lower_materiality):
        return proposed
    return answers.materiality


def decide_effect(
    policy: Policy,
    newest: Version | None,
    materiality: Materiality | None,
    changes: tuple[Change, ...],
    answers: Answers,
    may: May,
    moment: datetime,
) -> datetime:
    """The moment a publication takes effect: as asked, but never before the earliest lawful one.

    At once for a first version and for what is not material; after the notice period for a material change
    (WP260 rev.01, 30); never before the version that it builds on.
    """
    today = day_of(moment)
    material = materiality is Materiality.MATERIAL
    if newest is None:
        return moment
    answered = answers.takes_effect_on
    if answered and answered > today + FARTHEST:
        answered = None
    day = answered or today + timedelta(days=policy.notice_days if material else 0)
    if material:
        shortens = bool(answers.reason.strip()) and may.shorten_notice
        day = max(day, earliest_lawful(policy, changes, today, shortens=shortens))
    asked = moment if day <= today else start_of(day)
    return max(asked, newest.takes_effect_at)


def too_far(day: date, today: date) -> str:
    """Why ``day`` is no day to announce a change for."""
    return _(
        "Expected a day until %(latest)s, found %(day)s. What applies later than that is published later; every "
        "version in between would have to wait for this one."
    ) % {"latest": (today + FARTHEST).isoformat(), "day": day.isoformat()}


def earliest_lawful(policy: Policy, changes: tuple[Change, ...], today: date, *, shortens: bool) -> date:
    """The first day that a material change announced ``today`` may apply.

    ``shortens`` says that someone who may shorten the notice has written down why.
    """
    if not shortens:
        return today + timedelta(days=policy.floor_days)
    return today + timedelta(days=1 if adds_purpose(changes) else 0)


def adds_purpose(changes: tuple[Change, ...]) -> bool:
    """Art. 13(3), 14(4): further processing for a new purpose is told before it starts."""
    return any(_contains_purpose(change.new) for change in changes if change.kind == "added")


def _contains_purpose(section: dict) -> bool:  # type: ignore[type-arg]
    return section.get("kind") == "purpose" or any(map(_contains_purpose, section.get("children", ())))


def _is_lower(answered: Materiality | None, proposed: Materiality | None) -> bool:
    return answered is not None and proposed is not None and answered.weight < proposed.weight


def _base(policy: Policy, language: str, version: Version | None) -> Text | None:
    """The text to compare with: the newest in this language, of the translated version or an earlier one."""
    if not policy.pk:
        return None
    texts = policy.texts().filter(language=language)
    if version and version.withdrawn_at:
        return version.text(language) or texts.filter(version__number__lt=version.number).last()
    if version:
        texts = texts.filter(version__number__lte=version.number)
    return texts.order_by("-version__number", "-edition").first()


def _untranslated(page: PolicyPageMixin, policy: Policy, snapshot: Snapshot) -> frozenset[str]:
    if says_the_original(page.locale.language_code, policy, snapshot):
        return frozenset({"title", "body"})
    translation = managed_translation(page)
    return untranslated(translation) if translation else frozenset()


def _with_facts_of(source: Text | PendingText, composition: Composition) -> Composition:
    """A translation that wagtail-localize manages takes its facts from what it translates."""
    return Composition(composition.snapshot.with_facts_of(source.snapshot), {**source.shown, **composition.shown})
