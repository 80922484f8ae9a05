"""Words that the texts and facts of a section don't say, such as labels: what holds them is put back into its prose."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from django.utils.translation import override

from wagtail_privacy.imports.outline import OutlinePart, Span, Words
from wagtail_privacy.imports.proposal import Fact, ProposedSection
from wagtail_privacy.imports.recognition.texts import free_text, rich_text
from wagtail_privacy.imports.tokens import placed_words, words_in
from wagtail_privacy.policy.kinds import kind_of
from wagtail_privacy.policy.words import plain, say

#: Texts that may say more than one thing.
_ROOMY = ("introduction", "note", "description", "explanation", "criteria", "body", "meaning", "logic")
#: Facts that a block says as they were written, or by the name of the country.
_SAID = frozenset({"name", "address", "email", "phone", "url", "country"})
#: Facts that it says in its own way: "24 months" for "två år", "12 April" for "04-12".
_SAID_ANEW = frozenset({"date", "duration", "number"})
#: Kinds whose block puts its own label before each of these.
_LABELLED = frozenset({"controller", "dpo", "decision"})


def label_in(kind: str, field: str, language: str) -> str:
    """What the block of ``kind`` calls ``field``."""
    known = kind_of(kind).field(field)
    with override(language):
        return str(known.label) if known else ""


def with_all_words(
    sections: Sequence[ProposedSection], parts: Sequence[OutlinePart], language: str
) -> Iterator[ProposedSection]:
    """``sections``, each saying all words of the ``parts`` in its span. Both are in the order of the document."""
    at = 0
    with override(language):
        for section in sections:
            inside: list[OutlinePart] = []
            while at < len(parts) and parts[at].span[0] < section.span[1]:
                inside += [parts[at]] if parts[at].span[0] >= section.span[0] else []
                at += 1
            yield _whole(section, inside)


def _whole(section: ProposedSection, inside: Sequence[OutlinePart]) -> ProposedSection:
    lost = Counter(word for part in inside for word in words_in(part.words.text))
    lost -= Counter(_said(section))
    if not lost:
        return section
    anew = sorted(_said_anew(section))
    restored, homeless = _restored(section, list(_bare(inside, lost, Counter(_lines(section)), anew)))
    headings = list(takewhile(lambda part: part.kind == "heading", inside))
    return free_text(headings, inside[len(headings) :]) if homeless else restored


def _bare(
    parts: Sequence[OutlinePart], lost: Counter[str], held: Counter[str], anew: Sequence[Span]
) -> Iterator[OutlinePart]:
    """The parts, or the cells of rows, that lost words stand in; ``held`` are lines that stand whole in a text."""
    for part in parts:
        words = list(words_in(part.words.text))
        line = " ".join(words)
        if held[line] > 0:
            held[line] -= 1
        elif _loses(part.words, lost, anew):
            cells = tuple(cell for cell in part.cells if _loses(cell.words, lost, anew))
            yield replace(part, cells=cells) if cells else part
            lost.subtract(words)


def _loses(words: Words, lost: Counter[str], anew: Sequence[Span]) -> bool:
    return any(
        lost[word] > 0 and not _is_within(words.in_source(at, at + 1)[0], anew) for word, at in placed_words(words.text)
    )


def _is_within(position: int, spans: Sequence[Span]) -> bool:
    """Whether one of ``spans``, which are in order and don't overlap, holds ``position``."""
    at = bisect_right(spans, (position, sys.maxsize)) - 1
    return at >= 0 and position < spans[at][1]


def _lines(section: ProposedSection) -> Iterator[str]:
    """The words of each paragraph and item in the texts of ``section``."""
    for text in section.texts.values():
        yield from (" ".join(words_in(line)) for line in plain(text).split("\n"))
    for child in section.children:
        yield from _lines(child)


def _restored(section: ProposedSection, bare: Sequence[OutlinePart]) -> tuple[ProposedSection, list[OutlinePart]]:
    """``section`` with ``bare`` in its texts or those of its children, and what no text of it can hold."""
    if not bare:
        return section, []
    children: list[ProposedSection] = []
    mine: list[OutlinePart] = []
    at = 0
    for child in section.children:
        before = at
        while at < len(bare) and bare[at].span[0] < child.span[0]:
            at += 1
        mine += bare[before:at]
        before = at
        while at < len(bare) and bare[at].span[0] < child.span[1]:
            at += 1
        restored, homeless = _restored(child, bare[before:at])
        children.append(restored)
        mine += homeless
    return _with(replace(section, children=tuple(children)), [*mine, *bare[at:]])


def _with(section: ProposedSection, parts: Sequence[OutlinePart]) -> tuple[ProposedSection, list[OutlinePart]]:
    """``section`` with ``parts`` in its own texts, and what these can't hold."""
    texts = dict(section.texts)
    waiting = [part for part in parts if not _completed(texts, section.kind, part)]
    roomy = next((field.name for field in kind_of(section.kind).texts if field.name in _ROOMY), "")
    if waiting and roomy:
        texts[roomy] = texts.get(roomy, "") + rich_text(waiting)
        waiting = []
    return replace(section, texts=texts), waiting


def _completed(texts: dict[str, str], kind: str, part: OutlinePart) -> bool:
    """Whether a text was the end of ``part``, behind its label, and now is the whole of it."""
    words = list(words_in(part.words.text))
    for name, text in texts.items():
        end = list(words_in(plain(text)))
        if part.kind != "row" and 0 < len(end) < len(words) and words[-len(end) :] == end:
            field = kind_of(kind).field(name)
            is_prose = field is not None and field.type == "prose"
            texts[name] = f"<p>{part.html}</p>" if is_prose else part.words.text.rstrip(" ,;.")
            return True
    return False


def _said(section: ProposedSection) -> Iterator[str]:
    """The words of the texts of ``section``, and those that its block says for its facts."""
    for text in section.texts.values():
        yield from words_in(plain(text))
    for fact in section.facts:
        field = kind_of(section.kind).field(fact.field)
        if not field or _is_heading(section, fact):
            continue
        if section.kind in _LABELLED:
            yield from words_in(str(field.label))
        if field.type in _SAID:
            yield from words_in(say(field, fact.value))
    for child in section.children:
        yield from _said(child)


def _is_heading(section: ProposedSection, fact: Fact) -> bool:
    """Whether ``fact`` names ``section`` as its heading does: the block says such a name once, above."""
    return fact.field in kind_of(section.kind).named_by and fact.value == section.texts.get("heading")


def _said_anew(section: ProposedSection) -> Iterator[Span]:
    for fact in section.facts:
        field = kind_of(section.kind).field(fact.field)
        if field and field.type in _SAID_ANEW:
            yield fact.span
    for child in section.children:
        yield from _said_anew(child)
