"""The models, as Django loads them: all of them, whatever folder they live in."""

from wagtail_privacy import before_models  # noqa: F401, I001 - first: says what INSTALLED_APPS lacks

from wagtail_privacy.page.mixin import PolicyPageMixin
from wagtail_privacy.page_model import IS_SWAPPED
from wagtail_privacy.records.notice import Delivery, Notice, Pace, Receipt, SendingTask, Suppression, Wording
from wagtail_privacy.records.pending import PendingText
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.ready_text import ReadyText
from wagtail_privacy.records.register import DataCategory, Recipient, RetentionRule
from wagtail_privacy.records.review import FindingAnswer, ReviewReminder
from wagtail_privacy.records.version import Event, EventKind, MaterialityChoices, Text, Version

if not IS_SWAPPED:
    from wagtail_privacy.page.policy_page import PolicyPage

__all__ = [
    "DataCategory",
    "Delivery",
    "Event",
    "EventKind",
    "FindingAnswer",
    "MaterialityChoices",
    "Notice",
    "Pace",
    "PendingText",
    "Policy",
    "PolicyPage",
    "PolicyPageMixin",
    "ReadyText",
    "Receipt",
    "Recipient",
    "RetentionRule",
    "ReviewReminder",
    "SendingTask",
    "Suppression",
    "Text",
    "Version",
    "Wording",
]
