"""Every way that a page goes live, or seems to, and what is recorded of it: once, whole, or not at all."""

from __future__ import annotations

import re
import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, PageLogEntry, Workflow, WorkflowTask
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from tests.policies import KEPT, TEXT, body, draft, posted, reloaded
from wagtail_privacy.actions import record_version
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.clock import day_of, start_of
from wagtail_privacy.models import Event, EventKind, Notice, Policy, PolicyPage, Text, Version

pytestmark = pytest.mark.django_db
ADD = ("wagtailadmin_pages:add", "wagtail_privacy", "policypage")


def edit(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def numbers(page: PolicyPage) -> list[int]:
    policy = page.policy
    return list(policy.versions.values_list("number", flat=True)) if policy else []


def kept(page: PolicyPage, language: str = "sv") -> list[str]:
    """The storage period of the purpose, as each recorded text has it, oldest first."""
    policy = page.policy
    texts = policy.texts().filter(language=language).order_by("version__number", "edition") if policy else []
    return [text.snapshot.by_id[KEPT].facts["duration"] for text in texts]


def events(page: PolicyPage) -> list[str]:
    return list(
        Event.objects.filter(version__policy__translation_key=page.translation_key)
        .exclude(kind=EventKind.SEALED)
        .values_list("kind", flat=True)
    )


def published(parent: Page, **words: Any) -> PolicyPage:
    """A policy with one version."""
    page = draft(parent, **words)
    page.save_revision().publish()
    return reloaded(page)


def changed(page: PolicyPage, **words: Any) -> PolicyPage:
    """The newest draft of ``page`` with another body, in memory."""
    newest = page.get_latest_revision_as_object()
    newest.body = body(**words)
    return newest


@pytest.fixture
def admin(client: Client, editor: Any, site: Any) -> Client:
    client.force_login(editor)
    return client


# --- Wagtail's admin ------------------------------------------------------------------------------------


def test_a_page_created_live_is_version_1_and_knows_its_revision(admin: Client, root: Page, editor: Any) -> None:
    new = PolicyPage(title="Integritet", slug="integritet", body=body())
    admin.post(reverse(ADD[0], args=[*ADD[1:], root.pk]), posted(new, action="publish"))
    page = PolicyPage.objects.get()
    version = page.policy.versions.get()
    assert (version.number, version.materiality, version.published_by) == (1, "", editor)
    assert version.revision_id == page.live_revision_id
    assert version.takes_effect_at == version.published_at
    assert events(page) == [EventKind.PUBLISHED]


def test_a_page_created_as_a_draft_is_not_recorded(admin: Client, root: Page) -> None:
    new = PolicyPage(title="Integritet", slug="integritet", body=body())
    admin.post(reverse(ADD[0], args=[*ADD[1:], root.pk]), posted(new))
    assert not PolicyPage.objects.get().live
    assert not Policy.objects.exists()


def test_an_edit_that_is_published_is_the_next_version(admin: Client, root: Page, editor: Any) -> None:
    page = published(root)
    data = posted(changed(page, duration="P36M"), action="publish", change_summary="Vi sparar längre.")
    admin.post(edit(page), data)
    version = page.policy.newest_version()
    assert (version.number, version.builds_on.number, version.published_by) == (2, 1, editor)
    assert version.text("sv").summary == "Vi sparar längre."
    assert kept(page) == ["P24M", "P36M"]
    assert events(page) == [EventKind.PUBLISHED, EventKind.PUBLISHED, EventKind.ANNOUNCED]


def test_a_draft_of_a_live_page_is_not_recorded(admin: Client, root: Page) -> None:
    page = published(root)
    admin.post(edit(page), posted(changed(page, duration="P36M")))
    assert reloaded(page).has_unpublished_changes
    assert kept(page) == ["P24M"]


def test_the_bookkeeping_around_a_draft_records_nothing_of_it(root: Page) -> None:
    """``save_revision`` saves a few fields of an instance that carries the draft."""
    page = published(root)
    newer = changed(page, duration="P36M")
    newer.save_revision()
    newer.save(update_fields=["has_unpublished_changes"])
    assert kept(page) == ["P24M"]


def test_publishing_the_same_again_is_no_version(root: Page) -> None:
    page = published(root)
    reloaded(page).save_revision().publish()
    assert numbers(page) == [1]
    assert events(page) == [EventKind.PUBLISHED]


def test_there_and_back_again_is_three_versions(root: Page) -> None:
    page = published(root)
    for duration in ("P36M", "P24M"):
        changed(page, duration=duration).save_revision().publish()
    assert kept(page) == ["P24M", "P36M", "P24M"]


def test_a_reverted_revision_is_a_version_of_its_own(admin: Client, root: Page) -> None:
    page = published(root)
    first = page.live_revision
    changed(page, words="Vi säljer kaffe.").save_revision().publish()
    url = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk])
    assert admin.get(url).status_code == 200
    admin.post(url, posted(first.as_object(), action="publish", change_summary="Som förut."))
    assert numbers(page) == [1, 2, 3]
    newest = page.policy.newest_version()
    assert newest.text("sv").digest == page.policy.versions.get(number=1).text("sv").digest
    assert newest.revision_id == reloaded(page).live_revision_id != first.pk


