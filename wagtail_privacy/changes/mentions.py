"""The numbers, dates, names and addresses that a text mentions: what a translation must say too.

Languages write them in their own way: "25 May 2018" is "25. toukokuuta 2018", "two years" "kahden vuoden", "2,5" 2.5.
What is *mentioned* is read strictly; whether another text *says* it is asked leniently, so that a number that is
written as a word or in another form is no difference. Number words and units of time are known in the six languages of
:data:`NUMERALS`, names of months in all that Babel knows; elsewhere digits alone count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError

from wagtail_privacy.changes.patterns import UNITS
from wagtail_privacy.policy.words import plain

MentionKind = Literal["date", "period", "number", "name", "address"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One of them: ``words`` as the text writes it, ``value`` the same in every language.

    A date's value is ``YYYY-MM-DD``, ``YYYY-MM`` or ``--MM-DD`` (or two of them, ``|`` between), a period's
    ``count×days of the unit``.
    """

    kind: MentionKind
    value: str
    words: str


def _numerals(text: str) -> dict[str, int]:
    """``"två=2 kahde*=2"``: a word, or with an asterisk the beginning of one, and its number."""
    pairs = (item.partition("=") for item in text.split())
    return {word: int(number) for word, _equals, number in pairs}


#: From 2 on: "one" is an article in most of these languages.
NUMERALS: Mapping[str, Mapping[str, int]] = {
    "sv": _numerals(
        "två=2 tre=3 fyra=4 fem=5 sex=6 sju=7 åtta=8 nio=9 tio=10 elva=11 tolv=12 tretton=13 fjorton=14 femton=15 "
        "sexton=16 sjutton=17 arton=18 nitton=19 tjugo=20 tjugofyra=24 trettio=30 fyrtio=40 femtio=50 sextio=60 "
        "nittio=90 hundra=100"
    ),
    "en": _numerals(
        "two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 thirteen=13 fourteen=14 "
        "fifteen=15 sixteen=16 seventeen=17 eighteen=18 nineteen=19 twenty=20 twenty-four=24 thirty=30 forty=40 "
        "fifty=50 sixty=60 ninety=90 hundred=100"
    ),
    "fi": _numerals(
        "kaksi*=2 kahde*=2 kahta=2 kolme*=3 neljä*=4 viisi*=5 viide*=5 viittä=5 kuusi=6 kuude*=6 kuutta=6 seitsem*=7 "
        "kahdeksa*=8 yhdeksä*=9 kymmene*=10 yksitoista=11 kaksitoista=12 kahdentoista=12 kolmetoista=13 "
        "kolmentoista=13 neljätoista=14 neljäntoista=14 viisitoista=15 kuusitoista=16 kuudentoista=16 "
        "kahdeksantoista=18 kaksikymmentä=20 kaksikymmentäneljä=24 kolmekymmentä=30 kolmenkymmenen=30 "
        "kuusikymmentä=60 kuudenkymmenen=60 yhdeksänkymmentä=90 yhdeksänkymmenen=90 sata=100 sadan=100"
    ),
    "nb": _numerals(
        "to=2 tre=3 fire=4 fem=5 seks=6 sju=7 syv=7 åtte=8 ni=9 ti=10 elleve=11 tolv=12 tretten=13 fjorten=14 "
        "femten=15 seksten=16 sytten=17 atten=18 nitten=19 tjue=20 tjuefire=24 tretti=30 førti=40 femti=50 seksti=60 "
        "nitti=90 hundre=100"
    ),
    "da": _numerals(
        "to=2 tre=3 fire=4 fem=5 seks=6 syv=7 otte=8 ni=9 ti=10 elleve=11 tolv=12 tretten=13 fjorten=14 femten=15 "
        "seksten=16 sytten=17 atten=18 nitten=19 tyve=20 fireogtyve=24 tredive=30 fyrre=40 halvtreds=50 tres=60 "
        "halvfems=90 hundrede=100"
    ),
    "de": _numerals(
        "zwei*=2 drei*=3 vier=4 vierer=4 fünf=5 sechs=6 sieben=7 acht=8 neun=9 zehn=10 elf=11 zwölf=12 dreizehn=13 "
        "vierzehn=14 fünfzehn=15 sechzehn=16 siebzehn=17 achtzehn=18 neunzehn=19 zwanzig=20 vierundzwanzig=24 "
        "dreißig=30 vierzig=40 fünfzig=50 sechzig=60 neunzig=90 hundert=100"
    ),
}

