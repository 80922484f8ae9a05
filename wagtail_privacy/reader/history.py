"""The change history (Ändringshistorik): versions as entries, without loading what they say."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import groupby

from django.utils.translation import pgettext

from wagtail_privacy.changes.change import Change, Materiality
from wagtail_privacy.changes.importance import most_important
from wagtail_privacy.changes.sentences import Line, lines, materiality_label
from wagtail_privacy.clock import day_of
from wagtail_privacy.notices.language_told_in import Announcements
from wagtail_privacy.reader.effects import AboutVersion, Timeline
from wagtail_privacy.records.publicity import Absence, absences
from wagtail_privacy.records.version import CHANGES_OF_PLAN, Event, EventKind, Text, Version

logger = logging.getLogger("wagtail_privacy")

#: The fields of a text that hold what it says: by far the most of it.
CONTENT = ("snapshot_json", "shown")
#: So many of a version's changes an entry tells, the most important ones; the comparison has more of them.
MOST_TOLD = 100
#: Of so many versions that take effect at one moment an announcement says what they change, the last ones.
MOST_PARTS = 3


@dataclass(frozen=True)
class PlanChange:
    """A change of the plan for a version: the ``day`` that it was decided on, and the days from which and to which;
    to none where it was withdrawn."""

    kind: str
    day: date
    old: date
    new: date | None = None


@dataclass(frozen=True)
class HistoryEntry(AboutVersion):
    """A version in the history of its policy, in ``language``.

    ``text`` is the version in that language, without its snapshot; ``None`` where it was not translated, and
    then ``elsewhere`` names a language that has it.
    """

    version: Version
    language: str
    text: Text | None
    elsewhere: str
    moment: datetime
    in_force: int | None
    #: The number of the version whose text in this language it was compared with.
    follows: int | None = None
    #: Whether no version before it has a text in this language, which then was compared with none.
    is_first_text: bool = False
    plan_changes: tuple[PlanChange, ...] = ()
    #: The number of the version that takes effect at the same moment and replaces it.
    replaced_at_once_by: int | None = None
    #: When a language was not public, from a day on on which this version was in force.
    absences: tuple[Absence, ...] = ()
    #: The languages that the reader may not be shown.
    withheld: Collection[str] = ()
    #: The language of what is said about it, where that is not its own.
    said_in: str = ""

    @property
    def withdrawn(self) -> date | None:
        return day_of(self.version.withdrawn_at) if self.version.withdrawn_at else None

    @property
    def corrected(self) -> date | None:
        """The day its words were last corrected."""
        return day_of(self.text.corrected_at) if self.text and self.text.corrected_at else None

    @property
    def is_announced(self) -> bool:
        return self.withdrawn is None and not self.version.applies(self.moment)

    @property
    def is_in_force(self) -> bool:
        return self.number == self.in_force

    @property
    def is_first(self) -> bool:
        return self.version.builds_on_id is None

    @property
    def is_editorial(self) -> bool:
        return self.version.materiality == Materiality.EDITORIAL

    @property
    def materiality(self) -> str:
        """How much it matters, in plain words."""
        return materiality_label(Materiality(self.version.materiality)) if self.version.materiality else ""

    @property
    def summary(self) -> str:
        return self.text.summary if self.text else ""

    @property
    def lines(self) -> list[Line]:
        """What changed, as sentences: those of the e-mail about it, also before there is a text in this language.

        None where they would quote words that nobody has translated, or in a language without words of ours, and, with
        a line in the log, where what is stored can't be worded.
        """
        return self._told[0]

    @property
    def more_changes(self) -> int:
        """How many changes there are beside those that the lines tell."""
        return self._told[1]

    @property
    def number_of_changes(self) -> int:
        return len(self.lines) + self.more_changes

    @cached_property
    def _told(self) -> tuple[list[Line], int]:
        try:
            changes, language = self._changes()
            told, more = most_important(changes, MOST_TOLD)
            return lines(told, language), more
        except Exception:
            logger.exception("The changes of version %s can't be worded.", self.version.pk)
            return [], 0

    def _changes(self) -> tuple[Iterable[Change], str]:
        """The changes, and the language of the text that they are of."""
        language = self.said_in or self.language
        if self.text and language == self.language and not self.is_first_text:
            return self.text.changes, self.text.language
        if not (self.text or self.elsewhere):
            return (), language
        told = Announcements(self.version, self.withheld).for_language(language)
        return (told.changes, told.text_language) if told.language == language else ((), language)

    @property
    def most_important(self) -> list[Line]:
        """The three changes that matter most, for an announcement without an editor's summary."""
        return [line for line in self.lines if line.materiality][:3]


