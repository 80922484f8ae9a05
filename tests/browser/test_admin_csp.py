"""Every admin screen of ours under a strict Content-Security-Policy: what breaks it is Wagtail's own."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Route

from tests.admin.screens import busy_policy
from tests.browser.editor import UNFOLD, log_in
from tests.browser.test_every_screen import screens
from wagtail_privacy.models import PolicyPage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.usefixtures("patience")]
#: Only reported, or what Wagtail has inline would not run and nothing of ours after it.
STRICT = "script-src 'self' 'report-sample'; style-src 'self' 'report-sample'"
NOTE = """document.addEventListener('securitypolicyviolation', (event) => {
  const { effectiveDirective, sourceFile, lineNumber, sample } = event;
  (window.violations ||= []).push([effectiveDirective, sourceFile, lineNumber, sample]);
});"""
#: Wherever `wagtail.admin.widgets.datetime` asks for a date, and what Draftail writes into a page's head.
WAGTAILS = ("initDateChooser(", "initDateTimeChooser(", ".Draftail-", ".public-DraftStyleDefault-")


@pytest.fixture
def policy(root: Any, site: Any, editor: Any) -> PolicyPage:
    return busy_policy(root, editor)


def strictly(route: Route) -> None:
    if route.request.resource_type != "document":
        route.continue_()
        return
    response = route.fetch()
    route.fulfill(response=response, headers={**response.headers, "Content-Security-Policy-Report-Only": STRICT})


def test_no_screen_of_ours_breaks_a_strict_policy(live_server: Any, policy: PolicyPage, page: Page) -> None:
    log_in(page, live_server.url)
    page.add_init_script(NOTE)
    page.route("**/*", strictly)
    found: dict[str, list[Any]] = {}
    form = reverse("wagtailadmin_pages:edit", args=[policy.pk])
    for name, url in {**screens(policy), "form": form}.items():
        page.goto(f"{live_server.url}{url}")
        page.evaluate(UNFOLD)
        found[name] = page.evaluate("window.violations || []")
    assert found["wagtail_privacy:day"], "nothing was noted where Wagtail asks for a date"
    ours = {name: [one for one in all_ if not one[-1].startswith(WAGTAILS)] for name, all_ in found.items()}
    assert {name: violations for name, violations in ours.items() if violations} == {}
