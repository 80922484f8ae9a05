"""Each way to publish asks for the permissions that it needs, before anything happens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, Revision, Workflow, WorkflowPage, WorkflowTask
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from tests.policies import body, draft, posted, reloaded
from tests.publication.test_form import edit, permitted, write
from wagtail_privacy.actions.permissions import Permissions
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.actions.refusal import NotAllowed
from wagtail_privacy.models import EventKind, Notice, PolicyPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]
ANSWERS = {"change_summary": "Vi sparar längre."}


@pytest.fixture
def page(root: Page) -> PolicyPage:
    """A policy with one version, and a draft that people must be told about."""
    page = draft(root)
    page.save_revision().publish()
    newest = write(reloaded(page), duration="P36M")
    newest.answer(summary="Vi sparar längre.")
    newest.save_revision()
    return reloaded(page)


@pytest.fixture
def may(page: PolicyPage) -> Any:
    return permitted("lena")


@pytest.fixture
def may_not(page: PolicyPage) -> Any:
    """May edit and publish every page, but not what people must be told about."""
    user = permitted("karin")
    user.groups.get().permissions.remove(Permission.objects.get(codename="publish_material"))
    return user


def newest(page: PolicyPage) -> PolicyPage:
    return reloaded(page).get_latest_revision_as_object()


def untouched(page: PolicyPage) -> bool:
    is_waiting = Revision.objects.for_instance(page).filter(approved_go_live_at__isnull=False).exists()
    return page.policy.versions.count() == 1 and not Notice.objects.exists() and not is_waiting


@pytest.fixture
def review(page: PolicyPage, may: Any, may_not: Any) -> Iterator[Workflow]:
    """A workflow of two tasks, for both of them."""
    workflow = Workflow.objects.create(name="Granskning")
    for name in ("Språk", "Juridik"):
        task = GroupApprovalTask.objects.create(name=name)
        task.groups.set([may.groups.get(), may_not.groups.get()])
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0 if name == "Språk" else 1)
    WorkflowPage.objects.update_or_create(page=Page.objects.get(depth=1), defaults={"workflow": workflow})
    return workflow


def act_on(client: Client, page: PolicyPage, action: str, *, in_form: bool) -> Any:
    """What a reviewer answers, in the page's form or from the list of what waits for review."""
    if in_form:
        data = posted(newest(page), **{"workflow-action-name": action, "action-workflow-action": "1"}, **ANSWERS)
        return client.post(edit(page), data)
    state = reloaded(page).current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return client.post(url, {"comment": ""})


# --- The editor ---


def test_publishing_in_the_editor(client: Client, page: PolicyPage, may: Any, may_not: Any) -> None:
    client.force_login(may_not)
    response = client.post(edit(page), posted(newest(page), action="publish", **ANSWERS))
    assert set(response.context["form"].errors) == {"change_materiality"}
    assert untouched(page)
    client.force_login(may)
    assert client.post(edit(page), posted(newest(page), action="publish", **ANSWERS)).status_code == 302
    assert page.policy.newest_version().published_by == may


def test_scheduling_asks_as_publishing_does(client: Client, page: PolicyPage, may: Any, may_not: Any) -> None:
    go_live = timezone.localtime() + timedelta(days=10)
    answers = {**ANSWERS, "go_live_at": go_live.strftime("%Y-%m-%d %H:%M")}
    client.force_login(may_not)
    response = client.post(edit(page), posted(newest(page), action="publish", **answers))
    assert set(response.context["form"].errors) == {"change_materiality"}
    assert untouched(page)
    client.force_login(may)
    assert client.post(edit(page), posted(newest(page), action="publish", **answers)).status_code == 302
    assert reloaded(page).scheduled_revision


def test_what_is_not_material_needs_no_permission(client: Client, page: PolicyPage, may_not: Any) -> None:
    client.force_login(may_not)
    response = client.post(edit(page), posted(write(page, duration="P12M"), action="publish"))
    assert response.status_code == 302
    assert page.policy.newest_version().published_by == may_not


