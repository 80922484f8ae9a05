"""The demo as ``make demo`` serves it, server and task worker included, and what its people do there."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from example_site.serve import HOST, listens
from tests.browser.editor import PATIENCE, open_editor, saving
from tests.foreign import foreign_words
from tests.settings import ROOT

POLICIES = ("kollegiet", "ripstigen")


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, chromium: object) -> Iterator[str]:
    """The address of a running demo with a policy for each test that needs one, on a database of its own."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "example_site.settings",
        "DEMO_DATABASE": str(tmp_path_factory.mktemp("demo") / "db.sqlite3"),
        "PYTHONPATH": str(ROOT),
        "PORT": str(port),
    }
    django = [sys.executable, "-m", "django"]
    subprocess.run([*django, "migrate", "--verbosity", "0"], env=environment, cwd=ROOT, check=True)
    subprocess.run([*django, "load_demo", *POLICIES], env=environment, cwd=ROOT, check=True)
    serve = [sys.executable, "-m", "example_site.serve", "--port", str(port)]
    with subprocess.Popen(serve, env=environment, cwd=ROOT) as process:
        _wait_for(port, process)
        yield f"http://localhost:{port}"
        process.terminate()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not listens(port):
        if process.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"Expected the demo to listen at port {port}; its server ended or took over {PATIENCE} s.")
        time.sleep(0.2)


@pytest.fixture
def patience() -> Iterator[None]:
    """A busy machine serves slowly."""
    expect.set_options(timeout=PATIENCE * 1000)
    yield
    expect.set_options(timeout=5000)


def log_in_by_form(page: Page, demo: str, name: str = "editor") -> None:
    """Log in by the form as the user whose password is the user name."""
    page.set_default_timeout(PATIENCE * 1000)
    page.goto(f"{demo}/admin/login/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", name)
    page.click("button[type=submit]")
    page.wait_for_url(f"{demo}/admin/")


def overview(page: Page, demo: str, title: str) -> None:
    """All versions and languages of a policy, in the admin."""
    page.goto(f"{demo}/admin/privacy-policies/")
    page.get_by_role("link", name=title).first.click()
    expect(page.locator("#privacy-languages")).to_be_visible()


def open_policy(page: Page, demo: str, title: str) -> None:
    overview(page, demo, title)
    open_editor(page, page.get_by_role("row", name="Svenska").get_by_role("link", name="Redigera").click)


def field_of(page: Page, purpose: str, name: str) -> Locator:
    """A field of a purpose in the page editor, by the purpose's title."""
    names = page.locator("[name^=body-][name$=-value-title]")
    expect(names.first).to_be_attached()
    titles = names.evaluate_all("fields => fields.map(field => [field.value, field.name])")
    prefix = dict(titles)[purpose].removesuffix("title")
    return page.locator(f"[name='{prefix}{name}']")


def publish(page: Page, summary: str) -> None:
    page.fill("[name=change_summary]", summary)
    page.get_by_role("button", name="Fler åtgärder").last.click()
    with saving(page):
        page.locator("[name=action-publish]").last.click()


def mails(page: Page, demo: str) -> dict[str, int]:
    """How many mails each person has, by address."""
    page.goto(f"{demo}/mailbox/")
    people = page.locator("#to option").evaluate_all("options => options.map(one => [one.value, one.textContent])")
    return {address: int(re.findall(r"\d+", text)[-1]) for address, text in people if address}


def wait_for_mails(page: Page, demo: str, enough: Callable[[dict[str, int]], bool]) -> dict[str, int]:
    deadline = time.monotonic() + PATIENCE
    while not enough(found := mails(page, demo)):
        assert time.monotonic() < deadline, f"Expected more mails, found {found} after {PATIENCE} s."
        time.sleep(1)
    return found


def read_mail(page: Page, demo: str, address: str, language: str, *words: str) -> None:
    """Read the newest mail to ``address`` as text and as HTML: it says ``words``, and nothing in another language."""
    page.goto(f"{demo}/mailbox/?to={address}")
    page.locator(".mailing a").first.click()
    subject, text = page.get_by_role("heading", level=1).inner_text(), page.locator(".as-text").inner_text()
    html = page.frame_locator("iframe").locator("body").inner_text()
    for said in (text, html):
        for word in words:
            assert word in said
        assert foreign_words(f"{subject} {said}", language) == set()
