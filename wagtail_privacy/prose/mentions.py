"""What a text says in a form that other languages share: dates, periods, numbers, names and addresses.

Made for texts that say the same in two languages; what one of them says as a word or in another form is no difference.
Periods and numbers in words are read where there is a lexicon, names of months in all languages that Babel knows;
elsewhere digits alone count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from wagtail_privacy.policy.words import plain
from wagtail_privacy.prose.blocks import sentences
from wagtail_privacy.prose.dates import iso
from wagtail_privacy.prose.lexicon import base
from wagtail_privacy.prose.names import COMPANIES
from wagtail_privacy.prose.quantities import Quantity, number, numeral, period
from wagtail_privacy.prose.reader import read_sentence
from wagtail_privacy.prose.statement import Unit
from wagtail_privacy.prose.tokens import tokens

MentionKind = Literal["date", "period", "number", "name", "address"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One of them: ``words`` as the text writes it, ``value`` the same in every language.

    A date's value is ``YYYY-MM-DD``, ``YYYY-MM`` or ``--MM-DD`` (or two of them, ``|`` between), a period's an ISO 8601
    duration, with ``days`` to compare it by.
    """

    kind: MentionKind
    value: str
    words: str
    days: float = 0.0


#: "PayPal", "DonorBox", but neither "URLs" nor "NutzerInnen".
_CAMEL = re.compile(r"\b[^\W\d_]*[a-zåäöæøü][A-ZÅÄÖÆØÜ][^\W\d_]*\b(?<!Innen)(?<!In)")
#: The last word of a company's name with what kind it is: what stands before it may be the start of a sentence.
_COMPANY = re.compile(rf"\b[A-ZÅÄÖÆØÜ][\w&.’'-]*\s(?:A/S|{'|'.join(map(re.escape, sorted(COMPANIES)))})\b")
_URL = re.compile(r"(?:https?://|\bwww\.)([\w.-]+\w)[^\s\"'<>)]*")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_DIGITS = re.compile(r"\d{1,9}")
#: Endings that a language may put to a name, at most: "LinkedInissä".
_ENDING = 5
_SHORTEST_STEM = 5
#: How much two periods may differ and still be one: a year is 12 months, but not to the day.
_SAME_PERIOD = 0.03
#: So many last digits of a phone number are the same from abroad.
_LAST_DIGITS = 7