def test_each_language_comes_and_goes_by_itself(root: Page, locale_en: Any) -> None:
    page = published(root)
    other = page.copy_for_translation(locale_en, copy_parents=True)
    other.title = "Privacy policy"
    other.save_revision().publish()
    changed(page, duration="P36M").save_revision().publish()
    revision = reloaded(other).live_revision
    reloaded(other).unpublish()
    reloaded(page).save_revision().publish()
    last = Event.objects.last()
    assert (last.kind, last.data, last.version.number) == (EventKind.UNPUBLISHED, {"language": "en"}, 1)
    revision.publish()
    last = Event.objects.last()
    assert (last.kind, last.data, last.version.number) == (EventKind.PUBLISHED, {"language": "en"}, 1)


def test_the_event_of_unpublishing_names_who_did_it(admin: Client, root: Page, editor: Any) -> None:
    page = published(root)
    admin.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    assert [(event.kind, event.by) for event in Event.objects.all()][-1] == (EventKind.UNPUBLISHED, editor)


def test_unpublishing_is_an_event_and_coming_back_is_no_version(root: Page) -> None:
    page = published(root)
    revision = page.live_revision
    page.unpublish()
    assert events(page) == [EventKind.PUBLISHED, EventKind.UNPUBLISHED]
    revision.publish()
    assert numbers(page) == [1]
    assert events(page) == [EventKind.PUBLISHED, EventKind.UNPUBLISHED, EventKind.PUBLISHED]


def test_a_page_that_comes_back_changed_is_a_version(root: Page) -> None:
    page = published(root)
    page.unpublish()
    changed(page, duration="P36M").save_revision().publish()
    assert kept(page) == ["P24M", "P36M"]


def test_moving_a_page_or_renaming_its_address_is_no_version(root: Page) -> None:
    page = published(root)
    below = root.add_child(title="Om oss", slug="om-oss", locale=root.locale)
    reloaded(page).move(below, pos="last-child")
    moved = reloaded(page)
    moved.slug = "policy"
    moved.save_revision().publish()
    assert numbers(page) == [1]


def test_many_pages_published_at_once_in_the_listing_are_recorded(admin: Client, root: Page) -> None:
    pages = [draft(root, slug=f"policy-{number}") for number in (1, 2)]
    for page in pages:
        page.save_revision()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    admin.post(f"{url}?id={pages[0].pk}&id={pages[1].pk}")
    assert [numbers(page) for page in pages] == [[1], [1]]


