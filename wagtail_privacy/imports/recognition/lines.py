"""The lines of an address that one paragraph holds, each as a paragraph of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from html import escape

from wagtail_privacy.imports.outline import Outline, OutlinePart, Span
from wagtail_privacy.imports.recognition.evidence import has_contact
from wagtail_privacy.prose.sentences import ends_a_sentence

#: A longer line is no line of an address.
_LONGEST = 70
_BREAKS = {"html": re.compile(r"<br\b|<br/", re.IGNORECASE)}
_NEW_LINE = re.compile(r"[\n\r\u2028\v]")
_OPENED = re.compile(r"<([a-z]+)\b")
_CLOSED = re.compile(r"</([a-z]+)>")
_LINK = re.compile(r"<a [^>]*>([^<]*)</a>")


def lines_of(part: OutlinePart, outline: Outline) -> Iterator[OutlinePart]:
    """``part``, or its lines where it is a paragraph of short lines that reach somebody."""
    cuts = list(_lines(part, outline)) if part.kind == "paragraph" else []
    texts = [part.words.text[start:end] for start, end in cuts]
    pieces = part.html.split("<br>")
    are_set = len(pieces) == len(cuts) and all(map(_is_balanced, pieces))
    if len(cuts) < 2 or not _are_of_an_address(texts, are_set=are_set) or not (are_set or _is_plain(part.html)):
        yield part
        return
    for number, (start, end) in enumerate(cuts):
        span = part.words.in_source(start, end)
        span = (part.span[0] if number == 0 else span[0], part.span[1] if number == len(cuts) - 1 else span[1])
        words = part.words.between(start, end)
        html = pieces[number].strip() if are_set else escape(words.text, quote=False)
        yield replace(part, words=words, html=html, span=span)


def _lines(part: OutlinePart, outline: Outline) -> Iterator[Span]:
    """Where each line of ``part`` stands in its words: the source breaks between them."""
    pattern = _BREAKS.get(outline.format, _NEW_LINE)
    start, last = 0, 0
    for word in re.finditer(r"\S+", part.words.text):
        first = part.words.in_source(word.start(), word.start() + 1)[0]
        if word.start() and pattern.search(outline.source, last, first):
            yield start, len(part.words.text[: word.start()].rstrip())
            start = word.start()
        last = part.words.in_source(word.start(), word.end())[1]
    yield start, len(part.words.text)


def _are_of_an_address(lines: list[str], *, are_set: bool) -> bool:
    """Whether lines are short and one of them reaches somebody; among lines set by hand, sentences may stand."""
    short = [len(line) <= _LONGEST and not (ends_a_sentence(line) and len(line.split()) > 6) for line in lines]
    reach = [is_short and has_contact(line) for line, is_short in zip(lines, short, strict=True)]
    whole = all(is_short or (are_set and ends_a_sentence(line)) for line, is_short in zip(lines, short, strict=True))
    return whole and any(reach)


def _is_balanced(html: str) -> bool:
    """Whether each tag in a line ends in it."""
    return Counter(_OPENED.findall(html)) == Counter(_CLOSED.findall(html))


def _is_plain(html: str) -> bool:
    """Whether nothing is lost where the links of addresses become their words."""
    linked = _LINK.findall(html)
    return all("@" in words or "." in words or re.fullmatch(r"[\d +()-]+", words) for words in linked) and "<" not in (
        _LINK.sub("", html)
    )
