"""Rights: one section for each that a paragraph, an item or a sentence states; how to use them, and complaints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from wagtail_privacy.imports.outline import OutlinePart, Span
from wagtail_privacy.imports.proposal import Fact, ProposedSection, Suggestion
from wagtail_privacy.imports.recognition.groups import reason_of
from wagtail_privacy.imports.recognition.segments import Segment
from wagtail_privacy.imports.recognition.sentences import PlacedSentence, sentences
from wagtail_privacy.imports.recognition.texts import heading_text, rich_text
from wagtail_privacy.imports.recognition.values import authority, basis_suggestions, periods


@dataclass(frozen=True)
class _StatedRight:
    """A part, or one sentence of it, and the right that it states; empty for none."""

    part: OutlinePart
    read: tuple[PlacedSentence, ...]
    right: str
    is_whole: bool

    @property
    def span(self) -> Span:
        return self.part.span if self.is_whole else (self.read[0].span[0], self.read[-1].span[1])

    @property
    def html(self) -> str:
        if self.is_whole:
            return rich_text([self.part])
        return f"<p>{_escaped(' '.join(one.text for one in self.read))}</p>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def rights(segment: Segment, language: str) -> Iterator[ProposedSection]:
    """A group of rights; a complaint at its end, with the authority named, is a section of its own."""
    pieces = [piece for part in segment.below for piece in _pieces(part, language)]
    pieces = [replace(piece, right="") if _sums_up(piece, pieces) else piece for piece in pieces]
    last: list[_StatedRight] = []
    while len(pieces) > 1 and _is_complaint(pieces[-1]):
        last.insert(0, pieces.pop())
    first = next((n for n, piece in enumerate(pieces) if piece.right), len(pieces))
    children = [right_of(piece, language) for piece in pieces[first:] if piece.right]
    texts = {"heading": heading_text(segment.headings[0]) if segment.headings else ""}
    texts["introduction"] = rich_text(segment.headings[1:]) + "".join(piece.html for piece in pieces[:first])
    texts["how"] = "".join(piece.html for piece in pieces[first:] if not piece.right)
    filled = {name: text for name, text in texts.items() if text}
    read = [one for piece in pieces for one in piece.read]
    start = segment.parts[0].span[0]
    span = (start, pieces[-1].span[1]) if pieces else (start, segment.parts[-1].span[1])
    yield ProposedSection(
        "rights", texts["heading"], filled, span, reason_of(segment), segment.confidence, tuple(_facts(read)),
        tuple(_suggestions(read)), tuple(children),
    )  # fmt: skip
    yield from (complaint_of(piece, language) for piece in last)


def _sums_up(piece: _StatedRight, pieces: Sequence[_StatedRight]) -> bool:
    """Whether a piece only names several rights that others state one by one."""
    if piece is not pieces[0]:
        return False
    named = {code for one in piece.read for code in one.rights}
    stated = {other.right for other in pieces if other is not piece and other.right}
    return len(named) > 1 and len(named & stated) * 2 > len(named)


def _pieces(part: OutlinePart, language: str) -> Iterator[_StatedRight]:
    """``part`` whole if it states one right, its sentences if each states another."""
    read = sentences(part, language)
    stated = [_right(one) for one in read]
    codes = list(dict.fromkeys(code for code in stated if code))
    closing = len(read) > 1 and stated[-1] == "complaint" and _names_authority(read[-1]) and codes != ["complaint"]
    if "<a " in part.html and not closing:
        yield _StatedRight(part, read, codes[0] if codes else "", is_whole=True)
    elif part.kind != "item" and len(codes) > 2 and len(read) > 2:
        yield from (_StatedRight(part, (one,), code, is_whole=False) for one, code in zip(read, stated, strict=True))
    elif closing:
        yield _StatedRight(part, read[:-1], codes[0], is_whole=False)
        yield _StatedRight(part, read[-1:], "complaint", is_whole=False)
    elif (
        len(read) > 1
        and stated
        and not stated[0]
        and len(codes) == 1
        and part.kind == "paragraph"
        and _is_general(read[0])
    ):
        yield _StatedRight(part, read[:1], "", is_whole=False)
        yield _StatedRight(part, read[1:], codes[0], is_whole=False)
    else:
        yield _StatedRight(part, read, codes[0] if codes else _named(part, read), is_whole=True)


def _named(part: OutlinePart, read: Sequence[PlacedSentence]) -> str:
    """The right that a short item among rights names without saying that there is one: "rectification"."""
    short = part.kind == "item" and len(read) == 1 and len(part.words.text.split()) <= _LONGEST_NAME
    return read[0].rights[0] if short and read[0].rights and not read[0].statement.negators else ""


#: A longer item says more than its right.
_LONGEST_NAME = 8


def _is_general(sentence: PlacedSentence) -> bool:
    return not sentence.has("operator", "may_you") and not sentence.has("right", "right")


def _right(sentence: PlacedSentence) -> str:
    """The right that a sentence gives, the first that it names: it says that people may or have the right."""
    gives = (
        sentence.has("right", "right")
        or ("rights" in sentence.said and bool(sentence.rights))
        or sentence.has("operator", "may_you", "must_you")
        or bool(sentence.topics & {"right_access", "right_portability", "complaint"})
        or sentence.keys & {("act", "request"), ("right", "object"), ("right", "withdraw"), ("right", "complain")}
    )
    if not gives or "exercise" in sentence.said or sentence.statement.text.endswith(":"):
        return ""
    if sentence.rights and not (sentence.rights == ("restriction",) and sentence.statement.operators["except"]):
        return sentence.rights[0]
    if sentence.has("right", "right") and _TO_BE_INFORMED.search(sentence.text):
        return "information"
    entitled = (
        sentence.has("right", "right") and "rights" in sentence.said and sentence.statement.operators["second_person"]
    )
    return "other" if entitled and sentence.statement.acts & {"verify"} else ""


#: "the right to receive information".
_TO_BE_INFORMED = re.compile(
    r"\b(?:rätt|right|rett|ret|recht|oikeus)\s(?:\w+\s){0,3}(?:inform|tietoa\b)", re.IGNORECASE
)


def _names_authority(sentence: PlacedSentence) -> bool:
    return authority(sentence.text, sentence.language) is not None


def _is_complaint(piece: _StatedRight) -> bool:
    return piece.right == "complaint" and any(map(_names_authority, piece.read))


def right_of(piece: _StatedRight, language: str) -> ProposedSection:
    words = next((one for one in piece.read if piece.right in one.rights), piece.read[0])
    reason = _("The right that the words name first.")
    fact = Fact("right", piece.right, words.span, reason)
    others = dict.fromkeys(code for one in piece.read for code in one.rights if code != piece.right)
    offers = [Suggestion("right", code, piece.span, _("The words name this right too."), "right") for code in others]
    if piece.right == "complaint" and (named := authority(piece.part.words.text, language)):
        country, start, end = named
        span = piece.part.words.in_source(start, end)
        offers.append(
            Suggestion("authority", country, span, _("The supervisory authority that is named."), "complaint")
        )
    facts = (fact, *_frequency(piece.read))
    return ProposedSection("right", "", {"explanation": piece.html}, piece.span, reason, 0.85, facts, tuple(offers))


def _frequency(read: Sequence[PlacedSentence]) -> Iterator[Fact]:
    """How often a right may be used, where a sentence doesn't say that it is only free so often."""
    for one in read:
        if "once_a_year" in one.said and one.rights and not one.has("mode", "free", "fee"):
            yield Fact("frequency", "P1Y", one.span, _("The words say how often."))
            return


