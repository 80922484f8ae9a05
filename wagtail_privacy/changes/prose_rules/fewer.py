"""Fewer things named than before."""

from __future__ import annotations

from wagtail_privacy.changes.difference import StatementDifference
from wagtail_privacy.changes.prose_rules.lists import has_list, list_shrank
from wagtail_privacy.changes.prose_rules.more import AS_CUSTOMER
from wagtail_privacy.changes.prose_rules.promises import are_denied
from wagtail_privacy.changes.prose_rules.subject import BENEFIT, MATERIAL, MINOR, Subject, verdict_of
from wagtail_privacy.changes.verdict import Verdict
from wagtail_privacy.prose.statement import WELCOME, Statement, Unit

#: Who looks at a decision where a machine does not make it alone.
_HUMAN = frozenset({("party", "staff"), ("right", "human_review")})


def _is_automated(statement: Statement) -> bool:
    return ("party", "machine") in statement.content or bool(statement.acts & {"decide", "profile"})


def fewer(lost: list[Unit], difference: StatementDifference, subject: Subject) -> Verdict:
    """What it means that a statement names fewer things."""
    old, new = difference.old, difference.new
    if any(u.key == AS_CUSTOMER for u in lost):
        return verdict_of(MATERIAL, "prose-period-gone", lost)
    if any(u.key in _HUMAN for u in lost) and _is_automated(new):
        return verdict_of(MATERIAL, "prose-automated", lost)
    if old.negators + old.is_denied_by_its_place and are_denied(lost, old):
        return verdict_of(MATERIAL, "prose-promise-cut", lost)
    if new.operators["all"] > old.operators["all"] and any(u.kind == "party" for u in lost):
        is_shown = bool(new.acts & {"show", "publish"})  # "your friends" became "everyone"
        return verdict_of(MATERIAL, "prose-recipient", lost, doubt=not is_shown)
    if subject.loss:
        return verdict_of(subject.loss, "prose-fewer", lost)
    if any(u.kind == "right" for u in lost):
        return verdict_of(MATERIAL, "prose-right-gone", lost)
    if any(u.kind == "act" and u.value in WELCOME for u in lost):
        return verdict_of(MATERIAL, "prose-promise-cut", lost, doubt=True)
    return _less_is_done(lost, difference)


def _less_is_done(lost: list[Unit], difference: StatementDifference) -> Verdict:
    old, new = difference.old, difference.new
    known = any(u.kind in ("data", "party", "act") for u in lost)
    shrunk = list_shrank(difference)
    if (shrunk and all(u.kind == "data" for u in lost)) or (known and has_list(old) and not old.negators):
        return verdict_of(BENEFIT, "prose-fewer", lost)
    if new.tells_of_processing or old.tells_of_processing:
        certain = known or shrunk
        return (
            verdict_of(BENEFIT, "prose-fewer", lost)
            if certain
            else verdict_of(MATERIAL, "prose-unclear", lost, doubt=True)
        )
    narrowed = difference.operators.get("only", 0) > 0
    if any(u.kind == "right" for u in old.units) or old.operators["may_you"] or narrowed:
        return verdict_of(MATERIAL, "prose-right-narrowed", lost, doubt=True)
    return verdict_of(MINOR, "prose-explained", lost)
