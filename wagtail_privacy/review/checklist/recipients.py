"""Who receives the data, and where they go: Art. 13(1)(e)-(f), 44 to 49."""

from __future__ import annotations

from collections.abc import Iterator

from wagtail_privacy.policy.section import Section
from wagtail_privacy.prose.regions import EEA
from wagtail_privacy.review.contents import Contents, ReadSentence
from wagtail_privacy.review.finding import Finding
from wagtail_privacy.review.places import (
    RECEIVING,
    SPECIFIC,
    goes_abroad,
    is_denied_transfer,
    is_weakened,
    third_countries,
)

_MECHANISMS = ("mechanism_adequacy", "mechanism_clauses", "mechanism_bcr", "mechanism_other")
#: Mechanisms of which people may ask for a copy (Art. 13(1)(f)).
_COPIED = frozenset(
    {"art46_safeguards", "art46_2_a_instrument", "art46_2_b_bcr", "art46_2_c_scc", "art46_2_e_code", "art46_2_f_cert"}
)


def recipients(contents: Contents) -> Iterator[Finding]:
    rows = contents.of("recipient")
    if not rows and not contents.says("recipients") and not any(map(_names_recipient, contents.said)):
        yield from contents.found("recipients.missing")
    for row in rows:
        yield from _vague(contents, row)
    if not rows:
        yield from _vague_in_prose(contents)
    for said in contents.about("merger"):
        if "buyer" not in said.topics and "share" in said.statement.acts and said.section.kind != "recipient":
            yield from contents.found("recipients.merger", contents.spot_of(said))
            break


def _names_recipient(said: ReadSentence) -> bool:
    parties = said.statement.values("party")
    return bool(parties & RECEIVING) or ("share" in said.statement.acts and bool(parties))


def _vague_in_prose(contents: Contents) -> Iterator[Finding]:
    """ "Selected partners" and no more: no name, no kind of business. Once a policy."""
    for said in contents.about("vague_recipient"):
        stated = said.field != "heading" and not said.text.endswith("?")
        shared = stated and "share" in said.statement.acts and not said.statement.negators and not is_weakened(said)
        if shared and not said.kinds & {"name", "company"} and not said.statement.values("party") & SPECIFIC:
            yield from contents.found("recipients.vague", contents.spot_of(said), quote=said.words("vague_recipient"))
            return


def _vague(contents: Contents, row: Section) -> Iterator[Finding]:
    """A category without a name that is no more than "partners"; its activity or its condition says enough."""
    if row.facts.get("name") or any(row.texts.get(name) for name in ("purpose", "condition", "data")):
        return
    group = contents.parents.get(row.id)
    if group and group.texts.get("condition"):
        return
    category = str(row.texts.get("category", ""))
    for said in contents.within(row):
        vague = said.words("vague_recipient") if "vague_recipient" in said.topics else ""
        if said.field == "category" and len(vague) >= 0.8 * len(category.strip(" .")) > 0:
            yield from contents.found("recipients.vague", contents.spot(row, "category", category), quote=category)
            return


def transfers(contents: Contents) -> Iterator[Finding]:
    groups = contents.of("transfers")
    for group in groups:
        yield from _group(contents, group)
    if not groups:
        yield from _transfers_in_prose(contents)
    yield from _recipients_abroad(contents)


def _group(contents: Contents, group: Section) -> Iterator[Finding]:
    rows = group.of_kind("transfer")
    said = contents.within(group)
    if not rows and group.facts.get("place") not in ("outside", "mostly_eea"):
        return
    nowhere = next((row for row in rows if not row.facts.get("country")), None)
    if (nowhere or not rows) and not third_countries(said):
        yield from contents.found("transfer.country", contents.spot(nowhere or group, "country"))
    if not any(row.facts.get("mechanism") for row in rows) and not _speaks_of_mechanism(said):
        yield from contents.found(
            "transfer.mechanism", contents.spot(rows[0] if rows else group, "mechanism"), section=group
        )
    else:
        yield from (finding for row in rows for finding in _row(contents, row, said))


def _speaks_of_mechanism(sentences: list[ReadSentence]) -> bool:
    return any(said.topics.intersection(_MECHANISMS) for said in sentences)


def _row(contents: Contents, row: Section, said: list[ReadSentence]) -> Iterator[Finding]:
    country, mechanism = str(row.facts.get("country", "")), row.facts.get("mechanism")
    abroad = country and country not in EEA
    if abroad and not mechanism and not _speaks_of_mechanism(said):
        yield from contents.found("transfer.mechanism", contents.spot(row, "mechanism"), section=row)
    if abroad and mechanism == "art45_adequacy":
        yield from _adequacy(contents, row, country)
    copied = _says_copy(row) or (not country and any(map(_says_copy, contents.of("transfer"))))
    if mechanism in _COPIED and not copied and not any("safeguard_copy" in each.topics for each in said):
        yield from contents.found("transfer.copy", contents.spot(row, "copy_how"), section=row)


def _says_copy(row: Section) -> bool:
    return bool(row.facts.get("copy_url") or row.texts.get("copy_how"))


def _adequacy(contents: Contents, row: Section, country: str) -> Iterator[Finding]:
    if not contents.law.is_adequate(country, contents.day):
        yield from contents.found("transfer.adequacy", contents.spot(row, "country"), country=country)
    elif country == "US" and not row.texts.get("recipient") and not _named_in(contents, country):
        yield from contents.found("transfer.certified", contents.spot(row, "recipient"))


def _named_in(contents: Contents, country: str) -> bool:
    return any(row.facts.get("country") == country and row.facts.get("name") for row in contents.of("recipient"))


def _recipients_abroad(contents: Contents) -> Iterator[Finding]:
    """One finding a country: the row of its transfer is what is missing."""
    stated = {row.facts.get("country") for row in contents.of("transfer")}
    if None in stated or contents.about(*_MECHANISMS):
        return  # A row without a country may be the one: that it lacks it is a finding of its own.
    for row in contents.of("recipient"):
        country = str(row.facts.get("country", ""))
        if country and country not in EEA and country not in stated:
            stated.add(country)
            yield from contents.found("transfer.recipient", contents.spot(row, "country"), section=row, country=country)


def _speaks_of_transfer(said: ReadSentence) -> bool:
    return ("outside_eea" in said.topics and not is_denied_transfer(said)) or goes_abroad(said)


def _transfers_in_prose(contents: Contents) -> Iterator[Finding]:
    spoken = [said for said in contents.said if _speaks_of_transfer(said)]
    if not spoken:
        return
    if not third_countries(contents.said):
        yield from contents.found("transfer.country", contents.spot_of(spoken[0]))
    if not contents.says(*_MECHANISMS):
        yield from contents.found("transfer.mechanism", contents.spot_of(spoken[0]), section=spoken[0].section)
        return
    safeguards = contents.about("mechanism_clauses", "mechanism_bcr", "mechanism_other")
    if safeguards and not contents.says("safeguard_copy") and not any(map(contents.has_link, safeguards)):
        yield from contents.found("transfer.copy", contents.spot_of(safeguards[0]), section=safeguards[0].section)
