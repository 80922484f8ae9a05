"""Kinds that hold prose under a heading with a fact or two: transfers, cookies, security, children, decisions, AI."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import override

from wagtail_privacy.imports.outline import OutlineCell, OutlinePart
from wagtail_privacy.imports.proposal import Fact, ProposedSection, Suggestion
from wagtail_privacy.imports.recognition.chapters import span_of
from wagtail_privacy.imports.recognition.commitments import commitment
from wagtail_privacy.imports.recognition.groups import group, is_abroad, parted, reason_of, with_deeper
from wagtail_privacy.imports.recognition.history import decision, history_entry
from wagtail_privacy.imports.recognition.segments import Segment
from wagtail_privacy.imports.recognition.sentences import PlacedSentence, sentences, sentences_of
from wagtail_privacy.imports.recognition.tables import columns, table_of
from wagtail_privacy.imports.recognition.texts import free_text, heading_text, rich_text
from wagtail_privacy.imports.recognition.values import periods
from wagtail_privacy.imports.recognition.words import concepts
from wagtail_privacy.policy.words import country as country_name
from wagtail_privacy.prose.lexicon import base, lexicon
from wagtail_privacy.prose.statement import Unit

_MECHANISMS = {
    "mechanism_adequacy": "art45_adequacy",
    "mechanism_clauses": "art46_2_c_scc",
    "mechanism_bcr": "art46_2_b_bcr",
}
_SAFEGUARDS = re.compile(
    r"\b46\b|safeguard|skyddsåtgärd|säkerhetsåtgärd|lämpliga garantier|suojatoim|garantier|geeignete\w* garantie",
    re.IGNORECASE,
)
_DEROGATION = re.compile(r"(?:art\w*\.?|artikla\w*)\s49\b|\b49\s(?:artikla|art)", re.IGNORECASE)


def _mechanisms(sentence: PlacedSentence) -> list[str]:
    """The codes of the safeguards that a sentence names."""
    found = [code for topic, code in _MECHANISMS.items() if topic in sentence.topics]
    if _DEROGATION.search(sentence.text):
        found.append("art49_derogation")
    elif not found and "mechanism_other" in sentence.topics and _SAFEGUARDS.search(sentence.text):
        found.append("art46_safeguards")
    return found


def _read(parts: Sequence[OutlinePart], language: str) -> list[PlacedSentence]:
    return [one for part in parts for one in sentences(part, language)]


def prose(
    kind: str, field: str, facts: Callable[[Sequence[PlacedSentence]], Iterator[Fact]] = lambda _read: iter(())
) -> Callable[[Segment, str], Iterator[ProposedSection]]:
    """A builder of sections that are a heading and one text."""

    def build(segment: Segment, language: str) -> Iterator[ProposedSection]:
        texts = {"heading": heading_text(segment.headings[0]) if segment.headings else ""}
        texts[field] = rich_text([*segment.headings[1:], *segment.below])
        filled = {name: text for name, text in texts.items() if text}
        found = tuple(facts(_read(segment.below, language)))
        yield ProposedSection(
            kind, texts["heading"], filled, span_of(segment.parts), reason_of(segment), segment.confidence, found
        )

    return build


_AGE = re.compile(r"\b(\d{1,2})[- ]?(?:vuotia\w*|års?|åring\w*|years?|jähr\w*|jahren?)\b", re.IGNORECASE)


def age_limit(read: Sequence[PlacedSentence]) -> Iterator[Fact]:
    """The only age that is named, in years."""
    found = [(int(match[1]), one.span_of(match.group())) for one in read for match in _AGE.finditer(one.text)]
    found = [(age, span) for age, span in found if _YOUNGEST <= age <= _OLDEST]
    if len({age for age, _span in found}) == 1:
        yield Fact("age_limit", found[0][0], found[0][1], _("The only age that is named."))


#: Between these somebody is no longer a child (Art. 8: 13 to 16).
_YOUNGEST, _OLDEST = 7, 21


def automated(read: Sequence[PlacedSentence]) -> Iterator[Fact]:
    """Whether decisions are made automatically, where a sentence says plainly that they are, or are not."""
    for one in read:
        if "adm_none" in one.topics and not _is_bounded(one) and not one.has("right", "right"):
            yield Fact("in_use", "no", one.span, _("The sentence says that there are none."))
            return
    for one in read:
        if _is_automated(one):
            yield Fact("in_use", "yes", one.span, _("The sentence says that there are some."))
            return


def _is_bounded(sentence: PlacedSentence) -> bool:
    """Whether it denies something within limits only: "without human review", "unless you agree"."""
    operators = sentence.statement.operators
    return any(
        operators[name] for name in ("if", "may", "unless", "without", "except", "only", "as_a_rule", "sometimes")
    )


def _is_automated(sentence: PlacedSentence) -> bool:
    """Whether it says plainly of us that decisions are made so."""
    operators = sentence.statement.operators
    unsure = sentence.statement.negators or sentence.has("right", "right") or "condition" in sentence.said
    unsure = unsure or any(operators[name] for name in ("may", "if", "may_you", "unless", "only", "sometimes"))
    return "adm" in sentence.topics and bool(operators["first_person"]) and not unsure


def training(read: Sequence[PlacedSentence]) -> Iterator[Fact]:
    for one in read:
        trains = any(unit.value == "train" for unit in one.statement.of("act"))
        if trains and one.statement.negators == 1 and not _is_bounded(one):
            yield Fact("training", "no", one.span, _("The sentence says that data are not used so."))
            return


# --- Where data are processed ---


def transfers(segment: Segment, language: str) -> Iterator[ProposedSection]:
    """A group with a transfer for each item or plain sentence that names its country."""
    read = _read(segment.below, language)
    intro, items = parted(segment)
    listed = [_transfer(run, language) for run in with_deeper(items)] if items else []
    if not listed or not all(child.facts for child in listed):
        intro, listed = list(segment.below), list(_transfers_stated(read))
    section = group("transfers", segment, listed, intro)
    yield replace(section, facts=tuple(_place(read)), suggestions=tuple(_transfers_offered(read)))


def _transfer(run: Sequence[OutlinePart], language: str) -> ProposedSection:
    """An item of a list of transfers: its country, if it names one, and its safeguard."""
    read = _read(run, language)
    countries = {
        u.value: one.span_of(u.raw)
        for one in read
        for u in one.statement.of("country")
        if is_abroad(u.value) and not one.statement.negators
    }
    named = {code: one for one in read for code in _mechanisms(one)}
    reason = _("An item of a list of transfers.")
    facts = [Fact("country", code, span, reason) for code, span in countries.items()] if len(countries) == 1 else []
    if facts and len(named) == 1:
        facts += [Fact("mechanism", code, one.span, reason) for code, one in named.items()]
    texts = {"recipient": "; ".join(part.words.text for part in run).rstrip(" ,;.")}
    return ProposedSection("transfer", "", texts, span_of(run), reason, 0.8, tuple(facts))


def _place(read: Sequence[PlacedSentence]) -> Iterator[Fact]:
    """Where data are processed, if the sentences agree on it."""
    found = [(code, one) for one in read if (code := _place_of(one))]
    codes = {code for code, _one in found}
    if "mostly_eea" in codes and "eea" not in codes:
        codes, found = {"mostly_eea"}, [pair for pair in found if pair[0] == "mostly_eea"]
    if len(codes) == 1:
        code, one = found[0]
        yield Fact("place", code, one.span, _("Where the sentence says that data are processed."))


def _place_of(sentence: PlacedSentence) -> str:
    """Where one sentence says that data are: what a law asks, what may be, or a framework's name says nothing of it."""
    of_law = not sentence.keys.isdisjoint({("mode", "law"), ("mode", "framework")})
    if (of_law and not sentence.statement.operators["first_person"]) or _is_unsure(sentence):
        return ""
    inside = bool({("place", "eea"), ("place", "eu")} & sentence.keys) or "inside_eea" in sentence.topics
    outside = ("place", "third_country") in sentence.keys or "outside_eea" in sentence.topics
    outside = outside or any(is_abroad(unit.value) for unit in sentence.statement.of("country"))
    if not sentence.statement.acts & _PROCESSED and "only_inside_eea" not in sentence.topics:
        return ""
    return _within(sentence, outside=outside) if inside and not outside else _beyond(sentence, outside=outside)


