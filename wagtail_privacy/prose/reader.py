"""Sentences read as statements: tokens looked up once, values first, then phrases, words and names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from wagtail_privacy.prose.blocks import Sentence, sentences
from wagtail_privacy.prose.combinations import combined, without_courtesy
from wagtail_privacy.prose.dates import iso
from wagtail_privacy.prose.lexicon import LANGUAGES, MOST_WORDS, NO_WORD, Lexicon, Phrase, base, lexicon
from wagtail_privacy.prose.names import TITLES, with_names, without_titles
from wagtail_privacy.prose.negation import missing
from wagtail_privacy.prose.quantities import Quantity, number, numeral, period
from wagtail_privacy.prose.regions import find, may_begin
from wagtail_privacy.prose.sentences import ends_a_sentence
from wagtail_privacy.prose.statement import SILENT, Statement, Unit
from wagtail_privacy.prose.tokens import Token, tokens

#: So far apart the words of one phrase may stand: "geben Ihr Foto an Händler nicht mehr weiter".
_REACH = 14
_WORDS = ("word", "symbol")
_COUNTED = (*_WORDS, "number")
#: Which of them count a period is looked at where they stand: "within a month".
_ARTICLES = frozenset({"a", "an"})
#: In years, the ages that policies draw a line at: who may consent, who is of age.
_YOUNGEST, _OLDEST = 13, 21
#: Where this is done, "over 15 years" is how long.
_KEEPING = frozenset({"act.store", "act.erase"})
#: What a relative clause begins with in German after a comma.
_RELATIVES = frozenset("der die das den dem deren dessen denen welche welcher welches".split())  # noqa: SIM905
#: What opens a clause that follows a main one.
_SUBORDINATE = frozenset({"indem", "um", "wenn", "dass", "damit", "falls", "sofern", "sobald"})
_YOU = frozenset({"du", "ni", "dere", "sie", "de", "man", "vi", "wir"})
_AUXILIARIES = frozenset({"har", "er", "är", "haben", "sind", "vill", "vil", "möchten", "ønsker", "wollen", "önskar"})


def read(html: str, language: str) -> tuple[Statement, ...]:
    """What ``html`` or plain text in ``language`` states, sentence by sentence; nothing without a lexicon."""
    known = base(language)
    return tuple(read_sentence(sentence, known) for sentence in sentences(html)) if known else ()


@lru_cache(maxsize=4096)
def read_sentence(sentence: Sentence, language: str) -> Statement:
    """One sentence in a language that has a lexicon."""
    place = sentence.place.context
    context = _words(place, language).units if place else ()
    read = _words(sentence.text, language)
    units = read.units
    if context:
        units = tuple(_with_unit_of_place(unit, context) for unit in units)
    units = without_courtesy(units, asks=sentence.text.rstrip().endswith("?"))
    is_paper = read.is_paper or _is_of_the_file(sentence.text, units)
    return Statement(
        sentence.text, language, sentence.place, units, context, read.names_a_paper, is_paper, read.names_hours
    )


def _is_paper(found: Sequence[Token], known: Lexicon) -> bool:
    """Whether nothing but the policy's own date, version or number stands there."""
    words = [token for token in found if token.kind == "word"]
    begins_so = bool(words) and known.known[words[0].text].is_paper
    return all(
        known.known[word.text].is_paper or _is_silent(word.text, known) or (word.raw.isupper() and begins_so)
        for word in words
    )


#: Lines at the head of a file, which say what it is called and how it is shown, not what is done.
_OF_THE_FILE = re.compile(r"(?:(?:title|layout|slug|draft|lastmod|permalink|weight)|[a-z]+(?:_[a-z]+)+):\s*\S.*")


def _is_of_the_file(text: str, units: Sequence[Unit]) -> bool:
    if ":" not in text or not _OF_THE_FILE.fullmatch(text) or ends_a_sentence(text):
        return False
    name, _colon, value = text.partition(":")
    return ("_" in name and len(value.split()) == 1) or not any(u.kind in ("act", "party", "data") for u in units)


