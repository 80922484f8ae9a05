"""A policy page is unpublished: what is recorded, who is told, and what nothing of ours may stop."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import GroupPagePermission, Locale, Page

from tests.notices.factories import person
from tests.policies import reloaded
from tests.reader.site import (
    APRIL,
    FIRST_OF_JUNE,
    JUNE,
    MARCH,
    MAY,
    announce,
    block,
    draft,
    publish,
    purpose,
    translate,
)
from wagtail_privacy.actions.postpone import change_day
from wagtail_privacy.actions.refusal import NotAllowed
from wagtail_privacy.actions.unpublish import telling_people, unpublish_policy
from wagtail_privacy.actions.verify import verify
from wagtail_privacy.clock import at
from wagtail_privacy.exports.evidence import export
from wagtail_privacy.models import Event, EventKind, Notice, Policy, PolicyPage
from wagtail_privacy.notices.audience import RegisteredUsers
from wagtail_privacy.notices.message import RenderedMails
from wagtail_privacy.records.notice import DeliveryState, NoticeKind, NoticeState
from wagtail_privacy.records.publicity import public_languages, unpublished_with
from wagtail_privacy.sending.deliver import deliver
from wagtail_privacy.sending.seal import last_seal
from wagtail_privacy.sending.sweep import has_work, sweep

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

CONTROLLER = block(
    "controller", "44444444-4444-4444-8444-444444444444", name="Cykelboden AB", email="data@cykelboden.example"
)


@pytest.fixture
def page(root: Page) -> PolicyPage:
    return publish(draft(root, CONTROLLER, purpose()), moment=MARCH)


@pytest.fixture
def english(page: PolicyPage, locale_en: Locale) -> PolicyPage:
    return translate(page, locale_en, CONTROLLER, purpose(title="Deliver"), title="Privacy policy", moment=APRIL)


def of(page: PolicyPage) -> Policy:
    return Policy.objects.get(translation_key=page.translation_key)


def told(notice: Notice | None) -> dict[str, Any]:
    """Who was told, with the mail."""
    assert notice
    mail.outbox.clear()
    with at(MAY + timedelta(minutes=5)):
        deliver(notice.pk)
    return {message.to[0].partition("@")[0]: message for message in mail.outbox}


def kinds(page: PolicyPage) -> list[str]:
    events = Event.objects.filter(version__policy=of(page)).exclude(kind=EventKind.SEALED)
    return [event.kind for event in events.order_by("position")]


# --- Every way in which a page stops being public ---


def by_bulk_action(page: PolicyPage) -> None:
    Page.objects.get(pk=page.pk).unpublish()  # not as a policy page: its own save() is not called


def by_expiry(page: PolicyPage) -> None:
    PolicyPage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled", stdout=StringIO())


def by_deleting_what_is_above(page: PolicyPage) -> None:
    page.get_parent().delete()


@pytest.mark.parametrize(
    "vanish",
    [
        PolicyPage.unpublish,
        by_bulk_action,
        by_expiry,
        PolicyPage.delete,
        lambda page: Page.objects.get(pk=page.pk).delete(),
        by_deleting_what_is_above,
        unpublish_policy,
    ],
)
def test_every_way_is_an_event(root: Page, vanish: Callable[[PolicyPage], None]) -> None:
    about = root.add_child(title="Om oss", slug="om-oss", locale=root.locale)
    page = publish(draft(about, purpose()), moment=MARCH)
    policy = of(page)
    vanish(page)
    event = Event.objects.filter(version__policy=policy).latest("pk")
    assert (event.kind, event.data) == (EventKind.UNPUBLISHED, {"language": "sv"})
    assert public_languages(policy) == set()
    assert list(verify(policy)) == []
    assert not Notice.objects.exists()


def test_other_pages_and_aliases_are_nothing_to_us(root: Page, page: PolicyPage) -> None:
    elsewhere = root.add_child(title="Kundtjänst", slug="kundtjanst", locale=root.locale)
    alias = page.create_alias(parent=elsewhere)
    before = kinds(page)
    with telling_people() as notices:
        alias.unpublish()
        elsewhere.unpublish()
    assert (notices, kinds(page)) == ([], before)


@pytest.mark.parametrize("step", ["Policy.objects.lock", "public_languages", "record_event"])
def test_nothing_of_ours_stops_it(page: PolicyPage, step: str, caplog: Any) -> None:
    with mock.patch(f"wagtail_privacy.actions.record_version.{step}", side_effect=RuntimeError("broken")):
        page.unpublish()
    assert not reloaded(page).live
    assert EventKind.UNPUBLISHED not in kinds(page)
    assert "`privacy_reconcile` does that" in caplog.text
    call_command("privacy_reconcile", "--record", stdout=StringIO())
    assert kinds(page)[-1] == EventKind.UNPUBLISHED


# --- Coming back ---


def test_publishing_again_ends_it_in_that_language_alone(page: PolicyPage, english: PolicyPage) -> None:
    page.unpublish()
    english.unpublish()
    assert public_languages(of(page)) == set()
    reloaded(english).get_latest_revision().publish()
    assert public_languages(of(page)) == {"en"}
    with at(MAY):
        publish(reloaded(page), CONTROLLER, purpose(duration="P12M"), moment=MAY)
    assert public_languages(of(page)) == {"en", "sv"}


def test_what_is_held_when_it_comes_back_is_public_again_as_it_was(page: PolicyPage, english: PolicyPage) -> None:
    page.unpublish()
    Policy.objects.filter(pk=of(page).pk).update(required_languages=["en"])
    publish(reloaded(page), CONTROLLER, purpose(duration="P12M"), moment=MAY)
    assert of(page).pending_texts.count() == 1
    assert public_languages(of(page)) == {"en", "sv"}
    assert kinds(page)[-1] == EventKind.PUBLISHED


# --- People are told ---


def test_all_are_told_where_nothing_is_public_any_more(page: PolicyPage, english: PolicyPage) -> None:
    for name, language in (("anna", "sv"), ("bob", "en"), ("cia", "")):
        person(name, language)
    english.unpublish()
    notice = unpublish_policy(page, moment=MAY, tell_people=True)
    assert notice and (notice.kind, notice.version.number) == (NoticeKind.UNPUBLISHED, 1)
    assert notice.event and notice.event.kind == EventKind.UNPUBLISHED
    mails = told(notice)
    assert set(mails) == {"anna", "bob", "cia"}
    with override("en"):
        assert mails["bob"].subject == "“Privacy policy” is no longer published"
        assert "Since 4 May 2026, “Privacy policy” is no longer published on our website." in mails["bob"].body
        assert "Its last version was version 1, with effect from 2 March 2026." in mails["bob"].body
    assert "Integritetspolicy" in mails["anna"].subject
    assert "data@cykelboden.example" in mails["anna"].body
    for message in mails.values():
        assert not re.search(r"https?://", message.body)
        assert message.reply_to == ["data@cykelboden.example"]


def test_where_it_can_be_read_still_only_those_who_miss_it_are_told(page: PolicyPage, english: PolicyPage) -> None:
    for name, language in (("anna", "sv"), ("bob", "en"), ("cia", "")):
        person(name, language)
    mails = told(unpublish_policy(english, moment=MAY, tell_people=True))
    assert set(mails) == {"bob"}
    assert mails["bob"].subject == "“Privacy policy” is no longer published in English"
    assert "It can still be read in Swedish." in mails["bob"].body
    assert f"Swedish: {page.full_url}" in mails["bob"].body
    assert mails["bob"].extra_headers["Content-Language"] == "en"
    html = str(mails["bob"].alternatives[0][0])
    assert f'href="{page.full_url}"' in html
    assert '<html lang="en"' in html


def test_those_who_were_shown_the_original_miss_it_too(page: PolicyPage, english: PolicyPage) -> None:
    Locale.objects.get_or_create(language_code="sv")
    person("anna", "sv")
    person("bob", "en")
    mails = told(unpublish_policy(page, moment=MAY, tell_people=True))
    assert set(mails) == {"anna"}
    assert english.full_url in mails["anna"].body


def test_a_title_that_nobody_has_translated_is_not_quoted(page: PolicyPage) -> None:
    person("bob", "en")
    mails = told(unpublish_policy(page, moment=MAY, tell_people=True))
    assert "Integritetspolicy" not in mails["bob"].body + mails["bob"].subject
    assert mails["bob"].subject == "“Privacy policy” is no longer published"


def test_announced_changes_are_said_to_take_effect_all_the_same(page: PolicyPage) -> None:
    announce(page, CONTROLLER, purpose(duration="P36M"), moment=APRIL, on=FIRST_OF_JUNE, summary="Längre.")
    notice = unpublish_policy(reloaded(page), moment=MAY, tell_people=True)
    assert notice
    with at(MAY):
        text = RenderedMails(notice.version, lambda: "", notice)["en"].message.text
    assert notice.version.number == 1
    assert "The changes that we have announced take effect all the same." in text


def test_what_is_unpublished_in_one_go_is_told_at_once(page: PolicyPage, english: PolicyPage) -> None:
    for name, language in (("anna", "sv"), ("bob", "en")):
        person(name, language)
    with at(MAY), telling_people() as notices:
        page.unpublish()
        english.unpublish()
    (notice,) = notices
    assert notice.event and unpublished_with(notice.event) == {"sv", "en"}
    mails = told(notice)
    assert {name: len(message.to) for name, message in mails.items()} == {"anna": 1, "bob": 1}
    assert "no longer published on our website" in mails["bob"].body
    assert list(verify(of(page))) == []


def test_nothing_is_half_done(page: PolicyPage) -> None:
    before = kinds(page)
    with (
        mock.patch("wagtail_privacy.actions.unpublish.issue_notice", side_effect=RuntimeError("broken")),
        pytest.raises(RuntimeError),
        transaction.atomic(),
    ):
        unpublish_policy(page, tell_people=True)
    assert (reloaded(page).live, kinds(page), Notice.objects.count()) == (True, before, 0)
    unpublish_policy(reloaded(page))
    assert not Notice.objects.exists()


def test_a_policy_that_tells_nobody_tells_nobody(page: PolicyPage) -> None:
    Policy.objects.update(tells_users=False)
    assert unpublish_policy(page, tell_people=True) is None
    assert not reloaded(page).live


def test_it_asks_for_the_permissions(page: PolicyPage) -> None:
    user = person("erik")
    with pytest.raises(NotAllowed):
        unpublish_policy(page, user=user)
    group = Group.objects.create(name="Redaktörer")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    publishes = Permission.objects.get(codename="publish_page", content_type__app_label="wagtailcore")
    GroupPagePermission.objects.create(group=group, page=page.get_parent(), permission=publishes)
    user.groups.add(group)
    user = type(user).objects.get(pk=user.pk)
    with pytest.raises(NotAllowed):
        unpublish_policy(page, user=user, tell_people=True)
    assert reloaded(page).live
    group.permissions.add(Permission.objects.get(codename="publish_material"))
    user = type(user).objects.get(pk=user.pk)
    assert unpublish_policy(reloaded(page), user=user, tell_people=True)
    assert Event.objects.filter(kind=EventKind.UNPUBLISHED).get().by == user


# --- The notice as any other ---


def test_whoever_was_not_told_yet_is_not_told_when_it_is_public_again(page: PolicyPage) -> None:
    person("anna", "sv")
    notice = unpublish_policy(page, moment=MAY, tell_people=True)
    assert notice
    with at(MAY + timedelta(hours=1)):
        reloaded(page).get_latest_revision().publish()
        assert Notice.objects.get(pk=notice.pk).is_stopped
        sweep()
        deliver(notice.pk)
    assert mail.outbox == []
    assert Notice.objects.get(pk=notice.pk).state == NoticeState.FINISHED
    assert list(verify(of(page))) == []


def test_a_change_of_plan_is_still_told_after_it(page: PolicyPage) -> None:
    person("anna", "sv")
    announced = announce(page, CONTROLLER, purpose(duration="P36M"), moment=APRIL, on=FIRST_OF_JUNE, summary="Längre.")
    with at(APRIL):
        deliver(Notice.objects.get().pk)
    with at(MAY):
        change_day(of(page).versions.get(number=2), MAY.date(), reason="Genast.")
    unpublish_policy(reloaded(announced), moment=MAY + timedelta(minutes=1), tell_people=True)
    stopped = {notice.kind: notice.is_stopped for notice in Notice.objects.all()}
    assert stopped == {"announced": False, "postponed": False, "unpublished": False}


def test_it_is_sealed_verified_exported_and_closed(page: PolicyPage, english: PolicyPage, tmp_path: Path) -> None:
    person("anna", "sv")
    person("bob", "en")
    notice = unpublish_policy(page, moment=MAY, tell_people=True)
    assert set(told(notice)) == {"anna"}
    stored = Notice.objects.get()
    assert stored.state == NoticeState.FINISHED
    seal = last_seal(stored)
    assert seal and seal.data["kind"] == "unpublished"
    assert seal.data["deliveries"] == {DeliveryState.SENT: {"sv": 1}}
    assert seal.data["said_in"] == {"sv": ["sv"]}
    with at(JUNE):
        person("cia", "sv")  # who joins later has not read what is gone
        assert not has_work(stored)
        assert sweep() == []
    assert list(verify(of(page))) == []
    exported = export(of(page), tmp_path)
    assert '"kind": "unpublished"' in exported[0].read_text()
    assert stored.head in exported[1].read_text()
    Notice.objects.filter(pk=stored.pk).update(kind="withdrawn")
    with override("en"):
        assert any("kind of notice" in finding.message for finding in verify(of(page)))


def test_a_person_s_language_known_in_python_alone_is_asked_too(
    page: PolicyPage, english: PolicyPage, settings: Any
) -> None:
    settings.WAGTAIL_PRIVACY_AUDIENCE = f"{__name__}.ByName"
    for name in ("anna", "bob"):
        person(name)
    assert set(told(unpublish_policy(english, moment=MAY, tell_people=True))) == {"bob"}


class ByName(RegisteredUsers):
    def language(self, user: Any) -> str:
        return "en" if user.username == "bob" else "sv"


def test_what_is_released_while_a_language_is_not_public_makes_it_none(page: PolicyPage, english: PolicyPage) -> None:
    """The gate lets a held version go when its last language comes; the original was unpublished meanwhile."""
    policy = of(page)
    policy.required_languages = ["en"]
    policy.save()
    publish(reloaded(page), CONTROLLER, purpose(duration="P12M"), moment=MAY)
    reloaded(page).unpublish()
    assert public_languages(of(page)) == {"en"}
    translate(page, english.locale, CONTROLLER, purpose(title="Deliver", duration="P12M"), title="Policy", moment=MAY)
    assert of(page).versions.count() == 2
    assert public_languages(of(page)) == {"en"}
    assert list(verify(of(page))) == []