def test_many_drafts_are_published_only_if_nothing_stands_in_the_way_of_any(admin: Client, root: Page) -> None:
    pages = [published(root, slug=f"policy-{number}") for number in (1, 2)]
    for page, duration in zip(pages, ("P36M", "P12M"), strict=True):
        changed(page, duration=duration).save_revision()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = admin.post(f"{url}?id={pages[0].pk}&id={pages[1].pk}&next=/admin/", follow=True)
    assert [numbers(page) for page in pages] == [[1], [1]]
    assert "Människor får besked om den här ändringen." in answer.content.decode()


def test_a_translation_whose_source_is_gone_makes_versions_itself(root: Page, locale_en: Any) -> None:
    page = published(root)
    other = page.copy_for_translation(locale_en, copy_parents=True)
    other.title = "Privacy policy"
    other.save_revision().publish()
    changed(page, duration="P36M").save_revision().publish()
    page.delete()
    alone = reloaded(other)
    changed(alone, duration="P99M").save_revision().publish()
    policy = alone.policy
    assert (numbers(alone), policy.source_language, policy.newest_version().materiality) == (
        [1, 2, 3],
        "en",
        "material",
    )
    assert kept(alone, "en") == ["P24M", "P99M"]
    assert policy.versions.get(number=2).source_text().language == "sv"


# --- Scheduling -----------------------------------------------------------------------------------------


def schedule(page: PolicyPage, **words: Any) -> None:
    newer = changed(page, **words)
    newer.go_live_at = timezone.now() + timedelta(days=3)
    newer.save_revision().publish()


def clock_strikes() -> None:
    """The moment of go-live comes, and cron with it."""
    from wagtail.models import Revision

    past = timezone.now() - timedelta(minutes=1)
    for revision in Revision.objects.filter(approved_go_live_at__isnull=False):
        revision.content["go_live_at"] = past.isoformat()
        revision.approved_go_live_at = past
        revision.save()
    call_command("publish_scheduled")


def test_scheduling_a_live_page_records_when_it_goes_live_and_not_before(root: Page) -> None:
    page = published(root)
    schedule(page, duration="P36M")
    assert kept(page) == ["P24M"]
    clock_strikes()
    assert kept(page) == ["P24M", "P36M"]
    version = page.policy.newest_version()
    # The notice period counts from the day of going live.
    assert version.takes_effect_at == start_of(day_of(version.published_at) + timedelta(days=30))


def test_scheduling_a_page_that_was_never_live_records_when_it_goes_live(root: Page) -> None:
    page = draft(root)
    schedule(page)
    assert not Policy.objects.exists()
    clock_strikes()
    assert reloaded(page).live
    assert numbers(page) == [1]


def test_a_page_created_with_a_day_to_go_live_is_not_recorded_yet(admin: Client, root: Page) -> None:
    new = PolicyPage(title="Integritet", slug="integritet", body=body())
    go_live = (timezone.localtime() + timedelta(days=3)).strftime("%Y-%m-%d %H:%M")
    admin.post(reverse(ADD[0], args=[*ADD[1:], root.pk]), posted(new, action="publish", go_live_at=go_live))
    page = PolicyPage.objects.get()
    assert not page.live
    # Wagtail puts the page live before it has a revision to schedule. What was public for that moment stands.
    assert set(events(page)) <= {EventKind.PUBLISHED, EventKind.UNPUBLISHED}


def test_a_policy_that_expires_is_an_event(root: Page) -> None:
    page = published(root)
    PolicyPage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    assert events(page) == [EventKind.PUBLISHED, EventKind.UNPUBLISHED]


# --- Workflow, API, scripts -------------------------------------------------------------------------------


def test_an_approval_publishes_what_was_submitted_with_its_answers(root: Page, editor: Any) -> None:
    author = get_user_model().objects.create_user("author")
    page = published(root)
    task = GroupApprovalTask.objects.create(name="Granskning")
    task.groups.add(Group.objects.create(name="Jurister"))
    workflow = Workflow.objects.create(name="Granskning")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    newer = changed(page, duration="P36M")
    newer.answer(summary="Vi sparar längre.", takes_effect_on=date.today() + timedelta(days=60))  # noqa: DTZ011
    newer.save_revision(user=author)
    state = workflow.start(newer, author)
    assert kept(page) == ["P24M"]
    state.current_task_state.approve(user=editor)
    version = page.policy.newest_version()
    assert version.text("sv").summary == "Vi sparar längre."
    assert day_of(version.takes_effect_at) == date.today() + timedelta(days=60)  # noqa: DTZ011


