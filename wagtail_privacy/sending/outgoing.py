"""The mails of a notice, ready to go out over one connection."""

from __future__ import annotations

import logging

from django.core.mail import EmailMultiAlternatives
from django.db import DatabaseError, InterfaceError

from wagtail_privacy.notices.mail_headers import build_email
from wagtail_privacy.notices.message import RenderedMail, RenderedMails
from wagtail_privacy.sending.same_address import Claimed
from wagtail_privacy.sending.skeleton import Skeleton
from wagtail_privacy.sending.transport import Connection, MessageRejected

logger = logging.getLogger(__name__)


class NotRendered(Exception):
    """The mail could not be put together in the person's language: a template or a translation is broken."""


class OutgoingMails:
    """The rendered mails of a notice by language, prepared for one connection."""

    def __init__(self, server: Connection, rendered_mails: RenderedMails) -> None:
        self._server, self._rendered_mails = server, rendered_mails
        self._by_language: dict[str, OutgoingMail | None] = {}

    @property
    def as_of(self) -> int:
        """The length of the policy's chain when they were rendered: they tell the plan of that moment."""
        return self._rendered_mails.as_of

    def send(self, claimed: Claimed, following: Claimed | None = None) -> str:
        """Hand over the mail to one person, and return the provider's id of it, if there is one.

        ``following`` is who gets the next one for certain. Raises :exc:`NotRendered`, and what
        :mod:`~wagtail_privacy.sending.transport` raises.
        """
        mail = self._in_language_of(claimed)
        if mail is None:
            raise NotRendered
        return mail.send(claimed, self._address_to_begin(following) if following else "")

    def _address_to_begin(self, claimed: Claimed) -> str:
        """The address of a mail that can be pipelined with the one before it; empty for one that Django builds."""
        mail = self._in_language_of(claimed)
        return claimed.person.address if mail and mail.is_ready_for(claimed) else ""

    def _in_language_of(self, claimed: Claimed) -> OutgoingMail | None:
        """The mail in the person's language; ``None`` if it cannot be rendered."""
        language = claimed.delivery.language
        if language not in self._by_language:
            self._by_language[language] = self._render(language)
        return self._by_language[language]

    def _render(self, language: str) -> OutgoingMail | None:
        try:
            return OutgoingMail(self._server, self._rendered_mails[language])
        except (DatabaseError, InterfaceError):
            raise
        except Exception:  # a site's own template may raise anything
            logger.exception("The mail cannot be put together in the language %r.", language)
            return None


class OutgoingMail:
    """A mail in one language, as finished bytes if possible."""

    def __init__(self, server: Connection, rendered_mail: RenderedMail) -> None:
        self._server, self._rendered_mail = server, rendered_mail
        self._skeleton = Skeleton(rendered_mail) if server.accepts_bytes else None

    def is_ready_for(self, claimed: Claimed) -> bool:
        return self._skeleton is not None and self._skeleton.can_send_to(claimed.person.address)

    def send(self, claimed: Claimed, next_address: str = "") -> str:
        delivery, person = claimed.delivery, claimed.person
        if self._skeleton and (data := self._skeleton.bytes_for(delivery, person.name, person.address)):
            self._server.send_bytes(self._skeleton.sender, person.address, data, next_address)
            return ""
        return self._server.send(self._build(claimed))

    def _build(self, claimed: Claimed) -> EmailMultiAlternatives:
        person = claimed.person
        try:
            message = self._rendered_mail.for_person(person.name, person.unsubscribe_url)
            return build_email(claimed.delivery, message, person.address)
        except Exception as error:  # whatever is odd about one person's values
            raise MessageRejected("not expressible") from error
