"""The gate: a change is held until it can be read in every language that its policy requires (DESIGN 4.10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail_privacy.actions.moment import now
from wagtail_privacy.actions.translation import handed_over, makes_versions, managed_translation
from wagtail_privacy.blocks.compose import Composition
from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.models.pending import PendingText
from wagtail_privacy.models.policy import Policy
from wagtail_privacy.policy.snapshot import Snapshot

if TYPE_CHECKING:
    from wagtail_privacy.actions.plan import Plan
    from wagtail_privacy.models.page import PolicyPageMixin


def pending_source(policy: Policy) -> PendingText | None:
    """The publication that ``policy`` holds, in the language that the others translate."""
    texts = policy.pending_texts.all() if policy.pk else ()
    return next((text for text in texts if text.language == policy.source_language), None)


def pending_translated(page: PolicyPageMixin, policy: Policy, snapshot: Snapshot) -> PendingText | None:
    """The held publication that ``page`` translates; ``None`` where it makes versions or translates another one.

    For a page that wagtail-localize manages, what was last handed to the translators says so; otherwise its facts do.
    """
    source = pending_source(policy)
    if source is None or makes_versions(page, policy):
        return None
    translation = managed_translation(page)
    if translation:
        return source if handed_over(translation, policy).digest == source.digest else None
    return source if snapshot.facts_digest == source.snapshot.facts_digest else None


def missing_languages(policy: Policy, digest: str) -> list[str]:
    """The required languages in which the content with ``digest``, in the policy's own, has no text yet."""
    source = pending_source(policy)
    there = {policy.source_language}
    if source and source.digest == digest:
        there.update(text.language for text in policy.pending_texts.all())
    return [language for language in policy.required_languages if language not in there]


def waits_for(plan: Plan) -> list[str]:
    """The languages that publishing as planned would wait for.

    Nothing waits for a correction of wording, which carries the translations over, nor for a first version: until
    it is public there is no policy at all.
    """
    if plan.is_first or plan.is_translation or not plan.records or plan.materiality is Materiality.EDITORIAL:
        return []
    return missing_languages(plan.policy, plan.composition.snapshot.digest)


def hold(page: PolicyPageMixin, plan: Plan, by: Any) -> bool:
    """Whether what ``page`` publishes is held; then it is kept aside, in place of what was held before."""
    if plan.pending and not plan.is_half_translated:
        _keep(page, plan, by)
        return True
    if plan.is_translation:
        return False
    waits, source = bool(waits_for(plan)), pending_source(plan.policy)
    if source and source.digest != plan.composition.snapshot.digest:
        plan.policy.pending_texts.all().delete()
    if waits:
        _keep(page, plan, by)
    return waits


def _keep(page: PolicyPageMixin, plan: Plan, by: Any) -> None:
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
            | dict.fromkeys(plan.untranslated.intersection(page.answer_fields), ""),
            "snapshot_json": snapshot.to_json(),
            "shown": dict(plan.composition.shown),
            "digest": snapshot.digest,
        },
    )


def take_out(policy: Policy) -> list[PendingText]:
    """What ``policy`` held, the source first, if nothing is missing any more; it is held no longer."""
    source = pending_source(policy)
    if source is None or missing_languages(policy, source.digest):
        return []
    texts = list(policy.pending_texts.exclude(pk=source.pk).order_by("since", "pk"))
    policy.pending_texts.all().delete()
    return [source, *texts]


def as_published(text: PendingText) -> tuple[PolicyPageMixin, Composition]:
    """The page as it was when ``text`` was published, as far as recording asks, and what it said."""
    page = text.page.specific
    page.live_revision_id = text.revision_id
    for name, value in text.answers.items():
        setattr(page, name, page._meta.get_field(name).to_python(value))
    return page, Composition(text.snapshot, text.shown)
