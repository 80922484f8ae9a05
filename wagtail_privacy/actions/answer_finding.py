"""Answer a finding ("we have none"), where the law allows it, and ask it again."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.log_actions import log

from wagtail_privacy.actions.permissions import require_edit
from wagtail_privacy.actions.plan import plan_publication
from wagtail_privacy.actions.refusal import ActionError
from wagtail_privacy.actions.review import Judgement, judge_plan
from wagtail_privacy.clock import day_of, now
from wagtail_privacy.records.content import PolicyContent
from wagtail_privacy.records.review import FindingAnswer
from wagtail_privacy.review.answers import grounds_of, question_of
from wagtail_privacy.review.finding import Finding

LONGEST_NOTE = 500


def finding_to_answer(page: PolicyContent, question: str, user: Any) -> Finding:
    """The open finding in ``page`` (a draft, as it stands in memory) that ``question`` is about.

    Raises :exc:`~wagtail_privacy.actions.refusal.NotAllowed` unless ``user`` may edit the page, and
    :exc:`~wagtail_privacy.actions.refusal.ActionError` where nothing is found that can be answered.
    """
    require_edit(page, user)
    return _find(_judge(page), question)


def answer_finding(page: PolicyContent, question: str, user: Any, note: str = "") -> FindingAnswer:
    """Keep that there is none of what the finding misses; ``note`` says why, and may be empty. Raises as above."""
    require_edit(page, user)
    judgement = _judge(page)
    finding = _find(judgement, question)
    given, _made = FindingAnswer.objects.update_or_create(
        translation_key=page.translation_key,
        question=question,
        defaults={
            "rule": finding.rule,
            "grounds": grounds_of(finding, judgement.snapshot),
            "note": note.strip()[:LONGEST_NOTE],
            "by": user,
            "at": now(),
        },
    )
    log(instance=page, action="wagtail_privacy.finding_answered", user=user, data={"reason": given.note})
    return given


def ask_again(page: PolicyContent, question: str, user: Any) -> None:
    """Take the answer back: the finding is open again."""
    require_edit(page, user)
    if FindingAnswer.objects.filter(translation_key=page.translation_key, question=question).delete()[0]:
        log(instance=page, action="wagtail_privacy.finding_asked_again", user=user)


def _judge(page: PolicyContent) -> Judgement:
    return judge_plan(plan_publication(page), day_of(now()), page=page, ahead=0)


def _find(judgement: Judgement, question: str) -> Finding:
    for finding in judgement.open:
        if finding.answerable and question_of(finding) == question:
            return finding
    raise ActionError(_("That is no longer asked. The tab Publication shows what is."))
