"""Prose and rendered blocks without anything that could act: what may stand in a policy's HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, lru_cache
from threading import local
from typing import TypeVar

from bleach.sanitizer import Cleaner

from wagtail_privacy.policy.characters import legible
from wagtail_privacy.policy.old_bleach import make_cleaner, without_unclosed_tag
from wagtail_privacy.policy.tables import tables_as_lines

T = TypeVar("T")

#: Raised whenever the rules below change: a text that was sanitised by older ones is sanitised again when shown,
#: and is compared with what a page says by those. Rules 1 left control characters, and joined the words on either
#: side of a block-level tag that they dropped. Rules 2 made one line of a table in prose, words apart by spaces alone.
VERSION = 3


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PROSE = _names("a b br code em h2 h3 h4 h5 h6 hr i li ol p s small strong sub sup u ul")
_BLOCK = _PROSE | _names(
    "abbr address article aside blockquote caption cite dd details div dl dt figcaption figure footer header img "
    "picture pre q section source span summary table tbody td tfoot th thead time tr"
)
#: Elements that stand on lines, or in cells, of their own (HTML, 15.3: "Flow content", "Tables", "Form controls").
BLOCK_LEVEL = _names(
    "address article aside blockquote body button caption center col colgroup dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html input legend li listing main menu nav "
    "ol optgroup option p plaintext pre search section select summary table tbody td textarea tfoot th thead title tr "
    "ul xmp"
)
#: The parser drops these outside a table, allowed or not, and moves words that stand between them.
_OF_TABLES = _names("caption col colgroup table tbody td tfoot th thead tr")
# An address is either a real one or Wagtail's reference to a page or document by its id.
_LINK = ["href", "linktype", "id", "uuid", "title", "hreflang", "lang", "rel"]
_PROSE_ATTRIBUTES = {"a": _LINK, "ol": ["start", "type"], "*": ["lang", "dir"]}
_BLOCK_ATTRIBUTES = {
    "*": ["class", "lang", "dir", "title"],
    "a": [*_LINK, "class"],
    "img": ["src", "srcset", "sizes", "alt", "width", "height", "class", "loading"],
    "ol": ["start", "type", "class"],
    "source": ["srcset", "sizes", "media", "type"],
    "td": ["colspan", "rowspan", "class"],
    "th": ["colspan", "rowspan", "scope", "class"],
    "time": ["datetime"],
}
_PROTOCOLS = frozenset({"http", "https", "mailto", "tel"})
# Bleach leaves the text of a tag that it drops; that of these two was never meant to be read.
_CODE = re.compile(r"<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)


@dataclass
class Rules:
    """The rules that texts are made by while something is composed; ``matter`` says that older ones differ there."""

    version: int = VERSION
    matter: bool = False

    def choose(self, new: T, old: T, *, since: int = 2) -> T:
        """``new``, or ``old`` where the rules are of a version before ``since``."""
        if self.version < since:
            return old
        self.matter |= new != old
        return new


_rules: ContextVar[Rules | None] = ContextVar("rules", default=None)


@contextmanager
def following(version: int) -> Iterator[Rules]:
    """Within this block texts are made by the rules of ``version``."""
    rules = Rules(version)
    token = _rules.set(rules)
    try:
        yield rules
    finally:
        _rules.reset(token)


def current_rules() -> Rules:
    return _rules.get() or Rules()


def sanitise(html: str) -> str:
    """``html`` of a prose text with paragraphs, headings, lists, emphasis and links alone.

    Links may be Wagtail's own (``linktype`` and ``id``) or http, https, mailto, tel and relative ones. The rows of a
    table become lines.
    """
    rules = current_rules()
    apart = rules.choose(_set_apart(legible(html), _PROSE), html)
    return _cleaned(rules.choose(_set_apart(tables_as_lines(legible(html), BLOCK_LEVEL), _PROSE), apart, since=3))


def sanitise_block(html: str) -> str:
    """The rendered ``html`` of another block: tables, figures and images too, still nothing that acts."""
    return _clean("block", _set_apart(legible(html), _BLOCK))


@lru_cache(maxsize=4096)
def _cleaned(html: str) -> str:
    return _clean("prose", html)


def _clean(allowed: str, html: str) -> str:
    return _cleaner(allowed).clean(without_unclosed_tag(_CODE.sub("", html))).strip()


def _set_apart(html: str, allowed: frozenset[str]) -> str:
    """``html`` with a space before tags that are dropped and parted words."""
    return _parting_tags(allowed).sub(" ", html) if "<" in html else html


@cache
def _parting_tags(allowed: frozenset[str]) -> re.Pattern[str]:
    names = "|".join(sorted(BLOCK_LEVEL - allowed | _OF_TABLES))
    # Once before several tags in a row.
    return re.compile(rf"(?<![\s>])(?=(?:<[^<>]*>)*?</?(?:{names})(?:[\s/>]|$))", re.IGNORECASE)


#: A cleaner keeps what it is parsing: each thread has its own. Made for each call, it takes a third longer.
_cleaners = local()


def _cleaner(allowed: str) -> Cleaner:
    cleaner: Cleaner | None = getattr(_cleaners, allowed, None)
    if cleaner is None:
        cleaner = _new_cleaner(allowed)
        setattr(_cleaners, allowed, cleaner)
    return cleaner


def _new_cleaner(allowed: str) -> Cleaner:
    tags, attributes = (_PROSE, _PROSE_ATTRIBUTES) if allowed == "prose" else (_BLOCK, _BLOCK_ATTRIBUTES)
    return make_cleaner(tags, attributes, _PROTOCOLS)
