"""The policy page's own part, ready made: all that stands inside the site's frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wagtail_privacy.reader.kept import Kept
from wagtail_privacy.reader.part import Part, part_of
from wagtail_privacy.reader.relations import relations
from wagtail_privacy.reader.visit import Visit

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
    context, whole = made
    part = part_of(template, {"page": visit.page, "visit": visit, **context}, tuple(relations(visit)))
    return _kept.get(key, lambda: part) if key and whole else part