def test_the_api_publishes_as_an_editor_does(root: Page, editor: Any) -> None:
    edit_page = pytest.importorskip("wagtail.actions.edit_page", reason="new in Wagtail 8.0")
    page = published(root)
    newer = changed(page, duration="P36M")
    edit_page.EditPageAction(newer, user=editor, publish=True).execute()
    assert kept(page) == ["P24M", "P36M"]


def test_a_script_that_saves_a_live_page_without_texts_is_recorded(root: Page) -> None:
    page = root.add_child(instance=PolicyPage(title="Integritet", slug="i", body=body(), locale=root.locale))
    assert numbers(page) == [1]


def test_a_script_that_saves_other_content_records_nothing_until_it_is_published(root: Page) -> None:
    page = published(root)
    page.body = body(duration="P36M")
    page.save()
    page.save(update_fields=["body"])
    assert kept(page) == ["P24M"]
    page.save_revision().publish()
    assert kept(page) == ["P24M", "P36M"]


def test_publishing_without_answers_takes_the_class_and_the_day_of_the_rules(root: Page) -> None:
    page = published(root)
    changed(page, duration="P36M").save_revision().publish()
    version = page.policy.newest_version()
    assert version.materiality == version.proposed_materiality == Materiality.MATERIAL
    assert version.takes_effect_at == start_of(day_of(version.published_at) + timedelta(days=30))


def test_answers_are_used_for_the_version_that_they_were_given_for_only(root: Page) -> None:
    page = published(root)
    summed_up = changed(page, duration="P36M")
    publish_policy(summed_up, summary="Vi sparar längre.")
    changed(page, duration="P48M").save_revision().publish()
    texts = page.policy.texts().order_by("version__number")
    assert [text.summary for text in texts] == ["", "Vi sparar längre.", ""]


@pytest.mark.parametrize(
    ("answers", "materiality", "days"),
    [
        pytest.param({"materiality": "editorial"}, "material", 30, id="lower without a reason"),
        pytest.param({"materiality": "editorial", "reason": "Stavfel."}, "editorial", 0, id="lower with a reason"),
        pytest.param({"takes_effect_on": date(2020, 1, 1)}, "material", 14, id="a day in the past"),
        pytest.param({"takes_effect_on": 3}, "material", 14, id="too soon without a reason"),
        pytest.param({"takes_effect_on": 3, "reason": "Lagkrav."}, "material", 3, id="too soon with a reason"),
        pytest.param({"takes_effect_on": 90}, "material", 90, id="later than the notice period"),
    ],
)
def test_what_bypasses_the_form_never_raises(root: Page, answers: dict[str, Any], materiality: str, days: int) -> None:
    page = published(root)
    asked = answers.get("takes_effect_on")
    if isinstance(asked, int):
        answers = {**answers, "takes_effect_on": day_of(timezone.now()) + timedelta(days=asked)}
    publish_policy(changed(page, duration="P36M"), **answers)
    version = page.policy.newest_version()
    assert (version.number, version.materiality) == (2, materiality)
    assert day_of(version.takes_effect_at) - day_of(version.published_at) == timedelta(days=days)


# --- Aliases and copies -----------------------------------------------------------------------------------


def test_an_alias_has_no_history_of_its_own(root: Page) -> None:
    page = published(root)
    alias = page.create_alias(update_slug="alias", parent=root)
    changed(page, duration="P36M").save_revision().publish()
    alias.refresh_from_db()
    assert alias.live
    assert alias.body[0].value["retention"][0].value["duration"] == "P36M"
    assert numbers(page) == [1, 2]
    assert Policy.objects.count() == 1


