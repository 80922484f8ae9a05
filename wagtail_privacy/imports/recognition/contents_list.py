"""A document's own table of contents: its headings once more, which the page makes by itself."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from wagtail_privacy.imports.outline import LeftOut, OutlinePart

#: A shorter list may be of anything.
_FEWEST = 3


def without_contents(
    parts: Sequence[OutlinePart], document: Sequence[OutlinePart]
) -> tuple[list[list[OutlinePart]], tuple[LeftOut, ...]]:
    """The parts before and behind a list whose items are headings of the document, and that list as left out."""
    headings = {_squeezed(part) for part in document if part.kind == "heading"}
    at = 0
    while at < len(parts):
        end = next((n for n in range(at, len(parts)) if parts[n].kind != "item"), len(parts))
        run = parts[at:end]
        if len(run) >= _FEWEST and all(_squeezed(part) in headings for part in run):
            span = run[0].span[0], run[-1].span[1]
            words = ", ".join(part.words.text for part in run)
            left = LeftOut(words, _("The table of contents: the headings once more."), span)
            return [list(parts[:at]), list(parts[end:])], (left,)
        at = max(end, at + 1)
    return [list(parts)], ()


def _squeezed(part: OutlinePart) -> str:
    return "".join(char for char in part.words.text.casefold() if char.isalpha())
