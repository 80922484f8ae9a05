"""What an approver sees: the class and the number of changes in Wagtail's list, and the tab, which others only read."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, ngettext, override
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowTask

from tests.policies import draft, posted, reloaded
from tests.publication.test_form import edit, permitted, write
from tests.reader.site import visible
from wagtail_privacy.models import PolicyPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]
HOME = "wagtailadmin_home"


@pytest.fixture
def page(root: Page) -> PolicyPage:
    page = draft(root)
    page.save_revision().publish()
    return reloaded(page)


@pytest.fixture
def approver(db: None) -> Any:
    return permitted("lena", "view_policy")


@pytest.fixture
def author(db: None) -> Any:
    return permitted("karin", "view_policy")


def submit(page: PolicyPage, approver: Any, author: Any) -> None:
    task = GroupApprovalTask.objects.create(name="Juridik")
    task.groups.add(approver.groups.get())
    workflow = Workflow.objects.create(name="Granskning")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    workflow.start(reloaded(page), author)


def home(client: Client, user: Any) -> str:
    client.force_login(user)
    return visible(client.get(reverse(HOME)))


def in_swedish(words: str) -> str:
    with override("sv"):
        return ngettext(words, f"{words}s", 1) if "%" in words else gettext(words)


def test_wagtail_s_list_says_the_class_and_the_number_of_changes(
    client: Client, page: PolicyPage, approver: Any, author: Any
) -> None:
    write(page, duration="P36M").save_revision()
    submit(page, approver, author)
    said = f"Integritetspolicy: {in_swedish('Important change')}, {in_swedish('%(count)s change')}" % {"count": 1}
    assert said in home(client, approver)
    assert said not in home(client, author)
    assert reloaded(page).draft_title == "Integritetspolicy"


def test_it_says_that_a_version_is_the_first_and_that_nothing_changes(
    client: Client, root: Page, page: PolicyPage, approver: Any, author: Any
) -> None:
    new = draft(root, slug="ny")
    new.save_revision()
    page.save_revision()
    submit(new, approver, author)
    submit(page, approver, author)
    said = home(client, approver)
    assert f"Integritetspolicy: {in_swedish('First version')}" in said
    assert f"Integritetspolicy: {in_swedish('nothing changes for readers')}" in said


def test_a_fault_of_ours_leaves_wagtail_s_list(
    client: Client, page: PolicyPage, approver: Any, author: Any, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    submit(page, approver, author)
    monkeypatch.setattr("wagtail_privacy.admin.approvals.preview_publication", lambda *_args: 1 / 0)
    assert "Integritetspolicy" in home(client, approver)
    assert "can't be said" in caplog.text


def test_who_does_not_hold_the_page_reads_the_same_tab_and_changes_nothing(
    client: Client, root: Page, approver: Any, author: Any
) -> None:
    """In a workflow, the page is locked for its author, and the approver holds it."""
    page = draft(root, words="Vi rider på måndagar.")
    page.save_revision().publish()
    newer = write(reloaded(page), words="Vi simmar på måndagar.")
    newer.answer(summary="Vi simmar.")
    newer.save_revision()
    submit(page, approver, author)
    tabs = []
    for user in (approver, author):
        client.force_login(user)
        response = client.get(edit(page))
        tabs.append(response.content.decode())
        for said in ("1 ändring att publicera", "Vi rider på måndagar.", "Vi simmar på måndagar."):
            assert said in visible(response)
        assert "Vi simmar." in tabs[-1]
    assert ['<fieldset class="privacy-doubt" disabled>' in tab for tab in tabs] == [False, True]
    assert ['<fieldset class="privacy-doubt">' in tab for tab in tabs] == [True, False]
    before = reloaded(page).latest_revision_id
    client.post(edit(page), posted(newer, change_summary="Något annat."))
    assert reloaded(page).latest_revision_id == before
    client.force_login(approver)
    client.post(edit(page), posted(newer, change_summary="Något annat."))
    assert reloaded(page).get_latest_revision_as_object().change_summary == "Något annat."