def _is_silent(word: str, known: Lexicon) -> bool:
    return len(word) == 1 or all(part.concept.partition(".")[0] in (*SILENT, "unit") for part in known.parts(word))


def _with_unit_of_place(unit: Unit, context: Sequence[Unit]) -> Unit:
    """A bare number takes its unit from the head of its column or the lead-in: "Days: 30"."""
    if unit.kind != "number" or unit.quantity is None:
        return unit
    named = next((other.value for other in context if other.kind == "unit" and other.value != "indefinite"), "")
    if not named:
        return unit
    quantity = period(unit.quantity.value, named, unit.quantity.bound)
    return Unit("period", quantity.iso, unit.raw, unit.clause, unit.at, quantity)


class _ReadWords(NamedTuple):
    """What the words of a sentence are, wherever it stands; the rest as in :class:`Statement`."""

    units: tuple[Unit, ...]
    names_a_paper: bool
    is_paper: bool
    names_hours: bool


@lru_cache(maxsize=4096)
def _words(text: str, language: str) -> _ReadWords:
    found = tokens(text, language)
    reader = _Reader(found, language, text)
    return _ReadWords(
        tuple(combined(reader.units(), language)),
        reader.names_a_paper,
        reader.names_a_paper and _is_paper(found, reader.lexicon),
        reader.names_hours,
    )


@lru_cache(maxsize=len(LANGUAGES))
def _simple(_language: str) -> dict[str, _SimpleWord]:
    """The words of a language that were found to be so."""
    return {}


class _SimpleWord(NamedTuple):
    """A word that means the same wherever it begins no phrase, no quantity and no name of a place.

    ``parts`` are kind and value of each; ``opens``: it begins a clause; ``is_person``: "we", which begins one after
    what opens it; ``seconds`` are the second keys of its phrases; ``may_count``: a quantity may begin with it;
    ``is_so_anywhere``: there is no such phrase, quantity or place to look for.
    """

    parts: tuple[tuple[str, str], ...]
    opens: bool
    is_person: bool
    seconds: frozenset[str]
    may_count: bool
    may_be_a_place: bool
    is_so_anywhere: bool


#: Names of countries that are words in small letters.
_COUNTRIES_IN_CAPITALS = {"us": "US", "usa": "US", "uk": "GB"}
_PERSON = "operator.first_person"
#: Concepts that begin a clause.
_OPENING = frozenset(
    {
        *("opener.which", "opener.because", "opener.but", "operator.if", "operator.unless", "operator.even_if"),
        *("operator.until", "operator.before"),
    }
)


