"""What stands of an address inside the site's frame, rendered before the frame is: no name that the site's template
gives a value of its own can be mistaken for one of ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from django.http import HttpRequest

    from wagtail_privacy.reader.relations import Relation

#: Between the blocks in ``part.html``; no HTML document may hold this character.
SEPARATOR = "\x1f"


@dataclass(frozen=True)
class Part:
    """What goes into the frame's blocks, and the relations of the address."""

    title: SafeString
    head: SafeString
    content: SafeString
    relations: tuple[Relation, ...]


def part_of(
    template: str, context: dict[str, Any], related: tuple[Relation, ...], request: HttpRequest | None = None
) -> Part:
    """``template`` with ``context``, without a frame. Without ``request``, what one reader is shown holds for all."""
    frame = {"base_template": "wagtail_privacy/part.html", "separator": SEPARATOR, "relations": related}
    html = render_to_string(f"wagtail_privacy/{template}", {**context, **frame}, request)
    title, head, content = (mark_safe(block) for block in html.split(SEPARATOR, 2))  # noqa: S308
    return Part(mark_safe(title.strip()), head, content, related)  # noqa: S308
