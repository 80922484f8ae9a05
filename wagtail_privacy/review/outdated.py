"""What no longer holds: renamed authorities, repealed laws, dead transfer bases, rights and companies of before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from wagtail_privacy.policy.authorities import AUTHORITIES
from wagtail_privacy.policy.kinds import kind_of
from wagtail_privacy.review.contents import Contents, ReadSentence
from wagtail_privacy.review.finding import Finding
from wagtail_privacy.review.law import Instrument

_FORMER = re.compile(r"(?P<name>[^()]+?)(?: \(.*?till (?P<until>\d{4}(?:-\d\d-\d\d)?)\)|, till (?P<late>\d{4})\)|$)")
#: A sentence that tells that something is no longer so uses its old name rightly.
_TELLS_OF_CHANGE = re.compile(
    r"\b(?:former|previous|invalid|no longer|struck down|replac|tidigare|före detta|ogiltig|upphäv|upphör|ersatt|ersätt"
    r"|entinen|aiemmin|kumot|kumon|korvat|tidligere|ugyldig|opphev|ophæv|erstatt|ehemal|früher|ungültig|aufgehoben|ersetzt)",
    re.IGNORECASE,
)


def renamed_authorities(contents: Contents) -> Iterator[Finding]:
    addresses = "\n".join(_addresses(contents))
    for former, until, country in _former_names():
        named = former.casefold() in contents.whole or former.casefold() in addresses
        if named and until < contents.day and not _is_current_elsewhere(contents, former):
            yield from _uses_former_name(contents, former, country)


def _uses_former_name(contents: Contents, former: str, country: str) -> Iterator[Finding]:
    word, host = re.compile(rf"\b{re.escape(former)}\w{{0,2}}\b", re.IGNORECASE), f"{former.casefold()}."
    current = re.compile(rf"\b{re.escape(AUTHORITIES[country].name.partition(' (')[0])}\b", re.IGNORECASE)
    for said in contents.said:
        if word.search(said.text) and not current.search(said.text) and not _TELLS_OF_CHANGE.search(said.text):
            yield from contents.found("authority.renamed", contents.spot_of(said), name=former, authority=country)
    for section in contents.sections:
        for field in kind_of(section.kind).facts:
            if field.type == "url" and host in str(section.facts.get(field.name, "")).casefold():
                spot = contents.spot(section, field.name, str(section.facts[field.name]))
                yield from contents.found("authority.renamed", spot, name=former, authority=country)


def _addresses(contents: Contents) -> Iterator[str]:
    """The addresses on the web that are facts."""
    for section in contents.sections:
        for name in ("url", "website", "form_url", "copy_url"):
            if name in section.facts:
                yield str(section.facts[name]).casefold()


@lru_cache(maxsize=1)
def _former_names() -> tuple[tuple[str, date, str], ...]:
    """Each former name, its last day, and the country of the authority."""
    found = []
    for authority in AUTHORITIES.values():
        for stated in authority.former_names:
            match = _FORMER.match(stated)
            until = match and (match["until"] or match["late"])
            if match and until:
                last = date.fromisoformat(until) if "-" in until else date(int(until), 12, 31)
                found += [(name.strip(), last, authority.country) for name in match["name"].split(" / ")]
    return tuple(found)


def _is_current_elsewhere(contents: Contents, former: str) -> bool:
    """Åland's authority is called Datainspektionen today."""
    current = {a.country for a in AUTHORITIES.values() if a.name.casefold() == former.casefold()}
    countries = {contents.law.country, *(str(row.facts.get("country", "")) for row in contents.of("controller"))}
    countries |= {str(row.facts.get("authority", "")) for row in contents.of("complaint")}
    return bool(current & countries) or (bool(current) and "FI" in countries)


def repealed_laws(contents: Contents) -> Iterator[Finding]:
    for law in contents.law.repealed:
        if law.valid_to and law.valid_to < contents.day:
            for said in _naming(contents, law):
                spot = contents.spot_of(said)
                gone = _day_after(law.valid_to)
                yield from contents.found("law.repealed", spot, name=law.name, day=gone, instead=law.instead)


def dead_transfer_bases(contents: Contents) -> Iterator[Finding]:
    """Instruments that carry no transfer any more, or not yet; the first place that names each."""
    for instrument in contents.law.instruments:
        said = None if instrument.valid_on(contents.day) else next(_naming(contents, instrument), None)
        if said is None:
            continue
        spot, name = contents.spot_of(said), _names(instrument.names).findall(said.text)[0]
        if instrument.valid_to and instrument.valid_to < contents.day:
            why = instrument.instead or "Art. 45, 46"
            gone = _day_after(instrument.valid_to)
            yield from contents.found("transfer.invalid", spot, name=name, day=gone, why=why)
        else:
            yield from contents.found("transfer.early", spot, name=name, day=instrument.valid_from)


def _day_after(last: date) -> date:
    """The first day on which what was valid on ``last`` is not."""
    return last + timedelta(days=1)


def _naming(contents: Contents, instrument: Instrument) -> Iterator[ReadSentence]:
    if not any(name.casefold() in contents.whole for name in instrument.names):
        return
    pattern = _names(instrument.names)
    for said in contents.said:
        if pattern.search(said.text) and not said.statement.negators and not _TELLS_OF_CHANGE.search(said.text):
            yield said


@lru_cache(maxsize=64)
def _names(names: tuple[str, ...]) -> re.Pattern[str]:
    """An abbreviation in capitals as it stands, other names in any case."""
    each = (re.escape(name) if name.isupper() else f"(?i:{re.escape(name)})" for name in names)
    return re.compile(rf"(?<!\w)(?:{'|'.join(each)})(?!\w)")


def old_rights(contents: Contents) -> Iterator[Finding]:
    for said in contents.about("old_right"):
        asked = said.section.kind == "right" or said.statement.has("act", "request") or said.statement.values("right")
        if asked and (said.section.kind == "right" or said.topics & {"right_erasure", "right_rectification"}):
            yield from contents.found("rights.renamed", contents.spot_of(said), quote=said.words("old_right"))


def defunct_names(contents: Contents) -> Iterator[Finding]:
    for said in contents.about("company_gone")[:1]:
        yield from contents.found("text.defunct", contents.spot_of(said), name=said.words("company_gone"))


CHECKS = (renamed_authorities, repealed_laws, dead_transfer_bases, old_rights, defunct_names)
