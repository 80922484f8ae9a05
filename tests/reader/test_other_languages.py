"""Pages and mails in languages that the interface doesn't speak: each sentence wholly in one language, and marked."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from babel import Locale as BabelLocale
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from django.test import Client
from django.test.utils import override_settings
from django.urls import clear_url_caches
from django.utils.translation import override
from wagtail.models import Locale, Page

from tests.foreign import foreign, passages
from tests.reader.site import (
    APRIL,
    EARLIER,
    FIRST_OF_JUNE,
    JUNE,
    MARCH,
    MAY,
    announce,
    block,
    draft,
    publish,
    purpose,
    text,
    translate,
)
from wagtail_privacy.actions.correct import correct_summary
from wagtail_privacy.actions.postpone import change_day
from wagtail_privacy.actions.unpublish import unpublish_policy
from wagtail_privacy.actions.withdraw import withdraw
from wagtail_privacy.clock import at
from wagtail_privacy.interface import direction, interface_language
from wagtail_privacy.models import Notice, PolicyPage
from wagtail_privacy.notices.message import RenderedMails
from wagtail_privacy.policy import words
from wagtail_privacy.records.notice import NoticeKind

pytestmark = pytest.mark.usefixtures("site")
ROUTES = (
    "",
    "history/",
    "upcoming/",
    "versions/1/",
    "versions/2/",
    "versions/3/",
    "compare/1/3/",
    "compare/1/2/",
    "changes-since/1/",
    "changes-since/2/",
    "on/2026-05-04/",
    "on/2026-06-04/",
)
#: Words of each language that name all that a text says.
SAID = {
    "fr": "Politique Livraison livraison Entreprise Vélos Résumé Clients Prénom Transporteur Marque Cas",
    "pl": "Polityka Dostawa dostawa Firma Rowery Podsumowanie Klienci Imię Przewoźnik Znak Przypadek",
    "ar": "سياسة توصيل التوصيل شركة دراجات ملخص عملاء اسم ناقل علامة حالة",
}
#: How each joins a list.
LISTED = {"fr": {"et"}, "pl": {"i"}, "ar": {f"و{word}" for word in SAID["ar"].split()} | {"و"}}
LANGUAGES = tuple(SAID)
SITE = [(code, code) for code in ("sv", "en", *LANGUAGES)]


@pytest.fixture(autouse=True, params=["sv", "en"])
def fallback(request: Any, site: Any) -> Any:
    """The site's own language, in which the interface speaks on pages that it has no words for."""
    with override_settings(LANGUAGES=SITE, WAGTAIL_CONTENT_LANGUAGES=SITE, LANGUAGE_CODE=request.param):
        clear_url_caches()  # the site's own language has no prefix in addresses
        yield request.param
    clear_url_caches()


def body(language: str, *, months: int = 24, extra: str = "") -> list[Any]:
    """One of each block that puts words of ours beside the text's own."""
    title, purpose_, starts, heading, prose, _summary, people, name, carrier, mark, case = SAID[language].split()[:11]
    category = {"type": "data_category", "id": _id(1), "value": {"name": name, "description": mark, "special": True}}
    carrier_ = {
        "type": "recipient",
        "id": _id(2),
        "value": {"category": carrier, "role": "processor", "country": "US", "purpose": mark, "condition": case},
    }
    rights = [
        {"type": "item", "id": _id(n + 20), "value": {"right": code, "limits": f"<p>{mark}</p>"}}
        for n, code in enumerate(("access", "objection"))
    ]
    cookies = [
        {"type": "cookie", "id": _id(30 + n), "value": {"name": f"c{n}", "purpose": mark, "duration": "P1Y"}}
        for n in range(2)
    ]
    return [
        purpose(
            title=purpose_,
            duration=f"P{months}M",
            starts=starts,
            provision="contractual",
            data_categories=[category],
            recipients=[carrier_],
            data_subjects=[people, name, mark],
        ),
        text(heading, f"<p>{prose}{extra}</p>"),
        block("complaint", EARLIER, authority="SE", explanation=f"<p>{mark}</p>"),
        block("rights", _id(10), rights=rights, response_time="P1M", free=True),
        block("automated_decisions", _id(11), in_use="yes", ground="art6_1_a"),
        block("change_notice", _id(12)),
        block("children", _id(13), age_limit=16),
        block("cookies", _id(14), cookies=cookies),
    ]


def _id(number: int) -> str:
    return f"44444444-4444-4444-8444-{number:012}"


