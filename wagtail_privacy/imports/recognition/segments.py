"""A chapter cut into segments of one topic each, in the order of the document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wagtail_privacy.imports.outline import OutlinePart
from wagtail_privacy.imports.recognition.chapters import Chapter, OutlineBlock
from wagtail_privacy.imports.recognition.commitments import commitment
from wagtail_privacy.imports.recognition.contacts import is_contact_line, label_of
from wagtail_privacy.imports.recognition.controllers import controllers_in
from wagtail_privacy.imports.recognition.evidence import ITEMS, MOST, SUPPORTS, is_phrase, lead_topics, share, supports
from wagtail_privacy.imports.recognition.history import is_decision, is_entry
from wagtail_privacy.imports.recognition.sentences import PlacedSentence, sentences
from wagtail_privacy.imports.recognition.tables import topic_of_table
from wagtail_privacy.imports.recognition.words import heading_concepts
from wagtail_privacy.prose.sentences import split

#: Topics whose children stand in a list: what comes after the list is another section.
LISTED = frozenset({"purposes", "categories", "recipients", "sources"})
#: A paragraph of more sentences says more than who is the controller.
_FEW = 4
#: Topics that a list under another heading can have.
_SURE = 0.9
_BY_HEADING = 0.85
_BY_LEAD = 0.8
_BY_STATEMENT = 0.75


@dataclass(frozen=True)
class Segment:
    """Blocks of one topic (empty for free text) with the headings above them, and how sure that is."""

    topic: str
    headings: tuple[OutlinePart, ...]
    blocks: tuple[OutlineBlock, ...]
    confidence: float = 1.0

    @property
    def below(self) -> tuple[OutlinePart, ...]:
        return tuple(part for block in self.blocks for part in block.all_parts)

    @property
    def parts(self) -> tuple[OutlinePart, ...]:
        return (*self.headings, *self.below)


def topics_of_heading(heading: OutlinePart | None, language: str) -> tuple[str, ...]:
    found = heading_concepts(heading.words.text, language) if heading else ()
    return tuple(topic for topic in found if topic != "title")


def topic_of(chapter: Chapter, language: str) -> str:
    """What a chapter is about: the first topic that its heading names and that something below it states."""
    read = [sentence for part in chapter.below for sentence in sentences_with_cells(part, language)]
    named = topics_of_heading(chapter.heading, language)
    found = [topic for topic in named if topic == "services" or supports(topic, read)]
    narrow = [topic for topic in found if topic in _NARROW]
    if found[:1] == ["bases"] and "purposes" in found:
        return "purposes"
    if "dpo" in found and found[0] in ("contact", "controller"):
        return "dpo"
    return narrow[0] if narrow and found[0] in _WIDE else "".join(found[:1])


#: "How we use cookies" is about cookies.
_WIDE = frozenset({"purposes", "categories", "sources"})
_NARROW = frozenset({"ai", "cookies", "automated", "children"})


def sentences_with_cells(part: OutlinePart, language: str) -> tuple[PlacedSentence, ...]:
    return sentences(part, language)


def segments(chapter: Chapter, headings: Sequence[OutlinePart], topic: str, language: str) -> Iterator[Segment]:
    """The segments of ``chapter``, which is about ``topic``; ``headings`` stand on the first one."""
    current: list[tuple[OutlineBlock, str, float]] = []
    after_list = after_table = False
    for block in _extended(chapter.blocks, topic, language):
        is_apart = after_list or (after_table and not _supports(block, topic, language))
        own, confidence = _topic_of_block(block, "" if is_apart else topic, topic, language)
        if current and (own != current[0][1] or _stands_alone(block, current, own)):
            yield _segment(current, headings)
            current, headings = [], ()
        current.append((block, own, confidence))
        is_listed = (own == topic and confidence >= _SURE) or own not in ("", topic)
        after_table = after_table or own == "table"
        after_list = after_list or (block.kind == "list" and topic in LISTED and is_listed)
    if current:
        yield _segment(current, headings)
    elif headings:
        yield Segment("", tuple(headings), ())


def _supports(block: OutlineBlock, topic: str, language: str) -> bool:
    return supports(topic, [sentence for part in block.all_parts for sentence in sentences(part, language)])


def _segment(found: Sequence[tuple[OutlineBlock, str, float]], headings: Sequence[OutlinePart]) -> Segment:
    blocks = tuple(block for block, _own, _confidence in found)
    return Segment(found[0][1], tuple(headings), blocks, min(confidence for _block, _own, confidence in found))


def _stands_alone(block: OutlineBlock, current: Sequence[tuple[OutlineBlock, str, float]], own: str) -> bool:
    """Whether a block begins a section though the one before is about the same: a second list, a table, free text."""
    last = current[-1][0].kind
    if "table" in (block.kind, last):
        return own in ("", "table") or last == block.kind
    if own == "":
        return last == "list" or (block.kind == "list" and any(one.kind == "list" for one, _own, _sure in current))
    return own in LISTED and last == "list"


def _topic_of_block(block: OutlineBlock, here: str, topic: str, language: str) -> tuple[str, float]:
    """The topic of a block below a heading about ``topic``; ``here`` is empty behind the list of that topic."""
    if block.kind == "table":
        return (topic_of_table(block.parts, topic, language) or "table"), _SURE
    if block.kind == "list":
        return _topic_of_list(block, topic, language)
    part = block.parts[0]
    if other := _topic_of_paragraph(part, here, language):
        return other, _BY_STATEMENT
    return here, _BY_HEADING if here else 1.0


def _topic_of_list(block: OutlineBlock, topic: str, language: str) -> tuple[str, float]:
    leads = tuple(lead_topics(block.lead, language))
    mine = topic in ITEMS and share(block.parts, language, ITEMS[topic]) >= MOST
    if "purposes" in leads[:1] and share(block.parts, language, is_phrase) > MOST and topic in ("", "purposes"):
        return "purposes", _SURE
    if mine and (topic in leads or not _led_elsewhere(block, leads, topic, language)):
        return topic, _SURE
    for other in leads:
        if other != topic and share(block.parts, language, ITEMS[other]) > MOST and not _is_of(block, topic, language):
            return other, _BY_LEAD
    entries = sum(is_entry(part, language) for part in block.parts)
    if entries * 2 > len(block.parts) and topic in ("history", "changes"):
        return "history", _SURE
    return (topic, _BY_HEADING) if topic not in ("controller", "") or _is_of(block, topic, language) else ("", 1.0)


def _led_elsewhere(block: OutlineBlock, leads: Sequence[str], topic: str, language: str) -> bool:
    """Whether the lead-in of a list says that it holds something else than its chapter does."""
    return any(other != topic and share(block.parts, language, ITEMS[other]) >= 0.8 for other in leads)


def _is_of(block: OutlineBlock, topic: str, language: str) -> bool:
    """Whether what leads to a list is about the topic of the heading above it."""
    if topic == "controller":
        return any(is_contact_line(part) for part in block.parts)
    read = sentences(block.lead, language)[-1:] if block.lead else ()
    return topic in SUPPORTS and topic not in ("purposes", "categories") and supports(topic, read)


def _topic_of_paragraph(part: OutlinePart, here: str, language: str) -> str:
    """Another topic than that of the heading above, where a paragraph states it and nothing else."""
    read = sentences(part, language)
    if not read:
        return ""
    if here in ("", "recipients", "commitments") and len(read) <= 2 and commitment(read[0]):
        return "commitments"
    if is_decision(part, language) and (here == "" or all(one.statement.is_paper for one in read)):
        return "" if here in ("decision", "history") else "decision"
    if here == "recipients" and _most(read, "transfers") and any(s.has("place", "third_country") for s in read):
        return "transfers"
    if here == "" and len(read) <= _FEW and any(True for _fact in controllers_in(part, language)):
        return "controller"
    if here == "" and _most(read, "cookies") and not read[0].has("operator", "not"):
        return "cookies"
    if here == "" and len(read) == 1 and "security" in read[0].said and _protects(read[0]):
        return "security"
    return ""


def _most(read: Sequence[PlacedSentence], topic: str) -> bool:
    """Whether the first sentence and at least every second are about ``topic``."""
    about = [SUPPORTS[topic](sentence) for sentence in read]
    return (about[0] or topic != "cookies") and sum(about) * 2 >= len(about)


def _protects(sentence: PlacedSentence) -> bool:
    return any(unit.value == "protect" for unit in sentence.statement.of("act"))


# --- Lists without marks, known by what leads to them ---


#: A lead-in leads to so many paragraphs at most.
_MOST_LED = 40


def _extended(blocks: Sequence[OutlineBlock], topic: str, language: str) -> Iterator[OutlineBlock]:
    """``blocks`` with the paragraphs after a lead-in that state what it says as its list."""
    at = 0
    while at < len(blocks):
        block = blocks[at]
        following = [one.parts[0] for one in _paragraphs(blocks[at + 1 : at + 1 + _MOST_LED])]
        count = _led(block, following, language) if block.kind == "paragraph" else 0
        if count:
            yield OutlineBlock("list", tuple(following[:count]), lead=block.parts[0])
        else:
            yield block
        at += 1 + count


def _paragraphs(blocks: Sequence[OutlineBlock]) -> Iterator[OutlineBlock]:
    for block in blocks:
        if block.kind != "paragraph":
            return
        yield block


def _led(block: OutlineBlock, following: Sequence[OutlinePart], language: str) -> int:
    """How many paragraphs after a lead-in with a colon are what it leads to: all, but for one between two others."""
    if not block.parts[0].words.text.rstrip().endswith(":"):
        return 0
    for topic in lead_topics(block.parts[0], language):
        if topic in ("rights", "categories") or not following:
            continue
        fits = [_fits(part, topic, language) for part in following]
        count = 0
        while count < len(fits) and (fits[count] or (count and any(fits[count + 1 : count + 2]))):
            count += 1
        if count > 1 and fits[0]:
            return count
    return 0


def _fits(part: OutlinePart, topic: str, language: str) -> bool:
    if topic == "purposes" and (len(split(part.words.text)) > 1 or label_of(part.words.text, language)[0]):
        return False
    return ITEMS[topic](part, language)
