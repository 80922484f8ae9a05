"""The example site's mailbox: what was sent can be read, and can do no harm."""

from __future__ import annotations

from typing import Any

import django
import pytest
from django.core.mail import EmailMultiAlternatives, send_mail
from django.test import Client

from example_site.mailbox.models import Mail
from tests.notices import factories
from wagtail_privacy.sending.deliver import deliver

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.example.mailbox_urls"), pytest.mark.usefixtures("site")]

BACKEND = "example_site.mailbox.backend.EmailBackend"


@pytest.fixture(autouse=True)
def _mailbox(settings: Any) -> None:
    if django.VERSION >= (6, 1):
        settings.MAILERS = {"default": {"BACKEND": BACKEND}}
    else:
        settings.EMAIL_BACKEND = BACKEND


def told() -> Mail:
    factories.person("anna", "sv", first_name="Anna", last_name="Lind")
    deliver(factories.notice().pk)
    return Mail.objects.get()


def test_keeps_a_notice_as_it_went_out() -> None:
    mail = told()

    assert mail.recipient == "anna@example.org"
    assert mail.subject == "Ändringar i ”Integritetspolicy för Lingonlådan” den 22 december 2026"
    assert mail.language == "sv"
    assert mail.text.startswith("Hej Anna Lind!")
    assert '<html lang="sv"' in mail.html
    assert ("Auto-Submitted", "auto-generated") in mail.headers


def test_takes_any_mail_that_django_sends() -> None:
    send_mail("Lösenord", "Välj ett nytt.", "no-reply@example.org", ["a@example.org", "b@example.org"])

    assert list(Mail.objects.order_by("recipient").values_list("recipient", "subject", "language")) == [
        ("a@example.org", "Lösenord", ""),
        ("b@example.org", "Lösenord", ""),
    ]
    assert Mail.objects.first().text.strip() == "Välj ett nytt."
    assert Mail.objects.first().html == ""


def test_lists_mail_and_filters_by_person(client: Client) -> None:
    mail = told()
    send_mail("Other", "Words", "no-reply@example.org", ["bob@example.org"])

    everyone = client.get("/mailbox/").content.decode()
    annas = client.get("/mailbox/", {"to": "anna@example.org"}).content.decode()

    assert mail.get_absolute_url() in everyone
    assert "Other" in everyone
    assert "Other" not in annas


def test_shows_a_mail_in_a_frame_that_may_do_nothing(client: Client) -> None:
    mail = told()

    page = client.get(mail.get_absolute_url())
    framed = client.get(f"{mail.get_absolute_url()}html/")

    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page.content.decode()
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    policy = framed.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert "sandbox" in policy
    assert framed.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "Hej Anna Lind!" in framed.content.decode()


def test_what_a_mail_says_is_escaped_outside_its_frame(client: Client) -> None:
    mail = EmailMultiAlternatives("<b>bold</b>", "<script>alert(1)</script>", "x@example.org", ["a@example.org"])
    mail.send()

    page = client.get(Mail.objects.get().get_absolute_url()).content.decode()

    assert "<b>bold" not in page
    assert "<script" not in page


def test_speaks_the_language_of_its_address(client: Client) -> None:
    assert '<html lang="sv"' in client.get("/mailbox/").content.decode()
    english = client.get("/en/mailbox/").content.decode()
    assert '<html lang="en"' in english
    assert "No mail has been sent yet." in english


def test_a_mail_that_does_not_exist_is_a_404(client: Client) -> None:
    assert client.get("/mailbox/999/").status_code == 404
    assert client.get("/mailbox/?page=abc").status_code == 200