@pytest.mark.parametrize("below", [False, True], ids=["chosen itself", "below what is chosen"])
def test_publishing_from_the_list_of_pages(
    client: Client, root: Page, page: PolicyPage, may: Any, may_not: Any, below: bool
) -> None:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    chosen, data = (root, {"include_descendants": "on"}) if below else (page, {})
    if below:
        page.unpublish()
    client.force_login(may_not)
    assert client.post(f"{url}?id={chosen.pk}&next=/admin/", data).status_code == 302
    assert untouched(page)
    client.force_login(may)
    assert client.post(f"{url}?id={chosen.pk}&next=/admin/", data).status_code == 302
    assert page.policy.newest_version().number == 2


# --- Workflows ---


def test_who_may_not_publish_may_submit(client: Client, page: PolicyPage, review: Workflow, may_not: Any) -> None:
    client.force_login(may_not)
    answers = {"change_materiality": "minor", "change_reason": "Gäller nya kunder."}
    assert client.post(edit(page), posted(newest(page), action="submit", **answers)).status_code == 302
    assert reloaded(page).current_workflow_state
    assert untouched(page)


@pytest.mark.parametrize("in_form", [True, False], ids=["in the editor", "from the list"])
def test_approving_is_publishing(
    client: Client, page: PolicyPage, review: Workflow, may: Any, may_not: Any, in_form: bool
) -> None:
    review.start(page, may_not)
    client.force_login(may_not)
    assert act_on(client, page, "approve", in_form=in_form).status_code == 302
    assert reloaded(page).current_workflow_task.name == "Juridik"  # the first task publishes nothing
    response = act_on(client, page, "approve", in_form=in_form)
    if in_form:
        assert set(response.context["form"].errors) == {"change_materiality"}
    assert reloaded(page).current_workflow_task.name == "Juridik"
    assert untouched(page)
    client.force_login(may)
    assert act_on(client, page, "approve", in_form=in_form).status_code == 302
    version = page.policy.newest_version()
    assert (version.number, version.published_by) == (2, may)


@pytest.mark.parametrize("in_form", [True, False], ids=["in the editor", "from the list"])
def test_sending_back_needs_no_permission(
    client: Client, page: PolicyPage, review: Workflow, may: Any, may_not: Any, in_form: bool
) -> None:
    review.start(page, may)
    client.force_login(may_not)
    assert act_on(client, page, "reject", in_form=in_form).status_code == 302
    assert reloaded(page).current_workflow_state.status == "needs_changes"


def test_whose_answers_count_is_decided_by_who_approves(
    client: Client, page: PolicyPage, review: Workflow, may: Any
) -> None:
    """The one who wrote the draft may lower no class; who approves it may."""
    lawyer = permitted("jurist", "lower_materiality")
    for task in review.tasks:
        task.specific.groups.add(lawyer.groups.get())
    draft_ = newest(page)
    draft_.answer(materiality="minor", reason="Gäller nya kunder.")
    draft_.save_revision(user=may)
    review.start(page, may)
    client.force_login(may)
    act_on(client, page, "approve", in_form=False)
    act_on(client, page, "approve", in_form=False)
    assert untouched(page)
    client.force_login(lawyer)
    act_on(client, page, "approve", in_form=False)
    version = page.policy.newest_version()
    assert (version.materiality, version.published_by) == ("minor", lawyer)


# --- The clock, wagtail-localize and code ---


def test_what_was_scheduled_is_published_in_the_name_of_who_scheduled_it(page: PolicyPage, may: Any) -> None:
    newer = newest(page)
    newer.go_live_at = timezone.now() + timedelta(days=1)
    revision = newer.save_revision()
    revision.publish(user=may)
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    content = {**Revision.objects.get(pk=revision.pk).content, "go_live_at": None}
    Revision.objects.filter(pk=revision.pk).update(content=content)
    call_command("publish_scheduled")
    assert page.policy.newest_version().published_by == may


