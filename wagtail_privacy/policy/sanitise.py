"""Prose and rendered blocks without anything that could act: what may stand in a policy's HTML."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from bleach.sanitizer import Cleaner

#: Raised whenever the lists below change: a text that was sanitised by an older one is sanitised again when shown.
VERSION = 1

_PROSE = "a b br code em h2 h3 h4 h5 h6 hr i li ol p s small strong sub sup u ul"
_BLOCK = (
    "abbr address article aside blockquote caption cite dd details div dl dt figcaption figure footer header img "
    "picture pre q section source span summary table tbody td tfoot th thead time tr"
)
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


@lru_cache(maxsize=4096)
def sanitise(html: str) -> str:
    """``html`` of a prose text with paragraphs, headings, lists, emphasis and links alone.

    Links may be Wagtail's own (``linktype`` and ``id``) or http, https, mailto, tel and relative ones.
    """
    return _cleaner("prose").clean(_CODE.sub("", html)).strip()


def sanitise_block(html: str) -> str:
    """The rendered ``html`` of another block: tables, figures and images too, still nothing that acts."""
    return _cleaner("block").clean(_CODE.sub("", html)).strip()


@cache
def _cleaner(allowed: str) -> Cleaner:
    if allowed == "prose":
        tags, attributes = _PROSE.split(), _PROSE_ATTRIBUTES
    else:
        tags, attributes = f"{_PROSE} {_BLOCK}".split(), _BLOCK_ATTRIBUTES
    return Cleaner(tags=tags, attributes=attributes, protocols=_PROTOCOLS, strip=True, strip_comments=True)
