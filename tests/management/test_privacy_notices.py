"""``privacy_notices``: listing notices, and sending them without a worker."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.notices import factories
from wagtail_privacy.clock import at
from wagtail_privacy.records.notice import DeliveryState, Notice
from wagtail_privacy.sending.add_people import expand_notice
from wagtail_privacy.sending.seal import seal_notice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def run(*args: Any) -> str:
    out = StringIO()
    call_command("privacy_notices", *args, stdout=out)
    return out.getvalue()


def test_sends_what_is_due_and_shows_who_was_told() -> None:
    factories.person("anna", "sv")
    factories.person("bob", "en")
    notice = factories.notice()

    out = run("send")

    assert len(mail.outbox) == 2
    assert f"{notice.pk}  " in out
    assert "  Sent, sv: 1" in out.splitlines()
    assert run("show", notice.pk).count(": 1\n") == 2


def test_sweeps_what_was_left_undone() -> None:
    factories.person("anna", "sv")
    notice = factories.notice()

    assert run("sweep") == f"Woken: {notice.pk}\n"
    assert run("sweep") == "Nothing is left undone.\n"
    assert len(mail.outbox) == 1


def test_shows_who_waits_for_what() -> None:
    factories.person("anna", "sv")
    factories.person("bob", "en")
    notice = factories.notice()
    run("send")
    later = timezone.now() + timedelta(days=3)
    rows = notice.deliveries
    rows.filter(language="en").update(state=DeliveryState.DUE, attempts=0, due_at=later)
    rows.filter(language="sv").update(state=DeliveryState.DUE, attempts=1, due_at=later)

    out = run("show", notice.pk)

    at = f"{timezone.localtime(later):%Y-%m-%d %H:%M}"
    assert f"    of these, 1 wait for the text in en until {at}" in out.splitlines()
    assert f"    of these, 1 are tried again from {at}" in out.splitlines()


def test_shows_of_a_purged_notice_what_was_sealed() -> None:
    factories.person("anna", "sv")
    notice = factories.notice()
    run("send")
    notice.deliveries.update(state=DeliveryState.FAILED, error="550 5.1.1")
    notice.refresh_from_db()
    seal_notice(notice)
    notice.deliveries.all().delete()
    Notice.objects.filter(pk=notice.pk).update(purged_at=timezone.now())

    out = run("show", notice.pk)

    assert "  Failed, sv: 1 (sealed)" in out.splitlines()
    assert "    Failed, 550 5.1.1: 1 (sealed)" in out.splitlines()


def test_lists_every_notice() -> None:
    notice = factories.notice()

    assert run("list").startswith(f"{notice.pk}  ")


@pytest.mark.parametrize("verb", ["show", "pause", "resume", "cancel", "retry", "resend", "accept", "send"])
def test_an_unknown_notice_is_named(verb: str) -> None:
    with pytest.raises(CommandError, match="Expected the id of a notice, found 999"):
        run(verb, 999)


def test_a_notice_is_paused_resumed_and_cancelled() -> None:
    factories.person("anna", "sv")
    notice = factories.notice()

    assert run("pause", notice.pk) == f"Notice {notice.pk} is paused.\n"
    assert "Paused (by hand)  " in run("list")
    run("send", notice.pk)
    run("sweep")
    assert mail.outbox == []
    assert run("resume", notice.pk) == f"Notice {notice.pk} goes on.\n"
    assert run("cancel", notice.pk) == f"Notice {notice.pk} is cancelled.\n"
    run("send", notice.pk)
    assert mail.outbox == []
    with pytest.raises(CommandError, match="The notice was cancelled; nobody more is told."):
        run("resume", notice.pk)


@pytest.mark.parametrize(
    ("verb", "state", "said"),
    [("retry", "failed", "failed mails"), ("resend", "doubt", "sent again"), ("accept", "doubt", "taken as sent")],
)
def test_what_failed_or_is_in_doubt_is_settled(verb: str, state: str, said: str) -> None:
    factories.person("anna", "sv")
    notice = factories.notice()
    expand_notice(notice.pk)
    notice.deliveries.update(state=state, error="no answer")

    assert said in run(verb, notice.pk)
    run("send", notice.pk)

    assert notice.totals() == {("sent", "sv"): 1}
    assert len(mail.outbox) == (0 if verb == "accept" else 1)


def test_the_dry_run_says_who_would_be_told_and_who_not(settings: Any) -> None:
    settings.WAGTAIL_PRIVACY_ALLOWED_ADDRESSES = ["@example.org"]
    factories.person("anna", "sv")
    factories.person("bob", "en")
    factories.person("silent", email="")
    factories.person("bounced")
    factories.person("far", email="far@elsewhere.example")
    policy = factories.announced().policy

    assert run("suppress", "Bounced@example.org") == "Nothing more is sent to it.\n"
    out = run("audience", policy.pk)
    assert out == run("audience")

    assert out.splitlines() == [
        f"{policy.pk}  Integritetspolicy för Lingonlådan: 2 would be told.",
        "  en: 1",
        "  sv: 1",
        "  without a usable address: 1",
        "  suppressed after a bounce, a complaint or by hand: 1",
        "  not among the addresses that this site may write to: 1",
    ]
    assert mail.outbox == []


def test_a_policy_that_tells_nobody_says_so() -> None:
    policy = factories.announced().policy
    type(policy).objects.update(tells_users=False)

    assert "so nobody is" in run("audience", policy.pk)


def test_an_unknown_policy_is_named() -> None:
    policy = factories.announced().policy
    with pytest.raises(CommandError, match=rf"found 999. There are: {policy.pk} \(Integritetspolicy"):
        run("audience", 999)


def test_what_is_suppressed_by_hand_is_written_to_again() -> None:
    run("suppress", "anna@example.org")
    assert run("suppress", "Anna@Example.org") == "It was suppressed already.\n"

    assert run("allow", "anna@example.org") == "It is written to again.\n"
    with pytest.raises(CommandError, match="Expected an address that is suppressed, found 'anna@example.org'"):
        run("allow", "anna@example.org")
    with pytest.raises(CommandError, match="Expected an address, found 'anna'"):
        run("suppress", "anna")


def test_outside_production_nobody_else_is_written_to(settings: Any) -> None:
    settings.WAGTAIL_PRIVACY_ALLOWED_ADDRESSES = ["anna@example.org"]
    factories.person("anna", "sv")
    factories.person("bob", "sv")
    factories.person("bounced", "sv")
    run("suppress", "bounced@example.org")
    settings.WAGTAIL_PRIVACY_ALLOWED_ADDRESSES = ["anna@example.org", "bounced@example.org"]
    notice = factories.notice()

    out = run("send")

    assert [message.to for message in mail.outbox] == [["anna@example.org"]]
    assert notice.reasons() == {("skipped", "not allowed"): 1, ("skipped", "suppressed"): 1}
    assert "not allowed: 1" in out
    assert "suppressed: 1" in out


def test_a_purged_notice_shows_what_was_sealed() -> None:
    factories.person("anna", "sv")
    notice = factories.notice()
    run("send")
    out = StringIO()
    with at(factories.EFFECT + timedelta(days=365 * 5)):
        call_command("privacy_purge", "--dry-run", stdout=out)
        assert notice.deliveries.exists()
        call_command("privacy_purge", stdout=out)

    assert not notice.deliveries.exists()
    assert "sv: 1 (sealed)" in run("show", notice.pk)
    assert out.getvalue().splitlines() == [
        "Would remove 0 receipts and 1 hashes of addresses (kept for 90 days).",
        "Would remove 1 deliveries (kept for 1095 days); their totals stay in the chain.",
        "Removed 0 receipts and 1 hashes of addresses (kept for 90 days).",
        "Removed 1 deliveries (kept for 1095 days); their totals stay in the chain.",
    ]


def test_sending_within_the_request_is_warned_of(settings: Any) -> None:
    def found() -> list[str]:
        return [check.id for check in run_checks(include_deployment_checks=True) if check.id.startswith("wagtail_pr")]

    assert "wagtail_privacy.W003" in found()
    settings.DEBUG = True
    assert "wagtail_privacy.W003" not in found()
