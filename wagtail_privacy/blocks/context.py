"""What blocks share while one body is composed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class CompositionContext:
    """What blocks need to know, and collect, while one body is composed.

    ``stored`` holds the ids that the body's list items have in the database: an item without one is known by
    its position. ``notice_period`` (days) and ``tells_users`` are what the policy's settings really do.
    ``rendered`` collects the HTML of the blocks that are not ours, by section id.
    """

    stored: frozenset[str] = frozenset()
    notice_period: int | None = None
    tells_users: bool = True
    rendered: dict[str, str] = field(default_factory=dict)
    _taken: Counter[str] = field(default_factory=Counter)

    def unique_id(self, id: str) -> str:
        """``id``, or a variation of it if it is taken: a body built by code may repeat one."""
        self._taken[id] += 1
        return id if self._taken[id] == 1 else f"{id}~{self._taken[id]}"
