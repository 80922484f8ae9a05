"""The class of a publication: the one that the rules propose, or the editor's where that may be chosen."""

from __future__ import annotations

from wagtail_privacy.actions.permissions import Permissions
from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.records.content import Answers
from wagtail_privacy.records.version import Version


def materiality_of(version: Version) -> Materiality | None:
    return Materiality(version.materiality) if version.materiality else None


def decide_materiality(proposed: Materiality | None, answers: Answers, permissions: Permissions) -> Materiality | None:
    """The answered class; the proposed one where lowering lacks its reason or permission (docs/decisions/0006)."""
    if proposed is None or answers.materiality is None:
        return proposed
    if is_lower(answers.materiality, proposed) and not (answers.reason.strip() and permissions.lower_materiality):
        return proposed
    return answers.materiality


def is_lower(answered: Materiality | None, proposed: Materiality | None) -> bool:
    return answered is not None and proposed is not None and answered.weight < proposed.weight
