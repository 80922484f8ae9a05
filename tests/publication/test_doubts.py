"""Changes in doubt: asked in the form, answered without a script, kept with who and when, shown to no reader."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from tests.policies import body, draft, posted, reloaded
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.changes.change import Change, Materiality
from wagtail_privacy.changes.doubts import ANSWERS, DoubtAnswer
from wagtail_privacy.models import PolicyPage

pytestmark = pytest.mark.django_db
BEFORE = "Vi rider på måndagar."
#: An unknown word that became another: nobody but a person can tell.
AFTER = "Vi simmar på måndagar."


@pytest.fixture
def page(root: Page, site: Any) -> PolicyPage:
    """A policy with one version, and a draft that is in doubt."""
    new = draft(root, words=BEFORE)
    new.save_revision().publish()
    page = reloaded(new)
    page.body = body(words=AFTER)
    page.save_revision()
    return page


@pytest.fixture
def admin(client: Client, editor: Any) -> Client:
    client.force_login(editor)
    return client


def edit(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def newest(page: PolicyPage) -> PolicyPage:
    return reloaded(page).get_latest_revision_as_object()


def doubt(page: PolicyPage) -> Change:
    (change,) = newest(page).plan().changes
    return change


def post(client: Client, page: PolicyPage, answer: str = "", note: str = "", action: str = "", **answers: Any) -> Any:
    name = f"change_doubts-{doubt(page).question}"
    given = {name: answer, f"{name}-note": note} if answer else {}
    return client.post(edit(page), posted(newest(page), action=action, **given, **answers))


def test_a_doubt_is_material_until_it_is_answered(page: PolicyPage) -> None:
    assert doubt(page).doubt
    assert doubt(page).materiality is Materiality.MATERIAL
    assert doubt(page).statements == ((BEFORE, AFTER),)


@pytest.mark.parametrize("answer", [code for code in ANSWERS if code != "other"])
def test_an_answer_gives_the_class_and_needs_no_permission(page: PolicyPage, answer: str) -> None:
    found = newest(page)
    found.answer(doubts={doubt(page).question: answer})
    (change,) = found.plan().changes
    assert (change.materiality, change.doubt) == (ANSWERS[answer][1], False)
    assert found.plan().proposed is ANSWERS[answer][1]


def test_the_form_asks_and_stores_who_answered_and_when(admin: Client, editor: Any, page: PolicyPage) -> None:
    html = admin.get(edit(page)).content.decode()
    assert f'name="change_doubts-{doubt(page).question}" value="same"' in html
    assert post(admin, page, "same").status_code == 302
    (stored,) = newest(page).change_doubts.values()
    assert stored == {"answer": "same", "by": str(editor.pk), "at": stored["at"]}
    again = admin.get(edit(page)).content.decode()
    assert 'value="same" checked' in again
    assert (editor.get_full_name() or editor.get_username()) in again


def test_what_the_browser_says_of_who_and_when_is_not_believed(admin: Client, editor: Any, page: PolicyPage) -> None:
    claimed = json.dumps({doubt(page).question: {"answer": "same", "by": "0", "at": "1999-01-01"}})
    post(admin, page, "less", change_doubts=claimed)
    (stored,) = newest(page).change_doubts.values()
    assert (stored["answer"], stored["by"]) == ("less", str(editor.pk))
    assert not stored["at"].startswith("1999")


def test_an_answered_doubt_is_published_as_answered_and_readers_see_neither(admin: Client, page: PolicyPage) -> None:
    assert post(admin, page, "same", action="publish").status_code == 302
    version = page.policy.newest_version()
    assert version.materiality == Materiality.EDITORIAL
    (change,) = (Change.from_json(stored) for stored in version.text("sv").changes_json)
    assert change.answer is not None and change.answer["answer"] == "same"
    public = Client().get(f"{reloaded(page).url}history/").content.decode()
    assert "same" not in public.split() and change.question not in public


def test_other_words_bring_the_question_back(page: PolicyPage) -> None:
    found = newest(page)
    found.answer(doubts={doubt(page).question: "same"})
    found.body = body(words="Vi klättrar på måndagar.")
    (change,) = found.plan().changes
    assert change.doubt


def test_something_else_needs_a_sentence(admin: Client, page: PolicyPage) -> None:
    refused = post(admin, page, "other", action="publish", change_summary="Vi simmar.")
    assert refused.status_code == 200
    assert page.policy.versions.count() == 1
    told = post(admin, page, "other", "Vi bytte sport.", action="publish", change_summary="Vi simmar.")
    assert told.status_code == 302
    assert page.policy.newest_version().materiality == Materiality.MATERIAL


def test_a_script_answers_with_a_code_that_exists(page: PolicyPage) -> None:
    with pytest.raises(ValueError, match="Expected each doubt answered by one of"):
        newest(page).answer(doubts={"x": "perhaps"})
    with pytest.raises(ValueError, match="with a note"):
        newest(page).answer(doubts={"x": "other"})
    found = newest(page)
    found.answer(doubts={doubt(page).question: DoubtAnswer("other", "Vi bytte sport.")})
    publish_policy(found)
    assert page.policy.newest_version().materiality == Materiality.MATERIAL
