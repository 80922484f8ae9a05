"""A policy page outside our history: its live row, and the revisions that may go live next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Q
from wagtail.models import Revision

from wagtail_privacy.records.content import PolicyContent, policy_page_models
from wagtail_privacy.records.policy import Policy


def policy_pages(policy: Policy, language: str = "") -> Iterator[PolicyContent]:
    """The pages of ``policy``, in ``language`` or in all, but for aliases."""
    for model in policy_page_models():
        manager: Any = model._default_manager
        pages = manager.exact_type(model).filter(translation_key=policy.translation_key, alias_of=None)
        yield from pages.filter(locale__language_code=language) if language else pages


def update_live_and_drafts(page: PolicyContent, field: str, change: Callable[[Any], bool]) -> None:
    """Let ``change`` update ``field`` of the live row and of every revision that may go live: newest, live, scheduled.

    ``change`` gets a page in memory and returns whether it changed it. This is not a publication: nothing is recorded.
    Revisions are updated in place, so that a workflow or a schedule publishes the updated one.
    """
    if change(page):
        type(page)._default_manager.filter(pk=page.pk).update(**{field: getattr(page, field)})
    waiting = Q(pk__in=[page.latest_revision_id, page.live_revision_id]) | Q(approved_go_live_at__isnull=False)
    for revision in Revision.objects.for_instance(page).filter(waiting):
        draft = revision.as_object()
        if change(draft):
            revision.content[field] = draft.serializable_data()[field]
            Revision.objects.filter(pk=revision.pk).update(content=revision.content)
