"""Which right of the reader a change touches, and where a policy speaks of that right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail_privacy.changes.change import Change, Materiality
from wagtail_privacy.policy.snapshot import Snapshot

#: Beginnings of the ids of rules and the right that people have in that matter (codes of the vocabulary ``rights``).
_BY_RULE: Mapping[str, str] = {
    "direct-marketing": "objection",  # Art. 21(2)
    "interest": "objection",  # Art. 21(1)
    "consent-replaced": "erasure",  # Art. 17(1)(b)
    "automated-decisions": "automated_decisions",  # Art. 22
    "prose-automated": "automated_decisions",
    "prose-longer": "erasure",  # Art. 17(1)(a)
    "prose-period": "erasure",
    "authority": "complaint",  # Art. 77
}
#: The same by kind of section.
_BY_KIND: Mapping[str, str] = {
    "retention": "erasure",
    "retention_periods": "erasure",
    "automated_decisions": "automated_decisions",
    "complaint": "complaint",
    "recipient": "access",  # Art. 15(1)(c)
    "recipients": "access",
    "transfer": "access",  # Art. 15(2)
    "transfers": "access",
    "data_category": "access",
    "data_categories": "access",
    "source": "access",  # Art. 15(1)(g)
    "sources": "access",
    "cookie": "withdraw_consent",  # Art. 7(3)
    "cookies": "withdraw_consent",
}
_BY_BASIS: Mapping[str, str] = {
    "art6_1_a": "withdraw_consent",
    "art6_1_e": "objection",
    "art6_1_f": "objection",
}


def touched_right(change: Change) -> str:
    """The code of the right that people have where ``change`` concerns them; empty where there is none."""
    if change.section is None or change.materiality in (None, Materiality.EDITORIAL):
        return ""
    by_rule = next((right for rule, right in _BY_RULE.items() if change.rule.startswith(rule)), "")
    return by_rule or _by_basis(change) or _BY_KIND.get(change.section.kind, "")


def rights_in(snapshot: Snapshot) -> dict[str, str]:
    """The id of the section about each right that a policy tells of, by the right's code."""
    found: dict[str, str] = {}
    for section in snapshot.walk():
        code = "complaint" if section.kind == "complaint" else section.facts.get("right")
        if code and section.kind in ("right", "complaint"):
            found.setdefault(str(code), section.id)
    return found


def _by_basis(change: Change) -> str:
    """What the legal basis that a purpose now has lets people do."""
    if change.field == "basis":
        return _BY_BASIS.get(str(change.new), "")
    arrived = change.new if change.kind == "added" else None
    return next(filter(None, map(_right_against, _with_children(arrived))), "") if isinstance(arrived, Mapping) else ""


def _with_children(section: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [section, *section.get("children", ())]


def _right_against(section: Mapping[str, Any]) -> str:
    facts = section.get("facts", {})
    return "objection" if facts.get("direct_marketing") else _BY_BASIS.get(str(facts.get("basis")), "")
