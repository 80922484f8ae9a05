"""How somebody is reached: names, numbers, addresses of any kind, wherever they stand in a line or a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from wagtail_privacy.imports.outline import OutlinePart, Span, Words
from wagtail_privacy.imports.proposal import Fact
from wagtail_privacy.imports.recognition.evidence import has_contact
from wagtail_privacy.imports.recognition.words import concepts, first_named
from wagtail_privacy.prose.sentences import ends_a_sentence

#: A longer line is no line of an address.
LONGEST_LINE = 100

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"'),;]+[^\s<>\"'),;.]")
_PHONE = re.compile(r"(?<![\w.,/-])(?:\+\d{1,3}|0\d)(?:[ ()/–-]{0,2}\d){5,12}(?![\w-])")
#: Of Sweden, Finland, Norway, Denmark and Germany, alone or after their name.
_NUMBER = re.compile(r"(?<![\d-])(?:\d{6}-\d{4}|\d{7}-\d|HRB\s?\d{3,6}|VR\s?\d{3,6})(?![\d-])")
_NAMED_NUMBER = re.compile(
    r"(?:org\.?(?:anisasjons|anisations)?\.?\s?-?(?:nr|nummer|no)?\.?|cvr(?:[-. ]?(?:nr|nummer))?\.?|y-tunnus|"
    r"company number|registration number|business id)[:\s]*((?:[A-Z]{2})?\d[\d -]{5,12}\d)",
    re.IGNORECASE,
)
_CITY = r"[A-ZÅÄÖÆØÜ][^\W\d_]+(?:[ -][A-ZÅÄÖÆØÜ][^\W\d_]+){0,2}(?:\s[A-ZÅÄÖÆØ](?![\w-]))?"
_POSTAL = re.compile(rf"(?<![\d-])(?:[A-Z]{{1,2}}-)?(?:\d{{3}}\s\d{{2}}|\d{{5}}|\d{{4}})\s+{_CITY}")
_STREET = re.compile(
    r"(?:[^\W\d_][\w.'’ -]{0,40}?|[A-ZÅÄÖ][\w.'’ -]{1,40})\s\d{1,4}(?:\s?[-–]\s?\d{1,4})?(?:\s?[A-Za-z](?!\w))?"
)
_LAST_STREET = re.compile(rf"(?:^|[,;:(]\s*)({_STREET.pattern})\s*,?\s*$")
#: What companies, associations and authorities end in, or are called, in the Nordic countries, Germany and Britain.
_SUFFIX = (
    r"(?:AB|HB|KB|Aktiebolag|Handelsbolag|ek\.?\s?för\.?|Oy|Oyj|Ky|ry|rf|ASA?|ApS|A/S|I/S|K/S|GmbH(?:\s&\sCo\.?\sKG)?|gGmbH|AG|UG|KG|"
    r"OHG|e\.\s?V\.|eG|Ltd\.?|Limited|PLC|plc|LLC|LLP|Inc\.?|Foundation|Stiftung)"
)
_COMPANY = re.compile(rf"[^\W_][\w&.'’/-]*(?:\s(?:&\s)?[^\W_][\w&.'’/-]*){{0,6}}?\s{_SUFFIX}(?![\w])")
_MASKED = re.compile(r"\[email.protected\]")


def is_contact_line(part: OutlinePart) -> bool:
    """Whether a part is a line of an address, of a telephone number or the like, not a sentence with one."""
    text = part.words.text
    return (
        len(text) <= LONGEST_LINE
        and (has_contact(text) or bool(_URL.search(text) or _MASKED.search(text)))
        and (not ends_a_sentence(text) or len(text.split()) < 8)
    )


def is_line(part: OutlinePart) -> bool:
    """Whether it can stand among such lines: a name, a label, a street."""
    text = part.words.text
    return (
        part.kind in ("paragraph", "item", "row")
        and len(text) <= LONGEST_LINE
        and not (ends_a_sentence(text) and len(text.split()) >= 8)
    )


def contact_run(parts: Sequence[OutlinePart]) -> tuple[int, int]:
    """The first run of lines that reach somebody, with the names and labels among them; (0, 0) for none."""
    at = 0
    while at < len(parts):
        end = next((n for n in range(at, len(parts)) if not is_line(parts[n])), len(parts))
        if end > at and any(map(is_contact_line, parts[at:end])):
            return at, end
        at = end + 1
    return 0, 0


#: "Our legal basis", "the purpose".
_ARTICLE = re.compile(
    r"^(?:the|our|vår|vårt|våra|vores|våre|unsere?|der|die|das|den|senast|viimeksi)\s+", re.IGNORECASE
)


def label_of(text: str, language: str) -> tuple[str, int]:
    """What a line says before its colon that its value is, and where the value begins; empty for no label."""
    head, colon, _rest = text.partition(":")
    if not colon or len(head) > 50 or len(head.split()) > 5:
        return "", 0
    named = first_named("columns", head, language) or first_named("columns", _ARTICLE.sub("", head), language)
    at = len(head) + 1
    return named, at + len(text[at:]) - len(text[at:].lstrip())


def contact_facts(parts: Sequence[OutlinePart], language: str, fields: frozenset[str]) -> tuple[Fact, ...]:
    """One fact for each of ``fields`` that exactly one value is stated for."""
    found: dict[str, dict[str, Fact]] = {}
    for fact in _all_facts(parts, language):
        if fact.field in fields:
            found.setdefault(fact.field, {}).setdefault(fact.value, fact)
    unsure = {name for name, facts in found.items() if len(facts) > 1} - {"name", "address", "phone"}
    return tuple(next(iter(facts.values())) for name, facts in found.items() if name not in unsure)


def _all_facts(parts: Sequence[OutlinePart], language: str) -> Iterator[Fact]:
    for part in parts:
        yield from _of_words(part.words)
        yield from _labelled_phone(part, language)
    yield from _addresses(parts)
    yield from _names(parts, language)


def _of_words(words: Words) -> Iterator[Fact]:
    text = words.text
    for match in _EMAIL.finditer(text):
        yield _fact("email", match.group(), words, match.span(), _("An e-mail address."))
    for match in _URL.finditer(text):
        yield _fact("website", match.group(), words, match.span(), _("An address on the web."))
    number = _NUMBER.search(text)
    if number:
        yield _fact("organisation_number", number.group(), words, number.span(), _("The number of an organisation."))
    elif named := _NAMED_NUMBER.search(text):
        yield _fact("organisation_number", named[1].strip(), words, named.span(1), _("The number of an organisation."))
    taken = [number.span()] if number else [named.span(1)] if named else []
    for match in _PHONE.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            yield _fact("phone", match.group(), words, match.span(), _("A telephone number."))


def _labelled_phone(part: OutlinePart, language: str) -> Iterator[Fact]:
    """Digits after the label of a telephone, in countries whose numbers begin with any."""
    text = part.words.text
    label, at = label_of(text, language)
    digits = re.match(r"\+?\d[\d ()/–-]{4,18}\d(?![\w-])", text[at:]) if label == "phone" else None
    if digits:
        yield _fact("phone", digits.group(), part.words, (at, at + digits.end()), _("A telephone number."))


def _fact(field: str, value: str, words: Words, at: Span, reason: str) -> Fact:
    return Fact(field, value, words.in_source(*at), reason)


def _addresses(parts: Sequence[OutlinePart]) -> Iterator[Fact]:
    """A street or box and a place with its code, in one line or in two."""
    for number, part in enumerate(parts):
        text = part.words.text
        postal = _POSTAL.search(text)
        if not postal:
            continue
        before = text[: postal.start()]
        place = part.words.in_source(*postal.span())
        if street := _LAST_STREET.search(before):
            start = part.words.in_source(*street.span(1))[0]
            yield Fact("address", f"{street[1]}\n{postal.group()}", (start, place[1]), _("A postal address."))
        elif not before.strip() and number and (street := _STREET.fullmatch(_unlabelled(parts[number - 1].words.text))):
            words = parts[number - 1].words
            start = words.in_source(words.text.index(street.group()), len(words.text))[0]
            yield from _above(parts[: number - 1])
            yield Fact("address", f"{street.group()}\n{postal.group()}", (start, place[1]), _("A postal address."))


def _above(parts: Sequence[OutlinePart]) -> Iterator[Fact]:
    """The line above a street, as on a letter."""
    text = parts[-1].words.text.rstrip(" ,") if parts else ""
    plain = text[:1].isupper() and ":" not in text and not has_contact(text) and not re.search(r"[\d(.]", text)
    if plain and len(text.split()) <= 6 and not parts[-1].mark:
        yield _fact("name", text, parts[-1].words, (0, len(text)), _("The line above a postal address."))


def _unlabelled(text: str) -> str:
    return text.rpartition(":")[2].strip(" ,") if ":" in text[:30] else text.strip(" ,")


def _names(parts: Sequence[OutlinePart], language: str) -> Iterator[Fact]:
    """What has the form of an organisation's name, or stands after the label of one."""
    for part in parts:
        text = part.words.text
        label, at = label_of(text, language)
        is_named = label == "name" or (at > 0 and "controller" in concepts("said", text[:at], language))
        if is_named and text[at : at + 1].isupper() and len(text) <= LONGEST_LINE:
            yield _fact(
                "name", text[at:].rstrip(" .,"), part.words, (at, len(text.rstrip(" .,"))), _("A name after its label.")
            )
            continue
        for match in _COMPANY.finditer(text):
            start, end = _without_label(text, match.start(), match.end(), language)
            yield _fact("name", text[start:end], part.words, (start, end), _("The name of an organisation."))


def is_of_a_name(text: str, raw: str) -> bool:
    """Whether ``raw`` is a part of an organisation's name: the country in "Example Ireland Ltd"."""
    return any(raw in match.group() for match in _COMPANY.finditer(text))


def _without_label(text: str, start: int, end: int, language: str) -> Span:
    """Without words before the name that only say whose it is: "Controller Example Ltd"."""
    words = list(re.finditer(r"\S+", text[start:end]))
    for word in words[:-2]:
        named = first_named("said", text[start + word.start() : end], language)
        small = not (text[start + word.start()].isupper() or text[start + word.start()].isdigit())
        if named not in ("controller", "is", "pronoun", "joint") and not small:
            return start + word.start(), end
    return (start + words[-2].start(), end) if len(words) > 1 else (start, end)
