"""An outline read as a policy: its chapters, the segments of each, and what builds the sections of each topic."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from wagtail_privacy.imports.outline import LeftOut, Outline, OutlinePart
from wagtail_privacy.imports.plain_outline import with_unmarked_items
from wagtail_privacy.imports.proposal import SURE, Import, ProposedSection
from wagtail_privacy.imports.recognition import groups, purposes, responsible, rest, retention, rights
from wagtail_privacy.imports.recognition.chapters import Chapter, OutlineBlock, chapter_of, chapters, span_of
from wagtail_privacy.imports.recognition.contacts import contact_facts, contact_run
from wagtail_privacy.imports.recognition.contents_list import without_contents
from wagtail_privacy.imports.recognition.evidence import supports
from wagtail_privacy.imports.recognition.kept import with_all_words
from wagtail_privacy.imports.recognition.labels import with_labels
from wagtail_privacy.imports.recognition.languages import is_name_of, parts_by_language
from wagtail_privacy.imports.recognition.lines import lines_of
from wagtail_privacy.imports.recognition.named_chapters import with_named_chapters
from wagtail_privacy.imports.recognition.segments import Segment, segments, topic_of, topics_of_heading
from wagtail_privacy.imports.recognition.sentences import sentences
from wagtail_privacy.imports.recognition.tables import table
from wagtail_privacy.imports.recognition.texts import free_text, heading_text, rich_text
from wagtail_privacy.imports.recognition.values import basis_suggestions, provision_suggestions, states_a_basis
from wagtail_privacy.imports.recognition.words import concepts, names_a_policy
from wagtail_privacy.policy.kinds import KINDS
from wagtail_privacy.prose.lexicon import base

Builder = Callable[[Segment, str], Iterator[ProposedSection]]

_BUILDERS: Mapping[str, Builder] = {
    "controller": responsible.controller,
    "contact": responsible.contact,
    "dpo": responsible.officer,
    "purposes": purposes.purposes,
    "categories": groups.of_items("data_categories", groups.category),
    "recipients": groups.of_items("recipients", groups.recipient),
    "sources": groups.sources,
    "definitions": groups.of_items("definitions", groups.definition),
    "transfers": rest.transfers,
    "retention": retention.retention,
    "rights": rights.rights,
    "complaint": rights.complaint,
    "cookies": rest.cookies,
    "security": rest.prose("security", "description"),
    "children": rest.prose("children", "description", rest.age_limit),
    "automated": rest.prose("automated_decisions", "logic", rest.automated),
    "ai": rest.prose("ai_use", "description", rest.training),
    "choices": rest.choices,
    "commitments": rest.commitments,
    "changes": rest.changes,
    "history": rest.history,
    "decision": rest.decided,
}
_OF_TABLES: Mapping[str, Builder] = {
    "purposes": purposes.purposes_of_table,
    "cookies": rest.cookies_of_table,
    "recipients": rest.recipients_of_table,
    "retention": retention.retention_of_table,
    "definitions": rest.definitions_of_table,
}


def recognise(outline: Outline, language: str) -> Import:
    """What ``outline``, a policy in ``language``, says: sections in its order, whose spans hold all its words.

    Where parts of it are in another language, they are imports of their own in ``other``.
    """
    language = language or outline.language
    named = list(with_named_chapters(with_labels(outline.parts, language), language))
    parts = [line for part in with_unmarked_items(named) for line in lines_of(part, outline)]
    by_language = parts_by_language(parts, base(language))
    is_mixed = len(by_language) > 1
    first, *others = [_one(outline, parts, code or language, is_mixed=is_mixed) for code, parts in by_language]
    # What the whole document is called is in its main language.
    others = [replace(one, title="") if one.title_span is None else one for one in others]
    others = [replace(one, left_out=one.left_out[len(outline.left_out) :], warnings=()) for one in others]
    return replace(first, other=tuple(others))


def _one(outline: Outline, parts: Sequence[OutlinePart], language: str, *, is_mixed: bool) -> Import:
    named = _named_languages(parts, language) if is_mixed else []
    parts = [part for part in parts if part not in named]
    title, left, rest = _title(parts, language)
    pieces, listed = without_contents(rest, parts)
    names = (LeftOut(part.words.text, _("The name of the language."), part.span) for part in named)
    left = (*names, *left, *listed)
    built = (found for piece in pieces for found in _Document(piece, language).sections())
    sections = tuple(with_all_words([section for found in built for section in _sure(found)], parts, language))
    words = title.words.text if title else outline.title.text if outline.title else ""
    span = title.span if title else None
    return Import(words, language, sections, (*outline.left_out, *left), outline.warnings, title_span=span)


def _named_languages(parts: Sequence[OutlinePart], language: str) -> list[OutlinePart]:
    """The headings at the top that only name the language of a part, as those of columns do."""
    at = next((n for n, part in enumerate(parts) if part.kind != "heading"), len(parts))
    return [part for part in parts[:at] if is_name_of(language, part.words.text)]


def _title(
    parts: Sequence[OutlinePart], language: str
) -> tuple[OutlinePart | None, tuple[LeftOut, ...], Sequence[OutlinePart]]:
    """The heading that is the title, those before it that say it in another language, and the parts behind them."""
    at = next((n for n, part in enumerate(parts) if part.kind != "heading"), len(parts))
    heads = list(parts[:at])[:3]
    mine = next((n for n, head in enumerate(heads) if _is_title(head, language)), None)
    if mine is None:
        first = bool(heads) and (_is_only_of_its_level(heads[0], parts) or _is_above_all(heads, parts, language))
        return (heads[0], (), parts[1:]) if first else (None, (), parts)
    if all(names_a_policy(head.words.text) for head in heads[:mine]):
        reason = _("The title once more, in another language.")
        left = tuple(LeftOut(head.words.text, reason, head.span) for head in heads[:mine])
        return heads[mine], left, parts[mine + 1 :]
    return None, (), parts


def _is_title(heading: OutlinePart, language: str) -> bool:
    named = "title" in concepts("headings", heading.words.text, language)
    return named and heading.level <= 1 and not heading.mark and not heading.words.text.endswith("?")


def _is_above_all(heads: Sequence[OutlinePart], parts: Sequence[OutlinePart], language: str) -> bool:
    """Whether the first line is a heading, with another right below it, and speaks of people's data."""
    speaks = any(one.has("data", "data") for one in sentences(heads[0], language))
    return len(heads) == 2 and parts[:1] == heads[:1] and not heads[0].mark and heads[0].level == 0 and speaks


