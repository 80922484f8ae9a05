"""Characters that every format can carry: XML, HTML, JSON, mail and the text of every database."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

#: Controls but tab and the two line ends, halves of surrogate pairs, and what else XML 1.0 has no character for
#: (production 2, ``Char``). HTML forbids the same (13.2.3.5), and those from U+007F on, too.
_ILLEGIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

_NO_CHARACTER = re.compile("[\x00\ud800-\udfff]")


def legible(text: str) -> str:
    """``text`` without characters that XML, HTML or a database refuses.

    Controls that separate words (a line break of a word processor is one) become a space, and what stands for a
    character that is not there becomes U+FFFD; the others are dropped.
    """
    return _ILLEGIBLE.sub(_replacement, text)


def _replacement(found: re.Match[str]) -> str:
    if found[0].isspace():
        return " "
    return "\N{REPLACEMENT CHARACTER}" if found[0] == "\0" or "\ud800" <= found[0] <= "\udfff" else ""


def is_legible(text: str) -> bool:
    """Whether :func:`legible` leaves ``text`` as it is."""
    return not _ILLEGIBLE.search(text)


def legible_values(data: Any) -> Any:
    """``data``, as JSON has it, with every string in it made :func:`legible`."""
    return _with_strings(data, legible)


def storable(text: str) -> str:
    """``text`` with U+FFFD for what no database stores: NUL, and half a surrogate pair, which has no UTF-8."""
    return _NO_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", text)


def storable_values(data: Any) -> Any:
    """``data``, as JSON has it, with every string in it made :func:`storable`."""
    return _with_strings(data, storable)


def _with_strings(data: Any, change: Callable[[str], str]) -> Any:
    if isinstance(data, str):
        return change(data)
    if isinstance(data, dict):
        return {_with_strings(name, change): _with_strings(value, change) for name, value in data.items()}
    return [_with_strings(value, change) for value in data] if isinstance(data, list | tuple) else data
