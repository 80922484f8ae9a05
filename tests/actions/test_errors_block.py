"""Where the site says that errors block, they do so on every path, and nothing is half done; by default they warn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from wagtail import VERSION as WAGTAIL
from wagtail.models import GroupApprovalTask, Page, PageLogEntry, Revision, Workflow, WorkflowPage, WorkflowTask
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from tests.policies import body, draft, posted, reloaded
from tests.publication.test_form import edit, permitted, write
from wagtail_privacy.actions.blocked import Blocked
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.models import Notice, PolicyPage, Text, Version
from wagtail_privacy.publication.findings import review_draft
from wagtail_privacy.publication.preview import find_problems, preview_publication

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


@pytest.fixture
def page(root: Page) -> PolicyPage:
    """A draft with errors, never published."""
    page = draft(root)
    page.save_revision()
    return reloaded(page)


@pytest.fixture
def published(page: PolicyPage) -> PolicyPage:
    """A policy with errors in its first version, and a draft of the next."""
    with override_settings(WAGTAIL_PRIVACY_ERRORS_BLOCK=False):
        page.get_latest_revision().publish()
    newest = write(reloaded(page), duration="P12M")
    newest.save_revision()
    return reloaded(page)


@pytest.fixture
def blocks(settings: Any) -> None:
    settings.WAGTAIL_PRIVACY_ERRORS_BLOCK = True


@pytest.fixture
def admin(client: Client, editor: Any) -> Client:
    client.force_login(editor)
    return client


def untouched(page: PolicyPage, versions: int = 1) -> bool:
    waiting = Revision.objects.for_instance(page).filter(approved_go_live_at__isnull=False).exists()
    return Version.objects.count() == versions and not Notice.objects.exists() and not waiting


def newest(page: PolicyPage) -> PolicyPage:
    return reloaded(page).get_latest_revision_as_object()


def test_by_default_they_warn(admin: Client, page: PolicyPage) -> None:
    assert admin.post(edit(page), posted(page, action="publish")).status_code == 302
    assert reloaded(page).live


@pytest.mark.usefixtures("blocks")
def test_the_form_says_it_and_keeps_the_text(admin: Client, page: PolicyPage) -> None:
    response = admin.post(edit(page), posted(page, action="publish"))
    assert response.status_code == 200
    assert "publicerar ingen policy" in str(response.context["form"].errors) or "no policy" in str(
        response.context["form"].errors
    )
    assert untouched(page, 0)
    assert not reloaded(page).live
    assert admin.post(edit(page), posted(page)).status_code == 302  # a draft is always saved


@pytest.mark.usefixtures("blocks")
def test_a_new_page(admin: Client, root: Page) -> None:
    new = PolicyPage(title="Policy", slug="ny", body=body())
    url = reverse("wagtailadmin_pages:add", args=["wagtail_privacy", "policypage", root.pk])
    assert admin.post(url, posted(new, action="publish")).status_code == 200
    assert not PolicyPage.objects.exists()


@pytest.mark.usefixtures("blocks")
@pytest.mark.parametrize("by_editor", [True, False])
@pytest.mark.parametrize(
    "publish",
    [
        pytest.param(lambda page, user: publish_policy(page, user=user), id="publish_policy"),
        pytest.param(lambda page, user: page.get_latest_revision().publish(user=user), id="revision.publish"),
        pytest.param(lambda page, user: page.publish(page.get_latest_revision(), user), id="page.publish"),
    ],
)
def test_code(published: PolicyPage, settings: Any, editor: Any, publish: Any, by_editor: bool) -> None:
    revisions = Revision.objects.count()
    with pytest.raises(Blocked) as caught:
        publish(newest(published), editor if by_editor else None)
    assert isinstance(caught.value, PermissionDenied)
    assert caught.value.message
    assert untouched(published)
    assert Revision.objects.count() == revisions


@pytest.mark.usefixtures("blocks")
def test_wagtails_own_actions(published: PolicyPage, editor: Any) -> None:
    from wagtail.actions.publish_page_revision import PublishPageRevisionAction

    with pytest.raises(Blocked):
        PublishPageRevisionAction(newest(published).get_latest_revision(), user=editor).execute()
    assert untouched(published)
    edited = pytest.importorskip("wagtail.actions.edit_page").EditPageAction
    with pytest.raises(Blocked):
        edited(newest(published), user=editor, publish=True).execute()
    assert untouched(published)


@pytest.mark.usefixtures("blocks")
def test_a_save_that_makes_it_live(root: Page) -> None:
    page = PolicyPage(title="Policy", slug="direkt", body=body(), locale=root.locale)
    with pytest.raises(Blocked), transaction.atomic():
        root.add_child(instance=page)
    assert not PolicyPage.objects.exists()
    assert Page.objects.get(pk=root.pk).numchild == root.get_children().count()


@pytest.mark.usefixtures("blocks")
def test_the_list_of_pages(admin: Client, published: PolicyPage) -> None:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = admin.post(f"{url}?id={published.pk}&next=/admin/", follow=True)
    assert untouched(published)
    assert any("ublicer" in str(m) or "publishes no policy" in str(m) for m in response.context["messages"])


def refused_with_reasons(response: Any) -> int:
    """How many pages are, by what is said above the next one."""
    shown = [str(message) for message in response.context["messages"]]
    return sum("publicerar ingen policy" in each or "publishes no policy" in each for each in shown)


def test_copies_that_are_public_at_once(admin: Client, published: PolicyPage, settings: Any) -> None:
    """Of the page, and of what is below it; drafts are always copied."""
    below = draft(reloaded(published), slug="under")
    below.save_revision().publish()
    settings.WAGTAIL_PRIVACY_ERRORS_BLOCK = True
    count, versions = Page.objects.count(), Version.objects.count()
    url = reverse("wagtailadmin_pages:copy", args=[published.pk])
    copied = {"new_title": "Kopia", "new_slug": "kopia", "new_parent_page": published.get_parent().pk}
    both = {**copied, "copy_subpages": "on"}
    assert refused_with_reasons(admin.post(url, {**copied, "publish_copies": "on"}, follow=True)) == 1
    assert refused_with_reasons(admin.post(url, {**both, "publish_copies": "on"}, follow=True)) == 2
    assert Page.objects.count() == count
    assert not refused_with_reasons(admin.post(url, both, follow=True))
    assert Page.objects.count() == count + 2
    assert Version.objects.count() == versions


@pytest.mark.usefixtures("blocks")
def test_an_alias_that_becomes_a_page_of_its_own(admin: Client, published: PolicyPage) -> None:
    alias = reloaded(published).create_alias(update_slug="alias")
    url = reverse("wagtailadmin_pages:convert_alias", args=[alias.pk])
    assert refused_with_reasons(admin.post(url, follow=True))
    assert reloaded(alias).alias_of_id == published.pk
    assert untouched(published)


@pytest.fixture
def workflow(page: PolicyPage) -> Iterator[tuple[Workflow, Any]]:
    user = permitted("lena")
    workflow = Workflow.objects.create(name="Granskning")
    task = GroupApprovalTask.objects.create(name="Juridik")
    task.groups.set(user.groups.all())
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.update_or_create(page=Page.objects.get(depth=1), defaults={"workflow": workflow})
    yield workflow, user


@pytest.mark.parametrize("in_form", [True, False], ids=["in the editor", "from the list"])
def test_the_last_approval(
    client: Client, published: PolicyPage, workflow: tuple[Workflow, Any], settings: Any, in_form: bool
) -> None:
    workflow[0].start(published, workflow[1])
    settings.WAGTAIL_PRIVACY_ERRORS_BLOCK = True
    client.force_login(workflow[1])
    if in_form:
        action = {"workflow-action-name": "approve", "action-workflow-action": "1"}
        assert client.post(edit(published), posted(newest(published), **action)).context["form"].errors
    else:
        state = reloaded(published).current_workflow_task_state
        url = reverse("wagtailadmin_pages:workflow_action", args=[published.pk, "approve", state.pk])
        if WAGTAIL < (8,):  # Wagtail's own refusal, without the reasons
            assert client.post(url, {"comment": ""}).url == reverse("wagtailadmin_home")
            assert untouched(published)
            return
        refused = client.post(url, {"comment": ""}, headers={"x-requested-with": "XMLHttpRequest"})
        assert refused.json() == {"step": "success", "redirect": edit(published)}
        (message,) = (each for each in client.get(edit(published)).context["messages"] if each.level_tag == "error")
        assert "publicerar ingen policy" in str(message) or "publishes no policy" in str(message)
        assert client.post(url, {"comment": ""}).url == edit(published)
    assert untouched(published)
    assert reloaded(published).current_workflow_task.name == "Juridik"


def test_what_was_scheduled_is_held_back_and_the_rest_goes_on(
    published: PolicyPage, root: Page, editor: Any, settings: Any, caplog: Any
) -> None:
    later = newest(published)
    later.go_live_at = timezone.now() + timedelta(days=1)
    later.save_revision().publish(user=editor)
    other = root.add_child(instance=Page(title="Annan", slug="annan", live=False, locale=root.locale))
    other.save_revision().publish()
    plain = Page.objects.get(pk=other.pk)
    plain.go_live_at, plain.title = timezone.now() + timedelta(days=1), "Ny rubrik"
    plain.save_revision().publish()
    for revision in Revision.objects.filter(approved_go_live_at__isnull=False):
        content = {**revision.content, "go_live_at": None}
        Revision.objects.filter(pk=revision.pk).update(
            content=content, approved_go_live_at=timezone.now() - timedelta(minutes=1)
        )
    settings.WAGTAIL_PRIVACY_ERRORS_BLOCK = True
    for _round in range(2):
        call_command("publish_scheduled")
    assert Page.objects.get(pk=other.pk).title == "Ny rubrik"
    assert Version.objects.count() == 1
    assert PageLogEntry.objects.filter(action="wagtail_privacy.held_back").count() == 1
    settings.WAGTAIL_PRIVACY_ERRORS_BLOCK = False
    call_command("publish_scheduled")
    assert Version.objects.count() == 2


@pytest.mark.usefixtures("blocks")
def test_scheduling_asks_as_publishing_does(published: PolicyPage) -> None:
    later = newest(published)
    later.go_live_at = timezone.now() + timedelta(days=1)
    with pytest.raises(Blocked):
        later.save_revision().publish()
    assert untouched(published)


def test_what_changes_nothing_for_readers_is_published(published: PolicyPage, settings: Any) -> None:
    """Its address, say: the errors are public already."""
    settings.WAGTAIL_PRIVACY_ERRORS_BLOCK = True
    same = reloaded(published)
    same.search_description = "Så behandlar vi uppgifter"
    same.save_revision().publish()
    assert reloaded(published).search_description == "Så behandlar vi uppgifter"
    assert Version.objects.count() == 1


def test_what_was_unpublished_does_not_come_back(admin: Client, published: PolicyPage, settings: Any) -> None:
    """Nothing is recorded of it, but readers get a text that they did not have."""
    reloaded(published).unpublish()
    settings.WAGTAIL_PRIVACY_ERRORS_BLOCK = True
    first = Revision.objects.for_instance(published).order_by("pk")[0]
    with pytest.raises(Blocked):
        first.publish()
    assert admin.post(edit(published), posted(first.as_object(), action="publish")).context["form"].errors
    assert not reloaded(published).live
    settings.WAGTAIL_PRIVACY_ERRORS_BLOCK = False
    first.publish()
    assert reloaded(published).live
    assert Version.objects.count() == 1


def test_a_translation_is_refused_in_its_editor_and_held_back_elsewhere(
    admin: Client, published: PolicyPage, locale_en: Any, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    source, _ = TranslationSource.get_or_create_from_instance(published)
    translation = Translation.objects.create(source=source, target_locale=locale_en, enabled=True)
    for segment in StringSegment.objects.filter(source=source):
        words = {"data": f"In English: {segment.string.data}", "context": segment.context}
        StringTranslation.objects.create(translation_of=segment.string, locale=locale_en, **words)
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=False)
    target = translation.get_target_instance()
    warned = admin.get(edit(target)).context["messages"]
    assert any("saknas" in str(each) or "missing" in str(each) for each in warned if each.level_tag == "warning")
    settings.WAGTAIL_PRIVACY_ERRORS_BLOCK = True
    revisions = Revision.objects.count()
    with django_capture_on_commit_callbacks(execute=True):
        response = admin.post(edit(target), {"action": "publish"})
    assert response.status_code == 302
    assert Revision.objects.count() == revisions
    shown = admin.get(edit(target))
    assert [message for message in shown.context["messages"] if message.level_tag == "error"]

    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)  # what "synchronise" does, for many pages at once
    assert not Text.objects.filter(language="en").exists()
    assert PageLogEntry.objects.filter(action="wagtail_privacy.held_back", page=target.pk).count() == 1


@pytest.mark.usefixtures("blocks")
@pytest.mark.parametrize("source_is_public", [False, True])
def test_a_translation_that_says_otherwise_is_refused_as_the_tab_says(
    page: PolicyPage, locale_en: Any, source_is_public: bool
) -> None:
    """All errors of the tab are counted in the refusal, those between the languages too; on every path."""
    if source_is_public:
        with override_settings(WAGTAIL_PRIVACY_ERRORS_BLOCK=False):
            page.get_latest_revision().publish()
    english = write(reloaded(page).copy_for_translation(locale_en, copy_parents=True), duration="P9Y")
    english.save_revision()
    english = newest(english)
    review = review_draft(preview_publication(english), english, None)
    assert review
    assert "translation.facts" in {finding.rule for finding in review.judgement.errors}
    (problem,) = (each.message for each in find_problems(english))
    with pytest.raises(Blocked) as caught:
        english.get_latest_revision().publish()
    assert str(caught.value.message) == str(problem)
    assert str(problem).startswith(f"{len(review.judgement.errors)} ")
    assert Text.objects.count() == int(source_is_public)
