"""The review of a draft, for its editor: what is missing or wrong, where, and what can be answered."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.utils import get_user_display_name

from wagtail_privacy.actions.mark_reviewed import review_due_on
from wagtail_privacy.actions.permissions import can_edit
from wagtail_privacy.actions.plan import Plan
from wagtail_privacy.actions.review import Judgement, judge_plan
from wagtail_privacy.clock import day_of
from wagtail_privacy.conf import conf
from wagtail_privacy.policy import words
from wagtail_privacy.policy.gaps import Gap, gaps_in
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.publication.place import FindingPlace
from wagtail_privacy.publication.preview import PublicationPreview
from wagtail_privacy.records.review import FindingAnswer
from wagtail_privacy.review.answers import question_of
from wagtail_privacy.review.finding import Finding, Spot
from wagtail_privacy.review.law import SEVERITIES, Severity
from wagtail_privacy.review.profiles import title_of
from wagtail_privacy.review.translations import BETWEEN_LANGUAGES

logger = logging.getLogger("wagtail_privacy")


@dataclass(frozen=True)
class FindingLine:
    """One finding in words, with its place, and the other place of a contradiction in this text. ``question`` is what
    an answer to it is kept under; empty where the law allows none."""

    finding: Finding
    place: FindingPlace
    other: FindingPlace | None
    question: str = ""

    @classmethod
    def of(cls, finding: Finding, snapshot: Snapshot, form: Any) -> FindingLine:
        is_here = finding.other is not None and finding.rule not in BETWEEN_LANGUAGES
        other = FindingPlace.of(finding.other, snapshot, form) if is_here and finding.other else None
        question = question_of(finding) if finding.answerable else ""
        return cls(finding, FindingPlace.of(finding.spot, snapshot, form), other, question)

    @property
    def quote(self) -> str:
        """The words in question, where the message does not repeat them."""
        quote = self.finding.spot.quote
        return quote if quote and quote not in self.finding.message else ""


@dataclass(frozen=True)
class GapLine:
    """A gap that a template left, by its words, with its place."""

    words: str
    place: FindingPlace

    @classmethod
    def of(cls, gap: Gap, snapshot: Snapshot, form: Any) -> GapLine:
        if not gap.path:
            return cls(gap.words, FindingPlace((), gap.field, _("Title")))
        return cls(gap.words, FindingPlace.of(Spot(gap.path, gap.field), snapshot, form))


@dataclass(frozen=True)
class AnsweredLine:
    """A finding that somebody answered, with who and when."""

    line: FindingLine
    note: str
    by: str
    day: date

    @classmethod
    def of(cls, line: FindingLine, given: FindingAnswer) -> AnsweredLine:
        by = get_user_display_name(given.by) if given.by else ""
        return cls(line, given.note, by, day_of(given.at))


@dataclass(frozen=True)
class FindingGroup:
    """The open findings of one severity under their heading."""

    severity: Severity
    heading: str
    lines: tuple[FindingLine, ...]


@dataclass(frozen=True)
class DraftReview:
    """A judgement in words. ``form`` is the stream block that the policy is written in; ``may_answer``: whether who
    looks may answer; ``due_on`` is when it shall be read again."""

    judgement: Judgement
    form: Any
    may_answer: bool
    due_on: date | None

    @cached_property
    def groups(self) -> tuple[FindingGroup, ...]:
        """The findings that stand, by severity, the worst first."""
        return tuple(group for severity in SEVERITIES if (group := self._group(severity)).lines)

    def _group(self, severity: Severity) -> FindingGroup:
        found = (finding for finding in self.judgement.open if finding.severity == severity)
        return FindingGroup(severity, severity_label(severity), tuple(map(self._line, found)))

    @cached_property
    def answered(self) -> tuple[AnsweredLine, ...]:
        return tuple(AnsweredLine.of(self._line(finding), given) for finding, given in self.judgement.answered)

    @cached_property
    def coming(self) -> tuple[tuple[date, FindingLine], ...]:
        return tuple((each.day, self._line(each.finding)) for each in self.judgement.coming)

    @cached_property
    def gaps(self) -> tuple[GapLine, ...]:
        """What is left to fill before anybody can publish it."""
        snapshot = self.judgement.snapshot
        return tuple(GapLine.of(gap, snapshot, self.form) for gap in gaps_in(snapshot))

    @property
    def summary(self) -> str:
        """The findings counted, in a few words; empty where there is nothing to say."""
        return in_numbers(self.judgement)

    @property
    def is_blocked(self) -> bool:
        return conf.ERRORS_BLOCK and bool(self.judgement.errors)

    @property
    def is_empty(self) -> bool:
        """Whether there is no section yet, so that nearly everything would be missing."""
        return not self.judgement.snapshot.sections

    @property
    def is_due(self) -> bool:
        return self.due_on is not None and self.due_on <= self.judgement.day

    @property
    def law(self) -> str:
        return title_of(self.judgement.law)

    def _line(self, finding: Finding) -> FindingLine:
        return FindingLine.of(finding, self.judgement.snapshot, self.form)


def review_draft(outlook: PublicationPreview | None, page: Any, user: Any) -> DraftReview | None:
    """The review of the draft that ``outlook`` is about; ``None`` where it fails, which is logged.

    It stands in nobody's way: whatever happens, the editor keeps working.
    """
    if outlook is None:
        return None
    try:
        judgement = judge_plan(outlook.plan, day_of(outlook.moment), page=page)
        may_answer = bool(page.pk) and can_edit(page, user)
        found = DraftReview(judgement, page.body.stream_block, may_answer, _due(outlook.plan))
        # Worded here, so that errors are caught and do not surface in the template.
        for name in ("groups", "answered", "coming", "gaps", "summary"):
            getattr(found, name)
        for finding in (*found.judgement.open, *(each.finding for each in found.judgement.coming)):
            str(finding.message), str(finding.citation)
    except Exception:
        logger.exception("Could not review the draft of page %s.", page.pk)
        return None
    return found


def in_numbers(judgement: Judgement) -> str:
    """ "5 things missing, 2 to look at"; empty where nothing is found that matters."""
    return words.listing(_counts(judgement))


def _counts(judgement: Judgement) -> Iterator[str]:
    if errors := len(judgement.errors):
        yield ngettext("%(count)s thing missing", "%(count)s things missing", errors) % {"count": errors}
    if others := sum(finding.severity == "warning" for finding in judgement.open):
        yield ngettext("%(count)s to look at", "%(count)s to look at", others) % {"count": others}


def severity_label(severity: Severity) -> str:
    return {"error": _("Missing or wrong"), "warning": _("To look at"), "info": _("Could be better")}[severity]


def _due(plan: Plan) -> date | None:
    newest = plan.proposal.newest
    return review_due_on(plan.policy, newest.published_at if newest else None)
