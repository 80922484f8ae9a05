"""The change history (Ändringshistorik): versions as entries, without loading what they say."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import groupby

from django.utils.translation import pgettext

from wagtail_privacy.actions.moment import day_of
from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.changes.wording import Line, lines, materiality_label
from wagtail_privacy.models import Text, Version

logger = logging.getLogger("wagtail_privacy")

#: The fields of a text that hold what it says: by far the most of it.
CONTENT = ("snapshot_json", "shown")


@dataclass(frozen=True)
class Entry:
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

    @property
    def number(self) -> int:
        return self.version.number

    @property
    def published(self) -> date:
        return day_of(self.version.published_at)

    @property
    def takes_effect(self) -> date:
        return day_of(self.version.takes_effect_at)

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

    @cached_property
    def lines(self) -> list[Line]:
        """What changed, as sentences. None, and a line in the log, where what is stored can't be worded."""
        try:
            return list(lines(self.text.changes)) if self.text else []
        except Exception:
            logger.exception("The changes of version %s can't be worded.", self.version.pk)
            return []


@dataclass(frozen=True)
class Group:
    """Entries under one heading: those announced, or those published in one year."""

    heading: str
    entries: tuple[Entry, ...]


def entries(
    versions: Sequence[Version], *, language: str, source: str, moment: datetime, in_force: int | None
) -> list[Entry]:
    """``versions`` as entries in ``language``, with one query however many there are, none for none.

    In a translation there is one query more. The texts come without snapshots and HTML: at 500 versions these are
    hundreds of megabytes.
    """
    if not versions:
        return []
    texts = Text.objects.filter(version__in=versions, language__in={language, source})
    texts = texts.defer(*CONTENT).order_by("edition")
    newest = {(text.version_id, text.language): text for text in texts}
    # In the original's language every version has a text: the one that it builds on, too.
    numbers = versions[0].policy.numbers_in(language) if language != source else []
    return [
        Entry(
            version=version,
            language=language,
            text=newest.get((version.pk, language)),
            elsewhere=source if (version.pk, source) in newest else "",
            moment=moment,
            in_force=in_force,
            follows=version.follows(numbers),
        )
        for version in versions
    ]


def grouped(entries: Iterable[Entry]) -> list[Group]:
    """The entries (newest first) by the year of publication, announced ones before all others."""
    announced = pgettext("version", "Announced")
    by_heading = groupby(entries, key=lambda entry: announced if entry.is_announced else str(entry.published.year))
    return [Group(heading, tuple(group)) for heading, group in by_heading]
