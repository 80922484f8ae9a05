"""What is kept ready made in this process, the least used thrown away first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar
from weakref import WeakSet

T = TypeVar("T")
_all: WeakSet[Kept[object]] = WeakSet()


class Kept(Generic[T]):
    """At most ``most`` values by keys that name all they were made from: what is kept is never out of date."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.values: OrderedDict[Hashable, T] = OrderedDict()
        _all.add(self)  # type: ignore[arg-type]

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value kept under ``key``, else a new one; ``None`` is not kept."""
        value = self.values.pop(key, None)
        if value is None:
            value = make()
        if value is not None:
            self.values[key] = value
        while len(self.values) > self.most:
            self.values.popitem(last=False)
        return value


def forget() -> None:
    """Make everything anew that is asked for from now on."""
    for kept in _all:
        kept.values.clear()
