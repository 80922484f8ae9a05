"""What the tests of a file start from, made once: each begins with it as it was made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import transaction


@contextmanager
def made_once(django_db_blocker: Any) -> Iterator[None]:
    """Within this block all that is written is undone at its end; pytest-django undoes each test to where it began.

    For a fixture of a module whose tests have no transactions of their own.
    """
    with django_db_blocker.unblock():
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        cache.clear()
        ContentType.objects.clear_cache()
