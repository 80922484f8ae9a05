"""A person mends what an import proposes: another kind, two sections joined, one split, a suggestion accepted.

No word is lost or added by any of it. Where a section says words of the document by its facts, such as an address, it
is made of the document's own lines before it becomes another one: they are given as ``lines``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from html.parser import HTMLParser

from wagtail_privacy.imports.outline import Span
from wagtail_privacy.imports.proposal import Fact, ProposedSection, Suggestion
from wagtail_privacy.imports.sections import as_section
from wagtail_privacy.policy.flatten import HEADINGS, as_text
from wagtail_privacy.policy.kinds import Kind, kind_of
from wagtail_privacy.policy.section import without_empty
from wagtail_privacy.policy.words import plain

Sections = tuple[ProposedSection, ...]
_VOID = frozenset({"br", "hr", "img"})


def prose_of(kind: Kind) -> str:
    """The field that takes the words of a section of ``kind`` that is made from free text; empty where none can."""
    return next((field.name for field in kind.texts if field.type == "prose"), "")


@dataclass(frozen=True)
class SourceLine:
    """A heading, paragraph, item or row of the document in plain words, with its ``mark``, and where it stands."""

    kind: str
    text: str
    span: Span
    mark: str = ""


Lines = Sequence[SourceLine]


def within(lines: Lines, span: Span) -> tuple[SourceLine, ...]:
    """Those of ``lines`` that begin in ``span``."""
    return tuple(line for line in lines if span[0] <= line.span[0] < span[1])


def touched(lines: Lines, span: Span) -> tuple[SourceLine, ...]:
    """Those of ``lines`` that share a character with ``span``."""
    return tuple(line for line in lines if line.span[0] < span[1] and span[0] < line.span[1])


def change_kind(section: ProposedSection, kind: str, lines: Lines = ()) -> ProposedSection:
    """``section`` as one of ``kind``, which has a field of prose. Facts that it has too, and children, stay."""
    if kind == section.kind:
        return section
    section = whole(section, lines)
    heading, body = _words(replace(section, children=()))
    keeps_children = {child.kind for child in section.children} <= {*kind_of(kind).children}
    children = section.children if keeps_children else ()
    if not keeps_children:
        heading, body = _words(section)
    made = _made(section, kind, heading, body)
    return replace(made, children=children)


def join(first: ProposedSection, second: ProposedSection, lines: Lines = ()) -> ProposedSection:
    """Both as one section of the first one's kind, the second one's heading above its words."""
    second = whole(second, lines)
    if first.children and first.kind == second.kind and not second.texts:
        joined = replace(first, children=(*first.children, *second.children))
    else:
        kind, first = first.kind, whole(first, lines)
        (heading, body), (below, more) = _words(first), _words(second)
        kind = kind if prose_of(kind_of(kind)) and not first.children else "text"
        joined = _made(first, kind, heading, f"{body}{_subheading(below)}{more}")
    facts, suggestions = list(joined.facts), list(joined.suggestions)
    taken = {fact.field for fact in facts}
    facts += [fact for fact in second.facts if _fits(joined.kind, fact) and fact.field not in taken]
    suggestions += [one for one in second.suggestions if one.kind or _fits(joined.kind, one)]
    span = (min(first.span[0], second.span[0]), max(first.span[1], second.span[1]))
    return replace(joined, facts=tuple(facts), suggestions=tuple(suggestions), span=span)


def paragraphs(section: ProposedSection, lines: Lines = ()) -> list[str]:
    """The paragraphs, lists and subheadings of ``section`` below its heading, as HTML: it can be split before each but
    the first."""
    return list(_blocks(_words(whole(section, lines))[1]))


def split(section: ProposedSection, at: int, place: int, lines: Lines = ()) -> Sections:
    """``section`` as two: the second, free text, begins with the paragraph at position ``at``, which stands at
    ``place`` in the source. What cannot be split stays as it is."""
    kind, made = section.kind, whole(section, lines)
    heading, body = _words(made)
    blocks = list(_blocks(body))
    if not 0 < at < len(blocks):
        return (section,)
    section = made
    kind = kind if prose_of(kind_of(kind)) and not section.children else "text"
    first = _made(section, kind, heading, "".join(blocks[:at]), (section.span[0], place))
    return first, _from_blocks(section, blocks[at:], (place, section.span[1]))


def accept(section: ProposedSection, number: int) -> Sections:
    """``section`` with its suggestion ``number`` taken for a fact; one of another kind makes a section of its own."""
    one = section.suggestions[number]
    left = replace(section, suggestions=tuple(other for other in section.suggestions if other is not one))
    fact = Fact(one.field, one.value, one.span, one.reason)
    if not one.kind or one.kind == section.kind:
        return (replace(left, facts=(*(f for f in left.facts if f.field != one.field), fact)),)
    made = ProposedSection(one.kind, "", {}, one.span, one.reason, 1.0, facts=(fact,) if one.field else ())
    if one.kind in kind_of(section.kind).children:
        return (replace(left, children=(*left.children, made)),)
    return left, made


def accept_at(sections: Sections, path: Sequence[int], number: int) -> Sections:
    """``sections`` with a suggestion accepted that the section at ``path``, the positions that lead to it, has."""
    first, *rest = path
    section = sections[first]
    if rest:
        below = accept_at(section.children, rest, number)
        # What came into being behind the child and can't stand beside it stands behind this section.
        made_at, came = rest[0] + 1, len(below) - len(section.children)
        new = below[made_at : made_at + came]
        stays = all(child.kind in kind_of(section.kind).children for child in new)
        kept = below if stays else (*below[:made_at], *below[made_at + came :])
        made: Sections = (replace(section, children=kept), *(() if stays else new))
    else:
        made = accept(section, number)
    return (*sections[:first], *made, *sections[first + 1 :])


def whole(section: ProposedSection, lines: Lines) -> ProposedSection:
    """``section`` if its texts say all words of its ``lines``, else a text made of these."""
    mine = within(lines, section.span)
    said = Counter(_tokens(" ".join(_words(section))))
    if not Counter(_tokens(" ".join(line.text for line in mine))) - said:
        return section
    heading = mine[0].text if mine[0].kind == "heading" else ""
    body = _html_of(mine[1:] if heading else mine)
    return replace(section, kind="text", texts=without_empty({"heading": heading, "body": body}), children=())


def _html_of(lines: Lines) -> str:
    html = "".join(f"<{tag}>{escape(words, quote=False)}</{tag}>" for tag, words in map(_tag_and_words, lines))
    return re.sub(r"(?:<li>.*?</li>)+", r"<ul>\g<0></ul>", html)


def _tag_and_words(line: SourceLine) -> tuple[str, str]:
    if line.kind == "item" and not re.search(r"\w", line.mark):
        return "li", line.text
    return ("h3" if line.kind == "heading" else "p"), f"{line.mark} {line.text}".strip()


def _tokens(html: str) -> list[str]:
    return re.findall(r"\w+", plain(html).casefold())


def _from_blocks(section: ProposedSection, blocks: Sequence[str], span: Span) -> ProposedSection:
    """A text of ``blocks``; a subheading that it begins with is its heading."""
    is_heading = re.match(r"<h[2-6]\b|<p>\s*<(strong|b)>[^<]*</\1>\s*</p>$", blocks[0])
    heading = " ".join(plain(blocks[0]).split()) if is_heading and len(blocks) > 1 else ""
    return _made(section, "text", heading, "".join(blocks[1:] if heading else blocks), span)


def _made(section: ProposedSection, kind: str, heading: str, body: str, span: Span | None = None) -> ProposedSection:
    """A section of ``kind`` with these words, and with the facts and suggestions of ``section`` in its span."""
    known, span = kind_of(kind), span or section.span
    field = next((name for name in HEADINGS if known.field(name)), "")
    texts = {field: heading} if field else {}
    texts[prose_of(known)] = body if field else f"{_subheading(heading)}{body}"
    return replace(
        section,
        kind=kind,
        heading=heading,
        texts=without_empty(texts),
        span=span,
        confidence=1.0,
        children=(),
        facts=tuple(fact for fact in section.facts if _fits(kind, fact) and _within(fact.span, span)),
        suggestions=tuple(
            one for one in section.suggestions if (one.kind or _fits(kind, one)) and _within(one.span, span)
        ),
    )


def _words(section: ProposedSection) -> tuple[str, str]:
    """The heading, and all below it as HTML."""
    text = as_text(as_section(section)).texts
    return str(text.get("heading", "")), str(text.get("body", ""))


def _subheading(words: str) -> str:
    return f"<h3>{escape(words, quote=False)}</h3>" if words else ""


def _fits(kind: str, one: Fact | Suggestion) -> bool:
    field = kind_of(kind).field(one.field)
    return field is not None and not field.is_text


def _within(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _blocks(html: str) -> Iterator[str]:
    """The outermost elements of ``html``, and what stands between them, in order and whole."""
    reader = _Outermost()
    reader.feed(html)
    reader.close()
    start = 0
    for end in [*reader.ends(html), len(html)]:
        if html[start:end].strip():
            yield html[start:end]
        start = end


class _Outermost(HTMLParser):
    """Finds where each outermost element ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self._depth = 0
        self._found: list[tuple[int, int]] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._depth += tag not in _VOID

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        self._depth -= 1
        if self._depth == 0:
            self._found.append(self.getpos())

    def ends(self, html: str) -> list[int]:
        """The positions behind the closing tags."""
        lines = [0]
        for line in html.split("\n"):
            lines.append(lines[-1] + len(line) + 1)
        return [html.index(">", lines[row - 1] + column) + 1 for row, column in self._found]