class _Reader:
    """One sentence on its way from tokens to units."""

    def __init__(self, found: Sequence[Token], language: str, text: str) -> None:
        self.text = text
        self.tokens = found
        self.language = language
        self.lexicon: Lexicon = lexicon(language)
        self.simple = _simple(self.language)
        known = self.lexicon.known
        self.words = [text for _kind, text, _raw in found]
        self.known = [known[text] if kind in _WORDS else NO_WORD for kind, text, _raw in found]
        keys, _phrases, _numbers, _parts, _concept, is_unit, is_paper, is_hour = zip(*self.known, NO_WORD, strict=True)
        self.taken = [False] * len(found)
        self.clause = 0
        self.in_subordinate = False
        #: The keys of all its words: a phrase with others need not be looked for.
        self.present: frozenset[str] = frozenset().union(*keys)
        #: Without a unit of time or money there is no quantity.
        self.has_units = any(is_unit)
        self.names_a_paper = any(is_paper)
        self.names_hours = any(is_hour)

    def units(self) -> Sequence[Unit]:
        found: list[Unit] = []
        if self._begins_with_a_condition():
            found.append(self._of("operator.if", 0))
        after = 0
        simple_word, taken, present = self.simple.get, self.taken, self.present
        for at, (kind, text, raw) in enumerate(self.tokens):
            if at < after or taken[at]:
                continue
            simple = simple_word(text) if kind == "word" else None
            if simple and (simple.is_so_anywhere or (simple.seconds.isdisjoint(present) and self._is_so(simple, raw))):
                if simple.opens or (simple.is_person and self._follows_an_opener(at)):
                    found += self._word(at)
                else:
                    for part, value in simple.parts:
                        found.append(Unit(part, value, raw, self.clause, at))
                continue
            fresh, after = self._next(at)
            found += fresh
        return with_names(without_titles(found, self.tokens, self.words), self.tokens, self.language)

    def _is_so(self, word: _SimpleWord, raw: str) -> bool:
        """Whether ``word`` begins neither a quantity here nor the name of a place."""
        return not (word.may_count and self.has_units) and not (word.may_be_a_place and raw[0].isupper())

    def _follows_an_opener(self, at: int) -> bool:
        return at > 0 and self._concept(at - 1).startswith("opener.")

    def _begins_with_a_condition(self) -> bool:
        """ "Mener du at …, kan du klage": a verb before "you" is a condition where verbs stand second."""
        if self.language in ("en", "fi") or len(self.tokens) < 4 or self.words[1] not in _YOU or "?" in self.text:
            return False
        if self.language == "de" and not self._goes_on_after_a_comma():
            return False
        if any(p.concept == "discourse" and self._match(p, 0) for p in self.known[0].phrases):
            return False  # "Zögern Sie nicht, uns zu schreiben"
        first = self._concept(0).partition(".")[0]
        return (
            first in ("act", "right", "mode", "") or self.words[0] in _AUXILIARIES or self._concept(0) == "operator.may"
        )

    def _goes_on_after_a_comma(self) -> bool:
        """Whether a main clause may follow: "Fordern Sie einen Bericht an, indem Sie uns schreiben" is a request."""
        return any(
            one == "," and other not in _SUBORDINATE for one, other in zip(self.words, self.words[1:], strict=False)
        )

    def _next(self, at: int) -> tuple[list[Unit], int]:
        token = self.tokens[at]
        if token.kind == "break":
            relative = self.language == "de" and token.text == "," and set(self.words[at + 1 : at + 2]) <= _RELATIVES
            closes = token.text == "," and self.in_subordinate
            self.clause += token.text in (";", ":") or closes or relative
            self.in_subordinate = relative or (self.in_subordinate and token.text not in (",", ";", ":"))
            return [], at + 1
        if token.kind not in _COUNTED:
            return [self._unit(token.kind, _value(token, self.language), at)], at + 1
        if self.known[at].phrases and (found := self._phrase(at)):
            return found
        if self.has_units and self._may_count(at) and (quantity := self._quantity(at)):
            return quantity
        if token.kind == "number":
            value = number(token.text)
            if value is not None and self._is_age_in_years_alone(value, at):
                years = replace(period(value, "year", self._side_of_age(at)), kind="age")
                return [self._unit("age", years.iso, at, years)], at + 1
            bare = Quantity("number", value) if value is not None else None
            return [self._unit("number", bare.iso if bare else token.text, at, bare)], at + 1
        if region := self._region(at):
            return region
        self._remember(at)
        return self._word(at), at + 1

    def _whole(self, kind: str, at: int, last: int, quantity: Quantity) -> Unit:
        """A quantity with all its words: "two years"."""
        raw = " ".join(token.raw for token in self.tokens[at : last + 1])
        return Unit(kind, quantity.iso, raw, self.clause, at, quantity)

    def _unit(self, kind: str, value: str, at: int, quantity: Quantity | None = None) -> Unit:
        return Unit(kind, value, self.tokens[at].raw, self.clause, at, quantity)

    # --- Values ---

    def _remember(self, at: int) -> None:
        """A word that means the same wherever it begins no phrase is read once."""
        word = self.words[at]
        parts = [part.concept or f"unknown.{part.stem}" for part in self.known[at].parts]
        if self.tokens[at].kind != "word" or "-u" in word:
            return
        if word.rstrip(".") in TITLES:
            return
        if self.language == "fi" and (_FROM_A_CITY.match(word) or missing(word)):
            return
        if self.language in ("nb", "da") and word.capitalize() in _FORMAL_YOU:
            return
        if len(self.simple) >= MOST_WORDS:
            self.simple.clear()
        split = (part.partition(".") for part in parts)
        seconds = frozenset(phrase.keys[1] for phrase in self.known[at].phrases)
        may_count = self._may_count(at)
        may_be_a_place = may_begin(word, self.language) or word in _COUNTRIES_IN_CAPITALS
        self.simple[word] = _SimpleWord(
            tuple((kind, value or kind) for kind, _dot, value in split),
            opens=not _OPENING.isdisjoint(parts),
            is_person=_PERSON in parts,
            seconds=seconds,
            may_count=may_count,
            may_be_a_place=may_be_a_place,
            is_so_anywhere=not (seconds or may_count or may_be_a_place),
        )

    def _may_count(self, at: int) -> bool:
        """Whether a quantity may begin there: what is asked of each word, before it is read on."""
        known = self.known[at]
        return (
            known.is_unit
            or bool(known.numbers)
            or self.tokens[at].kind == "number"
            or self.words[at] in _ARTICLES
            or numeral(self.words[at], self.language) is not None
        )

    def _quantity(self, at: int) -> tuple[list[Unit], int] | None:
        """A number, in digits or words, with its unit of time or money."""
        token = self.tokens[at]
        if token.kind == "symbol" and self._concept(at).startswith("money.") and at + 1 < len(self.tokens):
            value = number(self.words[at + 1]) if self.tokens[at + 1].kind == "number" else None
            if value is not None:
                return [self._money(value, self._concept(at), at)], at + 2
        value, after = self._number(at)
        if value is None:
            return self._unit_alone(at)
        for here in range(after, min(after + 3, len(self.tokens))):
            concept = self._concept(here)
            if concept == "unit.indefinite":
                return None
            if concept.startswith("unit."):
                quantity = period(value, concept.removeprefix("unit."), "")
                if concept == "unit.year" and self._is_age(value, at, here):
                    quantity = replace(quantity, kind="age", bound=self._side_of_age(at))
                return [self._whole(quantity.kind, at, here, quantity)], here + 1
            if concept.startswith("money."):
                return [self._money(value, concept, at)], here + 1
            if self.tokens[here].kind not in ("word", "number") and self.words[here] not in ("(", ")"):
                break
            if concept and not concept.startswith(("small", "discourse")):
                break
        return None

    def _is_age(self, years: Decimal, first: int, last: int) -> bool:
        """Whether the years from ``first`` to ``last`` are of a person: "fyllt 16 år", "16 years old".

        Data can be two years old, too: what is only "old", or "over 18", is a person's age where the years are those
        that policies name of people.
        """
        beside = {concept for at in (first - 1, last + 1) for concept in self._age_words(at)}
        if "age.reached" in beside:
            return True
        if not _YOUNGEST <= years <= _OLDEST:
            return False
        limits = self._side_of_age(first) and _KEEPING.isdisjoint(known.concept for known in self.known)
        return bool(limits) or "age.old" in beside

    def _is_age_in_years_alone(self, years: Decimal, at: int) -> bool:
        """Whether a number is an age although nothing says years: "fyldt 18", "aged 16", "16-Jährige"."""
        if not _YOUNGEST <= years <= _OLDEST:
            return False
        named = {*self._age_words(at - 1), *self._age_words(at + 1)} & {"age.reached", "age.old"}
        of_age = "data.age" in {known.concept for known in self.known[max(0, at - 3) : at + 2]}
        of_children = self._side_of_age(at) and "party.children" in {known.concept for known in self.known}
        return bool(named or of_age or of_children)

    def _side_of_age(self, at: int) -> str:
        """The bound of the age that begins at ``at``, by the word before it: "under 16", "ab 18"."""
        before = set(self._age_words(at - 1))
        return "max" if "age.under" in before else "min" if "age.from" in before else ""

    def _age_words(self, at: int) -> Iterator[str]:
        if 0 <= at < len(self.words):
            words = lexicon(self.language).aside["age"]
            yield from (words[key] for key in self.known[at].keys if key in words)

    def _number(self, at: int) -> tuple[Decimal | None, int]:
        """The number that begins at ``at``, and where what follows it stands."""
        token = self.tokens[at]
        if token.kind == "number":
            return number(token.text), at + 1
        for phrase in self.known[at].numbers:
            if end := self._match(phrase, at):
                return Decimal(phrase.concept.removeprefix("number.")), end[-1] + 1
        if self._is_one(at):
            return Decimal(1), at + 1
        value = numeral(token.text, self.language) if token.kind == "word" else None
        return value, at + 1

    def _is_one(self, at: int) -> bool:
        """Whether an English article counts a period: "within a month", but not "once a month" or "5 euros a month"."""
        if self.language != "en" or self.words[at] not in ("a", "an") or at + 1 == len(self.words):
            return False
        concept = self._concept(at + 1)
        counts = at == 0 or self.words[at - 1] in _BEFORE_A_PERIOD
        return counts and concept.startswith("unit.") and concept != "unit.indefinite"

    def _unit_alone(self, at: int) -> tuple[list[Unit], int] | None:
        """In Finnish "viikon kuluessa" is within one week; elsewhere a unit alone is a word."""
        concept = self._concept(at)
        if concept == "unit.indefinite":
            return [self._unit("period", "indefinite", at, Quantity("period", Decimal(0), "indefinite"))], at + 1
        if not concept.startswith("unit."):
            return None
        word = self.words[at]
        if self.language == "fi" and word.endswith(("n", "ksi")) and not word.endswith(("ien", "jen")):
            quantity = period(Decimal(1), concept.removeprefix("unit."))
            return [self._unit("period", quantity.iso, at, quantity)], at + 1
        return None

    def _money(self, value: Decimal, concept: str, at: int) -> Unit:
        quantity = Quantity("money", value, concept.removeprefix("money."))
        return self._unit("money", quantity.iso, at, quantity)

    def _concept(self, at: int) -> str:
        return self.known[at].concept

    # --- Words ---

    def _match(self, phrase: Phrase, at: int) -> list[int]:
        """Where the words of ``phrase`` stand, if it begins at ``at``."""
        places: list[int] = []
        here = at
        for number_, key in enumerate(phrase.keys):
            reach = _REACH if number_ >= phrase.gap else 1
            if here > at and here < len(self.tokens) and self.words[here] == ",":
                here += 1  # "so oft, wie Sie wollen"
            place = next((n for n in range(here, min(here + reach, len(self.tokens))) if self._is(n, key)), None)
            if place is None or any(self.words[n] in (";", ":") for n in range(here, place)):
                return []
            places.append(place)
            here = place + 1
        return places

    def _is(self, at: int, key: str) -> bool:
        return not self.taken[at] and key in self.known[at].keys

    def _phrase(self, at: int) -> tuple[list[Unit], int] | None:
        present = self.present
        for phrase in self.known[at].phrases:
            if present.issuperset(phrase.keys) and (places := self._match(phrase, at)):
                for place in places:
                    self.taken[place] = True
                return [self._of(phrase.concept, at)], at + 1
        return None

    def _of(self, concept: str, at: int) -> Unit:
        kind, _dot, value = concept.partition(".")
        opens = (kind == "opener" and value in ("which", "because")) or (
            kind == "operator" and value in ("if", "unless", "even_if", "until", "before")
        )
        self.clause += opens or (kind == "opener" and value == "but")
        self.in_subordinate = self.in_subordinate or opens
        if concept == _PERSON and self._follows_an_opener(at):
            self.clause += 1
        return self._unit(kind, value or kind, at)

    def _region(self, at: int) -> tuple[list[Unit], int] | None:
        raw = self.tokens[at].raw
        stem = _FROM_A_CITY.match(self.words[at]) if self.language == "fi" else None
        if stem and (home := find([stem[1]], 0, "fi")):
            return [self._unit("city", home[0].code, at)], at + 1
        if not raw[0].isupper():
            return None
        if raw.isupper() and self.words[at] in _COUNTRIES_IN_CAPITALS:
            return [self._unit("country", _COUNTRIES_IN_CAPITALS[self.words[at]], at)], at + 1
        if found := find(self.words, at, self.language):
            region, count = found
            if not (region.is_city and count == 1 and self._concept(at)):
                return [self._unit("city" if region.is_city else "country", region.code, at)], at + count
        return None

    def _word(self, at: int) -> list[Unit]:
        word = self.words[at]
        if self.language in ("nb", "da") and self._is_formal_you(at):
            return [self._of("operator.second_person", at)]
        if word.rstrip(".") in TITLES:
            return [self._of("small.small", at)]
        if "-u" in word and _OF_A_FRAMEWORK.fullmatch(word) and not _FRAMEWORKS.isdisjoint(self.words):
            return [self._of("mode.framework", at)]
        if self.language == "fi" and (bare := missing(word)) and word not in self.lexicon.words:
            found = [self._of(part.concept or f"unknown.{part.stem}", at) for part in self.lexicon.parts(bare)]
            return [self._of("operator.without", at), *found]
        return [self._of(part.concept or f"unknown.{part.stem}", at) for part in self.known[at].parts]

    def _is_formal_you(self, at: int) -> bool:
        """ "De" with a capital is "you"; at the start it may be "they", but for a right or a request."""
        if self.tokens[at].raw not in _FORMAL_YOU:
            return False
        return bool(at) or any(known.concept.startswith(_ASKED_FOR) for known in self.known)


