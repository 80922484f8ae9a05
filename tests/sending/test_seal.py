"""The totals of a notice, sealed in the policy's chain, and kept when what leads to persons is purged."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.utils.html import escape

from tests.notices import factories
from tests.notices.factories import EFFECT, PUBLISHED, person
from wagtail_privacy.actions.verify import verify
from wagtail_privacy.clock import at
from wagtail_privacy.exports.evidence import export
from wagtail_privacy.models import Delivery, Event, Notice, Policy, Receipt, Suppression
from wagtail_privacy.records.version import EventKind
from wagtail_privacy.sending import purge as purging
from wagtail_privacy.sending.add_people import expand_notice
from wagtail_privacy.sending.deliver import deliver
from wagtail_privacy.sending.purge import Purged, purge
from wagtail_privacy.sending.seal import last_seal, seal_notice
from wagtail_privacy.sending.sweep import sweep

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

LATER = PUBLISHED + timedelta(hours=1)


@pytest.fixture(autouse=True)
def moment() -> Iterator[None]:
    with at(LATER):
        yield


def told(*people: tuple[str, str]) -> Notice:
    for name, language in people:
        person(name, language, first_name=name.title())
    notice = factories.notice()
    deliver(notice.pk)
    return Notice.objects.get(pk=notice.pk)


def seals() -> list[dict[str, Any]]:
    return [event.data for event in Event.objects.filter(kind=EventKind.TOLD).order_by("position")]


def test_a_finished_notice_is_sealed_in_its_versions_chain() -> None:
    notice = told(("anna", "sv"), ("bob", "en"), ("brit", "en"))

    (summary,) = seals()

    written = "2026-11-22T10:30:00.000000+00:00"
    assert summary["deliveries"] == {"sent": {"en": 2, "sv": 1}}
    assert (summary["notice"], summary["kind"], summary["state"]) == (notice.pk, "announced", "finished")
    assert (summary["first_sent_at"], summary["last_sent_at"], summary["finished_at"]) == (written,) * 3
    assert summary["head"] == notice.head
    policy = notice.version.policy
    policy.refresh_from_db()
    assert Event.objects.get(kind=EventKind.TOLD).seal == policy.chain_head


def test_the_digest_is_that_of_what_was_sent() -> None:
    notice = told(("anna", "sv"), ("bob", "en"))

    for message, language in zip(mail.outbox, ("sv", "en"), strict=True):
        (kept,) = notice.wordings.filter(language=language)
        assert seals()[0]["wordings"][language] == [kept.digest]
        said = json.dumps([kept.subject, kept.text, kept.html], ensure_ascii=False, separators=(",", ":"))
        assert hashlib.sha256(said.encode()).hexdigest() == kept.digest
        assert message.subject == kept.subject
        # The same but for the greeting, which names the person.
        assert message.body.split("\n", 1)[1] == kept.text.split("\n", 1)[1]
    assert "Anna" not in "".join(notice.wordings.values_list("text", flat=True))


def exported(policy: Policy, directory: Path) -> tuple[dict[str, Any], str]:
    data, page = export(policy, directory)
    return json.loads(data.read_text(encoding="utf-8")), page.read_text(encoding="utf-8")


def test_the_export_proves_what_was_told_after_the_ledger_is_purged(tmp_path: Path) -> None:
    notice = told(("anna", "sv"), ("bob", "en"))
    policy = notice.version.policy
    before = exported(policy, tmp_path)[0]["notices"][0]
    with days_after(365 * 3 + 1):
        purge()

    evidence, html = exported(policy, tmp_path)
    (after,) = evidence["notices"]
    *_, sealed = [row["content"]["data"] for row in evidence["rows"] if row["content"].get("kind") == "told"]
    assert before["deliveries"] == [
        {"language": "en", "state": "sent", "count": 1},
        {"language": "sv", "state": "sent", "count": 1},
    ]
    assert (after["deliveries"], sealed["deliveries"]) == ([], {"sent": {"en": 1, "sv": 1}})
    assert {row["language"]: [row["digest"]] for row in after["wordings"]} == sealed["wordings"]
    assert escape(notice.wordings.get(language="sv").subject) in html


def test_run_again_it_is_sealed_once() -> None:
    notice = told(("anna", "sv"))
    deliver(notice.pk)
    sweep()

    assert len(seals()) == 1


def test_who_joins_day_by_day_is_sealed_when_the_version_applies() -> None:
    notice = told(("anna", "sv"))
    for day in (1, 2):
        person(f"ny{day}", "en")
        with at(LATER + timedelta(days=day)):
            sweep()
    assert len(seals()) == 1, "The history does not grow with each of them."

    with at(EFFECT):
        sweep()
        sweep()

    assert [summary["deliveries"] for summary in seals()] == [
        {"sent": {"sv": 1}},
        {"sent": {"en": 2, "sv": 1}},
    ]
    assert notice.deliveries.count() == 3


def test_a_notice_that_was_stopped_says_how_many_were_not_told() -> None:
    person("anna", "sv")
    notice = factories.notice()
    expand_notice(notice.pk)
    type(notice.version).objects.update(withdrawn_at=LATER)

    sweep()

    assert seals()[0]["deliveries"] == {"skipped": {"sv": 1}}
    assert seals()[0]["reasons"] == {"skipped": {"withdrawn": 1}}


def test_the_chain_holds_with_the_seals_in_it() -> None:
    notice = told(("anna", "sv"))
    findings = [finding.message for finding in verify(notice.version.policy)]
    Event.objects.filter(kind=EventKind.TOLD).update(data={**seals()[0], "deliveries": {"sent": {"sv": 1000}}})

    altered = [finding.message for finding in verify(notice.version.policy)]

    (found,) = set(altered) - set(findings)
    assert "data" in found
    assert "told" in found


# --- Purging ---


def with_receipts(notice: Notice) -> None:
    Receipt.objects.bulk_create(
        Receipt(delivery=delivery, provider_id=f"id-{delivery.pk}", state="delivered", at=LATER)
        for delivery in notice.deliveries.all()
    )


def days_after(days: float) -> Any:
    return at(EFFECT + timedelta(days=days))


def test_traces_go_first_then_the_ledger_and_the_totals_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wagtail_privacy.sending.purge.CHUNK_SIZE", 1)
    notice = told(("anna", "sv"), ("bob", "en"))
    with_receipts(notice)

    with days_after(89):
        assert purge() == Purged(0, 0, 0)
    with days_after(91):
        assert purge(dry_run=True) == purge() == Purged(0, 2, 2)
        assert purge() == Purged(0, 0, 0)
    assert (notice.deliveries.count(), notice.deliveries.exclude(address_hash=None).count()) == (2, 0)
    with days_after(365 * 3 + 1):
        assert purge(dry_run=True) == purge() == Purged(2, 0, 0)
        assert purge() == Purged(0, 0, 0)
        assert sweep() == [], "Nobody is told anew."

    assert not notice.deliveries.exists()
    seal = last_seal(notice)
    assert seal is not None
    assert seal.data["deliveries"] == {"sent": {"en": 1, "sv": 1}}
    assert seal.data["receipts"] == {"delivered": 2}
    assert [bool(summary["purged_at"]) for summary in seals()] == [False, False, True], (
        "Once when it finished, once with the receipts, once when the ledger goes."
    )


def test_a_purge_that_was_stopped_removes_the_rest_when_it_is_run_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wagtail_privacy.sending.purge.CHUNK_SIZE", 1)
    notice = told(("anna", "sv"), ("bob", "en"))
    with days_after(365 * 3 + 1):

        def stopped(rows: Any) -> None:
            if rows.model is Delivery:
                Delivery.objects.filter(pk=rows.first().pk).delete()
                raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr(purging, "_remove", stopped)
            with pytest.raises(KeyboardInterrupt):
                purge()
        assert notice.deliveries.count() == 1
        before = seals()
        assert purge() == Purged(1, 0, 0)
        assert purge() == Purged(0, 0, 0)
    assert not notice.deliveries.exists()
    assert seals() == before, "The totals are those of the whole notice."


def test_who_seals_a_notice_that_was_read_before_it_was_purged_leaves_it_purged() -> None:
    read = told(("anna", "sv"))
    with days_after(365 * 3 + 1):
        purge()
        sealed = seals()
        assert seal_notice(read) is None

    assert Notice.objects.get(pk=read.pk).purged_at
    assert seals() == sealed


def test_what_the_seal_says_outlives_the_accounts() -> None:
    notice = told(("anna", "sv"), ("bob", "en"))
    for delivery in notice.deliveries.select_related("user"):
        assert delivery.user
        delivery.user.delete()

    with days_after(365 * 3 + 1):
        purge()

    assert [summary["deliveries"] for summary in seals()] == [{"sent": {"en": 1, "sv": 1}}] * 2


def test_a_site_sets_the_periods_or_keeps_for_ever(settings: Any) -> None:
    settings.WAGTAIL_PRIVACY_KEEP_DELIVERIES_DAYS = 10
    settings.WAGTAIL_PRIVACY_KEEP_RECEIPTS_DAYS = None
    notice = told(("anna", "sv"))

    with days_after(11):
        assert purge(dry_run=True) == Purged(1, 0, 0)
        settings.WAGTAIL_PRIVACY_KEEP_DELIVERIES_DAYS = None
        assert purge() == Purged(0, 0, 0)
    assert notice.deliveries.exists()


def test_what_is_suppressed_stays_so() -> None:
    told(("anna", "sv"))
    Suppression.objects.create(address_hash="x" * 22, reason="bounced", at=PUBLISHED)

    with days_after(365 * 10):
        purge()

    assert Suppression.objects.count() == 1


def test_a_notice_before_its_version_applies_is_never_purged(settings: Any) -> None:
    settings.WAGTAIL_PRIVACY_KEEP_DELIVERIES_DAYS = 1
    told(("anna", "sv"))

    with at(EFFECT):
        assert purge() == Purged(0, 0, 0)
