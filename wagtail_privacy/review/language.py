"""How a policy is written: words that bind nobody, what is left to be filled in, what is hard to read (Art. 12(1))."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wagtail_privacy.policy.section import Section
from wagtail_privacy.review.contents import Contents, ReadSentence
from wagtail_privacy.review.finding import Finding, Spot
from wagtail_privacy.review.readability import Counts, measure, total
from wagtail_privacy.review.tongue import language_of_heading

#: What has a higher LIX is nothing for children.
HARD_FOR_CHILDREN = 40
#: A longer sentence is better divided (legal rules of plain language ask for 15 to 20 words).
LONGEST_SENTENCE = 40
_PLACEHOLDER = re.compile(
    r"\[email[\s\u00a0]protected\]|\blorem ipsum\b|\{\{|\}\}|\bx{3,}\b|\bTODO\b|\bTBD\b|\bexample\.(?:com|org|net)\b"
    r"|\[(?:[^\W\d_]+[ -]){0,3}(?:name|namn|navn|nimi|firma|företag|company|adresse?|address|osoite|e-post|e-?mail)"
    r"[^\]]{0,20}\]",
    re.IGNORECASE,
)
#: One of these is in each, in small letters.
_IN_PLACEHOLDERS = ("[", "lorem", "{{", "}}", "xxx", "todo", "tbd", "example.")
#: What a heading does not end in.
_SENTENCE = (".", "!", "…", ":", ";", ",")
_MODAL_KINDS = frozenset(
    {
        "purpose",
        "legal_basis",
        "recipient",
        "recipients",
        "retention",
        "retention_periods",
        "data_category",
        "data_categories",
        "text",
    }
)
#: So far after "may" its verb stands: "may also from time to time use" is longer than most.
_NEXT_WORDS = 3
_BOUND_ACTS = frozenset(
    {"collect", "use", "share", "sell", "rent", "publish", "transfer", "profile", "track", "combine", "analyse"}
)
_ADDRESSES = frozenset({"email", "phone"})
#: Receiving mail is read as collecting it.
_WRITES = frozenset({"contact", "collect"})
_GOES_FURTHER = frozenset({"use", "share", "sell", "rent", "publish", "transfer", "profile", "track", "train"})
#: Data that are not personal: "icke-personlig", "nicht persönliche", "muita kuin henkilökohtaisia".
_DENIED_TERM = re.compile(r"\b(?:icke|inte|ikke|nicht|keine|ei|mu[iu]\w* kuin)[ -]$", re.IGNORECASE)
#: What each language's own word for personal data and consent is; the wrong one stands in the wordings.
_TERMS = {
    "sv": {"medgivande": "samtycke", "": "personuppgifter"},
    "fi": {"": "henkilötiedot"},
    "nb": {"": "personopplysninger"},
    "da": {"": "personoplysninger"},
    "de": {"": "personenbezogene Daten"},
}


def deemed_consent(contents: Contents) -> Iterator[Finding]:
    """Consent is an act of its own (Art. 4(11); C-673/17 Planet49)."""
    for said in contents.about("deemed_consent"):
        if not said.statement.negators and not _asks_to_be_written_to(said):
            yield from contents.found("consent.deemed", contents.spot_of(said), quote=said.words("deemed_consent"))


def _asks_to_be_written_to(said: ReadSentence) -> bool:
    """Whether nothing but an address is given, for mail to it: an act of its own (recital 32)."""
    written = said.statement.acts & _WRITES or said.statement.has("mode", "newsletter")
    given = said.statement.values("data") - {"data"}
    return bool(given and written) and given <= _ADDRESSES and not said.statement.acts & _GOES_FURTHER


def check_back(contents: Contents) -> Iterator[Finding]:
    for said in contents.about("check_back"):
        yield from contents.found("change.check_back", contents.spot_of(said), quote=said.words("check_back"))


def limits(contents: Contents) -> Iterator[Finding]:
    """ "Once a year" was the Data Protection Directive's; the limit is the finding, not the right (Art. 12(5), 15)."""
    for said in contents.about("yearly_limit", "reason_limit"):
        topic = "yearly_limit" if "yearly_limit" in said.topics else "reason_limit"
        about_access = said.topics & {"right_access", "free"} or said.section.facts.get("right") == "access"
        if about_access and not said.statement.operators["always"]:
            yield from contents.found("rights.limit", contents.spot_of(said), quote=said.words(topic))


