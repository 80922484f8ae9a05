"""Wagtail's page editor in a real browser, and when it is ready to be written in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Page, expect

PATIENCE = 120  # seconds; a busy machine serves slowly

#: Counts, in ``<html data-baselines-due>``, how often Wagtail has yet to read the form that it compares with later on.
#: It reads it two seconds after each time its controller connects, and it connects twice when a page is opened: what
#: is typed before the last reading looks unchanged to it.
COUNT_BASELINES = """
(() => {
  let due = 0;
  let isRead = false;
  const count = (by) => {
    due = Math.max(0, due + by);
    document.documentElement.dataset.baselinesDue = due;
  };
  document.addEventListener('w-unsaved:ready', () => isRead || count(1));
  document.addEventListener('w-unsaved:watch-edits', () => {
    isRead = true;
    count(-1);
  });
})();
"""

#: Marks ``<html>`` while an automatic save is under way, and lets none begin once it is told to hold them.
MARK_AUTOSAVE = """
(() => {
  const marks = () => document.documentElement.dataset;
  document.addEventListener('w-autosave:save', (event) => {
    if ('holdAutosave' in marks()) event.preventDefault();
    else marks().autosaving = '';
  });
  for (const end of ['success', 'error']) {
    document.addEventListener(`w-autosave:${end}`, () => delete marks().autosaving);
  }
})();
"""


def log_in(page: Page, site: str, name: str = "editor") -> None:
    """Be logged in as this user at ``site``, which runs in this process; its address has no slash at its end."""
    page.set_default_timeout(PATIENCE * 1000)
    client = Client()
    client.force_login(get_user_model().objects.get(username=name))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])


#: Opens every block of the policy and every fold in it, from without to within: what is closed isn't built yet.
UNFOLD = """() => {
  const closed = '[data-contentpath=body] [data-panel-toggle][aria-expanded=false]';
  while (document.querySelector(closed)) document.querySelectorAll(closed).forEach((toggle) => toggle.click());
}"""


def open_editor(page: Page, follow: Callable[[], object], *, unfolded: bool = True) -> None:
    """Open a page's form by ``follow``, wait until Wagtail sees whatever is changed in it, and open its blocks."""
    page.add_init_script(COUNT_BASELINES)
    page.add_init_script(MARK_AUTOSAVE)
    follow()
    expect(page.locator("[data-edit-form]:not([data-controller~=w-init])")).to_be_visible(timeout=PATIENCE * 1000)
    expect(page.locator("html[data-baselines-due='0']")).to_be_attached(timeout=PATIENCE * 1000)
    if unfolded:
        page.evaluate(UNFOLD)


@contextmanager
def saving(page: Page) -> Iterator[None]:
    """What is done within this block submits the form that ``open_editor`` opened, and another page answers it.

    No automatic save is under way then: Wagtail lets one that began before end after it, and put back what it sent.
    Not Playwright's ``expect_navigation``: an automatic save that sets the address anew is a navigation, too.
    """
    page.evaluate("document.documentElement.dataset.holdAutosave = ''")
    expect(page.locator("html:not([data-autosaving])")).to_be_attached(timeout=PATIENCE * 1000)
    with page.expect_event("load", timeout=PATIENCE * 1000):
        yield
