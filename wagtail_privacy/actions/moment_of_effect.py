"""The moment from which a publication applies, with the editor's answers: when a version takes effect."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from wagtail_privacy.actions.permissions import Permissions
from wagtail_privacy.actions.proposal import Proposal
from wagtail_privacy.changes.change import Change, Materiality
from wagtail_privacy.clock import day_of, days_after, start_of
from wagtail_privacy.records.content import Answers
from wagtail_privacy.records.policy import Policy

#: How far ahead a change may be announced. A mistyped year would otherwise delay every later version.
MAX_LEAD_DAYS = 2 * 366


def decide_effect(
    proposal: Proposal,
    materiality: Materiality | None,
    answers: Answers,
    permissions: Permissions,
    moment: datetime,
) -> datetime:
    """The moment a publication takes effect: as asked, but never before the earliest lawful one.

    At once for a first version and for what is not material; after the notice period for a material change
    (WP260 rev.01, 30); never before the version that it builds on.
    """
    policy, newest, today = proposal.policy, proposal.newest, day_of(moment)
    material = materiality is Materiality.MATERIAL
    if newest is None:
        return moment
    answered = answers.takes_effect_on
    if answered and answered > days_after(today, MAX_LEAD_DAYS):
        answered = None
    day = answered or days_after(today, policy.notice_days if material else 0)
    if material:
        shortens = bool(answers.reason.strip()) and permissions.shorten_notice
        day = max(day, earliest_lawful(policy, proposal.changes, today, shortens=shortens))
    asked = moment if day <= today else start_of(day)
    return max(asked, newest.takes_effect_at)


def too_late_message(day: date, today: date) -> str:
    """Why ``day`` is no day to announce a change for."""
    return _(
        "Expected a day until %(latest)s, found %(day)s. What applies later than that is published later; every "
        "version in between would have to wait for this one."
    ) % {"latest": days_after(today, MAX_LEAD_DAYS).isoformat(), "day": day.isoformat()}


def earliest_lawful(policy: Policy, changes: tuple[Change, ...], today: date, *, shortens: bool) -> date:
    """The first day that a material change announced ``today`` may apply.

    ``shortens`` says that someone who may shorten the notice has written down why.
    """
    if not shortens:
        return days_after(today, policy.floor_days)
    return days_after(today, 1 if adds_purpose(changes) else 0)


def adds_purpose(changes: tuple[Change, ...]) -> bool:
    """Art. 13(3), 14(4): further processing for a new purpose is told before it starts."""
    return any(_contains_purpose(change.new) for change in changes if change.kind == "added")


def _contains_purpose(section: dict) -> bool:  # type: ignore[type-arg]
    return section.get("kind") == "purpose" or any(map(_contains_purpose, section.get("children", ())))
