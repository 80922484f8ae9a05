"""The main job in a real browser, on the demo as ``make demo`` serves it (server and task worker included)."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from example_site.serve import HOST, listens
from tests.demo.language import foreign_words
from tests.settings import ROOT

POLICY = "Integritetspolicy för Kollegiet"
PURPOSE = "Nyheter och statistik"
SUMMARY = "Vi skickar nyheter i tre år efter att du har slutat som kund."
PATIENCE = 120

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _patience() -> Iterator[None]:
    expect.set_options(timeout=PATIENCE * 1000)
    yield
    expect.set_options(timeout=5000)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, chromium: object) -> Iterator[str]:
    """The address of a running demo with one of its policies, on a database of its own."""
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
    subprocess.run([*django, "load_demo", "kollegiet"], env=environment, cwd=ROOT, check=True)
    serve = [sys.executable, "-m", "example_site.serve", "--port", str(port)]
    with subprocess.Popen(serve, env=environment, cwd=ROOT) as process:
        wait_for(port, process)
        yield f"http://localhost:{port}"
        process.terminate()


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not listens(port):
        if process.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"Expected the demo to listen at port {port}; its server ended or took over {PATIENCE} s.")
        time.sleep(0.2)


def test_an_editor_lengthens_a_period_and_everyone_learns_of_it(demo: str, page: Page) -> None:
    page.set_default_timeout(PATIENCE * 1000)
    log_in(page, demo)

    open_policy(page, demo)
    period_of(page, PURPOSE).fill("36")
    see_what_publishing_means(page)
    publish(page)

    page.get_by_role("link", name="Se den kommande versionen").click()
    expect(page.get_by_text("Det här är en kommande version.")).to_be_visible()
    read_the_history(page, demo)
    compare(page)
    read_mail(page, demo, "elin.marklund@example.org", "sv", f"Lagringstiden för ändamålet ”{PURPOSE}” ändras")
    read_mail(page, demo, "grace.whitlock@example.com", "en", "News and statistics")


def log_in(page: Page, demo: str) -> None:
    page.goto(f"{demo}/admin/")
    page.fill("[name=username]", "editor")
    page.fill("[name=password]", "editor")
    page.click("button[type=submit]")
    page.wait_for_url(f"{demo}/admin/")


def open_policy(page: Page, demo: str) -> None:
    page.goto(f"{demo}/admin/pages/search/?q=Kollegiet")
    page.get_by_role("link", name=POLICY).first.click()
    expect(page.get_by_role("tab", name="Publicering")).to_be_visible()


def period_of(page: Page, purpose: str) -> Locator:
    """The number of months in the storage period of a purpose, by the purpose's title."""
    names = page.locator("[name^=body-][name$=-value-title]")
    expect(names.first).to_be_attached()
    titles = names.evaluate_all("fields => fields.map(field => [field.value, field.name])")
    prefix = dict(titles)[purpose].removesuffix("title")
    return page.locator(f"[name='{prefix}retention-0-value-duration_0']")


def see_what_publishing_means(page: Page) -> None:
    """The draft saves itself, and what it would mean stands beside it."""
    expect(page.locator("[data-privacy-part=strip]")).to_contain_text("1 ändring att publicera")
    page.get_by_role("tab", name="Publicering").click()
    outlook = page.locator("[data-privacy-part=outlook]")
    expect(outlook).to_contain_text(
        f"Lagringstiden för ändamålet ”{PURPOSE}” ändras från 12 månader till 36 månader. Viktig ändring"
    )
    expect(outlook).to_contain_text("Uppgifterna sparas längre.")
    expect(outlook).to_contain_text("30 dagar efter publiceringen")
    expect(outlook).to_contain_text("svenska: 14")
    expect(outlook).to_contain_text("engelska: 6")


def publish(page: Page) -> None:
    page.fill("[name=change_summary]", SUMMARY)
    page.get_by_role("button", name="Fler åtgärder").last.click()
    page.locator("[name=action-publish]").last.click()
    expect(page.locator(".messages")).to_contain_text("Aviserad som version 7. Den träder i kraft den")


def read_the_history(page: Page, demo: str) -> None:
    page.goto(f"{demo}/kollegiet/history/")
    newest = page.locator("#version-7")
    expect(newest).to_contain_text("Kommande")
    expect(newest).to_contain_text(SUMMARY)
    expect(newest).to_contain_text(f"Lagringstiden för ändamålet ”{PURPOSE}” ändras från 12 månader till 36 månader.")


def compare(page: Page) -> None:
    page.get_by_role("link", name="Jämför med version 6").click()
    expect(page.get_by_role("main")).to_contain_text("36 månader")
    assert page.url.endswith("/kollegiet/compare/6/7/")


def read_mail(page: Page, demo: str, address: str, language: str, words: str) -> None:
    """Find the newest mail to ``address``, which the task worker sends, and read it as text and as HTML."""
    inbox, deadline = f"{demo}/mailbox/?to={address}", time.monotonic() + PATIENCE
    page.goto(inbox)
    while page.locator(".mailing").count() < 3:
        assert time.monotonic() < deadline, f"Expected a third mail to {address}, found none in {PATIENCE} s."
        time.sleep(1)
        page.goto(inbox)
    page.locator(".mailing a").first.click()
    subject, text = page.get_by_role("heading", level=1).inner_text(), page.locator(".as-text").inner_text()
    html = page.frame_locator("iframe").locator("body").inner_text()

    for said in (text, html):
        assert words in said
        assert foreign_words(f"{subject} {said}", language) == set()
        assert re.search(r"\b36 (månader|months)\b", said)
