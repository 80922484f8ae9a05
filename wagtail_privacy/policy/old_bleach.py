"""Older versions of bleach, which other apps of a site may pin: they clean to the same bytes as the newest, so that a
text has one digest with all of them.

Before version 5 bleach sorts attributes, and puts nothing where it strips the tag of a block; before 6.2 it drops the
words of a tag that is never closed; before 6.4 it overlooks a scheme with letters beyond ASCII in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import bleach
from bleach import html5lib_shim as newest_shim
from bleach.sanitizer import Cleaner

#: Their types are those of the newest version.
_shim: Any = newest_shim

IS_OLD = int(bleach.__version__.split(".")[0]) < 5

_UNCLOSED = re.compile(r"<(?=[a-zA-Z][^<>]*\Z)")
_NOT_READ = re.compile(r"[`\000-\040\177-\240\s]+|[^\x00-\x7f]")
#: The tags that newer versions put a line break for.
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "details",
        "dialog",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "ul",
    ]
)


def without_unclosed_tag(html: str) -> str:
    """``html`` with a tag that its end cuts short as the characters that it consists of."""
    return _UNCLOSED.sub("&lt;", html)


class Attributes:
    """Which attributes an element may have, and their order in the source: bleach asks for each on the way."""

    def __init__(self, allowed: Mapping[str, Iterable[str]], protocols: Iterable[str]) -> None:
        self._allowed = {tag: frozenset(names) for tag, names in allowed.items()}
        self._protocols = frozenset(protocols)
        self._asked: list[str] = []

    def allows(self, tag: str, name: str, value: str) -> bool:
        """Whether ``tag`` may have an attribute ``name``; bleach itself looks at the scheme of an address in ASCII."""
        if IS_OLD:
            self._asked.append(name)
        if name not in self._allowed.get(tag, ()) and name not in self._allowed["*"]:
            return False
        return name not in ("href", "src") or value.isascii() and "&" not in value or self._is_address(value)

    def _is_address(self, value: str) -> bool:
        try:
            scheme = urlsplit(_NOT_READ.sub("", unescape(value)).lower()).scheme
        except ValueError:
            return False
        return not scheme or scheme in self._protocols

    def in_order(self, source: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """The tokens of ``source``, their attributes in the order in which they were asked for."""
        for token in source:
            if isinstance(token.get("data"), dict):
                token["data"] = dict(sorted(token["data"].items(), key=lambda item: self._asked.index(item[0][1])))
                self._asked.clear()
            yield token


if IS_OLD:

    class _Tokenizer(_shim.BleachHTMLTokenizer):
        has_emitted = False

        def emitCurrentToken(self) -> None:
            token, tags = self.currentToken, self.parser.tags
            is_start = token["type"] == _shim.constants.tokenTypes["StartTag"]
            name = token["name"].lower() if is_start else ""
            super().emitCurrentToken()
            if self.has_emitted and name in _BLOCKS and name not in tags:
                self.currentToken["data"] = "\n"
            self.has_emitted = True

    class _Parser(_shim.BleachHTMLParser):
        """Makes its tokenizer itself, of a class that cannot be named from outside."""

        def __setattr__(self, name: str, value: Any) -> None:
            if name == "tokenizer":
                value.__class__ = _Tokenizer
            super().__setattr__(name, value)


def make_cleaner(tags: Iterable[str], attributes: Mapping[str, Iterable[str]], protocols: Iterable[str]) -> Cleaner:
    """A cleaner that strips all that is not allowed, and cleans to the same bytes with any version of bleach."""
    asked = Attributes(attributes, protocols)
    filters: list[Any] = [asked.in_order] if IS_OLD else []
    cleaner = Cleaner(
        tags=frozenset(tags),
        attributes=asked.allows,
        protocols=frozenset(protocols),
        strip=True,
        strip_comments=True,
        filters=filters,
    )
    if IS_OLD:
        cleaner.parser.__class__ = _Parser
    return cleaner
