"""How our entries in Wagtail's audit log read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter

from wagtail_privacy.actions.moment import day_of
from wagtail_privacy.policy import words

#: By action: its label, and the message with what the entry holds.
LOGGED: Mapping[str, tuple[Any, Any]] = {
    "wagtail_privacy.version": (
        _("Record a policy version"),
        _("Recorded version %(number)s of the policy"),
    ),
    "wagtail_privacy.postponed": (
        _("Postpone a policy version"),
        _("Postponed version %(number)s of the policy to %(day)s: %(reason)s"),
    ),
    "wagtail_privacy.brought_forward": (
        _("Bring a policy version forward"),
        _("Brought version %(number)s of the policy forward to %(day)s: %(reason)s"),
    ),
    "wagtail_privacy.withdrawn": (
        _("Withdraw a policy version"),
        _("Withdrew version %(number)s of the policy: %(reason)s"),
    ),
    "wagtail_privacy.corrected": (
        _("Correct a policy’s wording"),
        _("Corrected the wording of version %(number)s of the policy: %(reason)s"),
    ),
}


def formatter(label: Any, message: Any) -> type[Any]:
    """The class by which Wagtail words the entries of one action."""

    class Formatter(LogFormatter):
        def format_message(self, log_entry: Any) -> str:
            data = log_entry.data or {}
            moment = parse_datetime(data["to"]) if data.get("to") else None
            values = {name: data.get(name, "") for name in ("number", "reason")}
            return str(message) % {**values, "day": words.day(day_of(moment)) if moment else ""}

    Formatter.label = label
    return Formatter
