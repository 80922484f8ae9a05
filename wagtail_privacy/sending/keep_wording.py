"""Record the wording of a notice before the first mail with it is sent, as proof of what people were told."""

from __future__ import annotations

from threading import Lock

from wagtail_privacy.clock import now
from wagtail_privacy.notices.audience import Audience
from wagtail_privacy.notices.message import RenderedMail, RenderedMails
from wagtail_privacy.records.notice import Notice, Wording


class RecordedMails(RenderedMails):
    """The rendered mails of ``notice``; each is recorded when it is rendered. Several senders may share them."""

    def __init__(self, notice: Notice, audience: Audience) -> None:
        super().__init__(notice.version, audience.why, notice, may_leave=audience.may_leave)
        self._kept_for = notice
        self._lock = Lock()

    def __missing__(self, language: str) -> RenderedMail:
        with self._lock:
            return self.get(language) or super().__missing__(language)

    def render_for(self, language: str) -> RenderedMail:
        rendered_mail = super().render_for(language)
        words = rendered_mail.message
        Wording.objects.keep(
            self._kept_for,
            language,
            said_in=words.language,
            subject=words.subject,
            text=words.text,
            html=words.html,
            at=now(),
        )
        return rendered_mail
