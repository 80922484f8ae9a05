"""The net below recording: what got into a live row past every publication."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from wagtail.models import Page

from tests.actions.test_recording import changed, hand_over, home_en, kept, published  # noqa: F401 - a fixture
from tests.desk.policies import body, draft
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.actions.withdraw import withdraw
from wagtail_privacy.models import PolicyPage

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
