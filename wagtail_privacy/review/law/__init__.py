"""The law that a policy is judged by, as dated data: the files beside this one, and what a site adds."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
#: The profiles of the package. The Digital Omnibus is no profile but what can be added to one.
PROFILES = ("EU", "SE", "FI", "NO", "DK", "DE")
ADDITIONS = ("digital_omnibus",)
#: What a document may state.
_TABLES = frozenset(
    {"code", "title", "builds_on", "country", "languages", "rules", "child_age", "repealed", "statutes"}
    | {"instrument", "adequacy"}
)


class UnreadableLaw(ValueError):
    """A profile or an addition that is no TOML, or lacks what a rule needs."""


@dataclass(frozen=True, slots=True)
class Dated:
    """What holds from ``valid_from`` to ``valid_to``, both included; ``None``: no end on that side."""

    valid_from: date | None = None
    valid_to: date | None = None

    def valid_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Requirement(Dated):
    """A rule that applies: how much a breach matters, which article says so (``"13.2 a"``), its place in the order
    of harm, and whether "we have none" is an answer."""

    rule: str = ""
    severity: Severity = "error"
    article: str = ""
    rank: int = 0
    answerable: bool = False


@dataclass(frozen=True, slots=True)
class Instrument(Dated):
    """An instrument of transfer or a statute: ``names`` are what texts call it, ``instead`` what has replaced it."""

    name: str = ""
    names: tuple[str, ...] = ()
    instead: str = ""


@dataclass(frozen=True, slots=True)
class AgeLimit(Dated):
    """From which age children consent for themselves (Art. 8(1))."""

    age: int = 16


@dataclass(frozen=True)
class Law:
    """A profile with all it builds on. ``country`` (ISO 3166-1) is empty for the EU's own; one without a ``title`` is
    called by its country."""

    code: str
    title: str = ""
    country: str = ""
    languages: tuple[str, ...] = ()
    requirements: Mapping[str, Requirement] = field(default_factory=dict)
    ages: tuple[AgeLimit, ...] = ()
    repealed: tuple[Instrument, ...] = ()
    statutes: Mapping[str, str] = field(default_factory=dict)
    instruments: tuple[Instrument, ...] = ()
    adequacy: Mapping[str, Dated] = field(default_factory=dict)

    def requirement(self, rule: str, day: date) -> Requirement | None:
        """The requirement ``rule`` as it is on ``day``; ``None`` where this law has no such rule then."""
        found = self.requirements.get(rule)
        return found if found is not None and found.valid_on(day) else None

    def statute(self, rule: str) -> str:
        """The national statute beside the article of ``rule``, by what stands before its dot; empty for none."""
        return self.statutes.get(rule.partition(".")[0], "")

    def child_age(self, day: date) -> int:
        valid = [limit.age for limit in self.ages if limit.valid_on(day)]
        return valid[-1] if valid else 16

    def is_adequate(self, country: str, day: date) -> bool:
        return country in self.adequacy and self.adequacy[country].valid_on(day)


def law(code: str = "EU", additions: Iterable[str] = ()) -> Law:
    """The profile ``code`` with ``additions``: names of the package's own, or whole TOML documents of a site.

    A document states ``code``, and whatever of a profile's tables it changes; one that says ``builds_on`` is a profile
    of its own, found by its code. Raises :exc:`UnreadableLaw`.
    """
    documents = [_read(addition) for addition in additions]
    own = {str(document.get("code")): document for document in documents if "builds_on" in document}
    chain = [*_chain(code, own), *(document for document in documents if "builds_on" not in document)]
    return _law(code, chain)


def codes(additions: Iterable[str] = ()) -> tuple[str, ...]:
    """The codes of all profiles: the package's, and those that a site's ``additions`` bring. Raises
    :exc:`UnreadableLaw`."""
    own = (str(document["code"]) for document in map(_read, additions) if "builds_on" in document)
    return tuple(dict.fromkeys([*PROFILES, *own]))


def proposed_profile(country: str, language: str, additions: Iterable[str] = ()) -> str:
    """The profile for a controller in ``country``, a site's own among ``additions`` before the package's, else for a
    text in ``language``, else the EU's. Raises :exc:`UnreadableLaw`."""
    own = [document for document in map(_read, additions) if "builds_on" in document] if country else []
    if code := next((str(document["code"]) for document in own if document.get("country") == country), ""):
        return code
    if country in PROFILES:
        return country
    if country:
        return "EU"
    tongue = language.lower().replace("_", "-").split("-")[0]
    return next((code for code in PROFILES if tongue in _file(code).get("languages", ())), "EU")