@dataclass(frozen=True)
class Announced:
    """What is announced for one moment: ``version`` will apply then, with what each of the ``parts``, its last ones,
    changes."""

    version: HistoryEntry
    parts: tuple[HistoryEntry, ...]


def announced(entries: Iterable[HistoryEntry]) -> list[Announced]:
    """The announced ``entries`` by their moment; they come in its order and, of one, the last one first."""
    moments = groupby(entries, key=lambda entry: entry.version.takes_effect_at)
    groups = [tuple(group) for _, group in moments]
    return [Announced(group[0], group[:MOST_PARTS][::-1]) for group in groups]


@dataclass(frozen=True)
class Group:
    """Entries under one heading: those announced, or those published in one year."""

    heading: str
    entries: tuple[HistoryEntry, ...]


def entries(
    versions: Sequence[Version],
    *,
    language: str,
    moment: datetime,
    in_force: int | None,
    timeline: Timeline,
    withheld: Collection[str] = (),
    said_in: str = "",
) -> list[HistoryEntry]:
    """``versions`` as entries in ``language``, without what is ``withheld`` from the reader; in two queries, in none
    if there are none. What is said about them is said in ``said_in``, else in ``language``, too.

    One query more where a language was unpublished. In a translation there are two queries more, and some for each
    version that it lacks. The texts come without snapshots and HTML: at 500 versions these are hundreds of megabytes.
    """
    if not versions:
        return []
    policy = versions[0].policy
    texts = Text.objects.filter(version__in=versions, language=language).defer(*CONTENT).order_by("edition")
    newest = {text.version_id: text for text in texts}
    # In the original's language every version has a text: the one that it builds on, too.
    numbers = policy.numbers_in(language) if language != policy.source_language else []
    happened = _happened(versions)
    replanned = _plan_changes(happened)
    absent = absences([event for event in happened if event.kind == EventKind.UNPUBLISHED], policy)
    elsewhere = _other_languages([version for version in versions if version.pk not in newest], language, withheld)
    return [
        HistoryEntry(
            version=version,
            language=language,
            text=newest.get(version.pk),
            elsewhere=elsewhere.get(version.pk, ""),
            moment=moment,
            in_force=in_force,
            follows=version.follows(numbers),
            is_first_text=numbers[:1] == [version.number],
            replaced_at_once_by=timeline.replaced_at_once_by(version),
            plan_changes=tuple(replanned.get(version.pk, ())),
            absences=tuple(absent.get(version.pk, ())),
            withheld=withheld,
            said_in=said_in,
        )
        for version in versions
    ]


def _happened(versions: Sequence[Version]) -> list[Event]:
    """What happened to each of ``versions`` since its publication, the first one first."""
    kinds = [*CHANGES_OF_PLAN, EventKind.UNPUBLISHED]
    return list(Event.objects.filter(version__in=versions, kind__in=kinds).order_by("at", "pk"))


def _plan_changes(events: Iterable[Event]) -> dict[int, list[PlanChange]]:
    """The changes of plan among ``events``, by the key of the version."""
    found = defaultdict[int, list[PlanChange]](list)
    for event in events:
        old, new = (event.data.get(name) for name in ("from", "to"))
        if old:
            days = (day_of(datetime.fromisoformat(old)), day_of(datetime.fromisoformat(new)) if new else None)
            found[event.version_id].append(PlanChange(event.kind, day_of(event.at), *days))
    return found


def _other_languages(versions: Sequence[Version], language: str, withheld: Collection[str]) -> dict[int, str]:
    """In which language each of ``versions``, none of which has a text in ``language``, is shown to its readers."""
    if not versions:
        return {}
    texts = Text.objects.filter(version__in=versions).lent(withheld)
    texts = texts.preferring(versions[0].policy.preferred_languages(language))
    # The last one set is the first in order.
    return dict(reversed(texts.values_list("version_id", "language")))


def grouped(entries: Iterable[HistoryEntry]) -> list[Group]:
    """The entries (newest first) by the year of publication, announced ones before all others."""
    announced = pgettext("version", "Announced")
    by_heading = groupby(entries, key=lambda entry: announced if entry.is_announced else str(entry.published.year))
    return [Group(heading, tuple(group)) for heading, group in by_heading]
