"""The ledger of a million people on PostgreSQL: how fast it is written, how large it is, how fast a batch is claimed.

The lower bound of writing is one bare ``INSERT … SELECT`` of the same columns into the same table, with nothing looked
up; both are timed in turn, in one run, on an emptied table. A claim is timed in turn of two notices to a million people
each, in one table: one as it was written, and one of which 90 % were claimed and marked as sent since, with all that
this leaves behind and no vacuum.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.db import connection
from wagtail.models import Locale, Page
from wagtail.users.models import UserProfile

from benchmarks._rounds import paired
from tests.notices import factories
from wagtail_privacy.clock import at
from wagtail_privacy.models import Delivery, Notice, Version
from wagtail_privacy.notices.audience import RegisteredUsers
from wagtail_privacy.sending.add_people import expand_notice
from wagtail_privacy.sending.claim import claim

PEOPLE = 1_000_000
FEW = 1_000
ROUNDS = 15
CLAIMS = 30
PORTION = 100_000
LOW = {"better": "lower"}
Json = dict[str, Any]


class InPython(RegisteredUsers):
    """An audience that knows a person's language in Python alone."""

    def language(self, user: Any) -> str:
        return super().language(user)


def run() -> list[Json]:
    if connection.vendor != "postgresql":
        print("ledger: left out; it needs PostgreSQL (DB=postgres).", file=sys.stderr)
        return []
    with at(factories.PUBLISHED + timedelta(hours=1)):
        version = _announced()
        return [*_memory(version), *_writing(version), *_claiming(version)]


def _announced() -> Version:
    locale = Locale.objects.get_or_create(language_code="sv")[0]
    if not Page.objects.filter(depth=2).exists():
        Page.objects.get(depth=1).add_child(title="Hem", slug="hem", locale=locale)
    return factories.announced()


def _add_people(count: int) -> None:
    """Registered users, four of five with a language of their own."""
    if count < 1:
        return
    user, profile = get_user_model()._meta.db_table, UserProfile._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(max(id), 0) FROM {user}")
        first = cursor.fetchone()[0] + 1
        cursor.execute(
            f"INSERT INTO {user} (id, password, is_superuser, username, first_name, last_name, email, is_staff,"
            " is_active, date_joined) SELECT n, '!', false, 'person' || n, 'Person', 'No. ' || n,"
            " 'person' || n || '@example.org', false, true, now() FROM generate_series(%s, %s) AS n",
            [first, first + count - 1],
        )
        fields = {field.column: "''" for field in UserProfile._meta.local_concrete_fields if not field.primary_key}
        fields |= {"user_id": "n", "preferred_language": "CASE WHEN n %% 2 = 0 THEN 'sv' ELSE 'en' END"}
        flags = ("_notifications", "keyboard_shortcuts")
        fields |= {name: "false" for name in fields if name.endswith(flags)}
        fields |= {"dismissibles": "'{}'"} if "dismissibles" in fields else {}
        cursor.execute(
            f"INSERT INTO {profile} ({', '.join(fields)}) SELECT {', '.join(fields.values())}"
            " FROM generate_series(%s, %s) AS n WHERE n %% 5 > 0",
            [first, first + count - 1],
        )
        cursor.execute(f"ANALYZE {user}")
        cursor.execute(f"ANALYZE {profile}")


def _empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {Delivery._meta.db_table} CASCADE")


def _new_notice(version: Version) -> Notice:
    version.notices.all().delete()
    return Notice.objects.create(version=version, created_at=factories.PUBLISHED)


# --- Writing ---


def _writing(version: Version) -> list[Json]:
    notice = _new_notice(version)

    def plugin() -> float:
        _empty()
        Notice.objects.filter(pk=notice.pk).update(expanded_at=None)
        return _seconds(lambda: expand_notice(notice.pk))

    def bare() -> float:
        _empty()
        return _seconds(lambda: _bare_insert(notice))

    rounds = [(plugin(), bare()) if number % 2 else (bare(), plugin())[::-1] for number in range(ROUNDS)]
    found = [
        {
            "name": "ledger.expansion",
            "value": median(mine / theirs for mine, theirs in rounds),
            "bar": 1.5,
            **LOW,
            "unit": "× a bare INSERT … SELECT",
            "how": f"{PEOPLE} people, two languages; median of {ROUNDS} rounds, {median(r[0] for r in rounds):.1f} s",
        }
    ]
    plugin()
    found.append(_bytes("ledger.bytes", PEOPLE))
    other = Notice.objects.create(version=version, kind="postponed", created_at=factories.PUBLISHED)
    expand_notice(other.pk)
    found.append(_bytes("ledger.bytes_with_two_notices", 2 * PEOPLE))
    return found


