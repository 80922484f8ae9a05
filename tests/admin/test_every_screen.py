"""Every admin view of ours asks who may, and has nothing inline: tried by requests to each address there is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page, Revision

import wagtail_privacy
from tests.admin.screens import addresses, busy_policy
from tests.admin.test_rights_of_pages import somebody, state
from wagtail_privacy.models import DataCategory, PolicyPage, Recipient

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]
#: What is inline, and so needs more than a strict Content-Security-Policy allows.
INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(?!\s*</)|<style|\sstyle=|\son[a-z]+=")


@pytest.fixture
def page(root: Page, editor: Any) -> PolicyPage:
    return busy_policy(root)


def everything(page: PolicyPage) -> Any:
    register = [list(model.objects.values_list("pk", "key")) for model in (DataCategory, Recipient)]
    return state(page), register, page.policy.versions.count(), Revision.objects.count(), Page.objects.count()


@pytest.mark.parametrize("who", ["nobody", "who may only enter"])
def test_each_is_refused_to_who_has_no_permission_at_all(client: Client, page: PolicyPage, who: str) -> None:
    if who != "nobody":
        client.force_login(somebody("karin"))
    before, let_in = everything(page), []
    for name, url in addresses(page):
        for send in (client.get, client.post):
            response = send(url, {"reason": "x", "new": "x", "day": "2099-01-01"})
            if response.status_code not in (302, 403, 404, 405):
                let_in.append((name, response.status_code))
            elif response.status_code == 302 and response.url.rpartition("?")[0] not in ("/admin/login/", ""):
                let_in.append((name, response.url))
    assert let_in == []
    assert everything(page) == before


def test_each_is_shown_to_who_may_everything(client: Client, page: PolicyPage, editor: Any) -> None:
    """Or asks to be posted to; else the test above would say nothing."""
    client.force_login(editor)
    answers = {name: client.get(url).status_code for name, url in addresses(page)}
    assert len(answers) > 50
    assert {name: status for name, status in answers.items() if status not in (200, 302, 405)} == {}


def test_none_of_our_templates_has_anything_inline() -> None:
    """Wagtail's frame around them has; only what stands in ours is looked at."""
    folder = Path(wagtail_privacy.__file__).parent / "templates"
    files = [path for part in ("wagtail_privacy/admin", "wagtailadmin") for path in (folder / part).rglob("*.html")]
    assert len(files) > 50
    found = {path.name: INLINE.findall(path.read_text(encoding="utf-8")) for path in files}
    assert {name: inline for name, inline in found.items() if inline} == {}