_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_URL = re.compile(r"(?:https?://|\bwww\.)([\w.-]+\w)[^\s\"'<>)]*")
_PHONE = re.compile(r"(?<![\w.])(?:\+|0)\d(?:[\s()./–-]{0,2}\d){6,14}(?![\w-])")
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,\u00a0\u202f ]\d{3}(?!\d))*(?:[.,]\d{1,2})?(?=(?:st|nd|rd|th)?\b)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
_ISO_DATE = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_NUMERIC_DATE = re.compile(r"\b(\d{1,2})([./])\s?(\d{1,2})\2\s?(\d{4})\b")
#: "PayPal", "DonorBox", but neither "URLs" nor "NutzerInnen".
_CAMEL = re.compile(r"\b[^\W\d_]*[a-zåäöæøü][A-ZÅÄÖÆØÜ][^\W\d_]*\b(?<!Innen)(?<!In)")
#: The last word of a company's name with what kind it is: what stands before it may be the start of a sentence.
_COMPANY = re.compile(r"\b[A-ZÅÄÖÆØÜ][\w&.’'-]*\s(?:AB|Oyj?|ApS|A/S|ASA?|GmbH|AG|Inc|LLC|Ltd|PLC|B\.V)\b")
#: Endings that a language may put to a name, at most: "LinkedInissä".
_ENDING = 5
_SHORTEST_STEM = 5
#: What a day is called that is not any day: "kalenderdagar", "arkipäivää", "Werktage".
_DAYS_OF = "kalender|arbets|bank|var|werk|geschäfts|arki|hverdags|virke"
#: How much two periods may differ and still be one: a year is 12 months, but not to the day.
_SAME_PERIOD = 0.03


class Mentions:
    """What a text (plain or HTML) in ``language`` mentions; ``names`` are looked for beside those that show."""

    def __init__(self, text: str, language: str, names: Iterable[str] = ()) -> None:
        known = language.lower().split("-")[0]
        self._language = {"no": "nb", "nn": "nb"}.get(known, known)
        self._text = plain(text)
        self._folded = self._text.casefold()
        self._addresses = tuple(_addresses(text, self._text))
        self._names = tuple(_names(_URL.sub(" ", _EMAIL.sub(" ", self._text)), names))
        # What is read as one thing is taken out, so that the year of a date is no number.
        left = _URL.sub(" ", _EMAIL.sub(" ", self._text))
        self._dates, left = _taken(_date_readers(self._language), left)
        _phones, left = _taken([(_PHONE, _phone)], left)
        self._periods, left = _taken(_period_readers(self._language), left)
        self._digits = tuple(_digits(left))

    def __iter__(self) -> Iterator[Mention]:
        seen: dict[tuple[str, str], Mention] = {}
        for mention in (*self._dates, *self._periods, *self._digits, *self._names, *self._addresses):
            seen.setdefault((mention.kind, mention.value), mention)
        return iter(seen.values())

    def say(self, mention: Mention) -> bool:
        """Whether the same is said here, in whatever form."""
        if mention.kind == "date":
            return any(set(mention.value.split("|")) & set(own.value.split("|")) for own in self._dates)
        if mention.kind == "period":
            return self._say_period(mention)
        if mention.kind == "number":
            # "6.1" may be a decimal, or Article 6(1) in one language.
            return mention.value in self._numbers or {*mention.value.split(".")} <= self._numbers
        value = mention.value
        if mention.kind == "name":
            value = value[: max(_SHORTEST_STEM, len(value) - _ENDING)]
        return value in self._folded or any(value == own.value for own in self._addresses)

    def _say_period(self, mention: Mention) -> bool:
        days = _days(mention)
        if any(abs(_days(own) - days) <= _SAME_PERIOD * days for own in self._periods):
            return True
        count, unit = mention.value.split("×")
        beginnings = [beginning for beginning, length in _units(self._language) if length == float(unit)]
        if count == "1" and beginnings:
            return any(beginning in self._folded for beginning in beginnings)
        if not beginnings:
            return not mention.words[0].isdigit() or count in self._numbers
        # The number with a unit that was not understood: "fjorton dygn".
        return count in self._numbers and all(own.value.split("×")[0] != count for own in self._periods)

    @cached_property
    def _numbers(self) -> frozenset[str]:
        """Every number that stands here in any way, also as a word or in a date."""
        whole = (_value(match.group()) for match in _NUMBER.finditer(self._text))
        parts = map(float, re.findall(r"\d{1,9}", self._text))
        words = (_numeral(word, self._language) for word in _WORD.findall(self._folded))
        return frozenset(f"{number:g}" for number in (*whole, *parts, *words) if number)


Reader = tuple[re.Pattern[str], Callable[[re.Match[str]], Mention | None]]


def _taken(readers: Iterable[Reader], text: str) -> tuple[tuple[Mention, ...], str]:
    """What ``readers`` find in ``text``, and the text without it."""
    found: list[Mention] = []
    for pattern, read in readers:
        position, left = 0, list[str]()
        for match in pattern.finditer(text):
            if mention := read(match):
                found.append(mention)
                left.append(text[position : match.start()])
                position = match.end()
        text = " ".join([*left, text[position:]])
    return tuple(found), text


def _addresses(html: str, text: str) -> Iterator[Mention]:
    """E-mail addresses as they are; of web addresses the organisation: each language has a page of its own."""
    for match in _EMAIL.finditer(text):
        yield Mention("address", match.group().casefold(), match.group())
    for match in _URL.finditer(html):
        labels = match[1].casefold().split(".")
        organisation = labels[-3] if len(labels) > 2 and len(labels[-2]) <= 3 else labels[-2 if len(labels) > 1 else 0]
        yield Mention("address", organisation, match[1].removeprefix("www."))


