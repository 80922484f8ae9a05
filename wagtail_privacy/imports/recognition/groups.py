"""Groups with one section an item: categories of data, recipients, sources, choices, definitions, cookies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from django.utils.translation import gettext as _

from wagtail_privacy.imports.outline import OutlinePart
from wagtail_privacy.imports.plain_outline import run_in
from wagtail_privacy.imports.proposal import Fact, ProposedSection, Suggestion
from wagtail_privacy.imports.recognition.chapters import span_of
from wagtail_privacy.imports.recognition.contacts import is_of_a_name
from wagtail_privacy.imports.recognition.evidence import is_recipient, names_a_party
from wagtail_privacy.imports.recognition.segments import Segment
from wagtail_privacy.imports.recognition.sentences import sentences
from wagtail_privacy.imports.recognition.texts import free_text, heading_text, rich_text
from wagtail_privacy.prose.regions import EEA

#: Data that Art. 9 protects, as units of the lexicon.
SPECIAL = frozenset({"health", "sex_life", "religion", "politics", "union", "ethnicity", "genetic", "biometric"})
#: A longer item only mentions such data among others.
_SHORT = 8


def group(
    kind: str, segment: Segment, children: Sequence[ProposedSection], intro: Sequence[OutlinePart]
) -> ProposedSection:
    """A group of ``kind`` with the headings and paragraphs that stand before its children."""
    texts = {"heading": heading_text(segment.headings[0]) if segment.headings else ""}
    texts["introduction"] = rich_text([*segment.headings[1:], *intro])
    filled = {name: text for name, text in texts.items() if text}
    return ProposedSection(
        kind,
        texts["heading"],
        filled,
        span_of(segment.parts or [*intro] or segment.below) if segment.parts or intro else children[0].span,
        reason_of(segment),
        segment.confidence,
        children=tuple(children),
    )


def reason_of(segment: Segment) -> str:
    """Why a segment is what it is."""
    if segment.headings:
        words = segment.headings[0].words.text
        return _("The heading “%(words)s” says so, and what stands below it does.") % {"words": words}
    lead = next((block.lead for block in segment.blocks if block.lead), None)
    if lead:
        return _("What leads to the list says so, and its items do.")
    return _("What the sentences state.")


def parted(segment: Segment) -> tuple[list[OutlinePart], list[OutlinePart]]:
    """The parts before the items of a segment's first list, and those items with all that follows."""
    before: list[OutlinePart] = []
    items: list[OutlinePart] = []
    for block in segment.blocks:
        if items or block.kind in ("list", "table"):
            before += [block.lead] if block.lead and not items else []
            items += block.all_parts if items else block.parts
        else:
            before += block.parts
    return before, items


def of_items(
    kind: str, child: Callable[[Sequence[OutlinePart], str], ProposedSection]
) -> Callable[[Segment, str], Iterator[ProposedSection]]:
    """A builder of groups whose children are the items of its list, each with what stands below it."""

    def build(segment: Segment, language: str) -> Iterator[ProposedSection]:
        intro, items = parted(segment)
        if kind == "recipients" and not any(is_recipient(item, language) for item in items):
            intro, items = [*intro, *items], []
        children = [child(parts, language) for parts in with_deeper(items)]
        yield group(kind, segment, children, intro)

    return build


def with_deeper(items: Sequence[OutlinePart]) -> Iterator[list[OutlinePart]]:
    """Items of the first level, each with the deeper ones below it."""
    run: list[OutlinePart] = []
    for item in items:
        if run and item.kind == "item" and run[0].kind == "item" and item.level > run[0].level:
            run.append(item)
            continue
        if run:
            yield run
        run = [item]
    if run:
        yield run


def name_and_rest(parts: Sequence[OutlinePart]) -> tuple[str, str]:
    """The name of an item and what it says of it: a run-in heading, or words before a colon; the rest is plain."""
    text = parts[0].words.text
    deeper = "; ".join(part.words.text for part in parts[1:])
    if end := run_in(text):
        name, rest = text[:end], text[end + 1 :].strip()
    else:
        head, colon, after = text.partition(": ")
        name, rest = (head, after.strip()) if colon and len(head.split()) <= 6 and after.strip() else (text, "")
    return name.strip(), "; ".join(filter(None, (rest, deeper)))


def category(parts: Sequence[OutlinePart], language: str) -> ProposedSection:
    name, rest = name_and_rest(parts)
    facts, offers = _of_data(parts, language)
    texts = {"name": name.rstrip(" ,;.") if not rest else name, "description": rest}
    filled = {field: text for field, text in texts.items() if text}
    reason = _("An item of a list of personal data.")
    return ProposedSection("data_category", "", filled, span_of(parts), reason, 0.85, tuple(facts), tuple(offers))