#: What is done with data at a place.
_PROCESSED = frozenset({"store", "use", "transfer", "share", "host", "collect", "register"})


def _is_unsure(sentence: PlacedSentence) -> bool:
    operators = sentence.statement.operators
    doubts = ("may", "if", "unless", "sometimes", "even_if", "until", "before", "must")
    return "condition" in sentence.said or any(operators[name] for name in doubts)


def _within(sentence: PlacedSentence, *, outside: bool) -> str:
    """In the EEA, or mainly so; what is transferred "from the EU" is neither."""
    operators = sentence.statement.operators
    if "mainly" in sentence.said or operators["as_a_rule"]:
        return "mostly_eea"
    leaves = "transfer" in sentence.statement.acts and "only_inside_eea" not in sentence.topics
    return "" if leaves or sentence.statement.negators else "eea"


def _beyond(sentence: PlacedSentence, *, outside: bool) -> str:
    """Outside of the EEA, or, where that is denied or only the EEA named, in it."""
    operators = sentence.statement.operators
    if "only_inside_eea" in sentence.topics or (outside and sentence.statement.negators == 1):
        return "" if operators["except"] or operators["without"] or _is_but_for(sentence) else "eea"
    goes = sentence.statement.acts & {"transfer", "share", "store", "host"}
    return "outside" if outside and goes and not sentence.statement.negators else ""


