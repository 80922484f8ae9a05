"""A change that waits for its translations: nowhere public, and then released in all languages at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.users.models import UserProfile

from tests.actions.test_record_version import ENGLISH, changed, events, hand_over, numbers, published, texts
from tests.policies import body, draft, posted, reloaded
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.actions.reconcile import unrecorded
from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.clock import at, day_of, now
from wagtail_privacy.models import EventKind, Notice, PendingText, PolicyPage
from wagtail_privacy.publication.preview import preview_publication
from wagtail_privacy.publication.result import publication_result

pytestmark = pytest.mark.django_db


@pytest.fixture
def home_en(root: Page, locale_en: Any) -> Page:
    return root.copy_for_translation(locale_en)


@pytest.fixture
def page(root: Page) -> PolicyPage:
    """A policy with one version, in Swedish, that is to be published in English too."""
    page = published(root)
    require(page, "en")
    return page


def require(page: PolicyPage, *languages: str) -> None:
    policy = page.policy
    policy.required_languages = list(languages)
    policy.save()


def pending(page: PolicyPage) -> list[str]:
    return sorted(page.policy.pending_texts.values_list("language", flat=True))


@pytest.fixture
def translate(home_en: Page, locale_en: Any, editor: Any, django_capture_on_commit_callbacks: Any) -> Any:
    def publish(page: PolicyPage) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            hand_over(page, locale_en).save_target(user=editor, publish=True)

    return publish


def test_a_change_waits_for_the_required_language(client: Client, site: Any, page: PolicyPage) -> None:
    publish_policy(changed(page, duration="P36M"), summary="Vi sparar längre.")
    assert (numbers(page), pending(page)) == ([1], ["sv"])
    assert events(page) == [EventKind.PUBLISHED]
    assert not Notice.objects.exists()
    for address in ("", "history/", "history/feed/", "data/json/", "upcoming/"):
        answer = client.get(page.url + address).content.decode()
        assert "Vi sparar längre." not in answer, address
        assert "P36M" not in answer, address
        assert "36 månader" not in answer, address
        assert "3 år" not in answer, address
    assert client.get(f"{page.url}versions/2/").status_code == 404


def test_the_last_text_releases_it_in_all_languages_at_once(page: PolicyPage, translate: Any) -> None:
    publish_policy(changed(page, duration="P36M"), summary="Vi sparar längre.")
    translate(page)
    assert (numbers(page), pending(page)) == ([1, 2], [])
    assert texts(page) == [
        (1, "sv", "", False),
        (2, "en", "We keep it longer.", False),
        (2, "sv", "Vi sparar längre.", False),
    ]
    assert Notice.objects.count() == 1
    assert events(page)[1:4] == [EventKind.PUBLISHED, EventKind.ANNOUNCED, EventKind.TRANSLATED]


def test_who_publishes_the_last_text_is_told_what_that_released(
    page: PolicyPage, translate: Any, locale_en: Any
) -> None:
    publish_policy(changed(page, duration="P36M"), summary="Vi sparar längre.")
    translate(page)
    english = reloaded(page.get_translation(locale_en))
    assert publication_result(english).message.startswith("Nu saknas inget språk längre. Aviserad som version 2.")
    translate(page)
    assert publication_result(reloaded(english)).message == "Inget ändrades för läsarna på det här språket."


def test_the_editor_is_told_that_the_content_is_held_already(page: PolicyPage) -> None:
    publish_policy(changed(page, duration="P36M"), summary="Vi sparar längre.")
    assert preview_publication(reloaded(page)).is_held
    assert not preview_publication(changed(page, duration="P48M")).is_held


def test_the_notice_period_counts_from_the_release(page: PolicyPage, translate: Any) -> None:
    with at(now() - timedelta(days=40)):
        publish_policy(changed(page, duration="P36M"), summary="Vi sparar längre.")
    translate(page)
    version = page.policy.newest_version()
    assert (day_of(version.takes_effect_at) - day_of(now())).days == 30
    assert day_of(version.published_at) == day_of(now())


def test_who_published_the_original_published_the_version(
    page: PolicyPage, translate: Any, django_user_model: Any
) -> None:
    author = django_user_model.objects.create_superuser("author", "author@example.org", "x")
    publish_policy(changed(page, duration="P36M"), user=author, summary="Vi sparar längre.")
    translate(page)
    assert page.policy.newest_version().published_by == author
    assert page.policy.newest_version().revision_id == reloaded(page).live_revision_id


def test_another_publication_takes_the_place_of_what_waited(page: PolicyPage, translate: Any) -> None:
    publish_policy(changed(page, duration="P36M"), summary="Vi sparar längre.")
    publish_policy(changed(page, duration="P48M"), summary="Vi sparar längre.")
    translate(page)
    assert numbers(page) == [1, 2]
    assert [change.new for change in page.policy.newest_text("en").changes] == []  # its first text
    assert [change.new for change in page.policy.newest_text("sv").changes] == ["P48M"]


def test_a_translation_of_what_was_replaced_does_not_release_it(
    page: PolicyPage, locale_en: Any, home_en: Page, editor: Any, django_capture_on_commit_callbacks: Any
) -> None:
    publish_policy(changed(page, duration="P36M"), summary="Vi sparar längre.")
    translation = hand_over(page, locale_en)
    publish_policy(changed(page, duration="P48M"), summary="Vi sparar längre.")
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(user=editor, publish=True)
    assert (numbers(page), pending(page)) == ([1], ["sv"])


def test_going_back_to_what_is_in_force_lets_nothing_wait(page: PolicyPage) -> None:
    publish_policy(changed(page, duration="P36M"), summary="Vi sparar längre.")
    publish_policy(changed(page, duration="P24M"))
    assert (numbers(page), pending(page)) == ([1], [])


def test_a_correction_of_wording_waits_for_nobody(page: PolicyPage) -> None:
    publish_policy(changed(page, words="Vi säljer bröd!"), materiality=Materiality.EDITORIAL, reason="Stavfel.")
    assert (numbers(page), pending(page)) == ([1, 2], [])


def test_a_first_version_waits_for_nobody(root: Page) -> None:
    page = draft(root)
    page.save_revision().publish()
    assert numbers(page) == [1]


def test_a_translation_kept_by_hand_releases_it_too(page: PolicyPage, home_en: Page, locale_en: Any) -> None:
    publish_policy(changed(page, duration="P36M"), summary="Vi sparar längre.")
    english = PolicyPage(
        title="Privacy policy", slug="privacy", locale=locale_en, translation_key=page.translation_key, live=False
    )
    english.body = body(duration="P36M", title=ENGLISH["Leverera din order"], words="We sell bread.")
    home_en.add_child(instance=english)
    english.save_revision().publish()
    assert [row[:2] for row in texts(page)] == [(1, "sv"), (2, "en"), (2, "sv")]


def test_a_translation_that_needs_no_new_words_is_a_text_of_the_new_version(
    page: PolicyPage, translate: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    translate(page)
    monkeypatch.setitem(ENGLISH, "Vi säljer bröd, varje dag.", "We sell bread.")
    publish_policy(
        changed(page, words="Vi säljer bröd, varje dag."), materiality=Materiality.MINOR, reason="Förtydligat."
    )
    translate(page)
    assert [row[:2] for row in texts(page)] == [(1, "en"), (1, "sv"), (2, "en"), (2, "sv")]
    assert not page.policy.newest_text("en").changes


def test_what_waits_is_not_unrecorded(page: PolicyPage) -> None:
    publish_policy(changed(page, duration="P36M"), summary="Vi sparar längre.")
    assert not list(unrecorded())


def test_a_language_no_longer_required_releases_what_waited(
    client: Client, site: Any, editor: Any, page: PolicyPage
) -> None:
    publish_policy(changed(page, duration="P36M"), summary="Vi sparar längre.")
    client.force_login(editor)
    url = reverse("privacy-policies:edit", args=[page.policy.pk])
    settings = {"notice_days": 30, "floor_days": 14, "tells_users": "on", "translation_days": 7}
    assert client.post(url, {**settings, "required_languages": ["en"]}).status_code == 302
    assert numbers(page) == [1]
    assert client.post(url, settings).status_code == 302
    assert (numbers(page), pending(page)) == ([1, 2], [])


def test_a_language_that_the_site_lacks_cannot_be_required(
    client: Client, site: Any, editor: Any, page: PolicyPage
) -> None:
    client.force_login(editor)
    url = reverse("privacy-policies:edit", args=[page.policy.pk])
    settings = {"notice_days": 30, "floor_days": 14, "translation_days": 7, "required_languages": ["xx"]}
    assert client.post(url, settings).status_code == 200
    assert page.policy.required_languages == ["en"]


def test_the_editor_is_told_what_it_waits_for(client: Client, site: Any, editor: Any, page: PolicyPage) -> None:
    client.force_login(editor)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = posted(changed(page, duration="P36M"), action="publish", change_summary="Vi sparar längre.")
    answer = client.post(url, data, follow=True)
    shown = [str(message) for message in answer.context["messages"]]
    assert any("engelska" in message for message in shown)
    assert PendingText.objects.count() == 1
    panel = client.get(reverse("wagtail_privacy:outlook", args=[page.pk])).content.decode()
    assert "engelska" in panel
    assert reverse("wagtail_localize:submit_page_translation", args=[page.pk]) in panel


def test_the_policies_overview_says_what_is_held(client: Client, site: Any, editor: Any, page: PolicyPage) -> None:
    publish_policy(changed(page, duration="P36M"), summary="Vi sparar längre.")
    UserProfile.objects.create(user=editor, preferred_language="en")
    client.force_login(editor)
    assert "held for English" in client.get(reverse("privacy-policies:index")).content.decode()
    shown = client.get(reverse("privacy-policies:inspect", args=[page.policy.pk])).content.decode()
    assert "is held until it is published in English too" in shown
    assert reverse("wagtail_localize:submit_page_translation", args=[page.pk]) in shown
