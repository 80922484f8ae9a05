"""More or fewer things said to be done, with more or fewer data, for or by more or fewer people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wagtail_privacy.changes.difference import WEAK, StatementDifference
from wagtail_privacy.changes.prose_rules.addresses import is_address
from wagtail_privacy.changes.prose_rules.duties import BURDENS, PROTECTING
from wagtail_privacy.changes.prose_rules.explanations import is_explained
from wagtail_privacy.changes.prose_rules.fewer import fewer
from wagtail_privacy.changes.prose_rules.grounds import asks_first
from wagtail_privacy.changes.prose_rules.more import more
from wagtail_privacy.changes.prose_rules.parties import tells_of_others
from wagtail_privacy.changes.prose_rules.references import READERS
from wagtail_privacy.changes.prose_rules.subject import BENEFIT, MATERIAL, MINOR, Subject, keys, verdict_of
from wagtail_privacy.changes.verdict import Verdict
from wagtail_privacy.prose.statement import PROCESSING, Unit

_CONTENT_KINDS = frozenset({"act", "unit", "data", "party", "mode", "right", "unknown"})


def content(difference: StatementDifference, subject: Subject) -> Iterator[Verdict]:
    """More or fewer things said to be done, with more or fewer data, for or by more or fewer people."""
    gained, lost = _of_content(difference.gained), _of_content(difference.lost)
    if (not gained and not lost) or asks_first(difference):
        return
    if (
        subject.topic == "protect"
        or _only_protects(difference)
        or (gained and not lost and (is_explained(gained, difference) or _only_frameworks(gained)))
    ):
        yield verdict_of(MINOR, "prose-explained", [*gained, *lost])
    elif gained and not lost:
        yield more(gained, difference, subject)
    elif lost and not gained:
        yield fewer(lost, difference, subject)
    else:
        yield _other(gained, lost, difference, subject)


def _only_frameworks(units: list[Unit]) -> bool:
    """Whether an agreement between states is called by its whole name: "EU-US Privacy Shield"."""
    return all(unit.key == ("mode", "framework") for unit in units)


def _of_content(units: Iterable[Unit]) -> list[Unit]:
    judged_elsewhere = keys("mode", BURDENS | PROTECTING) | WEAK
    return [u for u in units if u.kind in _CONTENT_KINDS and u.key not in judged_elsewhere]


def _only_protects(difference: StatementDifference) -> bool:
    acts = {u.value for s in (difference.old, difference.new) for u in s.of("act")}
    if not difference.new.has("party", "machine"):
        acts -= {"decide"}  # measures are taken as decisions are
    return "protect" in acts and not acts & (PROCESSING - {"use", "host", "show", "store", "transfer"})


def _is_left_to_people(gained: list[Unit], lost: list[Unit]) -> bool:
    """Whether a person stands where a machine stood, and nothing else changed."""
    people = {unit.key for unit in gained} - {("party", "members")}
    known = {unit.key for unit in lost if unit.kind != "unknown"}
    return bool(people) and people <= _PEOPLE and known == {("party", "machine")} and len(lost) <= len(known) + 1


_PEOPLE = frozenset({("party", "staff"), ("right", "human_review")})


def _other(gained: list[Unit], lost: list[Unit], difference: StatementDifference, subject: Subject) -> Verdict:
    new = difference.new
    units = [*gained, *lost]
    if is_address(difference):
        return verdict_of(MINOR, "prose-contact-details", units)
    if any(u.key == ("party", "machine") for u in gained):
        return verdict_of(MATERIAL, "prose-automated", units)
    if _is_left_to_people(gained, lost) and new.acts <= {"decide", "analyse", "verify", "request"}:
        return verdict_of(BENEFIT, "prose-human", units)
    known = [u for u in gained if u.kind in ("data", "party")]
    if known and new.tells_of_processing and not new.negators:
        kind = "prose-data" if known[0].kind == "data" else "prose-recipient"
        readers = kind == "prose-recipient" and {u.value for u in known} <= READERS and not tells_of_others(new)
        return verdict_of(MATERIAL, kind, units, doubt=readers)
    harmful = [u for u in gained if u.kind == "act" and u.value in PROCESSING - {"contact", "show", "use", "read"}]
    if harmful and not new.negators and not {u.value for u in lost if u.kind == "act"} & PROCESSING:
        return verdict_of(MATERIAL, "prose-purpose", units)
    kept = bool(new.acts & {"store", "erase"}) and any(u.kind == "period" for u in new.units)
    if kept and not new.negators:
        aims = new.has("mode", "purpose_word") and all(u.kind == "unknown" for u in units)
        return verdict_of(MATERIAL, "prose-counted-otherwise", units, doubt=aims)
    return verdict_of(MATERIAL, "prose-unclear", units, doubt=True)
