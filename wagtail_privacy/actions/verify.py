"""Walk the chain of a policy and say exactly what was altered, is missing or was put in another order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from wagtail_privacy.models.chain import Linked, fingerprints, moment, seal_of
from wagtail_privacy.models.notice import Notice
from wagtail_privacy.models.policy import Policy
from wagtail_privacy.models.version import CHANGES_OF_PLAN, Event, EventKind, Text, Version


@dataclass(frozen=True)
class Finding:
    """Something in the stored history of ``policy`` that is not as it was recorded."""

    policy: Policy
    message: str


def verify(policy: Policy) -> Iterator[Finding]:
    """Everything that is wrong with the chain of ``policy``; nothing if it is as it was recorded."""
    rows = chain_of(policy)
    for message in (
        *_unsealed(policy),
        *(fault for row in rows for fault in _altered(row)),
        *_gaps(policy, rows),
        *(fault for version in policy.versions.select_related("builds_on") for fault in _version(version, rows)),
        *_heads(policy, rows),
    ):
        yield Finding(policy, message)


def chain_of(policy: Policy) -> list[Linked]:
    """The sealed texts and events of ``policy`` by their place in the chain."""
    rows: list[Linked] = []
    for model in (Text, Event):
        rows += model.objects.filter(version__policy=policy).exclude(position=0).select_related("version")
    return sorted(rows, key=lambda row: (row.position, row.pk))


#: Of a digest, so many characters are nobody else's: 48 bits.
SHORTEST = 12


def contains(policy: Policy, digest: str) -> bool:
    """Whether ``digest``, as printed in a notice or an export, is the seal of a row of the chain.

    Its beginning will do, if that is long enough to be nobody else's.
    """
    wanted = "".join(digest.split()).lower()
    return len(wanted) >= SHORTEST and any(row.seal.startswith(wanted) for row in chain_of(policy))


def named(row: Linked) -> str:
    """Which row it is, for a sentence."""
    words = {"position": row.position, "number": row.version.number}  # type: ignore[attr-defined]
    if isinstance(row, Text):
        words |= {"language": row.language, "edition": row.edition}
        return _("row %(position)s, the text of version %(number)s in %(language)s, edition %(edition)s") % words
    words |= {"kind": row.kind}  # type: ignore[attr-defined]
    return _("row %(position)s, the event “%(kind)s” of version %(number)s") % words


def _unsealed(policy: Policy) -> Iterator[str]:
    for model in (Text, Event):
        for row in model.objects.filter(version__policy=policy, position=0).select_related("version"):
            yield _("Not in the chain: %(row)s. It was put into the database by other means.") % {"row": named(row)}


def _altered(row: Linked) -> Iterator[str]:
    now = fingerprints(row.content())
    columns = sorted(name for name in now if now[name] != row.fingerprints.get(name))
    if columns:
        yield _("Altered: %(columns)s of %(row)s.") % {"columns": ", ".join(columns), "row": named(row)}
    elif seal_of(row) != row.seal:
        yield _("Altered: the place in the chain, or the seal, of %(row)s.") % {"row": named(row)}
    if isinstance(row, Event) and row.by_id is not None and str(row.by_id) != row.by_key:
        yield _("Altered: by of %(row)s.") % {"row": named(row)}


def _gaps(policy: Policy, rows: list[Linked]) -> Iterator[str]:
    positions = [row.position for row in rows]
    last = max(policy.chain_length, positions[-1] if positions else 0)
    for position in sorted(set(range(1, last + 1)) - set(positions)):
        yield _("Missing: row %(position)s.") % {"position": position}
    if rows and rows[0].position == 1 and rows[0].predecessor:
        yield _("Altered: what comes before %(row)s, where the chain begins.") % {"row": named(rows[0])}
    for before, row in pairwise(rows):
        if row.position == before.position:
            yield _("Twice: row %(position)s. One of the two is not the one recorded.") % {"position": row.position}
        elif row.position == before.position + 1 and row.predecessor != before.seal:
            yield _("Out of order: %(row)s does not follow %(before)s, which was altered, replaced or moved.") % {
                "row": named(row),
                "before": named(before),
            }
    if (policy.chain_length, policy.chain_head) != ((rows[-1].position, rows[-1].seal) if rows else (0, "")):
        yield _("The chain does not end where the policy says: rows at its end are missing, added or altered.")


def _version(version: Version, rows: list[Linked]) -> Iterator[str]:
    """What the version's own row says against its events: that row is only their sum."""
    events = [row for row in rows if isinstance(row, Event) and row.version_id == version.pk]
    published = next((event for event in events if event.kind == EventKind.PUBLISHED and event.data), None)
    if published is None:
        yield _("Missing: the event of the publication of version %(number)s.") % {"number": version.number}
        return
    expected = {"published_at": moment(published.at), "reason": published.reason, **published.data}
    withdrawn = None
    for event in events:
        if event.kind in CHANGES_OF_PLAN:
            expected["takes_effect_at"] = event.data.get("to", expected["takes_effect_at"])
            withdrawn = moment(event.at) if event.kind == EventKind.WITHDRAWN else withdrawn
    expected["withdrawn_at"] = withdrawn
    found = {
        **version.facts(),
        "published_at": moment(version.published_at),
        "withdrawn_at": moment(version.withdrawn_at),
        "reason": version.reason,
    }
    if version.published_by_id is not None and str(version.published_by_id) != published.by_key:
        yield _("Altered: published_by of version %(number)s.") % {"number": version.number}
    for name in sorted(found):
        if found[name] != expected.get(name):
            yield _("Altered: %(column)s of version %(number)s. Its events say %(expected)r, the row %(found)r.") % {
                "column": name,
                "number": version.number,
                "expected": expected.get(name),
                "found": found[name],
            }


def _heads(policy: Policy, rows: list[Linked]) -> Iterator[str]:
    seals = {row.seal for row in rows}
    for notice in Notice.objects.filter(version__policy=policy).exclude(head="").select_related("version"):
        if notice.head not in seals:
            yield _("The digest printed in notice %(id)s about version %(number)s is in no row of the chain.") % {
                "id": notice.pk,
                "number": notice.version.number,
            }