def _is_only_of_its_level(heading: OutlinePart, parts: Sequence[OutlinePart]) -> bool:
    """Whether it is the only heading of the first level, as a title is."""
    levels = [part.level for part in parts if part.kind == "heading"]
    return heading.level == 1 and levels.count(1) == 1 and len(levels) > 1


@dataclass
class _Document:
    """The chapters of a document on their way to sections."""

    parts: Sequence[OutlinePart]
    language: str
    #: Whether headings without a topic of their own name services now.
    in_services: bool = False

    def sections(self) -> Iterator[ProposedSection]:
        found = list(chapters(self.parts))
        at = 0
        waiting: list[OutlinePart] = []
        above: tuple[int, str] = (0, "")
        while at < len(found):
            chapter = found[at]
            topic = topic_of(chapter, self.language)
            if not chapter.blocks:
                topic = next(iter(topics_of_heading(chapter.heading, self.language)), "")
            level = chapter.heading.level if chapter.heading else 0
            below = self._below(found, at)
            if not topic and above[1] and level > above[0] > 0 and self._inherits(chapter, above[1]):
                topic = above[1]
            elif level <= above[0] or not above[0]:
                above = (level, topic)
            if below and (made := self._with_below(chapter, waiting, topic, below)):
                yield from made
                waiting = []
                at += 1 + len(below)
                continue
            at += 1
            is_empty = not chapter.blocks and chapter.heading is not None and at < len(found)
            if is_empty and chapter.heading and self._leads_on(topic, found[at], level):
                waiting.append(chapter.heading)
                continue
            if waiting and not topic:
                topic = next(iter(topics_of_heading(waiting[0], self.language)), "")
                topic = topic if self._inherits(chapter, topic) else ""
            headings = [*waiting, *([chapter.heading] if chapter.heading else [])]
            waiting = []
            yield from self._chapter(chapter, headings, topic)

    def _leads_on(self, topic: str, following: Chapter, level: int) -> bool:
        """Whether a heading with nothing below it belongs to the next one: a deeper one, or one without a topic."""
        next_level = following.heading.level if following.heading else 0
        own = topic_of(following, self.language)
        return bool(topic) and own in ("", topic) and (next_level > level or next_level == level == 0)

    def _inherits(self, chapter: Chapter, topic: str) -> bool:
        read = [one for part in chapter.below for one in sentences(part, self.language)]
        return topic in _INHERITED and supports(topic, read)

    # --- Chapters with chapters below them ---

    def _below(self, found: Sequence[Chapter], at: int) -> list[Chapter]:
        """The chapters below one: of deeper levels, or, where levels are unknown, those that name a choice."""
        first = found[at].heading
        if first is None:
            return []
        if first.level == 0:
            topic = topic_of(found[at], self.language)
            if topic not in ("choices", "rights") or (topic == "rights" and self._names_a_right(first)):
                return []
            end = at + 1
            while (
                end < len(found)
                and topic_of(found[end], self.language) == topic
                and self._may_be_below(topic, found[end])
            ):
                end += 1
            return list(found[at + 1 : end])
        end = at + 1
        while end < len(found) and (heading := found[end].heading) and heading.level > first.level:
            end += 1
        return list(found[at + 1 : end])

    def _names_a_right(self, heading: OutlinePart) -> bool:
        return any(one.rights for one in sentences(heading, self.language))

    def _may_be_below(self, topic: str, chapter: Chapter) -> bool:
        return topic == "choices" or (chapter.heading is not None and self._names_a_right(chapter.heading))

    def _with_below(
        self, chapter: Chapter, waiting: Sequence[OutlinePart], topic: str, below: Sequence[Chapter]
    ) -> list[ProposedSection]:
        """One group of ``chapter`` and those below it, where each of these is a child of its kind."""
        merged = list(_merged_levels(below))
        named = {topic, *topics_of_heading(chapter.heading, self.language)}
        if chapter.heading and named.isdisjoint(_BUILT_BELOW | _NO_PURPOSE) and self._has_parts_of_a_purpose(merged):
            parts = [part for one in (chapter, *merged) for part in one.parts][1:]
            return [purposes.purpose_of_chapter(chapter.heading, parts, self.language)]
        if all(purposes.is_labelled(one.below, self.language) for one in merged):
            topic = "purposes"
        make = {"purposes": self._purpose, "rights": self._right, "choices": self._choice}.get(topic)
        if make is None or not chapter.heading:
            return []
        made = [make(one) for one in merged]
        if not all(made):
            return []
        children = [child for child in made if child]
        intro = chapter.below
        segment = Segment(topic, (*waiting, chapter.heading), (), 0.85)
        whole = groups.group(topic, segment, children, intro)
        end = children[-1].span[1]
        return [replace(whole, span=(segment.headings[0].span[0], end))]

    def _has_parts_of_a_purpose(self, below: Sequence[Chapter]) -> bool:
        """Whether the chapters below one are called "purpose", "legal basis", "period": parts of one purpose."""
        named = [topic for one in below for topic in topics_of_heading(one.heading, self.language)[:1]]
        return (
            "bases" in named
            and not {"purposes", "retention"}.isdisjoint(named)
            and _PARTS_OF_A_PURPOSE.issuperset(named)
        )

    def _purpose(self, chapter: Chapter) -> ProposedSection | None:
        topic = topic_of(chapter, self.language)
        labelled = purposes.is_labelled(chapter.below, self.language)
        if chapter.heading is None or (topic in _NO_PURPOSE and not labelled) or not chapter.blocks:
            return None
        return purposes.purpose_of_chapter(chapter.heading, chapter.below, self.language)

    def _right(self, chapter: Chapter) -> ProposedSection | None:
        topic = topic_of(chapter, self.language)
        if chapter.heading is None or topic in _NO_RIGHT or not chapter.blocks:
            return None
        return rights.right_of_chapter(chapter.heading, chapter.below, self.language)

    def _choice(self, chapter: Chapter) -> ProposedSection | None:
        return rest.choice(chapter.heading, chapter.below, self.language) if chapter.heading else None

    # --- One chapter ---

    def _chapter(self, chapter: Chapter, headings: Sequence[OutlinePart], topic: str) -> Iterator[ProposedSection]:
        was_in_services = self.in_services
        self.in_services = topic == "services" or (was_in_services and not topic)
        if topic == "services":
            yield free_text(headings, chapter.below)
        elif not topic and was_in_services and headings:
            yield _service(headings, chapter, self.language)
        elif headings and self._is_a_purpose(chapter, topic):
            yield purposes.purpose_of_chapter(headings[0], [*headings[1:], *chapter.below], self.language)
        elif runs := purposes.labelled_runs(chapter.below, self.language):
            yield from self._labelled(chapter, headings, topic, runs)
        else:
            for segment in segments(chapter, headings, topic, self.language):
                yield from self._segment(segment)

    def _labelled(
        self, chapter: Chapter, headings: Sequence[OutlinePart], topic: str, runs: Sequence[Sequence[OutlinePart]]
    ) -> Iterator[ProposedSection]:
        """What stands before the labelled paragraphs of several purposes, these, and what stands behind them."""
        below = list(chapter.below)
        start, end = below.index(runs[0][0]), below.index(runs[-1][-1]) + 1
        whole = Segment("purposes", tuple(headings), (), 0.85)
        intro = below[:start]
        if topic not in ("", "purposes", "bases") and intro:
            yield from self._chapter(chapter_of(chapter.heading, intro), headings, topic)
            whole, intro = Segment("purposes", (), (), 0.85), []
        children = [purposes.purpose_of_labels(run, self.language) for run in runs]
        span = span_of([*whole.headings, *intro, *below[start:end]])
        yield replace(groups.group("purposes", whole, children, intro), span=span)
        if below[end:]:
            yield from self._chapter(chapter_of(None, below[end:]), (), topic)

    def _is_a_purpose(self, chapter: Chapter, topic: str) -> bool:
        """Whether a chapter under any heading says what is done and calls something its legal basis."""
        below = chapter.below
        if any(part.kind == "row" for part in below):
            return False
        if purposes.is_labelled(below, self.language):
            return topic not in _NO_PURPOSE - {"categories"}
        return not topic and purposes.states_its_basis(below, self.language)

    def _segment(self, segment: Segment) -> Iterator[ProposedSection]:
        rows = [part for part in segment.below if part.kind == "row"]
        if segment.topic == "table":
            before = [part for part in segment.below if part.kind != "row"]
            if before:
                yield free_text(segment.headings, before)
            yield table(() if before else segment.headings, rows)
        elif rows and segment.topic in _OF_TABLES:
            yield from _OF_TABLES[segment.topic](segment, self.language)
        elif segment.topic in _BUILDERS:
            yield from _BUILDERS[segment.topic](segment, self.language)
        elif _reaches(segment, self.language):
            yield from responsible.contact(segment, self.language)
        else:
            read = [one for part in segment.below for one in sentences(part, self.language)]
            offers = list(basis_suggestions(read)) if any(map(states_a_basis, read)) or segment.topic == "bases" else []
            yield free_text(segment.headings, segment.below, suggestions=[*offers, *provision_suggestions(read)])


