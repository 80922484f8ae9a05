"""A mail encoded once for everybody who reads a language, with gaps for what is a person's own.

Building a mail costs several times what handing it over does, and from person to person nothing differs but the
address, the greeting, the Message-ID and the date. So Django builds it once with stand-ins for these, and every
further mail is the same bytes with other values. Both bodies are quoted-printable (RFC 2045), encoded apart on either
side of the greeting: every byte is ASCII, whatever the name, and nothing is asked of the mail server.
"""

from __future__ import annotations

import re
from binascii import b2a_qp
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.utils import format_datetime, parseaddr
from functools import lru_cache
from typing import Any

from django.utils.html import escape

from wagtail_privacy.clock import at, now
from wagtail_privacy.conf import conf
from wagtail_privacy.notices.mail_headers import build_email, delivery_ids
from wagtail_privacy.notices.message import GREETING, RenderedMail
from wagtail_privacy.records.notice import Delivery

#: An address that needs no encoding in headers and SMTP. "?" is left out: "=?" begins an encoded word (RFC 2047).
_PLAIN = re.compile(r"[a-zA-Z0-9!#$%&'*+/=^_`{|}~-][a-zA-Z0-9!#$%&'*+/=^_`{|}~.-]{0,63}@[a-zA-Z0-9.-]{1,189}")
#: In no line of quoted-printable is "=" followed by "_" (RFC 2045, 6.7).
_BOUNDARY = "=_privacy-notice"
#: At the end of a line, "=" joins it with the next.
_JOIN = b"=\r\n"
_LINE_END = re.compile(rb"\r\n?")
_BODIES = [("text/plain", "utf-8"), ("text/html", "utf-8")]


@dataclass(frozen=True)
class _Person:
    """An invented person: the first one's values mark the gaps, the second one's test what is filled in."""

    delivery: Delivery
    address: str
    name: str
    moment: datetime

    def mail(self, rendered_mail: RenderedMail) -> Any:
        """The mail as Django builds it."""
        message = rendered_mail.for_person(self.name) if self.name else rendered_mail.message
        with at(self.moment):
            return build_email(self.delivery, message, self.address).message()


_PLACEHOLDER_PERSON = _Person(
    Delivery(pk=270_000_000_000_001, notice_id=270_000_000_000_002),
    "privacy-notice-address@example.invalid",
    "",
    datetime(1970, 1, 1, tzinfo=UTC),
)
_TEST_PERSON = _Person(
    Delivery(pk=7, notice_id=3),
    "prover@example.org",
    "=?utf-8?q?=C3?= Åsa <&> =20",
    datetime(2001, 2, 3, tzinfo=UTC),
)

# What marks each gap.
_ADDRESS = _PLACEHOLDER_PERSON.address.encode()
_IDS = delivery_ids(_PLACEHOLDER_PERSON.delivery).encode()
_DATE = format_datetime(_PLACEHOLDER_PERSON.moment).encode()
_TEXT, _HTML = b"privacy-notice-gap-text", b"privacy-notice-gap-html"


class Skeleton:
    """The mail that ``rendered_mail`` is, for anybody.

    It is tested when it is created: ``is_valid`` is whether its mail equals the one that Django builds. If not, as with
    a template that greets twice or a sender with non-ASCII characters, Django builds every mail.
    """

    def __init__(self, rendered_mail: RenderedMail) -> None:
        self.sender = parseaddr(conf.FROM_EMAIL)[1]
        self._rendered_mail = rendered_mail
        # Where people can leave, each mail has an address for that of its own, in a header too: Django builds it.
        encodable = _PLAIN.fullmatch(self.sender) and not rendered_mail.may_leave
        self._pieces = self._cut(_encoded(rendered_mail)) if encodable else []
        self.is_valid = bool(self._pieces) and self._matches_django()

    def can_send_to(self, address: str) -> bool:
        """Whether a mail to ``address`` can be made from it."""
        return self.is_valid and bool(_PLAIN.fullmatch(address))

    def bytes_for(self, delivery: Delivery, name: str, address: str) -> bytes | None:
        """The finished mail with CRLF line ends, or ``None`` where Django has to build it."""
        return self._fill(delivery, name, address) if self.can_send_to(address) else None

    def _cut(self, data: bytes) -> list[bytes]:
        """The mail cut at its gaps, each gap a piece of its own; nothing where a gap cannot be found for certain."""
        once = (_ADDRESS, _IDS, _DATE)
        if any(data.count(mark) != 1 for mark in once):
            return []
        return re.split(b"(" + b"|".join(map(re.escape, (*once, _TEXT, _HTML))) + b")", data)

    def _fill(self, delivery: Delivery, name: str, address: str) -> bytes:
        greeting = self._rendered_mail.greeting(name)
        values = {
            _ADDRESS: address.encode(),
            _IDS: delivery_ids(delivery).encode(),
            _DATE: _date(now().replace(microsecond=0)),
            _TEXT: _quoted(greeting),
            _HTML: _quoted(escape(greeting)),
        }
        return b"".join([values.get(piece, piece) for piece in self._pieces])

    def _matches_django(self) -> bool:
        with at(_TEST_PERSON.moment):
            filled = self._fill(_TEST_PERSON.delivery, _TEST_PERSON.name, _TEST_PERSON.address)
        return _contents(filled) == _contents(_bytes(_TEST_PERSON.mail(self._rendered_mail)))


@lru_cache(maxsize=16)
def _date(moment: datetime) -> bytes:
    return format_datetime(moment).encode()


def _encoded(rendered_mail: RenderedMail) -> bytes:
    """The mail with a mark in each gap; empty where its bodies are not the two that they should be."""
    mail = _PLACEHOLDER_PERSON.mail(rendered_mail)
    bodies = [part for part in mail.walk() if not part.is_multipart()]
    if [(part.get_content_type(), part.get_content_charset()) for part in bodies] != _BODIES:
        return b""
    mail.set_boundary(_BOUNDARY)
    for part, gap in zip(bodies, (_TEXT, _HTML), strict=True):
        before, greeting, after = part.get_payload(decode=True).partition(GREETING.encode())
        del part["Content-Transfer-Encoding"]
        part["Content-Transfer-Encoding"] = "quoted-printable"
        part.set_payload((_quoted(before) + (_JOIN + gap + _JOIN if greeting else b"") + _quoted(after)).decode())
    return _bytes(mail)


def _bytes(mail: Message) -> bytes:
    return b"\r\n".join(mail.as_bytes().splitlines()) + b"\r\n"


def _quoted(text: bytes | str) -> bytes:
    data = text.encode() if isinstance(text, str) else text
    return b2a_qp(_LINE_END.sub(b"\n", data)).replace(b"\n", b"\r\n")


def _contents(data: bytes) -> list[Any]:
    """The headers and bodies of a mail, decoded, for comparison."""
    return [_part_contents(part) for part in message_from_bytes(data).walk()]


def _part_contents(part: Message) -> Any:
    headers = {name: value for name, value in part.items() if name != "Content-Transfer-Encoding"}
    if part.is_multipart():
        return {**headers, "Content-Type": part.get_content_type()}
    return headers, b"\n".join(part.get_payload(decode=True).splitlines())  # type: ignore[union-attr]
