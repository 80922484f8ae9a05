"""Whether somebody may publish a page with these answers, and what stands in the way: the form asks, and publishing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_privacy.actions.decided_materiality import is_lower
from wagtail_privacy.actions.moment_of_effect import MAX_LEAD_DAYS, adds_purpose, too_late_message
from wagtail_privacy.actions.permissions import Permissions
from wagtail_privacy.actions.plan import Plan, plan_publication
from wagtail_privacy.actions.refusal import NotAllowed
from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.changes.doubts import OTHER
from wagtail_privacy.clock import at, day_of, days_after, now
from wagtail_privacy.policy import words
from wagtail_privacy.records.content import PolicyContent


@dataclass(frozen=True)
class Problem:
    """Why this cannot be published: the form field, and what to do about it.

    ``permission`` is the missing one, if somebody else may publish this as it is.
    """

    field: str
    message: str
    permission: str = ""


def check_may_publish(page: PolicyContent, user: Any) -> None:
    """Raise :exc:`NotAllowed` if ``user`` lacks a permission that publishing, or scheduling, ``page`` needs.

    Asked before anything happens: the recorder itself never refuses.
    """
    if Permissions.for_user(user).publish_anything:
        return
    go_live = page.go_live_at
    with at(go_live if go_live and go_live > timezone.now() else None):
        problem = next(_forbidden(plan_publication(page, user=user)), None)
    if problem:
        raise NotAllowed(problem.message, problem.field)


def problems_of(plan: Plan) -> Iterator[Problem]:
    """Why this cannot be published with these answers, for the form. The recorder does not ask."""
    if not plan.records or plan.is_first or plan.is_translation:
        return
    yield from _doubt_problems(plan)
    yield from _summary_problems(plan)
    yield from _materiality_problems(plan)
    yield from _date_problems(plan)


def _forbidden(plan: Plan) -> Iterator[Problem]:
    """The problems that a missing permission causes."""
    return (problem for problem in problems_of(plan) if problem.permission)


def _doubt_problems(plan: Plan) -> Iterator[Problem]:
    given = [plan.answers.doubts.get(change.question) for change in plan.changes if change.doubt]
    if any(answer and answer.answer == OTHER for answer in given):
        yield Problem("", _("You answered “Something else”. Say in a sentence what the text now says."))


def _summary_problems(plan: Plan) -> Iterator[Problem]:
    wanted = plan.answers.materiality or plan.proposed
    if wanted is Materiality.MATERIAL and not plan.answers.summary.strip():
        yield Problem(
            "change_summary",
            _("People will be told about this change. Write in a sentence or two what changes for them."),
        )


def _materiality_problems(plan: Plan) -> Iterator[Problem]:
    if plan.materiality is Materiality.MATERIAL and not plan.permissions.publish_material:
        yield Problem(
            "change_materiality",
            _(
                "People must be told about this change and you may not publish such a change. Save it as a draft "
                "and ask someone who may."
            ),
            "publish_material",
        )
    if not is_lower(plan.answers.materiality, plan.proposed):
        return
    if not plan.permissions.lower_materiality:
        yield Problem(
            "change_materiality",
            _(
                "The rules propose a more important class for this change and you may not lower it. "
                "Follow the proposal or ask someone who may."
            ),
            "lower_materiality",
        )
    if not plan.answers.reason.strip():
        yield Problem(
            "change_reason",
            _("You chose a less important class than the rules propose. Write down why; the reason is kept."),
        )


def _date_problems(plan: Plan) -> Iterator[Problem]:
    asked, today = plan.answers.takes_effect_on, day_of(now())
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
    if plan.materiality is not Materiality.MATERIAL:
        return
    day = max(asked, _earliest(plan))
    if day == today and adds_purpose(plan.changes):
        yield Problem(
            "change_takes_effect",
            _(
                "A new purpose must be announced before it takes effect (Article 13(3) of the GDPR). "
                "Choose a later day."
            ),
        )
    elif (day - today).days < plan.policy.floor_days:
        yield from _floor_problems(plan, asked)


def _earliest(plan: Plan) -> date:
    """The day of the version that it builds on: it takes effect with that one or later, whatever day is chosen."""
    newest = plan.proposal.newest
    return day_of(newest.takes_effect_at) if newest else date.min


def _floor_problems(plan: Plan, asked: date) -> Iterator[Problem]:
    if not plan.permissions.shorten_notice:
        yield Problem(
            "change_takes_effect",
            _(
                "People must be told at least %(days)s days ahead and you may not shorten that. "
                "Choose a later day or ask someone who may."
            )
            % {"days": plan.policy.floor_days},
            "shorten_notice",
        )
    if not plan.answers.reason.strip():
        yield Problem(
            "change_reason",
            _("The day that you chose, %(day)s, is less than %(days)s days ahead. Write down why; the reason is kept.")
            % {"day": words.day(asked), "days": plan.policy.floor_days},
        )
