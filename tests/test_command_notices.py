"""``privacy_notices``: what is told, and telling it without a worker."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.checks import run_checks
from django.core.management import CommandError, call_command

from tests.notices import factories

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
    assert str(notice.pk) in out
    assert run("show", notice.pk).count(": 1\n") == 2


def test_sweeps_what_was_left_undone() -> None:
    factories.person("anna", "sv")
    notice = factories.notice()

    assert run("sweep") == f"Woken: {notice.pk}\n"
    assert run("sweep") == "Nothing is left undone.\n"
    assert len(mail.outbox) == 1


def test_lists_every_notice() -> None:
    notice = factories.notice()

    assert run("list").startswith(f"{notice.pk}  ")


def test_an_unknown_notice_is_named() -> None:
    with pytest.raises(CommandError, match="Expected the id of a notice, found 999"):
        run("show", 999)


def test_sending_within_the_request_is_warned_of(settings: Any) -> None:
    def found() -> list[str]:
        return [check.id for check in run_checks(include_deployment_checks=True) if check.id.startswith("wagtail_pr")]

    assert "wagtail_privacy.W003" in found()
    settings.DEBUG = True
    assert "wagtail_privacy.W003" not in found()
