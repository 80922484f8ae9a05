"""What became of a notice, counted from its ledger. Nothing of it leads to a person."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Max, Min

from wagtail_privacy.records.chain import moment
from wagtail_privacy.records.notice import Notice


def ledger_of(notice: Notice) -> dict[str, Any]:
    """How many were told, by state and language, why some were not, when, and the digest of what they were told.

    A language is the one that people read; ``said_in`` is the language of what they were told.
    """
    sent = notice.deliveries.aggregate(first=Min("sent_at"), last=Max("sent_at"))
    return {
        "first_sent_at": moment(sent["first"]),
        "last_sent_at": moment(sent["last"]),
        "deliveries": _nested(notice.totals()),
        "reasons": _nested(notice.reasons()),
        **wordings_of(notice),
    }


def wordings_of(notice: Notice) -> dict[str, Any]:
    """Of each language that people read, the digests of the wordings, their languages and when they were written.

    They stand in the order in which they were written.
    """
    found: dict[str, dict[str, list[Any]]] = {name: defaultdict(list) for name in ("wordings", "said_in", "written_at")}
    rows = notice.wordings.order_by("language", "pk").values_list("language", "digest", "said_in", "written_at")
    for language, digest, said_in, written_at in rows:
        found["wordings"][language].append(digest)
        found["said_in"][language].append(said_in)
        found["written_at"][language].append(moment(written_at))
    return {name: dict(by_language) for name, by_language in found.items()}


def _nested(counts: dict[tuple[str, str], int]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for (first, second), count in sorted(counts.items()):
        found[first][second] = count
    return dict(found)
