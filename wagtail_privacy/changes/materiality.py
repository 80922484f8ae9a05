"""How much a change matters: the first rule that answers decides; what no rule knows is material."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wagtail_privacy.changes.change import Change, Materiality
from wagtail_privacy.changes.rule import Context, Rule
from wagtail_privacy.changes.rules import RULES
from wagtail_privacy.policy.snapshot import Snapshot

__all__ = ["RULES", "Context", "Materiality", "Rule", "highest", "rule_of", "weigh"]


def weigh(changes: Iterable[Change], old: Snapshot, new: Snapshot, rules: Sequence[Rule] = RULES) -> tuple[Change, ...]:
    """``changes`` between ``old`` and ``new``, each with its class and the id of the rule that decided."""
    context = Context(old, new, rules)
    return tuple(context.weigh(change) for change in changes)


def highest(changes: Iterable[Change]) -> Materiality | None:
    """The class of a version with these weighed changes; ``None`` when nothing changed."""
    classes = [change.materiality for change in changes if change.materiality]
    return max(classes, key=lambda materiality: materiality.weight, default=None)


def rule_of(id: str, rules: Sequence[Rule] = RULES) -> Rule | None:
    """The rule called ``id``, ``None`` if the site no longer has it."""
    return next((rule for rule in rules if rule.id == id), None)
