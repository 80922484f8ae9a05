"""Ages, money, articles, countries, contact details and numbers that changed."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from wagtail_privacy.changes.difference import StatementDifference
from wagtail_privacy.changes.prose_rules.addresses import is_address, is_of_a_right
from wagtail_privacy.changes.prose_rules.subject import BENEFIT, EDITORIAL, MATERIAL, MINOR, Subject, verdict_of
from wagtail_privacy.changes.verdict import Verdict
from wagtail_privacy.prose.regions import EEA
from wagtail_privacy.prose.sentences import ends_a_sentence
from wagtail_privacy.prose.statement import Statement, Unit


def values(difference: StatementDifference, subject: Subject) -> Iterator[Verdict]:
    """Ages, money, articles, countries, contact details."""
    gained, lost = difference.gained, difference.lost
    yield from _ages(difference)
    yield from _articles(difference)
    yield from _money(gained, lost)
    yield from _countries(difference)
    yield from _contacts(difference)
    yield from _numbers(difference)


def _ages(difference: StatementDifference) -> Iterator[Verdict]:
    """Another age, or the other side of it: "over 16", "under 16"."""
    old, new = (sorted(s.of("age"), key=attrgetter("value")) for s in (difference.old, difference.new))
    turned = any({_side(one), _side(other)} == {"max", "min"} for one, other in zip(old, new, strict=False))
    if [unit.value for unit in old] != [unit.value for unit in new] or turned:
        yield verdict_of(MATERIAL, "prose-age", [*old, *new])


def _side(age: Unit) -> str:
    return age.quantity.bound if age.quantity else ""


#: Articles of the GDPR on grounds, special categories, machines' decisions and transfers; others define and inform.
_OF_GROUNDS = frozenset({"6", "7", "8", "9", "10", "22", *map(str, range(44, 50))})


#: What each letter of Article 6(1) is called.
_GROUNDS = {
    "6.1.a": "consent", "6.1.b": "contract", "6.1.c": "legal_obligation", "6.1.d": "vital_interest",
    "6.1.e": "public_task", "6.1.f": "legitimate_interest",
}  # fmt: skip
#: Articles that define, inform and give rights: to cite one, or no longer, changes nothing of what is said.
_CITED = frozenset(map(str, (4, 5, *range(12, 22), *range(24, 37), 77, 78, 79)))


def _articles(difference: StatementDifference) -> Iterator[Verdict]:
    """Another article is another ground; one that says again what the words say, or only defines, is a citation."""
    gained, lost = ([u for u in units if u.kind == "article"] for units in (difference.gained, difference.lost))
    found = [*gained, *lost]
    said = difference.old.values("ground") & difference.new.values("ground")
    if not found:
        return
    if not (gained and lost) and all(_GROUNDS.get(u.value) in said or u.value.split(".")[0] in _CITED for u in found):
        yield verdict_of(MINOR, "prose-explained", found)
        return
    grounds = any(u.value.split(".")[0] in _OF_GROUNDS for u in found)
    yield verdict_of(MATERIAL, "prose-ground", found, doubt=not grounds)


def _money(gained: tuple[Unit, ...], lost: tuple[Unit, ...]) -> Iterator[Verdict]:
    sums = [[u for u in units if u.kind == "money"] for units in (gained, lost)]
    if sums[0]:
        lower = sums[1] and max(u.quantity.size for u in sums[0] if u.quantity) < max(
            u.quantity.size for u in sums[1] if u.quantity
        )
        same_currency = {u.quantity.unit for u in (*sums[0], *sums[1]) if u.quantity}
        better = bool(lower) and len(same_currency) == 1
        yield verdict_of(MINOR if better else MATERIAL, "prose-cost", [*sums[0], *sums[1]])
    elif sums[1]:
        yield verdict_of(BENEFIT, "prose-cost-gone", sums[1])


def _countries(difference: StatementDifference) -> Iterator[Verdict]:
    known = {u.value for u in difference.old.of("country", "city")}
    now = {u.value for u in difference.new.of("country", "city")}
    fresh = [u for u in difference.new.of("country", "city") if u.value not in known]
    gone_ = [u for u in difference.old.of("country", "city") if u.value not in now]
    outside = [u for u in fresh if u.value not in EEA]
    if difference.new.negators or difference.old.negators:
        if fresh or gone_:
            yield verdict_of(MATERIAL, "prose-country", [*fresh, *gone_], doubt=True)
    elif outside:
        yield verdict_of(MATERIAL, "prose-country", outside, doubt=_only_names_countries(difference.new))
    elif fresh and not gone_ and known:
        yield verdict_of(MATERIAL, "prose-country", fresh, doubt=_only_names_countries(difference.new))
    elif fresh or gone_:
        ended = [u for u in gone_ if u.value not in EEA]
        yield verdict_of(BENEFIT if ended else MINOR, "prose-place", [*fresh, *gone_])
    third = [u for u in difference.gained if u.kind == "place" and u.value in ("third_country", "worldwide")]
    if third:
        yield verdict_of(MATERIAL, "prose-country", third, doubt=bool(difference.new.negators))
    elif found := [u for u in (*difference.gained, *difference.lost) if u.kind == "place"]:
        yield verdict_of(MATERIAL, "prose-country", found)


def _only_names_countries(statement: Statement) -> bool:
    """Whether a whole sentence names countries, and tells of nothing that is done with data there."""
    return ends_a_sentence(statement.text) and not statement.tells_of_processing and "host" not in statement.acts


def _contacts(difference: StatementDifference) -> Iterator[Verdict]:
    for unit in (*difference.gained, *difference.lost):
        if unit.kind in ("phone", "clock"):
            yield verdict_of(MINOR, "prose-contact-details", [unit])
        elif unit.kind == "url":
            yield verdict_of(MINOR, "prose-link", [unit])
    yield from _emails(difference)


def _emails(difference: StatementDifference) -> Iterator[Verdict]:
    """An address that is gone, or another one for a right, is how rights are used; of a mere swap it is asked."""
    gained, lost = ([u for u in units if u.kind == "email"] for units in (difference.gained, difference.lost))
    is_for_rights = any(is_of_a_right(s) for s in (difference.old, difference.new))
    is_swap = bool(gained) and (len(difference.units) == len(gained) + len(lost) or not is_for_rights)
    if lost or (gained and is_for_rights):
        yield verdict_of(MATERIAL, "prose-contact", [*gained, *lost], doubt=is_swap)
    elif gained:
        yield verdict_of(MINOR, "prose-contact-details", gained)


def _numbers(difference: StatementDifference) -> Iterator[Verdict]:
    found = [u for u in (*difference.gained, *difference.lost) if u.kind == "number"]
    if not found:
        return
    if difference.new.names_hours or is_address(difference) or difference.new.has("act", "protect"):
        yield verdict_of(MINOR, "prose-contact-details", found)
    elif difference.old.names_a_paper and difference.new.names_a_paper and not difference.new.tells_of_processing:
        yield verdict_of(EDITORIAL, "prose-paper")
    else:
        yield verdict_of(MATERIAL, "prose-number", found, doubt=True)
