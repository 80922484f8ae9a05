"""The connection to the mail server: the only module that uses Django's mail API for notices.

Any backend sends what Django builds. Over Django's SMTP backend, finished bytes are handed over instead
(:mod:`~wagtail_privacy.sending.skeleton`), on the connection that the backend opened, with the site's own settings.
"""

from __future__ import annotations

import re
import smtplib
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends import smtp

#: Seconds to wait for an SMTP server's answer if the settings have none: an unlimited wait would outlast the lease.
TIMEOUT = 60
#: The longest timeout allowed: a mail takes five replies, and its claim has to outlast them (``MAX_SEND_TIME``).
MAX_TIMEOUT = 120
#: Seconds after which a connection that was not used is asked whether it is still there.
IDLE = 20
#: The methods that a custom SMTP backend overrides if it changes what is sent.
_SENDING = ("send_messages", "_send")


class MessageRejected(Exception):
    """The server will never take this message: the address does not exist, or the message cannot be built."""


class MessageDeferred(Exception):
    """The server does not take this message now, and may later."""


class NoAnswer(Exception):
    """The connection broke while this message was under way: whether the server took it is not known."""


class ServerUnavailable(Exception):
    """The server cannot be reached, or rejects the connection or the sender."""


class Connection:
    """One open connection to the mail server.

    Its methods return when the server took the message, and else raise :exc:`MessageRejected`, :exc:`MessageDeferred`,
    :exc:`NoAnswer` or :exc:`ServerUnavailable`, each with a code that quotes no address.
    """

    def __init__(self, backend: Any) -> None:
        self._backend = backend
        self._used = monotonic()
        #: The recipient of a transaction that was begun ahead, with no message sent yet.
        self._begun = ""

    @property
    def accepts_bytes(self) -> bool:
        """Whether it is Django's own SMTP backend, whose connection does no more than smtplib's."""
        backend = type(self._backend)
        is_djangos = all(getattr(backend, name, None) is getattr(smtp.EmailBackend, name) for name in _SENDING)
        return is_djangos and isinstance(self._backend.connection, smtplib.SMTP)

    def send(self, message: EmailMultiAlternatives) -> str:
        """Have the backend build ``message`` and hand it over. Returns the provider's id of it, if there is one."""
        self._abandon_begun()
        self._ensure_open()
        try:
            taken = self._backend.send_messages([message])
        except Exception as error:  # a backend may be anything, and raise anything
            raise _as_own_error(error) from error
        if taken == 0:
            raise MessageDeferred("not taken")
        status = getattr(message, "anymail_status", None)
        return str(getattr(status, "message_id", None) or "")

    def send_bytes(self, sender: str, address: str, data: bytes, next_address: str = "") -> None:
        """Hand over a finished message with CRLF line ends. Only where :attr:`accepts_bytes`.

        ``next_address`` is the recipient of the next message, if that is certain: if the server can, it is begun in
        the same round trip (RFC 2920, 3.1). A message begun to somebody else is one that nobody gets.
        """
        if self._begun != address:
            self._abandon_begun()
            self._ensure_open()
        server: smtplib.SMTP = self._backend.connection
        try:
            _begin(server, sender, address, is_begun=bool(self._begun))
        except OSError as error:  # smtplib's own exceptions among them
            raise ServerUnavailable("no answer") from error
        finally:
            self._begun = ""
        ahead = _commands(sender, next_address) if next_address and server.has_extn("pipelining") else []
        try:
            server.send(data.replace(b"\r\n.", b"\r\n..") + b".\r\n" + b"".join(ahead))
            self._begun = next_address if ahead else ""
            self._used = monotonic()
            status, reply = server.getreply()
        except OSError as error:
            raise NoAnswer("no answer") from error
        if status != 250:
            raise _error_for_reply(status, reply)

    def close(self) -> None:
        """Close the connection. A transaction that was begun ahead is abandoned, and nobody gets it."""
        if self._begun:
            self._begun = ""
            # The server takes anything that follows as message text, QUIT too (RFC 5321, 4.1.1.4).
            self._backend.connection.close()
        _close(self._backend)

    def _abandon_begun(self) -> None:
        if self._begun:
            self.close()
            _open(self._backend)

    def _ensure_open(self) -> None:
        """Open the connection again where the server has closed it meanwhile: nothing was under way."""
        if monotonic() - self._used > IDLE and isinstance(getattr(self._backend, "connection", None), smtplib.SMTP):
            try:
                self._backend.connection.noop()
            except OSError:
                _close(self._backend)
                _open(self._backend)
        self._used = monotonic()


@contextmanager
def connected() -> Iterator[Connection]:
    """A connection of the site's default mailer, kept open within this block. Raises :exc:`ServerUnavailable`."""
    backend = default_backend()
    if isinstance(backend, smtp.EmailBackend) and backend.timeout is None:
        backend.timeout = TIMEOUT
    _open(backend)
    connection = Connection(backend)
    try:
        yield connection
    finally:
        connection.close()


