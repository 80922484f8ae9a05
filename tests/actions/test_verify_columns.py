"""Whatever is altered in any column of any table of the plugin is seen, or stands on the written list of what is not.

The list is the table in ``docs/evidence.md``: a column that is in neither place fails here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, models, transaction
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.models import Revision

from tests.conftest import default_site, home_page
from tests.notices.factories import person
from tests.once import made_once
from tests.policies import TEXT, body, draft, reloaded
from wagtail_privacy.actions.correct import correct_wording
from wagtail_privacy.actions.postpone import change_day
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.actions.verify import chain_of, verify
from wagtail_privacy.actions.withdraw import withdraw
from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.clock import at, start_of
from wagtail_privacy.models import (
    Delivery,
    Event,
    EventKind,
    Notice,
    Policy,
    PolicyPage,
    Receipt,
    Text,
    Version,
    Wording,
)
from wagtail_privacy.records.chain import fingerprints, seal_of
from wagtail_privacy.sending.deliver import deliver
from wagtail_privacy.sending.purge import purge
from wagtail_privacy.sending.seal import last_seal
from wagtail_privacy.sending.sweep import sweep

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site"), pytest.mark.slow]

BEGINNING = start_of(date(2026, 1, 5)) + timedelta(hours=9)
DOCS = Path(__file__).parents[2] / "docs" / "evidence.md"
#: The tables whose every row is evidence.
CHAIN = (Text, Event, Version, Notice, Wording, Delivery)


def days(count: float) -> Any:
    return at(BEGINNING + timedelta(days=count))


@pytest.fixture(scope="module")
def recorded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Two policies to which the same has happened: everything. All that was told is settled."""
    with made_once(django_db_blocker):
        root = home_page()
        default_site(root)
        record(root, get_user_model().objects.create_superuser("editor", "editor@example.org", "editor"))
        yield


@pytest.fixture
def editor(recorded: None, db: None) -> Any:
    """Who has done it."""
    return get_user_model().objects.get(username="editor")


@pytest.fixture
def policies(recorded: None, db: None) -> list[Policy]:
    """Those two, with nothing to be found yet."""
    assert findings() == []
    return list(Policy.objects.order_by("pk"))


def record(root: Any, editor: Any) -> None:
    person("anna", "sv")
    person("bo", "sv")
    person("cilla", "sv", email="no address")
    with days(0):
        pages = [draft(root, slug=slug, title=slug) for slug in ("shop", "club")]
        for page in pages:
            page.save_revision(user=editor).publish()
    for day, duration in ((10, "P36M"), (11, "P48M"), (12, "P60M")):
        for page in pages:
            with days(day):
                newest = reloaded(page).get_latest_revision_as_object()
                newest.body = body(duration=duration)
                publish_policy(
                    newest, user=editor, summary="Längre.", reason="Därför.", materiality=Materiality.MATERIAL
                )
        tell(day + 0.5)
    for page in pages:
        with days(13):
            second, third = (page.policy.versions.get(number=number) for number in (2, 4))
            change_day(second, date(2026, 3, 1), user=editor, reason="Inte klart.")
            correct_wording(
                second.text("sv"),
                TEXT,
                "body",
                "<p>Vi säljer gott bröd.</p>",
                user=editor,
                reason="Fel.",
                means_the_same=True,
            )
            withdraw(third, user=editor, reason="Behövs inte.")
    tell(14)
    with days(100):
        sweep()
    Receipt.objects.bulk_create(
        Receipt(delivery=delivery, provider_id=str(delivery.pk), state="delivered", at=BEGINNING)
        for delivery in Delivery.objects.filter(state="sent")
    )


def tell(day: float) -> None:
    with days(day):
        for notice in Notice.objects.order_by("pk"):
            deliver(notice.pk)


def findings() -> list[str]:
    with override("en"):
        return [finding.message for policy in Policy.objects.order_by("pk") for finding in verify(policy)]


def policy_of(row: Any) -> Any:
    """The policy that ``row`` is about; a row that is about none itself."""
    above = next((name for name in ("delivery", "notice", "version", "policy") if hasattr(row, name)), None)
    return policy_of(getattr(row, above)) if above else row


def seen(alter: Callable[[], Any], about: Any = None) -> bool | None:
    """Whether ``alter``, which is taken back, is seen; ``None`` where the database refuses it.

    The policy of ``about``, a row, is verified first, and wholly: what it says is enough, if it says anything.
    """
    first = policy_of(about)
    try:
        with transaction.atomic():
            with transaction.atomic():
                alter()
            found = any(list(verify(policy)) for policy in sorted(Policy.objects.all(), key=lambda each: each != first))
            transaction.set_rollback(True)
    except DatabaseError:
        return None
    return found


