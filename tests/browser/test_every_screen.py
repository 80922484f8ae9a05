"""Every admin screen of ours, in light and in dark: axe finds nothing serious, nothing is wider than the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page
from wagtail.users.models import UserProfile

from tests.admin.screens import addresses, busy_policy
from tests.browser.editor import log_in
from tests.browser.test_findings import AXE
from tests.browser.test_tab import check
from tests.conftest import unavailable
from wagtail_privacy.models import PolicyPage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
#: Parts of a screen that are fetched for themselves, what only posts, and mails, which are looked at as mails.
#: A finding is a screen where it is open, and else leads to the page's form.
NO_SCREENS = (
    "_results",
    "_html",
    "_as_html",
    ":outlook",
    ":finding",
    ":reviewed",
    ":steer",
    ":test_mail",
    ":test_removal",
)
#: A link of Wagtail's own beside its words, on the question whether to delete a page.
WAGTAILS = '/unpublish/">'
#: What stands beyond the window and can't be scrolled to; Wagtail's own minimap waits there to be called in.
BEYOND = """() => [...document.querySelectorAll('main *')].filter((one) => {
  if (one.closest('[class*="w-minimap"]')) return false;
  const { right, width } = one.getBoundingClientRect();
  if (!width || right <= window.innerWidth + 1 || getComputedStyle(one).visibility === 'hidden') return false;
  for (let up = one; up; up = up.parentElement) {
    if (['auto', 'scroll'].includes(getComputedStyle(up).overflowX) && up.scrollWidth > up.clientWidth) return false;
  }
  return true;
}).map((one) => one.outerHTML.slice(0, 80))"""

#: Ends what moves, such as a message of Wagtail's that fades in; what moves for ever goes on.
AT_REST = """() => document.getAnimations()
  .filter((one) => one.effect.getComputedTiming().endTime !== Infinity).forEach((one) => one.finish())"""


@pytest.fixture
def policy(root: Any, site: Any, editor: Any) -> PolicyPage:
    return busy_policy(root, editor)


def screens(policy: PolicyPage) -> dict[str, str]:
    found = {name: url for name, url in addresses(policy) if not name.endswith(NO_SCREENS)}
    for name in ("unpublish", "delete"):
        found[name] = reverse(f"wagtailadmin_pages:{name}", args=[policy.pk])
    return {**found, "home": reverse("wagtailadmin_home")}


@pytest.fixture
def look(chromium: Browser, live_server: Any, policy: PolicyPage, editor: Any) -> Iterator[Callable[..., Any]]:
    """Open every screen in a colour scheme and a language, and gather what is wrong with each, by its name."""
    contexts = []

    def look(wrong: Callable[[Page, str], Any], scheme: str, language: str) -> Any:
        UserProfile.objects.update_or_create(user=editor, defaults={"theme": scheme, "preferred_language": language})
        contexts.append(chromium.new_context(color_scheme=scheme))
        page, found = contexts[0].new_page(), {}
        log_in(page, live_server.url)
        for name, url in screens(policy).items():
            page.goto(live_server.url + url)
            page.evaluate(AT_REST)
            found[name] = wrong(page, name)
        assert len(found) > 30
        return {name: faults for name, faults in found.items() if faults}

    yield look
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("scheme", "language"), [("light", "sv"), ("dark", "en")])
def test_axe_finds_nothing_serious_and_nothing_is_beyond_the_window(
    look: Callable[..., Any], scheme: str, language: str
) -> None:
    if not AXE.exists():
        unavailable("axe-core: npm install --prefix tests/browser")

    def wrong(page: Page, name: str) -> Iterator[Any]:
        for rule, all_html in check(page, name.replace(":", "-"), scheme, "main"):
            yield from ((rule, html) for html in all_html if WAGTAILS not in html)
        for width in (1280, 1024, 800):
            page.set_viewport_size({"width": width, "height": 900})
            yield from ((width, html) for html in page.evaluate(BEYOND))

    assert look(lambda *screen: list(wrong(*screen)), scheme, language) == {}