def test_an_alias_that_becomes_a_page_starts_a_history(admin: Client, root: Page) -> None:
    page = published(root)
    alias = page.create_alias(update_slug="alias", parent=root)
    admin.post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]))
    became = PolicyPage.objects.get(pk=alias.pk)
    assert became.alias_of_id is None
    assert became.live
    assert (numbers(page), numbers(became)) == ([1], [1])
    changed(became, duration="P36M").save_revision().publish()
    assert (numbers(page), numbers(became)) == ([1], [1, 2])


def test_a_live_copy_is_a_policy_of_its_own(root: Page) -> None:
    page = published(root)
    copy = page.copy(keep_live=True, update_attrs={"slug": "kopia"})
    assert copy.live
    assert (numbers(page), numbers(copy)) == ([1], [1])
    assert copy.policy != page.policy


def test_a_copy_that_is_a_draft_is_not_recorded(root: Page) -> None:
    page = published(root)
    copy = page.copy(keep_live=False, update_attrs={"slug": "kopia"})
    assert numbers(copy) == []


def test_a_copy_takes_no_answers_along(root: Page) -> None:
    page = published(root)
    newer = changed(page, duration="P36M")
    newer.answer(summary="Vi sparar längre.", materiality="minor", reason="Därför.")
    newer.save_revision().publish()
    copy = reloaded(page).copy(keep_live=False, update_attrs={"slug": "kopia"})
    assert (copy.change_summary, copy.change_materiality, copy.change_reason, copy.change_base) == ("", "", "", None)


# --- wagtail-localize -------------------------------------------------------------------------------------

ENGLISH = {
    "Integritetspolicy": "Privacy policy",
    "Leverera din order": "Deliver your order",
    "leveransen": "the delivery",
    "Om oss": "About us",
    "Vi säljer bröd.": "We sell bread.",
    "Vi sparar längre.": "We keep it longer.",
}


@pytest.fixture
def home_en(root: Page, locale_en: Any) -> Page:
    return root.copy_for_translation(locale_en)


def hand_over(page: PolicyPage, locale: Any) -> Translation:
    """Give what is live to the translators, who translate what they know."""
    source, _created = TranslationSource.update_or_create_from_instance(reloaded(page))
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    for segment in StringSegment.objects.filter(source=source).select_related("string"):
        if words := ENGLISH.get(segment.string.data):
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                locale=locale,
                context=segment.context,
                defaults={"data": words, "translation_type": "manual"},
            )
    return translation


def texts(page: PolicyPage) -> list[tuple[int, str, str, bool]]:
    found = page.policy.texts().order_by("version__number", "language", "edition")
    return [(text.version.number, text.language, text.summary, text.carried_over) for text in found]


def test_a_published_translation_is_a_text_of_the_version_it_translates(
    root: Page, home_en: Page, locale_en: Any, editor: Any, django_capture_on_commit_callbacks: Any
) -> None:
    page = published(root)
    with django_capture_on_commit_callbacks(execute=True):
        hand_over(page, locale_en).save_target(user=editor, publish=True)
    translation = page.get_translation(locale_en)
    assert translation.live
    assert texts(page) == [(1, "en", "", False), (1, "sv", "", False)]
    assert page.policy.newest_text("en").title == "Privacy policy"
    assert page.policy.newest_text("en").snapshot.by_id[TEXT].texts["body"] == "<p>We sell bread.</p>"
    assert page.policy.newest_text("en").page_id == translation.pk


def test_a_translation_of_a_material_version_brings_its_summary_and_tells_nobody_again(
    root: Page, home_en: Page, locale_en: Any, editor: Any, django_capture_on_commit_callbacks: Any
) -> None:
    page = published(root)
    with django_capture_on_commit_callbacks(execute=True):
        hand_over(page, locale_en).save_target(user=editor, publish=True)
    publish_policy(changed(page, duration="P36M"), summary="Vi sparar längre.")
    assert Notice.objects.count() == 1
    assert page.get_translation(locale_en).text_in_force().version.number == 1
    with django_capture_on_commit_callbacks(execute=True):
        hand_over(page, locale_en).save_target(user=editor, publish=True)
    assert numbers(page) == [1, 2]
    assert texts(page)[2:] == [(2, "en", "We keep it longer.", False), (2, "sv", "Vi sparar längre.", False)]
    assert [change.field for change in page.policy.newest_text("en").changes] == ["duration"]
    assert Notice.objects.count() == 1
    assert events(page)[-1] == EventKind.TRANSLATED


