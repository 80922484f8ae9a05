"""Which fields are prose, and what more or fewer words in each mean."""

from __future__ import annotations

from collections.abc import Mapping

from wagtail_privacy.changes.change import Change, Materiality
from wagtail_privacy.changes.prose_rules.subject import FREE, Subject
from wagtail_privacy.policy.kinds import kind_of

MATERIAL, MINOR, BENEFIT = Materiality.MATERIAL, Materiality.MINOR, Materiality.BENEFIT

_MORE_IS_MORE = Subject("processing", MATERIAL, BENEFIT)
#: By kind and field. A field of prose that is not here is read by its sentences alone.
SUBJECTS: Mapping[tuple[str, str], Subject] = {
    ("purpose", "description"): Subject("purpose"),
    ("legal_basis", "interest"): Subject("interest", MATERIAL, BENEFIT),
    ("legal_basis", "applies_to"): _MORE_IS_MORE,
    ("data_category", "description"): _MORE_IS_MORE,
    ("recipient", "data"): _MORE_IS_MORE,
    ("recipient", "purpose"): _MORE_IS_MORE,
    ("recipient", "condition"): Subject("condition", MINOR, MATERIAL),
    ("recipients", "condition"): Subject("condition", MINOR, MATERIAL),
    ("transfer", "purpose"): _MORE_IS_MORE,
    ("retention", "applies_to"): _MORE_IS_MORE,
    ("retention", "starts"): Subject("retention", MATERIAL, MATERIAL),
    ("retention", "criteria"): Subject("retention", MATERIAL, BENEFIT),
    ("right", "limits"): Subject("limits", MATERIAL, BENEFIT),
    ("automated_decisions", "logic"): _MORE_IS_MORE,
    ("automated_decisions", "consequences"): _MORE_IS_MORE,
    ("ai_use", "description"): _MORE_IS_MORE,
    ("ai_use", "data"): _MORE_IS_MORE,
    ("cookie", "purpose"): _MORE_IS_MORE,
    ("source", "data"): _MORE_IS_MORE,
    ("security", "description"): Subject("protect"),
    ("rights", "cost"): Subject("limits", MATERIAL, BENEFIT),
    ("rights", "identification"): Subject("limits", MATERIAL, BENEFIT),
    ("commitment", "statement"): Subject("promise"),
}
#: Lines and lists that are names rather than statements: rules of their own compare them.
_NAMES = frozenset(
    {"name", "title", "term", "category", "statute", "chat", "data_subjects", "heading", "copy_how", "decided_by"}
)


def subject_of(change: Change) -> Subject | None:
    """What the changed field is about, ``None`` for a fact, a name or a block that no one can read."""
    if change.kind != "changed":
        return None
    if change.section is None or change.field == "heading":
        return FREE
    kind = change.section.kind
    if (found := SUBJECTS.get((kind, change.field))) is not None:
        return found
    field = kind_of(kind).field(change.field)
    if field is None:
        return FREE if change.is_text and change.field not in _NAMES else None
    return FREE if field.is_text and field.type not in ("value",) and change.field not in _NAMES else None
