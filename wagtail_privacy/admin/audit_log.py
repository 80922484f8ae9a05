"""The labels and messages of our actions in Wagtail's audit log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter

from wagtail_privacy.clock import day_of
from wagtail_privacy.policy import words

#: By action: its label, and the message with what the entry holds.
LOG_ACTIONS: Mapping[str, tuple[Any, Any]] = {
    "wagtail_privacy.version": (
        _("Record a policy version"),
        _("Recorded version %(number)s of the policy"),
    ),
    "wagtail_privacy.held": (
        _("Hold a policy change for its translations"),
        _("Published a change of the policy that waits for its translations"),
    ),
    "wagtail_privacy.imported": (
        _("Import a policy"),
        _("Imported the text of an existing policy as a draft"),
    ),
    "wagtail_privacy.history_imported": (
        _("Import earlier versions"),
        _("Imported earlier versions of the policy: %(number)s"),
    ),
    "wagtail_privacy.took_effect": (
        _("Policy version takes effect"),
        _("Version %(number)s of the policy took effect"),
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
    "wagtail_privacy.notice_paused": (
        _("Pause a notice"),
        _("Paused a notice about version %(number)s of the policy"),
    ),
    "wagtail_privacy.notice_resumed": (
        _("Resume a notice"),
        _("Resumed a notice about version %(number)s of the policy"),
    ),
    "wagtail_privacy.notice_cancelled": (
        _("Cancel a notice"),
        _("Cancelled a notice about version %(number)s of the policy"),
    ),
    "wagtail_privacy.notice_retried": (
        _("Retry a notice’s failed mails"),
        _("Had the failed mails of a notice about version %(number)s of the policy tried again"),
    ),
    "wagtail_privacy.notice_resent": (
        _("Resend a notice’s mails in doubt"),
        _("Had the mails in doubt of a notice about version %(number)s of the policy sent again"),
    ),
    "wagtail_privacy.notice_accepted": (
        _("Take a notice’s mails in doubt as sent"),
        _("Took the mails in doubt of a notice about version %(number)s of the policy as sent"),
    ),
    "wagtail_privacy.corrected": (
        _("Correct a policy’s wording"),
        _("Corrected the wording of version %(number)s of the policy: %(reason)s"),
    ),
    "wagtail_privacy.finding_answered": (
        _("Answer what a policy is asked"),
        _("Answered that there is none of what the review misses: %(reason)s"),
    ),
    "wagtail_privacy.finding_asked_again": (
        _("Ask again what was answered"),
        _("Took back an answer to the review"),
    ),
    "wagtail_privacy.reviewed": (
        _("Review a policy"),
        _("Read the policy and found that it needs no change"),
    ),
    "wagtail_privacy.held_back": (
        _("Hold a publication back"),
        _("Did not publish the policy at its time: %(reason)s"),
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