def _chain(code: str, own: Mapping[str, Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    document = own.get(code) or _file(code)
    below = document.get("builds_on")
    return [*(_chain(str(below), own) if below else []), document]


def _read(addition: str) -> Mapping[str, Any]:
    if addition in ADDITIONS:
        return _file(addition)
    try:
        document = tomllib.loads(addition)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableLaw(f"Expected TOML or one of {', '.join(ADDITIONS)}, found {error}.") from error
    if "code" not in document:
        raise UnreadableLaw('Expected a law to state its code (code = "own"), found none.')
    if unknown := sorted(document.keys() - _TABLES):  # it would look as if it applied
        raise UnreadableLaw(f"Expected a law's tables ({', '.join(sorted(_TABLES))}), found {unknown!r}.")
    if unknown := sorted(document.get("rules", {}).keys() - _file("EU")["rules"].keys()):
        raise UnreadableLaw(f"Expected rules by the names that privacy_check --json gives, found {unknown!r}.")
    return document


@lru_cache(maxsize=16)
def _file(code: str) -> Mapping[str, Any]:
    if code not in (*PROFILES, *ADDITIONS, "transfers"):
        raise UnreadableLaw(f"Expected a law profile ({', '.join(PROFILES)}), found {code!r}.")
    return tomllib.loads(files(__package__).joinpath(f"{code.lower()}.toml").read_text(encoding="utf-8"))


def _law(code: str, chain: list[Mapping[str, Any]]) -> Law:
    requirements: dict[str, Requirement] = {}
    ages: tuple[AgeLimit, ...] = ()
    repealed: list[Instrument] = []
    statutes: dict[str, str] = {}
    instruments: dict[str, Instrument] = {}
    adequacy: dict[str, Dated] = {}
    for document in (_file("transfers"), *chain):
        for rule, row in document.get("rules", {}).items():
            rank = requirements[rule].rank if rule in requirements else len(requirements)
            requirements[rule] = _requirement(rule, row, rank)
        ages = tuple(AgeLimit(*_days(row), row["age"]) for row in document.get("child_age", ())) or ages
        repealed += [_instrument(row) for row in document.get("repealed", ())]
        statutes |= document.get("statutes", {})
        instruments |= {str(row.get("name")): _instrument(row) for row in document.get("instrument", ())}
        adequacy |= {country: Dated(*_days(row)) for country, row in document.get("adequacy", {}).items()}
    top = next(document for document in reversed(chain) if document.get("code") == code)
    return Law(
        code,
        str(top.get("title", "")),
        str(top.get("country", "")),
        tuple(top.get("languages", ())),
        requirements,
        ages,
        tuple(repealed),
        statutes,
        tuple(instruments.values()),
        adequacy,
    )


def _requirement(rule: str, row: Mapping[str, Any], rank: int) -> Requirement:
    severity = row.get("severity")
    if severity not in SEVERITIES or not row.get("article"):
        raise UnreadableLaw(
            f"Expected a severity ({', '.join(SEVERITIES)}) and an article for {rule!r}, found {row!r}."
        )
    return Requirement(*_days(row), rule, severity, row["article"], rank, bool(row.get("answerable")))


def _instrument(row: Mapping[str, Any]) -> Instrument:
    if not row.get("name") or not isinstance(row.get("names"), list):
        raise UnreadableLaw(f"Expected a name, and the names in a list that texts call it, found {row!r}.")
    return Instrument(*_days(row), row["name"], tuple(row["names"]), str(row.get("instead", row.get("why", ""))))


def _days(row: Mapping[str, Any]) -> tuple[date | None, date | None]:
    days = row.get("from"), row.get("until")
    if wrong := [day for day in days if day is not None and type(day) is not date]:
        raise UnreadableLaw(f"Expected from and until as days without quotation marks (2027-01-01), found {wrong!r}.")
    return days
