"""The header of our own screens: their title, and the way back up."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from wagtail_privacy.records.policy import Policy


def header_context(title: str, icon: str, *above: tuple[str, str]) -> dict[str, Any]:
    """The header context of Wagtail's generic template; ``above`` are the URLs and labels of the pages above."""
    trail = [{"url": url, "label": label} for url, label in (*above, ("", title))]
    items = [*WagtailAdminTemplateMixin.breadcrumbs_items, *trail]
    return {"header_title": title, "header_icon": icon, "breadcrumbs_items": items}


def above_policy(policy: Policy) -> tuple[tuple[str, str], ...]:
    """The screens above one about ``policy``: the overview, and its versions."""
    overview = reverse("privacy-policies:index"), _("Policies")
    return overview, (reverse("privacy-policies:inspect", args=[policy.pk]), str(policy))
