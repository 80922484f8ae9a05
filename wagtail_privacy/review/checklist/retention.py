"""How long data are kept, or what decides it: Art. 13(2)(a)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wagtail_privacy.policy.section import Section
from wagtail_privacy.review.contents import Contents, ReadSentence
from wagtail_privacy.review.finding import Finding

#: What is said of erasing there is no period of storage.
_NO_PERIODS = frozenset({"right", "rights", "commitment", "choice", "security"})
_KEEPING = frozenset({"store", "erase", "anonymise"})


def periods(contents: Contents) -> Iterator[Finding]:
    """Each purpose has a period or criteria of its own, or the policy says it for all."""
    if contents.is_unread:
        return
    general = any(_is_general(contents, row) for row in contents.of("retention")) or _is_said_elsewhere(contents)
    purposes = contents.of("purpose")
    if general:
        return
    for purpose in purposes:
        if not purpose.of_kind("retention") and not any(map(states_time, contents.within(purpose))):
            yield from contents.found("retention.missing", contents.spot(purpose, "retention"), section=purpose)
    if not purposes:
        yield from contents.found("retention.missing", section=None)


def _is_general(contents: Contents, row: Section) -> bool:
    parent = contents.parents.get(row.id)
    return parent is None or parent.kind != "purpose"


def _is_said_elsewhere(contents: Contents) -> bool:
    """In free text: even an empty "as long as necessary", which is a finding of its own."""
    words = ("text", "retention_periods", "service", "other")
    return any(states_time(said) or is_empty(said) for said in contents.said if said.section.kind in words)


def states_time(said: ReadSentence) -> bool:
    """Whether a sentence says how long something is kept, or what decides it."""
    kept = "kept" in said.topics | said.heads or bool(said.statement.acts & _KEEPING)
    return kept and ("criteria" in said.topics or any(said.statement.of("period")))


def empty_periods(contents: Contents) -> Iterator[Finding]:
    """ "As long as necessary" is no criterion (WP260, annex). One finding a field."""
    seen: set[tuple[str, str]] = set()
    for said in contents.about("empty_retention"):
        place = (said.section.id, said.field)
        if (
            place not in seen
            and is_empty(said)
            and not _has_period(said.section)
            and not _names_sentence(said, contents)
        ):
            seen.add(place)
            yield from contents.found("retention.empty", contents.spot_of(said), quote=said.words("empty_retention"))


def is_empty(said: ReadSentence) -> bool:
    """Whether a sentence about keeping states neither time nor a criterion."""
    if "empty_retention" not in said.topics or any(said.statement.of("period")):
        return False
    if said.section.kind == "retention":
        return "criteria" not in said.topics
    if said.section.kind in _NO_PERIODS:
        return False
    kept = "kept" in said.topics or bool(said.statement.acts & _KEEPING)
    return kept and "criteria" not in said.topics


def _has_period(section: Section) -> bool:
    return section.kind == "retention" and bool(section.facts.get("duration"))


def _names_sentence(said: ReadSentence, contents: Contents) -> bool:
    """Whether the next sentence says what decides: "as long as necessary. That is two years."."""
    following = _after(said, contents.within(said.section))
    return (
        following is not None
        and following.field == said.field
        and any(following.statement.of("period"))
        and bool(following.statement.acts & _KEEPING or "kept" in following.topics)
    )


def _after(said: ReadSentence, sentences: Iterable[ReadSentence]) -> ReadSentence | None:
    found = iter(sentences)
    return next((following for each in found if each is said for following in found), None)


def starts(contents: Contents) -> Iterator[Finding]:
    for row in contents.of("retention"):
        duration = row.facts.get("duration")
        if (
            duration
            and not any(row.texts.get(name) for name in ("starts", "criteria"))
            and not _says_start(contents, row)
        ):
            yield from contents.found("retention.start", contents.spot(row, "starts"), section=row, duration=duration)


def _says_start(contents: Contents, row: Section) -> bool:
    return any(said.statement.operators["after"] for said in contents.within(row))
