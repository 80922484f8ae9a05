"""The chain: as recorded it is whole; whatever is done to it in the database is found, and named."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from tests.policies import TEXT, body, draft, reloaded
from wagtail_privacy.actions.correct import correct_summary, correct_wording
from wagtail_privacy.actions.postpone import change_day
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.actions.verify import chain_of, verify
from wagtail_privacy.actions.withdraw import withdraw
from wagtail_privacy.clock import day_of
from wagtail_privacy.models import Event, Notice, Policy, PolicyPage, Text, Version
from wagtail_privacy.policy.snapshot import canonical_json
from wagtail_privacy.records.chain import fingerprints, seal_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


@pytest.fixture
def policy(root: Any, editor: Any) -> Policy:
    """A policy to which everything has happened."""
    page = draft(root)
    page.save_revision(user=editor).publish()
    for duration in ("P36M", "P48M"):
        newest = reloaded(page).get_latest_revision_as_object()
        newest.body = body(duration=duration)
        publish_policy(newest, user=editor, summary="Längre.")
    found = page.policy
    assert found
    change_day(
        found.versions.get(number=2), day_of(timezone.now()) + timedelta(days=40), user=editor, reason="Inte klart."
    )
    correct_summary(found.versions.get(number=2), "sv", "Vi sparar längre.", user=editor, reason="Otydligt.")
    first = found.versions.get(number=1).text("sv")
    assert first
    correct_wording(
        first, TEXT, "body", "<p>Vi säljer gott bröd.</p>", user=editor, reason="Stavfel.", means_the_same=True
    )
    withdraw(found.versions.get(number=3), user=editor, reason="Behövs inte.")
    return Policy.objects.get(pk=found.pk)


def findings(policy: Policy) -> list[str]:
    with override("en"):
        return [finding.message for finding in verify(Policy.objects.get(pk=policy.pk))]


def test_what_was_recorded_is_whole(policy: Policy) -> None:
    assert policy.chain_length == Text.objects.count() + Event.objects.count() > 10
    assert findings(policy) == []
    call_command("privacy_history", "--verify", "--expect", Notice.objects.latest("pk").head)


TEXT_COLUMNS = {
    "language": "en",
    "edition": 9,
    "title": "Annan",
    "summary": "Vi sparar kortare.",
    "snapshot_json": {"format": 1, "language": "sv", "title": "x", "sections": []},
    "changes_json": [{"kind": "changed"}],
    "shown": {"x": "<p>y</p>"},
    "digest": "0" * 64,
    "sanitiser_version": 99,
    "carried_over": True,
    "recorded_at": timezone.now() - timedelta(days=900),
    "corrected_at": timezone.now() - timedelta(days=900),
}
EVENT_COLUMNS = {
    "kind": "unpublished",
    "at": timezone.now() - timedelta(days=900),
    "reason": "En annan.",
    "data": {"x": 1},
}
VERSION_COLUMNS = {
    "published_at": timezone.now() - timedelta(days=900),
    "takes_effect_at": timezone.now() - timedelta(days=900),
    "withdrawn_at": timezone.now() - timedelta(days=900),
    "materiality": "editorial",
    "proposed_materiality": "editorial",
    "reason": "En annan.",
    "builds_on": None,
}


@pytest.mark.parametrize("column", TEXT_COLUMNS)
def test_an_altered_text_is_found_with_its_column(policy: Policy, column: str) -> None:
    row = Text.objects.get(version__number=2, edition=1)
    Text.objects.filter(pk=row.pk).update(**{column: TEXT_COLUMNS[column]})
    altered = [
        message for message in findings(policy) if message.startswith(f"Altered: {column} of row {row.position},")
    ]
    assert len(altered) == 1


@pytest.mark.parametrize("column", EVENT_COLUMNS)
def test_an_altered_event_is_found_with_its_column(policy: Policy, column: str) -> None:
    row = Event.objects.get(version__number=2, kind="postponed")
    Event.objects.filter(pk=row.pk).update(**{column: EVENT_COLUMNS[column]})
    assert any(message.startswith(f"Altered: {column} of row {row.position},") for message in findings(policy))


def test_an_event_in_another_name_is_found_but_a_closed_account_is_none(policy: Policy, django_user_model: Any) -> None:
    row = Event.objects.get(version__number=2, kind="postponed")
    other = django_user_model.objects.create_user("other")
    Event.objects.filter(pk=row.pk).update(by=other)
    assert any(message.startswith(f"Altered: by of row {row.position},") for message in findings(policy))
    Event.objects.filter(pk=row.pk).update(by=None)
    assert findings(policy) == []
    Event.objects.filter(pk=row.pk).update(by=other, by_key=str(other.pk))
    assert any(message.startswith(f"Altered: by of row {row.position},") for message in findings(policy))


@pytest.mark.parametrize("column", VERSION_COLUMNS)
def test_an_altered_version_is_found_with_its_column(policy: Policy, column: str) -> None:
    Version.objects.filter(policy=policy, number=2).update(**{column: VERSION_COLUMNS[column]})
    (message,) = findings(policy)
    assert message.startswith(f"Altered: {column} of version 2.")


def test_a_version_published_in_another_name_is_found(policy: Policy, django_user_model: Any) -> None:
    other = django_user_model.objects.create_user("other")
    Version.objects.filter(policy=policy, number=2).update(published_by=other)
    assert findings(policy) == ["Altered: published_by of version 2."]
    other.delete()  # whose account is closed is told by the event
    assert findings(policy) == []


def test_a_version_with_another_number_is_found(policy: Policy) -> None:
    Version.objects.filter(policy=policy, number=3).update(number=4)
    found = findings(policy)
    assert any(message.startswith("Altered: version of row") for message in found)


@pytest.mark.parametrize("model", [Text, Event])
def test_a_row_of_another_version_is_found(policy: Policy, model: Any) -> None:
    row = model.objects.filter(version__number=1).first()
    edition = {"edition": 77} if model is Text else {}
    model.objects.filter(pk=row.pk).update(version=policy.versions.get(number=3), **edition)
    assert any(
        message.startswith("Altered: ") and f"version of row {row.position}," in message for message in findings(policy)
    )


@pytest.mark.parametrize("model", [Text, Event])
@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        pytest.param("predecessor", "e" * 64, "the place in the chain, or the seal, of row", id="predecessor"),
        pytest.param("seal", "e" * 64, "the place in the chain, or the seal, of row", id="seal"),
        pytest.param("fingerprints", {}, "of row", id="fingerprints"),
        pytest.param("position", 99, "the place in the chain, or the seal, of row", id="position"),
    ],
)
def test_an_altered_link_is_found(policy: Policy, model: Any, column: str, value: Any, words: str) -> None:
    row = model.objects.filter(version__number=2).first()
    model.objects.filter(pk=row.pk).update(**{column: value})
    assert any(message.startswith("Altered: ") and words in message for message in findings(policy))


@pytest.mark.parametrize(("column", "value"), [("chain_length", 3), ("chain_length", 99), ("chain_head", "e" * 64)])
def test_an_altered_end_of_the_chain_is_found(policy: Policy, column: str, value: Any) -> None:
    Policy.objects.filter(pk=policy.pk).update(**{column: value})
    assert any(message.startswith("The chain does not end where the policy says") for message in findings(policy))


def test_a_digest_in_a_notice_that_is_in_no_row_is_found(policy: Policy) -> None:
    notice = Notice.objects.order_by("pk").first()
    Notice.objects.filter(pk=notice.pk).update(head="e" * 64)
    assert [message for message in findings(policy) if f"notice {notice.pk} about version 2" in message]


def test_a_version_taken_off_the_end_with_all_its_rows_shows_against_what_left_the_site(policy: Policy) -> None:
    """Whoever can write the database can end the chain earlier. The digest that was sent or kept is then in no row."""
    sent = policy.chain_head
    call_command("privacy_history", "--expect", sent)
    Notice.objects.filter(version__number=3).delete()
    first = min(
        row.position for row in (*Event.objects.filter(version__number=3), *Text.objects.filter(version__number=3))
    )
    for model in (Event, Text, Notice):
        later = model.objects.filter(**({"position__gte": first} if model is not Notice else {"about__gte": first}))
        later.delete()
    Version.objects.filter(policy=policy, number=3).delete()
    end = max((*Event.objects.all(), *Text.objects.all()), key=lambda row: row.position)
    Policy.objects.filter(pk=policy.pk).update(chain_length=end.position, chain_head=end.seal)
    with pytest.raises(CommandError):
        call_command("privacy_history", "--expect", sent)


def test_the_end_of_the_chain_is_printed_in_mail_feed_data_and_export(
    policy: Policy, client: Any, tmp_path: Path
) -> None:
    page = PolicyPage.objects.get()
    for address in ("history/feed/", "data/json/"):
        assert policy.chain_head in client.get(f"{page.url}{address}").content.decode()
    call_command("privacy_history", "--export", str(tmp_path))
    for path in tmp_path.iterdir():
        assert policy.chain_head in path.read_text(encoding="utf-8")


def test_a_row_that_was_taken_out_is_missing(policy: Policy) -> None:
    row = Event.objects.get(version__number=2, kind="postponed")
    Event.objects.filter(pk=row.pk).delete()
    assert f"Missing: row {row.position}." in findings(policy)


def test_rows_taken_off_the_end_are_missing(policy: Policy) -> None:
    Event.objects.filter(position=policy.chain_length).delete()
    assert f"Missing: row {policy.chain_length}." in findings(policy)
    head = Event.objects.get(position=policy.chain_length - 1)
    Policy.objects.filter(pk=policy.pk).update(chain_length=head.position, chain_head=head.seal)
    # Even so the version's own row, which the event withdrew, and what left the site tell it.
    assert findings(policy)


def test_two_rows_that_changed_places_are_out_of_order(policy: Policy) -> None:
    first, second = Event.objects.filter(version__number=2).order_by("position")[:2]
    Event.objects.filter(pk=first.pk).update(position=second.position)
    Event.objects.filter(pk=second.pk).update(position=first.position)
    found = findings(policy)
    assert sum("the place in the chain" in message for message in found) == 2
    assert any(message.startswith("Out of order") for message in found)


def test_a_row_put_in_by_hand_is_found(policy: Policy) -> None:
    Event.objects.bulk_create([Event(version=policy.versions.get(number=2), kind="withdrawn", at=timezone.now())])
    assert any(message.startswith("Not in the chain") for message in findings(policy))


def test_an_altered_seal_is_found(policy: Policy) -> None:
    Text.objects.filter(version__number=1, edition=1).update(seal="f" * 64)
    assert any("or the seal" in message for message in findings(policy))


def rewrite(policy: Policy) -> None:
    """Compute the whole chain anew, and put its seals wherever they are printed or sealed."""
    seals: dict[str, str] = {}
    before = ""
    for row in chain_of(policy):
        if isinstance(row, Event):
            row.data = json.loads(
                re.sub("[0-9a-f]{64}", lambda found: seals.get(found[0], found[0]), json.dumps(row.data))
            )
        old, row.predecessor, row.fingerprints = row.seal, before, fingerprints(row.content())
        before = seals[old] = row.seal = seal_of(row)
        values = {
            name: getattr(row, name) for name in ("predecessor", "seal", "fingerprints", "data") if hasattr(row, name)
        }
        type(row).objects.filter(pk=row.pk).update(**values)
    Policy.objects.filter(pk=policy.pk).update(chain_head=before)
    for notice in Notice.objects.exclude(head=""):
        Notice.objects.filter(pk=notice.pk).update(head=seals[notice.head])


def test_a_chain_rewritten_from_a_row_on_shows_against_what_left_the_site(policy: Policy) -> None:
    """Whoever can write the database can compute new seals. The digest in a mail stays as it was."""
    sent = Notice.objects.order_by("pk").first().head
    Text.objects.filter(version__number=1, edition=1).update(summary="Vi har alltid sparat längre.")
    rewrite(policy)
    assert findings(policy) == []
    with pytest.raises(CommandError):
        call_command("privacy_history", "--expect", sent)


def test_to_expect_a_digest_verifies_and_says_whose_it_is(policy: Policy, capsys: Any) -> None:
    with override("en"):
        call_command("privacy_history", "--expect", policy.chain_head)
    assert f"{policy}: the digest {policy.chain_head} is in its history" in capsys.readouterr().out
    Text.objects.filter(version__number=1).update(summary="Vi har alltid sparat längre.")
    with pytest.raises(CommandError, match="2 things are not as they were recorded"), override("en"):
        call_command("privacy_history", "--expect", policy.chain_head)


def test_the_command_fails_where_something_is_wrong(policy: Policy, capsys: Any) -> None:
    Text.objects.filter(version__number=2).update(edition=F("edition") + 7)
    with pytest.raises(CommandError):
        call_command("privacy_history", "--verify")
    assert "edition" in capsys.readouterr().err


def test_stored_rows_are_never_saved_again(policy: Policy) -> None:
    for row in (Text.objects.first(), Event.objects.first()):
        with pytest.raises(TypeError, match="never changed"):
            row.save()


def test_saving_the_settings_from_an_old_form_leaves_the_chain_alone(policy: Policy) -> None:
    old = Policy.objects.get(pk=policy.pk)
    old.chain_length, old.chain_head, old.notice_days = 1, "", 45
    old.save()
    assert Policy.objects.get(pk=policy.pk).notice_days == 45
    assert findings(policy) == []


def test_the_export_can_be_verified_and_read_without_the_site(policy: Policy, tmp_path: Path) -> None:
    call_command("privacy_history", "--export", str(tmp_path / "evidence"))
    (written,) = (tmp_path / "evidence").glob("*.json")
    evidence = json.loads(written.read_text(encoding="utf-8"))
    before = ""
    for number, row in enumerate(evidence["rows"], 1):
        sealed = {name: value for name, value in row.items() if name != "seal"}
        assert (row["position"], row["predecessor"]) == (number, before)
        assert hashlib.sha256(canonical_json(sealed).encode()).hexdigest() == row["seal"]
        before = row["seal"]
    assert before == evidence["policy"]["chain_head"]
    (page,) = (tmp_path / "evidence").glob("*.html")
    html = page.read_text(encoding="utf-8")
    assert "Vi säljer bröd." in html
    assert "Vi säljer gott bröd." in html
    assert "Inte klart." in html
    assert "<script" not in html


def test_the_history_outlives_its_page(policy: Policy, tmp_path: Path, client: Any, editor: Any) -> None:
    PolicyPage.objects.get().delete()
    assert findings(policy) == []
    call_command("privacy_history", "--verify", "--export", str(tmp_path))
    assert "Vi säljer gott bröd." in next(tmp_path.glob("*.html")).read_text(encoding="utf-8")
    client.force_login(editor)
    assert client.get(reverse("privacy-policies:inspect", args=[policy.pk])).status_code == 200
    assert client.get(reverse("privacy-policies:index")).status_code == 200
