"""The text of a page behind a view restriction is lent to no page of another language, but to who may read it there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext, override_settings
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from wagtail.models import Locale, Page, PageViewRestriction

from tests.reader.site import APRIL, FIRST_OF_JUNE, JUNE, MARCH, MAY, draft, publish, purpose, text, translate, visible
from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.clock import at
from wagtail_privacy.models import PolicyPage
from wagtail_privacy.reader.cache import clear_caches
from wagtail_privacy.reader.titles import with_title_in_force
from wagtail_privacy.reader.visit import Visit

pytestmark = [pytest.mark.usefixtures("site"), pytest.mark.urls("tests.reader.api_urls")]
SITE = [("sv", "svenska"), ("en", "English"), ("fi", "suomi")]
LANGUAGES = ("sv", "en", "fi")
ROUTES = (
    "",
    "history/",
    "versions/1/",
    "versions/2/",
    "versions/3/",
    "compare/1/2/",
    "compare/2/3/",
    "changes-since/1/",
    "on/2026-05-04/",
    "on/2026-06-10/",
    "upcoming/",
    "history/feed/",
    "data/json/",
)
KINDS = (PageViewRestriction.LOGIN, PageViewRestriction.GROUPS, PageViewRestriction.PASSWORD)


@dataclass(frozen=True)
class Case:
    """Which languages have a text of versions 2 and 3, which pages are restricted and how, who reads, and when."""

    translated: frozenset[tuple[str, int]]
    restricted: dict[str, str]
    above: bool
    unpublished: bool
    may_read: bool
    prevailing: str
    moment: Any

    def lent(self) -> set[str]:
        return set(LANGUAGES) - (set() if self.may_read else set(self.restricted))


CASES = st.builds(
    Case,
    translated=st.frozensets(st.sampled_from(list(product(("en", "fi"), (1, 2, 3))))),
    restricted=st.dictionaries(st.sampled_from(("sv", "fi")), st.sampled_from(KINDS), min_size=1),
    above=st.booleans(),
    unpublished=st.booleans(),
    may_read=st.booleans(),
    prevailing=st.sampled_from(["original", "fi", "en"]),
    moment=st.sampled_from([MAY, JUNE]),
)


def marked(language: str, number: int) -> list[Any]:
    """A body whose every word names its language and version."""
    word = mark(language, number)
    return [
        purpose(title=f"Purpose {word}", starts=f"starts {word}", duration=f"P{number}M"),
        text(f"Heading {word}", f"<p>Body {word}.</p>"),
    ]


def mark(language: str, number: int) -> str:
    return f"zz{language}{number}"


def languages_said(said: str) -> set[str]:
    return {language for language in LANGUAGES if f"zz{language}" in said}


def policy(root: Page, case: Case) -> PolicyPage:
    """The English page, which is public, of a policy whose third version is announced for June."""
    for code in ("fi", "en"):
        # No aliases, which have the restrictions of their originals and none of their own.
        locale, _ = Locale.objects.get_or_create(language_code=code)
        root.copy_for_translation(locale).save_revision().publish()
    swedish = draft(root, *marked("sv", 1), title=f"Title {mark('sv', 1)}")
    english = None
    for number, moment in ((1, MARCH), (2, APRIL), (3, APRIL + timedelta(days=1))):
        swedish.title = f"Title {mark('sv', number)}"
        answers: dict[str, Any] = {"materiality": Materiality.MATERIAL, "summary": f"Summary {mark('sv', number)}"}
        answers["takes_effect_on"] = FIRST_OF_JUNE if number == 3 else None
        swedish = publish(swedish, *marked("sv", number), moment=moment, reason="Test.", **answers)
        for code in ("en", "fi"):
            if (code, number) in case.translated:
                other, _ = Locale.objects.get_or_create(language_code=code)
                translate(swedish, other, *marked(code, number), title=f"Title {mark(code, number)}", moment=moment)
    english = PolicyPage.objects.filter(translation_key=swedish.translation_key, locale=locale).first()
    if english is None:
        # Live without a text of its own.
        english = swedish.copy_for_translation(locale, copy_parents=True)
        english.title = "Own title"
        PolicyPage.objects.filter(pk=english.pk).update(live=True, title="Own title")
    return PolicyPage.objects.get(pk=english.pk)


def restrict(case: Case, english: PolicyPage, client: Client) -> None:
    """Restrict the pages of the case, or what stands above them; ``client`` may read them if the case says so."""
    group = Group.objects.create(name="readers")
    user = get_user_model().objects.create_user("reader", "reader@example.org", "reader")
    if case.may_read:
        user.groups.add(group)
        client.force_login(user)
    passed = []
    for page in PolicyPage.objects.filter(translation_key=english.translation_key).exclude(pk=english.pk):
        kind = case.restricted.get(page.locale.language_code)
        if kind is None:
            continue
        where = page.get_parent() if case.above else page
        restriction = PageViewRestriction.objects.create(page=where, restriction_type=kind, password="hemligt")
        restriction.groups.add(group)
        passed.append(restriction.pk)
        if case.unpublished:
            page.unpublish()
    if case.may_read:
        session = client.session
        session[PageViewRestriction.passed_view_restrictions_session_key] = passed
        session.save()


def surfaces(client: Client, page: PolicyPage) -> Iterator[tuple[str, str]]:
    """All that this visitor meets of ``page``, with its address."""
    for route in ROUTES:
        response = client.get(page.url + route, follow=True)
        assert response.status_code in (200, 404), route
        yield route, response.content.decode()
        yield f"{route} Link", response.headers.get("Link", "")
    yield "api", client.get(f"/api/pages/{page.pk}/?fields=*").content.decode()


def public_surfaces(page: PolicyPage) -> Iterator[tuple[str, str]]:
    """What is said of ``page`` where nobody asks: in menus and in the search index."""
    page = PolicyPage.objects.get(pk=page.pk)
    yield "title", page.title_in_force
    yield "titles", with_title_in_force(Page.objects.filter(pk=page.pk)).get().title_in_force
    yield "search", " ".join(page.search_value(name) for name in ("title", "words_in_force"))
    found = page.text_in_force()
    yield "text", json.dumps(found.content(), default=str) if found else ""


@pytest.mark.slow
@hypothesis_settings(
    deadline=None,
    max_examples=8,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    report_multiple_bugs=False,
)
@given(case=CASES)
def test_nothing_shows_a_text_that_its_own_page_would_not_show_to_the_same_visitor(root: Page, case: Case) -> None:
    with (
        transaction.atomic(),
        override_settings(
            LANGUAGES=SITE, WAGTAIL_CONTENT_LANGUAGES=SITE, WAGTAIL_PRIVACY_PREVAILING_LANGUAGE=case.prevailing
        ),
    ):
        clear_caches()
        client = Client()
        english = policy(root, case)
        # Who comes first may read all: what was kept for them is not for the others.
        superuser = Client()
        superuser.force_login(get_user_model().objects.create_superuser("all", "all@example.org", "all"))
        restrict(case, english, client)
        with at(case.moment):
            list(surfaces(superuser, english))
            assert client.get(english.url).status_code == 200
            shown = dict(surfaces(client, english))
            public = dict(public_surfaces(english))
        for name, said in shown.items():
            assert languages_said(said) <= case.lent(), (name, said)
        for name, said in public.items():
            assert languages_said(said) <= set(LANGUAGES) - set(case.restricted), (name, said)
        assert ("sv" in case.lent()) <= bool(languages_said(shown[""])), "what may be lent is"
        for entry in json.loads(shown["data/json/"])["versions"]:
            assert entry["language"] is None or entry["language"] in case.lent()
            assert entry["changes"] == [] or entry["language"], "worded from a text that is not lent"
        transaction.set_rollback(True)


@pytest.fixture
def english(root: Page, locale_en: Locale) -> PolicyPage:
    """The public English page of a policy whose second version has a Swedish text alone, behind a password."""
    root.copy_for_translation(locale_en).save_revision().publish()
    swedish = publish(draft(root, *marked("sv", 1)), moment=MARCH)
    english = translate(swedish, locale_en, *marked("en", 1), title="Privacy policy", moment=MARCH)
    publish(swedish, *marked("sv", 2), moment=APRIL, reason="Test.")
    PageViewRestriction.objects.create(page=swedish, restriction_type="password", password="hemligt")
    return english


def pass_restriction(client: Client) -> None:
    session = client.session
    key = PageViewRestriction.passed_view_restrictions_session_key
    session[key] = list(PageViewRestriction.objects.values_list("pk", flat=True))
    session.save()


def test_a_version_that_is_not_lent_is_said_to_have_no_text_in_the_language(
    client: Client, english: PolicyPage
) -> None:
    with at(MAY):
        version, day = (client.get(f"{english.url}{route}") for route in ("versions/2/", "on/2026-05-04/"))
        history, compared = (client.get(f"{english.url}{route}") for route in ("history/", "compare/1/2/"))
    assert "This version has no text in English." in visible(version)
    assert "fault" not in visible(version)
    assert 'lang=""' not in day.content.decode() + version.content.decode()
    assert "This version has no text in English." in visible(history)
    assert "Read version 2" not in visible(history)
    assert "These two versions cannot be compared" in visible(compared)


def test_what_depends_on_who_asks_is_kept_by_nobody_in_between(
    client: Client, english: PolicyPage, settings: Any
) -> None:
    settings.WAGTAIL_PRIVACY_MAX_AGE = 600
    with at(MAY):
        before = client.get(f"{english.url}versions/2/")
        pass_restriction(client)
        after = client.get(f"{english.url}versions/2/", headers={"if-none-match": before["ETag"]})
    assert "zzsv2" not in before.content.decode()
    assert after.status_code == 200
    assert "zzsv2" in after.content.decode()
    for response in (before, after):
        assert "private" in response["Cache-Control"]
        assert "Cookie" in response["Vary"]


def test_asking_whether_pages_are_restricted_takes_no_statement_where_none_is(
    client: Client, english: PolicyPage
) -> None:
    def statements() -> int:
        with at(MAY), CaptureQueriesContext(connection) as queries:
            client.get(english.url)
        return len(queries)

    asked = statements()
    PageViewRestriction.objects.all().delete()
    statements()
    assert statements() < asked
    with CaptureQueriesContext(connection) as queries:
        Visit(RequestFactory().get(english.url), english)
    assert sum("pageviewrestriction" in query["sql"].lower() for query in queries) == 1
