"""Who is responsible and how they are reached: the controller and the data protection officer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from wagtail_privacy.imports.outline import OutlinePart, Span
from wagtail_privacy.imports.proposal import Fact, ProposedSection, Suggestion
from wagtail_privacy.imports.recognition.chapters import span_of
from wagtail_privacy.imports.recognition.contacts import contact_facts, contact_run, is_contact_line
from wagtail_privacy.imports.recognition.controllers import controllers_in
from wagtail_privacy.imports.recognition.groups import reason_of
from wagtail_privacy.imports.recognition.kept import label_in
from wagtail_privacy.imports.recognition.segments import Segment
from wagtail_privacy.imports.recognition.sentences import sentences
from wagtail_privacy.imports.recognition.texts import free_text, heading_text, rich_text
from wagtail_privacy.imports.recognition.words import concepts
from wagtail_privacy.imports.tokens import placed_words, words_in

_OF_CONTROLLER = frozenset({"name", "organisation_number", "address", "email", "phone", "website"})
_OF_OFFICER = frozenset({"name", "address", "email", "phone"})


def controller(segment: Segment, language: str) -> Iterator[ProposedSection]:
    """A chapter about the controller: its facts, with all that is not among them as introduction and note."""
    below = list(segment.below)
    start, end = contact_run(below)
    spoken = [fact for part in below for fact in controllers_in(part, language)]
    facts = _merged(contact_facts(below, language, _OF_CONTROLLER), spoken)
    offers = [f for f in facts if f.field in ("email", "phone", "name") and _is_of_officer(f, below, language)]
    facts = tuple(fact for fact in facts if fact not in offers)
    if segment.headings and start == 0 and end and not any(fact.field == "name" for fact in facts):
        facts = (*facts, *_first_line(below[0], language))
    if not facts or (not spoken and not _is_reached(facts)):
        yield free_text(segment.headings, below)
        return
    held = _held(below[start:end], facts, language)
    texts = {
        "heading": heading_text(segment.headings[0]) if segment.headings else "",
        "introduction": rich_text([*segment.headings[1:], *below[:start], *(part for part in held if start or end)])
        if end
        else rich_text([*segment.headings[1:], *below]),
        "note": rich_text(below[end:]) if end else "",
    }
    filled = {name: text for name, text in texts.items() if text}
    yield ProposedSection(
        "controller", texts["heading"], filled, span_of(segment.parts), reason_of(segment), 0.85, facts,
        tuple(Suggestion(f.field, f.value, f.span, f.reason, "dpo") for f in offers),
    )  # fmt: skip


def _is_of_officer(fact: Fact, parts: Sequence[OutlinePart], language: str) -> bool:
    """Whether the sentence of a fact speaks of the data protection officer."""
    return any(
        one.has("party", "dpo") or "dpo" in one.topics
        for part in parts
        for one in sentences(part, language)
        if one.span[0] <= fact.span[0] < one.span[1]
    )


def _is_reached(facts: Sequence[Fact]) -> bool:
    return len({fact.field for fact in facts} & {"name", "address", "email", "phone", "organisation_number"}) >= 2


def _merged(found: Sequence[Fact], spoken: Sequence[Fact]) -> tuple[Fact, ...]:
    """What a sentence calls the controller goes before names of another form; one fact a field, but for the role."""
    named = {fact.field for fact in spoken}
    first: dict[str, Fact] = {}
    for fact in [*spoken, *(fact for fact in found if fact.field not in named)]:
        first.setdefault(fact.field, fact)
    return tuple(sorted(first.values(), key=lambda fact: fact.span))


def _held(parts: Sequence[OutlinePart], facts: Sequence[Fact], language: str) -> list[OutlinePart]:
    """The lines among ``parts`` that hold more than facts and the labels that their block has for them."""
    labels = {word for fact in facts for word in words_in(label_in("controller", fact.field, language))}
    spans = [fact.span for fact in facts if fact.field != "role"]
    return [part for part in parts if not _is_made_of(part, spans, labels)]


def _is_made_of(part: OutlinePart, spans: Sequence[Span], labels: set[str]) -> bool:
    """Whether a line is facts, and labels for them."""
    covered = any(start < part.span[1] and part.span[0] < end for start, end in spans)
    bare = [
        word
        for word, at in placed_words(part.words.text)
        if not any(start <= part.words.in_source(at, at + 1)[0] < end for start, end in spans)
    ]
    return covered and labels.issuperset(bare) and not part.words.text.endswith(("!", "?"))


def _first_line(part: OutlinePart, language: str) -> Iterator[Fact]:
    """The line right below a heading about the controller names it, if it is no label: all of it, or up to a comma."""
    text = part.words.text.rstrip(" .,")
    if is_contact_line(part):
        text, comma, _rest = text.partition(",")
        text = text if comma and not re.search(r"\d", text) else ""
    if ":" in text or not text[:1].isupper() or len(text.split()) > 6 or concepts("columns", text, language):
        return
    yield Fact("name", text, part.words.in_source(0, len(text)), _("The line below the heading."))


def officer(segment: Segment, language: str) -> Iterator[ProposedSection]:
    """A chapter about the data protection officer, if it says how to reach one."""
    facts = contact_facts(segment.below, language, _OF_OFFICER)
    if not any(fact.field == "name" for fact in facts):
        facts = (*facts, *_person(segment.below[:1]))
    if not {fact.field for fact in facts} & {"email", "phone", "address"}:
        yield free_text(segment.headings, segment.below)
        return
    note = rich_text([*segment.headings, *segment.below])
    heading = heading_text(segment.headings[0]) if segment.headings else ""
    yield ProposedSection(
        "dpo", heading, {"note": note}, span_of(segment.parts), reason_of(segment), segment.confidence, facts
    )


_PERSON = re.compile(r"[A-ZÅÄÖÆØÜ][^\W\d_]+(?:[ -][A-ZÅÄÖÆØÜ][^\W\d_]+){1,2}(?=\s*(?:,|$))")


def _person(parts: Sequence[OutlinePart]) -> Iterator[Fact]:
    """The name that the first line below the heading begins with: "Anna Berg, anna@…"."""
    for part in parts:
        if (found := _PERSON.match(part.words.text)) and len(part.words.text) < 100:
            yield Fact("name", found.group(), part.words.in_source(*found.span()), _("The name below the heading."))


def contact(segment: Segment, language: str) -> Iterator[ProposedSection]:
    """A chapter about contact: the lines that reach an organisation, and what stands before them as text."""
    below = list(segment.below)
    if any(True for part in below for _fact in controllers_in(part, language)):
        yield from controller(segment, language)
        return
    start, end = contact_run(below)
    run = below[start:end]
    facts = contact_facts(run, language, _OF_CONTROLLER)
    if not end or not _is_reached(facts) or not {fact.field for fact in facts} & {"name", "address"}:
        offers = [Suggestion(f.field, f.value, f.span, f.reason, "controller") for f in facts]
        yield free_text(segment.headings, below, suggestions=offers)
        return
    before = below[:start]
    if before:
        yield free_text(segment.headings, before)
    facts = _with_email_of(before, facts, language)
    rest = replace(segment, headings=() if before else segment.headings)
    texts = {
        "heading": heading_text(rest.headings[0]) if rest.headings else "",
        "introduction": rich_text([*rest.headings[1:], *_held(run, facts, language)]),
        "note": rich_text(below[end:]),
    }
    filled = {name: text for name, text in texts.items() if text}
    reason = _("Lines that say how to reach an organisation.")
    span = span_of([*rest.headings, *below[start:]])
    yield ProposedSection("controller", texts["heading"], filled, span, reason, 0.8, facts)


def _with_email_of(before: Sequence[OutlinePart], facts: Sequence[Fact], language: str) -> tuple[Fact, ...]:
    """The only e-mail address of the sentences above belongs to the lines below them."""
    if any(fact.field == "email" for fact in facts):
        return tuple(facts)
    return (*(fact for fact in contact_facts(before, language, frozenset({"email"}))), *facts)
