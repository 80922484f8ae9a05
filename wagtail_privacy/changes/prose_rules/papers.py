"""The policy's own dates within a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from wagtail_privacy.changes.difference import StatementDifference
from wagtail_privacy.changes.prose_rules.subject import EDITORIAL, MATERIAL, Subject, verdict_of
from wagtail_privacy.changes.verdict import Verdict


def paper(difference: StatementDifference, subject: Subject) -> Iterator[Verdict]:
    """The day on which the policy was adopted, within a sentence."""
    units = difference.units
    papers = difference.old.names_a_paper and difference.new.names_a_paper
    dates = bool(units) and all(unit.kind in ("date", "number", "unit") for unit in units)
    if dates and not difference.operators and any(unit.kind == "date" for unit in units):
        certain = papers or not (difference.new.tells_of_processing or difference.new.operators["first_person"])
        yield (
            verdict_of(EDITORIAL, "prose-paper")
            if certain
            else verdict_of(MATERIAL, "prose-unclear", units, doubt=True)
        )
