"""One mail for each address of a notice: which of the due deliveries can be sent, whoever shares an address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from wagtail_privacy.notices.addresses import address_hash, is_allowed, is_usable
from wagtail_privacy.notices.person import Person
from wagtail_privacy.records.notice import Delivery, DeliveryState, Notice, Reason, Suppression
from wagtail_privacy.sending import marks
from wagtail_privacy.sending.marks import Mark

#: Deliveries that have been sent, may have been, or are being: nobody else's mail goes to their addresses.
_HOLDING = (DeliveryState.SENT, DeliveryState.IN_DOUBT, DeliveryState.CLAIMED)


@dataclass(frozen=True)
class Claimed:
    """A delivery that this sender holds, and whom it goes to. ``remark`` is noted when it is sent."""

    delivery: Delivery
    person: Person
    remark: str = ""


@dataclass(frozen=True)
class Owner:
    """The delivery of the notice that an address's hash stands at."""

    pk: int
    state: str
    as_of: int | None


class Selection:
    """Which of the due deliveries can be sent, and the marks of those that cannot."""

    def __init__(self, as_of: int) -> None:
        self._as_of = as_of
        self._by_hash: dict[str, Claimed] = {}
        self._behind: defaultdict[str, list[Delivery]] = defaultdict(list)
        self._marked: list[tuple[Mark, Delivery]] = []
        self.has_problems = False

    @property
    def hashes(self) -> list[str]:
        return list(self._by_hash)

    @property
    def claimed(self) -> list[Claimed]:
        return sorted(self._by_hash.values(), key=lambda claimed: claimed.delivery.pk)

    def add(self, delivery: Delivery, person: Person | None) -> None:
        """``person`` is ``None`` if it is no longer one who is told.

        Further ones with the same address are left due: the next batch will know what became of the first.
        """
        if person and person.problem:
            self.has_problems = True
        if mark := _obstacle(person):
            self._marked.append((mark, delivery))
        elif person:
            delivery.address_hash = address_hash(person.address)
            remark = person.problem or (delivery.error if delivery.error == Reason.NO_LANGUAGE else "")
            if delivery.address_hash in self._by_hash:
                self._behind[delivery.address_hash].append(delivery)
            else:
                self._by_hash[delivery.address_hash] = Claimed(delivery, person, remark)

    def drop_suppressed(self) -> None:
        for hashed in Suppression.objects.among(self.hashes) if self._by_hash else ():
            self._mark(marks.SUPPRESSED, hashed)

    def settle_owned(self, owners: dict[str, Owner]) -> None:
        """Decide about those whose address another delivery of the notice has, or had.

        A skip is final only where the other was sent to this very address. One that was deferred or has failed, or
        whose account was closed or has another address now, lets go of it.
        """
        outdated = [owner.pk for owner in owners.values() if owner.state not in _HOLDING]
        Delivery.objects.filter(pk__in=outdated).exclude(state__in=_HOLDING).update(address_hash=None)
        for hashed, owner in owners.items():
            if hashed in self._by_hash and owner.state in _HOLDING and owner.pk != self._by_hash[hashed].delivery.pk:
                self._mark(_mark_beside(owner), hashed)

    def write_marks(self) -> None:
        by_mark: dict[Mark, list[Delivery]] = {}
        for mark, delivery in self._marked:
            by_mark.setdefault(mark, []).append(delivery)
        for mark, deliveries in by_mark.items():
            mark.write(deliveries)

    def _mark(self, mark: Mark, hashed: str) -> None:
        """Nobody with this address is sent a mail."""
        for delivery in (self._by_hash.pop(hashed).delivery, *self._behind.pop(hashed, [])):
            self._marked.append((mark, delivery))


def find_owners(notice: Notice, hashes: Iterable[str]) -> dict[str, Owner]:
    """The deliveries of the notice that have ``hashes``, by hash."""
    rows = notice.deliveries.filter(address_hash__in=list(hashes)).values_list("address_hash", "pk", "state", "as_of")
    return {hashed: Owner(pk, state, as_of) for hashed, pk, state, as_of in rows if hashed}


def _obstacle(person: Person | None) -> Mark | None:
    """The mark of a delivery to ``person`` if no mail can be sent."""
    if person is None:
        return marks.NOT_CONCERNED
    if person.problem and not person.address:
        return Mark(DeliveryState.FAILED, person.problem)
    if not is_usable(person.address):
        return marks.BAD_ADDRESS
    return None if is_allowed(person.address) else marks.NOT_ALLOWED


def _mark_beside(owner: Owner) -> Mark:
    """The mark of a delivery whose address ``owner`` has been sent a mail to, may have been, or is being."""
    if owner.state == DeliveryState.CLAIMED:
        return marks.AFTER_THE_OTHER
    if owner.state == DeliveryState.IN_DOUBT:
        return Mark(DeliveryState.IN_DOUBT, Reason.NO_ANSWER, as_of=owner.as_of)
    return Mark(DeliveryState.SKIPPED, Reason.SAME_ADDRESS, as_of=owner.as_of)
