"""Words that a name is made of, read as one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wagtail_privacy.prose.statement import SMALL_KINDS, Unit
from wagtail_privacy.prose.tokens import Token, fold

#: What shows that the name before it is a company's.
COMPANIES = frozenset(
    {
        *("AB", "HB", "KB", "Oy", "Oyj", "OY", "ApS", "AS", "ASA", "GmbH", "AG", "SE", "KG", "UG", "OHG", "Inc", "LLC"),
        *("Ltd", "PLC", "Plc", "OÜ", "SA", "NV", "BV", "B.V", "N.V", "S.A", "Ky", "Tmi"),
    }
)
#: What stands before a person's name.
TITLES = frozenset({"herr", "herrn", "frau", "dr", "prof", "mr", "mrs", "ms", "advokat", "fru"})


#: What stands before or, in English, after the title of a part of the policy.
_SECTIONS = frozenset(
    {
        *("avsnitt", "avsnittet", "afsnit", "afsnittet", "abschnitt", "abschnitts", "kapitel"),
        *("kohdan", "kohdassa", "kohdasta", "kohta", "section"),
    }
)
_WITHIN_A_TITLE = frozenset({"and", "of", "&"})


def without_titles(units: Sequence[Unit], found: Sequence[Token], words: Sequence[str]) -> Sequence[Unit]:
    """The title of a section that a sentence leads to is a name of this text: "in the Data Retention section".

    ``words`` are the texts of the tokens ``found``.
    """
    if _SECTIONS.isdisjoint(words):
        return units
    titles = _titles(found)
    return [unit._replace(kind="discourse", value="discourse") if unit.at in titles else unit for unit in units]


def _titles(found: Sequence[Token]) -> set[int]:
    """Where the words of such titles stand in ``found``."""
    places: set[int] = set()
    for at, token in enumerate(found):
        if token.text in _SECTIONS:
            places.update(_run(found, at + 1, 1) if token.text != "section" else _run(found, at - 1, -1))
    return places


def _run(found: Sequence[Token], at: int, step: int) -> Iterator[int]:
    """The words with a capital from ``at`` on, and small ones between them."""
    while 0 < at < len(found) and found[at].kind == "word":
        beyond = found[at + step] if 0 < at + step < len(found) else None
        joins = found[at].text in _WITHIN_A_TITLE and beyond is not None and beyond.raw[0].isupper()
        if not (found[at].raw[0].isupper() or joins):
            return
        yield at
        at += step


def with_names(units: Sequence[Unit], found: Sequence[Token], language: str) -> Sequence[Unit]:
    """Words that a name is made of, as one unit: capitals in a row, or what stands before "AB" or "GmbH"."""
    if _begins_with_its_only_capital(units):
        return units
    return list(_with_names(units, found, language))


def _begins_with_its_only_capital(units: Sequence[Unit]) -> bool:
    """Whether a word that is known begins the sentence, and no other has a capital: there is no name in it."""
    return bool(units) and units[0].kind != "unknown" and not any(unit.raw[:1].isupper() for unit in units[1:])


def _with_names(units: Sequence[Unit], found: Sequence[Token], language: str) -> Iterator[Unit]:
    run: list[Unit] = []
    for number_, unit in enumerate(units):
        if not run and not unit.raw[:1].isupper():
            yield unit
            continue
        if _may_be_in_a_name(unit, run, units[number_ + 1 : number_ + 5], found, language):
            run.append(unit)
            continue
        yield from _named(run)
        run = []
        yield unit
    yield from _named(run)


def _may_be_in_a_name(
    unit: Unit, run: Sequence[Unit], following: Sequence[Unit], found: Sequence[Token], language: str
) -> bool:
    raw = unit.raw
    if unit.kind in ("date", "phone", "email", "url", "article", "period", "money", "number", "country") or not raw:
        return False
    if run and raw in COMPANIES:
        return True
    if not raw[0].isupper():
        return False
    if run:
        return run[-1].at + 1 == unit.at and run[-1].raw not in COMPANIES and unit.kind not in ("country",)
    before_company = any(
        other.raw in COMPANIES and all(u.raw[:1].isupper() for u in following[:n]) and other.at - unit.at == n + 1
        for n, other in enumerate(following)
    )
    if before_company and unit.kind not in SMALL_KINDS:
        return True
    if unit.kind != "unknown":
        return False
    if _is_camel(raw):
        return True
    if unit.at and found[unit.at - 1].text.rstrip(".") in TITLES:
        return True
    continues = bool(following and _continues(unit, following[0]))
    return continues or (language != "de" and unit.at > 0)


def _continues(unit: Unit, following: Unit) -> bool:
    return following.at == unit.at + 1 and following.raw[:1].isupper() and following.kind in ("unknown",)


def _is_camel(raw: str) -> bool:
    return len(raw) > 2 and (raw.isupper() or any(c.isupper() for c in raw[1:]) and not raw.endswith("Innen"))


def _named(run: Sequence[Unit]) -> Iterator[Unit]:
    if not run:
        return
    company = any(unit.raw in COMPANIES for unit in run) and len(run) > 1
    words = [unit.raw for unit in run if not (company and unit.raw in COMPANIES)]
    raw = " ".join(unit.raw for unit in run)
    yield Unit("company" if company else "name", fold(" ".join(words)), raw, run[0].clause, run[0].at)
