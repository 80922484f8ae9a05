"""A page's tags and texts with their places in the source, read once from front to back.

As HTML's own rules have it (HTML, 13.2.5 "Tokenization"), but for what would lose words: no library that reads these
rules tells where in the source a word stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Literal, NamedTuple

from wagtail_privacy.policy.sanitise import BLOCK_LEVEL


def names(text: str) -> frozenset[str]:
    return frozenset(text.split())


TokenKind = Literal["text", "start", "end", "swallowed"]

#: Elements whose content is no HTML, and isn't read.
RAW = names("script style iframe noembed noframes xmp")
#: Elements whose content is text without tags.
_TEXT_ALONE = frozenset({"title", "textarea"})
VOID = names("area base br col embed hr img input link meta param source track wbr")
#: Every element of HTML, those of old pages too: what isn't one, and is nowhere closed, is text in angle brackets.
KNOWN = (
    BLOCK_LEVEL
    | RAW
    | VOID
    | names(
        "a abbr acronym applet audio b basefont bdi bdo big blink br canvas cite code data datalist del dfn em font "
        "frame frameset hgroup html i image ins kbd label map mark marquee math meter nobr noscript object output "
        "picture progress q rb rp rt rtc ruby s samp slot small span strike strong sub sup svg template time title tt "
        "u var video wbr textarea select option optgroup button"
    )
)
_TEXT = re.compile(r"[^<&]+")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,9}|#[xX][0-9a-fA-F]{1,8}|[a-zA-Z][a-zA-Z0-9]{1,40});?")
_NAME = re.compile(r"[a-zA-Z][^\s/><]*")
_CLOSED = re.compile(r"</([a-zA-Z][^\s/><]*)")
_ATTRIBUTE = re.compile(r"[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]*))?")
#: Where these hold a tag, the quotation mark before it was never closed.
_NO_MARKUP_IN = names("alt class href id name rel src style target type")
_UNQUOTED = re.compile(r"[^\s>]*")
_TAG_END = re.compile(r"[\s/]*>")
_EMPTY_COMMENT = re.compile("<!---?>")
_TAG_WITHIN = re.compile(r"<(?:/[a-zA-Z]|[a-zA-Z])")
_END_OF_COMMENT = re.compile(r"--!?>")


class HtmlToken(NamedTuple):
    """``value`` is a text, or the name of a tag in lower case; swallowed is what something unclosed swallowed."""

    kind: TokenKind
    value: str
    start: int
    end: int
    attributes: dict[str, str] = {}


def html_tokens(source: str, start: int = 0, end: int | None = None) -> Iterator[HtmlToken]:
    """The tokens of ``source[start:end]``; comments and what scripts and styles hold are none."""
    return _Tokenizer(source, start, len(source) if end is None else end).tokens()


class _Tokenizer:
    def __init__(self, source: str, start: int, end: int) -> None:
        self.source, self.position, self.end = source, start, end
        self.is_cut_off = False
        # What comes no more isn't looked for again and again.
        self.closed = {match.group(1).lower(): match.start() for match in _CLOSED.finditer(source, start, end)}
        self.last_bracket = source.rfind(">", start, end)

    def tokens(self) -> Iterator[HtmlToken]:
        while self.position < self.end:
            start = self.position
            if text := _TEXT.match(self.source, start, self.end):
                self.position = text.end()
                yield HtmlToken("text", text.group(), start, self.position)
            elif self.source[start] == "&":
                yield self._reference(start)
            else:
                yield from self._markup(start)

    def _reference(self, start: int) -> HtmlToken:
        match = _REFERENCE.match(self.source, start, self.end)
        written = match.group() if match else "&"
        self.position = start + len(written)
        return HtmlToken("text", unescape(written), start, self.position)

    def _markup(self, start: int) -> Iterator[HtmlToken]:
        following = self.source[start + 1 : start + 2]
        if self.source.startswith("<!--", start):
            yield from self._comment(start)
        elif following in ("!", "?"):
            yield from self._up_to_bracket(start, start + 2)
        elif following == "/":
            yield from self._end_tag(start)
        elif match := _NAME.match(self.source, start + 1, self.end):
            yield from self._start_tag(match.group(), start, match.end())
        else:
            yield self._as_text(start, start + 1)

    def _as_text(self, start: int, end: int) -> HtmlToken:
        self.position = end
        return HtmlToken("text", self.source[start:end], start, end)

    def _comment(self, start: int) -> Iterator[HtmlToken]:
        empty = _EMPTY_COMMENT.match(self.source, start, self.end)
        if match := empty or _END_OF_COMMENT.search(self.source, start + 4, self.end):
            self.position = match.end()
        else:
            yield self._swallowed("comment", start)

    def _up_to_bracket(self, start: int, search_from: int) -> Iterator[HtmlToken]:
        found = self._bracket(search_from)
        if found < 0:
            yield self._as_text(start, start + 1)
        else:
            self.position = found + 1

    def _bracket(self, position: int) -> int:
        return self.source.find(">", position, self.end) if position <= self.last_bracket else -1

    def _swallowed(self, by: str, start: int) -> HtmlToken:
        self.position = self.end
        return HtmlToken("swallowed", by, start, self.end)

    def _end_tag(self, start: int) -> Iterator[HtmlToken]:
        match = _NAME.match(self.source, start + 2, self.end)
        if match is None:
            yield from self._up_to_bracket(start, start + 2)
            return
        found = self._bracket(match.end())
        self.position = match.end() if found < 0 else found + 1
        yield HtmlToken("end", match.group().lower(), start, self.position)

    def _start_tag(self, written: str, start: int, after_name: int) -> Iterator[HtmlToken]:
        name = written.lower()
        attributes, end = self._attributes(after_name)
        if end < 0 or self._is_text(name, attributes, start, end):
            yield self._as_text(start, after_name)
            return
        self.position = end
        yield HtmlToken("start", name, start, end, attributes)
        if self.source[end - 2] == "/" and name not in KNOWN:
            yield HtmlToken("end", name, end, end)
        elif name in RAW or name in _TEXT_ALONE:
            yield from self._content(name, end)

    def _is_text(self, name: str, attributes: dict[str, str], start: int, end: int) -> bool:
        """Whether it is no tag but an address or a gap in angle brackets, which browsers hide."""
        if "@" in name:
            return True
        unknown = name not in KNOWN and not {"-", ":"} & set(name) and name not in self.closed
        return unknown and not any(attributes.values()) and self.source[end - 2] != "/"

    def _attributes(self, position: int) -> tuple[dict[str, str], int]:
        """The attributes of a tag, and where it ends; -1 if it doesn't."""
        attributes: dict[str, str] = {}
        closing = self._bracket(position)
        end = closing if self.is_cut_off else self.end
        first = position
        while match := _ATTRIBUTE.match(self.source, position, max(end, first)):
            name, value = match.group(1).lower(), match.group(2) or ""
            position = match.end()
            if value[:1] in ("'", '"') and name in _NO_MARKUP_IN and _TAG_WITHIN.search(value):
                position = match.start(2) + len(_UNQUOTED.match(value).group())  # type: ignore[union-attr]
                value = self.source[match.start(2) : position]
            attributes.setdefault(name, unescape(value.strip("\"'")) if value else "")
        if found := _TAG_END.match(self.source, position, self.end):
            return attributes, found.end()
        # What is left has no end of a tag but in quotation marks: from here on, those don't count.
        self.is_cut_off = True
        return attributes, closing + 1 or -1

    def _content(self, name: str, start: int) -> Iterator[HtmlToken]:
        closing = None
        if self.closed.get(name, -1) >= start:
            closing = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(self.source, start, self.end)
        if closing is None and name in RAW:
            yield self._swallowed(name, start)
        elif closing and name in RAW:
            self.position = closing.start()
        else:
            yield from self._text_alone(start, closing.start() if closing else self.source.find("<", start, self.end))

    def _text_alone(self, start: int, end: int) -> Iterator[HtmlToken]:
        end = self.end if end < 0 else end
        while self.position < end:
            start = self.position
            text = re.compile("[^&]+").match(self.source, start, end)
            yield self._as_text(start, text.end()) if text else self._reference(start)
