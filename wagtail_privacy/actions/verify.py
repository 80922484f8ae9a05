"""Verify the chain of a policy: report what was altered, is missing or is out of order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from wagtail_privacy.actions.verify_facts import SealedFacts
from wagtail_privacy.records.chain import FORMAT, Linked, fingerprints, seal_of
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.version import Event, Text

#: The tables that the rows of a chain are in.
MODELS: dict[str, Any] = {"text": Text, "event": Event}
#: Rows that are in memory at a time.
PORTION = 10
#: How often a chain is read anew that grows while it is read.
TRIES = 5


@dataclass(frozen=True)
class Fault:
    """Something in the stored history of ``policy`` that is not as it was recorded."""

    policy: Policy
    message: str


def verify(policy: Policy) -> Iterator[Fault]:
    """Everything that is wrong with the history of ``policy``; nothing if it is as it was recorded."""
    verification = Verification(policy)
    for row in verification.rows():
        for message in verification.check(row):
            yield Fault(policy, message)
    for message in verification.conclude():
        yield Fault(policy, message)


@dataclass(frozen=True, order=True)
class RowPosition:
    """Where a row stands in the chain, and in which table."""

    position: int
    model: str
    pk: int


class Verification:
    """One pass over the history of ``policy``: each of :meth:`rows` is checked, then what stands outside the chain.

    A few rows are in memory at a time. Who needs the rows too, as an export does, calls the steps of :func:`verify`.
    """

    def __init__(self, policy: Policy) -> None:
        self.policy, places, self._facts = _read(policy)
        self._places = [place for place in places if place.position]
        self._unsealed = [place for place in places if not place.position]
        self._before: Linked | None = None

    def rows(self) -> Iterator[Linked]:
        """The sealed texts and events by their place in the chain."""
        for start in range(0, len(self._places), PORTION):
            yield from _load(self._places[start : start + PORTION])

    def check(self, row: Linked) -> Iterator[str]:
        """What is wrong with ``row``, the next of :meth:`rows`."""
        altered = list(_altered(row))
        yield from altered
        yield from self._link(row)
        # Whoever altered an event may have written anything into it.
        if isinstance(row, Event) and not altered:
            self._facts.learn(row)
        self._facts.heads.discard(row.seal)
        self._before = row

    def conclude(self) -> Iterator[str]:
        """What is wrong beside single rows, once all of :meth:`rows` were checked."""
        for row in _load(self._unsealed):
            yield _("Not in the chain: %(row)s. It was put into the database by other means.") % {
                "row": describe_row(row)
            }
        last = self._before
        found = (last.position, last.seal, last.seal_format) if last else (0, "", 0)
        # No release that wrote seals of format 1 noted a format.
        end = (self.policy.chain_length, self.policy.chain_head, self.policy.chain_format or min(found[2], 1))
        if end != found:
            yield _("The chain does not end where the policy says: rows at its end are missing, added or altered.")
        yield from _missing(found[0] + 1, self.policy.chain_length)
        yield from self._facts.faults()

    def _link(self, row: Linked) -> Iterator[str]:
        """What is wrong between ``row`` and the one before it."""
        before = self._before
        yield from _missing(before.position + 1 if before else 1, row.position - 1)
        if before is None:
            if row.position == 1 and row.predecessor:
                yield _("Altered: what comes before %(row)s, where the chain begins.") % {"row": describe_row(row)}
            return
        if row.seal_format < before.seal_format:
            yield _("Altered: the format of the seal of %(row)s. It is older than that of the row before.") % {
                "row": describe_row(row)
            }
        if row.position == before.position:
            yield _("Twice: row %(position)s. One of the two is not the one recorded.") % {"position": row.position}
        elif row.position == before.position + 1 and row.predecessor != before.seal:
            yield _("Out of order: %(row)s does not follow %(before)s, which was altered, replaced or moved.") % {
                "row": describe_row(row),
                "before": describe_row(before),
            }


def chain_of(policy: Policy) -> Iterator[Linked]:
    """The sealed texts and events of ``policy`` by their place in the chain, a few in memory at a time."""
    return Verification(policy).rows()


#: The shortest beginning of a digest to search for: 48 bits.
SHORTEST = 12


def chain_contains(policy: Policy, digest: str) -> bool:
    """Whether ``digest``, as printed in a notice or an export, is the seal of a row of the chain.

    Its beginning is enough, if it has at least :data:`SHORTEST` characters.
    """
    wanted = "".join(digest.split()).lower()
    return len(wanted) >= SHORTEST and any(
        model.objects.filter(version__policy=policy, position__gt=0, seal__startswith=wanted).exists()
        for model in MODELS.values()
    )


def describe_row(row: Linked) -> str:
    """Which row it is, for a sentence."""
    words = {"position": row.position, "number": row.version.number}  # type: ignore[attr-defined]
    if isinstance(row, Text):
        words |= {"language": row.language, "edition": row.edition}
        return _("row %(position)s, the text of version %(number)s in %(language)s, edition %(edition)s") % words
    words |= {"kind": row.kind}  # type: ignore[attr-defined]
    return _("row %(position)s, the event “%(kind)s” of version %(number)s") % words


def _read(policy: Policy) -> tuple[Policy, list[RowPosition], SealedFacts]:
    """The policy, where its rows are, and what stands outside the chain: all of one state.

    Whatever changes what is compared also appends to the chain, so a chain that ends as it did was not written on.
    """
    for _try in range(TRIES):
        stored = Policy.objects.get(pk=policy.pk)
        read = stored, _places_of(stored), SealedFacts(stored)
        end = Policy.objects.filter(pk=policy.pk).values_list("chain_length", "chain_head").first()
        if end == (stored.chain_length, stored.chain_head):
            break
    return read


def _places_of(policy: Policy) -> list[RowPosition]:
    return sorted(
        RowPosition(position, name, pk)
        for name, model in MODELS.items()
        for position, pk in model.objects.filter(version__policy=policy).order_by().values_list("position", "pk")
    )


def _load(places: list[RowPosition]) -> list[Linked]:
    found: dict[tuple[str, int], Linked] = {}
    for name, model in MODELS.items():
        keys = [place.pk for place in places if place.model == name]
        rows = model.objects.filter(pk__in=keys).select_related("version__policy") if keys else ()
        found |= {(name, row.pk): row for row in rows}
    return [found[place.model, place.pk] for place in places if (place.model, place.pk) in found]


def _missing(first: int, last: int) -> Iterator[str]:
    if first == last:
        yield _("Missing: row %(position)s.") % {"position": first}
    elif first < last:
        yield _("Missing: rows %(first)s to %(last)s.") % {"first": first, "last": last}


def _altered(row: Linked) -> Iterator[str]:
    now, kept = fingerprints(row.content()), row.fingerprints if isinstance(row.fingerprints, dict) else {}
    columns = sorted(name for name in now if now[name] != kept.get(name))
    if columns:
        yield _("Altered: %(columns)s of %(row)s.") % {"columns": ", ".join(columns), "row": describe_row(row)}
    elif not 1 <= row.seal_format <= FORMAT:
        yield _("Unknown: the seal of %(row)s has format %(format)s. Was it written by a later release?") % {
            "row": describe_row(row),
            "format": row.seal_format,
        }
    elif seal_of(row) != row.seal:
        yield _("Altered: the place in the chain, or the seal, of %(row)s.") % {"row": describe_row(row)}
    if isinstance(row, Event) and row.by_id is not None and str(row.by_id) != row.by_key:
        yield _("Altered: by of %(row)s.") % {"row": describe_row(row)}