def published(root: Page, language: str) -> PolicyPage:
    """A first version, a correction of language with its words corrected again, and an announced change."""
    title, *_rest = SAID[language].split()
    summary = SAID[language].split()[5]
    locale, _ = Locale.objects.get_or_create(language_code=language)
    home = root.copy_for_translation(locale, alias=True)
    page = publish(draft(home, *body(language), title=title, slug=f"policy-{language}"), moment=MARCH)
    page = publish(page, *body(language, extra="!"), moment=APRIL.replace(day=2), summary=summary)
    correct_summary(page.policy.newest_version(), language, f"{summary}.", reason="test")
    return announce(page, *body(language, months=36), moment=APRIL.replace(day=3), on=FIRST_OF_JUNE, summary=summary)


def strangers(html: str, language: str, fallback: str) -> list[tuple[str, str]]:
    """Each passage that says anything in another language than the one that it is marked with."""
    own = set(SAID[language].split())
    of_babel = set(_months(language)) - set(_months(fallback))
    found = []
    for code, said in passages(html, ""):
        if re.fullmatch(r"[\W\d_]*|c\d", said):
            continue
        spoken = set(re.findall(r"[^\W\d_]+", said))
        if (code == language and not spoken <= own | LISTED[language]) or (
            code == fallback and spoken & (own | of_babel)
        ):
            found.append((code, said))
        if code not in (language, fallback) and not said.lower().startswith(("svenska", "english")):
            found.append((code, said))
    return found


def _months(language: str) -> list[str]:
    months = BabelLocale.parse(language).months["format"]["wide"]
    return [str(name) for name in months.values()]


def lines_of(data: dict[str, Any]) -> list[str]:
    return [line for version in data["versions"] for line in version["changes"]]


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_wholly_in_the_language_that_it_is_marked_with(
    root: Page, client: Client, language: str, fallback: str
) -> None:
    page = published(root, language)
    for moment in (MAY, JUNE):
        with at(moment):
            for route in ROUTES:
                response = client.get(page.url + route, follow=True)
                said = response.content.decode()
                assert response.status_code == 200, route
                assert f'<html lang="{language}"' in said
                assert strangers(said, language, fallback) == [], route
                assert foreign(said, "") == set(), route
                assert laid_out(said, fallback) == {(direction(language), language == "ar")}, route


def laid_out(html: str, said_in: str) -> set[tuple[str, bool]]:
    """Which way each part in the words of ``said_in`` is laid out, and whether they run the other way."""
    tags = re.findall(rf'<[^>]*lang="{said_in}" dir="(\w+)"([^>]*)>', html)
    return {(written, "data-words" in more) for written, more in tags}


def test_a_text_lent_to_a_page_that_is_written_the_other_way_is_laid_out_as_it_is_written(
    root: Page, client: Client, fallback: str
) -> None:
    page, french = published(root, "ar"), Locale.objects.get_or_create(language_code="fr")[0]
    announced = translate(page, french, *body("fr", months=36), title="Politique", moment=APRIL.replace(day=4))
    with at(MAY):
        said = client.get(announced.url).content.decode()
    assert 'class="privacy" lang="fr" dir="ltr"' in said
    assert f'class="privacy-columns" lang="{fallback}" dir="rtl" data-words="ltr"' in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_feed_and_data_say_in_which_language_they_speak_of_changes(
    root: Page, client: Client, language: str, fallback: str
) -> None:
    page = published(root, language)
    with at(MAY):
        feed = client.get(f"{page.url}history/feed/").content.decode()
        data = client.get(f"{page.url}data/json/").json()
    assert (data["language"], data["said_in"]) == (language, fallback)
    assert f'xml:lang="{fallback}"' in feed
    own, entries = set(SAID[language].split()), ElementTree.fromstring(feed).iter("{http://www.w3.org/2005/Atom}entry")
    for entry in entries:
        said = [entry.findtext(f"{{http://www.w3.org/2005/Atom}}{name}") or "" for name in ("title", "summary")]
        assert not own & set(re.findall(r"[^\W\d_]+", said[0]))
        assert strangers(f'<div lang="{fallback}">{said[1]}</div>', language, fallback) == []
    assert not own & {word for line in lines_of(data) for word in re.findall(r"[^\W\d_]+", line)}


