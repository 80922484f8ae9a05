"""What is kept ready made, here and by browsers, is never older than what it was made from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.cache.backends.base import BaseCache
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page, PageViewRestriction

from tests.reader.site import (
    APRIL,
    FIRST_OF_JUNE,
    JUNE,
    MARCH,
    MAY,
    TEXT,
    announce,
    draft,
    publish,
    purpose,
    text,
    translate,
    visible,
)
from wagtail_privacy.actions.correct import correct_summary, correct_wording
from wagtail_privacy.actions.postpone import change_day
from wagtail_privacy.actions.withdraw import withdraw
from wagtail_privacy.clock import at
from wagtail_privacy.models import PolicyPage, Text, Version
from wagtail_privacy.reader.cache import clear_caches

pytestmark = pytest.mark.usefixtures("site")
ROUTES = ["", "history/", "versions/1/", "versions/2/", "compare/1/2/", "upcoming/", "history/feed/", "data/json/"]


@pytest.fixture
def page(root: Page) -> PolicyPage:
    """In force since 2 March; announced on 1 April, from 1 June."""
    about = text("Om oss", "<p>Vi sälljer cyklar.</p>")
    page = publish(draft(root, purpose(), about), moment=MARCH)
    return announce(page, purpose(duration="P36M"), about, moment=APRIL, on=FIRST_OF_JUNE, summary="Längre.")


def read(client: Client, url: str, moment: Any = MAY, **headers: str) -> Any:
    with at(moment):
        return client.get(url, headers=headers)


def announced() -> Version:
    return Version.objects.get(number=2)


def _correct(page: PolicyPage) -> None:
    in_force = Version.objects.get(number=1).text("sv")
    assert in_force
    correct_wording(in_force, TEXT, "body", "<p>Vi säljer cyklar.</p>", reason="Stavfel.", means_the_same=True)


def _publish(page: PolicyPage) -> None:
    publish(page, purpose(duration="P12M"), moment=MAY, materiality="minor", reason="prov")


def _translate(page: PolicyPage) -> None:
    english, _ = Locale.objects.get_or_create(language_code="en")
    translate(page, english, purpose(title="Deliver your order"), title="Privacy policy", moment=MAY)
    # It is of the announced version; the one in force has the same text.
    text = Text.objects.get(language="en")
    text.version, text.pk, text._state.adding = Version.objects.get(number=1, policy=page.policy), None, True
    text.save()


def _rename(page: PolicyPage) -> None:
    page.seo_title = "Om personuppgifter"
    page.save_revision().publish()


ACTS: dict[str, Callable[[PolicyPage], object]] = {
    "a wording corrected": _correct,
    "a summary corrected": lambda page: correct_summary(announced(), "sv", "Vi sparar längre.", reason="Otydligt."),
    "withdrawn": lambda page: withdraw(announced(), reason="Fel."),
    "postponed": lambda page: change_day(announced(), date(2026, 7, 1), reason="Mer tid."),
    "another version": _publish,
    "a translation": _translate,
    "another title for search engines": _rename,
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_whatever_happens_is_read_at_once(
    client: Client, page: PolicyPage, act: Callable[[PolicyPage], object]
) -> None:
    tags = {route: read(client, page.url + route)["ETag"] for route in ROUTES}
    before = {route: read(client, page.url + route).content for route in ROUTES}
    with at(MAY):
        act(page)
    answers = {route: read(client, page.url + route, if_none_match=tags[route]) for route in ROUTES}
    kept = {route: read(client, page.url + route).content for route in ROUTES}
    clear_caches()
    anew = {route: read(client, page.url + route).content for route in ROUTES}
    assert kept == anew
    assert kept[""] != before[""]
    unchanged = {route for route, answer in answers.items() if answer.status_code == 304}
    assert [route for route in unchanged if before[route] != anew[route]] == []


def test_the_clock_alone_makes_it_new_and_old_again(client: Client, page: PolicyPage) -> None:
    tag = read(client, page.url)["ETag"]
    assert read(client, page.url, JUNE, if_none_match=tag).status_code == 200
    assert "36 månader, räknat" in visible(read(client, page.url, JUNE))
    assert read(client, page.url, if_none_match=tag).status_code == 304


def test_another_version_of_the_plugin_makes_it_new(
    client: Client, page: PolicyPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    tags = {route: read(client, page.url + route)["ETag"] for route in ROUTES}
    monkeypatch.setattr("wagtail_privacy.reader.caching.__version__", "99")
    assert {read(client, page.url + route, if_none_match=tag).status_code for route, tag in tags.items()} == {200}


def _site_templates(settings: Any, folder: Path, loaders: list[Any]) -> None:
    (engine,) = settings.TEMPLATES
    options = {**engine["OPTIONS"], "loaders": loaders}
    settings.TEMPLATES = [{**engine, "DIRS": [folder], "APP_DIRS": False, "OPTIONS": options}]


LOADERS = ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"]
OURS = {
    "sections/purposes.html": "EGEN SEKTION",
    "history/entry.html": "EGEN POST",
    "policy/contents.html": "EGEN LISTA",
    "base.html": "EGEN RAM {% block content %}{% endblock %}",
}


@pytest.mark.parametrize("name", OURS)
def test_a_site_s_own_template_is_used_from_the_next_start_on(
    client: Client, page: PolicyPage, settings: Any, tmp_path: Path, name: str
) -> None:
    """A restart creates the engine again; browsers still have the earlier responses."""
    tag = read(client, page.url)["ETag"]
    own = tmp_path / "wagtail_privacy" / name
    own.parent.mkdir(parents=True)
    own.write_text(OURS[name])
    _site_templates(settings, tmp_path, [("django.template.loaders.cached.Loader", LOADERS)])
    response = read(client, page.url, if_none_match=tag)
    assert response.status_code == 200
    assert OURS[name].split(" {%")[0] in response.content.decode()
    assert read(client, page.url, if_none_match=response["ETag"]).status_code == 304


def test_a_broken_template_of_another_address_is_not_in_the_way(
    client: Client, page: PolicyPage, settings: Any, tmp_path: Path
) -> None:
    own = tmp_path / "wagtail_privacy" / "history" / "compare.html"
    own.parent.mkdir(parents=True)
    own.write_text("{% nonsense %}")
    _site_templates(settings, tmp_path, [("django.template.loaders.cached.Loader", LOADERS)])
    assert "24 månader, räknat" in visible(read(client, page.url))


def test_templates_that_are_read_anew_each_time_are_never_outlived(
    client: Client, page: PolicyPage, settings: Any, tmp_path: Path
) -> None:
    own = tmp_path / "wagtail_privacy" / "sections" / "purposes.html"
    own.parent.mkdir(parents=True)
    _site_templates(settings, tmp_path, LOADERS)
    for words in ("ETT", "TVÅ"):
        own.write_text(words)
        response = read(client, page.url)
        assert words in response.content.decode()
        assert not response.has_header("ETag")


def test_a_template_that_the_frame_includes_belongs_to_it(
    client: Client, page: PolicyPage, settings: Any, tmp_path: Path
) -> None:
    settings.WAGTAIL_PRIVACY_BASE_TEMPLATE = "frame.html"
    (tmp_path / "frame.html").write_text('{% include "footer.html" %}{% block content %}{% endblock %}')
    (tmp_path / "footer.html").write_text("FOT 1")
    cached = [("django.template.loaders.cached.Loader", LOADERS)]
    _site_templates(settings, tmp_path, cached)
    tag = read(client, page.url)["ETag"]
    (tmp_path / "footer.html").write_text("FOT 2")
    _site_templates(settings, tmp_path, cached)
    assert "FOT 2" in read(client, page.url, if_none_match=tag).content.decode()


def test_each_language_keeps_its_own_and_leads_to_the_other_where_it_is_now(
    client: Client, page: PolicyPage, locale_en: Locale
) -> None:
    _translate(page)
    english = PolicyPage.objects.get(locale=locale_en)
    for _ in range(2):
        assert "Leverera din order" in visible(read(client, page.url))
        assert "Deliver your order" in visible(read(client, english.url))
    tag = read(client, page.url)["ETag"]
    # Moved, not published: nothing of the policy and no date of the site's pages has changed.
    english.slug = "moved"
    english.save()
    english = PolicyPage.objects.get(pk=english.pk)
    response = read(client, page.url, if_none_match=tag)
    assert f'href="{english.url}"' in response.content.decode()
    english.unpublish()
    assert "/moved/" not in read(client, page.url).content.decode()


def test_two_policies_that_say_the_same_are_two(client: Client, root: Page, page: PolicyPage) -> None:
    other = publish(draft(root, purpose(), slug="annan", title="En annan policy"), moment=MARCH)
    for _ in range(2):
        assert 'href="/annan/history/"' in read(client, other.url).content.decode()
        assert "En annan policy" in visible(read(client, other.url))
        assert "En annan policy" not in visible(read(client, page.url))
    assert read(client, page.url, if_none_match=read(client, other.url)["ETag"]).status_code == 200


def test_an_alias_keeps_its_own_addresses_and_follows_its_original(
    client: Client, root: Page, page: PolicyPage
) -> None:
    elsewhere = root.add_child(instance=Page(title="Kundtjänst", slug="kundtjanst", locale=root.locale))
    alias = page.create_alias(parent=elsewhere)
    tag = read(client, alias.url)["ETag"]
    assert 'href="/kundtjanst/integritet/history/"' in read(client, alias.url).content.decode()
    assert 'href="/integritet/history/"' in read(client, page.url).content.decode()
    _correct(page)
    assert "Vi säljer cyklar." in visible(read(client, alias.url, if_none_match=tag))


def test_who_may_not_read_the_page_is_not_told_that_it_is_unchanged(client: Client, page: PolicyPage) -> None:
    tag = read(client, page.url)["ETag"]
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    response = read(client, page.url, if_none_match=tag)
    assert response.status_code == 302
    assert response.url.startswith(reverse("wagtailcore_login"))


class Broken(BaseCache):
    """A cache server that doesn't answer."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def _refuse(self, *args: Any, **kwargs: Any) -> Any:
        raise ConnectionError("The cache does not answer.")

    get = set = add = delete = touch = get_many = set_many = _refuse


@pytest.mark.parametrize("route", ROUTES)
def test_without_its_cache_the_site_still_shows_the_policy(
    client: Client, page: PolicyPage, settings: Any, route: str
) -> None:
    expected = read(client, page.url + route).content
    url = page.url + route
    settings.CACHES = {"default": {"BACKEND": "tests.reader.test_caching.Broken"}}
    clear_caches()
    response = read(client, url)
    assert response.status_code == 200
    assert response.content == expected
