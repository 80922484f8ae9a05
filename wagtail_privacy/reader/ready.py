"""The policy page's own part, ready made: all that stands inside the site's frame."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from wagtail_privacy.reader.kept import Kept
from wagtail_privacy.reader.relations import Relation, relations
from wagtail_privacy.reader.visit import Visit

#: Between the blocks in ``part.html``; no HTML document may hold this character.
SEPARATOR = "\x1f"


@dataclass(frozen=True)
class Part:
    """What goes into the frame's blocks, and the relations of the address."""

    title: SafeString
    head: SafeString
    content: SafeString
    relations: tuple[Relation, ...]


_kept: Kept[Part] = Kept(64)


def ready(visit: Visit, template: str, make: Callable[[], tuple[dict[str, Any], bool] | None]) -> Part | None:
    """``template`` as a part, from those kept. ``make`` returns its context and whether it is whole, or nothing.

    What could not be shown in whole is not kept. The key names all that a part is made from.
    """
    key = visit.state and (template, *visit.state, visit.page.seo_title, visit.request.build_absolute_uri("/"))
    if key and (kept := _kept.values.get(key)):
        return kept
    if (made := make()) is None:
        return None
    part, whole = _rendered(visit, template, made[0]), made[1]
    return _kept.get(key, lambda: part) if key and whole else part


def _rendered(visit: Visit, template: str, context: dict[str, Any]) -> Part:
    # Without the request: what one reader was shown must hold for all.
    related = tuple(relations(visit))
    frame = {"base_template": "wagtail_privacy/part.html", "separator": SEPARATOR, "relations": related}
    html = render_to_string(f"wagtail_privacy/{template}", {"page": visit.page, "visit": visit, **frame, **context})
    title, head, content = (mark_safe(block) for block in html.split(SEPARATOR, 2))  # noqa: S308
    return Part(mark_safe(title.strip()), head, content, related)  # noqa: S308
