"""From an editor's publication to the mailbox, through the real page, transactions and task."""

from __future__ import annotations

from unittest import mock

import pytest
from django.core import mail
from wagtail.models import Locale, Page

from tests.notices.factories import person
from tests.policies import body, draft, reloaded
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.models import Notice, Policy, PolicyPage
from wagtail_privacy.notices.message import render
from wagtail_privacy.publication.announcement import preview_mails

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("site")]

SUMMARY = "Vi sparar dina uppgifter ett år längre."


@pytest.fixture
def page(root: Page) -> PolicyPage:
    """A policy in Swedish and English, with one version."""
    english = Locale.objects.get_or_create(language_code="en")[0]
    page = draft(root)
    page.save_revision().publish()
    translated = page.copy_for_translation(english, copy_parents=True)
    translated.title = "Privacy policy"
    translated.save_revision().publish()
    return reloaded(page)


def longer(page: PolicyPage) -> PolicyPage:
    page.body = body(duration="P36M")
    return page


def test_a_longer_storage_period_is_told_to_each_in_their_language(page: PolicyPage) -> None:
    Policy.objects.update(translation_days=0)
    person("anna", "sv", first_name="Anna")
    person("bob", "en", first_name="Bob")

    version = publish_policy(longer(page), summary=SUMMARY)

    mails = {message.to[0]: message for message in mail.outbox}
    assert set(mails) == {"anna@example.org", "bob@example.org"}
    swedish, english = mails["anna@example.org"].body, mails["bob@example.org"].body
    assert SUMMARY in swedish
    assert "från 24 månader till 36 månader" in swedish
    assert "from 24 months to 36 months" in english
    assert SUMMARY not in english, "It is not translated."
    assert mails["anna@example.org"].body.splitlines()[0] == "Hej Anna!"
    assert version is not None
    assert render(version, "sv", "Anna").text == swedish


def test_the_editor_sees_the_message_before_publishing(page: PolicyPage) -> None:
    changed = longer(page)
    changed.answer(summary=SUMMARY)
    before = preview_mails(changed.plan(), changed, ["sv"])["sv"].for_person()

    version = publish_policy(changed, summary=SUMMARY)

    assert version is not None
    sent = render(version, "sv")
    assert before.subject == sent.subject
    # What is sent also prints the head of the policy's chain, which is not known before.
    assert sent.text.startswith(before.text.rstrip())
    assert version.notices.get().head in sent.text


def test_a_correction_of_language_tells_nobody(page: PolicyPage) -> None:
    person("anna", "sv")
    page.title = "Integritetspolicyn"

    publish_policy(page)

    assert page.policy.newest_version().number == 2
    assert mail.outbox == []
    assert not Notice.objects.exists()


def test_a_policy_that_tells_no_users_tells_nobody(page: PolicyPage) -> None:
    person("anna", "sv")
    type(page.policy).objects.update(tells_users=False)

    publish_policy(longer(page), summary=SUMMARY)

    assert mail.outbox == []


def test_a_mail_server_or_a_queue_in_trouble_stops_no_publication(page: PolicyPage) -> None:
    person("anna", "sv")
    with mock.patch("wagtail_privacy.tasks.tell") as tell:
        tell.enqueue.side_effect = OSError("no broker")
        version = publish_policy(longer(page), summary=SUMMARY)

    assert version is not None
    assert version.number == 2
    assert reloaded(page).live_revision_id == version.revision_id
    assert version.notices.count() == 1


def test_a_publication_that_fails_leaves_no_notice(page: PolicyPage) -> None:
    person("anna", "sv")
    with (
        mock.patch("wagtail_privacy.actions.record_version.log", side_effect=RuntimeError("broken")),
        pytest.raises(RuntimeError),
    ):
        publish_policy(longer(page), summary=SUMMARY)

    assert not Notice.objects.exists()
    assert mail.outbox == []
