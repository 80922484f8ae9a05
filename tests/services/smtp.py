"""A real SMTP server on the loopback interface with scripted replies, which records what it accepted."""

from __future__ import annotations

import asyncio
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

#: What a sink answers to one command: a reply, nothing (it is fine), or what it does itself.
Answer = str | None
DROP = "drop the connection"


class Sink:
    """Answers MAIL, RCPT and DATA as its functions of the address say; ``None`` accepts."""

    def __init__(self, pipelining: bool) -> None:
        self._pipelining = pipelining
        self.taken: list[tuple[str, Message]] = []
        self.sessions = 0
        self.delay = 0.0
        self.on_mail: Callable[[str], Answer] = lambda sender: None
        self.on_rcpt: Callable[[str], Answer] = lambda address: None
        #: Asked before the message is taken; and, for the answer alone, after it was.
        self.on_data: Callable[[str], Answer] = lambda address: None
        self.after_data: Callable[[str], Answer] = lambda address: None

    @property
    def addresses(self) -> list[str]:
        return sorted(address for address, _ in self.taken)

    @property
    def ids(self) -> Counter[str]:
        """How many mails came with each Message-ID."""
        return Counter(mail["Message-ID"] for _, mail in self.taken)

    # --- aiosmtpd's hooks ---

    async def handle_EHLO(self, server: SMTP, session: Any, envelope: Any, hostname: str, responses: list[str]) -> Any:
        self.sessions += 1
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", responses[-1]] if self._pipelining else responses

    async def handle_MAIL(self, server: SMTP, session: Any, envelope: Any, address: str, options: Any) -> str:
        await asyncio.sleep(self.delay)
        if answer := self.on_mail(address):
            return self._answered(server, answer)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: Any) -> str:
        if answer := self.on_rcpt(address):
            return self._answered(server, answer)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        address = envelope.rcpt_tos[0]
        if answer := self.on_data(address):
            return self._answered(server, answer)
        self.taken.append((address, message_from_bytes(envelope.content)))
        if answer := self.after_data(address):
            return self._answered(server, answer)
        return "250 2.0.0 OK"

    def _answered(self, server: SMTP, answer: str) -> str:
        if answer == DROP:
            server.transport.abort()
        return answer


@contextmanager
def running(sink: Sink, **options: Any) -> Iterator[int]:
    """``sink`` behind a free port, which is what this yields."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(sink, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()
