"""What one sentence states: its words as concepts and values, in the order of the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from wagtail_privacy.prose.blocks import Place
from wagtail_privacy.prose.quantities import Quantity

#: Acts that are done to people's data or with them, and that a reader must be told of.
PROCESSING = frozenset(
    {
        *("collect", "register", "record", "use", "share", "sell", "rent", "publish", "transfer", "store", "read"),
        *("analyse", "profile", "track", "combine", "identify", "decide", "train", "advertise", "contact"),
        *("personalise", "show", "cookies"),
    }
)
#: Acts that a reader wants: more of them, or sooner, is better.
WELCOME = frozenset({"erase", "anonymise", "pseudonymise", "protect", "answer", "restrict_act"})
#: Kinds of units that only hold a sentence together.
SMALL_KINDS = frozenset({"small", "opener", "operator"})
#: Kinds of units that say nothing by coming or going.
SILENT = frozenset({"small", "discourse", "opener", "bound", "policy"})


class Unit(NamedTuple):
    """A word or several: ``kind`` is a section of the lexicon or a kind of value, ``value`` the concept or the value.

    Kinds of values: period, age, money, number, date, phone, email, url, article, country, city, name, company.
    ``unknown`` is a word that no lexicon holds; its value is its stem. ``clause`` counts from 0.
    """

    kind: str
    value: str
    raw: str
    clause: int = 0
    at: int = 0
    quantity: Quantity | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self[:2]


@dataclass(frozen=True)
class Statement:
    """A sentence read. Two with equal :attr:`signature` state the same, whatever their words and order.

    ``names_a_paper`` says that it has words such as "updated" or "adopted", ``is_paper`` that it has no others: the
    policy's own date, version or number; ``names_hours`` that it has words such as "weekdays" or "o'clock".
    """

    text: str
    language: str
    place: Place
    units: tuple[Unit, ...]
    context: tuple[Unit, ...] = ()
    names_a_paper: bool = False
    is_paper: bool = False
    names_hours: bool = False

    def of(self, *kinds: str) -> Iterator[Unit]:
        return (unit for unit in self.units if unit.kind in kinds)

    def values(self, *kinds: str) -> frozenset[str]:
        return frozenset(unit.value for unit in self.of(*kinds))

    def has(self, kind: str, *values: str) -> bool:
        return any(unit.value in values for unit in self.of(kind))

    @cached_property
    def acts(self) -> frozenset[str]:
        """What is done, here or in what leads to the sentence."""
        return self.values("act") | frozenset(unit.value for unit in self.context if unit.kind == "act")

    @cached_property
    def operators(self) -> Counter[str]:
        return Counter([unit.value for unit in self.units if unit.kind == "operator"])

    @cached_property
    def negators(self) -> int:
        """How many negations: what turns a sentence without its being understood."""
        found = self.operators
        return found["not"] + found["no_longer"] + found["without"] * 0

    @cached_property
    def is_denied_by_its_place(self) -> bool:
        """Whether the lead-in of its list, its row or its column denies it: "We never share:"."""
        return sum(unit.kind == "operator" and unit.value in ("not", "no_longer") for unit in self.context) % 2 == 1

    @cached_property
    def content(self) -> frozenset[tuple[str, str]]:
        """What it speaks of: everything but grammar, courtesy and operators."""
        return frozenset(unit.key for unit in self.units if unit.kind not in SILENT and unit.kind != "operator")

    @cached_property
    def signature(self) -> tuple[frozenset[tuple[str, str]], frozenset[tuple[str, int]], bool]:
        counted = frozenset((name, count) for name, count in self.operators.items() if name not in UNCOUNTED)
        return self.content, counted, self.is_denied_by_its_place

    @property
    def speaks_of_the_policy(self) -> bool:
        """Whether it says that the policy itself may change, or where it is found, and no more."""
        about = any(unit.key == ("discourse", "policy") for unit in self.units)
        return about and self.acts <= {"change", "inform", "publish", "administer"} and self.content <= _OF_THE_POLICY

    @cached_property
    def tells_of_processing(self) -> bool:
        return bool(self.acts & PROCESSING)


#: What is said of the policy: that it changes, that people are told.
_OF_THE_POLICY = frozenset(
    {
        ("act", "change"),
        ("act", "inform"),
        ("act", "publish"),
        ("act", "administer"),
        ("mode", "needed"),
        ("mode", "law"),
    }
)
#: Operators whose coming and going states nothing by itself: what they bring is read as content.
UNCOUNTED = frozenset(
    {"also", "not_only", "first_person", "second_person", "may_you", "all", "sometimes", "self", "when"}
)
