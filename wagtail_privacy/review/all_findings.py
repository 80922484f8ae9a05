"""A policy judged: the checklist, the contradictions and the language check, in the order of harm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.review import checklist, contradictions, language, outdated, own_dates
from wagtail_privacy.review.contents import Contents
from wagtail_privacy.review.finding import Finding
from wagtail_privacy.review.law import SEVERITIES, Law


def review(snapshot: Snapshot, law: Law, day: date, *, shows_day: bool = True) -> tuple[Finding, ...]:
    """What ``law`` misses in ``snapshot`` on ``day``, what contradicts itself, and how it is written; worst first.

    ``shows_day`` is as in :class:`~wagtail_privacy.review.contents.Contents`.
    """
    contents = Contents(snapshot, law, day, shows_day=shows_day)
    return in_order(finding for check in _checks() for finding in check(contents))


def _checks() -> Iterator[checklist.Check]:
    yield from checklist.CHECKS
    yield from contradictions.CHECKS
    yield from outdated.CHECKS
    yield from language.CHECKS
    yield from own_dates.CHECKS


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """By severity, then by harm as the law's file has it, then as they were found."""
    return tuple(sorted(findings, key=lambda finding: (SEVERITIES.index(finding.severity), finding.rank)))
