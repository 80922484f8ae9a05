"""An editor reads what follows when a policy is unpublished or deleted, and ticks whether people are told of it.

Wagtail's templates have no place for the tick box on three of the four questions: it must stand inside the form that is
sent, in whichever Wagtail is installed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.editor import log_in
from tests.policies import draft, reloaded
from wagtail_privacy.models import Event, EventKind, Notice, PolicyPage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

#: Wagtail's question, and what its answer is called.
WAYS = {
    "unpublish": ("wagtailadmin_pages:unpublish", "unpublish"),
    "delete": ("wagtailadmin_pages:delete", "delete"),
    "unpublish in a list": ("wagtail_bulk_action", "unpublish"),
    "delete in a list": ("wagtail_bulk_action", "delete"),
}


@pytest.fixture(autouse=True)
def _patience() -> Iterator[None]:
    expect.set_options(timeout=60_000)
    yield
    expect.set_options(timeout=5000)


@pytest.fixture
def policy_page(root: Any, site: Any, editor: Any) -> PolicyPage:
    page = draft(root)
    page.save_revision(user=editor).publish()
    return reloaded(page)


def question(way: str, policy_page: PolicyPage) -> str:
    name, action = WAYS[way]
    if name == "wagtail_bulk_action":
        next_ = reverse("wagtailadmin_home")
        return f"{reverse(name, args=['wagtailcore', 'page', action])}?id={policy_page.pk}&next={next_}"
    return reverse(name, args=[policy_page.pk])


#: The box must stand in each form. What is sent without a tick is read alike: one way is enough.
@pytest.mark.parametrize(("way", "tells"), [*((way, True) for way in WAYS), ("delete in a list", False)])
def test_people_are_told_where_the_editor_ticks_that(
    page: Page, live_server: Any, policy_page: PolicyPage, way: str, tells: bool
) -> None:
    log_in(page, live_server.url)
    page.goto(live_server.url + question(way, policy_page))
    box = page.get_by_role("checkbox", name="Ge besked med e-post")
    expect(page.locator("body")).to_contain_text("ingen kan längre läsa policyn eller dess historik")
    expect(box).to_have_count(1)
    expect(box).not_to_be_checked()
    expect(box).to_have_accessible_description(re.compile("person"))
    if tells:
        box.focus()
        page.keyboard.press("Space")
        expect(box).to_be_checked()
    box.locator("xpath=ancestor::form").locator("button[type=submit], input[type=submit]").first.click()
    expect(page.locator(".messages")).to_contain_text("Integritetspolicy" if tells else re.compile(r"\w"))
    assert not PolicyPage.objects.filter(pk=policy_page.pk, live=True).exists()
    assert Event.objects.filter(kind=EventKind.UNPUBLISHED).count() == 1
    assert Notice.objects.filter(kind="unpublished").count() == tells
