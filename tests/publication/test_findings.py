"""What the review finds, in the editor: from the first draft on, with its place, answered, and never in the way."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page, PageLogEntry

from tests.policies import PURPOSE, TEXT, body, draft, posted, reloaded
from tests.publication.test_form import edit, permitted
from wagtail_privacy.actions import review as review_action
from wagtail_privacy.actions.answer_finding import answer_finding, ask_again
from wagtail_privacy.actions.refusal import ActionError, NotAllowed
from wagtail_privacy.clock import at, now
from wagtail_privacy.models import FindingAnswer, PolicyPage
from wagtail_privacy.publication.findings import DraftReview, review_draft
from wagtail_privacy.publication.preview import preview_publication
from wagtail_privacy.review.answers import question_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


@pytest.fixture
def page(root: Page) -> PolicyPage:
    """A draft that was never published."""
    page = draft(root)
    page.save_revision()
    return reloaded(page)


@pytest.fixture
def admin(client: Client, editor: Any) -> Client:
    client.force_login(editor)
    return client


def reviewed(page: PolicyPage, user: Any = None) -> DraftReview:
    found = review_draft(preview_publication(page, user), page, user)
    assert found is not None
    return found


def rules(page: PolicyPage) -> set[str]:
    return {finding.rule for finding in reviewed(page).judgement.open}


def question(page: PolicyPage, rule: str) -> str:
    return next(question_of(finding) for finding in reviewed(page).judgement.open if finding.rule == rule)


# --- The tab ---


def test_a_draft_is_reviewed_before_anything_is_published(admin: Client, page: PolicyPage) -> None:
    html = admin.get(edit(page)).content.decode()
    errors = len(reviewed(page).judgement.errors)
    assert errors > 3
    assert f'data-privacy-path="{PURPOSE}" data-privacy-field="legal_bases"' in html
    assert f'href="#block-{PURPOSE}-section"' in html
    assert f"{errors} saker saknas" in html or f"{errors} things missing" in html


def test_the_findings_come_anew_with_each_autosave(admin: Client, page: PolicyPage) -> None:
    html = admin.get(reverse("wagtail_privacy:outlook", args=[page.pk])).content.decode()
    assert 'data-privacy-part="findings"' in html
    assert f"#block-{PURPOSE}-section" in html


def test_findings_stand_by_severity_the_worst_first(page: PolicyPage) -> None:
    found = reviewed(page)
    assert [group.severity for group in found.groups] == [
        severity for severity in ("error", "warning", "info") if severity in {f.severity for f in found.judgement.open}
    ]
    assert sum(len(group.lines) for group in found.groups) == len(found.judgement.open)


def test_what_the_register_says_leads_to_the_block_that_chose_it(page: PolicyPage) -> None:
    for group in reviewed(page).groups:
        for line in group.lines:
            assert "/" not in line.place.anchor
            assert set(line.place.path) <= {PURPOSE, TEXT, "22222222-2222-4222-8222-222222222222"}


def test_an_empty_policy_is_not_called_wrong(admin: Client, root: Page) -> None:
    page = root.add_child(instance=PolicyPage(title="Ny", slug="ny", live=False, locale=root.locale))
    page.save_revision()
    assert reviewed(page).is_empty
    assert "saker saknas" not in admin.get(edit(page)).content.decode()


def test_a_new_page_has_the_tab_too(admin: Client, root: Page) -> None:
    url = reverse("wagtailadmin_pages:add", args=["wagtail_privacy", "policypage", root.pk])
    assert 'data-privacy-part="findings"' in admin.get(url).content.decode()


def test_a_translation_is_compared_before_either_language_is_published(
    page: PolicyPage, locale_en: Locale, capsys: Any
) -> None:
    english = page.copy_for_translation(locale_en, copy_parents=True)
    english.body = body("P36M", "Deliver your order", words="We sell bread.")
    english.save_revision()

    assert {"translation.facts"} == {rule for rule in rules(english) if rule.startswith("translation.")}
    assert not {rule for rule in rules(page) if rule.startswith("translation.")}
    call_command("privacy_check", str(english.pk), "--json")
    assert "translation.facts" in capsys.readouterr().out


def test_what_the_settings_say_is_no_difference_between_languages(
    page: PolicyPage, locale_en: Locale, capsys: Any
) -> None:
    """The section on changes states the policy's settings, before its first publication and after."""
    said = {"type": "change_notice", "id": "55555555-5555-4555-8555-555555555555", "value": {}}
    page.body = json.dumps([*json.loads(body()), said])
    page.save_revision()
    english = reloaded(page).get_latest_revision_as_object().copy_for_translation(locale_en, copy_parents=True)
    english.save_revision()
    for public in (False, True):
        if public:
            page.save_revision().publish()
            stated = page.policy.newest_text("sv").snapshot.by_id[said["id"]].facts
            assert stated == {"notice_period": page.policy.notice_days, "tells_users": page.policy.tells_users}
        assert not {rule for rule in rules(english) if rule == "translation.facts"}, public
        call_command("privacy_check", str(english.pk), "--json")
        assert "translation.facts" not in capsys.readouterr().out, public


