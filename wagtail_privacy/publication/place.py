"""Where in the page's form something stands that a finding or a change is about, and a link that opens it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from wagtail_privacy.blocks.places import child_for
from wagtail_privacy.changes.change import Change
from wagtail_privacy.policy import words
from wagtail_privacy.policy.gaps import gap_words
from wagtail_privacy.policy.kinds import kind_of
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.review.finding import Spot


@dataclass(frozen=True)
class FindingPlace:
    """Where something is found: ``path`` are the ids of the blocks that lead there, ``field`` is the name in the
    innermost, ``label`` says both in words."""

    path: tuple[str, ...]
    field: str
    label: str

    @classmethod
    def of(cls, spot: Spot, snapshot: Snapshot, form: Any) -> FindingPlace:
        """``form`` is the stream block of the page's body."""
        # What the register says stands in the block that chose it: its id has that block's before a slash.
        path = tuple(dict.fromkeys(id.partition("/")[0] for id in spot.path))
        is_in_register = any("/" in id for id in spot.path[-1:])
        section = snapshot.by_id.get(spot.section)
        field = child_for(form, section.kind, spot.field) if section and spot.field and not is_in_register else ""
        return cls(path, field, _label(spot, snapshot))

    @property
    def blocks(self) -> str:
        return " ".join(self.path)

    @property
    def anchor(self) -> str:
        """The fragment of the editor's address that leads to the block without a script of ours."""
        return f"#block-{self.path[-1]}-section" if self.path else f"#:w:contentpath={self.field or 'body'}"

    @classmethod
    def of_change(cls, change: Change, snapshot: Snapshot, form: Any) -> FindingPlace:
        """Where ``snapshot``, the newer text, has what changed; of what is gone, what it stood in."""
        if not change.path:
            return cls((), "title", _("Title"))
        path = tuple(step.id for step in change.path)
        there = next((path[:end] for end in range(len(path), 0, -1) if path[end - 1] in snapshot.by_id), ())
        field = change.field if change.kind == "changed" and len(there) == len(path) else ""
        return cls.of(Spot(there, field), snapshot, form)


def _label(spot: Spot, snapshot: Snapshot) -> str:
    section = snapshot.by_id.get(spot.section)
    if section is None:
        return _("The policy as a whole")
    known = kind_of(section.kind).field(spot.field) if spot.field else None
    name = words.name_of(section)
    # What is called by a gap has no name yet.
    name = str(kind_of(section.kind).label) if gap_words(name) else name
    return " · ".join(filter(None, (name, str(known.label) if known else "")))