def _is_but_for(sentence: PlacedSentence) -> bool:
    """Whether "only" is what a denial with an exception comes to: "not … without your consent"."""
    known = lexicon(base(sentence.language))
    return any(
        unit.value == "only" and (part := known.concept(unit.raw.casefold())) and part.concept != "operator.only"
        for unit in sentence.statement.of("operator")
    )


def _transfers_stated(read: Sequence[PlacedSentence]) -> Iterator[ProposedSection]:
    """A transfer for each sentence that says plainly that data go to a country; its words stay in the introduction."""
    for one in read:
        countries = {u.value: u.raw for u in one.statement.of("country") if is_abroad(u.value)}
        if len(countries) == 1 and _place_of(one) == "outside":
            ((code, raw),) = countries.items()
            reason = _("The sentence says that data go there.")
            facts = [Fact("country", code, one.span_of(raw), reason)]
            named = _mechanisms(one)
            facts += [Fact("mechanism", named[0], one.span, reason)] if len(named) == 1 else []
            yield ProposedSection("transfer", "", {}, one.span, reason, 0.8, tuple(facts))


def _transfers_offered(read: Sequence[PlacedSentence]) -> Iterator[Suggestion]:
    seen: set[tuple[str, str]] = set()
    for one in read:
        for code in _mechanisms(one):
            if ("mechanism", code) not in seen:
                seen.add(("mechanism", code))
                yield Suggestion("mechanism", code, one.span, _("The sentence names this safeguard."), "transfer")
        for unit in one.statement.of("country"):
            if is_abroad(unit.value) and ("country", unit.value) not in seen and not one.statement.negators:
                seen.add(("country", unit.value))
                yield Suggestion("country", unit.value, one.span_of(unit.raw), _("The sentence names it."), "transfer")


# --- Cookies ---


def cookies(segment: Segment, language: str) -> Iterator[ProposedSection]:
    yield group("cookies", segment, (), segment.below)


