"""An editorial version takes the translations' texts along, where it states the same facts."""

from __future__ import annotations

from wagtail_privacy.actions.plan import Plan
from wagtail_privacy.clock import now
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.records.version import Text, Version


def carry_translations_over(plan: Plan, version: Version) -> None:
    """An editorial change of the source leaves no translation outdated: their texts are copied to the new version.

    Not where somebody calls another fact editorial: the translations still state the one before.
    """
    now_stated = [_facts(each) for each in plan.composition.snapshot.by_all_rules]
    if plan.base and _facts(plan.base.snapshot) not in now_stated:
        return
    others = Text.objects.filter(version=version.builds_on).exclude(language=plan.language).order_by("edition")
    current = {text.language: text for text in others}
    for text in current.values():
        text.pk, text.version, text.edition = None, version, 1
        text.summary, text.changes_json, text.carried_over, text.recorded_at = "", [], True, now()
        text.corrected_at = None
        text._state.adding = True
        text.save()


def _facts(snapshot: Snapshot) -> dict[str, object]:
    """What is stated, wherever it stands."""
    return {section.id: section.facts for section in snapshot.walk() if section.facts}
