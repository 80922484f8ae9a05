"""Changes said in another language than that of their text, with the names that an earlier text in it has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from wagtail_privacy.changes.change import Change, Materiality, Reference
from wagtail_privacy.policy.kinds import kind_of
from wagtail_privacy.policy.snapshot import Snapshot


def changes_in_language(known: Snapshot, changes: Iterable[Change]) -> tuple[Change, ...] | None:
    """``changes`` with the names that ``known``, a text in another language, has for their sections.

    ``None`` if the sentence about one of them would quote untranslated words or name a section that ``known`` lacks.
    """
    translated = [_change_in_language(known, change) for change in changes]
    return None if None in translated else tuple(change for change in translated if change)


def _change_in_language(known: Snapshot, change: Change) -> Change | None:
    if change.materiality is Materiality.EDITORIAL:
        return change  # only counted
    path, old_path = _path_in(known, change.path), _path_in(known, change.old_path)
    if not path or old_path is None or (change.is_text and not _is_unquoted(change)):
        return None
    return replace(change, path=path, old_path=old_path)


def _is_unquoted(change: Change) -> bool:
    field = kind_of(change.path[-1].kind).field(change.field)
    return field is not None and field.type in ("prose", "value")


def _path_in(known: Snapshot, path: tuple[Reference, ...]) -> tuple[Reference, ...] | None:
    steps = [_step_in(known, step) for step in path]
    return None if None in steps else tuple(step for step in steps if step)


def _step_in(known: Snapshot, step: Reference) -> Reference | None:
    section = known.by_id.get(step.old_id) or known.by_id.get(step.id)
    if section:
        return replace(Reference.to(section), id=step.id, old_id=step.old_id)
    field = kind_of(step.kind).field(step.named_by)
    return step if field and not field.is_text else None
