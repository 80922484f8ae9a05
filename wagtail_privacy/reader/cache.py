"""What the public pages are made of, kept ready: in this process, and behind that in Django's cache.

Every key names all that its value was made from (the seal of the policy's last record, the digest of the templates, the
language …), so nothing kept is ever out of date, and nothing has to be forgotten.
"""

from __future__ import annotations

import hashlib
import logging
import pickle
from collections.abc import Callable, Container, Hashable
from threading import Lock
from typing import Any, TypeVar

from cachetools import LRUCache
from django.core.cache import caches

from wagtail_privacy import __version__
from wagtail_privacy.conf import conf

logger = logging.getLogger("wagtail_privacy")
T = TypeVar("T")

#: What a process finds out once, whatever policies there are.
OF_ALL_POLICIES = frozenset({"query", "templates"})
#: Bytes that a process keeps, and seconds that Django's cache does.
MEMORY = 64 * 2**20
SECONDS = 7 * 24 * 60 * 60
#: What is kept for this process alone counts as so many bytes.
SMALL = 1024

_kept: LRUCache[tuple[str, Hashable], tuple[Any, int]] = LRUCache(MEMORY, getsizeof=lambda entry: entry[1])
_lock = Lock()


def get_or_make(name: str, key: Hashable, make: Callable[[], T], *, shared: bool = False) -> T:
    """The value kept under ``name`` and ``key``, else the result of ``make``; ``None`` is not kept.

    ``shared``: in Django's cache, too, for other processes; then ``repr(key)`` is the same in all of them. ``make``
    runs outside the lock: two who ask at once may both make the value.
    """
    with _lock:
        entry = _kept.get((name, key))
    if entry is not None:
        found: T = entry[0]
        return found
    value, size = _get_shared(name, key, make) if shared and conf.CACHE else (make(), SMALL)
    if value is not None and size <= MEMORY:
        with _lock:
            _kept[name, key] = (value, size)
    return value


def _get_shared(name: str, key: Hashable, make: Callable[[], T]) -> tuple[T, int]:
    """The value and its size as it is stored."""
    address = hashlib.sha256(repr((__version__, key)).encode()).hexdigest()
    address = f"wagtail_privacy:{name}:{address}"
    stored = _ask(lambda: caches[conf.CACHE].get(address))
    if stored is not None:
        return pickle.loads(stored), len(stored)  # noqa: S301  # Django's cache stores its values the same way.
    value = make()
    stored = pickle.dumps(value)
    if value is not None:
        _ask(lambda: caches[conf.CACHE].set(address, stored, SECONDS))
    return value, len(stored)


def _ask(act: Callable[[], Any]) -> Any:
    """The answer of Django's cache; ``None``, and a line in the log, where it fails: it must never break a page."""
    try:
        return act()
    except Exception:
        logger.exception("Django's cache does not answer.")
        return None


def clear_caches(*, but: Container[str] = ()) -> None:
    """Empty what this process keeps, ``but`` for what is kept under these names."""
    with _lock:
        for name, key in [known for known in _kept if known[0] not in but]:
            del _kept[name, key]
