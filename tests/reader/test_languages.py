"""Each page wholly in its own language; a text in another one is never mixed in."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Locale, Page

from tests.reader.site import (
    APRIL,
    FIRST_OF_JUNE,
    JUNE,
    MARCH,
    MAY,
    announce,
    draft,
    publish,
    purpose,
    text,
    translate,
    visible,
)
from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.clock import at
from wagtail_privacy.models import PolicyPage
from wagtail_privacy.reader.cache import clear_caches

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def swedish(root: Page) -> PolicyPage:
    return publish(draft(root, purpose(), text("Om oss", "<p>Vi säljer cyklar.</p>")), moment=MARCH)


@pytest.fixture
def english(swedish: PolicyPage, locale_en: Locale) -> PolicyPage:
    blocks = (purpose(title="Deliver your order", starts="the delivery"), text("About us", "<p>We sell bicycles.</p>"))
    return translate(swedish, locale_en, *blocks, title="Privacy policy", moment=MARCH)


def longer(page: PolicyPage) -> PolicyPage:
    blocks = (purpose(duration="P36M"), text("Om oss", "<p>Vi säljer cyklar.</p>"))
    return announce(page, *blocks, moment=APRIL, on=FIRST_OF_JUNE, summary="Vi sparar längre.")


def read(client: Client, page: PolicyPage, route: str = "", moment: Any = MAY, **headers: str) -> Any:
    with at(moment):
        return client.get(page.url + route, headers=headers)


SWEDISH = ("Uppdaterad", "gäller", "Ändringshistorik", "räknat från", "Avtal", "artikel", "Innehåll", "månader")
ENGLISH = ("Updated", "applied", "Change history", "counted from", "Contract", "Article", "Contents", "months")


def test_each_page_is_wholly_in_its_language_whatever_the_browser_asks_for(
    client: Client, swedish: PolicyPage, english: PolicyPage
) -> None:
    page = visible(read(client, english, **{"accept-language": "sv"}))
    assert all(word in page for word in ENGLISH)
    assert not [word for word in SWEDISH if word in page]
    page = visible(read(client, swedish, **{"accept-language": "en"}))
    assert all(word in page for word in SWEDISH)
    assert not [word for word in ENGLISH if word in page]


def test_each_page_leads_to_the_same_address_in_the_other_language(
    client: Client, swedish: PolicyPage, english: PolicyPage
) -> None:
    html = read(client, swedish, "versions/1/").content.decode()
    assert f'<a href="{english.url}versions/1/" hreflang="en" lang="en" rel="alternate">English</a>' in html
    response = read(client, english)
    assert f'<a href="{swedish.url}" hreflang="sv" lang="sv" rel="alternate">Svenska</a>' in response.content.decode()
    assert response["Content-Language"] == "en"
    assert '<html lang="en" dir="ltr">' in response.content.decode()
    assert f'<http://testserver{swedish.url}>; rel="alternate"; hreflang="sv"' in response["Link"]


def test_an_address_with_swedish_letters_leads_to_its_like_too(client: Client, root: Page, locale_en: Locale) -> None:
    swedish = publish(draft(root, purpose(), slug="så-här-gör-vi"), moment=MARCH)
    english = translate(swedish, locale_en, purpose(), title="Privacy policy", moment=MARCH)
    response = read(client, swedish, "versions/1/")
    assert f'<http://testserver{swedish.url}versions/1/>; rel="canonical"' in response["Link"]
    assert f'<a href="{english.url}versions/1/" hreflang="en"' in response.content.decode()


def test_changes_are_told_in_the_reader_s_language(
    client: Client, swedish: PolicyPage, english: PolicyPage, locale_en: Locale
) -> None:
    longer(swedish)
    translate(
        swedish,
        locale_en,
        purpose(title="Deliver your order", starts="the delivery", duration="P36M"),
        text("About us", "<p>We sell bicycles.</p>"),
        title="Privacy policy",
        moment=APRIL,
    )
    for route in ("", "history/", "compare/1/2/"):
        assert "from 24 months to 36 months" in visible(read(client, english, route))
        assert "från 24 månader till 36 månader" in visible(read(client, swedish, route))


def test_feed_and_data_say_where_a_version_without_a_text_can_be_read(
    client: Client, swedish: PolicyPage, english: PolicyPage
) -> None:
    longer(swedish)
    versions = read(client, english, "data/json/").json()["versions"]
    assert [(version["number"], version["language"]) for version in versions] == [(2, "sv"), (1, "en")]
    feed = read(client, english, "history/feed/").content.decode()
    assert "This version has no text in English." in feed
    assert "Read version 2 in Swedish" in feed


def test_a_comparison_is_offered_with_the_text_that_the_language_has(
    client: Client, swedish: PolicyPage, english: PolicyPage, locale_en: Locale
) -> None:
    """Version 2 was not translated: the English text of version 3 tells what changed since that of version 1."""
    longer(swedish)
    about = text("Om oss", "<p>Vi säljer cyklar.</p>")
    announce(swedish, purpose(duration="P48M"), about, moment=APRIL, on=FIRST_OF_JUNE, summary="Ännu längre.")
    blocks = (purpose(title="Deliver your order", starts="the delivery", duration="P48M"),)
    blocks += (text("About us", "<p>We sell bicycles.</p>"),)
    translate(swedish, locale_en, *blocks, title="Privacy policy", moment=APRIL)
    html = read(client, english, "history/").content.decode()
    assert f'href="{english.url}compare/1/3/"' in html
    assert f'href="{english.url}compare/2/3/"' not in html
    assert f'href="{swedish.url}compare/2/3/"' in read(client, swedish, "history/").content.decode()
    shown = visible(read(client, english, "versions/3/"))
    assert "from 1 June 2026" in shown


def test_of_several_coming_versions_none_is_said_to_follow_the_one_in_force_but_the_next(
    client: Client, swedish: PolicyPage
) -> None:
    longer(swedish)
    about = text("Om oss", "<p>Vi säljer cyklar.</p>")
    later = FIRST_OF_JUNE.replace(day=20)
    announce(swedish, purpose(duration="P48M"), about, moment=APRIL, on=later, summary="Ännu längre.")
    assert "Fram till dess gäller version 1." in visible(read(client, swedish, "versions/2/"))
    assert "Fram till dess" not in visible(read(client, swedish, "versions/3/"))


def test_a_version_that_is_not_translated_is_shown_as_written_and_marked(
    client: Client, swedish: PolicyPage, english: PolicyPage
) -> None:
    longer(swedish)
    response = read(client, english, "versions/2/")
    html = response.content.decode()
    assert "This version has no text in English. You are reading it in Swedish." in visible(response)
    assert '<h1 lang="sv" dir="ltr">Integritetspolicy</h1>' in html
    body = html[html.index('<div class="privacy-columns" lang="sv" dir="ltr">') :]
    assert "36 månader</strong>, räknat från leveransen" in body
    assert "counted from" not in body
    assert "Vi sparar längre." not in html


def test_its_history_entry_names_the_language_that_has_it(
    client: Client, swedish: PolicyPage, english: PolicyPage
) -> None:
    longer(swedish)
    response = read(client, english, "history/")
    assert "Published 1 April 2026 Version 2 Announced Important change" in visible(response)
    assert "This version has no text in English." in visible(response)
    assert "Read version 2 in Swedish" in visible(response)
    # What the e-mail says of it needs no translator.
    assert "from 24 months to 36 months" in visible(response)
    assert "månader" not in visible(response)


def test_a_translation_left_behind_says_which_version_applies(
    client: Client, swedish: PolicyPage, english: PolicyPage
) -> None:
    longer(swedish)
    shown = visible(read(client, english, moment=JUNE))
    assert "Version 1 Updated 2 March 2026" in shown
    assert (
        "Version 2 has applied since 1 June 2026 and has not been translated into English yet. Read it in Swedish"
        in shown
    )


def test_versions_without_a_common_text_are_compared_in_the_language_that_has_both(
    client: Client, swedish: PolicyPage, english: PolicyPage
) -> None:
    longer(swedish)
    response = read(client, english, "compare/1/2/")
    assert "One of the versions has no text in English. The comparison is of the texts in Swedish." in visible(response)
    compared = response.content.decode().split('<div class="privacy-comparison" lang="sv" dir="ltr">')[1]
    assert "från 24 månader till 36 månader" in compared
    assert "Före" in compared
    assert "Before" not in compared


def test_a_correction_in_the_source_carries_the_translation_over(
    client: Client, swedish: PolicyPage, english: PolicyPage
) -> None:
    mended = (purpose(), text("Om oss", "<p>Vi säljer cyklar!</p>"))
    publish(swedish, *mended, moment=APRIL, materiality=Materiality.EDITORIAL, reason="Skiljetecken.")
    assert "Version 2 Updated 1 April 2026" in visible(read(client, english))
    assert "We sell bicycles." in visible(read(client, english))
    assert "The wording was corrected in another language." in visible(read(client, english, "history/"))


PREVAILS = "If the language versions differ, the text in Swedish prevails."


def test_a_translation_says_which_language_prevails(
    client: Client, swedish: PolicyPage, english: PolicyPage, settings: Any
) -> None:
    response = read(client, english)
    assert PREVAILS in visible(response)
    assert f'<a href="{swedish.url}" hreflang="sv">the text in Swedish</a>' in response.content.decode()
    assert PREVAILS in visible(read(client, english, "versions/1/"))
    assert "gäller den" not in visible(read(client, swedish)).partition("Innehåll")[0]


@pytest.mark.parametrize(("setting", "said"), [("en", "sv"), (None, ""), ("fi", "")])
def test_the_site_decides_which_language_prevails(
    client: Client, swedish: PolicyPage, english: PolicyPage, settings: Any, setting: str | None, said: str
) -> None:
    """One that the policy is not public in can't prevail."""
    settings.WAGTAIL_PRIVACY_PREVAILING_LANGUAGE = setting
    clear_caches()
    pages = {"sv": read(client, swedish), "en": read(client, english)}
    assert [code for code, page in pages.items() if "privacy-prevails" in page.content.decode()] == [said][: len(said)]


def test_a_translation_that_states_other_facts_says_so(client: Client, swedish: PolicyPage, locale_en: Locale) -> None:
    blocks = (purpose(title="Deliver", starts="it", duration="P36M"), text("About us", "<p>We sell bicycles.</p>"))
    english = translate(swedish, locale_en, *blocks, title="Privacy policy", moment=MARCH)
    said = "This translation does not state the same facts as the text in Swedish. Read it in Swedish"
    assert said in visible(read(client, english))
    translate(
        swedish,
        locale_en,
        purpose(title="Deliver", starts="it"),
        text("About us", "<p>We sell bicycles.</p>"),
        title="Privacy policy",
        moment=APRIL,
    )
    assert said not in visible(read(client, english))
