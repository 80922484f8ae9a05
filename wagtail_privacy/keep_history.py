"""No migration backwards takes the history or the pages with it: leaving comes first."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

#: The migrations whose way back drops what was published.
_KEEP = {"0002_policies", "0003_notices", "0004_chain_and_plans"}


def refuse_to_drop_history(sender: Any, plan: list[Any], apps: Any, using: str, **kwargs: Any) -> None:
    """Before ``migrate``: refuse a way back that would drop policies, as the tables are before the plan."""
    backwards = {step.name for step, back in plan if back and step.app_label == "wagtail_privacy"}
    if not backwards & _KEEP:
        return
    models = (model for model in apps.get_app_config("wagtail_privacy").get_models())
    found = [model for model in models if model.__name__ in ("Policy", "PolicyPage")]
    if any(model._base_manager.using(using).exists() for model in found):
        raise CommandError(
            _(
                "Expected no policies and no policy pages, found some: their history would be deleted, and the pages "
                "left behind could not be shown. First run: privacy_leave"
            )
        )
