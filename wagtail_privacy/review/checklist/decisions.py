"""Automated decisions (Art. 13(2)(f), 22) and children (Art. 8)."""

from __future__ import annotations

from collections.abc import Iterator

from wagtail_privacy.review.contents import Contents
from wagtail_privacy.review.finding import Finding

#: Art. 22(2): a contract, a law, explicit consent.
_GROUNDS = frozenset({"art6_1_a", "art6_1_b", "art6_1_c"})


def decisions(contents: Contents) -> Iterator[Finding]:
    for section in contents.of("automated_decisions"):
        if section.facts.get("in_use") != "yes":
            continue
        missing = next((name for name in ("logic", "consequences") if not section.texts.get(name)), "")
        if missing:
            yield from contents.found("decisions.explained", contents.spot(section, missing))
        if section.facts.get("ground") not in _GROUNDS:
            yield from contents.found("decisions.ground", contents.spot(section, "ground"))


def decisions_in_prose(contents: Contents) -> Iterator[Finding]:
    """Where no block speaks of them: a sentence that they are made, and none beside it on how."""
    if contents.of("automated_decisions"):
        return
    for said in contents.about("adm"):
        mentioned = said.statement.negators or said.statement.values("right") or "adm_none" in said.topics
        explained = any("adm_logic" in near.topics for near in contents.within(said.section))
        made = said.is_of_us or "decide" in said.statement.acts
        if made and not mentioned and not explained and "right_objection" not in said.topics:
            yield from contents.found("decisions.explained", contents.spot_of(said))
            return


def age(contents: Contents) -> Iterator[Finding]:
    lawful = contents.law.child_age(contents.day)
    for section in contents.of("children"):
        stated = section.facts.get("age_limit")
        if type(stated) is int and stated < lawful:
            spot = contents.spot(section, "age_limit")
            yield from contents.found("children.age", spot, count=lawful, other_count=stated)
