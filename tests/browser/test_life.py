"""An editor postpones and withdraws what is announced, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override
from playwright.sync_api import Page, expect

from tests.browser.editor import log_in
from tests.policies import body, draft, reloaded
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.clock import day_of
from wagtail_privacy.models import PolicyPage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(autouse=True)
def _patience() -> Iterator[None]:
    expect.set_options(timeout=60_000)
    yield
    expect.set_options(timeout=5000)


@pytest.fixture
def policy_page(root: Any, site: Any, editor: Any) -> PolicyPage:
    """Version 1 in force, version 2 announced."""
    page = draft(root)
    page.save_revision(user=editor).publish()
    newest = reloaded(page).get_latest_revision_as_object()
    newest.body = body(duration="P36M")
    publish_policy(newest, user=editor, summary="Vi sparar längre.")
    return reloaded(page)


def follow(page: Page, name: str) -> None:
    """Open a link of the version's "…" menu as who has no mouse does."""
    with override("sv"):
        actions = gettext("Actions for version %(number)s") % {"number": 2}
    page.get_by_role("button", name=actions).focus()
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name=name).first
    expect(link).to_be_visible()
    link.focus()
    page.keyboard.press("Enter")


def test_what_is_announced_is_postponed_and_then_withdrawn(
    page: Page, live_server: Any, policy_page: PolicyPage
) -> None:
    page.set_default_timeout(60_000)
    log_in(page, live_server.url)
    page.goto(live_server.url + reverse("privacy-policies:inspect", args=[policy_page.policy.pk]))
    day = day_of(timezone.now()) + timedelta(days=60)

    follow(page, "Skjut upp eller tidigarelägg")
    page.locator("[name=day]").fill(day.isoformat())
    page.keyboard.press("Escape")
    page.locator("[name=reason]").fill("Systemet är inte klart.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("Version 2 börjar nu i stället gälla den")
    expect(page.get_by_role("main")).to_contain_text("Systemet är inte klart.")
    version = policy_page.policy.versions.get(number=2)
    assert day_of(version.takes_effect_at) == day

    follow(page, "Dra tillbaka")
    expect(page.get_by_role("main")).to_contain_text("version 1")
    page.locator("[name=reason]").fill("Behövs inte.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("Version 2")
    version.refresh_from_db()
    assert version.withdrawn_at
    expect(page.get_by_role("link", name="Skjut upp eller tidigarelägg")).to_have_count(0)
