"""A gap that a template left is published on no path, in no language, whatever the site's settings; drafts are free."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Locale, Page, PageLogEntry, Revision, Workflow, WorkflowPage, WorkflowTask
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from tests.actions.test_errors_block import newest, untouched
from tests.policies import posted, reloaded
from tests.publication.test_form import edit, permitted
from wagtail_privacy.actions.blocked import Blocked
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.models import Notice, PolicyPage, Text, Version

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("site")]

#: A text of each language, with what is left to be written in it.
GAPS = {
    "sv": "Vi är {}föreningens namn{} i Umeå.",
    "en": "We are {}name of the association{} in Cork.",
    "fi": "Olemme {}yhdistyksen nimi{} Oulusta.",
    "nb": "Vi er {}foreningens navn{} i Bergen.",
    "da": "Vi er {}foreningens navn{} i Århus.",
    "de": "Wir sind {}Name des Vereins{} in Köln.",
}
TEXT = "33333333-3333-4333-8333-333333333333"


def said(language: str, brackets: str = "⟦⟧") -> str:
    return GAPS[language].format(brackets[: len(brackets) // 2], brackets[len(brackets) // 2 :])


def body(words: str) -> str:
    return json.dumps([{"type": "text", "id": TEXT, "value": {"heading": "Om oss", "body": f"<p>{words}</p>"}}])


#: What depends on the words; the paths don't.
IN_EACH_LANGUAGE = pytest.mark.parametrize("language", GAPS, indirect=True)


@pytest.fixture
def language(request: pytest.FixtureRequest) -> str:
    return str(getattr(request, "param", "sv"))


@pytest.fixture
def home(root: Page, language: str) -> Page:
    locale, _ = Locale.objects.get_or_create(language_code=language)
    return root if root.locale == locale else root.copy_for_translation(locale)


@pytest.fixture
def published(home: Page) -> PolicyPage:
    """A policy in its first version, and a draft of the next that has a gap."""
    page = PolicyPage(title="Policy", slug="policy", body=body("Klart."), live=False, locale=home.locale)
    home.add_child(instance=page).save_revision().publish()
    draft = reloaded(page)
    draft.body = body(said(home.locale.language_code))
    draft.save_revision()
    return reloaded(page)


@pytest.fixture
def admin(client: Client, editor: Any) -> Client:
    client.force_login(editor)
    return client


@IN_EACH_LANGUAGE
@pytest.mark.usefixtures("approved_by")
def test_the_form_says_where_and_keeps_the_draft(admin: Client, published: PolicyPage, language: str) -> None:
    draft = newest(published)
    response = admin.post(edit(published), posted(draft, action="publish"))
    words = said(language).partition("⟦")[2].partition("⟧")[0]
    assert words in str(response.context["form"].non_field_errors())
    assert untouched(published)
    assert admin.post(edit(published), posted(draft)).status_code == 302
    assert admin.post(edit(published), posted(draft, action="submit")).status_code == 200
    assert untouched(published)


@IN_EACH_LANGUAGE
def test_a_new_page_and_a_save_that_makes_it_live(admin: Client, home: Page, language: str) -> None:
    new = PolicyPage(title="Policy", slug="ny", body=body(said(language)), locale=home.locale)
    url = reverse("wagtailadmin_pages:add", args=["wagtail_privacy", "policypage", home.pk])
    assert admin.post(url, posted(new, action="publish")).status_code == 200
    with pytest.raises(Blocked), transaction.atomic():
        home.add_child(instance=new)
    assert not PolicyPage.objects.exists()
    assert not Version.objects.exists()


@pytest.mark.parametrize(
    "publish",
    [
        pytest.param(lambda page, user: publish_policy(page, user=user), id="publish_policy"),
        pytest.param(lambda page, user: page.get_latest_revision().publish(user=user), id="revision.publish"),
        pytest.param(lambda page, user: page.publish(page.get_latest_revision(), user), id="page.publish"),
    ],
)
def test_code(published: PolicyPage, editor: Any, publish: Any) -> None:
    revisions = Revision.objects.count()
    for user in (editor, None):
        with pytest.raises(Blocked) as caught:
            publish(newest(published), user)
        assert caught.value.message
    assert untouched(published)
    assert Revision.objects.count() == revisions


def test_wagtails_own_actions(published: PolicyPage, editor: Any) -> None:
    from wagtail.actions.publish_page_revision import PublishPageRevisionAction

    with pytest.raises(Blocked):
        PublishPageRevisionAction(newest(published).get_latest_revision(), user=editor).execute()
    assert untouched(published)
    edited = pytest.importorskip("wagtail.actions.edit_page").EditPageAction
    with pytest.raises(Blocked):
        edited(newest(published), user=editor, publish=True).execute()
    assert untouched(published)


def test_the_list_of_pages(admin: Client, published: PolicyPage) -> None:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = admin.post(f"{url}?id={published.pk}&next=/admin/", follow=True)
    assert untouched(published)
    assert [message for message in response.context["messages"] if message.level_tag == "error"]


@pytest.fixture
def approved_by(root: Page) -> tuple[Workflow, Any]:
    """The workflow of every page, and who approves in it. Wagtail's own is gone after a test that empties tables."""
    user = permitted("lena")
    workflow = Workflow.objects.create(name="Granskning")
    task = GroupApprovalTask.objects.create(name="Juridik")
    task.groups.set(user.groups.all())
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.update_or_create(page=Page.objects.get(depth=1), defaults={"workflow": workflow})
    return workflow, user


