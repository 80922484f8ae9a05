"""A safety net below recording: finds what happened to pages past Wagtail's publishing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from wagtail_privacy.actions.plan import Plan, plan_publication
from wagtail_privacy.actions.record_version import record_event, record_version, version_shown
from wagtail_privacy.actions.translated_version import managed_translation
from wagtail_privacy.changes.change import Reference
from wagtail_privacy.clock import at, now
from wagtail_privacy.page_model import page_model
from wagtail_privacy.records.content import PolicyContent, policy_page_models
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.publicity import public_languages
from wagtail_privacy.records.register import register_models
from wagtail_privacy.records.version import EventKind, Text


@dataclass(frozen=True)
class Unrecorded:
    """A live page whose content differs from its newest text.

    ``is_draft`` says that wagtail-localize wrote a translator's draft into the live row, ``is_from_register`` that
    only words from the register differ, which wait for the next publication: neither is ever recorded.
    """

    page: PolicyContent
    is_draft: bool
    is_from_register: bool = False

    @property
    def language(self) -> str:
        return str(self.page.locale.language_code)


def unrecorded() -> Iterator[Unrecorded]:
    """Every live page with content that is not recorded."""
    for model in policy_page_models():
        pages: Any = model._default_manager
        live = pages.exact_type(model).filter(live=True, alias_of=None)
        for page in live.select_related("locale").iterator():
            plan = plan_publication(page)
            if plan.records and not _is_pending(plan) and not _was_withdrawn(plan):
                is_draft = page.has_unpublished_changes and managed_translation(page) is not None
                yield Unrecorded(page, is_draft=is_draft, is_from_register=_is_from_register(plan))


def _is_from_register(plan: Plan) -> bool:
    """Whether the page is as it was published, and only what entries of the register say has changed since."""
    return bool(plan.changes) and all(change.field and _is_of_entry(change.path) for change in plan.changes)


def _is_of_entry(path: tuple[Reference, ...]) -> bool:
    # As compose makes the id of what an entry says.
    return bool(path) and path[-1].kind in register_models() and f"/{path[-1].kind}:" in path[-1].id


def _is_pending(plan: Plan) -> bool:
    """Whether what the page says waits for its translations."""
    held = plan.policy.pending_texts.filter(language=plan.language) if plan.policy.pk else None
    return held is not None and held.filter(digest__in=plan.composition.snapshot.digests).exists()


def _was_withdrawn(plan: Plan) -> bool:
    """Whether the page still has, or translates, content that was withdrawn: it must not be published automatically."""
    if plan.version and plan.version.withdrawn_at:
        return True
    said = Text.objects.filter(version__policy=plan.policy.pk, language=plan.language)
    return said.exclude(version__withdrawn_at=None).filter(digest__in=plan.composition.snapshot.digests).exists()


@dataclass(frozen=True)
class NotPublic:
    """A language that is public by the history of ``policy``, and that no live page shows any more."""

    policy: Policy
    language: str


def not_public() -> Iterator[NotPublic]:
    """Every language that was unpublished without an event: by ``QuerySet.update()``, a script or SQL."""
    for policy in Policy.objects.order_by("pk"):
        live = page_model().objects.live().filter(translation_key=policy.translation_key)
        for language in sorted(public_languages(policy) - set(live.values_list("locale__language_code", flat=True))):
            yield NotPublic(policy, language)


def record_not_public(found: NotPublic) -> bool:
    """Record that the language was unpublished, as of now. Returns whether there was still something to record."""
    with transaction.atomic():
        policy = Policy.objects.lock(found.policy.translation_key, "")
        version = version_shown(policy)
        if version is None or found.language not in public_languages(policy):
            return False
        record_event(version, EventKind.UNPUBLISHED, None, data={"language": found.language})
        return True


def record_unrecorded(page: PolicyContent) -> Text | None:
    """Record what the live row of ``page`` says now; ``None`` if that has been done meanwhile."""
    with transaction.atomic():
        policy = Policy.objects.lock(page.translation_key, "")
        stored = type(page)._default_manager.get(pk=page.pk)
        with at(now()):
            return record_version(stored, policy)