def test_a_translation_that_is_saved_and_not_published_is_not_recorded(
    root: Page, home_en: Page, locale_en: Any, editor: Any, django_capture_on_commit_callbacks: Any
) -> None:
    """wagtail-localize then writes the translator's draft into the live row."""
    page = published(root)
    with django_capture_on_commit_callbacks(execute=True):
        hand_over(page, locale_en).save_target(user=editor, publish=True)
    publish_policy(changed(page, duration="P36M"))
    with django_capture_on_commit_callbacks(execute=True):
        hand_over(page, locale_en).save_target(user=editor, publish=False)
    row = page.get_translation(locale_en).specific
    assert (row.live, row.body[0].value["retention"][0].value["duration"]) == (True, "P36M")
    assert kept(page, "en") == ["P24M"]


def test_a_new_translation_that_is_a_draft_is_not_recorded(
    root: Page, home_en: Page, locale_en: Any, editor: Any, django_capture_on_commit_callbacks: Any
) -> None:
    page = published(root)
    with django_capture_on_commit_callbacks(execute=True):
        hand_over(page, locale_en).save_target(user=editor, publish=False)
    assert not page.get_translation(locale_en).live
    assert texts(page) == [(1, "sv", "", False)]


def test_a_live_alias_that_becomes_a_translators_draft_is_not_recorded(
    root: Page, home_en: Page, locale_en: Any, editor: Any, django_capture_on_commit_callbacks: Any
) -> None:
    """Wagtail's locale tree makes live aliases; wagtail-localize turns one into a page and saves the draft in it."""
    page = published(root)
    alias = page.copy_for_translation(locale_en, alias=True)
    assert alias.live
    assert alias.alias_of_id
    with django_capture_on_commit_callbacks(execute=True):
        hand_over(page, locale_en).save_target(user=editor, publish=False)
    assert page.get_translation(locale_en).live
    assert texts(page) == [(1, "sv", "", False)]
    with django_capture_on_commit_callbacks(execute=True):
        hand_over(page, locale_en).save_target(user=editor, publish=True)
    assert texts(page) == [(1, "en", "", False), (1, "sv", "", False)]


def test_submitting_a_page_for_translation_records_nothing_and_its_editor_publishes_a_text(
    admin: Client, root: Page, home_en: Page, locale_en: Any, django_capture_on_commit_callbacks: Any
) -> None:
    page = published(root)
    with django_capture_on_commit_callbacks(execute=True):
        url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
        admin.post(url, {"locales": [locale_en.pk]})
    assert texts(page) == [(1, "sv", "", False)]
    hand_over(page, locale_en)
    translation = page.get_translation(locale_en)
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(edit(translation), {"action": "publish"})
    assert texts(page) == [(1, "en", "", False), (1, "sv", "", False)]


def test_synchronising_translations_publishes_texts_of_the_new_version(
    admin: Client, root: Page, home_en: Page, locale_en: Any, editor: Any, django_capture_on_commit_callbacks: Any
) -> None:
    page = published(root)
    with django_capture_on_commit_callbacks(execute=True):
        hand_over(page, locale_en).save_target(user=editor, publish=True)
    publish_policy(changed(page, duration="P36M"))
    source = TranslationSource.objects.get_for_instance(page)
    with django_capture_on_commit_callbacks(execute=True):
        url = reverse("wagtail_localize:update_translations", args=[source.pk])
        admin.post(url, {"publish_translations": "on"})
    assert [(number, language) for number, language, *_rest in texts(page)] == [
        (1, "en"),
        (1, "sv"),
        (2, "en"),
        (2, "sv"),
    ]
    assert kept(page, "en") == ["P24M", "P36M"]


