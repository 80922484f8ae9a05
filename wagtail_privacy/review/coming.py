"""What becomes a finding on a day to come, since the law is dated: an adequacy decision ends, a rule begins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from django.utils.translation import gettext as _

from wagtail_privacy.policy import words
from wagtail_privacy.review.answers import question_of
from wagtail_privacy.review.finding import Finding
from wagtail_privacy.review.law import Dated, Law


@dataclass(frozen=True, slots=True)
class ComingFinding:
    """``finding`` is true from ``day`` on, and was not the day before."""

    day: date
    finding: Finding

    @property
    def sentence(self) -> str:
        """It as a sentence in the active language."""
        return _("From %(day)s: %(what)s") % {"day": words.day(self.day), "what": self.finding.message}


def coming(
    judged_on: Callable[[date], Iterable[Finding]], law: Law, after: date, until: date
) -> Iterator[ComingFinding]:
    """What becomes true after ``after`` and by ``until``, both included in what is looked at. ``judged_on`` is the
    review of one policy by ``law`` on a day; it is asked for the days on which the law changes, and for no others."""
    days = turning_points(law, after, until)
    known = _questions(judged_on(after)) if days else frozenset()
    for day in days:
        findings = tuple(judged_on(day))
        yield from (ComingFinding(day, found) for found in findings if question_of(found) not in known)
        known = _questions(findings)


def turning_points(law: Law, after: date, until: date) -> list[date]:
    """The days after ``after`` and up to ``until`` on which ``law`` begins to say something else."""
    return sorted({day for dated in _dated(law) for day in _changes(dated) if after < day <= until})


def _dated(law: Law) -> Iterator[Dated]:
    yield from chain(law.requirements.values(), law.ages, law.repealed, law.instruments, law.adequacy.values())


def _changes(dated: Dated) -> Iterator[date]:
    if dated.valid_from is not None:
        yield dated.valid_from
    if dated.valid_to is not None and dated.valid_to < date.max:
        yield dated.valid_to + timedelta(days=1)


def _questions(findings: Iterable[Finding]) -> frozenset[str]:
    return frozenset(map(question_of, findings))
