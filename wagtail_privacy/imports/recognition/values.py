"""Values that words state: periods as they are written, authorities by their names, legal bases, marketing, days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from django.utils.translation import gettext as _

from wagtail_privacy.imports.outline import Span
from wagtail_privacy.imports.proposal import Fact, Suggestion
from wagtail_privacy.imports.recognition.sentences import PlacedSentence
from wagtail_privacy.policy.authorities import AUTHORITIES
from wagtail_privacy.policy.durations import parse
from wagtail_privacy.prose.dates import iso
from wagtail_privacy.prose.lexicon import base, lexicon
from wagtail_privacy.prose.statement import Unit
from wagtail_privacy.prose.tokens import tokens

#: What one of a unit is in the units that the reader makes equal: a year is twelve months.
_UNITS = {"day": ("D", 1), "week": ("W", 7), "month": ("M", 1), "quarter": ("M", 1), "year": ("Y", 12)}
#: Where several countries' authorities bear one name, or languages share a country.
_BY_LANGUAGE = {"nb": "NO", "da": "DK", "sv": "SE", "fi": "FI", "de": "DE"}
_BASES = {
    "consent": "art6_1_a",
    "contract": "art6_1_b",
    "legal_obligation": "art6_1_c",
    "vital_interest": "art6_1_d",
    "public_task": "art6_1_e",
    "legitimate_interest": "art6_1_f",
}
_CITED = re.compile(
    r"\b6\s?(?:artiklan\s)?[(.,]?\s?(?:(?:abs|absatz|stk|nr|kohdan|punkt)\.?\s)?1\)?\s?(?:kohdan\s)?,?\s?"
    r"(?:satz\s1\s)?(?:(?:lit|litra|buchst|buchstabe|bokstav|punkt|alakohta)\.?\s)?\(?([a-f])\b",
    re.IGNORECASE,
)


def duration_of(unit: Unit, language: str) -> str:
    """A period in the units that it is written in: "two years" is P2Y, "24 months" P24M; empty if it is none."""
    if unit.kind not in ("period", "age") or unit.quantity is None or unit.value == "indefinite":
        return ""
    named = _unit_named(unit.raw, language)
    iso_value = unit.quantity.iso
    if named in _UNITS:
        letter, factor = _UNITS[named]
        amount = Decimal(unit.quantity.value) / factor
        if unit.quantity.unit == ("P1D" if letter in "DW" else "P1M") and amount == int(amount):
            iso_value = f"P{int(amount)}{letter}"
    try:
        parse(iso_value)
    except ValueError:
        return ""
    return iso_value


def _unit_named(raw: str, language: str) -> str:
    known = lexicon(base(language))
    for token in reversed(tokens(raw, base(language))):
        for part in known.parts(token.text) if token.kind == "word" else ():
            if part.concept.startswith("unit."):
                return part.concept.removeprefix("unit.")
    return ""


def periods(sentence: PlacedSentence) -> Iterator[tuple[str, bool, Span]]:
    """Each period of a sentence, whether it is the longest that may be, and the words that state it."""
    # "Pupils' data are erased after 3 years": where children are spoken of, the reader takes years for an age.
    kinds = ("period",) if sentence.has("data", "age") or not _stores(sentence) else ("period", "age")
    for unit in sentence.statement.of(*kinds):
        if unit.quantity and unit.quantity.kind == "age":  # "when you have turned 18 years"
            continue
        if value := duration_of(unit, sentence.language):
            bound = unit.quantity.bound if unit.quantity else ""
            yield value, bound == "max", sentence.span_of(unit.raw)


def _stores(sentence: PlacedSentence) -> bool:
    return any(unit.value in ("store", "erase", "anonymise") for unit in sentence.statement.of("act"))


# --- Authorities ---


@lru_cache(maxsize=1)
def _authority_names() -> Sequence[tuple[re.Pattern[str], str]]:
    found: list[tuple[re.Pattern[str], str]] = []
    for country, authority in AUTHORITIES.items():
        names = [authority.name, *authority.names.values(), *authority.former_names]
        short = {match for name in names for match in re.findall(r"\(([A-ZÄÖÅ][A-Za-zÄÖÅ]{1,5})\)", name)}
        whole = {re.sub(r"\s*\(.*?\)", "", name).replace("’", "['’]") for name in names}
        found += [
            (re.compile(rf"\b{name}(?:n|s|en|et|ens)?\b", re.IGNORECASE), country) for name in whole if len(name) > 4
        ]
        found += [(re.compile(rf"\b{name}(?:s|:s|:n|:lle)?\b"), country) for name in short if len(name) > 2]
    return tuple(found + [(re.compile(pattern, re.IGNORECASE), country) for pattern, country in _OTHER_NAMES])


#: How authorities are called in the other languages.
_OTHER_NAMES = (
    (r"\bintegritetsskyddsmyndighet\w*|\bswedish authority for privacy protection\b|\bdata inspection board\b", "SE"),
    (r"\btietosuojavaltuutet\w*|\bdataombudsman\w*|\bdata protection ombudsman\b", "FI"),
    (r"\binformation commissioner\w*", "GB"),
    (r"\bnorwegian data protection authority\b|\bdatatilsynet i norge\b", "NO"),
    (r"\bdanish data protection agency\b|\bdatatilsynet i danmark\b", "DK"),
)


def authority(text: str, language: str) -> tuple[str, int, int] | None:
    """The country of the supervisory authority that ``text`` names, and where; ``None`` if several or none."""
    found = [
        (country, match.start(), match.end()) for names, country in _authority_names() if (match := names.search(text))
    ]
    countries = {country for country, _start, _end in found}
    if len(countries) > 1 and len({(start, end) for _country, start, end in found}) == 1:
        mine = _BY_LANGUAGE.get(base(language), "")
        found = [one for one in found if one[0] == mine]
    elif len(countries) > 1:
        return None
    return found[0] if found else None


# --- Legal bases ---


def bases(sentence: PlacedSentence) -> Iterator[tuple[str, Span]]:
    """The legal bases that a sentence names, by word or by article, with the words."""
    seen: set[str] = set()
    for match in _CITED.finditer(sentence.text):
        code = f"art6_1_{match[1].casefold()}"
        if code not in seen:
            yield code, sentence.span_of(match.group())
        seen.add(code)
    for unit in sentence.statement.of("ground"):
        code = _BASES.get(unit.value, "")
        if code and code not in seen:
            seen.add(code)
            yield code, sentence.span_of(unit.raw)


_CONDITIONS = re.compile(
    r"\b9\s?(?:artiklan\s)?[(.,]?\s?(?:(?:abs|absatz|stk|nr|kohdan|punkt)\.?\s)?2\)?\s?(?:kohdan\s)?,?\s?"
    r"(?:(?:lit|litra|buchst|buchstabe|bokstav|punkt|alakohta)\.?\s)?\(?([a-j])\b",
    re.IGNORECASE,
)


def special_conditions(sentence: PlacedSentence) -> Iterator[tuple[str, Span]]:
    """The conditions of Art. 9(2) that a sentence cites."""
    for match in _CONDITIONS.finditer(sentence.text):
        yield f"art9_2_{match[1].casefold()}", sentence.span_of(match.group())


def states_a_basis(sentence: PlacedSentence) -> bool:
    """Whether it says that something is the legal basis, not only that there is a contract or a consent."""
    rests = "rests_on" in sentence.topics and not sentence.has("act", "share", "transfer", "sell")
    return rests or "basis_word" in sentence.topics or bool(_CITED.search(sentence.text))


def basis_suggestions(read: Sequence[PlacedSentence], kind: str = "legal_basis") -> Iterator[Suggestion]:
    seen: set[str] = set()
    for sentence in read:
        for code, span in bases(sentence):
            if code not in seen and not sentence.topics & {"deemed_consent"}:
                seen.add(code)
                yield Suggestion("basis", code, span, _("These words may name the legal basis."), kind)


# --- Whether people must give their data ---

_PROVISION = "provision_"
_NEITHER = re.compile(r"\b(?:neither|weder|varken|hverken|verken)\b|\?$", re.IGNORECASE)


def provision(read: Sequence[PlacedSentence]) -> Fact | None:
    """Whether data have to be given, and why, if one sentence says so plainly and no other differs."""
    found = [(code, one) for one in read if (code := _provision_of(one))]
    if len({code for code, _one in found}) != 1:
        return None
    code, one = found[0]
    return Fact("provision", code, one.span, _("The words say whether people must give their data."))


def _provision_of(sentence: PlacedSentence) -> str:
    codes = [said.removeprefix(_PROVISION) for said in sentence.said if said.startswith(_PROVISION)]
    operators = sentence.statement.operators
    unsure = "condition" in sentence.said or any(operators[name] for name in ("if", "may", "unless", "sometimes"))
    gives = operators["first_person"] and sentence.has("act", "share", "transfer", "sell")
    if len(codes) != 1 or "provide" not in sentence.said or unsure or gives or _NEITHER.search(sentence.text):
        return ""
    return codes[0] if codes[0] == "voluntary" or not sentence.statement.negators else ""


def provision_suggestions(read: Sequence[PlacedSentence]) -> Iterator[Suggestion]:
    """What text says of giving data, for a purpose to take."""
    if found := provision(read):
        yield Suggestion(found.field, found.value, found.span, found.reason, "purpose")


# --- Marketing ---


def direct_marketing(read: Sequence[PlacedSentence]) -> Fact | Suggestion | None:
    """A fact where marketing is sent or directed to a person, an offer where only one of the two is said."""
    offered: Suggestion | None = None
    for sentence in read:
        names = "marketing" in sentence.said
        letter = sentence.has("mode", "newsletter")
        if not (names or letter) or sentence.statement.negators or sentence.has("act", "refuse"):
            continue
        words = sentence.span
        if names and (letter or _is_directed(sentence)):
            return Fact("direct_marketing", True, words, _("Marketing that is sent or directed to a person."))
        reason = _("Marketing or a newsletter: whether it is directed to a person, the words leave open.")
        offered = offered or Suggestion("direct_marketing", True, words, reason)
    return offered


_YOU = {
    "sv": r"\b(?:dig|er)\b",
    "en": r"\b(?:send|sending|email|emails|direct|to you|with you|you (?:with )?(?:marketing|offers|promotions))\b",
    "fi": r"\b(?:sinulle|teille|suora\w*|lähet\w*)\b",
    "nb": r"\b(?:deg|direkte)\b",
    "da": r"\b(?:dig|direkte)\b",
    "de": r"\b(?:ihnen|sie|direkt\w*|zusend\w*|versend\w*)\b",
}


def _is_directed(sentence: PlacedSentence) -> bool:
    known = base(sentence.language)
    sent = any(unit.value == "contact" for unit in sentence.statement.of("act"))
    return sent or bool(re.search(_YOU[known], sentence.text, re.IGNORECASE)) or bool(_DIRECT.search(sentence.text))


_DIRECT = re.compile(r"\b(?:direkt|direct|suora)[- ]?(?:mark|rek|werb)", re.IGNORECASE)


# --- Days ---


def days(sentence: PlacedSentence) -> Iterator[tuple[str, str]]:
    """The days and months that it names, unambiguous ones only, with their words."""
    for token in tokens(sentence.text, base(sentence.language)):
        if token.kind == "date":
            first, _or, other = iso(token.text, base(sentence.language)).partition("|")
            # "4.2.2024" has its day first everywhere, "4/2/2024" does but in English.
            clear = not other or "." in token.raw or base(sentence.language) != "en"
            if clear and re.fullmatch(r"(?:19|20)\d\d(?:-\d\d){0,2}", first):
                yield first, token.raw
