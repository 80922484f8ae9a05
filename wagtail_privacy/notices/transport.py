"""The way to the mail server: the one place that talks to Django's mail API."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.mail import EmailMultiAlternatives


class Refused(Exception):
    """The server will never take this message: the address does not exist, or the message cannot be built."""


class PutOff(Exception):
    """The server does not take this message now, and may later."""


class NoAnswer(Exception):
    """The connection broke while this message was under way: whether the server took it is not known."""


class ServerUnavailable(Exception):
    """There is no server to hand anything to: it cannot be reached, or refuses to work with us."""


class Connection:
    """One open connection to the mail server."""

    def __init__(self, backend: Any) -> None:
        self._backend = backend

    def send(self, message: EmailMultiAlternatives) -> None:
        """Hand ``message`` over; returning means that the server took it.

        Raises :exc:`Refused`, :exc:`PutOff`, :exc:`NoAnswer` or :exc:`ServerUnavailable`, each with a code that
        quotes no address.
        """
        try:
            taken = self._backend.send_messages([message])
        except smtplib.SMTPRecipientsRefused as error:
            raise _of_reply(*next(iter(error.recipients.values()))) from error
        except smtplib.SMTPSenderRefused as error:
            # What is wrong with the sender is wrong for everybody.
            raise ServerUnavailable(_code(error.smtp_code, error.smtp_error)) from error
        except smtplib.SMTPResponseException as error:
            raise _of_reply(error.smtp_code, error.smtp_error) from error
        except OSError as error:  # smtplib's own exceptions among them
            raise NoAnswer("no answer") from error
        except ValueError as error:
            # A header or an address that Python's mail package cannot express.
            raise Refused("not expressible") from error
        if taken == 0:
            raise PutOff("not taken")


@contextmanager
def connected() -> Iterator[Connection]:
    """A connection of the site's default mailer, kept open within this block. Raises :exc:`ServerUnavailable`."""
    backend = _default_backend()
    try:
        backend.open()
    except OSError as error:
        raise ServerUnavailable("unreachable") from error
    try:
        yield Connection(backend)
    finally:
        _close(backend)


def _default_backend() -> Any:
    try:
        from django.core.mail import mailers
    except ImportError:  # Django < 6.1
        from django.core.mail import get_connection

        return get_connection()
    return mailers.default


def _close(backend: Any) -> None:
    try:
        backend.close()
    except OSError:
        # Everything was handed over before; a goodbye that fails takes nothing back.
        return


def _of_reply(status: int, reply: bytes | str) -> Exception:
    """What an SMTP reply means (RFC 5321, 4.2.1): 421 ends the session, other 4yz are for now, 5yz for good."""
    code = _code(status, reply)
    if status == 421:
        return ServerUnavailable(code)
    return PutOff(code) if status < 500 else Refused(code)


def _code(status: int, reply: bytes | str) -> str:
    """The reply code with the enhanced one (RFC 3463): ``"550 5.1.1"``. The server's words quote the address."""
    words = reply.decode("ascii", "replace") if isinstance(reply, bytes) else reply
    enhanced = re.match(r"[245]\.\d{1,3}\.\d{1,3}", words.strip())
    return f"{status} {enhanced[0]}" if enhanced else str(status)