def right_of_chapter(heading: OutlinePart, below: Sequence[OutlinePart], language: str) -> ProposedSection | None:
    """What stands under a sub-heading as one right; ``None`` if heading and words don't name one."""
    named = [code for one in sentences(heading, language) for code in one.rights]
    read = [one for part in below for one in sentences(part, language)]
    stated = [code for one in read for code in one.rights]
    code = next((code for code in named if code in stated or code == named[0]), "")
    if not code or not read:
        return None
    reason = _("The right that the heading names.")
    texts = {"title": heading_text(heading), "explanation": rich_text(below)}
    span = heading.span[0], below[-1].span[1]
    fact = Fact("right", code, heading.span, reason)
    return ProposedSection("right", texts["title"], texts, span, reason, 0.85, (fact,))


def complaint_of(piece: _StatedRight, language: str) -> ProposedSection:
    facts = []
    for one in piece.read:
        if named := authority(one.text, language):
            country, start, end = named
            span = one.words.in_source(one.start + start, one.start + end)
            facts.append(Fact("authority", country, span, _("The supervisory authority that is named.")))
    reason = _("A complaint to a supervisory authority that is named.")
    return ProposedSection("complaint", "", {"explanation": piece.html}, piece.span, reason, 0.85, tuple(facts[:1]))


