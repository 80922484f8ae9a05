"""Every mail that the example site sent, as it went out."""

from __future__ import annotations

import email
import re
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone


class Mail(models.Model):
    raw = models.BinaryField()
    recipient = models.EmailField(max_length=254, db_index=True)
    subject = models.TextField()
    language = models.CharField(max_length=20, blank=True)
    # The beginning of the Message-ID, which the mails of one notice have in common.
    series = models.CharField(max_length=100, blank=True, db_index=True)
    sent_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.subject}"

    def get_absolute_url(self) -> str:
        return reverse("mailbox:mail", args=[self.pk])

    @classmethod
    def of(cls, message: Any, recipient: str) -> Mail:
        """A Django mail message as ``recipient`` gets it."""
        sent = message.message()
        return cls(
            raw=sent.as_bytes(),
            recipient=recipient,
            subject=message.subject,
            language=sent["Content-Language"] or "",
            series=_series(str(sent["Message-ID"] or "")),
            sent_at=_moment(sent["Date"]),
        )

    @cached_property
    def message(self) -> EmailMessage:
        return email.message_from_bytes(bytes(self.raw), policy=default)

    @property
    def address_parts(self) -> list[str]:
        """The address in pieces between which a line may break."""
        name, at, domain = self.recipient.partition("@")
        return [name, at + domain]

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [(name, str(value)) for name, value in self.message.items()]

    def in_each_language(self) -> list[Mail]:
        """One mail of the same notice in each language that it was sent in, this one's first of all in its own."""
        found = {self.language: self}
        mails = Mail.objects.filter(series=self.series).defer("raw").order_by("pk") if self.series else []
        for mail in mails:
            found.setdefault(mail.language, mail)
        return [found[language] for language in sorted(found)]

    def _body(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        return part.get_content() if part else ""


def _moment(date: str | None) -> datetime:
    """The moment of a Date header; a zone of -0000 (RFC 5322, 3.3) says UTC without saying where."""
    moment = parsedate_to_datetime(date) if date else timezone.now()
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _series(message_id: str) -> str:
    found = re.match(r"<(privacy-notice-\d+)-", message_id)
    return found[1] if found else ""
