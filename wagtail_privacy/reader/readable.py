"""A recorded text made ready to be read: its contents list and its sections, wholly in its own language."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from wagtail_privacy.policy.sanitise import VERSION as SANITISER_VERSION
from wagtail_privacy.policy.sanitise import sanitise, sanitise_block
from wagtail_privacy.policy.snapshot import Snapshot
from wagtail_privacy.reader.kept import Kept
from wagtail_privacy.reader.passages import GATHERED, Passage, arrange
from wagtail_privacy.reader.templates import fingerprint

if TYPE_CHECKING:
    from wagtail_privacy.models import Text

logger = logging.getLogger("wagtail_privacy")

#: Entries from before the installation are read where the history is read.
HISTORY = "earlier_history"
#: What holds sections with headings that the contents list names.
CHAPTERS = GATHERED | {"service"}


@dataclass(frozen=True)
class Entry:
    """A line of the contents list, with the lines below it."""

    heading: str
    anchor: str
    below: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Readable:
    """What a text says, in ``language``: ready HTML, and the history from before the installation."""

    language: str
    title: str
    contents: tuple[Entry, ...]
    body: SafeString
    earlier: SafeString


def read(text: Text) -> Readable | None:
    """``text`` ready to be read; ``None``, and a line in the log, where what is stored can't be shown.

    A reader never meets an error page for a damaged row: the history and the other versions are still there.
    """
    if settings.DEBUG:
        return _read(text)
    try:
        return _keep(text)
    except Exception:
        logger.exception("The text %s of version %s can't be shown.", text.pk, text.version_id)
        return None


#: The texts that were read last: rendering sixty purposes takes ten times as long as all else.
_kept: Kept[Readable] = Kept(64)


def _keep(text: Text) -> Readable:
    """``text`` from those kept, else made: what was recorded never changes."""
    if (templates := fingerprint()) is None:
        return _read(text)
    return _kept.get((text.pk, text.language, text.digest, text.recorded_at, templates), lambda: _read(text))


def _read(text: Text) -> Readable:
    return read_snapshot(text.snapshot, shown_of(text))


def read_snapshot(snapshot: Snapshot, shown: Mapping[str, str]) -> Readable:
    """What ``snapshot`` says; ``shown`` is the HTML of its prose, by ``"<section id>:<field>"``."""
    with override(snapshot.language):
        passages = list(arrange((s for s in snapshot.sections if s.kind != HISTORY), shown))
        earlier = (Passage(s, shown, 3).render() for s in snapshot.sections if s.kind == HISTORY)
        return Readable(
            language=snapshot.language,
            title=snapshot.title,
            contents=tuple(_contents(passages)),
            body=_joined(passage.render() for passage in passages),
            earlier=_joined(earlier),
        )


def shown_of(text: Text) -> Mapping[str, str]:
    """The HTML of the text's prose, made safe by today's rules if it was recorded under earlier ones."""
    if text.sanitiser_version >= SANITISER_VERSION:
        return text.shown
    blocks = {section.id for section in text.snapshot.walk() if section.kind == "other"}
    return {key: (sanitise_block if key in blocks else sanitise)(html) for key, html in text.shown.items()}


def _contents(passages: Iterable[Passage]) -> Iterator[Entry]:
    for passage in passages:
        if passage.heading:
            below = passage.parts if passage.kind in CHAPTERS else ()
            yield Entry(passage.heading, passage.anchor, tuple(_contents(below)))


def _joined(html: Iterator[SafeString]) -> SafeString:
    return mark_safe("".join(html))  # noqa: S308
