"""What Wagtail keeps of a policy page beside our history: its live row, and the revisions that may go live next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from wagtail.models import Revision

from wagtail_privacy.models.policy import Policy

if TYPE_CHECKING:
    from wagtail_privacy.models.page import PolicyPageMixin


def pages_of(policy: Policy, language: str = "") -> Iterator[PolicyPageMixin]:
    """The pages of ``policy``, in ``language`` or in all, but for aliases."""
    from wagtail_privacy.actions.reconcile import policy_page_models

    for model in policy_page_models():
        manager: Any = model._default_manager
        pages = manager.exact_type(model).filter(translation_key=policy.translation_key, alias_of=None)
        yield from pages.filter(locale__language_code=language) if language else pages


def mend(page: PolicyPageMixin, field: str, change: Callable[[Any], bool]) -> None:
    """Let ``change`` mend ``field`` of the live row and of every revision that may go live: newest, live, scheduled.

    ``change`` gets a page in memory and says whether it changed it. No publication: nothing is recorded. The
    revisions are mended where they are, so that a workflow or a schedule publishes the mended one.
    """
    if change(page):
        type(page)._default_manager.filter(pk=page.pk).update(**{field: getattr(page, field)})
    waiting = Q(pk__in=[page.latest_revision_id, page.live_revision_id]) | Q(approved_go_live_at__isnull=False)
    for revision in Revision.objects.for_instance(page).filter(waiting):
        draft = revision.as_object()
        if change(draft):
            revision.content[field] = draft.serializable_data()[field]
            Revision.objects.filter(pk=revision.pk).update(content=revision.content)
