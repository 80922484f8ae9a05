"""How long those who read another language than the original's wait for the text in it (docs/decisions/0010)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from wagtail_privacy.records.notice import Notice
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.version import Version


class DueTimes:
    """When the mails of a notice go out, by the language that people read.

    At once if the version has a text in it, or if none is to be expected since the policy was never published in it.
    Otherwise after the policy's ``translation_days``, but never so late that people would get
    less than the shortest notice period. A change of plan waits for nothing.
    """

    def __init__(self, notice: Notice, moment: datetime) -> None:
        self._moment = moment
        self._until = _until(notice)
        self._awaited = _awaited(notice.version) if self._until > moment else frozenset[str]()

    def due_at(self, language: str) -> datetime:
        return self._until if language in self._awaited else self._moment


def _until(notice: Notice) -> datetime:
    if notice.about:
        return notice.created_at
    return translation_deadline(notice.version.policy, notice.created_at, notice.version.takes_effect_at)


def translation_deadline(policy: Policy, announced_at: datetime, takes_effect_at: datetime) -> datetime:
    """The latest moment at which mails that wait for a translation are sent."""
    lawful = takes_effect_at - timedelta(days=policy.floor_days)
    return max(announced_at, min(announced_at + timedelta(days=policy.translation_days), lawful))


def _awaited(version: Version) -> frozenset[str]:
    return awaited_languages(version.policy, version.texts.values_list("language", flat=True))


def awaited_languages(policy: Policy, there: Iterable[str]) -> frozenset[str]:
    """The languages that the policy is published in, but for those in which a version is ``there``."""
    return frozenset(policy.texts().exclude(language__in=list(there)).values_list("language", flat=True))
