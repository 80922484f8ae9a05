"""What people may ask for, and of whom: Art. 12(2)-(5), 13(2)(b)-(d), 15 to 22, 77."""

from __future__ import annotations

from collections.abc import Iterator

from wagtail_privacy.policy.authorities import AUTHORITIES
from wagtail_privacy.policy.durations import is_iso_duration, parse
from wagtail_privacy.review.bases import bases_of
from wagtail_privacy.review.contents import Contents, ReadSentence
from wagtail_privacy.review.finding import Finding

_MONTH = parse("P1M")
#: Ways to ask, besides the controller's own addresses.
_ROUTES = ("rights_route",)


def rights(contents: Contents) -> Iterator[Finding]:
    """Each right that follows from the legal bases is mentioned, by a block or in prose."""
    group = next(iter(contents.of("rights")), None)
    for code in bases_of(contents).rights:
        if not is_stated(contents, code):
            yield from contents.found("rights.missing", contents.spot(group, "right") if group else None, right=code)
    if bases_of(contents).with_consent and not is_stated(contents, "withdraw_consent"):
        yield from contents.found("rights.withdraw", contents.spot(group, "right") if group else None)


def is_stated(contents: Contents, code: str) -> bool:
    if any(row.facts.get("right") == code for row in contents.of("right")):
        return True
    topic = {"withdraw_consent": "right_withdraw"}.get(code, f"right_{code}")
    return contents.is_unread or any(_is_right(said, code) for said in contents.about(topic))


def _is_right(said: ReadSentence, code: str) -> bool:
    """Whether a sentence says that people may do so: what the controller does by itself is no right of theirs."""
    return code in ("portability", "withdraw_consent") or _speaks_of_people(said)


def _speaks_of_people(said: ReadSentence) -> bool:
    statement = said.statement
    entitled = statement.has("right", "right") or any(unit.kind == "right" for unit in statement.context)
    addressed = statement.operators["second_person"] + statement.operators["may_you"] > 0 and not _is_done_by_us(said)
    return entitled or addressed or statement.has("act", "request") or said.section.kind in ("right", "rights")


def _is_done_by_us(said: ReadSentence) -> bool:
    """ "We erase your data after a year": a period, or a duty, and nobody asks."""
    return any(said.statement.of("period")) and said.statement.operators["may_you"] == 0


def marketing(contents: Contents) -> Iterator[Finding]:
    """The right to object to direct marketing is brought to attention (Art. 21(2)-(4))."""
    purpose = next((row for row in contents.of("purpose") if row.facts.get("direct_marketing")), None)
    if purpose is None or contents.says("object_marketing") or not is_stated(contents, "objection"):
        return  # Where the right is missing altogether, that is said.
    marketing_rows = [row for row in contents.of("right") if row.facts.get("right") == "objection"]
    if any("marketing" in said.topics for row in marketing_rows for said in contents.within(row)):
        return
    if any(row.facts.get("choice") == "marketing" for row in contents.of("choice")):
        return
    yield from contents.found("rights.marketing", contents.spot(purpose, "direct_marketing"))


def surplus(contents: Contents) -> Iterator[Finding]:
    bases = bases_of(contents)
    if not contents.of("purpose") or not bases.all_known or bases.codes & {"art6_1_a", "art6_1_b"}:
        return
    for row in contents.of("right"):
        if row.facts.get("right") == "portability":
            yield from contents.found("rights.surplus", contents.spot(row, "right"), right="portability")


def route(contents: Contents) -> Iterator[Finding]:
    groups = contents.of("rights")
    stated = (
        any(group.texts.get("how") for group in groups)
        or any(row.texts.get("how") or row.facts.get("email") or row.facts.get("url") for row in contents.of("right"))
        or any(
            row.facts.get(name) for row in contents.of("controller", "dpo") for name in ("email", "phone", "form_url")
        )
        or contents.says(*_ROUTES)
        or any(said.kinds & {"email", "phone"} for said in contents.said)
    )
    if not stated and (groups or _mentions_a_right(contents)):
        yield from contents.found("rights.route", contents.spot(groups[0], "how") if groups else None)


def _mentions_a_right(contents: Contents) -> bool:
    return any(is_stated(contents, code) for code in ("access", "erasure", "rectification"))


def time_to_answer(contents: Contents) -> Iterator[Finding]:
    """One month (Art. 12(3)). Thirty days, the usual way to say it, are no more than a month is."""
    for group in contents.of("rights"):
        found = str(group.facts.get("response_time") or "")
        if is_iso_duration(found) and parse(found).compare(_MONTH) == 1 and found != "P31D":
            yield from contents.found("rights.time", contents.spot(group, "response_time"), duration=found)


def fee(contents: Contents) -> Iterator[Finding]:
    for group in contents.of("rights"):
        said = [each for each in contents.within(group) if each.field == "cost"]
        if group.texts.get("cost") and said and not any(each.topics & {"unfounded", "free"} for each in said):
            yield from contents.found("rights.fee", contents.spot(group, "cost", said[0].text))


def _names_authority(contents: Contents) -> bool:
    names = (name for authority in AUTHORITIES.values() for name in (authority.name, *authority.names.values()))
    return contents.says("authority") or any(name.partition(" (")[0].casefold() in contents.whole for name in names)


def complaint(contents: Contents) -> Iterator[Finding]:
    sections = contents.of("complaint")
    stated = sections or any(row.facts.get("right") == "complaint" for row in contents.of("right"))
    if not stated and not contents.says("complaint"):
        yield from contents.found("complaint.missing")
    elif not any(section.facts.get("authority") for section in sections) and not _names_authority(contents):
        where = contents.spot(sections[0], "authority") if sections else None
        yield from contents.found("complaint.authority", where)
