"""The editor's form: validates when it publishes, never when it saves a draft; shows messages, not an error page."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from tests.policies import body, draft, posted, reloaded
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.clock import day_of
from wagtail_privacy.models import PolicyPage
from wagtail_privacy.publication.form import PolicyPageForm

pytestmark = pytest.mark.django_db
MATERIAL = {"duration": "P36M"}
QUESTIONS = {"change_materiality", "change_summary", "change_takes_effect", "change_reason"}


def edit(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def in_days(days: int) -> Any:
    return day_of(timezone.now()) + timedelta(days=days)


@pytest.fixture
def page(root: Page, site: Any) -> PolicyPage:
    """A policy with one version."""
    new = draft(root)
    new.save_revision().publish()
    return reloaded(new)


@pytest.fixture
def admin(client: Client, editor: Any) -> Client:
    client.force_login(editor)
    return client


def permitted(username: str, *codenames: str) -> Any:
    """Somebody who may edit and publish every page, and decide about policies what ``codenames`` say."""
    user = get_user_model().objects.create_user(
        username, first_name=username.capitalize(), email=f"{username}@example.org"
    )
    group = Group.objects.create(name=username)
    wanted = ["access_admin", "publish_material", *codenames]
    group.permissions.set(Permission.objects.filter(codename__in=wanted))
    for codename in ("change_page", "publish_page", "add_page"):
        permission = Permission.objects.get(codename=codename, content_type__app_label="wagtailcore")
        GroupPagePermission.objects.create(group=group, page=Page.objects.get(depth=1), permission=permission)
    user.groups.add(group)
    return user


def write(page: PolicyPage, **words: Any) -> PolicyPage:
    newest = page.get_latest_revision_as_object()
    newest.body = body(**words)
    return newest


def publish(client: Client, page: PolicyPage, words: dict[str, Any] = MATERIAL, **answers: Any) -> Any:
    return client.post(edit(page), posted(write(page, **words), action="publish", **answers))


def errors(response: Any) -> dict[str, list[str]]:
    return response.context["form"].errors if response.status_code == 200 else {}


def shown(client: Client, page: PolicyPage) -> dict[str, Any]:
    form = client.get(edit(page)).context["form"]
    return {name: form[name].value() for name in [*sorted(QUESTIONS), "change_base"] if name in form.fields}


def test_a_draft_of_a_material_change_is_saved_without_a_question(admin: Client, page: PolicyPage) -> None:
    response = admin.post(edit(page), posted(write(page, **MATERIAL)))
    assert response.status_code == 302
    assert reloaded(page).has_unpublished_changes


def test_autosave_is_saved_without_a_question(admin: Client, page: PolicyPage) -> None:
    data = posted(write(page, **MATERIAL), change_materiality="editorial", change_takes_effect="2020-01-01")
    response = admin.post(edit(page), data, headers={"accept": "application/json"})
    assert response.json()["success"]
    assert page.policy.versions.count() == 1


def test_a_material_change_needs_a_summary(admin: Client, page: PolicyPage) -> None:
    assert set(errors(publish(admin, page))) == {"change_summary"}
    assert page.policy.versions.count() == 1
    assert publish(admin, page, change_summary="Vi sparar längre.").status_code == 302
    assert page.policy.newest_version().text("sv").summary == "Vi sparar längre."


def test_a_change_that_is_not_material_needs_no_answer(admin: Client, page: PolicyPage) -> None:
    response = publish(admin, page, {"duration": "P12M"})
    assert response.status_code == 302
    assert page.policy.newest_version().takes_effect_at <= timezone.now()


def test_a_less_important_class_needs_a_reason(admin: Client, page: PolicyPage) -> None:
    assert set(errors(publish(admin, page, change_materiality="minor"))) == {"change_reason"}
    publish(admin, page, change_materiality="minor", change_reason="Gäller bara nya kunder.")
    version = page.policy.newest_version()
    assert (version.materiality, version.proposed_materiality, version.reason) == (
        "minor",
        "material",
        "Gäller bara nya kunder.",
    )


def test_a_more_important_class_needs_no_reason(admin: Client, page: PolicyPage) -> None:
    publish(admin, page, {"duration": "P12M"}, change_materiality="material", change_summary="Vi sparar kortare.")
    assert page.policy.newest_version().materiality == "material"


@pytest.mark.parametrize(
    ("codenames", "answers", "refused"),
    [
        pytest.param((), {"change_materiality": "minor"}, {"change_materiality"}, id="may not lower the class"),
        pytest.param(("lower_materiality",), {"change_materiality": "minor"}, set(), id="may lower the class"),
        pytest.param((), {"change_takes_effect": 3}, {"change_takes_effect"}, id="may not shorten the notice"),
        pytest.param(("shorten_notice",), {"change_takes_effect": 3}, set(), id="may shorten the notice"),
        pytest.param((), {"change_takes_effect": 20}, set(), id="not below the floor"),
    ],
)
def test_who_may_decide_what(
    client: Client, page: PolicyPage, codenames: tuple[str, ...], answers: dict[str, Any], refused: set[str]
) -> None:
    client.force_login(permitted("karin", *codenames))
    answers = {name: in_days(value) if isinstance(value, int) else value for name, value in answers.items()}
    response = publish(client, page, change_summary="Längre.", change_reason="Därför.", **answers)
    assert set(errors(response)) == refused, errors(response)
    assert page.policy.versions.count() == (1 if refused else 2)


def test_a_day_in_the_past_is_refused_with_the_day_that_was_found(admin: Client, page: PolicyPage) -> None:
    response = publish(admin, page, change_summary="Längre.", change_takes_effect="2020-01-31")
    assert "2020-01-31" in errors(response)["change_takes_effect"][0]


def test_a_day_out_of_reach_is_refused_and_by_code_the_usual_day_is_taken(admin: Client, page: PolicyPage) -> None:
    response = publish(admin, page, change_summary="Längre.", change_takes_effect="9999-12-31")
    assert "9999-12-31" in errors(response)["change_takes_effect"][0]
    version = publish_policy(write(page, **MATERIAL), summary="Längre.", takes_effect_on=date(9999, 12, 31))
    assert version is not None
    assert day_of(version.takes_effect_at) == in_days(30)


def test_a_day_that_is_no_day_is_refused(admin: Client, page: PolicyPage) -> None:
    response = publish(admin, page, change_summary="Längre.", change_takes_effect="31 februari")
    assert set(errors(response)) == {"change_takes_effect"}


def test_a_new_purpose_is_never_at_once(admin: Client, page: PolicyPage) -> None:
    answers = {"change_summary": "Ett nytt ändamål.", "change_reason": "Bråttom."}
    response = publish(admin, page, {"new": "Profilera dig"}, change_takes_effect=in_days(0), **answers)
    assert "13" in errors(response)["change_takes_effect"][0]


def test_a_notice_shorter_than_the_floor_needs_a_reason(admin: Client, page: PolicyPage) -> None:
    response = publish(admin, page, change_summary="Längre.", change_takes_effect=in_days(3))
    assert set(errors(response)) == {"change_reason"}
    publish(admin, page, change_summary="Längre.", change_takes_effect=in_days(3), change_reason="Ny lag.")
    assert day_of(page.policy.newest_version().takes_effect_at) == in_days(3)


def test_a_day_that_an_announced_version_moves_needs_no_reason(admin: Client, page: PolicyPage) -> None:
    publish_policy(write(page, **MATERIAL), summary="Längre.")
    publish(admin, page, {"duration": "P48M"}, change_summary="Än längre.", change_takes_effect=in_days(0))
    versions = page.policy.versions.order_by("number")
    assert [day_of(version.takes_effect_at) for version in versions[1:]] == [in_days(30)] * 2


def test_a_summary_over_its_length_is_refused(admin: Client, page: PolicyPage) -> None:
    response = publish(admin, page, change_summary="x" * 1001)
    assert "1000" in errors(response)["change_summary"][0]


def test_a_class_that_does_not_exist_is_refused(admin: Client, page: PolicyPage) -> None:
    assert set(errors(publish(admin, page, change_materiality="huge"))) == {"change_materiality"}


def test_a_scheduled_publication_counts_from_its_day(admin: Client, page: PolicyPage) -> None:
    go_live = timezone.localtime() + timedelta(days=10)
    answers = {"change_summary": "Längre.", "go_live_at": go_live.strftime("%Y-%m-%d %H:%M")}
    response = publish(admin, page, change_takes_effect=in_days(20), **answers)
    assert set(errors(response)) == {"change_reason"}
    assert publish(admin, page, change_takes_effect=in_days(30), **answers).status_code == 302


def test_answers_stay_with_their_draft_and_are_blank_after_publication(admin: Client, page: PolicyPage) -> None:
    given = {"change_materiality": "minor", "change_summary": "Längre.", "change_reason": "Nya kunder."}
    admin.post(edit(page), posted(write(page, **MATERIAL), **given))
    assert {name: shown(admin, page)[name] for name in given} == given
    publish(admin, page, **given)
    assert shown(admin, page) == {**dict.fromkeys(sorted(QUESTIONS)), "change_base": 2}


def test_the_questions_come_with_the_second_version(admin: Client, root: Page, site: Any) -> None:
    new = draft(root)
    new.save_revision()
    assert shown(admin, new) == {"change_base": None}
    new.save_revision().publish()
    assert set(shown(admin, new)) == QUESTIONS | {"change_base"}


def test_a_new_page_opens_without_questions(admin: Client, root: Page, site: Any) -> None:
    url = reverse("wagtailadmin_pages:add", args=["wagtail_privacy", "policypage", root.pk])
    response = admin.get(url)
    assert response.status_code == 200
    assert not QUESTIONS & set(response.context["form"].fields)
    assert 'data-privacy-url="/admin/privacy/pages/0/outlook/"' in response.content.decode()


def test_who_was_overtaken_is_told_by_whom_and_decides(admin: Client, page: PolicyPage) -> None:
    opened_with = shown(admin, page)["change_base"]
    theirs = page.get_latest_revision_as_object()
    theirs.body = body(words="Vi säljer kaffe.")
    theirs.save_revision(user=permitted("karin")).publish()
    answers = {"change_summary": "Längre."}
    response = publish(admin, page, change_base=opened_with, **answers)
    (message,) = errors(response)["__all__"]
    assert "Karin" in message
    assert "2" in message
    assert page.policy.versions.count() == 2
    form = response.context["form"]
    assert (form["change_summary"].value(), form["change_base"].value()) == ("Längre.", "2")
    assert publish(admin, page, change_base=form["change_base"].value(), **answers).status_code == 302
    assert page.policy.newest_version().number == 3


def test_a_form_that_was_opened_before_the_first_version_is_overtaken_too(admin: Client, root: Page, site: Any) -> None:
    new = draft(root)
    new.save_revision()
    opened_with = shown(admin, new)["change_base"] or ""
    new.save_revision().publish()
    response = publish(admin, reloaded(new), {"duration": "P12M"}, change_base=opened_with)
    assert set(errors(response)) == {"__all__"}
    assert set(response.context["form"].fields) >= QUESTIONS


def test_a_draft_keeps_the_base_that_its_answers_were_given_for(admin: Client, page: PolicyPage) -> None:
    publish_policy(write(page, words="Vi säljer kaffe."))
    admin.post(edit(page), posted(write(page, **MATERIAL), change_base=1, change_summary="Längre."))
    saved = reloaded(page).get_latest_revision_as_object()
    assert (saved.change_base, saved.change_summary) == (1, "Längre.")
    assert shown(admin, page)["change_summary"] is None


def test_a_translation_is_asked_for_its_summary_only(admin: Client, page: PolicyPage, locale_en: Any) -> None:
    publish_policy(write(page, **MATERIAL), summary="Vi sparar längre.")
    other = page.copy_for_translation(locale_en, copy_parents=True)
    assert set(shown(admin, other)) == {"change_summary", "change_base"}
    newer = other.get_latest_revision_as_object()
    newer.body = body(duration="P36M", title="Deliver your order")
    response = admin.post(edit(other), posted(newer, action="publish", change_summary="We keep it longer."))
    assert response.status_code == 302
    text = page.policy.newest_text("en")
    assert (text.version.number, text.summary) == (2, "We keep it longer.")
    assert page.policy.versions.count() == 2


def test_a_publication_that_cannot_be_planned_is_refused_in_words(
    admin: Client, page: PolicyPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("a block of the site's own")

    monkeypatch.setattr("wagtail_privacy.page.mixin.plan_publication", fail)
    assert admin.get(edit(page)).status_code == 200
    response = publish(admin, page)
    assert set(errors(response)) == {"__all__"}
    assert admin.post(edit(page), posted(write(page, **MATERIAL))).status_code == 302


def test_what_a_sites_own_form_does_not_ask_is_said_before_publishing(
    admin: Client, page: PolicyPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PolicyPageForm, "_problems", lambda *args: [])
    response = admin.post(edit(page), posted(write(page, **MATERIAL), action="publish"), follow=True)
    assert response.redirect_chain == [(edit(page), 302)]
    assert any(message.level_tag == "error" for message in response.context["messages"])
    assert page.policy.versions.count() == 1
    assert reloaded(page).has_unpublished_changes


def test_submitting_asks_as_publishing_does(admin: Client, page: PolicyPage) -> None:
    from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

    workflow = Workflow.objects.create(name="Granskning")
    task = GroupApprovalTask.objects.create(name="Granskning")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.update_or_create(page=Page.objects.get(depth=1), defaults={"workflow": workflow})
    assert set(errors(admin.post(edit(page), posted(write(page, **MATERIAL), action="submit")))) == {"change_summary"}
    answered = posted(write(page, **MATERIAL), action="submit", change_summary="Längre.")
    assert admin.post(edit(page), answered).status_code == 302
    assert page.policy.versions.count() == 1


def test_each_answer_says_its_consequence(admin: Client, page: PolicyPage) -> None:
    html = admin.get(edit(page)).content.decode()
    assert html.count('<span class="privacy-consequence">') == 5
    page.policy.__class__.objects.update(tells_users=False)
    silent = admin.get(edit(page)).content.decode()
    assert silent != html
