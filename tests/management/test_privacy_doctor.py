"""What the doctor says of a site, with its exit code; what it writes is taken back."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, Site

from tests.policies import draft
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.checks import doctor
from wagtail_privacy.management.commands.privacy_doctor import without_secrets
from wagtail_privacy.models import Pace, Policy, PolicyPage, Version
from wagtail_privacy.sending.sweep import SWEPT, sweep

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def as_tests_are_run(settings: Any) -> None:
    """``check --deploy`` minds how tests are run: what a browser needs of their process, their own mail backend."""
    settings.SILENCED_SYSTEM_CHECKS = ["async.E001", "mail.E001"]


def report(*words: str) -> tuple[str, int]:
    out = StringIO()
    try:
        call_command("privacy_doctor", *words, stdout=out)
    except SystemExit as stop:
        return out.getvalue(), int(str(stop.code))
    return out.getvalue(), 0


def test_a_report_of_all_that_was_looked_at(root: Page, site: Site) -> None:
    Site.objects.update(hostname="www.site.se", port=443)
    Site.clear_site_root_paths_cache()
    publish_policy(draft(root))
    sweep()
    counts = (Page.objects.count(), Policy.objects.count(), Version.objects.count())
    said, code = report("--mail", "me@site.se")
    assert (Page.objects.count(), Policy.objects.count(), Version.objects.count()) == counts
    for line in (
        "[ok] version: written, read and taken back",
        "[ok] tasks: a task came back from ",
        "[ok] cron: privacy_notices sweep ran 0 minutes ago",
        "[ok] clock: this machine and the database are ",
        "[ok] mail: the mail server took 1 mail from privacy@example.org",
        "[ok] page https://www.site.se/integritet/: host and https",
        "[warning] page https://www.site.se/integritet/: its frame is wagtail_privacy/base.html",
        "[ok] page https://www.site.se/integritet/: its stylesheet is linked",
        "wagtail_privacy.W028",
    ):
        assert line in said, said
    assert "[ERROR]" not in said, said
    assert code == 0
    assert report("--fail-on", "warning")[1] == 1
    assert [letter.to for letter in mail.outbox] == [["me@site.se"]]


def test_what_is_wrong_fails_with_what_to_do(root: Page, site: Site, settings: Any, monkeypatch: Any) -> None:
    publish_policy(draft(root))
    Pace.objects.create(name=SWEPT, next_at=timezone.now() - timedelta(days=1))
    settings.ALLOWED_HOSTS = ["other.site.se"]

    def fails(model: Any) -> str:
        raise RuntimeError("it is broken")

    monkeypatch.setattr(doctor, "_published", fails)
    said, code = report()
    assert code == 1
    for line in (
        "[ERROR] version: RuntimeError: it is broken",
        "[warning] cron: privacy_notices sweep ran 1440 minutes ago",
        "[ERROR] page http://testserver/integritet/: the host testserver leads nowhere",
        "[ERROR] page http://testserver/integritet/: answers 400",
        "[warning] mail: no test mail was sent",
    ):
        assert line in said, said


def test_a_worker_that_is_missing_is_found_out(monkeypatch: Any) -> None:
    class Result:
        is_finished = False

        def refresh(self) -> None: ...

    class Task:
        def get_backend(self) -> Any:
            return type("Backend", (), {"supports_get_result": True})()

        def enqueue(self, word: str) -> Any:
            return Result()

    monkeypatch.setattr(doctor, "echo", Task())
    (seen,) = doctor.look_at_tasks(0.1)
    assert (seen.state, "no worker" in seen.found) == (doctor.WRONG, True)


def test_secrets_are_left_out(settings: Any) -> None:
    if hasattr(settings, "MAILERS"):  # Django 6.1
        settings.MAILERS = {"default": {"BACKEND": "x", "OPTIONS": {"password": "hemligt-ord"}}}
    else:
        settings.EMAIL_HOST_PASSWORD = "hemligt-ord"
    settings.CACHES = {"default": {"BACKEND": "x", "OPTIONS": {"password": "annat-ord"}}}
    said = without_secrets("hemligt-ord annat-ord redis://user:pw@host/0 only for tests")
    assert said == "… … redis://…@host/0 …"


def test_a_site_without_a_policy_is_looked_at_too(root: Page, site: Site) -> None:
    said, _code = report()
    assert "[warning] pages: no policy is public yet" in said
    assert not PolicyPage.objects.exists()