_FORMAL_YOU = frozenset({"De", "Dem", "Deres"})
_ASKED_FOR = ("right.", "act.request")
#: Agreements between states, which are named by where data go: "the EU-US Data Privacy Framework".
_OF_A_FRAMEWORK = re.compile(r"(?:eu|uk|swiss|schweiz)-u\.?s\.?")
_FRAMEWORKS = frozenset({"shield", "framework", "dpf"})
#: Words before "a month" that is as long as one.
_BEFORE_A_PERIOD = frozenset(
    {
        "within",
        "for",
        "after",
        "in",
        "of",
        "over",
        "than",
        "least",
        "most",
        "to",
        "until",
        "under",
        "about",
        "around",
        "only",
    }
)
#: "turkulainen": from Turku.
_FROM_A_CITY = re.compile(r"(\w{3,})l(?:ai|äi)(?:nen|s\w*)$")


def _value(token: Token, language: str) -> str:
    """Emails, addresses, dates, phone numbers and articles in the form in which they are compared."""
    if token.kind == "date":
        return iso(token.text, language) or token.text
    if token.kind in ("email", "url"):
        return token.text.rstrip(".,;:/")
    if token.kind == "article":
        return ".".join(_parts_of_citation(token.text))
    return "".join(char for char in token.text if char.isdigit())


def _parts_of_citation(text: str) -> Iterator[str]:
    """The article, paragraph and letter of "Art. 6 Abs. 1 lit. f", "artikel 6(1)(f)", "Article 6.1 f"."""
    text = _FIRST_SENTENCE.sub(" ", text)
    yield from re.findall(r"\d+|\b[a-k]\b(?!\w)", text.partition(" ")[2] or text)


#: Cited by some and left out by most: "Art. 6 Abs. 1 S. 1 lit. f" has one sentence with letters.
_FIRST_SENTENCE = re.compile(r"\b(?:satz|s)\.?\s?1\b")
