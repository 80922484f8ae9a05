"""The mail of a publication, shown to its editor beforehand, and who would get it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from tests.notices.factories import person
from tests.policies import draft, reloaded
from tests.publication.test_form import permitted, write
from wagtail_privacy.admin import mail_views
from wagtail_privacy.models import Policy, PolicyPage
from wagtail_privacy.notices.addresses import address_hash
from wagtail_privacy.publication.dry_run import preview_audience
from wagtail_privacy.records.notice import Suppression, SuppressionReason

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


@pytest.fixture
def page(root: Page) -> PolicyPage:
    """A policy with a draft that keeps data for longer."""
    new = draft(root)
    new.save_revision().publish()
    page = write(reloaded(new), duration="P36M")
    page.save_revision()
    return page


@pytest.fixture
def admin(client: Client, editor: Any) -> Client:
    cache.clear()
    client.force_login(editor)
    return client


def address(page: Page, name: str = "mail", *language: str) -> str:
    return reverse(f"wagtail_privacy:{name}", args=[page.pk, *language])


def test_the_editor_sees_the_mail_in_each_language(admin: Client, page: PolicyPage) -> None:
    response = admin.get(address(page))
    framed = admin.get(address(page, "mail_as_html", "sv"))

    assert [(each["code"], each["message"].language) for each in response.context["mails"]] == [
        ("sv", "sv"),
        ("en", "sv"),  # The policy has never been in English.
    ]
    assert "36 månader" in framed.content.decode()
    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    assert "default-src 'none'" in framed["Content-Security-Policy"]
    assert admin.get(address(page, "mail_as_html", "de")).status_code == 404


def test_a_draft_that_tells_nobody_has_no_mail(admin: Client, page: PolicyPage) -> None:
    write(page, duration="P24M").save_revision()

    assert admin.get(address(page)).context["mails"] == []
    assert admin.get(address(page, "mail_as_html", "sv")).status_code == 404


def test_sends_a_test_to_the_editor_and_to_nobody_else(admin: Client, page: PolicyPage) -> None:
    person("anna", "sv")

    assert admin.get(address(page, "test_mail", "sv")).status_code == 405
    response = admin.post(address(page, "test_mail", "sv"), {"to": "anna@example.org"}, follow=True)

    (test,) = mail.outbox
    assert test.to == ["editor@example.org"]
    assert test.subject.startswith("Prov: Ändringar i ") or test.subject.startswith("Test: Ändringar i ")
    assert "36 månader" in test.body
    assert [message.level_tag for message in response.context["messages"]] == ["success"]


@pytest.mark.parametrize("obstacle", ["no address", "not in production", "too many"])
def test_says_why_no_test_is_sent(
    admin: Client, editor: Any, page: PolicyPage, settings: Any, monkeypatch: pytest.MonkeyPatch, obstacle: str
) -> None:
    if obstacle == "no address":
        get_user_model().objects.filter(pk=editor.pk).update(email="")
    elif obstacle == "not in production":
        settings.WAGTAIL_PRIVACY_ALLOWED_ADDRESSES = ["somebody@example.org"]
    else:
        monkeypatch.setattr(mail_views, "TESTS_AN_HOUR", 0)

    response = admin.post(address(page, "test_mail", "sv"), follow=True)

    assert mail.outbox == []
    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_the_mail_is_for_those_who_may_edit_the_page(client: Client, page: PolicyPage, root: Page) -> None:
    stranger = permitted("okänd")
    stranger.groups.first().page_permissions.all().delete()
    client.force_login(stranger)

    ajax = {"x-requested-with": "XMLHttpRequest"}
    assert client.get(address(page), headers=ajax).status_code == 403
    assert client.get(address(page, "mail_as_html", "sv"), headers=ajax).status_code == 403
    assert client.post(address(page, "test_mail", "sv"), headers=ajax).status_code == 403
    assert client.get(address(root), headers=ajax).status_code == 404
    assert mail.outbox == []


# --- The dry run ---


@pytest.fixture
def crowd() -> None:
    """One in each language who would be told; one without an address, one suppressed, one held back."""
    for username, values in {
        "anna": {"language": "sv"},
        "bob": {"language": "en"},
        "silent": {"email": ""},
        "bounced": {},
        "outside": {"email": "outside@example.com"},
    }.items():
        person(username, **values)
    Suppression.objects.create(
        address_hash=address_hash("bounced@example.org"), reason=SuppressionReason.BOUNCED, at="2026-01-01T00:00Z"
    )


@pytest.mark.usefixtures("crowd")
def test_the_dry_run_is_in_the_panel_and_on_the_policys_page(
    admin: Client, editor: Any, page: PolicyPage, settings: Any
) -> None:
    get_user_model().objects.filter(pk=editor.pk).update(is_active=True, email="")
    settings.WAGTAIL_PRIVACY_ALLOWED_ADDRESSES = ["@example.org"]
    policy = Policy.objects.get()

    for where in (
        reverse("wagtail_privacy:outlook", args=[page.pk]),
        reverse("privacy-policies:inspect", args=[policy.pk]),
        reverse("wagtail_privacy:dry_run", args=[policy.pk]),
    ):
        context = admin.get(where).context
        run = (context["people"] if "people" in context else context["outlook"].people).run
        assert run.by_language == {"en": 1, "sv": 1}, where
        assert (run.without_address, run.suppressed, run.not_allowed) == (2, 1, 1), where
    assert mail.outbox == []


@pytest.mark.usefixtures("crowd")
def test_of_many_people_only_the_number_is_asked_while_the_editor_waits(page: PolicyPage) -> None:
    policy = Policy.objects.get()

    assert preview_audience(policy).is_exact
    many = preview_audience(policy, limit=3)
    assert not many.is_exact
    assert many.run.by_language == {"sv": 3, "en": 1}
    assert many.left_out == 0


def test_the_dry_run_is_for_those_who_may_see_policies(client: Client, page: PolicyPage) -> None:
    client.force_login(permitted("okänd"))

    where = reverse("wagtail_privacy:dry_run", args=[Policy.objects.get().pk])
    assert client.get(where, headers={"x-requested-with": "XMLHttpRequest"}).status_code == 403
