"""Keep what a notice says, before the first mail that says it goes: the proof of what people were told."""

from __future__ import annotations

from threading import Lock

from wagtail_privacy.actions.moment import now
from wagtail_privacy.models.notice import Notice, Wording
from wagtail_privacy.notices.audience import Audience
from wagtail_privacy.notices.message import Letter, Letters


class KeptLetters(Letters):
    """The letters of ``notice``; each is kept when it is written. Several senders may share them."""

    def __init__(self, notice: Notice, audience: Audience) -> None:
        super().__init__(notice.version, audience.why, notice, may_leave=audience.may_leave)
        self._kept_for = notice
        self._lock = Lock()

    def __missing__(self, language: str) -> Letter:
        with self._lock:
            return self.get(language) or super().__missing__(language)

    def written(self, language: str) -> Letter:
        letter = super().written(language)
        words = letter.message
        Wording.objects.keep(
            self._kept_for,
            language,
            said_in=words.language,
            subject=words.subject,
            text=words.text,
            html=words.html,
            at=now(),
        )
        return letter
