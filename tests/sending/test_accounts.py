"""One account that cannot be read stops nobody: its person is greeted without a name, or the report says why not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import django
import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.notices import factories
from tests.notices.factories import PUBLISHED, person
from wagtail_privacy.clock import at
from wagtail_privacy.conf import conf
from wagtail_privacy.models import Notice
from wagtail_privacy.notices.audience import RegisteredUsers
from wagtail_privacy.records.notice import DeliveryState, NoticeState, Reason
from wagtail_privacy.sending.deliver import deliver
from wagtail_privacy.sending.sweep import sweep

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]
BROKEN = "p15"


class Unreadable:
    def __str__(self) -> str:
        raise RuntimeError("no words")


def raises(error: Exception) -> Callable[[], Any]:
    def fail() -> Any:
        raise error

    return fail


def asks_for_no_such_column() -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SELECT no_such_column FROM auth_user")


def breaks_a_constraint() -> Any:
    get_user_model().objects.create(username=BROKEN)


FAILURES: dict[str, Callable[[], Any]] = {
    "AttributeError": raises(AttributeError("no such field")),
    "RecursionError": raises(RecursionError("round and round")),
    "KeyError": raises(KeyError("language")),
    "no words": Unreadable,
}
QUERIES: dict[str, Callable[[], Any]] = {
    "no such column": asks_for_no_such_column,
    "a constraint": breaks_a_constraint,
}
METHODS = [
    ("name", DeliveryState.SENT, Reason.NO_NAME),
    ("language", DeliveryState.SENT, Reason.NO_LANGUAGE),
    ("address", DeliveryState.FAILED, Reason.UNREADABLE),
    ("unsubscribe_url", DeliveryState.FAILED, Reason.NO_UNSUBSCRIBE),
]


class Broken(RegisteredUsers):
    """Everybody may leave; of one person, one method fails."""

    may_leave = True
    method = ""
    fails: Callable[[], Any] = staticmethod(lambda: "")

    def _say(self, method: str, user: Any, value: str) -> Any:
        return type(self).fails() if method == self.method and user.username == BROKEN else value

    def name(self, user: Any) -> str:
        return str(self._say("name", user, f"Åsa {user.username}"))

    def address(self, user: Any) -> str:
        return str(self._say("address", user, user.email))

    def language(self, user: Any) -> str:
        return str(self._say("language", user, "en"))

    def unsubscribe_url(self, user: Any) -> str:
        return str(self._say("unsubscribe_url", user, f"https://example.org/leave/{user.pk}/"))


@pytest.fixture(autouse=True)
def moment(settings: Any) -> Iterator[None]:
    address = "admin@example.net"
    settings.ADMINS = [address] if django.VERSION >= (6, 0) else [("Admin", address)]
    with at(PUBLISHED + timedelta(hours=1)):
        yield


def mails_to_admins() -> list[Any]:
    return [message for message in mail.outbox if message.to == ["admin@example.net"]]


def tell(people: int = 31) -> Notice:
    user = get_user_model()
    user.objects.bulk_create([user(username=f"p{n:02}", email=f"p{n:02}@example.org") for n in range(people)])
    notice = factories.notice()
    for _ in range(2):
        deliver(notice.pk)
        sweep()
    return Notice.objects.get(pk=notice.pk)


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize(("method", "state", "reason"), METHODS)
def test_whatever_fails_about_one_person_everybody_else_is_told(
    settings: Any, monkeypatch: pytest.MonkeyPatch, method: str, state: str, reason: str, failure: str
) -> None:
    everybody_else_is_told(settings, monkeypatch, method, state, reason, FAILURES[failure])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize(("method", "state", "reason"), METHODS)
def test_a_query_about_one_person_that_fails(
    settings: Any, monkeypatch: pytest.MonkeyPatch, method: str, state: str, reason: str, query: str
) -> None:
    everybody_else_is_told(settings, monkeypatch, method, state, reason, QUERIES[query])


def everybody_else_is_told(
    settings: Any, monkeypatch: pytest.MonkeyPatch, method: str, state: str, reason: str, fails: Callable[[], Any]
) -> None:
    settings.WAGTAIL_PRIVACY_AUDIENCE = "tests.sending.test_accounts.Broken"
    settings.WAGTAIL_PRIVACY_BATCH_SIZE = 10
    monkeypatch.setattr(Broken, "method", method)
    monkeypatch.setattr(Broken, "fails", staticmethod(fails))
    notice = tell()

    assert notice.state == NoticeState.FINISHED
    rows = {row.user.username: row for row in notice.deliveries.select_related("user") if row.user}
    assert (rows[BROKEN].state, rows[BROKEN].error) == (state, reason)
    others = [(row.state, row.error) for name, row in rows.items() if name != BROKEN]
    assert others == [(DeliveryState.SENT, "")] * 30
    assert len(mails_to_admins()) == 1, "Once for each notice."
    if method == "name":
        (greeted,) = [message for message in mail.outbox if message.to == ["p15@example.org"]]
        assert greeted.body.startswith("Hello,")
    audience = conf.AUDIENCE(notice.version.policy)
    assert audience.dry_run().total + audience.dry_run().without_address == 31
    assert sum(audience.count_by_language().values()) == 31


def test_a_user_model_without_a_full_name(monkeypatch: pytest.MonkeyPatch, editor: Any, client: Client) -> None:
    monkeypatch.delattr(AbstractUser, "get_full_name")
    notice = tell(3)

    assert notice.totals() == {("sent", "sv"): 4}
    assert {message.body.partition("\n")[0] for message in mail.outbox if message.to != ["admin@example.net"]} == {
        "Hej!"
    }
    assert mails_to_admins() == [], "Django asks for none."


def test_the_report_says_so(settings: Any, monkeypatch: pytest.MonkeyPatch, editor: Any, client: Client) -> None:
    settings.WAGTAIL_PRIVACY_AUDIENCE = "tests.sending.test_accounts.Broken"
    monkeypatch.setattr(Broken, "method", "address")
    monkeypatch.setattr(Broken, "fails", staticmethod(raises(ValueError("no"))))
    notice = tell(16)
    client.force_login(editor)

    with translation.override("en"):
        page = client.get(reverse("wagtail_privacy:notice", args=[notice.pk]), headers={"accept-language": "en"})

    assert str(Reason.UNREADABLE.label) in page.content.decode() or "kunde inte" in page.content.decode()


def test_a_language_whose_template_is_broken_keeps_no_other_language_waiting(
    settings: Any, tmp_path: Any, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "wagtail_privacy" / "notices" / "announced"
    folder.mkdir(parents=True)
    broken = '{% if told.language == "en" %}{% widthratio 1 0 told %}{{ told.title|add:told|date:lines.no.such }}'
    (folder / "subject.txt").write_text(broken + "{% include missing_in_english %}{% endif %}Ändringar\n")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    for number in range(3):
        person(f"svensk{number}", "sv")
    person("english", "en")
    notice = factories.notice()

    deliver(notice.pk)

    assert sorted(notice.deliveries.values_list("state", "error")) == [
        (DeliveryState.DUE, Reason.NOT_RENDERED),
        *[(DeliveryState.SENT, "")] * 3,
    ]
    assert "cannot be put together in the language 'en'" in caplog.text
    assert len(mails_to_admins()) == 1