def test_a_translator_is_told_which_version_the_text_is_of(
    admin: Client, root: Page, home_en: Page, locale_en: Any, editor: Any, django_capture_on_commit_callbacks: Any
) -> None:
    def told() -> list[tuple[str, bool]]:
        messages = admin.get(edit(page.get_translation(locale_en))).context["messages"]
        about = [message for message in messages if "version" in str(message).lower()]
        return [
            (message.level_tag, f"version {number}" in str(message).lower()) for number, message in enumerate(about, 1)
        ]

    page = published(root)
    with django_capture_on_commit_callbacks(execute=True):
        hand_over(page, locale_en).save_target(user=editor, publish=True)
    assert told() == [("info", True)]
    publish_policy(changed(page, duration="P36M"))
    assert told() == [("info", True), ("warning", True)]


def test_a_typo_mended_in_the_original_leaves_no_translation_behind(
    root: Page, home_en: Page, locale_en: Any, editor: Any, django_capture_on_commit_callbacks: Any
) -> None:
    page = published(root)
    with django_capture_on_commit_callbacks(execute=True):
        hand_over(page, locale_en).save_target(user=editor, publish=True)
    publish_policy(changed(page, words="Vi säljer bröd!"), materiality=Materiality.EDITORIAL, reason="Stavfel.")
    assert texts(page)[2:] == [(2, "en", "", True), (2, "sv", "", False)]


def test_another_fact_that_is_called_editorial_leaves_the_translation_with_the_version_it_is_of(
    root: Page, home_en: Page, locale_en: Any, editor: Any, django_capture_on_commit_callbacks: Any
) -> None:
    page = published(root)
    with django_capture_on_commit_callbacks(execute=True):
        hand_over(page, locale_en).save_target(user=editor, publish=True)
    publish_policy(changed(page, duration="P36M"), materiality=Materiality.EDITORIAL, reason="Skrivfel.")
    assert texts(page)[2:] == [(2, "sv", "", False)]


def test_answers_of_the_original_are_not_for_translators(root: Page, home_en: Page, locale_en: Any) -> None:
    page = published(root)
    publish_policy(changed(page, duration="P36M"), summary="Vi sparar längre.", reason="Hemligt skäl.")
    source = hand_over(page, locale_en).source
    offered = set(StringSegment.objects.filter(source=source).values_list("string__data", flat=True))
    assert "Vi sparar längre." in offered
    assert "Hemligt skäl." not in offered


