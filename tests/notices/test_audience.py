"""Who is notified, and in which language."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.db.models import QuerySet
from wagtail.models import Site

from tests.notices import factories
from tests.notices.factories import person
from wagtail_privacy.clock import now
from wagtail_privacy.conf import conf
from wagtail_privacy.models import Suppression
from wagtail_privacy.notices.addresses import address_hash, is_allowed, is_usable
from wagtail_privacy.notices.audience import Audience, DryRun, RegisteredUsers, content_language
from wagtail_privacy.sending.deliver import deliver

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


class InPython(RegisteredUsers):
    """An audience whose language is only known in Python."""

    def language(self, user: Any) -> str:
        return super().language(user)


class Some(RegisteredUsers):
    """Leaves some out, as a site does."""

    def people(self) -> QuerySet[Any]:
        return super().people().filter(username__startswith="a")


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
    assert {user.username for user in audience.concerned()} == {"anna", "bob", "silent", "odd"}


def test_accounts_without_addresses_are_told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django asks for no such field, and takes “email” for its name where a site says nothing."""
    monkeypatch.setattr(Group, "get_email_field_name", lambda: "email", raising=False)
    monkeypatch.setattr("wagtail_privacy.notices.audience.get_user_model", lambda: Group)
    Group.objects.create(name="anna")
    audience = RegisteredUsers()
    assert not audience.people().exists()
    assert audience.count_by_language() == {}
    assert audience.dry_run().without_address == Group.objects.count()


def test_the_dry_run_counts_nobody_whom_the_site_leaves_out() -> None:
    for name in ("anna", "axel", "bob"):
        person(name, "sv")

    assert Some().dry_run() == DryRun({"sv": 2})
    assert Some().count_by_language() == {"sv": 2}


def test_the_dry_run_says_who_would_be_told_and_what_stands_in_the_way_of_the_others(settings: Any) -> None:
    for n, language in enumerate(["sv", "sv", "en"]):
        person(f"user{n}", language)
    person("left", is_active=False)
    person("silent", email="")
    person("odd", email="odd@")
    person("bounced", "sv")
    person("elsewhere", "en", email="elsewhere@production.example")
    Suppression.objects.create(address_hash=address_hash("Bounced@example.org"), reason="bounced", at=now())
    settings.WAGTAIL_PRIVACY_ALLOWED_ADDRESSES = ["@example.org"]

    run = RegisteredUsers().dry_run()

    assert run == DryRun({"sv": 2, "en": 1}, without_address=2, suppressed=1, not_allowed=1)
    assert run.total == 3


def test_people_are_read_a_portion_at_a_time(monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any) -> None:
    for n in range(5):
        person(f"user{n}", "en")
    monkeypatch.setattr("wagtail_privacy.notices.audience.CHUNK_SIZE", 2)

    with django_assert_num_queries(4 + 3):  # the portions, the last one empty, and what is suppressed among each
        assert RegisteredUsers().dry_run().by_language == {"en": 5}


def test_people_are_counted_by_language_in_one_query(django_assert_num_queries: Any) -> None:
    for n, language in enumerate(["sv", "sv", "sv", "en", "", "fr"]):
        person(f"user{n}", language)
    person("regional", "en-gb")

    with django_assert_num_queries(1):
        counted = RegisteredUsers().count_by_language()

    assert counted == {"sv": 5, "en": 2}
    assert InPython().count_by_language() == RegisteredUsers().dry_run().by_language == counted


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


def test_an_audience_can_be_that_of_the_policys_site(site: Site) -> None:
    assert RegisteredUsers(factories.announced().policy).site == site
    assert RegisteredUsers().site is None


@pytest.mark.parametrize(
    ("allowed", "debug", "address", "expected"),
    [
        (None, False, "anna@example.org", True),
        (None, True, "anna@example.org", True),
        ([], False, "anna@example.org", False),
        ("unset", False, "anna@example.org", True),
        ("unset", True, "anna@example.org", False),
        (["Anna@example.org"], True, "anna@Example.org ", True),
        (["anna@example.org"], True, "eve@example.org", False),
        (["@example.org"], True, "eve@example.org", True),
        (["@example.org"], True, "eve@sub.example.org", False),
        (["example.org"], True, "eve@example.org", False),
    ],
)
def test_outside_production_only_named_addresses_are_written_to(
    settings: Any, allowed: Any, debug: bool, address: str, expected: bool
) -> None:
    settings.DEBUG = debug
    if allowed != "unset":
        settings.WAGTAIL_PRIVACY_ALLOWED_ADDRESSES = allowed

    assert is_allowed(address) is expected


def test_one_address_in_place_of_a_list_is_an_error(settings: Any) -> None:
    settings.WAGTAIL_PRIVACY_ALLOWED_ADDRESSES = "anna@example.org"
    with pytest.raises(ImproperlyConfigured, match="Expected WAGTAIL_PRIVACY_ALLOWED_ADDRESSES to be a list"):
        is_allowed("anna@example.org")


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
