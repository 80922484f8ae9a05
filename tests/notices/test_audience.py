"""Who is told, and in which language."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.db.models import QuerySet

from tests.notices import factories
from tests.notices.factories import person
from wagtail_privacy.actions.deliver import deliver
from wagtail_privacy.conf import conf
from wagtail_privacy.notices.addresses import address_hash, is_usable
from wagtail_privacy.notices.audience import Audience, RegisteredUsers, content_language

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


class Customers(Audience):
    """A site's own: everyone whose name begins with a C, all in English, by their log-in."""

    def people(self) -> QuerySet[Any]:
        return get_user_model().objects.filter(username__startswith="c")

    def language(self, user: Any) -> str:
        return "en"

    def name(self, user: Any) -> str:
        return str(user.username)

    def why(self) -> str:
        return "You are a customer."


def test_registered_users_are_the_active_ones_with_an_address() -> None:
    person("anna", "sv")
    person("bob", "en")
    person("left", is_active=False)
    person("silent", email="")
    person("odd", email="not an address")

    audience = RegisteredUsers()

    assert {user.username for user in audience.people()} == {"anna", "bob"}
    assert audience.without_address() == 2


def test_the_dry_run_counts_by_language_in_one_query(django_assert_num_queries: Any) -> None:
    for n, language in enumerate(["sv", "sv", "sv", "en", "", "fr"]):
        person(f"user{n}", language)
    person("regional", "en-gb")

    with django_assert_num_queries(1):
        counted = RegisteredUsers().count_by_language()

    assert counted == {"sv": 5, "en": 2}
    assert Audience.count_by_language(RegisteredUsers()) == counted


@pytest.mark.parametrize(
    ("code", "language"), [("sv", "sv"), ("en", "en"), ("sv-se", "sv"), ("fr", "sv"), ("", "sv"), ("<nonsense>", "sv")]
)
def test_a_person_reads_a_content_language_or_the_sites_default(code: str, language: str) -> None:
    assert content_language(code) == language


def test_a_site_names_its_own_audience(settings: Any) -> None:
    settings.WAGTAIL_PRIVACY_AUDIENCE = "tests.notices.test_audience.Customers"
    person("anna", "sv")
    person("cia", "sv")

    deliver(factories.notice().pk)

    assert conf.AUDIENCE().count_by_language() == {"en": 1}
    assert [message.to for message in mail.outbox] == [["cia@example.org"]]
    assert mail.outbox[0].body.startswith("Hello cia,")
    assert "You are a customer." in mail.outbox[0].body


@pytest.mark.parametrize(
    ("address", "usable"),
    [
        ("anna@example.org", True),
        ("anna.lind+policy@sub.example.org", True),
        ("", False),
        ("anna", False),
        ("Anna <anna@example.org>", False),
        ("anna@example.org\nBcc: eve@example.org", False),
        (f"{'a' * 64}@{'b.' * 100}example.org", False),
    ],
)
def test_an_address_is_usable_or_not(address: str, usable: bool) -> None:
    assert is_usable(address) is usable


def test_the_hash_of_an_address_needs_the_key_and_ignores_case(settings: Any) -> None:
    first = address_hash("Anna@Example.org")

    assert first == address_hash(" anna@example.org ")
    assert first != address_hash("bob@example.org")
    assert len(first) == 22
    settings.SECRET_KEY = "another"
    assert address_hash("anna@example.org") != first
