"""The report of a notice: its totals, its people, and what can be done about it."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from tests.notices import factories
from tests.notices.factories import PUBLISHED, person
from tests.policies import may_publish_everywhere
from wagtail_privacy.admin.reports import escape_formula
from wagtail_privacy.clock import at
from wagtail_privacy.notices.forget import forget
from wagtail_privacy.notices.tally import Tally, tallies
from wagtail_privacy.records.notice import Delivery, DeliveryState, Notice, NoticeKind, NoticeState, Reason
from wagtail_privacy.sending.add_people import expand_notice
from wagtail_privacy.sending.deliver import deliver
from wagtail_privacy.sending.seal import last_seal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

NOTICES = "wagtail_privacy:notices"
SAID = ("wording_of_notice", "wording_as_html")


@pytest.fixture
def notice() -> Notice:
    """A notice that told Anna and Cia in Swedish and Bob in English."""
    for username, language in (("anna", "sv"), ("bob", "en"), ("cia", "sv")):
        person(username, language, first_name=username.title())
    with at(PUBLISHED + timedelta(hours=1)):
        found = factories.notice()
        deliver(found.pk)
    found.refresh_from_db()
    return found


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(user("admin", is_superuser=True))
    return client


def user(username: str, *codenames: str, **values: Any) -> Any:
    """A user without an address, so without mail, with access to the admin and the permissions ``codenames``."""
    found = get_user_model().objects.create_user(username, **values)
    group = Group.objects.create(name=username)
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))
    found.groups.add(group)
    return found


def report(notice: Notice, **query: str) -> str:
    address = reverse("wagtail_privacy:notice", args=[notice.pk])
    return f"{address}?{'&'.join(f'{name}={value}' for name, value in query.items())}"


def steering(notice: Notice, name: str) -> str:
    return reverse("wagtail_privacy:steer", args=[notice.pk, name])


def people(response: Any) -> list[str]:
    """The user names in the list of deliveries that the page shows."""
    return [row.user.username if row.user else "" for row in response.context["object_list"]]


# --- Totals ---


def test_says_how_many_were_told_by_state_and_language(admin: Client, notice: Notice) -> None:
    notice.deliveries.filter(user__username="cia").update(state=DeliveryState.FAILED, error="550 5.1.1")

    response = admin.get(report(notice))

    assert response.context["tally"].counts == {("sent", "sv"): 1, ("sent", "en"): 1, ("failed", "sv"): 1}
    assert response.context["tally"].totals() == [2, 1]
    assert [(state.value, counts, all_) for state, counts, all_ in response.context["tally"].rows()] == [
        ("sent", [1, 1], 2),
        ("failed", [1, 0], 1),
    ]
    assert [(remark, count) for _state, remark, count in response.context["reasons"]] == [("550 5.1.1", 1)]


def test_all_notices_are_listed_with_how_far_they_have_come(admin: Client, notice: Notice) -> None:
    response = admin.get(reverse(NOTICES))

    (listed,) = response.context["object_list"]
    assert (listed.pk, listed.tally.sent, listed.tally.total) == (notice.pk, 3, 3)
    assert "Integritetspolicy för Lingonlådan" in response.content.decode()


def test_progress_counts_those_with_whom_nothing_more_happens() -> None:
    tally = Tally({("sent", "sv"): 5, ("due", "sv"): 3, ("claimed", "en"): 1, ("skipped", "en"): 2, ("doubt", "en"): 1})

    assert (tally.done, tally.total, tally.in_doubt, tally.languages) == (8, 12, 1, ["sv", "en"])


def test_a_purged_notice_shows_what_was_sealed(admin: Client, notice: Notice) -> None:
    notice.deliveries.all().delete()
    Notice.objects.filter(pk=notice.pk).update(purged_at=timezone.now())
    notice.refresh_from_db()

    response = admin.get(report(notice))

    assert tallies([notice])[notice.pk].counts == {("sent", "sv"): 2, ("sent", "en"): 1}
    assert response.context["tally"].sent == 3
    assert response.context["seal"].seal in response.content.decode()


def test_says_who_waits_for_what_and_until_when(admin: Client, notice: Notice) -> None:
    later = timezone.now() + timedelta(days=3)
    of = {row.user.username: Delivery.objects.filter(pk=row.pk) for row in notice.deliveries.all()}
    of["bob"].update(state=DeliveryState.DUE, attempts=0, due_at=later)
    of["cia"].update(state=DeliveryState.DUE, attempts=1, due_at=later + timedelta(hours=1), error="451 4.3.0")

    response = admin.get(report(notice))

    waits = [(wait.language, wait.count, wait.at) for wait, _language in response.context["waiting"]]
    assert waits == [("en", 1, later), ("", 1, later + timedelta(hours=1))]
    said = " ".join(response.content.decode().split())
    assert f"{timezone.localtime(later):%Y-%m-%d %H:%M}" in said


def test_the_number_of_queries_does_not_grow_with_the_people(admin: Client, notice: Notice) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert admin.get(report(notice)).status_code == 200
        return len(captured)

    few = queries()
    for n in range(30):
        person(f"many{n}", "sv")
    Notice.objects.filter(pk=notice.pk).update(finished_at=None)
    with at(PUBLISHED + timedelta(hours=2)):
        expand_notice(notice.pk)
    notice.refresh_from_db()

    assert notice.deliveries.count() == 33
    assert queries() <= few


# --- People ---


def test_finds_people_by_state_language_and_whole_name_or_address(admin: Client, notice: Notice) -> None:
    notice.deliveries.filter(user__username="cia").update(state=DeliveryState.FAILED)

    for query, found in (
        ({"state": "failed"}, ["cia"]),
        ({"language": "en"}, ["bob"]),
        ({"state": "sent", "language": "sv"}, ["anna"]),
        ({"q": "BOB@example.org"}, ["bob"]),
        ({"q": "cia"}, ["cia"]),
        ({"q": "an"}, []),
        ({}, ["anna", "bob", "cia"]),
    ):
        assert people(admin.get(report(notice, **query))) == found, query


def test_finds_a_person_by_the_address_that_the_mail_went_to(admin: Client, notice: Notice) -> None:
    get_user_model().objects.filter(username="anna").update(email="new@example.org")

    assert people(admin.get(report(notice, q="anna@example.org"))) == ["anna"]
    assert people(admin.get(report(notice, q="new@example.org"))) == ["anna"]


def test_a_deleted_account_leaves_a_row_without_a_person(admin: Client, notice: Notice) -> None:
    forget(get_user_model().objects.get(username="anna"))

    response = admin.get(report(notice))

    assert sorted(people(response)) == ["", "bob", "cia"]
    with translation.override("sv"):
        assert translation.gettext("Account deleted") in response.content.decode()
    assert people(admin.get(report(notice, q="anna@example.org"))) == []


def test_says_across_all_notices_whether_a_person_was_told(admin: Client, notice: Notice) -> None:
    other = Notice.objects.create(version=notice.version, kind=NoticeKind.POSTPONED, created_at=PUBLISHED)
    anna = get_user_model().objects.get(username="anna")
    Delivery.objects.create(notice=other, user=anna, language="sv", due_at=PUBLISHED)
    told = reverse("wagtail_privacy:told")

    assert people(admin.get(f"{told}?q=anna")) == ["anna", "anna"]
    assert people(admin.get(told)) == []
    assert "nobody@example.org" in admin.get(f"{told}?q=nobody@example.org").content.decode()


# --- Export ---


def test_exports_a_row_for_each_person(admin: Client, notice: Notice) -> None:
    response = admin.get(report(notice, export="csv"))

    rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode())))
    assert [(row[1], row[3], row[4]) for row in rows[1:]] == [
        ("anna", "anna@example.org", "sv"),
        ("bob", "bob@example.org", "en"),
        ("cia", "cia@example.org", "sv"),
    ]


@pytest.mark.parametrize(("language", "heading"), [("sv", "Språk"), ("en", "Language")])
def test_exports_in_the_language_of_whoever_asks(admin: Client, notice: Notice, language: str, heading: str) -> None:
    UserProfile.objects.create(user=get_user_model().objects.get(username="admin"), preferred_language=language)

    response = admin.get(report(notice, export="csv"))
    with translation.override("fi"):  # as a web server streams it: after the request
        rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode())))

    assert heading in rows[0]
    assert translation.get_language() != "fi"


def test_exports_the_time_that_the_page_shows(admin: Client, notice: Notice) -> None:
    response = admin.get(report(notice, export="csv"))

    rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode())))
    sent_at = notice.deliveries.order_by("pk").first().sent_at
    assert rows[1][6] == str(timezone.make_naive(sent_at))


def test_exports_what_is_filtered(admin: Client, notice: Notice) -> None:
    response = admin.get(report(notice, export="xlsx", language="en"))

    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)] == ["bob"]


def test_no_name_becomes_a_formula(admin: Client, notice: Notice) -> None:
    names = {"anna": '=HYPERLINK("http://evil.example")', "bob": "@SUM(A1)", "cia": "-1+1"}
    for username, name in names.items():
        get_user_model().objects.filter(username=username).update(first_name=name)

    as_csv, as_xlsx = (b"".join(admin.get(report(notice, export=kind)).streaming_content) for kind in ("csv", "xlsx"))

    rows = list(csv.reader(io.StringIO(as_csv.decode())))[1:]
    assert [row[2] for row in rows] == [f"'{name}" for name in names.values()]
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx)).active
    assert {sheet.cell(line, 3).data_type for line in (2, 3, 4)} == {"s"}


@pytest.mark.parametrize(
    ("value", "cell"),
    [("=1", "'=1"), ("+1", "'+1"), ("\tx", "'\tx"), ("\rx", "'\rx"), ("a=1", "a=1"), (7, 7), (None, None)],
)
def test_what_would_run_as_a_formula_is_marked_as_text(value: Any, cell: Any) -> None:
    assert escape_formula(value) == cell


# --- Steering ---


def test_each_action_asks_first_and_then_acts(admin: Client, notice: Notice) -> None:
    Notice.objects.filter(pk=notice.pk).update(state=NoticeState.SENDING, finished_at=None)

    for name, state in (("pause", "paused"), ("resume", "sending"), ("cancel", "cancelled")):
        if name == "resume":
            notice.deliveries.update(state=DeliveryState.DUE)
        assert admin.get(steering(notice, name)).status_code == 200
        admin.post(steering(notice, name))
        notice.refresh_from_db()
        assert notice.state == state
    logged = ModelLogEntry.objects.filter(action__startswith="wagtail_privacy.notice_").order_by("pk")
    assert list(logged.values_list("action", "user__username")) == [
        ("wagtail_privacy.notice_paused", "admin"),
        ("wagtail_privacy.notice_resumed", "admin"),
        ("wagtail_privacy.notice_cancelled", "admin"),
    ]


@pytest.mark.parametrize(
    ("state", "name", "after"),
    [
        (DeliveryState.FAILED, "retry", DeliveryState.DUE),
        (DeliveryState.IN_DOUBT, "resend", DeliveryState.DUE),
        (DeliveryState.IN_DOUBT, "accept", DeliveryState.SENT),
    ],
)
def test_what_failed_or_is_in_doubt_is_settled(
    admin: Client, notice: Notice, state: str, name: str, after: str
) -> None:
    anna = notice.deliveries.filter(user__username="anna")
    anna.update(state=state, error=Reason.NO_ANSWER)

    assert name in [offer for offer, _verb in admin.get(report(notice)).context["actions"]]
    admin.post(steering(notice, name))

    assert anna.get().state == after
    assert Delivery.objects.exclude(pk=anna.get().pk).filter(state=DeliveryState.SENT).count() == 2


def test_what_cannot_be_done_is_said_and_changes_nothing(admin: Client, notice: Notice) -> None:
    response = admin.post(steering(notice, "resume"), follow=True)

    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert admin.get(steering(notice, "explode")).status_code == 404
    notice.refresh_from_db()
    assert notice.state == NoticeState.FINISHED


# --- Permissions ---


def test_who_may_not_see_notices_sees_none(client: Client, notice: Notice) -> None:
    client.force_login(user("editor"))
    ajax = {"x-requested-with": "XMLHttpRequest"}
    for address in (reverse(NOTICES), report(notice), reverse("wagtail_privacy:told"), steering(notice, "pause")):
        assert client.get(address, headers=ajax).status_code in (302, 403), address
        assert client.post(address, headers=ajax).status_code in (302, 403, 405), address
    assert "privacy/notices" not in client.get("/admin/").content.decode()


def test_who_may_see_notices_sees_totals_and_no_people(client: Client, notice: Notice) -> None:
    client.force_login(user("controller", "view_notice"))
    ajax = {"x-requested-with": "XMLHttpRequest"}

    response = client.get(report(notice))

    assert response.context["tally"].sent == 3
    assert "anna" not in response.content.decode()
    assert response.context["actions"] == []
    for address in (
        report(notice, q="anna"),
        report(notice, export="csv"),
        f"{reverse('wagtail_privacy:told')}?q=anna",
    ):
        assert client.get(address, headers=ajax).status_code in (302, 403), address
    assert "privacy/notices" in client.get("/admin/").content.decode()


def test_who_may_steer_is_offered_to(client: Client, notice: Notice) -> None:
    manager = user("manager", "view_notice", "manage_notices")
    client.force_login(manager)
    assert client.get(report(notice)).context["actions"] == []
    may_publish_everywhere(manager)

    assert [name for name, _verb in client.get(report(notice)).context["actions"]] == ["cancel"]


def test_the_permissions_can_be_given_to_a_group(admin: Client) -> None:
    content = admin.get(reverse("wagtailusers_groups:add")).content.decode()

    for codename in ("view_notice", "view_delivery", "manage_notices"):
        pk = Permission.objects.get(codename=codename, content_type__app_label="wagtail_privacy").pk
        assert f'value="{pk}"' in content, codename


def test_a_server_that_refuses_everybody_is_said_to_wait_for_somebody(admin: Client, notice: Notice) -> None:
    Notice.objects.update(state=NoticeState.PAUSED, paused_because="550 5.7.1", retry_at=None, finished_at=None)

    page = admin.get(report(notice)).content.decode()

    with translation.override(page.partition('<html lang="')[2].partition('"')[0]):
        said = _("The mail server cannot be worked with (%(reason)s). It is tried again at %(at)s; nobody is left out.")
    assert "(550 5.7.1)" in page
    assert said % {"reason": "550 5.7.1", "at": ""} not in page


# --- What was said ---


def test_says_in_which_language_people_were_told_where_it_is_not_theirs(admin: Client) -> None:
    person("bo", "en")
    with at(PUBLISHED + timedelta(hours=1)):
        told = factories.notice("sv", known=("sv",))
        deliver(told.pk)
    (wording,) = told.wordings.all()

    pages = [report(told), *(reverse(f"wagtail_privacy:{name}", args=[told.pk, wording.pk]) for name in SAID)]
    shown, page, html = (admin.get(address).content.decode() for address in pages)

    assert (wording.language, wording.said_in) == ("en", "sv")
    assert f'lang="sv">{wording.subject}</a>' in shown
    assert '<p lang="sv" dir="ltr"><strong>' in page
    assert "Hej!" in html
    assert last_seal(told).data["said_in"] == {"en": ["sv"]}


def test_shows_what_was_said_without_a_name(admin: Client, notice: Notice) -> None:
    wording = notice.wordings.get(language="en")

    page = admin.get(reverse("wagtail_privacy:wording_of_notice", args=[notice.pk, wording.pk])).content.decode()
    html = admin.get(reverse("wagtail_privacy:wording_as_html", args=[notice.pk, wording.pk]))

    assert "Changes to “Privacy policy of Lingonlådan”" in page
    assert "Hello," in html.content.decode()
    assert "[[" not in html.content.decode()
    assert "script-src" not in html["Content-Security-Policy"]
    assert "default-src 'none'" in html["Content-Security-Policy"]
