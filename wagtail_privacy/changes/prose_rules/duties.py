"""Voluntary and required, free and paid, anonymous and named."""

from __future__ import annotations

from collections.abc import Iterator

from wagtail_privacy.changes.difference import StatementDifference
from wagtail_privacy.changes.prose_rules.explanations import are_named_as_examples
from wagtail_privacy.changes.prose_rules.subject import BENEFIT, MATERIAL, MINOR, Subject, keys, verdict_of
from wagtail_privacy.changes.verdict import Verdict
from wagtail_privacy.prose.statement import Unit

#: Modes whose loss takes a protection away, and those whose coming does.
PROTECTING = frozenset({"anonymous", "pseudonymous", "encrypted", "free", "voluntary", "confidential", "human_review"})


BURDENS = frozenset({"mandatory", "fee", "identification", "readable", "personal_price", "discrimination", "reason"})


def duty(difference: StatementDifference, subject: Subject) -> Iterator[Verdict]:
    """Voluntary and required, free and paid, anonymous and named."""
    gained, lost = difference.gained, difference.lost
    must = difference.new.operators["must_you"] - difference.old.operators["must_you"]
    voluntary = [u for u in gained if u.key == ("mode", "voluntary")]
    burdens = [u for u in gained if u.key in keys("mode", BURDENS)]
    if are_named_as_examples(burdens, difference):
        burdens = []
    protecting = [u for u in lost if u.key in keys("mode", PROTECTING)]
    yield from _required_or_voluntary(difference, must, voluntary, bool(burdens))
    if burdens:
        yield verdict_of(MATERIAL, "prose-burden", burdens)
    if protecting and not (must < 0 or voluntary):
        yield verdict_of(MATERIAL, "prose-protection", protecting)


def _required_or_voluntary(
    difference: StatementDifference, must: int, voluntary: list[Unit], is_burdened: bool
) -> Iterator[Verdict]:
    if must > 0 and not voluntary:
        yield verdict_of(MATERIAL, "prose-must", difference.operator_words("must_you"))
    elif voluntary and not is_burdened:
        eased = must < 0 or any(u.key == ("mode", "mandatory") or u.value == "must" for u in difference.old.units)
        yield verdict_of(BENEFIT if eased else MINOR, "prose-voluntary", voluntary)
    elif must < 0:
        yield verdict_of(MINOR, "prose-voluntary", difference.operator_words("must_you"))
