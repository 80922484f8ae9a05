"""What a policy says of itself: who decided it and when, since when it applies, and what was changed earlier."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from wagtail_privacy.imports.outline import OutlinePart
from wagtail_privacy.imports.proposal import Fact, ProposedSection, Suggestion
from wagtail_privacy.imports.recognition.chapters import span_of
from wagtail_privacy.imports.recognition.sentences import find_words, sentences
from wagtail_privacy.imports.recognition.texts import free_text, heading_text, rich_text
from wagtail_privacy.imports.recognition.values import days
from wagtail_privacy.imports.recognition.words import concepts

_PARAGRAPH = re.compile(r"§\s?\d{1,4}|\bpykälä\s\d+", re.IGNORECASE)
_REFERENCE = re.compile(
    r"(?:\b[A-ZÅÄÖÆØ]{2,6}[ -]?)?\b(?:19|20)\d\d[/:-]\d{1,6}\b(?!-\d)|\b[A-ZÅÄÖÆØ]{2,6}[ -]?(?:19|20)\d\d[/.:-]\d+"
)
#: So much may stand before the day of an entry: "Version 2.1, last updated".
_BEFORE_A_DAY = 40
#: A longer line is a text.
_LONGEST = 200


def is_decision(part: OutlinePart, language: str) -> bool:
    """Whether a line is about the document itself: when it was decided, changed or came into force, and by whom."""
    read = sentences(part, language)
    if len(part.words.text) > _LONGEST or not read or len(read) > 3:
        return False
    named = {"decided", "updated", "applies_from", "decided_by"} & set(concepts("columns", part.words.text, language))
    return (
        bool(named)
        and any(True for one in read for _day in days(one))
        and all(_is_of_the_paper(one.text) for one in read)
    )


def _is_of_the_paper(text: str) -> bool:
    """Few words: what a sentence says of people's data takes more."""
    return len(text.split()) <= 16


def decision(headings: Sequence[OutlinePart], parts: Sequence[OutlinePart], language: str) -> ProposedSection:
    """Lines about the document as a decision; a bare "updated" line as an entry of the earlier history."""
    facts: list[Fact] = []
    texts: dict[str, str] = {}
    for part in parts:
        facts += [fact for fact in _decision_facts(part, language) if fact.field not in {one.field for one in facts}]
        if by := _decided_by(part, language):
            texts["decided_by"] = by
    span = span_of([*headings, *parts])
    if not texts and all(fact.field == "updated" for fact in facts):
        return _updated(headings, parts, facts, language)
    texts = {"heading": heading_text(headings[0]) if headings else "", **texts}
    reason = _("The lines say when and by whom the document was decided.")
    return ProposedSection("decision", texts["heading"], _filled(texts), span, reason, 0.85, tuple(facts))


def _updated(
    headings: Sequence[OutlinePart], parts: Sequence[OutlinePart], facts: Sequence[Fact], language: str
) -> ProposedSection:
    offers = tuple(Suggestion(f.field, f.value, f.span, f.reason, "decision") for f in facts)
    entries = tuple(entry for part in parts if (entry := history_entry(part, language)))
    if len(entries) != len(parts):
        return free_text(headings, parts, suggestions=offers)
    texts = _filled({"heading": heading_text(headings[0]) if headings else ""})
    reason = _("The line says when the document was changed.")
    return ProposedSection(
        "earlier_history",
        texts.get("heading", ""),
        texts,
        span_of([*headings, *parts]),
        reason,
        0.75,
        (),
        offers,
        entries,
    )


def _decision_facts(part: OutlinePart, language: str) -> Iterator[Fact]:
    for read in sentences(part, language):
        named = [
            name for name in concepts("columns", read.text, language) if name in ("updated", "decided", "applies_from")
        ]
        found = list(days(read))
        for name, (value, raw) in zip(named, found, strict=False):
            yield Fact(name, value, read.span_of(raw), _("A day after what it is the day of."))
        if match := _PARAGRAPH.search(read.text):
            yield Fact("paragraph", match.group(), read.span_of(match.group()), _("The paragraph of the minutes."))
        rest = read.text
        for _value, raw in found:
            start, end = find_words(rest, raw)
            rest = rest[:start] + " " * (end - start) + rest[end:] if start >= 0 else rest
        if match := _REFERENCE.search(rest):
            yield Fact(
                "reference", match.group(), read.span_of(match.group()), _("The reference number of the document.")
            )


def _decided_by(part: OutlinePart, language: str) -> str:
    """Who decided: the capitalised words after "decided by"."""
    text = part.words.text
    for match in re.finditer(
        r"\b(?:av|by|durch|von|af)\s+((?:the\s|den\s)?[A-ZÅÄÖÆØ]?[^\W\d_]+(?:\s(?:i|in|of|för|for|og|och|and)?\s?[A-ZÅÄÖÆØ][^\W\d_]+)*)",
        text,
    ):
        if "decided_by" in concepts("columns", text[: match.end()], language):
            return match[1].strip()
    return ""


def _filled(texts: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if text}


# --- Earlier changes ---


def is_entry(part: OutlinePart, language: str) -> bool:
    return _entry_day(part, language) is not None


def _entry_day(part: OutlinePart, language: str) -> tuple[str, str, tuple[int, int]] | None:
    """The day at the beginning of an entry, with its words."""
    read = sentences(part, language)
    for value, raw in days(read[0]) if read else ():
        at, end = find_words(part.words.text, raw)
        if 0 <= at <= _BEFORE_A_DAY:
            return value, raw, part.words.in_source(at, end)
    return None


def history_entry(part: OutlinePart, language: str) -> ProposedSection | None:
    """An earlier change: its own day, and all its words."""
    found = _entry_day(part, language)
    if found is None:
        return None
    value, _raw, span = found
    fact = Fact("date", value, span, _("The day that the entry begins with."))
    reason = _("An earlier change with its day.")
    return ProposedSection("history_entry", "", {"description": rich_text([part])}, part.span, reason, 0.85, (fact,))
