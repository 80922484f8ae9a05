"""The review of a policy as it would be published: what is found and what was answered."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from threading import Lock
from typing import Any
from uuid import UUID

from wagtail_privacy.actions.plan import Plan
from wagtail_privacy.actions.translated_version import draft_translated_by
from wagtail_privacy.clock import days_after
from wagtail_privacy.conf import conf
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.records.content import PolicyContent
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.review import FindingAnswer
from wagtail_privacy.review.all_findings import in_order, review
from wagtail_privacy.review.answers import grounds_of, question_of
from wagtail_privacy.review.coming import ComingFinding, coming
from wagtail_privacy.review.finding import Finding
from wagtail_privacy.review.law import Law, law
from wagtail_privacy.review.profiles import profile_for
from wagtail_privacy.review.translations import review_translation

logger = logging.getLogger("wagtail_privacy")

#: So far ahead it is said what becomes a finding, in days.
LOOK_AHEAD = 90
#: So many reviews are kept by a process.
_KEPT = 256


@dataclass(frozen=True)
class Judgement:
    """What the review finds in ``snapshot`` by ``law`` on ``day``.

    ``open`` are the findings that stand, worst first; ``answered`` those that somebody answered, with the answer;
    ``coming`` those that are true from a later day on.
    """

    snapshot: Snapshot
    law: Law
    day: date
    open: tuple[Finding, ...]
    answered: tuple[tuple[Finding, FindingAnswer], ...] = ()
    coming: tuple[ComingFinding, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.open if finding.severity == "error")


def judge(
    snapshot: Snapshot,
    policy: Policy,
    day: date,
    *,
    original: Snapshot | None = None,
    lag: tuple[int, int] | None = None,
    answers: Iterable[FindingAnswer] | None = None,
    ahead: int = LOOK_AHEAD,
) -> Judgement:
    """The review of ``snapshot`` as a text of ``policy`` (saved or not) on ``day``.

    ``original`` is what it translates; ``lag`` are the numbers of that version and of the newest, where that is
    another. ``answers`` saves asking for the policy's. It is looked ``ahead`` so many days.
    """
    by = law_of(policy, snapshot)
    judged_on = partial(_findings, snapshot, original, lag, by)
    kept = answers_to(policy.translation_key) if answers is None else {given.question: given for given in answers}
    found = [(finding, _answer(finding, snapshot, kept)) for finding in judged_on(day)]
    later = coming(judged_on, by, day, days_after(day, ahead)) if ahead else ()
    return Judgement(
        snapshot,
        by,
        day,
        tuple(finding for finding, given in found if given is None),
        tuple((finding, given) for finding, given in found if given is not None),
        tuple(sorted(later, key=lambda each: each.day)),
    )


def judge_plan(plan: Plan, day: date, *, page: PolicyContent | None = None, ahead: int = LOOK_AHEAD) -> Judgement:
    """The review of what ``plan`` would publish on ``day``; with its ``page``, as :func:`original_of` has it."""
    original, snapshot = original_of(plan, page), plan.composition.snapshot
    return judge(snapshot, plan.policy, day, original=original, lag=lag_of(plan), ahead=ahead)


def law_of(policy: Policy, snapshot: Snapshot) -> Law:
    """What ``policy`` is judged by: its own choice, else what its text proposes."""
    additions = conf.LAW_ADDITIONS
    return law(policy.law_profile or profile_for(snapshot, additions), additions)


def answers_to(translation_key: UUID) -> dict[str, FindingAnswer]:
    """What was answered to findings about the policy of these pages, by question."""
    given = FindingAnswer.objects.filter(translation_key=translation_key).select_related("by")
    return {answer.question: answer for answer in given}


def original_of(plan: Plan, page: PolicyContent | None = None) -> Snapshot | None:
    """What a translation translates, as ``plan`` has it; ``None`` for what is no translation.

    Before the policy's first publication it is the newest draft of the language that was there before ``page``: the
    time to mend what differs is before anybody has read it.
    """
    version = plan.version
    source = plan.pending or (version.source_text() if version else None)
    if source:
        return source.snapshot
    return draft_translated_by(page, plan.policy) if page and plan.proposal.newest is None else None


def lag_of(plan: Plan) -> tuple[int, int] | None:
    """The version that a translation translates and the newest of its policy, where that is another."""
    version, newest = plan.version, plan.proposal.newest
    return (version.number, newest.number) if version and newest and version.number < newest.number else None


def _answer(finding: Finding, snapshot: Snapshot, kept: Mapping[str, FindingAnswer]) -> FindingAnswer | None:
    """The answer that holds: to this finding, where the law allows one, and on the same facts."""
    given = kept.get(question_of(finding)) if finding.answerable else None
    return given if given and given.grounds == grounds_of(finding, snapshot) else None


class _Reviews:
    """The newest reviews of this process, by all that they depend on; nothing is kept that failed."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, tuple[Finding, ...]] = OrderedDict()

    def get(self, key: Hashable) -> tuple[Finding, ...] | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, key: Hashable, findings: tuple[Finding, ...]) -> None:
        with self._lock:
            self._kept[key] = findings
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)


_reviews = _Reviews()


def _findings(
    snapshot: Snapshot, original: Snapshot | None, lag: tuple[int, int] | None, by: Law, day: date
) -> tuple[Finding, ...]:
    key = (*_key(snapshot, original, by, day), lag)
    if (known := _reviews.get(key)) is not None:
        return known
    findings = review(snapshot, by, day)
    if original is not None:
        findings = in_order((*findings, *review_translation(original, snapshot, by, day, lag=lag)))
    _reviews.keep(key, findings)
    return findings


def _key(snapshot: Snapshot, original: Snapshot | None, by: Law, day: date) -> tuple[Hashable, ...]:
    source: Any = (original.language, original.digest) if original else None
    return snapshot.language, snapshot.digest, source, by.code, conf.LAW_ADDITIONS, day
