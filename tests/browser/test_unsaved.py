"""What an editor writes is saved and counted however early it is written, and nothing is called the same meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.editor import PATIENCE, UNFOLD, log_in, open_editor
from tests.policies import draft, reloaded
from wagtail_privacy.models import PolicyPage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

SAME = "Utkastet säger detsamma som det som är publicerat."
ONE = "1 ändring att publicera"
ONCE_READ = """
document.addEventListener('w-unsaved:watch-edits', () => { document.documentElement.dataset.isRead = '' });
"""


@pytest.fixture(autouse=True)
def _patience() -> Iterator[None]:
    expect.set_options(timeout=PATIENCE * 1000)
    yield
    expect.set_options(timeout=5000)


@pytest.fixture
def policy_page(root: Any, site: Any, editor: Any) -> PolicyPage:
    new = draft(root)
    new.save_revision(user=editor).publish()
    return reloaded(new)


@pytest.fixture
def address(page: Page, live_server: Any, policy_page: PolicyPage) -> str:
    """Where the page is edited; ``page`` is logged in."""
    log_in(page, live_server.url)
    return str(live_server.url + reverse("wagtailadmin_pages:edit", args=[policy_page.pk]))


def period(page: Page) -> Locator:
    """Where the period is written, its closed block opened as soon as there is one."""
    found = page.locator("[name$='duration_0']")
    found.wait_for(state="attached")
    while not found.is_visible():
        page.evaluate(UNFOLD)
    return found


def strip(page: Page) -> Locator:
    return page.locator("[data-privacy-part=strip]")


def is_behind(page: Page) -> Locator:
    return page.locator("[data-privacy-part=strip][data-privacy-behind]")


def duration(policy_page: PolicyPage) -> str:
    """How long the newest draft says that the data are kept."""
    body = reloaded(policy_page).get_latest_revision_as_object().body
    return str(body[0].value["retention"][0].value["duration"])


def revisions(policy_page: PolicyPage) -> int:
    return policy_page.revisions.count()


def write_at_once(page: Page, address: str) -> None:
    page.goto(address, wait_until="commit")
    period(page).fill("36")


def write_between_wagtails_readings(page: Page, address: str) -> None:
    page.add_init_script(ONCE_READ)
    page.goto(address, wait_until="commit")
    expect(page.locator("html[data-is-read]")).to_be_attached()
    period(page).fill("36")


@pytest.mark.parametrize("write", [write_at_once, write_between_wagtails_readings])
def test_what_is_written_is_saved_and_counted_however_early_it_is_written(
    page: Page, address: str, policy_page: PolicyPage, write: Callable[[Page, str], None]
) -> None:
    write(page, address)
    expect(is_behind(page)).to_be_attached()
    assert SAME not in strip(page).inner_text()
    expect(strip(page)).to_contain_text(ONE)
    expect(is_behind(page)).to_have_count(0)
    assert duration(policy_page) == "P36M"


def test_a_block_that_is_removed_at_once_is_counted(page: Page, address: str) -> None:
    page.goto(address, wait_until="commit")
    period(page)
    page.locator("[data-streamfield-action=DELETE]").last.click()
    expect(strip(page)).to_contain_text(ONE)


def test_what_is_written_or_taken_back_while_a_save_is_under_way_is_saved_and_counted_too(
    page: Page, address: str, policy_page: PolicyPage
) -> None:
    open_editor(page, lambda: page.goto(address))
    period(page).fill("36")
    expect(strip(page)).to_contain_text(ONE)
    expect(is_behind(page)).to_have_count(0)
    assert duration(policy_page) == "P36M"

    held: list[Route] = []
    page.route(address, lambda route: held.append(route), times=1)
    with page.expect_request(address):
        period(page).fill("48")
    while not held:
        page.wait_for_timeout(50)
    period(page).fill("60")
    held[0].continue_()
    expect(is_behind(page)).to_have_count(0)
    assert duration(policy_page) == "P60M"

    period(page).fill("72")
    expect(is_behind(page)).to_be_attached()
    period(page).fill("24")  # it is called the same only when it is saved
    expect(strip(page)).to_contain_text(SAME)
    expect(is_behind(page)).to_have_count(0)
    assert duration(policy_page) == "P24M"


def test_who_only_looks_around_makes_no_draft(page: Page, address: str, policy_page: PolicyPage) -> None:
    before = revisions(policy_page)
    open_editor(page, lambda: look_around(page, address))
    page.wait_for_timeout(2000)
    assert SAME in strip(page).text_content()
    expect(is_behind(page)).to_have_count(0)
    assert revisions(policy_page) == before


def look_around(page: Page, address: str) -> None:
    page.goto(address, wait_until="commit")
    page.get_by_role("tab", name="Publicering").click()
    page.get_by_role("tab", name="Innehåll").click()
    period(page).click()


def test_without_autosave_the_strip_says_that_it_counts_what_is_saved(page: Page, address: str, settings: Any) -> None:
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    # What is written before the page has loaded counts as unsaved until it is saved.
    page.goto(address, wait_until="load")
    period(page).fill("36")
    expect(is_behind(page)).to_be_attached()
    assert SAME not in strip(page).inner_text()
    period(page).fill("24")
    expect(is_behind(page)).to_have_count(0)
    assert SAME in strip(page).inner_text()
