"""What publishing a page now would mean: the same answer for the editor's dry run and for the recorder."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from wagtail_privacy.actions.decided_materiality import decide_materiality, materiality_of
from wagtail_privacy.actions.moment_of_effect import decide_effect
from wagtail_privacy.actions.permissions import Permissions
from wagtail_privacy.actions.proposal import Proposal, propose
from wagtail_privacy.blocks.compose import Composition
from wagtail_privacy.changes.change import Change, Materiality
from wagtail_privacy.changes.doubts import with_answers
from wagtail_privacy.changes.materiality import highest
from wagtail_privacy.clock import now
from wagtail_privacy.records.content import Answers, PolicyContent
from wagtail_privacy.records.pending import PendingText
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.version import Text, Version


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
