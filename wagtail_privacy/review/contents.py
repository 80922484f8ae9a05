"""All that a policy says, found by fact and by statement, for the rules to ask."""

from __future__ import annotations

from collections.abc import Iterator, Set
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

from wagtail_privacy.policy.kinds import Field, kind_of
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.policy.words import plain
from wagtail_privacy.prose.lexicon import base
from wagtail_privacy.prose.statement import Statement
from wagtail_privacy.review.finding import Finding, Spot, cut
from wagtail_privacy.review.law import Law
from wagtail_privacy.review.texts import ReadText, read_text, topics_of
from wagtail_privacy.review.wordings import FoundPhrase

#: Sections of words, which state no facts of their own.
WORDS = frozenset({"text", "other", "definitions", "definition", "service", "change_notice", "security"})
#: What was so, or is said of the policy itself: no statement about today's processing.
PAST = frozenset({"earlier_history", "history_entry", "decision"})


class ReadSentence(NamedTuple):
    """One sentence: where it stands, what it states, which phrases are in it, and its topics."""

    section: Section
    field: str
    statement: Statement
    wordings: tuple[FoundPhrase, ...]
    topics: frozenset[str]
    kinds: frozenset[str]

    @property
    def text(self) -> str:
        return self.statement.text

    @property
    def heads(self) -> frozenset[str]:
        """The topics of what stands above: the section's heading, the label, the lead-in, the heads of a table."""
        heading = self.section.texts.get("heading", "") if self.field != "heading" else ""
        context = self.statement.place.context
        if not heading and not context:
            return frozenset()
        return topics_of(f"{heading} {context}".strip(), self.statement.language)[1]

    @property
    def is_of_us(self) -> bool:
        """Whether the controller speaks of itself; in Finnish the verb does."""
        if self.statement.language == "fi" and any(unit.raw.endswith("mme") for unit in self.statement.units):
            return True
        return self.statement.operators["first_person"] > 0

    def words(self, topic: str) -> str:
        """The words that are a case of ``topic``."""
        return next(self.text[found.start : found.end] for found in self.wordings if found.topic == topic)


