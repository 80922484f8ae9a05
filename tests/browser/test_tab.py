"""The tab *Publication* in a real browser: a line opens its block, by keyboard; axe finds nothing, light and dark."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from wagtail.users.models import UserProfile

from tests.browser.editor import log_in, open_editor
from tests.browser.test_findings import AXE
from tests.conftest import unavailable
from tests.policies import KEPT, PURPOSE, body, draft, reloaded
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.models import PolicyPage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
#: Where screenshots are put, to be looked at; none are made without it.
SHOTS = os.environ.get("SHOTS", "")


@pytest.fixture
def policy(root: Any, site: Any, editor: Any) -> PolicyPage:
    """Versions 1 in force, 2 announced, and a draft with a change in doubt and one of language."""
    page = draft(root)
    page.save_revision(user=editor).publish()
    newest = reloaded(page).get_latest_revision_as_object()
    newest.body = body(duration="P36M")
    publish_policy(newest, user=editor, summary="Vi sparar längre.")
    written = reloaded(page).get_latest_revision_as_object()
    written.body = body(duration="P48M", title="Leverera din beställning", words="Vi säljer bröd och uppgifter.")
    written.save_revision(user=editor)
    return reloaded(page)


def to_tab(page: Page, live_server: Any, policy: PolicyPage) -> Any:
    log_in(page, live_server.url)
    url = live_server.url + reverse("wagtailadmin_pages:edit", args=[policy.pk])
    open_editor(page, lambda: page.goto(f"{url}#tab-publication"))
    tab = page.locator("[data-privacy-part=outlook]")
    expect(tab).to_be_visible()
    return tab


def test_a_line_opens_its_block_by_keyboard(page: Page, live_server: Any, policy: PolicyPage) -> None:
    tab = to_tab(page, live_server, policy)
    expect(tab.locator(".privacy-saved")).to_be_visible()
    expect(tab.locator(".privacy-paused")).to_be_hidden()
    link = tab.locator(f"a[data-privacy-path='{PURPOSE} {KEPT}']").first
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#block-{KEPT}-section")).to_be_in_viewport()


def test_it_says_that_saving_is_paused_and_axe_finds_nothing(page: Page, live_server: Any, policy: PolicyPage) -> None:
    tab = to_tab(page, live_server, policy)
    assert check(page, "tab", "light", "#tab-publication") == []
    page.evaluate("document.dispatchEvent(new CustomEvent('w-autosave:error'))")
    expect(tab.locator(".privacy-paused")).to_be_visible()


def test_axe_finds_nothing_on_our_screens_in_dark_and_english(
    chromium: Browser, live_server: Any, policy: PolicyPage, editor: Any
) -> None:
    """Where the editor has chosen dark; tests/browser/test_every_screen.py follows the system, in Swedish."""
    scheme = "dark"
    UserProfile.objects.update_or_create(user=editor, defaults={"theme": scheme, "preferred_language": "en"})
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    to_tab(page, live_server, policy)
    found = {"tab": check(page, "tab", scheme, "#tab-publication")}
    announced = policy.policy.versions.get(number=2)
    for name, url in {
        "versions": reverse("privacy-policies:inspect", args=[policy.policy.pk]),
        "version": reverse("wagtail_privacy:recorded", args=[announced.pk, "sv"]),
        "withdraw": reverse("wagtail_privacy:withdraw", args=[announced.pk]),
        "day": reverse("wagtail_privacy:day", args=[announced.pk]),
        "overview": reverse("privacy-policies:index"),
        "notice": reverse("wagtail_privacy:notice", args=[announced.notices.get().pk]),
        "notices": reverse("wagtail_privacy:notices"),
        "home": reverse("wagtailadmin_home"),
    }.items():
        page.goto(live_server.url + url)
        found[name] = check(page, name, scheme, "main")
    context.close()
    assert found == dict.fromkeys(found, [])


def check(page: Page, name: str, scheme: str, where: str, *rules: str) -> Any:
    """What axe finds serious in the part of the page that is ours, by all rules or by those named."""
    if not AXE.exists():
        unavailable("axe-core: npm install --prefix tests/browser")
    for width in (1280, 800) if SHOTS else ():
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=str(Path(SHOTS) / f"{name}-{scheme}-{width}.png"), full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    options = json.dumps({"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})})
    return page.evaluate(
        f"axe.run('{where}', {options}).then((all) => all.violations"
        ".filter((one) => ['serious', 'critical'].includes(one.impact))"
        ".map((one) => [one.id, one.nodes.map((node) => node.html)]))"
    )