def cookies_of_table(segment: Segment, language: str) -> Iterator[ProposedSection]:
    rows, stating, intro = table_of(segment.below)
    named = columns(rows, "cookies", language)
    yield group("cookies", segment, [_cookie(row, named, language) for row in stating], intro)


def _cookie(row: OutlinePart, named: Sequence[str], language: str) -> ProposedSection:
    facts: list[Fact] = []
    texts: dict[str, list[str]] = {}
    for column, cell in zip((*named, *[""] * len(row.cells)), row.cells, strict=False):
        words = cell.words.text
        if not words:
            continue
        denies = any(read.statement.negators for read in sentences_of(cell.words, language))
        if column in ("cookie", "provider") and not denies:
            field = "name" if column == "cookie" else "provider"
            facts.append(Fact(field, words, cell.span, _("The cell below that column heading.")))
            continue
        found = (
            [one for read in sentences_of(cell.words, language) for one in periods(read)]
            if column == "lifetime"
            else []
        )
        if len(found) == 1:
            facts.append(Fact("duration", found[0][0], found[0][2], _("The period in the cell.")))
        facts += _of_cookie(column, cell, language)
        texts.setdefault("title" if column == "type" else "purpose", []).append(words)
    stated = {name: " – ".join(words) for name, words in texts.items()}
    return ProposedSection("cookie", "", stated, row.span, _("A row of a table of cookies."), 0.9, tuple(facts))


_NEEDS = {
    "necessary": "necessary",
    "preferences": "preferences",
    "statistics": "statistics",
    "marketing_cookie": "marketing",
}


def _of_cookie(column: str, cell: OutlineCell, language: str) -> Iterator[Fact]:
    """What kind of cookie its own column calls it, and that it lasts for a session; nothing where several fit."""
    said = [name for name in concepts("said", cell.words.text, language) if name in (*_NEEDS, "session")]
    needs = [name for name in said if name in _NEEDS]
    reason = _("The words in the cell.")
    if column == "type" and len(needs) == 1:
        yield Fact("need", _NEEDS[needs[0]], cell.span, reason)
    if column == "lifetime" and "session" in said:
        yield Fact("lifetime", "session", cell.span, reason)


# --- Recipients in a table ---


def recipients_of_table(segment: Segment, language: str) -> Iterator[ProposedSection]:
    rows, stating, intro = table_of(segment.below)
    named = columns(rows, "recipients", language)
    yield group("recipients", segment, [_recipient(row, named, language) for row in stating], intro)


_FIELDS = {"recipient": "category", "purpose": "purpose", "data": "data"}


def _recipient(row: OutlinePart, named: Sequence[str], language: str) -> ProposedSection:
    facts: list[Fact] = []
    texts: dict[str, list[str]] = {}
    for column, cell in zip((*named, *[""] * len(row.cells)), row.cells, strict=False):
        countries = [(unit, one) for one in sentences_of(cell.words, language) for unit in one.statement.of("country")]
        if column == "country" and len(countries) == 1:
            (unit, one) = countries[0]
            facts.append(Fact("country", unit.value, one.span_of(unit.raw), _("The country in the cell.")))
            if cell.words.text.casefold() in _names(unit, language):
                continue  # the fact says all of it
        if cell.words.text:
            texts.setdefault(_FIELDS.get(column, "category"), []).append(cell.words.text)
    stated = {name: " – ".join(words) for name, words in texts.items()}
    return ProposedSection("recipient", "", stated, row.span, _("A row of a table of recipients."), 0.85, tuple(facts))


def _names(country: Unit, language: str) -> set[str]:
    """How a cell names ``country``, and nothing else: as it was read, or whole where that is of several words."""
    with override(language):
        return {country.raw.casefold(), country_name(country.value).casefold()}


def definitions_of_table(segment: Segment, language: str) -> Iterator[ProposedSection]:
    _rows, stating, intro = table_of(segment.below)
    children = [
        ProposedSection(
            "definition", "",
            {"term": row.cells[0].words.text, "meaning": "".join(f"<p>{cell.html}</p>" for cell in row.cells[1:])},
            row.span, _("A row of a table of definitions."), 0.9,
        )
        for row in stating
        if row.cells
    ]  # fmt: skip
    yield group("definitions", segment, children, intro)