class Contents:
    """A snapshot, read once, beside the law and the day that it is judged by.

    ``shows_day``: whether readers are shown when it was changed, as each page of this package does; a file is not.
    """

    def __init__(self, snapshot: Snapshot, law: Law, day: date, *, shows_day: bool = True) -> None:
        self.snapshot = snapshot
        self.law = law
        self.day = day
        self.shows_day = shows_day
        self.language = base(snapshot.language)
        self._within: dict[str, list[ReadSentence]] = {}

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """All of them, parents first."""
        return tuple(self.snapshot.walk())

    @cached_property
    def paths(self) -> dict[str, tuple[str, ...]]:
        """The ids that lead to each section, itself last."""
        return dict(_paths(self.snapshot.sections, ()))

    @cached_property
    def _by_kind(self) -> dict[str, list[Section]]:
        found: dict[str, list[Section]] = {}
        for section in self.sections:
            found.setdefault(section.kind, []).append(section)
        return found

    @cached_property
    def parents(self) -> dict[str, Section]:
        return {child.id: section for section in self.sections for child in section.children}

    def of(self, *kinds: str) -> list[Section]:
        return [section for kind in kinds for section in self._by_kind.get(kind, ())]

    @property
    def is_prose_only(self) -> bool:
        """Whether no block states a fact: a document, or a page of text blocks."""
        return not self._by_kind.keys() - WORDS - PAST

    @property
    def is_readable(self) -> bool:
        return bool(self.language)

    @cached_property
    def texts(self) -> tuple[tuple[Section, Field, ReadText], ...]:
        """Every text in the order of the policy, but for the history of earlier versions."""
        past = self._past
        return tuple(
            (section, field, read_text(text, self.language))
            for section in self.sections
            if section.texts and section.id not in past
            for field, text in texts_of(section)
        )

    @cached_property
    def said(self) -> tuple[ReadSentence, ...]:
        """Every sentence of :attr:`texts`."""
        return tuple(
            ReadSentence(section, field.name, found.statement, found.phrases, found.topics, found.kinds)
            for section, field, text in self.texts
            for found in text.sentences
        )

    @cached_property
    def whole(self) -> str:
        """All its words, folded: what is not in them need not be looked for."""
        return "\n".join(text.words for _section, _field, text in self.texts).casefold()

    @property
    def topics(self) -> Set[str]:
        """What its sentences are about."""
        return self._by_topic.keys()

    @cached_property
    def _heads(self) -> frozenset[str]:
        return frozenset[str]().union(*(said.heads for said in self.said))

    @cached_property
    def _past(self) -> frozenset[str]:
        return frozenset(
            inner.id
            for section in self.sections
            if section.kind in PAST or self._is_history(section)
            for inner in section.walk()
        )

    def _is_history(self, section: Section) -> bool:
        heading = section.texts.get("heading")
        return isinstance(heading, str) and "history" in topics_of(heading, self.language)[1]

    @cached_property
    def _by_topic(self) -> dict[str, list[ReadSentence]]:
        found: dict[str, list[ReadSentence]] = {}
        for said in self.said:
            for topic in said.topics:
                found.setdefault(topic, []).append(said)
        return found

    @cached_property
    def _by_section(self) -> dict[str, list[ReadSentence]]:
        found: dict[str, list[ReadSentence]] = {}
        for said in self.said:
            found.setdefault(said.section.id, []).append(said)
        return found

    def about(self, *topics: str) -> list[ReadSentence]:
        """The sentences with a wording of one of ``topics``, in the order of the policy."""
        if len(topics) == 1:
            return self._by_topic.get(topics[0], [])
        wanted = frozenset(topics)
        return [said for said in self.said if wanted & said.topics]

    @cached_property
    def _by_act(self) -> dict[str, list[ReadSentence]]:
        found: dict[str, list[ReadSentence]] = {}
        for said in self.said:
            if "act" in said.kinds or said.statement.context:
                for act in said.statement.acts:
                    found.setdefault(act, []).append(said)
        return found

    def doing(self, act: str) -> list[ReadSentence]:
        """The sentences in which ``act`` is done, or denied, in the order of the policy."""
        return self._by_act.get(act, [])

    def within(self, section: Section) -> list[ReadSentence]:
        """The sentences of ``section`` and of those in it."""
        found = self._within.get(section.id)
        if found is None:
            said = (self._by_section.get(inner.id, ()) for inner in section.walk())
            found = self._within[section.id] = list(chain.from_iterable(said))
        return found

    def own(self, section: Section) -> list[ReadSentence]:
        """The sentences of ``section`` itself."""
        return self._by_section.get(section.id, [])

    def says(self, *topics: str) -> bool:
        """Whether a sentence says so; yes where there are texts that can't be read, since they may."""
        if self.is_unread:
            return True
        return any(topic in self._by_topic or topic in self._heads for topic in topics)

    def spot(self, section: Section | None, field: str = "", quote: str = "") -> Spot:
        return Spot(self.paths[section.id] if section else (), field, cut(quote))

    def spot_of(self, said: ReadSentence, quote: str = "") -> Spot:
        return self.spot(said.section, said.field, quote or self._verbatim(said))

    def _verbatim(self, said: ReadSentence) -> str:
        """The sentence as it stands; of a list that was read as one sentence, the part that the wording is in."""
        whole = " ".join(
            " ".join(plain(text) for field, text in texts_of(said.section) if field.name == said.field).split()
        )
        if said.text in whole or not said.wordings:
            return said.text
        found = said.wordings[0]
        before, after = said.text[: found.start], said.text[found.start :]
        start = max(before.rfind(": "), before.rfind(", ")) + 1
        return (
            before[start:].strip() + after.partition(", ")[0].partition(": ")[0] if start else after.partition(": ")[0]
        )

    def has_link(self, said: ReadSentence) -> bool:
        """Whether the paragraph that the sentence is in has a link."""
        html = str(said.section.texts.get(said.field, ""))
        paragraphs = html.replace("</li>", "</p>").split("</p>")
        return any("<a " in each and said.text[:40] in " ".join(plain(each).split()) for each in paragraphs)

    @property
    def is_unread(self) -> bool:
        """Whether there are texts that can't be read, and might say anything."""
        return not self.is_readable and any(section.kind in WORDS for section in self.sections)

    def found(
        self, rule: str, spot: Spot | None = None, *, other: Spot | None = None, **values: Any
    ) -> Iterator[Finding]:
        """The finding of ``rule``; nothing where the law has no such rule on the day."""
        requirement = self.law.requirement(rule, self.day)
        if requirement:
            yield Finding(
                rule,
                requirement.severity,
                requirement.article,
                spot or Spot(),
                values,
                other,
                requirement.answerable,
                requirement.rank,
                self.law.statute(rule),
            )


def texts_of(section: Section) -> Iterator[tuple[Field, str]]:
    """The texts of ``section`` itself, field by field in the order of its kind; a list line by line."""
    for field in kind_of(section.kind).texts:
        value = section.texts.get(field.name)
        if not value or field.type == "value":
            continue
        for text in [value] if isinstance(value, str) else value:
            yield field, str(text)


def _paths(sections: tuple[Section, ...], above: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for section in sections:
        path = (*above, section.id)
        yield section.id, path
        yield from _paths(section.children, path)
