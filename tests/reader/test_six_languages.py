"""Pages and mails in each language that the interface speaks: nothing of another one shows through."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from django.test import Client
from django.test.utils import override_settings
from wagtail.models import Locale, Page

from tests.foreign import LANGUAGES, foreign, foreign_in
from tests.reader.site import APRIL, EARLIER, FIRST_OF_JUNE, MARCH, MAY, announce, block, draft, publish, purpose, text
from wagtail_privacy.actions.postpone import change_day
from wagtail_privacy.actions.withdraw import withdraw
from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.clock import at
from wagtail_privacy.models import Notice, PolicyPage, Version
from wagtail_privacy.notices.audience import RegisteredUsers
from wagtail_privacy.notices.message import RenderedMails

ROUTES = (
    "",
    "history/",
    "upcoming/",
    "versions/1/",
    "versions/2/",
    "compare/1/3/",
    "changes-since/1/",
    "on/2026-05-04/",
)


class Said(NamedTuple):
    title: str
    purpose: str
    starts: str
    heading: str
    body: str
    summary: str


SAID = {
    "sv": Said(
        "Integritetspolicy", "Leverera din order", "leveransen", "Om oss", "Vi säljer cyklar.", "Vi sparar längre."
    ),
    "en": Said(
        "Privacy policy", "Deliver your order", "the delivery", "About us", "We sell bikes.", "We keep it longer."
    ),
    "fi": Said(
        "Tietosuojaseloste", "Tilauksesi toimitus", "toimitus", "Meistä", "Myymme pyöriä.", "Säilytämme kauemmin."
    ),
    "nb": Said(
        "Personvernerklæring", "Levere varene", "leveringen", "Om oss", "Vi selger sykler.", "Vi lagrer lenger."
    ),
    "da": Said("Privatlivspolitik", "Levere varerne", "leveringen", "Om os", "Vi sælger cykler.", "Vi gemmer længere."),
    "de": Said("Datenschutzerklärung", "Ware liefern", "Lieferung", "Über uns", "Räder.", "Längere Speicherung."),
}
#: Arabic, which is written from right to left, has no catalogue of ours.
SAID["ar"] = Said("سياسة الخصوصية", "توصيل طلبك", "التوصيل", "من نحن", "نبيع الدراجات.", "نحتفظ بها لمدة أطول.")
SITE = [(code, code) for code in SAID]


@pytest.fixture(autouse=True)
def six(site: Any) -> Any:
    with override_settings(LANGUAGES=SITE, WAGTAIL_CONTENT_LANGUAGES=SITE):
        yield


def published(root: Page, language: str) -> PolicyPage:
    """A policy with a first version, a correction of language and an announced change that touches much."""
    said = SAID[language]
    locale, _ = Locale.objects.get_or_create(language_code=language)
    home = root if language == "sv" else root.copy_for_translation(locale, alias=True)
    page = draft(home, *blocks(said), title=said.title, slug=f"policy-{language}")
    page = publish(page, moment=MARCH)
    page = publish(page, *blocks(said, body=f"{said.body[:-1]}!"), moment=MARCH + timedelta(days=3))
    return announce(page, *blocks(said, longer=True), moment=APRIL, on=FIRST_OF_JUNE, summary=said.summary)


def blocks(said: Said, body: str = "", *, longer: bool = False) -> list[Any]:
    """One of each block that shows words of ours; ``longer`` adds data, rights, a transfer and a storage period."""
    rights = [{"type": "item", "id": _id(n), "value": {"right": code}} for n, code in enumerate(("access", "erasure"))]
    added = [
        block("rights", _id(10), rights=rights, response_time="P1M", free=True),
        block("automated_decisions", _id(11), in_use="yes", ground="art6_1_a"),
        block("change_notice", _id(12)),
        block("children", _id(13), age_limit=16),
    ]
    return [
        purpose(title=said.purpose, duration="P36M" if longer else "P24M", starts=said.starts, provision="contractual"),
        text(said.heading, f"<p>{body or said.body}</p>"),
        block("complaint", EARLIER, authority="SE"),
        *(added if longer else []),
    ]


def _id(number: int) -> str:
    return f"44444444-4444-4444-8444-{number:012}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_wholly_in_its_language(root: Page, client: Client, language: str) -> None:
    page = published(root, language)

    with at(MAY):
        for route in ROUTES:
            response = client.get(page.url + route, follow=True)
            said = response.content.decode()

            assert response.status_code == 200, route
            assert f'<html lang="{language}"' in said
            assert foreign(said, "") == set(), route


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mail_is_wholly_in_its_language(root: Page, language: str) -> None:
    version = Version.objects.get(policy=published(root, language).policy, materiality=Materiality.MATERIAL)
    with at(MAY):
        change_day(version, FIRST_OF_JUNE + timedelta(days=20), reason="test")
        withdraw(version, reason="test")
    notices = list(Notice.objects.filter(version=version))

    assert len(notices) == 3
    for notice in notices:
        message = RenderedMails(version, RegisteredUsers(version.policy).why, notice)[language].for_person("Kim Ek")
        assert foreign_in([message.subject, *message.text.splitlines()], language) == set()
        assert foreign(message.html, "") == set()
        assert f'<html lang="{language}"' in message.html


def test_arabic_is_written_from_right_to_left(root: Page, client: Client) -> None:
    page = published(root, "ar")
    version = Version.objects.get(policy=page.policy, materiality=Materiality.MATERIAL)

    with at(MAY):
        said = client.get(page.url).content.decode()
    mail = RenderedMails(version, RegisteredUsers(version.policy).why)["ar"].for_person("Kim Ek").html

    assert '<html lang="ar" dir="rtl">' in said
    assert '<div class="privacy" lang="ar" dir="rtl">' in said
    # The plugin has no words in Arabic: those of the mail are Swedish, and the summary among them is marked.
    assert '<html lang="sv" dir="ltr">' in mail
    assert 'class="summary words" lang="ar" dir="rtl"' in mail
    assert "border-right: 4px" in mail
    assert "border-left" not in mail


def test_other_languages_are_written_from_left_to_right(root: Page, client: Client) -> None:
    with at(MAY):
        said = client.get(published(root, "fi").url).content.decode()

    assert '<html lang="fi" dir="ltr">' in said
    assert "rtl" not in said
