"""What can be done about a policy's versions, in Wagtail's "…" menus."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets import Button
from wagtail.permission_policies import ModelPermissionPolicy

from wagtail_privacy.actions.permissions import Permissions
from wagtail_privacy.clock import now
from wagtail_privacy.records.policy import Policy

logger = logging.getLogger("wagtail_privacy")


def plan_buttons(policy: Policy, user: Any) -> Iterator[Button]:
    """Postpone and withdraw each announced version, for who may."""
    if not Permissions.for_policy(user, policy).change_plan:
        return
    for place, version in enumerate(policy.versions.announced(now())):
        number = {"number": version.number}
        url = reverse("wagtail_privacy:day", args=[version.pk])
        label = _("Another day for version %(number)s") % number
        yield Button(label, url=url, icon_name="calendar", priority=30 + 2 * place)
        url = reverse("wagtail_privacy:withdraw", args=[version.pk])
        label = _("Withdraw version %(number)s") % number
        yield Button(label, url=url, icon_name="undo", priority=31 + 2 * place)


def page_buttons(page: Any, user: Any) -> list[Button]:
    """The same in the page's own menu, with the way to all versions. A fault of ours keeps no menu from opening."""
    try:
        with transaction.atomic():
            return list(_page_buttons(page, user))
    except Exception:
        logger.exception("The menu of page %s lacks what can be done about its versions.", page.pk)
        return []


def _page_buttons(page: Any, user: Any) -> Iterator[Button]:
    policy = page.policy
    if policy is None or not policy.versions.exists():
        return
    if ModelPermissionPolicy(Policy).user_has_any_permission(user, ("change", "view")):
        url = reverse("privacy-policies:inspect", args=[policy.pk])
        yield Button(_("Versions of the policy"), url=url, icon_name="lock", priority=70)
    yield from plan_buttons(policy, user)
