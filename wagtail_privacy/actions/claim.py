"""Take a batch of what is due, so that no other sender does, and see who of it can be written to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import IntegrityError, OperationalError, connection, transaction

from wagtail_privacy.actions import marks
from wagtail_privacy.actions.marks import Mark
from wagtail_privacy.actions.moment import now
from wagtail_privacy.conf import conf
from wagtail_privacy.models.notice import Delivery, DeliveryState, Notice, Suppression
from wagtail_privacy.notices.addresses import address_hash, is_allowed, is_usable
from wagtail_privacy.notices.audience import Audience

#: How long a sender may hold a batch before another may take it for dead.
LEASE = timedelta(minutes=15)
#: So long before its lease ends a sender begins no mail more: the longest that a mail server may keep it waiting.
LONGEST_MAIL = timedelta(minutes=10)
#: How often a batch is tried for when other senders are in the way.
_TRIES = 5


@dataclass(frozen=True)
class Claimed:
    """A delivery that this sender holds. ``instead`` is what is noted about it if nothing can be sent.

    ``leave_url`` is where the person can leave; empty where nobody can.
    """

    delivery: Delivery
    name: str = ""
    address: str = ""
    leave_url: str = ""
    instead: Mark | None = None


def claim(notice: Notice, *, audience: Audience | None = None, as_of: int = 0, most: int = 0) -> list[Claimed]:
    """Take up to ``most`` of what is due (``WAGTAIL_PRIVACY_BATCH_SIZE`` if not said), for the time of :data:`LEASE`.

    ``as_of`` is how long the policy's chain was when the letters were written: it says what they tell. The hash
    of each address is written with the claim: the database allows no two of a notice.
    """
    audience = audience or conf.AUDIENCE(notice.version.policy)
    taken: dict[str, int] = {}
    for left in reversed(range(_TRIES)):
        try:
            with transaction.atomic():
                found = list(_weighed(_due(notice, most or conf.BATCH_SIZE), audience, taken))
                _take(found, as_of)
                return found
        except IntegrityError:
            taken = _taken(notice, found)
        except OperationalError:  # a deadlock, or SQLite's only lock
            if not left:
                raise
    return []


def _due(notice: Notice, most: int) -> list[Delivery]:
    due = notice.deliveries.due(now()).order_by("due_at")
    if connection.features.has_select_for_update:
        due = due.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
    return list(due[:most])


def _weighed(deliveries: list[Delivery], audience: Audience, taken: dict[str, int]) -> Iterator[Claimed]:
    """Each of ``deliveries``, with why nothing is sent if nothing is. ``taken`` says who has which address already."""
    people = audience.people().in_bulk([delivery.user_id for delivery in deliveries if delivery.user_id])
    addressed = [_addressed(delivery, people.get(delivery.user_id), audience) for delivery in deliveries]
    hashes = {claimed.delivery.address_hash for claimed in addressed if claimed.delivery.address_hash}
    suppressed = Suppression.objects.among(hashes) if hashes else set()
    owners = dict(taken)
    for claimed in addressed:
        delivery = claimed.delivery
        hash = delivery.address_hash
        if hash and owners.setdefault(hash, delivery.pk) != delivery.pk:
            delivery.address_hash = None
            yield Claimed(delivery, instead=marks.SAME_ADDRESS)
        elif hash in suppressed:
            yield Claimed(delivery, instead=marks.SUPPRESSED)
        else:
            yield claimed


def _addressed(delivery: Delivery, user: Any, audience: Audience) -> Claimed:
    delivery.address_hash = None
    if user is None:
        return Claimed(delivery, instead=marks.NOT_CONCERNED)
    if not is_usable(address := audience.address(user)):
        return Claimed(delivery, instead=marks.BAD_ADDRESS)
    if not is_allowed(address):
        return Claimed(delivery, instead=marks.NOT_ALLOWED)
    delivery.address_hash = address_hash(address)
    leave_url = audience.unsubscribe_url(user) if audience.may_leave else ""
    return Claimed(delivery, audience.name(user), address, leave_url)


def _take(found: list[Claimed], as_of: int) -> None:
    """Write the claim in one statement. Raises :exc:`IntegrityError` where another sender was quicker."""
    if not found:
        return
    deliveries = [claimed.delivery for claimed in found]
    token, until = uuid4(), now() + LEASE
    for delivery in deliveries:
        delivery.claim, delivery.claimed_until, delivery.as_of = token, until, as_of
        delivery.attempts += 1
    hashed = [(delivery.pk, delivery.address_hash) for delivery in deliveries if delivery.address_hash]
    hashes = f"CASE id {' '.join([f'WHEN {pk} THEN %s' for pk, _ in hashed])} END" if hashed else "NULL"
    fields: list[Any] = [Delivery._meta.get_field(name) for name in ("claim", "claimed_until", "as_of")]
    prepared = [field.get_db_prep_save(getattr(deliveries[0], field.name), connection) for field in fields]
    values = [DeliveryState.CLAIMED.value, *prepared, *(hash for _, hash in hashed), DeliveryState.DUE.value]
    taken = ", ".join(str(delivery.pk) for delivery in deliveries)
    with connection.cursor() as cursor:
        # Written out: the ORM and the driver take longer to put so many values together than the database to run it.
        cursor.execute(
            f"UPDATE {Delivery._meta.db_table} SET state = %s, claim = %s, claimed_until = %s, as_of = %s, "  # noqa: S608
            f"attempts = attempts + 1, address_hash = {hashes} WHERE id IN ({taken}) AND state = %s",
            values,
        )
        # Where rows cannot be locked.
        if cursor.rowcount != len(deliveries):
            raise IntegrityError("Another sender has taken some of these.")


def _taken(notice: Notice, found: list[Claimed]) -> dict[str, int]:
    """Who of the notice has which of the addresses of ``found``."""
    hashes = [claimed.delivery.address_hash for claimed in found if claimed.delivery.address_hash]
    rows = notice.deliveries.filter(address_hash__in=hashes).values_list("address_hash", "pk")
    return {hash: pk for hash, pk in rows if hash}
