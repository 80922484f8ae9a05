"""How long those who read another language than the original's wait for the text in it (DESIGN 4.10)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from wagtail_privacy.models.notice import Notice
from wagtail_privacy.models.policy import Policy
from wagtail_privacy.models.version import Version


class Waiting:
    """When the mails of a notice go out, by the language that people read.

    At once where the version has its text, and where it will not come: in a language that the policy was never
    published in. Otherwise after the policy's time for translations, and never so late that people would be told
    with less than the shortest notice period. A change of plan waits for nothing.
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
    return wait_ends(notice.version.policy, notice.created_at, notice.version.takes_effect_at)


def wait_ends(policy: Policy, announced_at: datetime, takes_effect_at: datetime) -> datetime:
    """When those are told at the latest who wait for their text of a version announced and taking effect then."""
    lawful = takes_effect_at - timedelta(days=policy.floor_days)
    return max(announced_at, min(announced_at + timedelta(days=policy.translation_days), lawful))


def _awaited(version: Version) -> frozenset[str]:
    return awaited_languages(version.policy, version.texts.values_list("language", flat=True))


def awaited_languages(policy: Policy, there: Iterable[str]) -> frozenset[str]:
    """The languages that the policy is published in, but for those in which a version is ``there``."""
    return frozenset(policy.texts().exclude(language__in=list(there)).values_list("language", flat=True))
