"""Which change a reader meets first: one order for mail, history, comparison, panel, feed and data, and the tags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import pgettext

from wagtail_privacy.changes.change import Change, Materiality
from wagtail_privacy.policy.section import Section

#: What matters first among changes of one class: beginnings of the ids of rules, in groups, the weightiest group first.
_FIRST: tuple[tuple[str, ...], ...] = (
    ("controller-added", "controller-removed", "controller-name", "controller-identity", "prose-controller"),
    ("purpose-added", "purpose-title", "direct-marketing", "prose-purpose", "prose-ai", "ai-", "prose-automated")
    + ("automated-decisions",),
    ("sensitive-data", "special-condition", "children-concerned", "prose-age"),
    ("new-country", "transfer-first", "transfer-weaker", "safeguard-weaker", "place-outside", "prose-country"),
    ("recipient-role-controller", "recipient-added", "recipient-replaced", "recipient-changed", "prose-recipient"),
    ("data-added", "data-widened", "data-subjects-added", "prose-data", "source-added", "cookie-new-party"),
    ("consent-replaced", "legal-basis", "prose-ground", "interest", "provision-required", "prose-must"),
    ("retention-", "at-most", "criteria-instead", "prose-longer", "prose-period", "prose-counted"),
    ("commitment-removed", "prose-promise", "prose-negation", "prose-only", "prose-protection", "commitment"),
    ("right", "prose-right", "prose-exception", "prose-condition", "limits", "only-route", "hurdle", "free-gone")
    + ("answer-slower", "prose-burden", "prose-cost", "notice-shorter"),
    ("prose-processing", "prose-more", "recipient", "transfer", "place", "data", "cookie", "source", "purpose"),
)
_RANKS: Mapping[str, int] = {id: rank for rank, ids in enumerate(_FIRST) for id in ids}
#: The same for a list that came or went with all that it holds.
_OF_LISTS: Mapping[str, int] = {
    "purpose": 1,
    "purposes": 1,
    "automated_decisions": 1,
    "ai_use": 1,
    "transfers": 3,
    "recipients": 4,
    "data_categories": 5,
    "sources": 5,
    "cookies": 5,
    "retention_periods": 7,
    "commitments": 8,
    "rights": 9,
    "choices": 9,
    "complaint": 9,
}
_LAST = len(_FIRST)


def by_importance(changes: Iterable[Change]) -> list[Change]:
    """``changes``, the most important first; those that matter alike stay in the order of the policy.

    First by class, then what is certain before what is in doubt, then by what it means to people: who decides, what
    for, what is sensitive, where, who receives it, how long, what was promised, which rights.
    """
    return sorted(changes, key=importance)


def most_important(changes: Iterable[Change], number: int) -> tuple[list[Change], int]:
    """The ``number`` most important changes, and all editorial ones, which share a line; how many more there are."""
    ordered = by_importance(changes)
    others = [change for change in ordered if change.materiality is not Materiality.EDITORIAL]
    editorial = [change for change in ordered if change.materiality is Materiality.EDITORIAL]
    return [*others[:number], *editorial], len(others[number:])


def importance(change: Change) -> tuple[int, bool, int]:
    """Sorts before others what matters more."""
    weight = change.materiality.weight if change.materiality else 0
    return -weight, change.doubt, _rank(change)


def _rank(change: Change) -> int:
    if change.rule in ("contents", "prose-stated", "") and change.section:
        return _OF_LISTS.get(change.section.kind, _LAST)
    # The longest beginning tells.
    known = (end for end in range(len(change.rule), 2, -1) if change.rule[:end] in _RANKS)
    return _RANKS[change.rule[:end]] if (end := next(known, 0)) else _LAST


def most_telling(sections: Iterable[Section]) -> list[Section]:
    """What a list holds, what people should know of first."""
    return sorted(sections, key=lambda section: not _is_telling(section.facts))


def _is_telling(facts: Mapping[str, Any]) -> bool:
    """Whether a section states what calls for attention: sensitive data, somebody who decides, a third party's ads."""
    flags = ("special", "criminal", "national_id", "direct_marketing", "concerns_children", "mechanism")
    advertises = facts.get("need") == "marketing"
    return (
        any(facts.get(name) for name in flags) or advertises or facts.get("role") in ("controller", "joint_controller")
    )


def tag(materiality: Materiality | str) -> str:
    """How much a change matters, in a word or two before or beside its sentence."""
    return {
        Materiality.MATERIAL: pgettext("change", "Important"),
        Materiality.MINOR: pgettext("change", "Minor"),
        Materiality.BENEFIT: pgettext("change", "In your favour"),
        Materiality.EDITORIAL: pgettext("change", "Language"),
    }[Materiality(materiality)]
