"""Claim a batch of due deliveries, so that no other sender does, and decide which of them can be sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.db.models import F

from wagtail_privacy.clock import now
from wagtail_privacy.conf import conf
from wagtail_privacy.notices.audience import Audience
from wagtail_privacy.notices.person import Person, TransactionSpoilt, read_person
from wagtail_privacy.records.notice import Delivery, DeliveryState, Notice
from wagtail_privacy.sending.database import persist
from wagtail_privacy.sending.same_address import Claimed, Owner, Selection, find_owners

#: How long a sender may hold a batch before another may take it for dead.
LEASE = timedelta(minutes=15)
#: A sender starts no further mail this long before its lease ends: the longest time a mail can take.
MAX_SEND_TIME = timedelta(minutes=10)
#: How often a batch is tried for when other senders, or other deliveries to the same addresses, are in the way.
_TRIES = 5


@dataclass
class Batch:
    """What was claimed, in the order in which it is to be sent: that of the primary keys.

    It is empty if none of what was due could be sent. ``has_problems`` says that an account could not be read.
    """

    claimed: list[Claimed] = field(default_factory=list)
    has_problems: bool = False


def claim(notice: Notice, *, audience: Audience | None = None, as_of: int = 0, limit: int = 0) -> Batch | None:
    """Take up to ``limit`` of what is due (``WAGTAIL_PRIVACY_BATCH_SIZE`` by default), for the time of :data:`LEASE`.

    Returns ``None`` if nothing is due, or others are in the way. What cannot be sent is marked with the reason.
    ``as_of`` is how long the policy's chain was when the mails were rendered: it says what they tell. The hash of each
    address is written with the claim: the database allows no two of a notice.
    """
    attempt = _Attempt(notice, audience or conf.AUDIENCE(notice.version.policy), as_of, limit or conf.BATCH_SIZE)
    return persist(attempt.run)


class _Attempt:
    """An attempt to claim a batch, which can be made again."""

    def __init__(self, notice: Notice, audience: Audience, as_of: int, limit: int) -> None:
        self._notice, self._audience, self._as_of, self._limit = notice, audience, as_of, limit
        self._token = uuid4()
        self._owners: dict[str, Owner] = {}
        self._savepoints = False
        self._may_be_written = False

    def run(self) -> Batch | None:
        if self._may_be_written:
            self._give_back()
        for _ in range(_TRIES):
            selection = Selection(self._as_of)
            try:
                with transaction.atomic():
                    return self._take(selection)
            except IntegrityError:
                self._owners |= find_owners(self._notice, selection.hashes)
            except (OperationalError, InterfaceError):  # a deadlock, SQLite's only lock, or a lost connection
                self._may_be_written = True
                raise
            except TransactionSpoilt:
                self._savepoints = True
        return None

    def _take(self, selection: Selection) -> Batch | None:
        due = _due(self._notice, self._limit)
        if not due:
            return None
        people = self._audience.people().in_bulk([delivery.user_id for delivery in due if delivery.user_id])
        for delivery in due:
            selection.add(delivery, self._read(people.get(delivery.user_id)))
        selection.drop_suppressed()
        selection.settle_owned(self._owners)
        selection.write_marks()
        _write_claim(selection.claimed, self._token, self._as_of)
        return Batch(selection.claimed, selection.has_problems)

    def _read(self, user: Any) -> Person | None:
        return read_person(self._audience, user, savepoint=self._savepoints) if user is not None else None

    def _give_back(self) -> None:
        """Nobody knows whether the transaction before was carried out: nothing of it has been sent."""
        mine = self._notice.deliveries.filter(state=DeliveryState.CLAIMED, claim=self._token)
        mine.update(state=DeliveryState.DUE, claim=None, claimed_until=None, attempts=F("attempts") - 1)


def _due(notice: Notice, limit: int) -> list[Delivery]:
    due = notice.deliveries.due(now()).order_by("due_at")
    if connection.features.has_select_for_update:
        due = due.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
    return list(due[:limit])


def _write_claim(claimed: list[Claimed], token: UUID, as_of: int) -> None:
    """Write the claim in one statement. Raises :exc:`IntegrityError` if another sender was quicker."""
    if not claimed:
        return
    deliveries = [each.delivery for each in claimed]
    until = now() + LEASE
    for delivery in deliveries:
        delivery.claim, delivery.claimed_until, delivery.as_of = token, until, as_of
        delivery.attempts += 1
    fields: list[Any] = [Delivery._meta.get_field(name) for name in ("claim", "claimed_until", "as_of")]
    prepared = [field.get_db_prep_save(getattr(deliveries[0], field.name), connection) for field in fields]
    hashes = [delivery.address_hash for delivery in deliveries]
    cases = " ".join([f"WHEN {delivery.pk} THEN %s" for delivery in deliveries])
    keys = ", ".join(str(delivery.pk) for delivery in deliveries)
    with connection.cursor() as cursor:
        # Written out: the ORM and the driver take longer to put so many values together than the database to run it.
        cursor.execute(
            f"UPDATE {Delivery._meta.db_table} SET state = %s, claim = %s, claimed_until = %s, as_of = %s, "  # noqa: S608
            f"attempts = attempts + 1, address_hash = CASE id {cases} END WHERE id IN ({keys}) AND state = %s",
            [DeliveryState.CLAIMED.value, *prepared, *hashes, DeliveryState.DUE.value],
        )
        # Where rows cannot be locked.
        if cursor.rowcount != len(deliveries):
            raise IntegrityError("Another sender has taken some of these.")
