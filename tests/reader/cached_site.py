"""The receivers of docs/caching.md: what a site with Django's cache middleware forgets, and when."""

from __future__ import annotations

from typing import Any

from django.core.cache import caches
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

SIGNALS = (
    (page_published, None),
    (page_unpublished, None),
    (post_page_move, None),
    (post_save, "wagtail_privacy.Event"),
    (post_save, PageViewRestriction),
    (post_delete, PageViewRestriction),
)


def forget_pages(**kwargs: Any) -> None:
    transaction.on_commit(caches["pages"].clear)


def connect() -> None:
    for signal, sender in SIGNALS:
        signal.connect(forget_pages, sender=sender, dispatch_uid="forget_pages")


def disconnect() -> None:
    for signal, sender in SIGNALS:
        signal.disconnect(forget_pages, sender=sender, dispatch_uid="forget_pages")
