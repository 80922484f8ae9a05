"""The raw values of lists in a StreamField, as they are stored."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import NAMESPACE_OID, uuid5

Raw = dict[str, Any]


def items(values: Iterable[Any], section_id: str, name: str) -> list[Raw]:
    """``values`` as the items of a list, whose ids hold as long as the section's and their place in it."""
    return [{"type": "item", "value": value, "id": made_id(section_id, name, n)} for n, value in enumerate(values)]


def made_id(*parts: object) -> str:
    """The same id for the same ``parts``, each time."""
    return str(uuid5(NAMESPACE_OID, "/".join(map(str, parts))))
