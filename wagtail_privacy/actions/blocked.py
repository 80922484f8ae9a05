"""What nobody can publish, on whatever path: gaps that are left to fill, and errors where the site has them block."""

from __future__ import annotations

import logging

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wagtail_privacy.actions.plan import Plan, plan_publication
from wagtail_privacy.actions.refusal import ActionError
from wagtail_privacy.actions.review import judge, judge_plan
from wagtail_privacy.clock import day_of, now
from wagtail_privacy.conf import conf
from wagtail_privacy.policy import words
from wagtail_privacy.policy.gaps import Gap, gaps_in
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.records.content import PolicyContent
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.publicity import public_languages
from wagtail_privacy.review.answers import question_of
from wagtail_privacy.review.finding import Finding

logger = logging.getLogger("wagtail_privacy")

#: So many errors are named where a publication is refused; all stand in the tab.
NAMED = 3


class Blocked(ActionError, PermissionDenied):
    """Gaps are left to fill, or the review found errors and the site publishes nothing with them; nothing happened.
    Also a ``PermissionDenied``, which Wagtail handles."""


def blocking_problem(plan: Plan, page: PolicyContent) -> str:
    """Why nobody can publish ``page`` as planned, in words; empty where one can.

    A gap that is left to fill is no text of a policy, and is refused whatever the site's settings (DESIGN 4.11). What
    changes nothing for readers may always be published. A review that fails stands in nobody's way.
    """
    if not (plan.records or _comes_back(plan)):
        return ""
    if gaps := gaps_in(plan.composition.snapshot):
        return explain_gaps(gaps)
    return _errors_refused(plan, page) if conf.ERRORS_BLOCK else ""


def _comes_back(plan: Plan) -> bool:
    """Whether readers get a text again that was unpublished: nothing is recorded of it, and it is public all the
    same."""
    has_text = plan.base is not None and not plan.is_half_translated
    return has_text and plan.language not in public_languages(plan.policy)


def _errors_refused(plan: Plan, page: PolicyContent) -> str:
    """The errors are those that the tab shows, what a translation says otherwise than its original among them."""
    try:
        errors = judge_plan(plan, day_of(now()), page=page, ahead=0).errors
        return _refusal(errors) if errors else ""
    except Exception:
        logger.exception("Could not review policy %s before its publication.", plan.policy.translation_key)
        return ""


def require_publishable(page: PolicyContent, policy: Policy | None = None) -> None:
    """Raise :exc:`Blocked`, with the words for the user, if ``page`` can't be published as it stands in memory.

    Asked on every path, whoever publishes.
    """
    if problem := blocking_problem(plan_publication(page, policy=policy), page):
        raise Blocked(problem)


def added_problem(policy: Policy, before: Snapshot, after: Snapshot) -> str:
    """Why ``after`` cannot take the place of ``before`` before readers, in words: a correction of words is shown at
    once. What ``before`` lacks already is no reason, or nothing could be mended one by one."""
    known = {(gap.field, gap.words) for gap in gaps_in(before)}
    if added := [gap.words for gap in gaps_in(after) if (gap.field, gap.words) not in known]:
        what = words.listing(map(words.quoted, added[:NAMED]))
        return _("These words leave a gap to fill: %(what)s. Write what belongs there.") % {"what": what}
    errors = _added_errors(policy, before, after) if conf.ERRORS_BLOCK else []
    what = " ".join(finding.message for finding in errors[:NAMED])
    return _("This site publishes no policy with what these words bring in: %(what)s") % {"what": what} if what else ""


def _added_errors(policy: Policy, before: Snapshot, after: Snapshot) -> list[Finding]:
    try:
        old, new = (judge(each, policy, day_of(now()), ahead=0).errors for each in (before, after))
        known = set(map(question_of, old))
        return [finding for finding in new if question_of(finding) not in known]
    except Exception:
        logger.exception("Could not review a correction of policy %s.", policy.translation_key)
        return []


def explain_gaps(gaps: tuple[Gap, ...]) -> str:
    """Why a text with these gaps isn't published, in words."""
    said = list(dict.fromkeys(gap.words for gap in gaps))
    named = words.listing(map(words.quoted, said[:NAMED])) + (" …" if len(said) > NAMED else "")
    return ngettext(
        "%(count)s gap is left to fill: %(what)s. It stands between brackets in the text. The tab Publication leads to "
        "its place.",
        "%(count)s gaps are left to fill: %(what)s. They stand between brackets in the text. The tab Publication leads "
        "to each place.",
        len(gaps),
    ) % {"count": len(gaps), "what": named}


def _refusal(errors: tuple[Finding, ...]) -> str:
    named = " ".join(finding.message for finding in errors[:NAMED]) + (" …" if len(errors) > NAMED else "")
    return ngettext(
        "%(count)s thing is missing or wrong, and this site publishes no policy with it: %(what)s The tab Publication "
        "leads to its place.",
        "%(count)s things are missing or wrong, and this site publishes no policy with them: %(what)s The tab "
        "Publication leads to each place.",
        len(errors),
    ) % {"count": len(errors), "what": named}