#: Topics that a chapter below another one takes from it, if its sentences bear it out.
_INHERITED = frozenset(
    {"recipients", "retention", "categories", "cookies", "transfers", "security", "contact", "controller", "sources"}
)
#: Topics whose chapters below them are children of their own kinds.
_BUILT_BELOW = frozenset({"purposes", "rights", "choices"})
#: What the chapters below a purpose are about.
_PARTS_OF_A_PURPOSE = frozenset({"purposes", "bases", "retention", "categories", "recipients", "sources", "transfers"})
#: Topics that no purpose is about.
_NO_PURPOSE = frozenset(
    {
        "recipients",
        "transfers",
        "retention",
        "rights",
        "complaint",
        "controller",
        "dpo",
        "contact",
        "changes",
        "history",
    }
    | {"categories", "sources", "definitions", "decision"}
)
#: Topics that no right is about.
_NO_RIGHT = frozenset(
    {"recipients", "transfers", "retention", "controller", "dpo", "changes", "history", "cookies", "security"}
)


def _merged_levels(below: Sequence[Chapter]) -> Iterator[Chapter]:
    """Chapters of the first level among ``below``, each with the deeper ones in it as its blocks."""
    first = min((chapter.heading.level for chapter in below if chapter.heading), default=0)
    current: Chapter | None = None
    for chapter in below:
        if current is None or (chapter.heading and chapter.heading.level <= first):
            if current is not None:
                yield current
            current = chapter
        else:
            inner = OutlineBlock("paragraph", (chapter.heading,)) if chapter.heading else None
            blocks = (*current.blocks, *((inner,) if inner else ()), *chapter.blocks)
            current = replace(current, blocks=blocks)
    if current is not None:
        yield current