# --- Columns ---


@cache
def documented() -> dict[str, str]:
    """What the page says that is not seen of each column: empty where everything is, by ``"Model.column"``."""
    lines = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \| (.*?) ?\|$", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    found = {}
    for model, columns, how, unseen in lines:
        names = re.findall(r"`(\w+)`", columns) or ["*"]
        found |= {f"{model}.{name}": "everything" if how == "–" else unseen for name in names}
    return found


def columns() -> Iterator[tuple[type[models.Model], Any]]:
    for model in apps.get_app_config("wagtail_privacy").get_models():
        yield from ((model, field) for field in model._meta.get_fields() if field.concrete and not field.primary_key)


def unseen_of(model: type[models.Model], field: Any) -> str | None:
    known = documented()
    return known.get(f"{model.__name__}.{field.name}", known.get(f"{model.__name__}.*"))


def values(field: Any, row: Any) -> Iterator[Any]:
    """Other values for ``field`` of ``row``, of its kind."""
    now = getattr(row, field.attname)
    if field.is_relation:
        yield from field.related_model._default_manager.exclude(pk=now).values_list("pk", flat=True)[:4]
    elif isinstance(field, models.UUIDField):
        yield uuid4()
    elif isinstance(field, models.DateTimeField):
        # Further away than anything that happened.
        yield from ((now or BEGINNING) + timedelta(days=count) for count in (-4000, 4000))
    elif isinstance(field, models.BooleanField):
        yield not now
    elif isinstance(field, models.IntegerField):
        yield from ((now or 0) + 1, (now or 0) + 12_345)
    elif isinstance(field, models.JSONField):
        yield from ({"x": 1}, [], {})
    elif field.choices:
        yield from (code for code, _label in field.choices)
    else:
        yield from (f"x{now}"[: field.max_length], "e" * (field.max_length or 9), "")
    if field.null:
        yield None


def test_every_column_is_documented() -> None:
    lacking = [f"{model.__name__}.{field.name}" for model, field in columns() if unseen_of(model, field) is None]
    assert lacking == [], "docs/evidence.md says of every column how it is covered, or that it is not."