class Mentions:
    """What a text (plain or HTML) in ``language`` says of them; ``names`` are looked for beside those that show."""

    def __init__(self, text: str, language: str, names: Iterable[str] = ()) -> None:
        self._language = language.lower().replace("_", "-").split("-")[0]
        self._lexicon = base(language)
        self._text = plain(text)
        self._folded = self._text.casefold()
        self._units = tuple(self._read(text))
        self._own = tuple(filter(None, map(self._mention, self._units)))
        self._named = (*_names(_URL.sub(" ", _EMAIL.sub(" ", self._text)), names), *_addresses(text, self._text))

    def __iter__(self) -> Iterator[Mention]:
        seen: dict[tuple[str, str], Mention] = {}
        for mention in (*self._own, *self._named):
            seen.setdefault((mention.kind, mention.value), mention)
        return iter(seen.values())

    def say(self, mention: Mention) -> bool:
        """Whether the same is said here, in whatever form."""
        if mention.kind == "date":
            return any(set(mention.value.split("|")) & set(own.value.split("|")) for own in self._of("date"))
        if mention.kind == "period":
            return self._say_period(mention)
        if mention.kind == "number":
            # "6.1" may be a decimal, or Article 6(1) in one language.
            return mention.value in self._numbers or {*mention.value.split(".")} <= self._numbers
        known = mention.value
        if mention.kind == "name":
            known = known[: max(_SHORTEST_STEM, len(known) - _ENDING)]
        return known in self._folded or any(known == own.value for own in self._named)

    def _of(self, kind: MentionKind) -> list[Mention]:
        return [mention for mention in self._own if mention.kind == kind]

    def _read(self, html: str) -> Iterator[Unit]:
        for sentence in sentences(html):
            if self._lexicon:
                yield from read_sentence(sentence, self._lexicon).units
            else:
                yield from (Unit(token.kind, token.text, token.raw) for token in tokens(sentence.text, self._language))

    def _mention(self, unit: Unit) -> Mention | None:
        if unit.kind == "date":
            day = unit.value if self._lexicon else iso(unit.value, self._language)
            return Mention("date", day, unit.raw) if day else None
        if unit.kind in ("period", "age") and unit.quantity and unit.quantity.unit != "indefinite":
            return Mention("period", unit.value, unit.raw, unit.quantity.size)
        if unit.kind == "phone":
            return Mention("number", re.sub(r"\D", "", unit.raw)[-_LAST_DIGITS:], unit.raw)
        if unit.kind == "article":
            return Mention("number", ".".join(_DIGITS.findall(unit.raw)), unit.raw)
        if unit.kind in ("number", "money") and any(map(str.isdigit, unit.raw)):
            return _counted(unit.quantity.value if unit.quantity else number(unit.raw), unit.raw)
        return None

    def _say_period(self, mention: Mention) -> bool:
        if any(abs(own.days - mention.days) <= _SAME_PERIOD * mention.days for own in self._of("period")):
            return True
        if not self._lexicon:
            return not mention.words[0].isdigit() or not set(_DIGITS.findall(mention.words)).isdisjoint(self._numbers)
        if any(_is_one(unit, mention) for unit in self._units):
            return True
        # The number with a unit that was not understood.
        counted = set(_DIGITS.findall(mention.words))
        own = {digits for period_ in self._of("period") for digits in _DIGITS.findall(period_.words)}
        return bool(counted) and counted <= self._numbers - own

    @cached_property
    def _numbers(self) -> frozenset[str]:
        """Every number that stands here in any way, also as a word or in a date."""
        found = [unit.quantity.value for unit in self._units if unit.quantity]
        for sentence in sentences(self._text):
            for token in tokens(sentence.text, self._lexicon or self._language):
                value = number(token.text) if token.kind == "number" else None
                if token.kind == "word" and self._lexicon:
                    value = numeral(token.text, self._lexicon)
                found += [value] if value is not None else []
        written = {str(int(digits)) for digits in _DIGITS.findall(self._text)}
        phones = {mention.value for mention in self._of("number")}
        return frozenset({_plain(value) for value in found} | written | phones)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _counted(value: Decimal | None, words: str) -> Mention | None:
    """Numbers in digits from 2 on: one is as often a word."""
    return Mention("number", _plain(value), words) if value is not None and value >= 2 else None


def _is_one(unit: Unit, mention: Mention) -> bool:
    """Whether ``unit`` is a unit of time alone, of which ``mention`` is one: "vuoden ajan" is for one year."""
    if unit.kind != "unit" or unit.value == "indefinite":
        return False
    one: Quantity = period(Decimal(1), unit.value)
    return one.iso == mention.value


def _addresses(html: str, text: str) -> Iterator[Mention]:
    """E-mail addresses as they are; of web addresses the organisation: each language has a page of its own."""
    for match in _EMAIL.finditer(text):
        yield Mention("address", match.group().casefold(), match.group())
    for match in _URL.finditer(html):
        labels = match[1].casefold().split(".")
        organisation = labels[-3] if len(labels) > 2 and len(labels[-2]) <= 3 else labels[-2 if len(labels) > 1 else 0]
        yield Mention("address", organisation, match[1].removeprefix("www."))


def _names(text: str, known: Iterable[str]) -> Iterator[Mention]:
    for pattern in (_CAMEL, _COMPANY):
        for match in pattern.finditer(text):
            yield Mention("name", match.group().casefold(), match.group())
    for name in known:
        if re.search(rf"\b{re.escape(name)}", text, re.IGNORECASE):
            yield Mention("name", name.casefold(), name)