def _reaches(segment: Segment, language: str) -> bool:
    """Whether free text ends in the address of an organisation: several lines, with a name among them."""
    start, end = contact_run(segment.below)
    if end - start < 2:
        return False
    found = {
        fact.field
        for fact in contact_facts(segment.below[start:end], language, frozenset({"name", "address", "email", "phone"}))
    }
    return "name" in found and len(found) > 1


def _service(headings: Sequence[OutlinePart], chapter: Chapter, language: str) -> ProposedSection:
    below = chapter.below
    read = [one for part in below for one in sentences(part, language)]
    texts = {"title": heading_text(headings[0]), "introduction": rich_text([*headings[1:], *below])}
    filled = {name: text for name, text in texts.items() if text}
    reason = _("A heading among those of single services.")
    offers = tuple(basis_suggestions(read))
    return ProposedSection("service", texts["title"], filled, span_of([*headings, *below]), reason, 0.75, (), offers)


def _sure(section: ProposedSection) -> Iterator[ProposedSection]:
    """``section``, or what this site can hold of it: text where it isn't sure or no such kind exists."""
    if section.kind in KINDS and section.confidence >= SURE:
        yield section
        return
    body = "".join(text for name, text in section.texts.items() if name not in ("heading", "title") and text)
    texts = {name: text for name, text in (("heading", section.heading), ("body", body)) if text}
    end = section.children[0].span[0] if section.children else section.span[1]
    if texts and section.span[0] < end:
        yield ProposedSection("text", section.heading, texts, (section.span[0], end), section.reason, 1.0)
    yield from section.children
