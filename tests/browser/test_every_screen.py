"""Every admin screen of ours, in light and in dark: axe finds nothing serious, nothing is wider than the window.

And it breaks no strict Content-Security-Policy: what breaks it is Wagtail's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.middleware.security import SecurityMiddleware
from django.urls import reverse
from playwright.sync_api import Browser, Page
from wagtail.users.models import UserProfile

from tests.admin.screens import addresses, busy_policy
from tests.browser.editor import UNFOLD, log_in
from tests.browser.test_tab import check
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

#: Only reported, or what Wagtail has inline would not run and nothing of ours after it.
STRICT = "script-src 'self' 'report-sample'; style-src 'self' 'report-sample'"
NOTE = """document.addEventListener('securitypolicyviolation', (event) => {
  const { effectiveDirective, sourceFile, lineNumber, sample } = event;
  (window.violations ||= []).push([effectiveDirective, sourceFile, lineNumber, sample]);
});"""
#: Wherever `wagtail.admin.widgets.datetime` asks for a date, and what Draftail writes into a page's head.
INLINE = ("initDateChooser(", "initDateTimeChooser(", ".Draftail-", ".public-DraftStyleDefault-")

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


@pytest.fixture(autouse=True)
def _strictly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every answer has the strict policy. Set in the server: a browser whose answers are changed keeps no cache."""
    answered = SecurityMiddleware.process_response

    def process_response(middleware: Any, request: Any, response: Any) -> Any:
        response.headers["Content-Security-Policy-Report-Only"] = STRICT
        return answered(middleware, request, response)

    monkeypatch.setattr(SecurityMiddleware, "process_response", process_response)


@pytest.fixture
def page(chromium: Browser, live_server: Any, policy: PolicyPage, editor: Any) -> Iterator[Page]:
    """An editor's page that is light or dark as the system is: one loading shows both."""
    UserProfile.objects.update_or_create(user=editor, defaults={"theme": "system", "preferred_language": "sv"})
    context = chromium.new_context()
    page = context.new_page()
    log_in(page, live_server.url)
    page.add_init_script(NOTE)
    yield page
    context.close()


def broken(page: Page) -> list[Any]:
    """Where the page breaks the strict policy so far."""
    return page.evaluate("window.violations || []")


def wrong(page: Page, name: str) -> Iterator[Any]:
    """What axe finds, first in light, then what dark can change: its colours; and what is beyond the window."""
    for scheme, rules in (("light", ()), ("dark", ("color-contrast",))):
        page.emulate_media(color_scheme=scheme)
        page.evaluate(AT_REST)
        for rule, all_html in check(page, name.replace(":", "-"), scheme, "main", *rules):
            yield from ((scheme, rule, html) for html in all_html if WAGTAILS not in html)
    for width in (1280, 1024, 800):
        page.set_viewport_size({"width": width, "height": 900})
        yield from ((width, html) for html in page.evaluate(BEYOND))


def test_no_screen_has_a_serious_fault_is_beyond_the_window_or_breaks_a_strict_policy(
    page: Page, live_server: Any, policy: PolicyPage
) -> None:
    faults: dict[str, list[Any]] = {}
    violations: dict[str, list[Any]] = {}
    for name, url in screens(policy).items():
        page.emulate_media(color_scheme="light")
        page.goto(live_server.url + url)
        violations[name] = broken(page)  # before axe, whose own scripts are not ours
        faults[name] = list(wrong(page, name))
    assert len(faults) > 30
    page.goto(live_server.url + reverse("wagtailadmin_pages:edit", args=[policy.pk]))
    page.evaluate(UNFOLD)
    violations["form"] = broken(page)
    assert {name: found for name, found in faults.items() if found} == {}
    assert violations["wagtail_privacy:day"], "nothing was noted where Wagtail asks for a date"
    ours = {name: [one for one in all_ if not one[-1].startswith(INLINE)] for name, all_ in violations.items()}
    assert {name: found for name, found in ours.items() if found} == {}