def translated(root: Page, language: str, fallback: str) -> PolicyPage:
    """The page in ``language`` of a policy that is written in the site's: of both the same fact has changed."""
    home = root
    if fallback == "en":
        home = root.copy_for_translation(Locale.objects.get_or_create(language_code="en")[0])
        home.save_revision().publish()
        home.refresh_from_db()
    source = publish(draft(home, purpose(title="Zzz", starts="yyy")), moment=MARCH)
    title, name, starts, *_rest = SAID[language].split()
    locale, _ = Locale.objects.get_or_create(language_code=language)
    translate(source, locale, purpose(title=name, starts=starts), title=title, moment=MARCH)
    publish(source, purpose(title="Zzz", starts="yyy", duration="P36M"), moment=APRIL, reason="test")
    page = translate(source, locale, purpose(title=name, starts=starts, duration="P36M"), title=title, moment=APRIL)
    return page


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_a_text_in_the_site_s_language_changes_are_told_in_that(
    root: Page, client: Client, language: str, fallback: str
) -> None:
    """Wholly, with the names that sections have in it."""
    page = translated(root, language, fallback)
    with at(MAY):
        said, data = client.get(f"{page.url}history/").content.decode(), client.get(f"{page.url}data/json/").json()
    (line,) = lines_of(data)
    assert "Zzz" in line and "36" in line
    assert strangers(said, language, fallback) == []


def without(said: str, *own: str) -> str:
    for words_ in own:
        said = said.replace(words_, "")
    return said


@pytest.mark.parametrize("language", LANGUAGES)
def test_mails_are_wholly_in_the_language_that_they_are_marked_with(root: Page, language: str, fallback: str) -> None:
    page = published(root, language)
    version = page.policy.newest_version()
    with at(MAY):
        change_day(version, FIRST_OF_JUNE.replace(month=7), reason="test")
        withdraw(version, reason="test")
        unpublish_policy(page, tell_people=True)
    title, summary = SAID[language].split()[0], SAID[language].split()[5]
    for kind in NoticeKind.values:
        notice = Notice.objects.get(kind=kind)
        message = RenderedMails(notice.version, lambda: "", notice)[language].for_person("Ada")
        assert message.language == fallback
        assert f'<html lang="{fallback}"' in message.html
        assert title in message.subject and title in message.text
        assert f'lang="{language}"' in message.html
        assert strangers(without(message.html, "Ada"), language, fallback) == [], kind
        assert foreign(without(message.html, "Ada"), "") == set(), kind
        # Plain text and headers have no marks: beside the policy's title and summary, all is in the one language.
        plain = without(f"{message.subject} {message.text}", title, summary)
        assert strangers(f'<p lang="{fallback}">{plain}</p>', language, fallback) == [], kind
        assert foreign(f'<p lang="{fallback}">{plain}</p>', "") == set(), kind


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mail_tells_of_changes_in_the_words_of_the_history(
    root: Page, client: Client, language: str, fallback: str
) -> None:
    """Both in the names that sections have in the language that the changes are told in."""
    page = translated(root, language, fallback)
    notice = Notice.objects.get(kind=NoticeKind.ANNOUNCED)
    message = RenderedMails(notice.version, lambda: "", notice)[language].for_person()
    with at(MAY):
        (line,) = lines_of(client.get(f"{page.url}data/json/").json())
    assert "Zzz" in line and line in message.text
    assert strangers(message.html, language, fallback) == []


@pytest.mark.parametrize(
    ("language", "said_in"),
    [("sv", "sv"), ("sv-fi", "sv-fi"), ("en-us", "en-us"), ("de-at", "de-at"), ("fr", "own"), ("zh-hans", "own")],
)
def test_the_interface_speaks_a_language_that_it_is_translated_into(language: str, said_in: str, fallback: str) -> None:
    assert interface_language(language) == (fallback if said_in == "own" else said_in)


def test_the_interface_speaks_what_a_site_translates_it_into(fallback: str, tmp_path: Path, settings: Any) -> None:
    catalogue = Catalog(locale="fr")
    catalogue.add("Change history", "Historique des modifications")
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "django.mo").open("wb") as file:
        write_mo(file, catalogue)
    settings.LOCALE_PATHS = [*settings.LOCALE_PATHS, tmp_path]
    assert interface_language("fr") == "fr"
    assert interface_language("pl") == fallback
    settings.LANGUAGE_CODE = "pl"
    assert interface_language("pl") == "en"


@pytest.mark.parametrize("language", [*LANGUAGES, "sv", "en"])
def test_days_are_written_as_the_language_writes_them_or_wholly_in_another(language: str, fallback: str) -> None:
    with override(interface_language(language)):
        assert (
            words.day(date(2026, 6, 1))
            == {"sv": "1 juni 2026", "en": "1 June 2026"}[fallback if language in LANGUAGES else language]
        )
    with override(language):
        expected = {"fr": "1 juin 2026", "pl": "1 czerwca 2026", "ar": "1 يونيو 2026"}
        assert words.day(date(2026, 6, 1)) == expected.get(language, words.day(date(2026, 6, 1)))