def default_backend() -> Any:
    """The backend of the site's default mailer, not connected yet."""
    try:
        from django.core.mail import mailers
    except ImportError:  # Django < 6.1
        from django.core.mail import get_connection

        return get_connection()
    return mailers.default


def _open(backend: Any) -> None:
    try:
        backend.open()
        if isinstance(getattr(backend, "connection", None), smtplib.SMTP):
            backend.connection.ehlo_or_helo_if_needed()
    except OSError as error:
        # Django leaves the connection open if the server rejects the login.
        _close(backend)
        if isinstance(error, smtplib.SMTPResponseException):
            raise ServerUnavailable(_code(error.smtp_code, error.smtp_error)) from error
        raise ServerUnavailable("unreachable") from error


def _close(backend: Any) -> None:
    try:
        backend.close()
    except OSError:
        # Everything was sent before; a failing QUIT changes nothing.
        return


def _begin(server: smtplib.SMTP, sender: str, address: str, *, is_begun: bool = False) -> None:
    """All of an SMTP transaction before the message, in one round trip where the server can (RFC 2920).

    ``is_begun``: it was asked for before, and only the replies are to be read.
    """
    commands = _commands(sender, address)
    if is_begun or server.has_extn("pipelining"):
        replies = _at_once(server, [] if is_begun else commands, len(commands))
    else:
        replies = _one_by_one(server, commands)
    refused = next((place for place, reply in enumerate(replies) if reply[0] >= 400), None)
    if refused is None:
        return
    if replies[-1][0] == 354:
        # It would take a message to nobody: an empty one ends that (RFC 2920, 3.1).
        server.docmd(".")
    if replies[-1][0] != 421:
        server.rset()
    # What is wrong with the sender is wrong for everybody.
    raise ServerUnavailable(_code(*replies[0])) if refused == 0 else _error_for_reply(*replies[refused])


def _commands(sender: str, address: str) -> list[bytes]:
    return [f"MAIL FROM:<{sender}>\r\n".encode(), f"RCPT TO:<{address}>\r\n".encode(), b"DATA\r\n"]


def _at_once(server: smtplib.SMTP, commands: list[bytes], expected: int) -> list[tuple[int, bytes]]:
    """The ``expected`` replies, up to the one that ends the session."""
    if commands:
        server.send(b"".join(commands))
    replies: list[tuple[int, bytes]] = []
    while len(replies) < expected and (not replies or replies[-1][0] != 421):
        replies.append(server.getreply())
    return replies


def _one_by_one(server: smtplib.SMTP, commands: list[bytes]) -> list[tuple[int, bytes]]:
    """The replies to ``commands``, up to the first that is refused."""
    replies: list[tuple[int, bytes]] = []
    for command in commands:
        server.send(command)
        replies.append(server.getreply())
        if replies[-1][0] >= 400:
            break
    return replies


def _as_own_error(error: Exception) -> Exception:
    """``error`` as one of this module's exceptions."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            return _error_for_reply(*next(iter(error.recipients.values())))
        case smtplib.SMTPSenderRefused():
            return ServerUnavailable(_code(error.smtp_code, error.smtp_error))
        case smtplib.SMTPResponseException():
            return _error_for_reply(error.smtp_code, error.smtp_error)
    if type(error).__name__ == "AnymailRecipientsRefused":
        return MessageRejected("refused")
    if isinstance(status := getattr(error, "status_code", None), int):
        return _error_for_http_status(status)
    if _is_unreachable(error):
        return ServerUnavailable("unreachable")
    if isinstance(error, ValueError) and not isinstance(error, OSError):
        # A header or an address that Python's mail package cannot express.
        return MessageRejected("not expressible")
    return NoAnswer("no answer")


def _is_unreachable(error: BaseException | None) -> bool:
    """Whether no connection was made at all, as every HTTP client says somewhere in its chain of causes."""
    while error:
        if isinstance(error, ConnectionRefusedError | socket.gaierror):
            return True
        error = error.__cause__ or error.__context__
    return False


def _error_for_reply(status: int, reply: bytes | str) -> Exception:
    """What an SMTP reply means (RFC 5321, 4.2.1): 421 ends the session, other 4yz are for now, 5yz for good."""
    code = _code(status, reply)
    if status == 421:
        return ServerUnavailable(code)
    return MessageDeferred(code) if status < 500 else MessageRejected(code)


def _error_for_http_status(status: int) -> Exception:
    """What a provider's answer to a request means: 400, 413 and 422 concern the message; a server that broke may
    have taken it; all others (401, 402, 403, 429, 503 …) concern our account."""
    code = f"HTTP {status}"
    if status in (400, 413, 422):
        return MessageRejected(code)
    return NoAnswer(code) if status in (500, 502, 504) else ServerUnavailable(code)


def _code(status: int, reply: bytes | str) -> str:
    """The reply code with the enhanced one (RFC 3463): ``"550 5.1.1"``. The server's words quote the address."""
    words = reply.decode("ascii", "replace") if isinstance(reply, bytes) else reply
    enhanced = re.match(r"[245]\.\d{1,3}\.\d{1,3}", words.strip())
    return f"{status} {enhanced[0]}" if enhanced else str(status)