def placeholders(contents: Contents) -> Iterator[Finding]:
    seen: set[str] = set()
    for section, field, text in _all_strings(contents):
        match = _PLACEHOLDER.search(text)
        if match and match.group().casefold() not in seen:
            seen.add(match.group().casefold())
            yield from contents.found(
                "text.placeholder", contents.spot(section, field, match.group()), quote=match.group()
            )


def _all_strings(contents: Contents) -> Iterator[tuple[Section, str, str]]:
    if any(part in contents.whole for part in _IN_PLACEHOLDERS):
        yield from ((section, field.name, text.words) for section, field, text in contents.texts)
    for section in contents.sections:
        for name, fact in section.facts.items():
            if isinstance(fact, str) and ("." in fact or " " in fact or "{" in fact):
                yield section, name, fact


def absolute_promises(contents: Contents) -> Iterator[Finding]:
    """Not "never": what is never done can be promised. What nobody can keep is "safe under all circumstances"."""
    for said in contents.about("absolute"):
        words = said.words("absolute")
        denies_itself = bool(
            re.match(r"(?:under|in) (?:no|ing|keinen)|inte |aldrig|never|inga|ei |emme ", words.casefold())
        )
        if denies_itself or not said.statement.negators:
            yield from contents.found("text.absolute", contents.spot_of(said), quote=words)


def vague_words(contents: Contents) -> Iterator[Finding]:
    """ "We may share" leaves open whether we do (WP260, 13). Only of what is done with data; once a field."""
    seen: set[tuple[str, str]] = set()
    for said in contents.about("vague"):
        place = (said.section.id, said.field)
        if place in seen or said.section.kind not in _MODAL_KINDS or not _leaves_open(said):
            continue
        seen.add(place)
        yield from contents.found("text.vague", contents.spot_of(said), quote=said.words("vague"))


def _leaves_open(said: ReadSentence) -> bool:
    """Whether it is the controller that "may": not people, not what a condition decides."""
    operators = said.statement.operators
    speaks_of_us = said.is_of_us or any(said.statement.of("name", "company"))
    if said.statement.negators or operators["if"] or operators["unless"] or (operators["may_you"] and not speaks_of_us):
        return False
    own = said.section.kind in _MODAL_KINDS - {"text"}
    return (own or speaks_of_us) and _is_followed_by_act(said)


def _is_followed_by_act(said: ReadSentence) -> bool:
    """Whether what is left open is what is done with data: in English by the next words, elsewhere by the clause."""
    wording = next(found for found in said.wordings if found.topic == "vague")
    rest = said.text[wording.end :]
    if said.statement.language == "en":
        clause = " ".join(rest.split()[:_NEXT_WORDS])
    else:
        clause = re.split(r"[,;:]", said.text[: wording.start])[-1] + re.split(r"[,;:]", rest)[0]
    acts = (unit for unit in said.statement.of("act") if unit.value in _BOUND_ACTS)
    return any(unit.raw and unit.raw in clause for unit in acts)


def anonymity(contents: Contents) -> Iterator[Finding]:
    """An IP address is personal data (C-582/14 Breyer)."""
    for said in contents.about("anonymous"):
        near = contents.within(said.section)
        at = next(number for number, other in enumerate(near) if other is said)
        if any("ip" in other.topics for other in near[max(0, at - 1) : at + 2]):
            yield from contents.found("text.anonymous", contents.spot_of(said))


