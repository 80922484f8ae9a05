"""What two sequences have in common, in order, with a bound on the work."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Sequence


class TooMuchAlike(Exception):
    """Looking at every pair of equal items would take more steps than allowed: a million equal words."""


def longest_increasing(values: Sequence[int]) -> list[int]:
    """The positions of one longest strictly increasing subsequence, in n log n steps (Fredman 1975)."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for position, value in enumerate(values):
        length = bisect_left(tails, value)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [value]
        ends[length : length + 1] = [position]
    found = []
    position = ends[-1] if ends else -1
    while position >= 0:
        found.append(position)
        position = before[position]
    return found[::-1]


def common(old: Sequence[Hashable], new: Sequence[Hashable], most_pairs: int) -> tuple[list[tuple[int, int]], int]:
    """A longest common subsequence as pairs of positions, and how many equal pairs were looked at.

    Hunt and Szymanski (1977): only pairs of equal items cost anything. Raises :exc:`TooMuchAlike` where there
    are more than ``most_pairs`` of them besides a common beginning and end.
    """
    first, last = _same_ends(old, new)
    places: dict[Hashable, list[int]] = defaultdict(list)
    for position in range(len(new) - last - 1, first - 1, -1):
        places[new[position]].append(position)
    middle = range(first, len(old) - last)
    steps = sum(len(places.get(old[position], ())) for position in middle)
    if steps > most_pairs:
        raise TooMuchAlike
    pairs = [(position, other) for position in middle for other in places.get(old[position], ())]
    found = [pairs[position] for position in longest_increasing([other for _, other in pairs])]
    beginning = [(position, position) for position in range(first)]
    end = [(len(old) - back, len(new) - back) for back in range(last, 0, -1)]
    return [*beginning, *found, *end], steps


def _same_ends(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[int, int]:
    """How many items are equal at the beginning and, of the rest, at the end."""
    shorter = min(len(old), len(new))
    first = 0
    while first < shorter and old[first] == new[first]:
        first += 1
    last = 0
    while last < shorter - first and old[-1 - last] == new[-1 - last]:
        last += 1
    return first, last
