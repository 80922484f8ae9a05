"""Where a change comes from: this draft, or an edit in the register, by whom and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wagtail.admin.utils import get_user_display_name
from wagtail.log_actions import registry

from wagtail_privacy.actions.carry_correction import is_from_register
from wagtail_privacy.changes.change import Change
from wagtail_privacy.clock import day_of
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.records.register import register_models


@dataclass(frozen=True)
class Origin:
    """An edit of ``entry`` in the register: who made the last one, and on which day; both empty where that is not
    known, as of an edit by code."""

    entry: str
    by: str = ""
    day: date | None = None


def origins_of(changes: Iterable[Change], snapshot: Snapshot, since: datetime) -> dict[str, Origin]:
    """The edits in the register after ``since`` that ``changes`` come from, by the ids of the sections of ``snapshot``
    that say what the entries say.

    A page names an entry and not its words: where these changed, somebody changed the entry.
    """
    found = (snapshot.by_id.get(change.section.id) for change in changes if change.section and change.kind == "changed")
    sections = {section.id: section for section in found if section and is_from_register(section)}
    entries: dict[tuple[str, str], Origin] = {}
    for kind, model in register_models().items():
        keys = {str(section.facts["key"]) for section in sections.values() if section.kind == kind}
        for entry in model._default_manager.filter(key__in=keys) if keys else ():
            entries[kind, entry.key] = _last_edit(entry, since)
    return {id: entries.get(key, Origin(key[1])) for id, key in _keys(sections)}


def _keys(sections: dict[str, Any]) -> Iterable[tuple[str, tuple[str, str]]]:
    return ((id, (section.kind, str(section.facts["key"]))) for id, section in sections.items())


def _last_edit(entry: Any, since: datetime) -> Origin:
    logs = registry.get_logs_for_instance(entry).filter(action="wagtail.edit", timestamp__gte=since)
    last = logs.select_related("user").order_by("-timestamp").first()
    if last is None:
        return Origin(str(entry))
    return Origin(str(entry), get_user_display_name(last.user) if last.user else "", day_of(last.timestamp))
