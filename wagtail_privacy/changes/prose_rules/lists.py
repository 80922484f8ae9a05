"""Whether a sentence names more things than before, or fewer."""

from __future__ import annotations

from wagtail_privacy.changes.difference import StatementDifference
from wagtail_privacy.prose.statement import Statement


def list_grew(difference: StatementDifference) -> bool:
    joints = [
        sum(u.value in ("and", "or") for u in s.of("opener")) + s.text.count(",")
        for s in (difference.old, difference.new)
    ]
    return joints[1] > joints[0]


def list_shrank(difference: StatementDifference) -> bool:
    return list_grew(StatementDifference(difference.new, difference.old)) or purposes_grew(
        StatementDifference(difference.new, difference.old)
    )


def has_list(statement: Statement) -> bool:
    return sum(u.kind == "data" for u in statement.units) >= 2


def purposes_grew(difference: StatementDifference) -> bool:
    purposes = [sum(u.value == "purpose" for u in s.of("opener")) for s in (difference.old, difference.new)]
    return purposes[1] > purposes[0]
