"""Purposes: items of a list that a lead-in or heading calls so, run-in headings, sub-headings, rows of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from django.utils.translation import gettext as _

from wagtail_privacy.imports.outline import OutlineCell, OutlinePart, Span
from wagtail_privacy.imports.plain_outline import run_in
from wagtail_privacy.imports.proposal import Fact, ProposedSection, Suggestion
from wagtail_privacy.imports.recognition.chapters import span_of
from wagtail_privacy.imports.recognition.commitments import commitment
from wagtail_privacy.imports.recognition.contacts import label_of
from wagtail_privacy.imports.recognition.groups import group, parted, reason_of, with_deeper
from wagtail_privacy.imports.recognition.segments import Segment
from wagtail_privacy.imports.recognition.sentences import PlacedSentence, sentences, sentences_of
from wagtail_privacy.imports.recognition.tables import columns, table_of
from wagtail_privacy.imports.recognition.texts import free_text, heading_text, rich_text
from wagtail_privacy.imports.recognition.values import (
    bases,
    basis_suggestions,
    direct_marketing,
    periods,
    provision,
    special_conditions,
    states_a_basis,
)

#: A longer item describes its purpose, it doesn't name it.
LONGEST_TITLE = 30


def purposes(segment: Segment, language: str) -> Iterator[ProposedSection]:
    """A group with its purposes; text where none stands by itself. A promise behind them is a section of its own."""
    intro, items = parted(segment)
    runs = list(with_deeper(items))
    if not runs:
        read = [sentence for part in segment.below for sentence in sentences(part, language)]
        yield free_text(segment.headings, segment.below, suggestions=[*basis_suggestions(read), *_offered(read)])
        return
    promises: list[list[OutlinePart]] = []
    while len(runs) > 1 and _promise(runs[-1], language):
        promises.insert(0, runs.pop())
    whole = group("purposes", segment, [purpose(run, language) for run in runs], intro)
    last = runs[-1][-1].span[1]
    yield ProposedSection(
        "purposes",
        whole.heading,
        whole.texts,
        (whole.span[0], last),
        reason_of(segment),
        segment.confidence,
        children=whole.children,
    )
    for run in promises:
        yield promise(run, language)


def _offered(read: Sequence[PlacedSentence]) -> Iterator[Suggestion]:
    found = direct_marketing(read)
    if found:
        yield Suggestion(found.field, found.value, found.span, found.reason, "purpose")


def _promise(run: Sequence[OutlinePart], language: str) -> str:
    read = sentences(run[0], language)
    start = 1 if run_in(run[0].words.text) else 0
    return commitment(read[start]) if len(read) > start else ""


def promise(run: Sequence[OutlinePart], language: str) -> ProposedSection:
    """A commitment whose words are the whole of ``run``."""
    code = _promise(run, language)
    words = " ".join(part.words.text for part in run)
    fact = Fact("commitment", code, run[0].span, _("A promise of a shape that means nothing else."))
    child = ProposedSection("commitment", "", {"statement": words}, span_of(run), _("A promise."), 0.8, (fact,))
    return ProposedSection(
        "commitments", "", {}, span_of(run), _("A promise in a whole sentence."), 0.8, children=(child,)
    )


def purpose(run: Sequence[OutlinePart], language: str) -> ProposedSection:
    """One item as a purpose: a run-in heading is its title, a short item too, a long one its description."""
    title, description = _title_and_rest(run)
    read = [sentence for part in run for sentence in sentences(part, language)]
    found = direct_marketing(read)
    texts = {name: text for name, text in (("title", title), ("description", description)) if text}
    facts = _facts(found, provision(read))
    offers = [*basis_suggestions(read), *((found,) if isinstance(found, Suggestion) else ())]
    return ProposedSection(
        "purpose", "", texts, span_of(run), _("An item of a list of purposes."), 0.85, facts, tuple(offers)
    )


def _title_and_rest(run: Sequence[OutlinePart]) -> tuple[str, str]:
    first, text = run[0], run[0].words.text
    below = rich_text(run[1:])
    if end := run_in(text):
        return text[:end], f"<p>{escape(text[end + 1 :].strip(), quote=False)}</p>{below}"
    if "<a " in first.html or len(text.split()) > LONGEST_TITLE:
        return "", rich_text([first]) + below
    return text.rstrip(" ,;."), below


def _facts(*found: Fact | Suggestion | None) -> tuple[Fact, ...]:
    return tuple(one for one in found if isinstance(one, Fact))


# --- Sub-headings: each a purpose, with labelled paragraphs ---


def purpose_of_chapter(heading: OutlinePart, parts: Sequence[OutlinePart], language: str) -> ProposedSection:
    """What stands under a sub-heading as one purpose; "Legal basis: …" and its like become sections inside it."""
    return _purpose_of(heading_text(heading), heading, parts, language, _("A heading under that of the purposes."))


def purpose_of_labels(parts: Sequence[OutlinePart], language: str) -> ProposedSection:
    """Paragraphs of which the first begins with "Purpose:", the others with other labels, or none."""
    text = parts[0].words.text
    title = text[label_of(text, language)[1] :].rstrip(".")
    return _purpose_of(title, parts[0], parts[1:], language, _("The words behind the label of a purpose."))


def _purpose_of(
    title: str, first: OutlinePart, parts: Sequence[OutlinePart], language: str, reason: str
) -> ProposedSection:
    inside: list[ProposedSection] = []
    rest: list[OutlinePart] = []
    for part in parts:
        label, at = label_of(part.words.text, language)
        children = list(_children(label, part, at, language)) if at else list(_periods_in(part, language))
        inside += children
        if not any(child.texts for child in children):
            rest.append(part)
    read = [sentence for part in (first, *parts) for sentence in sentences(part, language)]
    inside += [] if any(child.kind == "legal_basis" for child in inside) else _stated_bases(read)
    inside.sort(key=lambda child: child.span)
    texts = {name: text for name, text in (("title", title), ("description", rich_text(rest))) if text}
    found = direct_marketing(read)
    facts = _facts(found, provision(read))
    offers = list(basis_suggestions(read)) if not any(child.kind == "legal_basis" for child in inside) else []
    offers += (found,) if isinstance(found, Suggestion) else ()
    span = span_of([first, *parts])
    return ProposedSection("purpose", title, texts, span, reason, 0.85, facts, tuple(offers), tuple(inside))


def labelled_runs(parts: Sequence[OutlinePart], language: str) -> list[list[OutlinePart]]:
    """The runs of paragraphs that each begin with "Purpose:", where each names its legal basis; none where not."""
    labels = [label_of(part.words.text, language)[0] for part in parts]
    starts = [number for number, label in enumerate(labels) if label == "purpose"]
    if len(starts) < 2:
        return []
    runs = [list(parts[at:end]) for at, end in zip(starts, [*starts[1:], len(parts)], strict=True)]
    # Behind the last purpose other things may follow: it has no more words without a label than the others.
    trailing = min(_unlabelled(run, language) for run in runs[:-1])
    last = len(runs[-1]) - max(0, _unlabelled(runs[-1], language) - trailing)
    runs[-1] = runs[-1][:last]
    has_basis = [any(label_of(part.words.text, language)[0] == "basis" for part in run) for run in runs]
    return runs if all(has_basis) else []


def _unlabelled(run: Sequence[OutlinePart], language: str) -> int:
    """How many paragraphs follow the last label of ``run``."""
    return next((n for n, part in enumerate(reversed(run)) if label_of(part.words.text, language)[0]), len(run))


def _periods_in(part: OutlinePart, language: str) -> Iterator[ProposedSection]:
    """A paragraph that says no more than how long the data of the purpose are kept; its period, where it says more."""
    read = sentences(part, language)
    stated = [one for one in read if keeps(one) and len(list(periods(one))) == 1]
    if len(stated) == len(read) == 1:
        yield retention_of(read, part.words.text, part.span)
    elif len(stated) == 1:
        yield retention_of(stated, "", stated[0].span)


def keeps(sentence: PlacedSentence) -> bool:
    """Whether it says that data are kept or go."""
    acts = any(unit.value in ("store", "erase", "anonymise") for unit in sentence.statement.of("act"))
    return acts or "kept" in sentence.topics


def states_its_basis(parts: Sequence[OutlinePart], language: str) -> bool:
    """Whether sentences of a chapter call something the legal basis of what it is about."""
    read = [one for part in parts for one in sentences(part, language)]
    stated = [one for one in read if states_a_basis(one) and not one.statement.negators and any(bases(one))]
    return len(read) > 1 and 0 < len(stated) <= 2 and any(one.statement.tells_of_processing for one in read)


def is_labelled(parts: Sequence[OutlinePart], language: str) -> bool:
    """Whether paragraphs name the legal basis and something else of a purpose, each after its label."""
    labels = [label_of(part.words.text, language)[0] for part in parts]
    return labels.count("basis") == 1 and not {"purpose", "data", "period", "recipient"}.isdisjoint(labels)


def _stated_bases(read: Sequence[PlacedSentence]) -> list[ProposedSection]:
    """Legal bases that sentences call so: "the legal basis is our contract (Art. 6(1)(b))"."""
    return [
        ProposedSection(
            "legal_basis", "", {}, span, _reason_of_basis(), 0.8, (Fact("basis", code, span, _reason_of_basis()),)
        )
        for sentence in read
        if states_a_basis(sentence) and not sentence.statement.negators
        for code, span in bases(sentence)
    ]


def _reason_of_basis() -> str:
    return _("The words call it the legal basis.")


def _children(label: str, part: OutlinePart, at: int, language: str) -> Iterator[ProposedSection]:
    words = OutlineCell(part.words, part.html, part.span)
    yield from _inside(label, words, part.span, at, language)


def _inside(column: str, cell: OutlineCell, span: Span, at: int, language: str) -> Iterator[ProposedSection]:
    """What a labelled paragraph or a cell says of its purpose: legal bases, a period, data, recipients."""
    value = cell.words.text[at:].strip()
    read = [one for one in sentences_of(cell.words, language) if one.end > at]
    if column == "basis":
        yield from _bases_of(read, value, span)
        yield from _conditions_of(read)
    elif column == "period":
        yield retention_of(read, value, span)
    elif column == "data" and value:
        yield ProposedSection(
            "data_category", "", {"name": value.rstrip(".")}, span, _("The data of the purpose."), 0.8
        )
    elif column == "recipient" and value and not any(one.statement.negators for one in read):
        yield ProposedSection(
            "recipient", "", {"category": value.rstrip(".")}, span, _("The recipients of the purpose."), 0.8
        )


def _bases_of(read: Sequence[PlacedSentence], value: str, span: Span) -> Iterator[ProposedSection]:
    found = [one for sentence in read for one in bases(sentence)]
    for number, (code, words) in enumerate(found):
        fact = Fact("basis", code, words, _reason_of_basis())
        # The interest itself is told; other words of the cell stay with its first basis.
        field = "interest" if code == "art6_1_f" else "statute"
        texts = {field: f"<p>{escape(value, quote=False)}</p>" if field == "interest" else value} if number == 0 else {}
        yield ProposedSection(
            "legal_basis", "", texts, span if number == 0 else words, _reason_of_basis(), 0.85, (fact,)
        )


def _conditions_of(read: Sequence[PlacedSentence]) -> Iterator[ProposedSection]:
    """Conditions for special categories that are cited, beside a legal basis."""
    for sentence in read:
        for code, words in special_conditions(sentence):
            reason = _("The article that is cited.")
            fact = Fact("condition", code, words, reason)
            yield ProposedSection("special_condition", "", {}, words, reason, 0.85, (fact,))


def retention_of(read: Sequence[PlacedSentence], value: str, span: Span) -> ProposedSection:
    """A period or the criteria for one."""
    found = [one for sentence in read for one in periods(sentence)]
    facts: list[Fact] = []
    if len(found) == 1:
        ((duration, at_most, words),) = found
        facts.append(Fact("duration", duration, words, _("The only period that the words name.")))
        facts += [Fact("at_most", True, words, _("The period is called the longest."))] if at_most else []
    offers = tuple(Suggestion("duration", value_, words, _("One of several periods.")) for value_, _m, words in found)
    texts = {"criteria": f"<p>{escape(value, quote=False)}</p>"} if value else {}
    return ProposedSection(
        "retention", "", texts, span, _("How long the data are kept."), 0.8, tuple(facts), () if facts else offers
    )


# --- Tables ---


def purposes_of_table(segment: Segment, language: str) -> Iterator[ProposedSection]:
    """A table of purposes: a row a purpose, its cells what their column headings say."""
    rows, stating, intro = table_of(segment.below)
    named = columns(rows, "purposes", language)
    yield group("purposes", segment, [_row(row, named, language) for row in stating], intro)


def _row(row: OutlinePart, named: Sequence[str], language: str) -> ProposedSection:
    texts: dict[str, str] = {}
    inside: list[ProposedSection] = []
    for column, cell in zip((*named, *[""] * len(row.cells)), row.cells, strict=False):
        if column == "purpose":
            texts["title"] = cell.words.text
            continue
        children = list(_inside(column, cell, cell.span, 0, language)) if cell.words.text else []
        inside += children
        if cell.words.text and not any(child.texts for child in children):
            texts["description"] = texts.get("description", "") + f"<p>{cell.html}</p>"
    read = [one for cell in row.cells for one in sentences_of(cell.words, language)]
    found = direct_marketing(read)
    facts = _facts(found, provision(read))
    offers = (found,) if isinstance(found, Suggestion) else ()
    reason = _("A row of a table of purposes.")
    return ProposedSection("purpose", "", texts, row.span, reason, 0.9, facts, offers, tuple(inside))
