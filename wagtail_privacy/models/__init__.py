"""The facts: policies and their pages, the register, versions with their texts and events, notices."""

from wagtail_privacy.models.notice import Delivery, Notice, Pace, Receipt, Suppression, Wording
from wagtail_privacy.models.page import PolicyPage, PolicyPageMixin
from wagtail_privacy.models.pending import PendingText
from wagtail_privacy.models.policy import Policy
from wagtail_privacy.models.register import DataCategory, Recipient, RetentionRule
from wagtail_privacy.models.version import Event, EventKind, MaterialityChoices, Text, Version

__all__ = [
    "DataCategory",
    "Delivery",
    "Event",
    "EventKind",
    "MaterialityChoices",
    "Notice",
    "Pace",
    "PendingText",
    "Policy",
    "PolicyPage",
    "PolicyPageMixin",
    "Receipt",
    "Recipient",
    "RetentionRule",
    "Suppression",
    "Text",
    "Version",
    "Wording",
]
