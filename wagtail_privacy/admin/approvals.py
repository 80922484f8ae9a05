"""Wagtail's list of what awaits one's review, with the class and the number of changes of each policy."""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component

from wagtail_privacy.page.mixin import PolicyPageMixin
from wagtail_privacy.publication.preview import preview_publication

logger = logging.getLogger("wagtail_privacy")


class ApprovalsPanel(Component):
    """Wagtail's panel ``wagtails``, with each policy's title followed by what it changes."""

    def __init__(self, wagtails: Any) -> None:
        self.wagtails = wagtails
        self.name, self.order = wagtails.name, wagtails.order
        self.template_name = wagtails.template_name

    @property
    def media(self) -> Any:
        return self.wagtails.media

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = self.wagtails.get_context_data(parent_context)
        for state in context["states"]:
            if isinstance(page := state["obj"], PolicyPageMixin):
                _say_what_changes(page, parent_context["request"].user)
        return context


def with_changes(panels: list[Any]) -> list[Any]:
    """``panels`` of the dashboard, of which Wagtail's list of approvals says what policies change."""
    return [ApprovalsPanel(each) if each.name == "workflow_objects_to_moderate" else each for each in panels]


def _say_what_changes(page: Any, user: Any) -> None:
    """Add it, in memory, to the title that the list shows. A fault of ours keeps nobody from the list: it is logged."""
    try:
        with transaction.atomic():
            if said := in_short(page, user):
                page.draft_title = f"{page.draft_title}: {said}"
    except Exception:
        logger.exception("What page %s changes can't be said.", page.pk)


def in_short(page: Any, user: Any) -> str:
    """What publishing the newest draft of ``page`` would be: its class, and how many changes. Empty if unknown."""
    preview = preview_publication(page.get_latest_revision_as_object(), user)
    if preview is None or preview.plan.is_half_translated:
        return ""
    if preview.plan.is_first:
        return _("First version")
    if not preview.plan.records:
        return _("nothing changes for readers")
    changes = ngettext("%(count)s change", "%(count)s changes", len(preview.lines)) % {"count": len(preview.lines)}
    return ", ".join(filter(None, (preview.label, changes)))