def _of_data(parts: Sequence[OutlinePart], language: str) -> tuple[list[Fact], list[Suggestion]]:
    """What kind of data an item names; a fact where it names little else."""
    facts: dict[str, Fact] = {}
    offers: dict[str, Suggestion] = {}
    for part in parts:
        for read in sentences(part, language):
            for unit in read.statement.of("data"):
                field = _field_of(unit.value)
                if field and len(part.words.text.split()) <= _SHORT:
                    reason = _("The item names data that the law treats by itself.")
                    facts.setdefault(field, Fact(field, True, read.span_of(unit.raw), reason))
                elif field:
                    reason = _("The item may hold data that the law treats by itself.")
                    offers.setdefault(field, Suggestion(field, True, read.span_of(unit.raw), reason))
    return list(facts.values()), [offer for field, offer in offers.items() if field not in facts]


def _field_of(data: str) -> str:
    if data in SPECIAL:
        return "special"
    return {"national_id": "national_id", "criminal": "criminal"}.get(data, "")


def recipient(parts: Sequence[OutlinePart], language: str) -> ProposedSection:
    """An item as recipient: its words as its category, or as the condition of a disclosure that names nobody."""
    name, rest = name_and_rest(parts)
    if not is_recipient(parts[0], language):
        texts = {"condition": " ".join(part.words.text for part in parts)}
    else:
        texts = {"category": name.rstrip(" ,;.") if not rest else name, "purpose": rest}
    filled = {field: text for field, text in texts.items() if text}
    reason = _("An item of a list of recipients.")
    facts = tuple(_of_recipient(parts, language))
    return ProposedSection("recipient", "", filled, span_of(parts), reason, 0.8, facts)


def _of_recipient(parts: Sequence[OutlinePart], language: str) -> Iterator[Fact]:
    """The country that an item names, if it is one; what it is called by the law."""
    read = [sentence for part in parts for sentence in sentences(part, language)]
    countries = {
        unit.value: sentence.span_of(unit.raw)
        for sentence in read
        for unit in sentence.statement.of("country")
        if not is_of_a_name(sentence.text, unit.raw)
    }
    if len(countries) == 1 and not any(sentence.statement.negators for sentence in read):
        ((code, span),) = countries.items()
        yield Fact("country", code, span, _("The country that the item names."))
    for sentence in read:
        if "processor" in sentence.said and not sentence.statement.negators:
            yield Fact("role", "processor", sentence.span, _("The item calls it a processor."))
            return


def source(parts: Sequence[OutlinePart], language: str) -> ProposedSection:
    facts = []
    for read in (sentence for part in parts for sentence in sentences(part, language)):
        if "public_source" in read.said and not read.statement.negators:
            facts.append(Fact("publicly_accessible", "yes", read.span, _("The words call it publicly available.")))
    texts = {"name": " ".join(part.words.text for part in parts).rstrip(" ,;")}
    reason = _("An item of a list of sources.")
    return ProposedSection("source", "", texts, span_of(parts), reason, 0.8, tuple(facts[:1]))


def sources(segment: Segment, language: str) -> Iterator[ProposedSection]:
    """Sources, parted where an item is none: the group can't hold it."""
    intro, items = parted(segment)
    runs: list[tuple[bool, list[OutlinePart]]] = []
    for parts in with_deeper(items):
        is_one = any(names_a_party(s) or "public_source" in s.said for p in parts for s in sentences(p, language))
        if runs and runs[-1][0] == is_one:
            runs[-1][1].extend(parts)
        else:
            runs.append((is_one, list(parts)))
    if runs and not runs[0][0]:
        runs = [(True, items)]
    yield from _runs_of_sources(segment, intro, runs, language)


def _runs_of_sources(
    segment: Segment, intro: list[OutlinePart], runs: list[tuple[bool, list[OutlinePart]]], language: str
) -> Iterator[ProposedSection]:
    if not runs:
        yield group("sources", segment, (), intro)
    for number, (is_one, parts) in enumerate(runs):
        if not is_one:
            yield free_text((), parts, _("An item that names no source."))
            continue
        children = [source(run, language) for run in with_deeper(parts)]
        first = number == 0
        whole = Segment("sources", segment.headings if first else (), segment.blocks, segment.confidence)
        section = group("sources", whole, children, intro if first else ())
        start = [*segment.headings, *intro, *parts] if first else parts
        yield ProposedSection(
            "sources",
            section.heading,
            section.texts,
            span_of(start),
            section.reason,
            section.confidence,
            children=section.children,
        )


def definition(parts: Sequence[OutlinePart], language: str) -> ProposedSection:
    name, rest = name_and_rest(parts)
    texts = {"term": name, "meaning": f"<p>{rest}</p>"} if rest else {"meaning": rich_text(parts)}
    return ProposedSection("definition", "", texts, span_of(parts), _("A word and what it means."), 0.8)


def is_abroad(country: str) -> bool:
    return bool(country) and country not in EEA
