"""Lines that hold an address."""

from __future__ import annotations

import re

from wagtail_privacy.changes.difference import StatementDifference
from wagtail_privacy.prose.statement import PROCESSING, Statement

_STREETS = (
    r"(?:gatan|gata|gate|gaten|gade|vägen|veien|vegen|vej|vägg|straße|strasse|str\.|weg|platz|allee|katu|tie|kuja|polku|"
    r"street|road|avenue|lane|square|plads|torg|torget|tori|gränd|stigen|alle|allé)"
)


_ADDRESS = re.compile(
    rf"\b\d{{4,5}}\s+[^\W\d_a-zåäöæøü]|\b\d{{3}}\s\d{{2}}\s+[^\W\d_a-zåäöæøü]|(?i:\w*{_STREETS}\s+\d|\bP\.?O\.? ?Box)"
)


_OF_AN_ADDRESS = frozenset({"name", "company", "number", "city", "country", "discourse", "small", "opener", "unknown"})


def _only_names_a_place(statement: Statement) -> bool:
    return statement.has("discourse", "contacting") and all(u.kind in _OF_AN_ADDRESS for u in statement.units)


#: Words for the use of one's rights, which an invitation to write loses with its courtesy.
_OF_RIGHTS = re.compile(
    r"\brights?\b|exercis|rättighet|utöv|oikeuksi|oikeutt|rettighe[dt]|utøv|udøv|\brechte?\b|ausüb|auszuüb|wahrnehm|geltend",
    re.IGNORECASE,
)


def is_of_a_right(statement: Statement) -> bool:
    """Whether people are told how to use a right: to ask for something, to refuse it, to have it erased."""
    asks = statement.acts & {"erase", "refuse", "request", "consent_act"} or any(True for _ in statement.of("right"))
    return bool(asks) or bool(_OF_RIGHTS.search(statement.text))


#: What differs between two addresses.
_DIFFERING = frozenset({"name", "number", "phone", "city", "unknown"})


def _tells_where_to_write(difference: StatementDifference) -> bool:
    """Whether both say where to write or call, and only names, numbers and words with a capital differ."""
    capitals = difference.new.language != "de"  # where all nouns have them
    return (
        capitals
        and all(s.has("discourse", "contacting") and s.values("number") for s in (difference.old, difference.new))
        and all(u.kind in _DIFFERING and (u.kind != "unknown" or u.raw[:1].isupper()) for u in difference.units)
    )


def is_address(difference: StatementDifference) -> bool:
    """A line with a street's number or a postal code, and nothing done in it."""
    return _tells_where_to_write(difference) or all(
        (_ADDRESS.search(s.text) or _only_names_a_place(s))
        and not {u.value for u in s.of("act")} & (PROCESSING - {"contact", "show"})
        and not any(u.kind in ("right", "ground", "period") for u in s.units)
        for s in (difference.old, difference.new)
    )
