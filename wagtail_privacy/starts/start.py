"""What a template is: parts that can be chosen, written with the names that were asked, as the blocks of a body."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.utils.html import escape
from django.utils.translation import gettext as _

from wagtail_privacy.policy.gaps import gap
from wagtail_privacy.policy.vocabulary import Label

#: A block's type and its value: strings, codes, mappings, lists of values, and lists of blocks.
Block = tuple[str, Any]


@dataclass(frozen=True)
class Given:
    """What was asked once. What was left out is a gap where a text needs it, and not stated where a fact would.

    ``data``, ``purposes`` and ``recipients`` are the editor's own, by their names.
    """

    controller: str = ""
    address: str = ""
    email: str = ""
    country: str = ""
    data: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True)
class StartPart:
    """Something that a template can say. ``is_usual``: it is chosen until somebody leaves it out."""

    code: str
    label: Label
    blocks: Callable[[Given], Iterable[Block]]
    is_usual: bool = True


@dataclass(frozen=True)
class Start:
    """A template. ``controller`` is what the controller is called where its name is left open."""

    code: str
    label: Label
    description: Label
    controller: Label
    parts: tuple[StartPart, ...] = field(repr=False)

    def body(self, given: Given, chosen: Collection[str] | None = None) -> list[dict[str, Any]]:
        """The body of a policy page, as a stream is stored, in the active language. Without ``chosen``, as is usual."""
        named = Given(
            **{
                **vars(given),
                "controller": given.controller or gap(self.controller),
                "address": given.address or gap(_("postal address")),
            }
        )
        parts = (part for part in self.parts if (part.is_usual if chosen is None else part.code in chosen))
        return as_stored(_with_group([block for part in parts for block in part.blocks(named)]))


def _with_group(blocks: list[Block]) -> list[Block]:
    """``blocks`` with several purposes as one group, where the first stood, so that a heading and an introduction of
    the editor's own can be written to them."""
    purposes = [block for block in blocks if block[0] == "purpose"]
    if len(purposes) < 2:
        return blocks
    at = blocks.index(purposes[0])
    rest = [block for block in blocks if block[0] != "purpose"]
    return [*rest[:at], ("purposes", {"purposes": purposes}), *rest[at:]]


def prose(*paragraphs: str) -> str:
    """Rich text of ``paragraphs`` of plain words, a gap or a name in them included."""
    return "".join(f"<p>{escape(words)}</p>" for words in paragraphs)


def as_stored(value: Any) -> Any:
    """``value`` as a StreamField stores it, every block and item with an id of its own."""
    if isinstance(value, list):
        return [_with_id(*(each if isinstance(each, tuple) else ("item", each))) for each in value]
    if isinstance(value, Mapping):
        return {name: as_stored(each) for name, each in value.items()}
    return value


def _with_id(type: str, value: Any) -> dict[str, Any]:
    return {"type": type, "value": as_stored(value), "id": str(uuid4())}
