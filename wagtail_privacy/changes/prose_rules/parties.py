"""Names of people and companies in another role, or in the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wagtail_privacy.changes.difference import StatementDifference
from wagtail_privacy.changes.prose_rules.addresses import is_address
from wagtail_privacy.changes.prose_rules.explanations import are_examples
from wagtail_privacy.changes.prose_rules.lists import list_grew
from wagtail_privacy.changes.prose_rules.references import READERS
from wagtail_privacy.changes.prose_rules.subject import MATERIAL, MINOR, Subject, verdict_of
from wagtail_privacy.changes.verdict import Verdict
from wagtail_privacy.prose.blocks import Sentence
from wagtail_privacy.prose.reader import read_sentence
from wagtail_privacy.prose.statement import PROCESSING, Statement

_FORMERLY = re.compile(
    r"\s*\((?i:formerly|previously|tidigare|f\.d\.|aiemmin|entinen|ent\.|tidligere|früher|vormals|ehemals)"
    r"(?:\sknown\sas|\sdie)?\s[^\W\d_a-zåäöæøü][^()]{1,60}\)"
)


def without_former_names(statement: Statement) -> Statement:
    """``statement`` without what somebody was called before: "X Ltd (formerly Y Ltd)"; itself where none is said."""
    text = _FORMERLY.sub("", statement.text)
    return statement if text == statement.text else read_sentence(Sentence(text, statement.place), statement.language)


#: What is done where somebody else gets to see the data.
_DISCLOSING = frozenset({"share", "sell", "rent", "publish", "transfer", "read", "show", "contact"})


def tells_of_others(statement: Statement) -> bool:
    """Whether it tells of data that others get: who is named in it gets them, too."""
    ours = bool(statement.operators["first_person"])
    of_readers = statement.operators["may_you"] or statement.acts & PROCESSING <= {"read", "show", "register"}
    if not statement.tells_of_processing or (of_readers and not ours):
        return False
    company = any(True for _ in statement.of("company"))
    return bool(statement.acts & _DISCLOSING) or company or bool(statement.values("party") - READERS - {"machine"})


def _only_courtesy(statement: Statement) -> bool:
    """Whether a name stands among words that state nothing: "At the Museum Trust, we take your privacy seriously"."""
    courteous = any(True for _ in statement.of("discourse"))
    return courteous and all(
        unit.kind in ("name", "discourse", "small", "operator", "opener") for unit in statement.units
    )


def names(difference: StatementDifference, subject: Subject) -> Iterator[Verdict]:
    """A controller that is another one, a processor that is, somebody else to ask."""
    gained = [u for u in difference.gained if u.kind in ("name", "company")]
    lost = [u for u in difference.lost if u.kind in ("name", "company")]
    if not gained and not lost:
        return
    units = [*gained, *lost]
    new, old = difference.new, difference.old
    if any(("party", "controller") in s.content for s in (new, old)) and any(u.kind == "company" for u in units):
        yield verdict_of(MATERIAL, "prose-controller", units)
    elif (
        len(gained) <= len(lost)
        or _only_courtesy(new)
        or is_address(difference)
        or any(("party", "processor") in s.content for s in (new, old))
        and not list_grew(difference)
    ):
        yield verdict_of(MINOR, "prose-name", units)
    else:
        receives = tells_of_others(new) and not are_examples(gained, difference)
        yield verdict_of(MATERIAL, "prose-recipient", gained, doubt=not receives)
