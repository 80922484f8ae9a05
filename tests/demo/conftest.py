from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import django
import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings

from example_site.demo.load import load
from tests.settings import CORE, ROOT

BACKEND = "example_site.mailbox.backend.EmailBackend"
AS_IN_THE_EXAMPLE: dict[str, Any] = {
    "ROOT_URLCONF": "example_site.urls",
    "MIDDLEWARE": ["example_site.security.ContentSecurityPolicyMiddleware", *settings.MIDDLEWARE],
    "WAGTAIL_PRIVACY_BASE_TEMPLATE": "base.html",
    "WAGTAILADMIN_BASE_URL": "http://localhost:8000",
    "WAGTAIL_SITE_NAME": "wagtail-privacy",
    "ALLOWED_HOSTS": ["*"],
    "DEMO_LOGINS": [],
    "LOCALE_PATHS": [*settings.LOCALE_PATHS, ROOT / "example_site" / "locale"],
    # The load tells people itself, once the translation is there.
    "TASKS": {"default": {"BACKEND": f"{CORE}.backends.dummy.DummyBackend"}},
}
if django.VERSION >= (6, 1):
    AS_IN_THE_EXAMPLE["MAILERS"] = {"default": {"BACKEND": BACKEND}}
else:
    AS_IN_THE_EXAMPLE["EMAIL_BACKEND"] = BACKEND


@pytest.fixture(scope="session")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demo, loaded once for all tests that look at it and rolled back behind them."""
    with django_db_blocker.unblock(), override_settings(**AS_IN_THE_EXAMPLE), undone():
        load(report=lambda line: None)
        yield


@contextmanager
def undone() -> Iterator[None]:
    """Within this block commits are pretended, with all that waits for them, and undone at its end."""
    with (
        patch("django.db.transaction.on_commit", lambda func, using=None, robust=False: func()),
        transaction.atomic(),
    ):
        yield
        transaction.set_rollback(True)
    cache.clear()
    ContentType.objects.clear_cache()