def test_a_review_that_fails_is_logged_and_said_and_nothing_else(
    admin: Client, page: PolicyPage, monkeypatch: Any, settings: Any, caplog: Any
) -> None:
    settings.WAGTAIL_PRIVACY_ERRORS_BLOCK = True

    def broken(*args: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(review_action, "review", broken)
    page.title = "En annan"  # nothing of it is cached
    page.save_revision()
    html = admin.get(edit(page)).content.decode()
    assert "kunde inte granskas" in html or "could not be reviewed" in html
    assert "ZeroDivisionError" in caplog.text
    assert admin.post(edit(page), posted(page, action="publish")).status_code == 302
    assert reloaded(page).live


def test_a_law_that_cannot_be_read_is_such_a_failure(page: PolicyPage, settings: Any) -> None:
    settings.WAGTAIL_PRIVACY_LAW_ADDITIONS = ["no_such_law"]
    assert review_draft(preview_publication(page), page, None) is None


def test_the_review_is_worked_out_once_a_day(page: PolicyPage, monkeypatch: Any) -> None:
    page.title = "Räknad"
    days = []
    real = review_action.review
    monkeypatch.setattr(review_action, "review", lambda *args: days.append(args[2]) or real(*args))
    plan = page.plan()
    for _round in range(3):
        review_action.judge_plan(plan, now().date(), ahead=0)
    assert len(days) == 1
    review_action.judge_plan(plan, now().date() + timedelta(days=1), ahead=0)
    assert len(days) == 2


# --- The law ---


def test_the_law_is_that_of_the_language_until_a_policy_chooses(page: PolicyPage, admin: Client) -> None:
    assert reviewed(page).judgement.law.code == "SE"
    page.save_revision().publish()
    policy = page.policy
    assert policy
    form = admin.get(reverse("privacy-policies:edit", args=[policy.pk]))
    assert "Danmark" in form.content.decode()
    policy.law_profile = "DK"
    policy.save()
    assert reviewed(reloaded(page)).judgement.law.code == "DK"


# --- Answers ---


def test_an_answer_is_kept_with_who_and_when_and_on_which_facts(admin: Client, page: PolicyPage, editor: Any) -> None:
    asked = question(page, "provision.missing")
    url = reverse("wagtail_privacy:finding", args=[page.pk, asked])
    assert url in admin.get(edit(page)).content.decode()
    assert admin.get(url).status_code == 200
    assert admin.post(url, {"note": "Allt sköts här."}).status_code == 302
    given = FindingAnswer.objects.get()
    assert (given.rule, given.by, given.note) == ("provision.missing", editor, "Allt sköts här.")
    assert "provision.missing" not in rules(page)
    assert PageLogEntry.objects.filter(action="wagtail_privacy.finding_answered", user=editor).count() == 1
    html = admin.get(edit(page)).content.decode()
    assert "Allt sköts här." in html

    page.body = body(new="Skicka nyheter")  # another purpose: is it still so?
    assert "provision.missing" in rules(page)
    page.body = body(words="Vi säljer bullar.")  # other words, the same facts
    assert "provision.missing" not in rules(page)


def test_an_answer_can_be_taken_back(admin: Client, page: PolicyPage, editor: Any) -> None:
    asked = question(page, "provision.missing")
    answer_finding(page, asked, editor)
    url = reverse("wagtail_privacy:finding", args=[page.pk, asked])
    assert admin.get(url).status_code == 200
    assert admin.post(url, {"ask": "again"}).status_code == 302
    assert "provision.missing" in rules(page)


def test_an_answer_outlives_the_account(page: PolicyPage, editor: Any) -> None:
    answer_finding(page, question(page, "provision.missing"), editor)
    editor.delete()
    found = reviewed(page)
    assert [(each.by, each.note) for each in found.answered] == [("", "")]


def test_what_the_law_always_asks_for_has_no_answer(page: PolicyPage, editor: Any) -> None:
    finding = next(f for f in reviewed(page).judgement.open if not f.answerable)
    with pytest.raises(ActionError):
        answer_finding(page, question_of(finding), editor)
    assert not FindingAnswer.objects.exists()


def test_who_may_not_edit_the_page_may_not_answer(client: Client, page: PolicyPage, editor: Any) -> None:
    asked = question(page, "provision.missing")
    stranger = permitted("nils")
    stranger.groups.get().page_permissions.all().delete()
    with pytest.raises(NotAllowed):
        answer_finding(page, asked, stranger)
    with pytest.raises(NotAllowed):
        ask_again(page, asked, stranger)
    client.force_login(stranger)
    url = reverse("wagtail_privacy:finding", args=[page.pk, asked])
    assert client.post(url, {"note": "x"}).status_code == 302
    assert not FindingAnswer.objects.exists()


def test_a_finding_that_is_gone_is_no_error(admin: Client, page: PolicyPage) -> None:
    url = reverse("wagtail_privacy:finding", args=[page.pk, "0" * 32])
    assert admin.get(url).status_code == 302
    assert admin.post(url, {"note": "x"}).status_code == 302


# --- What is coming ---


def test_a_basis_that_ends_is_announced_with_its_day(root: Page, settings: Any, tmp_path: Any) -> None:
    ending = now().date() + timedelta(days=20)
    law = tmp_path / "change.toml"
    law.write_text(
        f'code = "soon"\n[[repealed]]\nname = "Brödlagen"\nnames = ["brödlagen"]\nuntil = {ending}\n'
        'instead = "Bullagen"\n'
    )
    settings.WAGTAIL_PRIVACY_LAW_ADDITIONS = [str(law)]
    page = draft(root, words="Vi gör det enligt brödlagen.")
    found = reviewed(page)
    assert "law.repealed" not in {finding.rule for finding in found.judgement.open}
    assert [(day, line.finding.rule) for day, line in found.coming] == [(ending + timedelta(days=1), "law.repealed")]
    with at(now() + timedelta(days=21)):
        assert "law.repealed" in rules(page)