# --- Choices, promises, changes, history ---


def choices(segment: Segment, language: str) -> Iterator[ProposedSection]:
    yield group("choices", segment, (), segment.below)


_CHOICES: Mapping[str, str] = {
    "browser": r"(?:webb?läsar|nettleser|browser|selain)\w*",
    "communication": r"(?:kommunikation|kommunikasjon|communication|viestin)\w*",
    "marketing": r"(?:marknadsför|markedsfør|marketing|markkinoin|werbung|newsletter|nyhetsbrev|reklam)\w*",
    "account": r"(?:konto|account|tili)\w*",
}


def choice(heading: OutlinePart, below: Sequence[OutlinePart], language: str) -> ProposedSection:
    """A sub-heading among the choices."""
    words = heading.words.text
    found = next(
        ((code, m) for code, pattern in _CHOICES.items() if (m := re.search(pattern, words, re.IGNORECASE))), None
    )
    facts: tuple[Fact, ...] = ()
    if found:
        code, match = found
        facts = (Fact("choice", code, heading.words.in_source(*match.span()), _("The heading names the choice.")),)
    texts = {"title": heading_text(heading), "explanation": rich_text(below)}
    filled = {name: text for name, text in texts.items() if text}
    span = span_of([heading, *below])
    return ProposedSection("choice", texts["title"], filled, span, _("A heading among the choices."), 0.8, facts)


def commitments(segment: Segment, language: str) -> Iterator[ProposedSection]:
    """Promises, each a whole paragraph; other words introduce them."""
    children, before = [], []
    for part in segment.below:
        read = sentences(part, language)
        code = commitment(read[0]) if read else ""
        if code:
            fact = Fact("commitment", code, read[0].span, _("A promise of a shape that means nothing else."))
            texts = {"statement": part.words.text}
            children.append(ProposedSection("commitment", "", texts, part.span, _("A promise."), 0.8, (fact,)))
        else:
            before.append(part)
    if children:
        yield group("commitments", segment, children, before)
    else:
        yield free_text(segment.headings, segment.below)


def changes(segment: Segment, language: str) -> Iterator[ProposedSection]:
    """How changes are announced stays text: the block would print the settings of the site."""
    offers = []
    for one in _read(segment.below, language):
        if one.has("act", "inform") and not one.statement.negators:
            reason = _("The words may promise a notice; the block prints the settings of this site.")
            offers.append(Suggestion("note", one.text, one.span, reason, "change_notice"))
    yield free_text(segment.headings, segment.below, suggestions=offers[:1])


def history(segment: Segment, language: str) -> Iterator[ProposedSection]:
    """Earlier changes: each line that begins with a day; lines behind the last of them are text."""
    below = list(segment.below)
    entries = [history_entry(part, language) for part in below]
    known = [n for n, entry in enumerate(entries) if entry]
    if not known:
        yield free_text(segment.headings, below)
        return
    last = known[-1] + 1
    while last < len(below) and below[last].kind == "item":
        last += 1
    children = [entry or _undated(below[n]) for n, entry in enumerate(entries[:last]) if entry or n > known[0]]
    section = group("earlier_history", segment, children, below[: known[0]])
    span = section.span[0], below[last - 1].span[1]
    yield ProposedSection(
        section.kind, section.heading, section.texts, span, section.reason, section.confidence, children=tuple(children)
    )
    if below[last:]:
        yield free_text((), below[last:])


def _undated(part: OutlinePart) -> ProposedSection:
    texts = {"description": rich_text([part])}
    return ProposedSection("history_entry", "", texts, part.span, _("Stands among earlier changes."), 0.75)


def decided(segment: Segment, language: str) -> Iterator[ProposedSection]:
    yield decision(segment.headings, segment.below, language)
