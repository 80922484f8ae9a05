"""How long those who read another language than the original's wait for the text in it (DESIGN 4.10)."""

from __future__ import annotations

from datetime import datetime, timedelta

from wagtail_privacy.models.notice import Notice
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
    version, policy = notice.version, notice.version.policy
    lawful = version.takes_effect_at - timedelta(days=policy.floor_days)
    return min(notice.created_at + timedelta(days=policy.translation_days), lawful)


def _awaited(version: Version) -> frozenset[str]:
    """The languages that the policy is published in, but for those in which this version is."""
    there = version.texts.values_list("language", flat=True)
    return frozenset(version.policy.texts().exclude(language__in=list(there)).values_list("language", flat=True))
