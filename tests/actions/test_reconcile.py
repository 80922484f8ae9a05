"""The net below recording: what got into a live row past every publication."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from wagtail.models import Page

from tests.actions.test_record_version import changed, hand_over, home_en, kept, published  # noqa: F401 - a fixture
from tests.actions.test_upgrade import RECORDED, load
from tests.policies import TEXT, body, draft
from wagtail_privacy.actions.correct import correct_wording
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.actions.withdraw import withdraw
from wagtail_privacy.models import DataCategory, Event, EventKind, PolicyPage, Recipient, Text

pytestmark = pytest.mark.django_db


def reconcile(*options: str) -> str:
    out = StringIO()
    call_command("privacy_reconcile", *options, stdout=out)
    return out.getvalue()


def test_what_is_recorded_is_not_reported(root: Page) -> None:
    published(root)
    draft(root, slug="utkast")
    assert reconcile() == "0 found.\n"


def test_content_written_past_publishing_is_reported_and_recorded_on_demand(root: Page) -> None:
    page = published(root)
    PolicyPage.objects.filter(pk=page.pk).update(body=body(duration="P36M"))
    assert f"{page.pk} Integritetspolicy (sv): not recorded." in reconcile()
    assert kept(page) == ["P24M"]
    assert "recorded as version 2." in reconcile("--record")
    assert kept(page) == ["P24M", "P36M"]
    assert reconcile() == "0 found.\n"


def test_a_page_put_live_by_sql_is_found(root: Page) -> None:
    page = draft(root)
    Page.objects.filter(pk=page.pk).update(live=True)
    assert "recorded as version 1." in reconcile("--record")


def test_a_translators_draft_in_the_live_row_is_reported_and_never_recorded(
    root: Page,
    home_en: Page,  # noqa: F811
    locale_en: Any,
    editor: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    page = published(root)
    with django_capture_on_commit_callbacks(execute=True):
        hand_over(page, locale_en).save_target(user=editor, publish=True)
    publish_policy(changed(page, duration="P36M"))
    with django_capture_on_commit_callbacks(execute=True):
        hand_over(page, locale_en).save_target(user=editor, publish=False)
    assert "(en): a draft of a translation" in reconcile("--record")
    assert kept(page, "en") == ["P24M"]


def test_a_translation_of_what_was_withdrawn_is_not_reported(
    root: Page,
    home_en: Page,  # noqa: F811
    locale_en: Any,
    editor: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    page = published(root)
    with django_capture_on_commit_callbacks(execute=True):
        hand_over(page, locale_en).save_target(user=editor, publish=True)
    publish_policy(changed(page, duration="P36M"), summary="Vi sparar längre.")
    with django_capture_on_commit_callbacks(execute=True):
        hand_over(page, locale_en).save_target(user=editor, publish=False)
    withdraw(page.policy.newest_version(), user=editor, reason="Behövs inte.")
    assert reconcile("--record") == "0 found.\n"
    assert page.policy.versions.count() == 2


def unpublish(page: PolicyPage) -> None:
    Page.objects.filter(pk=page.pk).update(live=False)


@pytest.mark.parametrize("vanish", [unpublish, lambda page: Page.objects.filter(pk=page.pk)._raw_delete("default")])
def test_a_page_that_is_gone_without_an_event_is_found_and_recorded(root: Page, vanish: Any) -> None:
    page = published(root)
    if vanish is not unpublish:
        PolicyPage.objects.filter(pk=page.pk)._raw_delete("default")
        Text.objects.update(page=None)
    vanish(page)
    assert "Integritetspolicy (sv): no page of it is live, and that is not recorded." in reconcile()
    assert "recorded as unpublished." in reconcile("--record")
    assert reconcile() == "0 found.\n"
    assert Event.objects.order_by("-pk").first().kind == EventKind.UNPUBLISHED


def test_what_was_unpublished_or_deleted_as_usual_is_not_reported(root: Page) -> None:
    published(root).unpublish()
    published(root, slug="annan").delete()
    assert reconcile() == "0 found.\n"


def test_the_texts_of_a_usual_history_are_what_was_published(
    root: Page,
    home_en: Page,  # noqa: F811
    locale_en: Any,
    editor: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    page = published(root)
    with django_capture_on_commit_callbacks(execute=True):
        hand_over(page, locale_en).save_target(user=editor, publish=True)
    publish_policy(changed(page, duration="P36M"), summary="Vi sparar längre.")
    publish_policy(changed(page, duration="P36M", words="Vi säljer brödd."))
    text = page.policy.newest_text("sv")
    correct_wording(text, TEXT, "body", "<p>Vi säljer bröd.</p>", user=editor, reason="Stavfel", means_the_same=True)
    publish_policy(changed(page, duration="P36M", words="Vi säljer bröd och kakor."))
    assert page.policy.versions.count() == 4
    assert reconcile("--texts") == "0 found.\n"


def damage(text: Text, **values: Any) -> None:
    """As a thread that lost a paragraph would have recorded it."""
    Text.objects.filter(pk=text.pk).update(**values)


def test_a_text_that_lost_words_is_found_and_named(root: Page) -> None:
    page = published(root)
    text = page.policy.newest_text("sv")
    data = text.snapshot.to_json()
    data["sections"][1]["texts"]["body"] = "<p>Vi</p>"
    damage(text, snapshot_json=data, shown={f"{TEXT}:body": "<p>Vi</p>"})
    publish_policy(changed(page, duration="P36M"), summary="Vi sparar längre.")
    assert reconcile("--texts") == (
        f"Integritetspolicy, version 1 (sv), edition 1: differs from revision {page.live_revision_id}, which it was "
        "published from, in “Om oss”. Compare them; where the text in force was damaged, publish the page again.\n"
        "1 found.\n"
    )


def test_html_that_lost_words_is_found(root: Page) -> None:
    page = published(root)
    damage(page.policy.newest_text("sv"), shown={f"{TEXT}:body": "<p>Vi</p>"})
    assert "in “Om oss”." in reconcile("--texts")


def test_a_text_whose_revision_is_gone_cannot_be_checked(root: Page) -> None:
    page = published(root)
    publish_policy(changed(page, duration="P36M"), summary="Vi sparar längre.")
    page.revisions.order_by("pk").first().delete()
    assert "version 1 (sv), edition 1: cannot be checked" in reconcile("--texts")
    assert "1 found." in reconcile("--texts")


@pytest.mark.parametrize("recorded", RECORDED, ids=lambda path: path.stem)
def test_what_the_register_or_an_upgrade_changed_is_no_damage(locale_en: Any, recorded: Path) -> None:
    load(recorded)
    Recipient.objects.update(name="Annat Bud AB")
    DataCategory.objects.update(name="Namn")
    assert reconcile("--texts").count("differs from revision") == 0
    assert "cannot be checked" not in reconcile("--texts")
