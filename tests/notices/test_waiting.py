"""Mails in other languages wait for the translation for some time, and are sent once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.users.models import UserProfile

from tests.actions.test_record_version import changed, hand_over, published
from tests.notices.factories import person
from tests.policies import reloaded
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.clock import at, day_of, now
from wagtail_privacy.models import Delivery, Notice, Policy, PolicyPage
from wagtail_privacy.publication.preview import preview_publication
from wagtail_privacy.records.notice import DeliveryState, Reason
from wagtail_privacy.sending.deliver import deliver
from wagtail_privacy.sending.sweep import sweep

pytestmark = pytest.mark.django_db


@pytest.fixture
def translate(root: Page, locale_en: Any, editor: Any, django_capture_on_commit_callbacks: Any) -> Any:
    editor.email = ""  # is not among those who are told
    editor.save()
    root.copy_for_translation(locale_en)

    def publish(page: PolicyPage) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            hand_over(page, locale_en).save_target(user=editor, publish=True)

    return publish


@pytest.fixture
def page(root: Page, site: Any, translate: Any) -> PolicyPage:
    """A policy in Swedish and English, with a reader of each."""
    page = published(root)
    translate(page)
    person("anna", "sv")
    person("bob", "en")
    return reloaded(page)


def change(page: PolicyPage, **answers: Any) -> Notice:
    """Announce a change with a new sentence, which cannot be announced without a translation."""
    publish_policy(changed(page, title="Sälja vidare dina uppgifter"), summary="Vi säljer uppgifter.", **answers)
    notice = Notice.objects.get()
    deliver(notice.pk)
    return notice


def told() -> list[str]:
    return [message.to[0] for message in mail.outbox]


def test_the_editor_sees_beforehand_who_would_wait(page: PolicyPage) -> None:
    waiting_readers = preview_publication(changed(page, duration="P36M")).waiting_readers
    assert (waiting_readers.count, waiting_readers.day) == (1, day_of(now() + timedelta(days=7)))
    Policy.objects.update(translation_days=0)
    assert preview_publication(changed(reloaded(page), duration="P36M")).waiting_readers is None


def test_nobody_would_wait_for_a_language_that_is_required(page: PolicyPage) -> None:
    Policy.objects.update(required_languages=["en"])
    assert preview_publication(changed(reloaded(page), duration="P36M")).waiting_readers is None


def test_the_text_in_their_language_ends_the_wait(page: PolicyPage, translate: Any, monkeypatch: Any) -> None:
    change(page)
    assert told() == ["anna@example.org"]
    monkeypatch.setitem(hand_over.__globals__["ENGLISH"], "Sälja vidare dina uppgifter", "Sell your data on")
    monkeypatch.setitem(hand_over.__globals__["ENGLISH"], "Vi säljer uppgifter.", "We sell data.")
    translate(page)
    deliver(Notice.objects.get().pk)
    assert told() == ["anna@example.org", "bob@example.org"]
    assert "We sell data." in mail.outbox[1].body


def test_after_the_set_time_they_are_told_in_the_original_s_language(page: PolicyPage) -> None:
    notice = change(page)
    with at(timezone.now() + timedelta(days=7, minutes=1)):
        sweep()
        deliver(notice.pk)
    assert told() == ["anna@example.org", "bob@example.org"]
    body = mail.outbox[1].body
    assert "I regel skriver vi till dig på engelska." in body
    assert "Vi säljer uppgifter." in body
    assert "I regel" not in mail.outbox[0].body


def test_a_text_that_comes_later_mails_nobody_again(page: PolicyPage, translate: Any, monkeypatch: Any) -> None:
    notice = change(page)
    with at(timezone.now() + timedelta(days=8)):
        deliver(notice.pk)
    monkeypatch.setitem(hand_over.__globals__["ENGLISH"], "Sälja vidare dina uppgifter", "Sell your data on")
    translate(page)
    deliver(notice.pk)
    assert len(told()) == 2


def test_a_later_text_says_what_an_earlier_one_would_have_said(
    page: PolicyPage, translate: Any, monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    english = hand_over.__globals__["ENGLISH"]
    first = change(page)
    newest = changed(page, title="Sälja vidare dina uppgifter", duration="P36M")
    with django_capture_on_commit_callbacks(execute=True):
        publish_policy(newest, summary="Vi sparar längre.")
    second = Notice.objects.latest("pk")
    assert first.version.takes_effect_at == second.version.takes_effect_at
    monkeypatch.setitem(english, "Sälja vidare dina uppgifter", "Sell your data on")
    translate(page)
    for notice in (first, second):
        deliver(notice.pk)

    assert told().count("bob@example.org") == 1
    skipped = Delivery.objects.get(notice=first, language="en")
    assert (skipped.state, skipped.error) == (DeliveryState.SKIPPED, Reason.TOLD_LATER)
    body = next(message.body for message in mail.outbox if message.to == ["bob@example.org"])
    assert "/compare/1/3/" in body, "Version 2 has no text in English."
    first.refresh_from_db()
    assert first.finished_at


def test_what_takes_effect_earlier_is_told_when_its_text_will_not_come(
    page: PolicyPage, translate: Any, monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    first = change(page)
    later = day_of(now()) + timedelta(days=60)
    with django_capture_on_commit_callbacks(execute=True):
        publish_policy(changed(page, duration="P36M"), summary="Vi sparar längre.", takes_effect_on=later)
    monkeypatch.setitem(hand_over.__globals__["ENGLISH"], "Sälja vidare dina uppgifter", "Sell your data on")
    translate(page)
    deliver(first.pk)

    assert Delivery.objects.get(notice=first, language="en").state == DeliveryState.SENT
    assert told().count("bob@example.org") == 2


def test_nobody_waits_into_the_shortest_notice_period(page: PolicyPage) -> None:
    Policy.objects.update(translation_days=100)
    notice = change(page)
    waiting = Delivery.objects.get(notice=notice, language="en")
    lawful = notice.version.takes_effect_at - timedelta(days=14)
    assert waiting.due_at == lawful


def test_a_policy_that_waits_for_nothing_tells_all_at_once(page: PolicyPage) -> None:
    Policy.objects.update(translation_days=0)
    change(page)
    assert set(told()) == {"anna@example.org", "bob@example.org"}


def test_a_notice_is_not_finished_while_somebody_waits(page: PolicyPage) -> None:
    notice = change(page)
    notice.refresh_from_db()
    assert notice.finished_at is None


def test_a_translator_is_told_how_many_wait(page: PolicyPage, locale_en: Any, client: Client, editor: Any) -> None:
    change(page)
    hand_over(page, locale_en)
    UserProfile.objects.create(user=editor, preferred_language="en")
    client.force_login(editor)
    english = page.get_translation(locale_en)
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[english.pk]))
    said = [str(message) for message in answer.context["messages"]]
    assert any(sentence.startswith("1 person waits") for sentence in said)