def test_an_altered_value_in_any_column_is_seen_or_on_the_list(policies: list[Policy]) -> None:
    missed = []
    for model, field in columns():
        unseen = unseen_of(model, field) or ""
        if unseen == "everything":
            continue
        rows = list(model._default_manager.order_by("pk"))
        assert rows, f"Expected rows of {model.__name__} to alter."
        # Each value in one of three rows, which take turns: verifying all after each takes its time.
        for turn, row in enumerate((rows[0], rows[len(rows) // 2], rows[-1])):
            for value in islice(values(field, row), turn, None, 3):
                if value == getattr(row, field.attname) or (value is None and "emptied" in unseen):
                    continue
                altered = model._default_manager.filter(pk=row.pk)
                found = seen(
                    lambda altered=altered, value=value, field=field: altered.update(**{field.name: value}), row
                )
                if found is False:
                    missed.append((model.__name__, field.name, row.pk, getattr(row, field.attname), value))
    assert missed == []


@pytest.mark.parametrize(
    "model", [pytest.param(model, marks=pytest.mark.each_database if model is Text else ()) for model in CHAIN]
)
def test_a_row_that_is_taken_out_is_missed(policies: list[Policy], model: Any) -> None:
    mine, other = ([row for row in model._default_manager.order_by("pk") if policy_of(row) == p] for p in policies)
    # The same has happened to both: in turns, the row of one or of the other.
    for turn, pair in enumerate(zip(mine, other, strict=True)):
        row = pair[turn % 2]
        rows = model._default_manager.filter(pk=row.pk)
        assert seen(lambda rows=rows: rows._raw_delete(rows.db), row) is not False, row


def test_rows_swapped_between_policies_are_seen(policies: list[Policy]) -> None:
    mine, other = policies
    columns_of = {Version: "policy", Text: "version", Event: "version", Notice: "version"}

    @settings(max_examples=20, deadline=None)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        model: Any = data.draw(st.sampled_from(list(columns_of)))
        column = columns_of[model]
        path = "policy" if model is Version else "version__policy"
        one, two = (data.draw(st.sampled_from(list(model.objects.filter(**{path: each})))) for each in (mine, other))

        def swap() -> None:
            # A version's number is unique in its policy: all of them, where one alone can't be swapped.
            first, second = getattr(one, f"{column}_id"), getattr(two, f"{column}_id")
            with connection.constraint_checks_disabled():
                model.objects.filter(pk=one.pk).update(**{column: second})
                model.objects.filter(pk=two.pk).update(**{column: first})

        assert seen(swap) is not False

    check()


def swap_chains(one: Policy, two: Policy) -> None:
    """All that was recorded of one policy becomes the other's: only their rows in the table of policies stay."""
    versions = [list(Version.objects.filter(policy=policy).values_list("pk", flat=True)) for policy in (one, two)]
    offset = 1000
    Version.objects.filter(pk__in=versions[0]).update(number=models.F("number") + offset, policy=two)
    Version.objects.filter(pk__in=versions[1]).update(policy=one)
    Version.objects.filter(pk__in=versions[0]).update(number=models.F("number") - offset)
    ends = [Policy.objects.values("chain_length", "chain_head", "chain_format").get(pk=each.pk) for each in (one, two)]
    Policy.objects.filter(pk=one.pk).update(**ends[1])
    Policy.objects.filter(pk=two.pk).update(**ends[0])


def test_two_swapped_chains_are_seen(policies: list[Policy]) -> None:
    assert seen(lambda: swap_chains(*policies))


def test_a_policy_deleted_with_everything_is_missed_by_another(policies: list[Policy]) -> None:
    def delete(policy: Policy) -> None:
        about = {"version__policy": policy}
        for rows in (
            Receipt.objects.filter(delivery__notice__version__policy=policy),
            Delivery.objects.filter(notice__version__policy=policy),
            Wording.objects.filter(notice__version__policy=policy),
            *(model.objects.filter(**about) for model in (Notice, Text, Event)),
        ):
            rows.delete()
        Version.objects.filter(policy=policy).update(builds_on=None)
        Version.objects.filter(policy=policy).delete()
        Policy.objects.filter(pk=policy.pk).delete()

    for policy in policies:
        assert seen(lambda policy=policy: delete(policy))


# --- What is lawful ---


def test_accounts_revisions_and_the_ledger_may_go(policies: list[Policy], django_user_model: Any, editor: Any) -> None:
    for user in django_user_model.objects.exclude(pk=editor.pk):
        user.delete()
        assert findings() == []
    editor.delete()
    assert findings() == []
    Revision.objects.all().delete()
    assert findings() == []
    for day in (200, 2000):
        with days(day):
            purge()
        assert findings() == []
    assert not Delivery.objects.exists()
    PolicyPage.objects.all().delete()
    assert findings() == []


def test_settings_that_are_saved_are_sealed_with_who_saved_them(
    policies: list[Policy], editor: Any, client: Any
) -> None:
    policy = Policy.objects.get(pk=policies[0].pk)
    policy.notice_days, length = 45, policy.chain_length
    policy.save()
    assert findings() == []
    policy.save()
    assert Policy.objects.get(pk=policy.pk).chain_length == length + 1, "What has not changed is not sealed again."
    event = Event.objects.get(version__policy=policy, position=length + 1)
    assert (event.kind, event.data["policy"]["notice_days"]) == (EventKind.SEALED, 45)


def test_no_seal_leads_to_a_person(policies: list[Policy], django_user_model: Any) -> None:
    data = json.dumps([*Event.objects.values_list("data", flat=True)])
    for user in django_user_model.objects.all():
        assert user.email not in data
        assert f'"{user.username}"' not in data
    assert not [
        delivery for delivery in Delivery.objects.all() if delivery.address_hash and delivery.address_hash in data
    ]


def test_who_joins_after_the_seal_is_no_finding(policies: list[Policy], root: Any, editor: Any) -> None:
    page = PolicyPage.objects.get(slug="shop")
    with days(200):
        newest = reloaded(page).get_latest_revision_as_object()
        newest.body = body(duration="P99M")
        publish_policy(newest, user=editor, materiality=Materiality.MATERIAL)
        assert findings() == []
    tell(201)
    assert findings() == []
    person("dag", "sv")
    with days(202):
        sweep()
    assert findings() == []
    tell(203)
    assert findings() == []
    with days(300):
        assert findings() == []
        sweep()
    assert findings() == []
    summary = last_seal(Notice.objects.latest("pk"))
    assert summary
    assert summary.data["deliveries"]["sent"] == {"sv": 4}, "Anna, Bo, Dag and the editor."


# --- Chains that an earlier release began ---


def downgrade(policy: Policy) -> None:
    """Make the chain of ``policy`` what the release before this one would have written."""
    sealed = Event.objects.filter(version__policy=policy, kind=EventKind.SEALED)
    rows = [row for row in chain_of(policy) if not (isinstance(row, Event) and row.kind == EventKind.SEALED)]
    sealed._raw_delete(sealed.db)
    places = {0: 0} | {row.position: number for number, row in enumerate(rows, 1)}
    before, seals = "", {}
    for row in rows:
        if isinstance(row, Event):
            kept = {name: row.data[name] for name in row.data if name not in ("revision_id", "purged_at", "written_at")}
            about = {"about": places[kept["about"]], "format": 1} if row.kind == EventKind.TOLD else {}
            text = json.dumps(kept | about)
            row.data = json.loads(re.sub("[0-9a-f]{64}", lambda found: seals.get(found[0], found[0]), text))
        old, row.position, row.predecessor, row.seal_format = row.seal, places[row.position], before, 1
        row.fingerprints = fingerprints(row.content())
        before = row.seal = seal_of(row)
        # A notice names the last row before it, which may have been an event that there was not.
        seals[old] = before
        names = ("position", "predecessor", "seal_format", "fingerprints", "seal", "data")
        type(row).objects.filter(pk=row.pk).update(**{name: getattr(row, name) for name in names if hasattr(row, name)})
    for notice in Notice.objects.filter(version__policy=policy):
        Notice.objects.filter(pk=notice.pk).update(head=seals[notice.head], about=places[notice.about])
    Policy.objects.filter(pk=policy.pk).update(chain_length=len(rows), chain_head=before, chain_format=0)


@pytest.fixture
def older(policies: list[Policy]) -> list[Policy]:
    for policy in policies:
        downgrade(policy)
    assert findings() == []
    assert {row.seal_format for policy in policies for row in chain_of(policy)} == {1}
    return list(Policy.objects.order_by("pk"))


def test_a_sweep_binds_each_older_chain_once(older: list[Policy]) -> None:
    assert not seen(lambda: swap_chains(*older)), "A swap before the upgrade stands on the list."
    for _again in range(2):
        with days(120):
            sweep()
    assert findings() == []
    for policy in older:
        bound = Event.objects.get(version__policy=policy, kind=EventKind.SEALED, data__has_key="head")
        assert bound.position == policy.chain_length + 1
        assert bound.data["head"] == bound.predecessor == policy.chain_head
        assert bound.data["policy"]["translation_key"] == str(policy.translation_key)
    assert seen(lambda: swap_chains(*older))
    for model, values_of in (
        (Version, {"revision_id": 99}),
        (Notice, {"head": "e" * 64}),
        (Policy, {"notice_days": 99}),
        (Policy, {"translation_key": uuid4()}),
    ):
        row = model.objects.order_by("pk").first()
        assert seen(lambda row=row, found=values_of: type(row).objects.filter(pk=row.pk).update(**found))


def test_the_first_recording_binds_an_older_chain(older: list[Policy], editor: Any) -> None:
    page = PolicyPage.objects.get(slug="shop")
    with days(120):
        newest = reloaded(page).get_latest_revision_as_object()
        newest.body = body(duration="P99M")
        publish_policy(newest, user=editor)
    assert findings() == []
    policy = Policy.objects.get(translation_key=page.translation_key)
    formats = [row.seal_format for row in chain_of(policy)]
    assert formats == sorted(formats)
    assert set(formats) == {1, 2}
    first = next(row for row in chain_of(policy) if row.seal_format == 2)
    assert isinstance(first, Event)
    assert first.kind == EventKind.SEALED


def test_a_row_with_an_older_seal_than_the_one_before_is_seen(policies: list[Policy]) -> None:
    """Else a row could be taken from another chain by sealing it in the format that names no policy."""
    last = list(chain_of(policies[0]))[-1]
    last.seal_format = 1
    last.seal = seal_of(last)
    type(last).objects.filter(pk=last.pk).update(seal_format=1, seal=last.seal)
    Policy.objects.filter(pk=policies[0].pk).update(chain_head=last.seal, chain_format=1)
    assert any("older than that of the row before" in message for message in findings())


def test_a_seal_of_a_later_release_is_not_called_altered(policies: list[Policy]) -> None:
    last = list(chain_of(policies[0]))[-1]
    type(last).objects.filter(pk=last.pk).update(seal_format=9)
    assert [message for message in findings() if message.startswith("Unknown: the seal of row")]
    with pytest.raises(CommandError):
        call_command("privacy_history", "--verify")
