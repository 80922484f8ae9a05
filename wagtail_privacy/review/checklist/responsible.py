"""Who is responsible and how they are reached: Art. 13(1)(a)-(b), 26, 27."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain

from wagtail_privacy.policy.section import Section
from wagtail_privacy.prose.regions import EEA
from wagtail_privacy.prose.statement import Statement
from wagtail_privacy.review.contents import Contents, ReadSentence
from wagtail_privacy.review.finding import Finding

_REACHED_BY = ("email", "phone", "form_url", "chat")
#: A postal code before a town: "112 31 Stockholm", "10115 Berlin", "0150 Oslo".
_POSTAL = re.compile(r"\b\d{3} ?\d{1,2},? [A-ZÅÄÖÆØÜ][a-zåäöæøüß]{2,}")
_DIGIT = re.compile(r"[0-9]")
_COMPANY = re.compile(r"\b[A-ZÅÄÖÆØÜ][\w&-]+ (?:AB|HB|Oyj?|ASA?|A/S|ApS|GmbH|AG|Ltd|Limited|Inc|LLC|e\.V)\b")
#: A name that stands so often is the speaker's.
_OFTEN = 3
#: So many sentences after the officer is mentioned, an address is still the officer's.
_NEAR = 3
_NAMES = frozenset({"name", "company", "unknown"})
_LINK_OF_MAIL = "mailto:"


def controller(contents: Contents) -> Iterator[Finding]:
    sections = contents.of("controller")
    if not any(section.facts.get("name") for section in sections) and not _is_named_in_prose(contents):
        yield from contents.found("controller.missing", contents.spot(sections[0], "name") if sections else None)
    if not any(_is_reached(section, ("website", "address")) for section in sections) and not _invites(contents):
        yield from contents.found("controller.contact", contents.spot(sections[0], "email") if sections else None)


def _invites(contents: Contents) -> bool:
    """Whether prose gives an address, or a link to contact the controller by."""
    linked = any(contents.has_link(said) for said in contents.about("rights_route"))
    return linked or contents.is_unread or _is_reached_in_prose(contents.said)


def _is_named_in_prose(contents: Contents) -> bool:
    return contents.says("controller") or any(map(_names_who_processes, contents.said)) or _has_name(contents)


def _has_name(contents: Contents) -> bool:
    """Whether a name that no lexicon knows stands in the title and the text, or all over the text."""
    units = chain.from_iterable(said.statement.units for said in contents.said)
    counted = Counter(unit.raw.split()[0] for unit in units if unit.kind in _NAMES and unit.raw[:1].isupper())
    title = contents.snapshot.title
    return any(
        (len(name) > 2 and name in title) or (count >= _OFTEN and contents.language != "de")
        for name, count in counted.items()
    )


def _names_who_processes(said: ReadSentence) -> bool:
    if "company" in said.kinds or _COMPANY.search(said.text):
        return True
    if "name" not in said.kinds:
        return False
    first = next((unit.kind for unit in said.statement.of("name", "act")), "")
    return said.statement.tells_of_processing and first == "name"


def _is_reached(section: Section, also: tuple[str, ...] = ()) -> bool:
    return any(section.facts.get(name) or section.texts.get(name) for name in (*_REACHED_BY, *also))


def _is_reached_in_prose(sentences: Iterable[ReadSentence]) -> bool:
    return any(
        said.kinds & {"email", "phone"} or _has_postal_code(said.text) or _links_to_mail(said) for said in sentences
    )


def _has_postal_code(text: str) -> bool:
    return bool(_DIGIT.search(text) and _POSTAL.search(text))


def _links_to_mail(said: ReadSentence) -> bool:
    return _LINK_OF_MAIL in str(said.section.texts.get(said.field, ""))


def joint_controllers(contents: Contents) -> Iterator[Finding]:
    sections = contents.of("controller")
    for section in sections:
        if section.facts.get("role") == "joint" and not section.texts.get("arrangement"):
            yield from contents.found("controller.arrangement", contents.spot(section, "arrangement"), section=section)
    unclear = [section for section in sections if section.facts.get("role") in (None, "", "sole")]
    if len(sections) > 1 and not any(section.texts.get("arrangement") for section in sections):
        for section in unclear[1:]:
            if not section.texts.get("responsibility"):
                yield from contents.found(
                    "conflict.controllers",
                    contents.spot(section, "role"),
                    other=contents.spot(unclear[0], "role"),
                    section=section,
                )


def joint_controllers_in_prose(contents: Contents) -> Iterator[Finding]:
    """A recipient that is a joint controller, or "we are jointly responsible", and nowhere who does what."""
    if any(section.texts.get("arrangement") for section in contents.of("controller")):
        return
    for row in contents.of("recipient"):
        if row.facts.get("role") == "joint_controller" and not contents.about("arrangement"):
            yield from contents.found("controller.joint", contents.spot(row, "role"))
            return
    for said in contents.about("joint"):
        stated = not said.statement.negators and said.section.kind not in ("definition", "definitions")
        if stated and not any("arrangement" in near.topics for near in contents.within(said.section)):
            yield from contents.found("controller.joint", contents.spot_of(said))
            return


def representative(contents: Contents) -> Iterator[Finding]:
    countries = [str(section.facts.get("country", "")) for section in contents.of("controller")]
    if any(country and country not in EEA for country in countries) and not contents.of("representative"):
        abroad = next(s for s in contents.of("controller") if s.facts.get("country") not in (None, "", *EEA))
        yield from contents.found("representative.missing", contents.spot(abroad, "country"))


def data_protection_officer(contents: Contents) -> Iterator[Finding]:
    """A name is not required; a way to reach the person is (Art. 13(1)(b))."""
    for section in contents.of("dpo"):
        if not _is_reached(section, ("address",)) and not _is_reached_in_prose(contents.within(section)):
            yield from contents.found("dpo.contact", contents.spot(section, "email"))
    if not contents.of("dpo"):
        yield from _officer_in_prose(contents)


def _officer_in_prose(contents: Contents) -> Iterator[Finding]:
    spoken = [said for said in contents.about("dpo") if not _has_no_officer(said.statement)]
    if spoken and not any(_is_reached_in_prose(_near(contents, said)) for said in spoken):
        yield from contents.found("dpo.contact", contents.spot_of(spoken[0]))


def _has_no_officer(statement: Statement) -> bool:
    """ "We have no officer", "we are not required to appoint one"; but not "you need not write to our officer"."""
    is_about_readers = statement.has("operator", "second_person") or statement.has("discourse", "contacting")
    return bool(statement.negators) or (statement.has("mode", "voluntary") and not is_about_readers)


def _near(contents: Contents, said: ReadSentence) -> list[ReadSentence]:
    sentences = contents.within(said.section)
    at = next(number for number, other in enumerate(sentences) if other is said)
    return sentences[max(0, at - 1) : at + 1 + _NEAR]
