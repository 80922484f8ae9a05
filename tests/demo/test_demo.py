"""The demo holds what it promises: five policies with real histories, in all its languages, and everyone told.

It speaks as many of them as the site has: two on the tests' site, three with ``--ds=tests.demo.settings``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from wagtail.models import Revision

from example_site.demo.load import SPOKEN, TARGETS, load
from example_site.demo.people import USERS
from example_site.demo.policies import STORIES
from example_site.demo.story import Phrase, Story
from example_site.mailbox.models import Mail
from tests.foreign import foreign, foreign_in
from tests.seeds.seed import SEEDS
from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.models import Policy, PolicyPage, Version
from wagtail_privacy.policy.kinds import KINDS

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("demo"), pytest.mark.django_db]

each_story = pytest.mark.parametrize("story", STORIES, ids=[story.slug.en for story in STORIES])


def policy_of(story: Story) -> Policy:
    return Policy.objects.get(translation_key=page_of(story, "sv").translation_key)


def page_of(story: Story, language: str) -> PolicyPage:
    return PolicyPage.objects.get(slug=getattr(story.slug, language), locale__language_code=language)


@each_story
def test_every_version_is_of_the_class_that_the_story_means(story: Story) -> None:
    versions = list(policy_of(story).versions.all())

    assert len(versions) >= 5
    assert [version.materiality or None for version in versions] == [None, *(later.is_ for later in story.later)]
    assert [version.proposed_materiality for version in versions] == [version.materiality for version in versions]
    assert {Materiality.EDITORIAL, Materiality.MINOR, Materiality.MATERIAL} <= {later.is_ for later in story.later}


@each_story
def test_a_material_version_is_in_force_and_another_announced(story: Story) -> None:
    policy, today = policy_of(story), timezone.now()

    in_force, announced = policy.version_in_force(today), list(policy.versions.announced(today))

    assert in_force is not None
    assert in_force.materiality == Materiality.MATERIAL
    assert [version.number for version in announced] == [in_force.number + 1]
    assert announced[0].materiality == Materiality.MATERIAL
    assert timedelta(days=20) < announced[0].takes_effect_at - today < timedelta(days=30)


@each_story
def test_every_version_says_the_same_in_all_languages(story: Story) -> None:
    for version, (publication, _said) in zip(policy_of(story).versions.all(), story.publications(), strict=True):
        texts = [version.text(language) for language in SPOKEN]

        assert [text.carried_over for text in texts if text] == [False for _ in SPOKEN]
        assert len({text.snapshot.facts_digest for text in texts if text}) == 1
        assert tuple(text.title for text in texts if text) == story.title[: len(SPOKEN)]
        assert tuple(text.summary for text in texts if text) == publication.summary[: len(SPOKEN)]


@pytest.mark.parametrize("language", TARGETS)
@each_story
def test_the_other_pages_are_translations_that_editors_manage(story: Story, language: str) -> None:
    assert page_of(story, language).is_managed_translation()


@each_story
def test_wagtails_own_history_tells_the_same_days(story: Story) -> None:
    page = page_of(story, "sv")
    days = sorted(revision.created_at.date() for revision in Revision.objects.for_instance(page))

    assert days == [version.published_at.date() for version in policy_of(story).versions.all()]
    assert page.first_published_at.date() == days[0]


@pytest.mark.parametrize("person", USERS, ids=[person.username for person in USERS])
def test_everyone_was_told_of_each_material_version_in_their_language(person: Any) -> None:
    language = person.language if person.language in SPOKEN else "sv"
    mails = Mail.objects.filter(recipient=person.email)
    material = Version.objects.filter(materiality=Materiality.MATERIAL)

    assert mails.count() == material.count() == 10
    assert {mail.language for mail in mails} == {language}
    assert {mail.sent_at.date() for mail in mails} == {version.published_at.date() for version in material}
    for mail in mails:
        assert foreign_in([mail.subject, *mail.text.splitlines()], language) == set()
        assert foreign(mail.html, "") == set()
        assert f'<html lang="{language}"' in mail.html


def test_twenty_users_read_three_languages_and_one_chose_none() -> None:
    people = get_user_model().objects.filter(wagtail_userprofile__isnull=False, is_staff=False).exclude(email="")

    assert len(USERS) == 20
    assert people.count() == 19
    assert {person.language for person in USERS} == {"sv", "en", "fi", ""}


def test_every_kind_of_section_is_used() -> None:
    used = {
        section.kind
        for version in Version.objects.all()
        for section in version.text("sv").snapshot.walk()  # type: ignore[union-attr]
    }

    assert set(KINDS) - used == {"other"}, "Only blocks that are not ours are of the kind “other”."


@pytest.mark.parametrize("language", SPOKEN)
@each_story
def test_pages_are_wholly_in_one_language(story: Story, language: str, client: Client) -> None:
    page = page_of(story, language)
    newest = policy_of(story).newest_version()
    assert newest is not None
    routes = ["", "history/", "upcoming/", f"versions/{newest.number}/", f"compare/1/{newest.number}/"]

    for route in routes:
        response = client.get(page.get_url() + route)

        assert response.status_code == 200
        assert foreign(response.content.decode(), "") == set(), route
        assert f'<html lang="{language}"' in response.content.decode()


@pytest.mark.parametrize("language", SPOKEN)
def test_the_home_page_lists_the_five(language: str, client: Client) -> None:
    said = client.get(_root(language)).content.decode()

    assert all(getattr(story.title, language) in said for story in STORIES)
    assert foreign(said, "") == set()


@pytest.mark.parametrize("language", SPOKEN)
def test_the_mailbox_is_wholly_in_its_language(language: str, client: Client) -> None:
    inbox = client.get(f"{_root(language)}mailbox/").content.decode()
    mails = [Mail.objects.filter(language=language).first() for language in SPOKEN]

    assert foreign(inbox, "") == set()
    for mail in mails:
        assert mail is not None
        said = client.get(f"{_root(language)}mailbox/{mail.pk}/").content.decode()
        assert foreign(said, "") == set()


def test_public_pages_have_a_strict_policy_for_what_they_may_load(client: Client) -> None:
    response = client.get("/kollegiet/")

    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", response.content.decode()) is None


def test_a_second_load_adds_nothing() -> None:
    before = counts()
    published: list[str] = []

    load(report=published.append)

    assert published == []
    assert counts() == before


def test_a_load_that_was_stopped_goes_on_where_it_was() -> None:
    story = replace(STORIES[-1], slug=Phrase("avbruten", "interrupted", "keskeytynyt"))
    with patch("example_site.demo.load.deliver", side_effect=OSError), pytest.raises(OSError):
        load([story], report=lambda line: None)
    sent = Mail.objects.count()

    load([story], report=lambda line: None)

    assert [version.materiality for version in policy_of(story).versions.all()] == [
        version.materiality for version in policy_of(STORIES[-1]).versions.all()
    ]
    assert Mail.objects.count() == sent + 2 * len(USERS)


def test_nothing_is_copied_from_the_real_policies() -> None:
    if not SEEDS.is_dir():
        pytest.skip("needs the real policies beside the repository")
    real = {run for path in SEEDS.glob("*.txt") for run in runs_of_words(path.read_text())}

    for story in STORIES:
        for _publication, policy in story.publications():
            for part in policy.walk():
                said = " ".join(text.sv for text in part.values.values() if isinstance(text, Phrase))
                assert real.isdisjoint(runs_of_words(said)), part.name


def _root(language: str) -> str:
    return "/" if language == "sv" else f"/{language}/"


def counts() -> tuple[int, ...]:
    return tuple(model._default_manager.count() for model in (Version, Revision, Mail, PolicyPage))


def runs_of_words(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"\w+", re.sub(r"<[^>]+>", " ", text).lower())
    return (tuple(words[n : n + 12]) for n in range(len(words) - 11))
