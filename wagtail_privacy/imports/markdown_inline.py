"""A line of Markdown as runs of text, each with its place: the library tells where blocks stand, not words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from wagtail_privacy.imports.html_tokens import RAW, HtmlToken, html_tokens
from wagtail_privacy.imports.inline import PLAIN, Run, Style, link
from wagtail_privacy.policy.sanitise import BLOCK_LEVEL

_FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,60})\](?!:)")
_REFERENCE = re.compile(r"&(?:#\w{1,9}|[a-zA-Z]\w{1,40});")
_BOLD = frozenset({"b", "strong"})
_ITALIC = frozenset({"i", "em"})
_STRUCK = frozenset({"s", "del", "strike"})


class _PlacedState(StateInline):
    """Notes of each token where it begins: ``meta["at"]``."""

    def pushPending(self) -> Token:
        text, end = self.pending, self.pos
        while end > len(text) and self.src[end - len(text) : end] != text:
            end -= 1  # blanks before a line break are dropped
        token = super().pushPending()
        token.meta = {"at": end - len(text)}
        return token

    def push(self, ttype: str, tag: str, nesting: Any) -> Token:
        token = super().push(ttype, tag, nesting)
        token.meta = {"at": self.pos}
        return token


def footnote_reference(state: StateInline, silent: bool) -> bool:
    """``[^1]`` in a text: its mark is kept, the sign of Markdown goes."""
    match = _FOOTNOTE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push("footnote_reference", "", 0).content = f"[{match.group(1)}]"
    state.pos = match.end()
    return True


def runs(md: MarkdownIt, env: dict[str, Any], content: str, places: Sequence[int]) -> list[Run]:
    """The runs of ``content``; ``places`` has for each of its characters where that stands in the source."""
    state = _PlacedState(content, md, env, [])
    md.inline.tokenize(state)
    for rule in md.inline.ruler2.getRules(""):
        rule(state)
    return list(_Runs(content, [*places, (places[-1] + 1) if places else 0]).made_of(state.tokens))


class _Runs:
    def __init__(self, content: str, places: Sequence[int]) -> None:
        self.content, self.places = content, places
        self.bold = self.italic = self.struck = 0
        self.links: list[str] = []
        self.silent = ""

    def made_of(self, tokens: Sequence[Token]) -> Iterator[Run]:
        for number, token in enumerate(tokens):
            at = int(token.meta.get("at", 0))
            if token.type == "html_inline":
                yield from self._tag(token, at, tokens[number + 1 :])
            elif self.silent:
                continue
            elif token.type in ("softbreak", "hardbreak"):
                place = self.places[at]
                yield Run("\n", place, place + 1, is_break=token.type == "hardbreak")
            elif token.type.endswith(("_open", "_close")):
                self._mark(token)
            elif token.type == "code_inline":
                yield from self._code(token, at)
            else:
                yield self._text(token, at)

    def _code(self, token: Token, at: int) -> Iterator[Run]:
        """Indented or fenced text is text: its references are signs, too."""
        start = at + len(token.markup)
        start += self.content[start] in " \n" and token.content[:1] != " "
        position = 0
        for found in _REFERENCE.finditer(token.content):
            yield self._verbatim(token.content[position : found.start()], start + position)
            begin, end = start + found.start(), start + found.end() - 1
            yield Run(unescape(found.group()), self.places[begin], self.places[end] + 1, self._style())
            position = found.end()
        yield self._verbatim(token.content[position:], start + position)

    def _verbatim(self, text: str, start: int) -> Run:
        last = min(start + max(len(text) - 1, 0), len(self.places) - 1)
        return Run(text, self.places[start], self.places[last] + 1, self._style())

    def _text(self, token: Token, at: int) -> Run:
        start = at
        if token.type == "image":
            start += 2
        elif self.links and self.content[at : at + 1] == "<" and token.type == "text":  # an address in angle brackets
            written = self.content[at + 1 : self.content.find(">", at)]
            return Run(written, self.places[at + 1], self.places[at + len(written)] + 1, self._style())
        elif token.type in ("text_special", "footnote_reference"):
            written = token.markup or self.content[at : at + len(token.content) + 1]
            return Run(token.content, self.places[at], self.places[at + len(written) - 1] + 1, self._style())
        return self._verbatim(token.content, start)

    def _style(self) -> Style:
        href = self.links[-1] if self.links else ""
        return Style(href, self.bold > 0, self.italic > 0, self.struck > 0) if self._is_styled else PLAIN

    @property
    def _is_styled(self) -> bool:
        return bool(self.links or self.bold or self.italic or self.struck)

    def _mark(self, token: Token) -> None:
        step = 1 if token.type.endswith("_open") else -1
        if token.tag == "strong":
            self.bold += step
        elif token.tag == "em":
            self.italic += step
        elif token.tag == "s":
            self.struck += step
        elif token.tag == "a" and step > 0:
            # An address in angle brackets is one to read; readers' programs make links of them.
            href = "" if token.info == "auto" else unescape(str(token.attrs.get("href", "")))
            self.links.append(link(href))
        elif token.tag == "a" and self.links:
            self.links.pop()

    def _tag(self, token: Token, at: int, following: Sequence[Token]) -> Iterator[Run]:
        tag: HtmlToken | None = next(html_tokens(token.content), None)
        if tag and tag.kind == "text" and f"</{tag.value[1:]}" not in self.content:
            yield self._text(token, at)
        if tag is None or tag.kind not in ("start", "end"):
            return
        name, starts = tag.value, tag.kind == "start"
        if name in RAW:
            closing = f"</{name}"
            closed = any(one.type == "html_inline" and one.content.lower().startswith(closing) for one in following)
            self.silent = name if starts and closed else ""
        elif name == "br":
            yield Run("\n", self.places[at], self.places[at], is_break=True)
        elif name in BLOCK_LEVEL:
            yield Run(" ", self.places[at], self.places[at])
        else:
            self._html_style(name, 1 if starts else -1, tag)

    def _html_style(self, name: str, step: int, tag: HtmlToken) -> None:
        if name in _BOLD:
            self.bold = max(0, self.bold + step)
        elif name in _ITALIC:
            self.italic = max(0, self.italic + step)
        elif name in _STRUCK:
            self.struck = max(0, self.struck + step)
        elif name == "a" and step > 0:
            self.links.append(link(tag.attributes.get("href", "")))
        elif name == "a" and self.links:
            self.links.pop()
