"""What the review finds, in a real browser: a link opens its block and field, and the block is marked."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.editor import log_in, open_editor
from tests.conftest import unavailable
from tests.policies import KEPT, PURPOSE, body, draft, reloaded

AXE = Path(os.environ.get("AXE", Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"))
#: Rules that Wagtail's own frame breaks, with or without us, are not asked of ours: only the tab is looked at.
TAB = "#tab-publication"

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def policy(root: Any, site: Any, editor: Any) -> Any:
    page = draft(root)
    page.save_revision()
    return reloaded(page)


def edit(live_server: Any, policy: Any) -> str:
    return live_server.url + reverse("wagtailadmin_pages:edit", args=[policy.pk])


def to_findings(page: Page) -> Any:
    page.locator("[role=tab][href='#tab-publication']").click()
    findings = page.locator("[data-privacy-part=findings]")
    expect(findings).to_be_visible()
    return findings


def test_a_finding_and_a_link_from_elsewhere_open_its_block_and_axe_finds_nothing(
    page: Page, live_server: Any, policy: Any
) -> None:
    if not AXE.exists():
        unavailable("axe-core: npm install --prefix tests/browser")
    log_in(page, live_server.url)
    open_editor(page, lambda: page.goto(f"{edit(live_server, policy)}#block-{PURPOSE}-section"))
    expect(page.locator(f"#block-{PURPOSE}-section")).to_be_in_viewport()

    block = page.locator(f"#block-{PURPOSE}-section")
    expect(block.locator(".privacy-mark").first).to_be_visible()
    block.locator("[data-panel-toggle]").first.click()
    expect(block.locator("[data-contentpath=legal_bases]").first).to_be_hidden()

    findings = to_findings(page)
    findings.locator(f"a[data-privacy-path='{PURPOSE}'][data-privacy-field=legal_bases]").first.click()
    field = block.locator("[data-contentpath=legal_bases]").first
    expect(field).to_be_in_viewport()
    expect(field.locator(":focus")).to_be_attached()

    to_findings(page)
    assert violations(page) == []

    # What concerns the whole policy leads to its sections.
    findings.locator("a[data-privacy-path='']").first.click()
    expect(page.locator("[data-contentpath=body]").first).to_be_visible()


def violations(page: Page) -> Any:
    """What axe finds in the tab."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return page.evaluate(
        f"axe.run('{TAB}').then((all) => all.violations.map((one) => [one.id, one.nodes.map((node) => node.html)]))"
    )


def test_a_folded_block_is_marked_for_what_it_hides(page: Page, live_server: Any, policy: Any) -> None:
    stored = json.loads(body())
    del stored[0]["value"]["retention"][0]["value"]["starts"]
    policy.body = json.dumps(stored)
    policy.save_revision()
    log_in(page, live_server.url)
    open_editor(page, lambda: page.goto(edit(live_server, policy)))
    purpose, kept = (page.locator(f"#block-{id}-section") for id in (PURPOSE, KEPT))
    own = purpose.locator("> .w-panel__header > .privacy-mark--warning")
    expect(kept.locator("> .w-panel__header > .privacy-mark--warning")).to_be_visible()
    expect(own.and_(page.locator(":visible"))).to_have_count(0)
    purpose.locator("[data-panel-toggle]").first.click()
    expect(kept).to_be_hidden()
    expect(own.and_(page.locator(":visible"))).to_have_count(1)

    to_findings(page).locator(f"a[data-privacy-path='{PURPOSE} {KEPT}']").first.click()
    expect(kept).to_be_in_viewport()
