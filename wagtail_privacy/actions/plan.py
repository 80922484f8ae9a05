"""What publishing a page now would mean: the same answer for the editor's dry run and for the recorder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from wagtail_privacy.actions.decided_materiality import decide_materiality, is_lower, materiality_of
from wagtail_privacy.actions.moment_of_effect import MAX_LEAD_DAYS, adds_purpose, decide_effect, too_late_message
from wagtail_privacy.actions.permissions import Permissions
from wagtail_privacy.actions.proposal import Proposal, propose
from wagtail_privacy.blocks.compose import Composition
from wagtail_privacy.changes.change import Change, Materiality
from wagtail_privacy.changes.doubts import OTHER, with_answers
from wagtail_privacy.changes.materiality import highest
from wagtail_privacy.clock import day_of, days_after, now
from wagtail_privacy.policy import words
from wagtail_privacy.records.content import Answers, PolicyContent
from wagtail_privacy.records.pending import PendingText
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.version import Text, Version


@dataclass(frozen=True)
class Problem:
    """Why this cannot be published: the form field, and what to do about it.

    ``permission`` is the missing one, if somebody else may publish this as it is.
    """

    field: str
    message: str
    permission: str = ""


@dataclass(frozen=True)
class Plan:
    """What a publication changes, how much it matters and when it takes effect.

    Without ``changes`` and with a ``base``, there is nothing to record, except that a translation holds for another
    version than before.
    """

    proposal: Proposal
    materiality: Materiality | None
    takes_effect_at: datetime
    answers: Answers
    permissions: Permissions

    @property
    def policy(self) -> Policy:
        return self.proposal.policy

    @property
    def language(self) -> str:
        return self.proposal.language

    @property
    def composition(self) -> Composition:
        return self.proposal.composition

    @property
    def base(self) -> Text | None:
        return self.proposal.base

    @property
    def version(self) -> Version | None:
        return self.proposal.version

    @property
    def pending(self) -> PendingText | None:
        return self.proposal.pending

    @property
    def changes(self) -> tuple[Change, ...]:
        return self.proposal.changes

    @property
    def proposed(self) -> Materiality | None:
        return self.proposal.proposed

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
        return any(path.partition(".")[0] in ("title", "body") for path in self.proposal.untranslated)

    @property
    def _confirms(self) -> bool:
        """Whether publishing an unchanged translation confirms it for another version."""
        return self.is_translation and self.base is not None and self.base.version != self.version

    @property
    def sends_notice(self) -> bool:
        """Whether people are told by e-mail."""
        return self.materiality is Materiality.MATERIAL and not self.is_translation and self.policy.tells_users

    def problems(self) -> Iterator[Problem]:
        """Why this cannot be published with these answers, for the form. The recorder does not ask."""
        if not self.records or self.is_first or self.is_translation:
            return
        yield from self._doubt_problems()
        yield from self._summary_problems()
        yield from self._materiality_problems()
        yield from self._date_problems()

    def forbidden(self) -> Iterator[Problem]:
        """The problems that a missing permission causes."""
        return (problem for problem in self.problems() if problem.permission)

    def _doubt_problems(self) -> Iterator[Problem]:
        given = [self.answers.doubts.get(change.question) for change in self.changes if change.doubt]
        if any(answer and answer.answer == OTHER for answer in given):
            yield Problem("", _("You answered “Something else”. Say in a sentence what the text now says."))

    def _summary_problems(self) -> Iterator[Problem]:
        wanted = self.answers.materiality or self.proposed
        if wanted is Materiality.MATERIAL and not self.answers.summary.strip():
            yield Problem(
                "change_summary",
                _("People will be told about this change. Write in a sentence or two what changes for them."),
            )

    def _materiality_problems(self) -> Iterator[Problem]:
        if self.materiality is Materiality.MATERIAL and not self.permissions.publish_material:
            yield Problem(
                "change_materiality",
                _(
                    "People must be told about this change and you may not publish such a change. Save it as a draft "
                    "and ask someone who may."
                ),
                "publish_material",
            )
        if not is_lower(self.answers.materiality, self.proposed):
            return
        if not self.permissions.lower_materiality:
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
        if asked > days_after(today, MAX_LEAD_DAYS):
            yield Problem("change_takes_effect", too_late_message(asked, today))
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
            yield from self._floor_problems(asked)

    def _floor_problems(self, asked: date) -> Iterator[Problem]:
        if not self.permissions.shorten_notice:
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
                _(
                    "The day that you chose, %(day)s, is less than %(days)s days ahead. Write down why; the reason is "
                    "kept."
                )
                % {"day": words.day(asked), "days": self.policy.floor_days},
            )


def plan_publication(
    page: PolicyContent, *, policy: Policy | None = None, user: object = None, moment: datetime | None = None
) -> Plan:
    """What publishing ``page``, with its answers, would mean at ``moment``. Writes nothing.

    ``user`` is who publishes; ``None`` is code, which may decide everything.
    """
    policy = policy or page.policy or Policy.objects.new(page.translation_key, page.locale.language_code)
    return decide(propose(page, policy), page, user, moment or now())


def decide(proposal: Proposal, page: PolicyContent, user: object, moment: datetime) -> Plan:
    """``proposal`` with the answers of ``page``, as far as ``user`` may give them."""
    answers, permissions = page.answers_for(proposal.newest), Permissions.for_user(user)
    changes = with_answers(proposal.changes, answers.doubts)
    proposal = replace(proposal, changes=changes, proposed=highest(changes))
    version, proposed = proposal.version, proposal.proposed
    if version:
        materiality, takes_effect_at = materiality_of(version), version.takes_effect_at
    else:
        materiality = decide_materiality(proposed, answers, permissions)
        takes_effect_at = decide_effect(proposal, materiality, answers, permissions, moment)
    return Plan(proposal, materiality, takes_effect_at, answers, permissions)