@pytest.fixture
def workflow(published: PolicyPage, approved_by: tuple[Workflow, Any]) -> tuple[Workflow, Any]:
    approved_by[0].start(published, approved_by[1])
    return approved_by


def test_the_last_approval(client: Client, published: PolicyPage, workflow: tuple[Workflow, Any]) -> None:
    client.force_login(workflow[1])
    action = {"workflow-action-name": "approve", "action-workflow-action": "1"}
    assert client.post(edit(published), posted(newest(published), **action)).context["form"].errors
    state = reloaded(published).current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[published.pk, "approve", state.pk])
    assert client.post(url, {"comment": ""}).status_code in (302, 403)
    assert untouched(published)
    assert reloaded(published).current_workflow_task.name == "Juridik"


def test_a_set_time(published: PolicyPage, editor: Any) -> None:
    later = newest(published)
    later.go_live_at = timezone.now() + timedelta(days=1)
    with pytest.raises(Blocked):
        later.save_revision().publish(user=editor)
    assert untouched(published)
    # As if it had been scheduled by a release that had no gaps.
    revision = reloaded(published).get_latest_revision()
    content = {**revision.content, "go_live_at": None}
    Revision.objects.filter(pk=revision.pk).update(
        content=content, approved_go_live_at=timezone.now() - timedelta(minutes=1)
    )
    call_command("publish_scheduled")
    assert Version.objects.count() == 1
    assert PageLogEntry.objects.filter(action="wagtail_privacy.held_back").count() == 1


def test_what_is_public_already_stays_publishable(published: PolicyPage, settings: Any) -> None:
    """Text of an earlier release that happens to have such brackets: its address, say, can still be changed."""
    same = reloaded(published)
    same.search_description = "Så behandlar vi uppgifter"
    same.save_revision().publish()
    assert reloaded(published).search_description


@IN_EACH_LANGUAGE
@pytest.mark.parametrize("brackets", ["[]", "()", "{{}}", "⟨⟩", "〚〛"])
def test_similar_brackets_are_published(published: PolicyPage, language: str, brackets: str) -> None:
    page = newest(published)
    page.body = body(said(language, brackets))
    page.save_revision().publish()
    assert Version.objects.count() == 2


@IN_EACH_LANGUAGE
def test_brackets_of_a_keyboard_are_a_gap(published: PolicyPage, language: str) -> None:
    page = newest(published)
    page.body = body(said(language, "[[]]"))
    with pytest.raises(Blocked):
        page.save_revision().publish()
    assert untouched(published)


def test_a_translation(root: Page, admin: Client, locale_en: Any, django_capture_on_commit_callbacks: Any) -> None:
    page = PolicyPage(title="Policy", slug="policy", body=body("Klart."), live=False, locale=root.locale)
    root.add_child(instance=page).save_revision().publish()
    source, _ = TranslationSource.get_or_create_from_instance(reloaded(page))
    translation = Translation.objects.create(source=source, target_locale=locale_en, enabled=True)
    for segment in StringSegment.objects.filter(source=source):
        words = {"data": f"{segment.string.data} {said('en')}", "context": segment.context}
        StringTranslation.objects.create(translation_of=segment.string, locale=locale_en, **words)
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=False)
    target = translation.get_target_instance()
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(edit(target), {"action": "publish"})
    shown = admin.get(edit(target))
    assert any("name of the association" in str(each) for each in shown.context["messages"])
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    assert not Text.objects.filter(language="en").exists()
    assert not Notice.objects.exists()
    assert PageLogEntry.objects.filter(action="wagtail_privacy.held_back", page=target.pk).count() == 1
    assert said("en") in str(reloaded(target).title) + str(reloaded(target).get_latest_revision_as_object().title)


def test_a_command_loads_none(published: PolicyPage) -> None:
    """What finds publications that went past us finds none that a gap had refused."""
    call_command("privacy_reconcile", verbosity=0)
    assert untouched(published)