def _bare_insert(notice: Notice) -> None:
    ledger, user = Delivery._meta.db_table, get_user_model()._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {ledger} (notice_id, user_id, due_at, attempts, state, language, error)"
            f" SELECT %s, id, %s, 0, 'due', 'sv', '' FROM {user} WHERE is_active ORDER BY id",
            [notice.pk, datetime.now(UTC)],
        )
        if cursor.rowcount != PEOPLE:
            raise AssertionError(f"Expected {PEOPLE} rows, found {cursor.rowcount}.")


def _bytes(name: str, rows: int) -> Json:
    how = f"pg_total_relation_size of table and indexes after expansion, {rows} rows"
    return {"name": name, "value": _size() / rows, "bar": 170, **LOW, "unit": "bytes/person", "how": how}


def _size() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size(%s)", [Delivery._meta.db_table])
        return int(cursor.fetchone()[0])


# --- Memory ---


def _memory(version: Version) -> list[Json]:
    """How the highest resident memory grows with the people. To read them in Python is slow: a tenth does there."""
    ways = {"expansion_in_python": _expand_in_python, "dry_run": _dry_run, "expansion": _expand}
    _add_people(FEW)
    baseline = [_peak(way, version) for way in ways.values()][-1]
    found = []
    for name, way in ways.items():
        people = PEOPLE if name == "expansion" else PEOPLE // 10
        _add_people(people - get_user_model()._default_manager.count())
        peak = _peak(way, version)
        how = f"highest resident memory of the process after {people} people, {peak / 1024:.0f} MB"
        unit = f"× that of {FEW} people"
        found.append(
            {"name": f"ledger.memory_of_{name}", "value": peak / baseline, "bar": 1.1, **LOW, "unit": unit, "how": how}
        )
    return found


def _peak(way: Callable[[Version], None], version: Version) -> int:
    """The highest resident memory of this process in kB, after going this way too."""
    way(version)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _expand(version: Version) -> None:
    _empty()
    expand_notice(_new_notice(version).pk)


def _expand_in_python(version: Version) -> None:
    with patch("wagtail_privacy.conf.Settings.AUDIENCE", InPython):
        _expand(version)


def _dry_run(version: Version) -> None:
    RegisteredUsers(version.policy).dry_run()


# --- Claiming ---


def _claiming(version: Version) -> list[Json]:
    _empty()
    version.notices.all().delete()
    fresh, worn = (
        Notice.objects.create(version=version, kind=kind, created_at=factories.PUBLISHED)
        for kind in ("announced", "postponed")
    )
    for notice in (worn, fresh):
        expand_notice(notice.pk)
    _send_most_of(worn)
    audience = RegisteredUsers(version.policy)
    claims: list[Callable[[], Any]] = [lambda n=n: claim(n, audience=audience, as_of=1) for n in (worn, fresh)]  # type: ignore[misc]
    rounds = paired(claims[0], claims[1], CLAIMS)
    return [
        {
            "name": "ledger.claim",
            "value": median(one / other for one, other in rounds),
            "bar": 2,
            **LOW,
            "unit": "× in a fresh ledger",
            "how": f"a batch of {PEOPLE} people, 90 % sent; median of {CLAIMS} rounds, "
            f"{1000 * median(one for one, _ in rounds):.1f} ms",
        }
    ]


def _send_most_of(notice: Notice) -> None:
    """Claim and mark 90 % of the people in their order, with what each of the two writes leaves behind."""
    rows = notice.deliveries.order_by("pk")
    first = rows.values_list("pk", flat=True)[0]
    for start in range(first, first + PEOPLE * 9 // 10, PORTION):
        portion = Delivery.objects.filter(notice=notice, pk__gte=start, pk__lt=start + PORTION)
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {Delivery._meta.db_table} SET state = 'claimed', claim = %s, claimed_until = now(), as_of = 1,"
                " attempts = 1, address_hash = substr(md5(id::text), 1, 22)"
                " WHERE notice_id = %s AND id >= %s AND id < %s",
                [uuid4(), notice.pk, start, start + PORTION],
            )
        portion.update(state="sent", sent_at=factories.PUBLISHED, claim=None, claimed_until=None)


def _seconds(way: Callable[[], Any]) -> float:
    started = perf_counter()
    way()
    return perf_counter() - started
