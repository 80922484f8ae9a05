"""Nothing is mailed whose links or sender would lead people nowhere; mended, it goes out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Page, Site

from tests.notices import factories
from tests.notices.factories import PUBLISHED, person
from tests.policies import body, draft, reloaded
from wagtail_privacy.actions.refusal import ActionError
from wagtail_privacy.checks.settings import check_links, check_sender
from wagtail_privacy.clock import at
from wagtail_privacy.models import Notice
from wagtail_privacy.records.notice import PLACEHOLDERS, NoticeState
from wagtail_privacy.sending.control import resume_notice
from wagtail_privacy.sending.deliver import deliver
from wagtail_privacy.sending.placeholders import is_placeholder
from wagtail_privacy.sending.sweep import sweep

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]
REAL_SENDER = "privacy@lingonladan.se"


class Backend:
    """Reaches people."""

    def __init__(self) -> None:
        self.mails: list[Any] = []

    def open(self) -> None: ...

    def close(self) -> None: ...

    def send_messages(self, messages: list[Any]) -> int:
        self.mails += messages
        return len(messages)


@pytest.fixture(autouse=True)
def backend(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Backend]:
    del settings.WAGTAIL_PRIVACY_ALLOW_PLACEHOLDERS
    backend = Backend()
    monkeypatch.setattr("wagtail_privacy.sending.transport.default_backend", lambda: backend)
    with at(PUBLISHED + timedelta(hours=1)):
        yield backend


def lives_at(host: str) -> None:
    Site.objects.update(hostname=host)
    Site.clear_site_root_paths_cache()


def stored() -> Notice:
    return Notice.objects.get()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1.2.3", "0.0.0.0", "testserver", "www.example.com"])
def test_links_that_lead_nowhere_hold_the_notice_until_they_do(settings: Any, backend: Backend, host: str) -> None:
    settings.DEFAULT_FROM_EMAIL = REAL_SENDER
    lives_at(host)
    person("anna", "sv")
    notice = factories.notice()

    deliver(notice.pk)
    assert sweep() == []

    assert backend.mails == []
    assert (stored().state, stored().paused_because) == (NoticeState.PAUSED, PLACEHOLDERS)
    with pytest.raises(ActionError, match=host):
        resume_notice(notice.pk)

    lives_at("www.lingonladan.se")
    assert sweep() == [notice.pk]
    assert len(backend.mails) == 1
    assert "http://www.lingonladan.se/" in backend.mails[0].body
    assert stored().state == NoticeState.FINISHED


@pytest.mark.parametrize("sender", ["webmaster@localhost", "Site <noreply@example.com>", "webmaster", ""])
def test_a_sender_that_is_nobody_holds_the_notice(settings: Any, backend: Backend, sender: str) -> None:
    settings.DEFAULT_FROM_EMAIL = sender
    lives_at("www.lingonladan.se")
    person("anna", "sv")
    deliver(factories.notice().pk)

    assert backend.mails == []
    assert stored().paused_because == PLACEHOLDERS
    (found,) = check_sender()
    assert repr(sender) in found.msg
    settings.WAGTAIL_PRIVACY_FROM_EMAIL = REAL_SENDER
    assert check_sender() == []
    sweep()
    assert len(backend.mails) == 1


def test_a_site_that_means_it_allows_it(settings: Any, backend: Backend) -> None:
    lives_at("localhost")
    settings.DEFAULT_FROM_EMAIL = "webmaster@localhost"
    person("anna", "sv")
    deliver(factories.notice().pk)
    settings.WAGTAIL_PRIVACY_ALLOW_PLACEHOLDERS = True

    assert (check_sender(), check_links()) == ([], [])
    sweep()
    assert len(backend.mails) == 1


def test_a_backend_that_reaches_nobody_is_free(settings: Any, backend: Backend) -> None:
    lives_at("localhost")
    backend.reaches_nobody = True  # type: ignore[attr-defined]
    person("anna", "sv")
    deliver(factories.notice().pk)

    assert len(backend.mails) == 1


def test_the_check_names_the_site(settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = REAL_SENDER
    lives_at("localhost")

    (found,) = check_links()
    assert (found.id, "'localhost'" in found.msg) == ("wagtail_privacy.W013", True)
    assert "WAGTAIL_PRIVACY_ALLOW_PLACEHOLDERS" in found.hint


def test_the_report_and_the_command_say_so(editor: Any, client: Client) -> None:
    lives_at("localhost")
    person("anna", "sv")
    notice = factories.notice()
    deliver(notice.pk)
    client.force_login(editor)

    page = client.get(reverse("wagtail_privacy:notice", args=[notice.pk])).content.decode()
    out = StringIO()
    call_command("privacy_notices", "show", str(notice.pk), stdout=out)

    assert "http://localhost/policy-sv/" in page
    assert "would lead nowhere" in out.getvalue()
    assert "http://localhost/policy-sv/" in out.getvalue()


def test_the_editor_is_told_before_publishing(settings: Any, root: Page, editor: Any, client: Client) -> None:
    settings.DEFAULT_FROM_EMAIL = REAL_SENDER
    lives_at("localhost")
    page = draft(root)
    page.save_revision().publish()
    newest = reloaded(page).get_latest_revision_as_object()
    newest.body = body(duration="P36M")
    newest.save_revision()
    client.force_login(editor)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])

    said = client.get(address).content.decode()
    lives_at("www.lingonladan.se")
    mended = client.get(address).content.decode()

    assert "http://localhost/" in said
    assert "http://localhost/" not in mended


LABEL = st.from_regex(r"[a-z][a-z0-9-]{0,10}[a-z0-9]", fullmatch=True)


@given(below=st.lists(LABEL, max_size=2), name=st.sampled_from(["localhost", "example.org", "test", "invalid"]))
def test_names_that_nobody_can_have(below: list[str], name: str) -> None:
    host = ".".join([*below, name])
    assert is_placeholder(host)
    assert is_placeholder(host.upper() + ".")
    assert not is_placeholder(f"{host}.se")
    assert not is_placeholder(f"my{name}" if "." in name else f"{name}s.se")
