"""A change waits, held, until it is published in every language that its policy requires."""

from __future__ import annotations

from typing import Any

from wagtail_privacy.actions.plan import Plan
from wagtail_privacy.actions.translated_version import missing_languages, pending_source
from wagtail_privacy.blocks.compose import Composition
from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.clock import now
from wagtail_privacy.records.content import PolicyContent
from wagtail_privacy.records.pending import PendingText
from wagtail_privacy.records.policy import Policy


def languages_to_wait_for(plan: Plan) -> list[str]:
    """The languages that publishing as planned would wait for.

    Nothing waits for a correction of wording, which carries the translations over, nor for a first version: until
    it is public there is no policy at all.
    """
    if plan.is_first or plan.is_translation or not plan.records or plan.materiality is Materiality.EDITORIAL:
        return []
    return missing_languages(plan.policy, plan.composition.snapshot.digests, plan.proposal.held)


def hold(page: PolicyContent, plan: Plan, by: Any) -> bool:
    """Hold what ``page`` publishes, replacing what was held before, if it has to wait. Returns whether it is held."""
    if plan.pending and not plan.is_half_translated:
        _keep(page, plan, by)
        return True
    if plan.is_translation:
        return False
    waits, source = bool(languages_to_wait_for(plan)), pending_source(plan.policy, plan.proposal.held)
    if source and source.digest not in plan.composition.snapshot.digests:
        plan.policy.pending_texts.all().delete()
    if waits:
        _keep(page, plan, by)
    return waits


def _keep(page: PolicyContent, plan: Plan, by: Any) -> None:
    snapshot = plan.composition.snapshot
    PendingText.objects.update_or_create(
        policy=plan.policy,
        language=plan.language,
        defaults={
            "page_id": page.pk,
            "since": now(),
            "by": by,
            "revision_id": page.live_revision_id,
            "answers": {name: getattr(page, name) for name in page.answer_fields}
            | dict.fromkeys(plan.proposal.untranslated.intersection(page.answer_fields), ""),
            "snapshot_json": snapshot.to_json(),
            "shown": dict(plan.composition.shown),
            "digest": snapshot.digest,
        },
    )


def pop_pending_texts(policy: Policy) -> list[PendingText]:
    """Remove and return the held texts of ``policy``, the source first, if no language is missing; else nothing."""
    source = pending_source(policy)
    if source is None or missing_languages(policy, {source.digest}):
        return []
    texts = list(policy.pending_texts.exclude(pk=source.pk).order_by("since", "pk"))
    policy.pending_texts.all().delete()
    return [source, *texts]


def as_published(text: PendingText) -> tuple[PolicyContent, Composition]:
    """The page as it was when ``text`` was published, as far as recording asks, and what it said."""
    page = text.page.specific
    page.live_revision_id = text.revision_id
    for name, value in text.answers.items():
        setattr(page, name, page._meta.get_field(name).to_python(value))
    return page, Composition(text.snapshot, text.shown)