def test_a_translation_makes_no_version_whoever_publishes_it(
    client: Client, page: PolicyPage, may: Any, may_not: Any, locale_en: Any, django_capture_on_commit_callbacks: Any
) -> None:
    newest(page).save_revision().publish(user=may)
    source, _ = TranslationSource.get_or_create_from_instance(reloaded(page))
    translation = Translation.objects.create(source=source, target_locale=locale_en, enabled=True)
    for segment in StringSegment.objects.filter(source=source):
        words = {"data": f"In English: {segment.string.data}", "context": segment.context}
        StringTranslation.objects.create(translation_of=segment.string, locale=locale_en, **words)
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=False)
    told = Notice.objects.count()
    client.force_login(may_not)
    target = translation.get_target_instance()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(edit(target), {"action": "publish"}).status_code == 302
    event = page.policy.newest_version().events.get(kind=EventKind.TRANSLATED)
    assert event.by == may_not
    assert (page.policy.versions.count(), Notice.objects.count()) == (2, told)


@pytest.mark.parametrize(
    "publish",
    [
        pytest.param(lambda page, user: publish_policy(page, user=user, summary="Längre."), id="publish_policy"),
        pytest.param(lambda page, user: page.get_latest_revision().publish(user=user), id="revision.publish"),
        pytest.param(lambda page, user: page.publish(page.get_latest_revision(), user), id="page.publish"),
    ],
)
def test_code_asks_for_the_permissions_of_the_person_it_names(
    page: PolicyPage, may: Any, may_not: Any, publish: Any
) -> None:
    revisions = Revision.objects.count()
    with pytest.raises(NotAllowed) as caught:
        publish(newest(page), may_not)
    assert isinstance(caught.value, PermissionDenied)
    assert untouched(page)
    assert Revision.objects.count() == revisions
    publish(newest(page), may)
    assert page.policy.newest_version().published_by == may


def test_wagtails_own_action_asks_too(page: PolicyPage, may: Any, may_not: Any) -> None:
    action = pytest.importorskip("wagtail.actions.edit_page").EditPageAction
    with pytest.raises(NotAllowed):
        action(newest(page), user=may_not, publish=True).execute()
    assert untouched(page)
    action(newest(page), user=may, publish=True).execute()
    assert page.policy.newest_version().published_by == may


def test_code_without_a_person_is_trusted(page: PolicyPage) -> None:
    newest(page).get_latest_revision().publish()
    assert page.policy.newest_version().number == 2


def test_a_permission_is_asked_for_as_the_answers_need_it(page: PolicyPage, may: Any) -> None:
    newer = newest(page)
    newer.answer(materiality="minor", reason="Gäller nya kunder.")
    with pytest.raises(NotAllowed) as caught:
        newer.save_revision().publish(user=may)
    assert caught.value.field == "change_materiality"
    newer.answer(summary="Längre.", takes_effect_on=timezone.localdate() + timedelta(days=2), reason="Bråttom.")
    with pytest.raises(NotAllowed) as caught:
        newer.save_revision().publish(user=may)
    assert caught.value.field == "change_takes_effect"


def test_every_permission_decides_something() -> None:
    """What code asks for can be given in the group screens."""
    from wagtail_privacy.models import Policy

    assert set(Permissions.__dataclass_fields__) - {"view_notice", "view_delivery"} <= {
        codename for codename, _name in Policy._meta.permissions
    }


def test_a_new_page_that_is_to_go_live_later_has_no_version_before(client: Client, root: Page, editor: Any) -> None:
    client.force_login(editor)
    page = PolicyPage(title="Policy", slug="senare", body=body())
    go_live = (timezone.localtime() + timedelta(days=10)).strftime("%Y-%m-%d %H:%M")
    url = reverse("wagtailadmin_pages:add", args=["wagtail_privacy", "policypage", root.pk])
    client.post(url, posted(page, action="publish", go_live_at=go_live))
    made = PolicyPage.objects.get(slug="senare")
    assert (made.live, made.policy.versions.count() if made.policy else 0) == (False, 0)
    revision = made.get_latest_revision()
    content = {**revision.content, "go_live_at": None}
    Revision.objects.filter(pk=revision.pk).update(
        content=content, approved_go_live_at=F("created_at") - timedelta(days=1)
    )
    call_command("publish_scheduled")
    version = reloaded(made).policy.newest_version()
    assert (version.number, version.published_by) == (1, editor)
