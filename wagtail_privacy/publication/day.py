"""Why a publication takes effect on another day than its editor has chosen."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from wagtail_privacy.actions.moment_of_effect import MAX_LEAD_DAYS, adds_purpose
from wagtail_privacy.actions.plan import Plan
from wagtail_privacy.clock import day_of, days_after
from wagtail_privacy.policy import words


def explain_moved_day(plan: Plan, moment: datetime) -> str:
    """One sentence for both days and the reason; empty where no day is chosen, or the chosen one stands."""
    chosen, day, today = plan.answers.takes_effect_on, day_of(plan.takes_effect_at), day_of(moment)
    if chosen is None or chosen == day or plan.is_translation or plan.is_first:
        return ""
    values = {"chosen": words.day(chosen), "day": words.day(day), "days": plan.policy.floor_days}
    return _reason(plan, chosen, day, today) % values


def _reason(plan: Plan, chosen: date, day: date, today: date) -> str:
    newest = plan.proposal.newest
    if chosen < today:
        return _("You chose %(chosen)s, which is past. It would take effect on %(day)s.")
    if chosen > days_after(today, MAX_LEAD_DAYS):
        return _("You chose %(chosen)s, which is too far ahead. It would take effect on %(day)s, the usual day.")
    if newest and day_of(newest.takes_effect_at) == day:
        return _("You chose %(chosen)s. It takes effect on %(day)s, since the version that it builds on does.")
    if chosen == today and adds_purpose(plan.changes) and _is_reasoned(plan):
        return _(
            "You chose %(chosen)s. It is moved to %(day)s: a new purpose must be announced before it takes effect."
        )
    if not plan.permissions.shorten_notice:
        return _(
            "You chose %(chosen)s. It is moved to %(day)s: people must be told at least %(days)s days ahead, and you "
            "may not shorten that."
        )
    return _(
        "You chose %(chosen)s. It is moved to %(day)s: people must be told at least %(days)s days ahead, unless you "
        "write down why not. Give the reason below, and the day that you chose stands."
    )


def _is_reasoned(plan: Plan) -> bool:
    return bool(plan.answers.reason.strip()) and plan.permissions.shorten_notice
