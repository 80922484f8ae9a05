"""The reader's pages in base templates that are not ours, answered in this process to a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.test.utils import override_settings
from playwright.sync_api import Page, Route

from wagtail_privacy.clock import at
from wagtail_privacy.reader.cache import clear_caches

FRAMES = Path(__file__).parent / "frames"
HOST = "http://testserver"
#: The site's base template by what it is like.
SITES = {
    "demo": "base.html",
    "start": "frame_start.html",
    "dark": "frame_dark.html",
    "light": "frame_light.html",
    "own": "wagtail_privacy/base.html",
}
TYPES = {".css": "text/css", ".svg": "image/svg+xml", ".js": "text/javascript"}


@contextmanager
def in_frame(site: str) -> Iterator[None]:
    """The reader's pages extend the base template of ``site``."""
    templates = [{**settings.TEMPLATES[0], "DIRS": [FRAMES]}]
    with override_settings(TEMPLATES=templates, WAGTAIL_PRIVACY_BASE_TEMPLATE=SITES[site]):
        clear_caches()
        yield


def show(page: Page, url: str, moment: Any) -> None:
    """Open the site's ``url`` in the browser as it is at ``moment``.

    It is answered beforehand: in a handler of the browser's requests Django has another connection to the database.
    """
    with at(moment):
        response = Client().get(url, follow=True)

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(HOST)
        if path.startswith("/static/"):
            name = path.removeprefix("/static/")
            found = FRAMES / name if (FRAMES / name).exists() else Path(str(finders.find(name)))
            route.fulfill(body=found.read_bytes(), content_type=TYPES[found.suffix])
        else:
            route.fulfill(status=response.status_code, headers=dict(response.items()), body=response.content)

    page.unroute_all()
    page.route(f"{HOST}/**", answer)
    page.goto(HOST + url)
