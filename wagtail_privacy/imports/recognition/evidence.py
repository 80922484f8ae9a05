"""What sentences have to state before a heading or a lead-in is believed: a heading alone decides nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from wagtail_privacy.imports.outline import OutlinePart
from wagtail_privacy.imports.plain_outline import run_in
from wagtail_privacy.imports.recognition.sentences import PlacedSentence, sentences
from wagtail_privacy.imports.recognition.words import last_named
from wagtail_privacy.prose.regions import EEA
from wagtail_privacy.prose.statement import PROCESSING

#: People whose data are processed: they receive nothing by being named.
_PEOPLE = frozenset(
    {"customers", "visitors", "applicants", "patients", "children", "parents", "users", "members", "business_customers"}
    | {"controller", "dpo", "supervisory_authority", "machine", "friends", "public", "staff"}
)
#: What is collected, as units of the lexicon; "data" alone says nothing.
_ANY_DATA = frozenset({"data"})
#: So much of a list has to state what its heading or lead-in says.
MOST = 0.5
#: A longer item is no phrase.
_LONGEST_PHRASE = 14
#: A longer item that no opener begins is a sentence of its own.
_LONGEST_NAMED = 25
#: A longer item is a paragraph: it isn't the name of a purpose.
_LONGEST_PURPOSE = 50


def _acts(*names: str) -> Callable[[PlacedSentence], bool]:
    return lambda sentence: any(unit.value in names for unit in sentence.statement.of("act"))


def _topics(*names: str) -> Callable[[PlacedSentence], bool]:
    return lambda sentence: not sentence.topics.isdisjoint(names)


def names_data(sentence: PlacedSentence) -> bool:
    return bool(sentence.statement.values("data") - _ANY_DATA)


def names_a_party(sentence: PlacedSentence) -> bool:
    parties = sentence.statement.values("party") - _PEOPLE
    return bool(parties) or any(True for _unit in sentence.statement.of("company", "name", "url"))


def is_abroad(sentence: PlacedSentence) -> bool:
    """Whether it speaks of countries outside the EEA, or of staying inside."""
    places = not sentence.keys.isdisjoint({("place", "third_country"), ("place", "eu"), ("place", "eea")})
    away = any(unit.value not in EEA for unit in sentence.statement.of("country"))
    return places or away or bool(sentence.topics & {"outside_eea", "inside_eea"})


def states_a_period(sentence: PlacedSentence) -> bool:
    """Whether it says that data are kept or go, or how long."""
    stores = _acts("store", "erase", "anonymise")(sentence) or "kept" in sentence.topics
    return stores or any(True for _unit in sentence.statement.of("period"))


def states_a_purpose(sentence: PlacedSentence) -> bool:
    return sentence.has("opener", "purpose") or sentence.has("mode", "purpose_word") or bool(sentence.statement.acts)


#: For each topic whether a sentence supports it.
SUPPORTS: Mapping[str, Callable[[PlacedSentence], bool]] = {
    "controller": lambda s: "controller" in s.said or has_contact(s.text),
    "contact": lambda s: has_contact(s.text) or s.has("discourse", "contacting", "asking"),
    "dpo": lambda s: "dpo" in s.topics or s.has("party", "dpo") or has_contact(s.text),
    "purposes": states_a_purpose,
    "bases": lambda s: any(True for _unit in s.statement.of("ground")) or bool(s.topics & {"basis_word"}),
    "categories": names_data,
    "recipients": lambda s: names_a_party(s) or _acts("share", "transfer", "sell", "read")(s),
    "transfers": is_abroad,
    "retention": states_a_period,
    "rights": lambda s: bool(s.rights) or s.has("right", "right"),
    "complaint": lambda s: bool(s.topics & {"complaint", "authority"}) or s.has("right", "complain"),
    "sources": lambda s: names_a_party(s) or "sources" in s.said or _acts("collect")(s),
    "automated": lambda s: bool(s.topics & {"adm", "adm_none"}) or _acts("decide", "profile")(s),
    "ai": lambda s: s.has("party", "machine") or _acts("train")(s),
    "cookies": lambda s: _acts("cookies", "track")(s) or "cookies" in s.topics,
    "security": lambda s: (
        _acts("protect", "prevent")(s)
        or "security" in s.said
        or s.has("mode", "encrypted", "confidential", "security_word")
    ),
    "children": lambda s: (
        s.has("party", "children", "parents")
        or s.has("data", "children_data")
        or any(True for _unit in s.statement.of("age", "period"))
    ),
    "changes": lambda s: _acts("change", "inform")(s) or s.statement.names_a_paper,
    "history": lambda s: any(True for _unit in s.statement.of("date")) or "version" in s.text.casefold(),
    "definitions": lambda s: True,
    "choices": lambda s: (
        _acts("refuse", "change", "consent_act", "activate")(s)
        or s.has("mode", "voluntary")
        or s.has("operator", "may_you", "may")
    ),
    "commitments": lambda s: bool(s.statement.negators),
    "decision": lambda s: s.statement.names_a_paper,
}
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.\w|(?<![\d-])\+?\d(?:[\s()/–-]?\d){6,}|\b\d{3}\s?\d{2}\s+[^\W\d]{2,}")
_A_DAY = re.compile(r"\b(?:19|20)\d\d-\d\d(?:-\d\d)?\b|\b\d{1,2}[./]\d{1,2}[./](?:19|20)?\d\d\b|[€$]|\bkr\b")


def has_contact(text: str) -> bool:
    """Whether it holds an e-mail address, a telephone number, a number of an organisation or a place with its code."""
    return bool(_CONTACT.search(_A_DAY.sub("", text)))


def supports(topic: str, read: Sequence[PlacedSentence]) -> bool:
    return any(SUPPORTS[topic](sentence) for sentence in read) if topic in SUPPORTS else False


# --- Items of a list ---


def first_sentence(part: OutlinePart, language: str) -> PlacedSentence | None:
    read = sentences(part, language)
    return read[0] if read else None


def is_purpose(part: OutlinePart, language: str) -> bool:
    """Whether an item can be a purpose: something is done, and nobody is said to do it."""
    read = sentences(part, language)
    if not read:
        return False
    if run_in(part.words.text):
        return any(states_a_purpose(sentence) for sentence in read[1:])
    first = read[0]
    if len(first.text.split()) > _LONGEST_PURPOSE or first.statement.negators or _is_told(first):
        return False
    begins = next(iter(first.statement.units), None)
    opens = begins is not None and begins.kind == "opener" and begins.value == "purpose"
    if opens or _SMALL_OPENER.match(first.text):
        return True
    return (
        len(read) == 1
        and len(first.text.split()) <= _LONGEST_NAMED
        and (bool(first.statement.acts) or any(True for _unit in first.statement.of("mode")))
    )


#: "to …", "att …", "å …", "zu …", "um … zu": the infinitive that goes on with "in order".
_SMALL_OPENER = re.compile(r"(?:to|att|för att|å|for å|at|for at|um|zur|zum|in order to)\s", re.IGNORECASE)
_SUBJECT = re.compile(
    r"(?:[Dd]u|[Nn]i|[Vv]i|[Ww]e|[Yy]ou|[Dd]ere|[Dd]e|[Ii]|[Ss]ie|[Ww]ir|[Mm]e|[Ss]inä|[Oo]m|[Nn]är|[Ii]f|[Ww]hen|[Hh]vis|[Nn]år|[Ww]enn|"
    r"[Jj]os|[Kk]un)\s"
)


def _is_told(sentence: PlacedSentence) -> bool:
    """Whether it is a clause of its own: "you order", "we answer", "if …"."""
    return bool(_SUBJECT.match(sentence.text))


def is_phrase(part: OutlinePart, language: str) -> bool:
    """Whether an item is a phrase that a lead-in makes a sentence of: "accounts", "planning of lessons"."""
    read = sentences(part, language)
    if len(read) != 1 or len(read[0].text.split()) > _LONGEST_PHRASE:
        return False
    return not read[0].statement.negators and not _is_told(read[0])


def is_category(part: OutlinePart, language: str) -> bool:
    first = first_sentence(part, language)
    if first is None:
        return False
    if run_in(part.words.text):
        return any(sentence.statement.values("data") for sentence in sentences(part, language))
    opens = _SMALL_OPENER.match(first.text) or _is_told(first)
    return bool(first.statement.values("data")) and not opens and not first.statement.negators


def is_recipient(part: OutlinePart, language: str) -> bool:
    first = first_sentence(part, language)
    short = len(part.words.text.split()) <= _LONGEST_PURPOSE
    return first is not None and short and names_a_party(first) and not _is_told(first)


def is_source(part: OutlinePart, language: str) -> bool:
    read = sentences(part, language)
    return any("public_source" in s.said or (names_a_party(s) and not _is_told(s)) for s in read)


def is_right(part: OutlinePart, language: str) -> bool:
    return any(sentence.rights for sentence in sentences(part, language))


ITEMS: Mapping[str, Callable[[OutlinePart, str], bool]] = {
    "purposes": is_purpose,
    "categories": is_category,
    "recipients": is_recipient,
    "sources": is_source,
    "rights": is_right,
}


def share(parts: Sequence[OutlinePart], language: str, is_item: Callable[[OutlinePart, str], bool]) -> float:
    return sum(is_item(part, language) for part in parts) / max(1, len(parts))


def lead_topics(lead: OutlinePart | None, language: str) -> Iterator[str]:
    """What a lead-in may lead to, what it names last first: it also says that data are processed or that you may."""
    read = sentences(lead, language) if lead else ()
    if not read:
        return
    for topic in reversed(last_named("said", read[-1].text, language)):
        if topic in ITEMS and (topic == "rights" or _processes(read[-1])):
            yield topic
    if len(read) > 1 and "sources" in read[-2].said and _processes(read[-2]):
        yield "sources"


def _processes(sentence: PlacedSentence) -> bool:
    acts = bool(sentence.statement.acts & PROCESSING)
    return acts or sentence.has("data", "data") or sentence.has("mode", "needed")