def terms(contents: Contents) -> Iterator[Finding]:
    known = _TERMS.get(contents.language, {})
    seen = set()
    for said in contents.about("wrong_term"):
        for words in _wrong_terms(said):
            instead = known.get(words.casefold(), known.get("", ""))
            if instead and instead not in seen:
                seen.add(instead)
                yield from contents.found("text.term", contents.spot_of(said), quote=words, instead=instead)


def _wrong_terms(said: ReadSentence) -> Iterator[str]:
    for found in said.wordings:
        if found.topic == "wrong_term" and not _DENIED_TERM.search(said.text[: found.start]):
            yield said.text[found.start : found.end]


def browser_settings(contents: Contents) -> Iterator[Finding]:
    if contents.says("cookie_consent"):
        return
    for said in contents.about("browser_consent"):
        accepts = said.statement.acts & {"consent_act", "refuse"} or "basis_a" in said.topics
        if accepts and "cookies" in said.topics:
            yield from contents.found("cookie.browser", contents.spot_of(said))
            return


def other_language(contents: Contents) -> Iterator[Finding]:
    """A section whose words are those of another language, or a paragraph in it."""
    if contents.is_unread:
        yield from contents.found("text.unread")
    seen = set()
    for section, field, text in contents.texts:
        if text.foreign and section.id not in seen:
            seen.add(section.id)
            is_part = text.foreign.words != text.words
            spot = contents.spot(section, field.name if is_part else "", text.foreign.words if is_part else "")
            yield from contents.found("text.language", spot, section=section)


def headings_in_another_language(contents: Contents) -> Iterator[Finding]:
    """The title, a heading, or a line that stands for one; each once."""
    for spot in dict.fromkeys(_headings(contents)):
        if language_of_heading(spot.quote, contents.language):
            yield from contents.found("text.heading_language", spot, quote=spot.quote)


def _headings(contents: Contents) -> Iterator[Spot]:
    yield Spot(quote=contents.snapshot.title)
    for section, field, text in contents.texts:
        lines = text.words.splitlines()
        if field.name == "heading" or len(lines) > 1:
            yield from (contents.spot(section, field.name, line) for line in lines if not line.endswith(_SENTENCE))


def readability(contents: Contents) -> Iterator[Finding]:
    running = [(section, text.counts) for section, field, text in contents.texts if field.type == "prose"]
    found = measure(total(part for _section, part in running), contents.language)
    if found and found.is_hard:
        yield from contents.found("text.hard", count=round(found.value))
    for purpose in contents.of("purpose"):
        if purpose.facts.get("concerns_children"):
            own = {section.id for section in purpose.walk()}
            yield from _for_children(contents, purpose, total(part for section, part in running if section.id in own))


def _for_children(contents: Contents, purpose: Section, found: Counts) -> Iterator[Finding]:
    """Children read what has a LIX of 30 to 40 at most; the other measures are not calibrated for them."""
    value = measure(found, contents.language)
    if value and value.measure == "LIX" and value.value > HARD_FOR_CHILDREN:
        yield from contents.found("children.language", contents.spot(purpose), count=round(value.value))


def long_sentences(contents: Contents) -> Iterator[Finding]:
    """The longest sentence of each text that has one of more than :data:`LONGEST_SENTENCE` words."""
    for section, field, text in contents.texts if contents.is_readable else ():
        if field.type != "prose" or len(text.words) < 2 * LONGEST_SENTENCE:
            continue  # a word has a letter at least, and one that parts it from the next
        count, sentence = text.longest
        if count > LONGEST_SENTENCE:
            yield from contents.found("text.long", contents.spot(section, field.name, sentence), count=count)


CHECKS = (
    deemed_consent,
    check_back,
    limits,
    placeholders,
    absolute_promises,
    vague_words,
    anonymity,
    terms,
    browser_settings,
    other_language,
    headings_in_another_language,
    readability,
    long_sentences,
)
