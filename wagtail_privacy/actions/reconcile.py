"""The net below recording: live content that no publication brought there (DESIGN 4.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import transaction

from wagtail_privacy.actions.moment import at, now
from wagtail_privacy.actions.plan import Plan, plan_publication
from wagtail_privacy.actions.record_version import record_version
from wagtail_privacy.actions.reword import entry_kinds
from wagtail_privacy.changes.change import Reference
from wagtail_privacy.models.policy import Policy
from wagtail_privacy.models.version import Text

if TYPE_CHECKING:
    from wagtail_privacy.models.page import PolicyPageMixin


@dataclass(frozen=True)
class Unrecorded:
    """A live page that says something else than its newest text.

    ``is_draft`` says that wagtail-localize wrote a translator's draft into the live row, ``is_from_register`` that
    nothing but words of the register differs, which wait for the next publication: neither is ever recorded.
    """

    page: PolicyPageMixin
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
                is_draft = page.has_unpublished_changes and page.is_managed_translation()
                yield Unrecorded(page, is_draft=is_draft, is_from_register=_is_from_register(plan))


def _is_from_register(plan: Plan) -> bool:
    """Whether the page is as it was published, and only what entries of the register say has changed since."""
    return bool(plan.changes) and all(change.field and _is_of_entry(change.path) for change in plan.changes)


def _is_of_entry(path: tuple[Reference, ...]) -> bool:
    # As compose makes the id of what an entry says.
    return bool(path) and path[-1].kind in entry_kinds() and f"/{path[-1].kind}:" in path[-1].id


def _is_pending(plan: Plan) -> bool:
    """Whether what the page says waits for its translations."""
    held = plan.policy.pending_texts.filter(language=plan.language) if plan.policy.pk else None
    return held is not None and held.filter(digest=plan.composition.snapshot.digest).exists()


def _was_withdrawn(plan: Plan) -> bool:
    """Whether the page still says what was withdrawn since, or translates it: never to be published by itself."""
    if plan.version and plan.version.withdrawn_at:
        return True
    said = Text.objects.filter(version__policy=plan.policy.pk, language=plan.language)
    return said.exclude(version__withdrawn_at=None).filter(digest=plan.composition.snapshot.digest).exists()


def record_unrecorded(page: PolicyPageMixin) -> Text | None:
    """Record what the live row of ``page`` says now; ``None`` if that has been done meanwhile."""
    with transaction.atomic():
        policy = Policy.objects.lock(page.translation_key, "")
        stored = type(page)._default_manager.get(pk=page.pk)
        with at(now()):
            return record_version(stored, policy)


def policy_page_models() -> list[type[PolicyPageMixin]]:
    """The site's page classes that are policies."""
    from wagtail_privacy.models.page import PolicyPageMixin

    return [model for model in apps.get_models() if issubclass(model, PolicyPageMixin)]
