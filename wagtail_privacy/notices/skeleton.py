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

from wagtail_privacy.actions.moment import at, now
from wagtail_privacy.conf import conf
from wagtail_privacy.models.notice import Delivery
from wagtail_privacy.notices.message import GREETING, Letter, envelope, ids_of

#: What stands in a header and in an SMTP command as it is. "?" is left out: "=?" begins an encoded word (RFC 2047).
_PLAIN = re.compile(r"[a-zA-Z0-9!#$%&'*+/=^_`{|}~-][a-zA-Z0-9!#$%&'*+/=^_`{|}~.-]{0,63}@[a-zA-Z0-9.-]{1,189}")
#: In no line of quoted-printable is "=" followed by "_" (RFC 2045, 6.7).
_BOUNDARY = "=_privacy-notice"
#: At the end of a line, "=" joins it with the next.
_JOIN = b"=\r\n"
_LINE_END = re.compile(rb"\r\n?")
_BODIES = [("text/plain", "utf-8"), ("text/html", "utf-8")]


@dataclass(frozen=True)
class _Person:
    """Somebody who does not exist: the first's values mark the gaps, the second's prove what is put into them."""

    delivery: Delivery
    address: str
    name: str
    moment: datetime

    def mail(self, letter: Letter) -> Any:
        """The mail as Django builds it."""
        message = letter.addressed_to(self.name) if self.name else letter.message
        with at(self.moment):
            return envelope(self.delivery, message, self.address).message()


_STAND_IN = _Person(
    Delivery(pk=270_000_000_000_001, notice_id=270_000_000_000_002),
    "privacy-notice-address@example.invalid",
    "",
    datetime(1970, 1, 1, tzinfo=UTC),
)
_PROVER = _Person(
    Delivery(pk=7, notice_id=3),
    "prover@example.org",
    "=?utf-8?q?=C3?= Åsa <&> =20",
    datetime(2001, 2, 3, tzinfo=UTC),
)

# What marks each gap.
_ADDRESS = _STAND_IN.address.encode()
_IDS = ids_of(_STAND_IN.delivery).encode()
_DATE = format_datetime(_STAND_IN.moment).encode()
_TEXT, _HTML = b"privacy-notice-gap-text", b"privacy-notice-gap-html"


class Skeleton:
    """The mail that ``letter`` is, for anybody.

    It proves itself when it is made: ``holds`` is whether what it makes says the same as what Django builds. Where it
    does not, as with a template that greets twice or a sender with letters beyond ASCII, Django builds every mail.
    """

    def __init__(self, letter: Letter) -> None:
        self.sender = parseaddr(conf.FROM_EMAIL)[1]
        self._letter = letter
        # Where people can leave, each mail has an address for that of its own, in a header too: Django builds it.
        encodable = _PLAIN.fullmatch(self.sender) and not letter.may_leave
        self._pieces = self._cut(_encoded(letter)) if encodable else []
        self.holds = bool(self._pieces) and self._proves_itself()

    def suits(self, address: str) -> bool:
        """Whether a mail to ``address`` can be made from it."""
        return self.holds and bool(_PLAIN.fullmatch(address))

    def mail_to(self, delivery: Delivery, name: str, address: str) -> bytes | None:
        """The finished mail with CRLF line ends, or ``None`` where Django has to build it."""
        return self._filled(delivery, name, address) if self.suits(address) else None

    def _cut(self, data: bytes) -> list[bytes]:
        """The mail cut at its gaps, each gap a piece of its own; nothing where a gap cannot be found for certain."""
        once = (_ADDRESS, _IDS, _DATE)
        if any(data.count(mark) != 1 for mark in once):
            return []
        return re.split(b"(" + b"|".join(map(re.escape, (*once, _TEXT, _HTML))) + b")", data)

    def _filled(self, delivery: Delivery, name: str, address: str) -> bytes:
        greeting = self._letter.greeting(name)
        values = {
            _ADDRESS: address.encode(),
            _IDS: ids_of(delivery).encode(),
            _DATE: _date(now().replace(microsecond=0)),
            _TEXT: _quoted(greeting),
            _HTML: _quoted(escape(greeting)),
        }
        return b"".join([values.get(piece, piece) for piece in self._pieces])

    def _proves_itself(self) -> bool:
        with at(_PROVER.moment):
            filled = self._filled(_PROVER.delivery, _PROVER.name, _PROVER.address)
        return _said(filled) == _said(_bytes(_PROVER.mail(self._letter)))


@lru_cache(maxsize=16)
def _date(moment: datetime) -> bytes:
    return format_datetime(moment).encode()


def _encoded(letter: Letter) -> bytes:
    """The mail with a mark in each gap; empty where its bodies are not the two that they should be."""
    mail = _STAND_IN.mail(letter)
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


def _said(data: bytes) -> list[Any]:
    """What a mail says to whoever reads it: its headers and its bodies, however they are encoded."""
    return [_said_by(part) for part in message_from_bytes(data).walk()]


def _said_by(part: Message) -> Any:
    headers = {name: value for name, value in part.items() if name != "Content-Transfer-Encoding"}
    if part.is_multipart():
        return {**headers, "Content-Type": part.get_content_type()}
    return headers, b"\n".join(part.get_payload(decode=True).splitlines())  # type: ignore[union-attr]
