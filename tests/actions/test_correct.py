"""Corrections: words only, as new editions, in everything that would bring the old words back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from tests.policies import KEPT, OTHER, TEXT, body, draft, reloaded
from wagtail_privacy.actions.correct import correct_summary, correct_wording
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.actions.refusal import ActionError
from wagtail_privacy.clock import at
from wagtail_privacy.models import EventKind, Notice, PolicyPage, Text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]
NEW = "<p>Bröd säljer vi.</p>"
WHY = "Ordföljden var fel."


@pytest.fixture
def page(root: Any) -> PolicyPage:
    """Version 1 in force, version 2 announced, and a draft of what comes after."""
    page = draft(root)
    page.save_revision().publish()
    for duration, act in (("P36M", publish_policy), ("P48M", lambda page, **_: page.save_revision())):
        newest = reloaded(page).get_latest_revision_as_object()
        newest.body = body(duration=duration)
        act(newest, summary="Vi spara längre.")
    return reloaded(page)


def words(page: Any, id: str = TEXT, field: str = "body") -> Any:
    from wagtail_privacy.blocks.compose import compose

    return compose(page).snapshot.by_id[id].texts[field]


def text(page: PolicyPage, number: int) -> Text:
    found = page.policy.versions.get(number=number).text("sv")
    assert found
    return found


def test_the_wording_in_force_is_corrected_in_all_that_would_bring_it_back(page: PolicyPage) -> None:
    before = Text.objects.get(version__number=1).snapshot_json
    done = correct_wording(text(page, 1), TEXT, "body", NEW, reason=WHY)
    assert done and not done.left
    assert [(edition.version.number, edition.edition) for edition in done.editions] == [(1, 2), (2, 2)]
    assert "Bröd säljer vi." in page.text_in_force().shown[f"{TEXT}:body"]
    now = reloaded(page)
    assert words(now) == words(now.get_latest_revision_as_object()) == words(now.live_revision.as_object()) == NEW
    assert Text.objects.get(version__number=1, edition=1).snapshot_json == before
    assert text(page, 2).changes_json == Text.objects.get(version__number=2, edition=1).changes_json


def test_a_correction_makes_no_version_and_tells_nobody_and_nor_does_the_next_publication(page: PolicyPage) -> None:
    notices = Notice.objects.count()
    correct_wording(text(page, 1), TEXT, "body", NEW, reason=WHY)
    assert (page.policy.versions.count(), Notice.objects.count()) == (2, notices)
    newest = reloaded(page).get_latest_revision_as_object()
    publish_policy(newest, summary="Längre.")
    (change,) = text(page, 3).changes
    assert change.field == "duration"


def test_each_corrected_version_has_an_event_with_both_wordings(page: PolicyPage, editor: Any) -> None:
    correct_wording(text(page, 1), TEXT, "body", NEW, user=editor, reason=WHY)
    for number in (1, 2):
        event = page.policy.versions.get(number=number).events.get(kind=EventKind.CORRECTED)
        assert (event.by, event.reason, event.data["old"], event.data["new"]) == (
            editor,
            WHY,
            "<p>Vi säljer bröd.</p>",
            NEW,
        )


def test_a_correction_leaves_no_gap(page: PolicyPage) -> None:
    """Readers would have it at once."""
    with pytest.raises(ActionError, match="vad") as refused:
        correct_wording(text(page, 1), TEXT, "body", "<p>Vi säljer ⟦vad⟧.</p>", reason=WHY, means_the_same=True)
    assert refused.value.field == "new"
    assert Text.objects.filter(edition=2).count() == 0


@pytest.mark.parametrize("blocks", [True, False])
def test_a_correction_brings_no_error_in_where_errors_block(page: PolicyPage, settings: Any, blocks: bool) -> None:
    """What the text lacks already is no reason."""
    settings.WAGTAIL_PRIVACY_ERRORS_BLOCK = blocks
    wrong = "<p>Vi säljer bröd. Du kan klaga hos Datainspektionen.</p>"
    if blocks:
        with pytest.raises(ActionError, match="Datainspektionen"):
            correct_wording(text(page, 1), TEXT, "body", wrong, reason=WHY, means_the_same=True)
    else:
        assert correct_wording(text(page, 1), TEXT, "body", wrong, reason=WHY, means_the_same=True)
    assert correct_wording(text(page, 1), TEXT, "body", NEW, reason=WHY, means_the_same=True)


def test_a_later_text_that_says_it_otherwise_is_left_alone(root: Any) -> None:
    page = draft(root)
    page.save_revision().publish()
    newest = reloaded(page).get_latest_revision_as_object()
    newest.body = body(words="Vi säljer kakor.", duration="P36M")
    publish_policy(newest, summary="Kakor.")
    done = correct_wording(text(page, 1), TEXT, "body", NEW, reason=WHY)
    assert done and [edition.version.number for edition in done.editions] == [1]
    assert words(reloaded(page)) == "<p>Vi säljer kakor.</p>"


@pytest.mark.parametrize(
    ("section", "field", "new"),
    [
        pytest.param(KEPT, "duration", "P12M", id="a fact"),
        pytest.param(TEXT, "body", " ", id="nothing"),
        pytest.param("", "title", "x" * 256, id="a title that no page can hold"),
        pytest.param(TEXT, "colour", "röd", id="no such field"),
        pytest.param(OTHER, "title", "x", id="no such section"),
        pytest.param(TEXT, "body", "<p>Vi säljer dina uppgifter till andra företag.</p>", id="a material change"),
    ],
)
def test_what_is_no_correction_of_words_is_refused(page: PolicyPage, section: str, field: str, new: str) -> None:
    with pytest.raises(ActionError):
        correct_wording(text(page, 1), section, field, new, reason=WHY)
    assert not Text.objects.filter(edition=2).exists()


def test_only_who_may_and_only_with_a_reason(page: PolicyPage) -> None:
    user = get_user_model().objects.create_user("karin")
    with pytest.raises(ActionError):
        correct_wording(text(page, 1), TEXT, "body", NEW, user=user, reason=WHY)
    with pytest.raises(ActionError):
        correct_summary(page.policy.versions.get(number=2), "sv", "Nytt.", user=user, reason=WHY)
    with pytest.raises(ActionError):
        correct_wording(text(page, 1), TEXT, "body", NEW)
    assert not Text.objects.filter(edition=2).exists()


def test_correcting_twice_is_once(page: PolicyPage) -> None:
    assert correct_wording(text(page, 1), TEXT, "body", NEW, reason=WHY)
    assert correct_wording(text(page, 1), TEXT, "body", NEW, reason=WHY) is None
    assert correct_wording(text(page, 1), TEXT, "heading", "Om företaget", reason=WHY)
    assert words(reloaded(page), TEXT, "heading") == "Om företaget"


def test_html_is_made_safe(page: PolicyPage) -> None:
    correct_wording(text(page, 1), TEXT, "body", NEW + "<script>alert(1)</script>", reason=WHY)
    assert "<script" not in page.text_in_force().shown[f"{TEXT}:body"]


def test_a_corrected_summary_is_read_and_the_earlier_one_stays(page: PolicyPage, client: Any) -> None:
    done = correct_summary(page.policy.versions.get(number=2), "sv", "Vi sparar längre.", reason=WHY)
    assert done
    assert (text(page, 2).summary, text(page, 2).edition) == ("Vi sparar längre.", 2)
    assert text(page, 2).digest == Text.objects.get(version__number=2, edition=1).digest
    history = client.get(f"{page.url}history/").content.decode()
    assert "Vi sparar längre." in history
    version = client.get(f"{page.url}versions/2/").content.decode()
    assert "spara" in version
    assert "<del>" in version


def test_readers_see_that_the_text_was_corrected_and_the_earlier_words(page: PolicyPage, client: Any) -> None:
    with at(timezone.now() + timedelta(hours=1)):
        correct_wording(text(page, 1), TEXT, "body", NEW, reason=WHY)
    response = client.get(page.url)
    assert response.context["corrections"]
    html = response.content.decode()
    assert "<ins>" in html
    assert WHY not in html
