"""How long data are kept: each sentence or item that names one period, and the criteria."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from wagtail_privacy.imports.outline import OutlinePart
from wagtail_privacy.imports.proposal import Fact, ProposedSection, Suggestion
from wagtail_privacy.imports.recognition.chapters import span_of
from wagtail_privacy.imports.recognition.groups import group, name_and_rest, reason_of
from wagtail_privacy.imports.recognition.purposes import keeps, retention_of
from wagtail_privacy.imports.recognition.segments import Segment
from wagtail_privacy.imports.recognition.sentences import PlacedSentence, sentences, sentences_of
from wagtail_privacy.imports.recognition.tables import columns, table_of
from wagtail_privacy.imports.recognition.texts import heading_text, rich_text
from wagtail_privacy.imports.recognition.values import periods


def retention(segment: Segment, language: str) -> Iterator[ProposedSection]:
    """A group of periods: items with one, sentences with one; all other words introduce them."""
    children: list[ProposedSection] = []
    before: list[str] = []
    run: list[OutlinePart] = []
    for part in segment.below:
        found = list(_children(part, language))
        if not found:
            run.append(part)
            continue
        children += (child for child, _rest in found if child)
        before.append(rich_text(run) + "".join(rest for _child, rest in found))
        run = []
    introduction = rich_text(segment.headings[1:]) + "".join(before) + rich_text(run)
    texts = {"heading": heading_text(segment.headings[0]) if segment.headings else "", "introduction": introduction}
    filled = {name: text for name, text in texts.items() if text}
    yield ProposedSection(
        "retention_periods", texts["heading"], filled, span_of(segment.parts), reason_of(segment), segment.confidence,
        children=tuple(children),
    )  # fmt: skip


def _children(part: OutlinePart, language: str) -> Iterator[tuple[ProposedSection | None, str]]:
    """The periods that a part states, each a whole sentence; or a sentence that states none."""
    read = sentences(part, language)
    stated = [_states(one, part) for one in read]
    if not any(stated) or ("<a " in part.html and len(read) > 1):
        return
    if len(read) == 1 and part.kind == "item":
        yield _of_item(part, read[0]), ""
        return
    for one, is_stated in zip(read, stated, strict=True):
        if is_stated:
            yield retention_of([one], one.text, one.span), ""
        else:
            yield None, f"<p>{_escaped(one.text)}</p>"


def _of_item(part: OutlinePart, read: PlacedSentence) -> ProposedSection:
    """ "Customers: 24 months": what it is about, and the period."""
    name, rest = name_and_rest([part])
    whole = retention_of([read], rest or part.words.text, part.span)
    if not rest:
        return whole
    texts = {"applies_to": name, **whole.texts}
    return ProposedSection(
        "retention", "", texts, part.span, whole.reason, whole.confidence, whole.facts, whole.suggestions
    )


def _states(sentence: PlacedSentence, part: OutlinePart) -> bool:
    """Whether it says that something is kept or goes within a period: an item says it by standing here."""
    if not any(True for _one in periods(sentence)):
        return False
    return keeps(sentence) or part.kind == "item"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def retention_of_table(segment: Segment, language: str) -> Iterator[ProposedSection]:
    rows, stating, intro = table_of(segment.below)
    named = columns(rows, "retention", language)
    yield group("retention_periods", segment, [_row(row, named, language) for row in stating], intro)


def _row(row: OutlinePart, named: Sequence[str], language: str) -> ProposedSection:
    facts: tuple[Fact, ...] = ()
    offers: tuple[Suggestion, ...] = ()
    texts: dict[str, str] = {}
    for column, cell in zip((*named, *[""] * len(row.cells)), row.cells, strict=False):
        if column == "period":
            found = retention_of(sentences_of(cell.words, language), cell.words.text, cell.span)
            facts, offers = found.facts, found.suggestions
            texts["criteria"] = texts.get("criteria", "") + found.texts.get("criteria", "")
        elif cell.words.text and "applies_to" not in texts:
            texts["applies_to"] = cell.words.text
        elif cell.words.text:
            texts["criteria"] = texts.get("criteria", "") + f"<p>{cell.html}</p>"
    filled = {name: text for name, text in texts.items() if text}
    return ProposedSection("retention", "", filled, row.span, _("A row of a table of periods."), 0.9, facts, offers)
