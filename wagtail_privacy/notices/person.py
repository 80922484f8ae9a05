"""What the audience says of one person. A broken account must not keep everybody else from being told."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import DatabaseError, InterfaceError, connection, transaction

from wagtail_privacy.records.notice import Reason

logger = logging.getLogger(__name__)

#: An unsubscribe URL begins so; in development, a site may have no certificate.
_WEB = ("https://", "http://")


class TransactionSpoilt(Exception):
    """A query about a person has failed within a transaction. It takes savepoints to go on."""


class Informant(Protocol):
    """What an :class:`~wagtail_privacy.notices.audience.Audience` knows of each person."""

    @property
    def may_leave(self) -> bool: ...
    def name(self, user: Any) -> str: ...
    def address(self, user: Any) -> str: ...
    def language(self, user: Any) -> str: ...
    def unsubscribe_url(self, user: Any) -> str: ...


@dataclass(frozen=True)
class Person:
    """Whom a mail goes to. ``problem`` is the :class:`Reason` for what could not be read; empty if nothing.

    Without a name the greeting names nobody. Without an address, or an unsubscribe URL where there must be one, no mail
    can be sent: then ``address`` is empty.
    """

    name: str = ""
    address: str = ""
    unsubscribe_url: str = ""
    problem: str = ""


def read_person(audience: Informant, user: Any, *, savepoint: bool = False) -> Person:
    """Ask ``audience`` for what a mail to ``user`` needs, whatever its methods raise.

    A query that fails within a transaction may spoil it: then :exc:`TransactionSpoilt` is raised. With ``savepoint`` it
    does not, at the price of two statements a question. A lost database is nobody's problem in particular: that is
    raised.
    """
    address, has_failed = _ask(audience.address, user, savepoint)
    if has_failed:
        return Person(problem=Reason.UNREADABLE)
    unsubscribe_url = ""
    if audience.may_leave:
        unsubscribe_url, has_failed = _ask(audience.unsubscribe_url, user, savepoint)
        if has_failed or not unsubscribe_url.startswith(_WEB):
            return Person(problem=Reason.NO_UNSUBSCRIBE)
    name, has_failed = _ask(audience.name, user, savepoint)
    return Person(name, address, unsubscribe_url, Reason.NO_NAME if has_failed else "")


def read_language(audience: Informant, user: Any, default: str) -> tuple[str, str]:
    """The language that ``user`` reads, and the :class:`Reason` why it is the ``default`` one, if it had to be."""
    language, has_failed = _ask(audience.language, user)
    return (default, Reason.NO_LANGUAGE) if has_failed else (language, "")


def _ask(method: Callable[[Any], Any], user: Any, savepoint: bool = False) -> tuple[str, bool]:
    """What ``method`` says of ``user``, and whether it failed to say anything."""
    try:
        with transaction.atomic() if savepoint else nullcontext():
            return str(method(user) or ""), False
    except (DatabaseError, InterfaceError) as error:
        if connection.in_atomic_block and not savepoint:
            raise TransactionSpoilt from error
        if not connection.is_usable():
            raise
        problem: Exception = error
    except Exception as error:  # noqa: BLE001 (a site's own code may raise anything)
        problem = error
    logger.error("%s failed for the user with the primary key %s.", method.__qualname__, user.pk, exc_info=problem)
    return "", True
