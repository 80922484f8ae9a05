"""The dashboard says what needs attention, to who may see policies."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from tests.policies import OTHER, body, draft, reloaded
from tests.publication.test_form import permitted, write
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.admin.attention import attention_for
from wagtail_privacy.models import DataCategory, Notice, Policy, PolicyPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


@pytest.fixture
def page(root: Page) -> PolicyPage:
    page = draft(root)
    page.save_revision().publish()
    return reloaded(page)


def said(user: Any) -> str:
    with translation.override("en"):
        return "\n".join(f"{line.policy}: {line.text}" for line in attention_for(user))


def test_says_nothing_where_nothing_needs_attention(client: Client, page: PolicyPage, editor: Any) -> None:
    assert said(editor) == ""
    client.force_login(editor)
    assert "privacy-attention" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_says_what_is_announced_paused_due_and_no_longer_public(client: Client, page: PolicyPage, editor: Any) -> None:
    publish_policy(write(page, duration="P36M"), user=editor, summary="Vi sparar längre.")
    Notice.objects.update(state="paused", finished_at=None)
    assert "Version 2 is announced" in said(editor)
    assert "A notice about version 2 is paused." in said(editor)
    page.policy.versions.update(published_at="2020-01-01T00:00Z")
    assert "should have read it again" in said(editor)
    reloaded(page).unpublish()
    assert "not public any more" in said(editor)
    client.force_login(editor)
    assert "privacy-attention" in client.get(reverse("wagtailadmin_home")).content.decode()


def test_says_that_an_edit_in_the_register_waits(page: PolicyPage, editor: Any) -> None:
    entry = DataCategory.objects.create(key="mail", name_sv="E-post", name="E-post")
    newest, stored = page.get_latest_revision_as_object(), json.loads(body())
    stored[0]["value"]["data_categories"] = [{"type": "register", "id": OTHER, "value": entry.pk}]
    newest.body = json.dumps(stored)
    publish_policy(newest, summary="E-post.")
    assert "register" not in said(editor)
    DataCategory.objects.update(name_sv="Adresser")
    assert "register" in said(editor)


def test_who_may_not_see_policies_is_told_nothing(page: PolicyPage, editor: Any) -> None:
    publish_policy(write(page, duration="P36M"), user=editor, summary="Vi sparar längre.")
    assert said(permitted("karin")) == ""


def test_a_fault_keeps_nobody_from_the_dashboard(
    client: Client, page: PolicyPage, editor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wagtail_privacy.admin.attention._of_policies", lambda _policies: 1 / 0)
    client.force_login(editor)
    assert client.get(reverse("wagtailadmin_home")).status_code == 200


def test_asks_few_queries_however_many_policies_there_are(root: Page, page: PolicyPage, editor: Any) -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            attention_for(editor)
        return len(queries)

    count()
    first = count()
    for number in range(3):
        draft(root, slug=f"annan-{number}").save_revision().publish()
    assert Policy.objects.count() == 4
    # Of each page, its newest draft: what it says of the register is composed.
    assert count() <= first + 3 * 6


def test_the_overview_leads_to_the_page_and_finds_what_is_announced_or_not_public(
    client: Client, page: PolicyPage, editor: Any
) -> None:
    client.force_login(editor)
    overview = reverse("privacy-policies:index")

    def found(state: str) -> bool:
        response = client.get(overview, {"state": state})
        return page.policy in list(response.context["object_list"])

    shown = client.get(overview).content.decode()
    edit = f'href="{reverse("wagtailadmin_pages:edit", args=[page.pk])}"'
    assert edit in shown
    assert f'href="{page.get_url()}"' in shown
    assert [state for state in ("announced", "held", "not-public") if found(state)] == []
    publish_policy(write(page, duration="P36M"), user=editor, summary="Vi sparar längre.")
    assert found("announced")
    reloaded(page).unpublish()
    assert found("not-public")
    may_not = permitted("lena", "view_policy")
    may_not.groups.get().page_permissions.all().delete()
    client.force_login(may_not)
    assert edit not in client.get(overview).content.decode()
