"""Editors are told by mail, once each, of a review that is due and of what will be missing, if the site wants it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.users.models import UserProfile

from tests.policies import draft, reloaded
from tests.publication.test_form import permitted
from wagtail_privacy.clock import at, now
from wagtail_privacy.models import Policy, PolicyPage, ReviewReminder
from wagtail_privacy.sending.reminders import remind
from wagtail_privacy.sending.sweep import sweep

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


@pytest.fixture
def wanted(settings: Any) -> None:
    settings.WAGTAIL_PRIVACY_REVIEW_MAILS = True


@pytest.fixture
def page(root: Page) -> PolicyPage:
    """A policy that Lena, who reads Swedish, and John, who reads English, have edited."""
    page = draft(root, words="Vi gör det enligt brödlagen.")
    for name, language in (("lena", "sv"), ("john", "en")):
        user = permitted(name)
        UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
        page.save_revision(user=user)
    page.get_latest_revision().publish()
    return reloaded(page)


def in_days(days: int) -> Any:
    return at(now() + timedelta(days=days))


def test_nobody_is_told_by_default(page: PolicyPage) -> None:
    with in_days(400):
        sweep()
    assert mail.outbox == []


@pytest.mark.usefixtures("wanted")
def test_a_review_that_is_due_is_told_once_to_each_in_their_language(page: PolicyPage) -> None:
    with in_days(300):
        sweep()
    assert mail.outbox == []
    for days in (370, 370, 371, 372):
        with in_days(days):
            sweep()
    told = {message.to[0]: message for message in mail.outbox}
    assert len(mail.outbox) == 2
    assert set(told) == {"lena@example.org", "john@example.org"}
    assert "Somebody should read it again" in told["john@example.org"].body
    assert f"/admin/pages/{page.pk}/edit/#tab-publication" in told["john@example.org"].body
    assert ReviewReminder.objects.count() == 1


@pytest.mark.usefixtures("wanted")
def test_who_has_read_it_is_not_asked_until_the_time_has_passed_again(
    client: Client, page: PolicyPage, editor: Any
) -> None:
    policy = Policy.objects.get()
    client.force_login(editor)
    with in_days(370):
        assert client.post(reverse("wagtail_privacy:reviewed", args=[policy.pk])).status_code == 302
        remind()
    assert mail.outbox == []
    with in_days(740):
        remind()
    assert len(mail.outbox) == 2


@pytest.mark.usefixtures("wanted")
def test_a_basis_that_ends_is_told_once_and_shown(
    client: Client, page: PolicyPage, editor: Any, settings: Any, tmp_path: Any
) -> None:
    ending = now().date() + timedelta(days=20)
    law = tmp_path / "soon.toml"
    law.write_text(
        f'code = "soon"\n[[repealed]]\nname = "Brödlagen"\nnames = ["brödlagen"]\nuntil = {ending}\n'
        'instead = "Bullagen"\n'
    )
    settings.WAGTAIL_PRIVACY_LAW_ADDITIONS = [str(law)]
    for days in (0, 1, 2):
        with in_days(days):
            remind()
    assert len(mail.outbox) == 2
    assert all("Brödlagen" in message.body for message in mail.outbox)
    client.force_login(editor)
    assert "Brödlagen" in client.get(reverse("privacy-policies:index")).content.decode()


@pytest.mark.usefixtures("wanted")
def test_a_mail_that_fails_is_tried_again_the_next_day(page: PolicyPage, monkeypatch: Any) -> None:
    def broken(*args: Any, **kwargs: Any) -> Any:
        raise OSError

    with monkeypatch.context() as patched, in_days(370):
        patched.setattr("wagtail_privacy.sending.reminders.EmailMessage.send", broken)
        remind()
    assert not ReviewReminder.objects.exists()
    with in_days(371):
        remind()
    assert len(mail.outbox) == 2


@pytest.mark.usefixtures("wanted")
def test_never_is_never(page: PolicyPage) -> None:
    Policy.objects.update(review_months=0)
    with in_days(4000):
        remind()
    assert mail.outbox == []


def test_the_overview_counts_in_the_same_few_queries(
    client: Client, root: Page, editor: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(4):
        draft(root, slug=f"p{number}").save_revision().publish()
    client.force_login(editor)
    url = reverse("privacy-policies:index")
    client.get(url)
    with django_assert_max_num_queries(40):
        html = client.get(url).content.decode()
    assert html.count("#tab-publication") == 4