# --- What goes wrong ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["_new_version", "_new_text", "_finish_version", "issue_notice", "log"])
def test_what_fails_while_recording_takes_the_publication_back(
    root: Page, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    page = published(root)
    live = page.live_revision_id
    newer = changed(page, duration="P36M").save_revision()

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError(step)

    monkeypatch.setattr(record_version, step, fail)
    with pytest.raises(RuntimeError, match=step):
        newer.publish()
    row = reloaded(page)
    assert (row.live_revision_id, row.body[0].value["retention"][0].value["duration"]) == (live, "P24M")
    happened = Event.objects.exclude(kind=EventKind.SEALED).count()
    assert (numbers(page), Text.objects.count(), happened, Notice.objects.count()) == ([1], 1, 1, 0)
    monkeypatch.undo()
    newer.publish()
    assert kept(page) == ["P24M", "P36M"]


def failing_database(*args: Any, **kwargs: Any) -> None:
    raise DatabaseError("the disk is full")


def test_a_database_error_while_an_editor_publishes_leaves_a_draft_and_a_message(
    admin: Client, root: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = published(root)
    monkeypatch.setattr(record_version, "_new_text", failing_database)
    data = posted(changed(page, duration="P36M"), action="publish", change_summary="Vi sparar längre.")
    response = admin.post(edit(page), data, follow=True)
    assert response.status_code == 200
    assert response.redirect_chain[-1][0].startswith(edit(page))
    assert any(message.level_tag == "error" for message in response.context["messages"])
    assert kept(page) == ["P24M"]
    saved = reloaded(page).get_latest_revision_as_object()
    assert saved.body[0].value["retention"][0].value["duration"] == "P36M"
    assert saved.change_summary == "Vi sparar längre."


def test_a_database_error_while_an_editor_creates_a_live_page_leaves_a_draft(
    admin: Client, root: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_version, "_new_text", failing_database)
    new = PolicyPage(title="Integritet", slug="integritet", body=body())
    response = admin.post(reverse(ADD[0], args=[*ADD[1:], root.pk]), posted(new, action="publish"), follow=True)
    page = PolicyPage.objects.get()
    assert response.redirect_chain[-1][0].startswith(edit(page))
    assert not page.live
    assert not Version.objects.exists()


def test_the_log_tells_of_each_version(root: Page) -> None:
    page = published(root)
    publish_policy(changed(page, duration="P36M"))
    entries = PageLogEntry.objects.filter(page=page.pk, action="wagtail_privacy.version").order_by("pk")
    assert [entry.data["number"] for entry in entries] == [1, 2]
    assert "2" in entries[1].message


# --- At the same time ------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_publications_at_once_are_numbered_one_after_the_other(root: Page, locale_en: Any) -> None:
    """Two editors, each publishing one language of one policy: neither waits for ever, no number is given twice."""
    if connection.vendor == "sqlite" and "mode=memory" in str(connection.settings_dict["NAME"]):
        pytest.skip("An SQLite database in memory has one connection: SQLITE_FILE names one on disk.")
    page = published(root)
    other = page.copy_for_translation(locale_en, copy_parents=True)
    other.title = "Privacy policy"
    other.save_revision().publish()
    failures: list[BaseException] = []
    ready = threading.Barrier(2)

    def publish(pk: int, durations: list[str]) -> None:
        try:
            ready.wait(timeout=30)
            for duration in durations:
                mine = PolicyPage.objects.get(pk=pk)
                mine.body = body(duration=duration)
                mine.save_revision().publish()
        except BaseException as error:  # noqa: BLE001 - handed to the test
            failures.append(error)
        finally:
            connection.close()

    rounds = [f"P{months}M" for months in range(25, 35)]
    threads = [threading.Thread(target=publish, args=(pk, rounds)) for pk in (page.pk, other.pk)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert not failures
    assert numbers(page) == list(range(1, 12))
    assert kept(page) == ["P24M", *rounds]


@pytest.mark.django_db(transaction=True)
def test_two_editors_who_publish_one_page_at_once_make_two_versions(root: Page) -> None:
    if connection.vendor == "sqlite" and "mode=memory" in str(connection.settings_dict["NAME"]):
        pytest.skip("An SQLite database in memory has one connection: SQLITE_FILE names one on disk.")
    page = published(root)
    revisions = [changed(page, duration=duration).save_revision() for duration in ("P36M", "P48M")]
    failures: list[BaseException] = []
    ready = threading.Barrier(2)

    def publish(revision: Any) -> None:
        try:
            ready.wait(timeout=30)
            revision.publish()
        except BaseException as error:  # noqa: BLE001 - handed to the test
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=publish, args=(revision,)) for revision in revisions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert not failures
    assert numbers(page) == [1, 2, 3]
    assert sorted(kept(page)[1:]) == ["P36M", "P48M"]


def test_the_lock_is_taken_before_the_page_is_saved(root: Page, django_assert_num_queries: Any) -> None:
    from django.test.utils import CaptureQueriesContext

    page = published(root)
    revision = changed(page, duration="P36M").save_revision()
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        revision.publish()
    sql = [query["sql"] for query in queries]
    locked = next(n for n, text in enumerate(sql) if re.search(r'FROM ["`]wagtail_privacy_policy["`].* LIMIT 21', text))
    saved = next(n for n, text in enumerate(sql) if text.startswith("UPDATE") and "wagtailcore_page" in text)
    assert locked < saved