def complaint(segment: Segment, language: str) -> Iterator[ProposedSection]:
    """A chapter about complaints."""
    read = [one for part in segment.below for one in sentences(part, language)]
    said = [one for one in read if not one.statement.negators]
    countries = {named[0]: one for one in said if (named := authority(one.text, language))}
    facts: tuple[Fact, ...] = ()
    if len(countries) == 1:
        ((country, one),) = countries.items()
        start, end = (authority(one.text, language) or ("", 0, 0))[1:]
        span = one.words.in_source(one.start + start, one.start + end)
        facts = (Fact("authority", country, span, _("The supervisory authority that is named.")),)
    texts = {
        "heading": heading_text(segment.headings[0]) if segment.headings else "",
        "explanation": rich_text([*segment.headings[1:], *segment.below]),
    }
    span = segment.parts[0].span[0], segment.parts[-1].span[1]
    filled = {name: text for name, text in texts.items() if text}
    yield ProposedSection("complaint", texts["heading"], filled, span, reason_of(segment), segment.confidence, facts)


# --- What holds for all rights ---


def _facts(read: Sequence[PlacedSentence]) -> Iterator[Fact]:
    if free := next((one for one in read if _is_free(one)), None):
        yield Fact("free", True, free.span, _("Using one’s rights is called free, without a limit."))
    answer = next((n for n, one in enumerate(read) if _answers(one) and _periods_of_answer(one)), None)
    if answer is None:
        return
    duration, _most, span = _periods_of_answer(read[answer])[0]
    yield Fact("response_time", duration, span, _("Within this time requests are answered."))
    for one in read[answer + 1 : answer + 3]:
        found = list(periods(one))
        if len(found) == 1 and found[0][1] and "extension" not in one.said and not one.rights:
            yield Fact("extended_time", found[0][0], found[0][2], _("The longest time that an answer takes."))
            return


def _periods_of_answer(sentence: PlacedSentence) -> list[tuple[str, bool, Span]]:
    """The only period of a sentence, or the first where a second one extends it: "… extended by two months"."""
    found = list(periods(sentence))
    return found if len(found) == 1 or (len(found) == 2 and "extension" in sentence.said) else []


def _is_free(sentence: PlacedSentence) -> bool:
    """Whether it calls the use of rights free: not once a year, not for something else."""
    if not sentence.has("mode", "free") or sentence.statement.operators["limited_times"] or sentence.has("mode", "fee"):
        return False
    if any(True for _unit in sentence.statement.of("bound")) or sentence.statement.negators:
        return False
    return (
        sentence.has("right", "right")
        or bool(sentence.rights)
        or "exercise" in sentence.said
        or sentence.has("act", "request")
    )


def _answers(sentence: PlacedSentence) -> bool:
    return sentence.has("act", "answer", "inform") and not sentence.statement.operators["may_you"]


def _suggestions(read: Sequence[PlacedSentence]) -> Iterator[Suggestion]:
    yield from basis_suggestions([one for one in read if not one.rights])
    for one in read:
        if "once_a_year" in one.said and one.rights and one.has("mode", "free"):
            reason = _("Free so often: whether the right itself has that limit, the words leave open.")
            yield Suggestion("frequency", "P1Y", one.span, reason, "right")
        if one.has("mode", "free") and not _is_free(one):
            yield Suggestion("free", True, one.span, _("Free, but within limits."))
        for value, _most, span in list(periods(one))[-1:] if "extension" in one.said else ():
            yield Suggestion("extended_time", value, span, _("By so much the time may be extended."))