def _names(text: str, known: Iterable[str]) -> Iterator[Mention]:
    for match in _CAMEL.finditer(text):
        yield Mention("name", match.group().casefold(), match.group())
    for match in _COMPANY.finditer(text):
        yield Mention("name", match.group().casefold(), match.group())
    for name in known:
        if re.search(rf"\b{re.escape(name)}", text, re.IGNORECASE):
            yield Mention("name", name.casefold(), name)


def _digits(text: str) -> Iterator[Mention]:
    """Numbers in digits from 2 on: one is as often a word."""
    for match in _NUMBER.finditer(text):
        if (value := _value(match.group())) >= 2:
            yield Mention("number", f"{value:g}", match.group())


def _phone(match: re.Match[str]) -> Mention:
    return Mention("number", re.sub(r"\D", "", match.group())[-7:], match.group())


def _value(digits: str) -> float:
    """``"10 000"``, ``"10.000"`` and ``"10,000"`` are ten thousand; ``"2,5"`` and ``"2.5"`` two and a half."""
    joined = re.sub(r"[.,\s](?=\d{3}(?:\D|$))", "", digits)
    return float(joined.replace(",", ".").replace(" ", ""))


def _days(period: Mention) -> float:
    count, unit = period.value.split("×")
    return float(count) * float(unit)


def _units(language: str) -> list[tuple[str, float]]:
    return list(UNITS.items()) if language in NUMERALS else []


def _period_readers(language: str) -> list[Reader]:
    if language not in NUMERALS:
        return []
    words = sorted((word.replace("*", r"\w{0,6}?") for word in NUMERALS[language]), key=len, reverse=True)
    units = "|".join(beginning for beginning, _days in _units(language))
    pattern = re.compile(
        rf"\b(?P<count>\d{{1,4}}(?:[.,]\d)?|{'|'.join(words)})(?:[\s-]+(?:\(\d+\)\s*)?(?:[^\W\d_]{{3,12}}\s)?)?"
        rf"(?:{_DAYS_OF})?(?P<unit>(?:{units}))\w{{0,8}}",
        re.IGNORECASE,
    )

    def read(match: re.Match[str]) -> Mention | None:
        count = _value(match["count"]) if match["count"][0].isdigit() else _numeral(match["count"].casefold(), language)
        return Mention("period", f"{count:g}×{UNITS[match['unit'].casefold()]:g}", match.group()) if count else None

    return [(pattern, read)]


def _numeral(word: str, language: str) -> float:
    """The number that ``word`` is, 0 if it is none."""
    known = NUMERALS.get(language, {})
    stems = (stem for stem in known if stem.endswith("*") and word.startswith(stem[:-1]))
    return known.get(word) or known.get(max(stems, key=len, default=""), 0)


@lru_cache(maxsize=16)
def _months(language: str) -> Mapping[str, int]:
    """The names of the months in all forms that Babel has, folded, with their numbers."""
    try:
        months = Locale(language).months
    except (UnknownLocaleError, ValueError):
        return {}
    forms = (months[context][width] for context in ("format", "stand-alone") for width in ("wide", "abbreviated"))
    return {name.casefold().rstrip("."): number for form in forms for number, name in form.items()}


def _date_readers(language: str) -> list[Reader]:
    readers: list[Reader] = [(_ISO_DATE, lambda match: _date(match[1], match[2], match[3], match.group()))]
    readers.append((_NUMERIC_DATE, _numeric_date))
    months = _months(language)
    if months:
        names = "|".join(map(re.escape, sorted(months, key=len, reverse=True)))
        month, day = rf"(?P<month>{names})(?:\w{{0,3}}|\.)", r"(?P<day>\d{1,2})(?:\.\s?|(?:st|nd|rd|th|er|:e)?\s)"
        year = r"(?P<year>\d{4})"
        forms = (
            rf"\b{day}(?:(?:of|de)\s)?{month},?\s(?:de\s)?{year}\b",
            rf"\b{month}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s{year}\b",
            rf"\b{month},?\s(?:de\s)?{year}\b",
            rf"\b{day}(?:(?:of|de)\s)?{month}\b",
        )
        readers += [(re.compile(form, re.IGNORECASE), lambda match: _named_date(match, months)) for form in forms]
    return readers


def _named_date(match: re.Match[str], months: Mapping[str, int]) -> Mention | None:
    parts = match.groupdict()
    return _date(parts.get("year"), str(months[parts["month"].casefold()]), parts.get("day"), match.group())


def _numeric_date(match: re.Match[str]) -> Mention | None:
    """Day and month in either order: "5/6/2018" says one of two days."""
    readings = (
        _date(match[4], month, day, match.group()) for month, day in ((match[3], match[1]), (match[1], match[3]))
    )
    values = [reading.value for reading in readings if reading]
    return Mention("date", "|".join(dict.fromkeys(values)), match.group()) if values else None


def _date(year: str | None, month: str, day: str | None, words: str) -> Mention | None:
    try:
        found = date(int(year or 2000), int(month), int(day or 1))
    except ValueError:
        return None
    return Mention("date", f"{year or '-'}-{found:%m}" + (f"-{found:%d}" if day else ""), words)
