"""The versions that applied on one day: each text in full, with the times between which it applied."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from wagtail_privacy.clock import day_of, start_of
from wagtail_privacy.interface import interface_language, language_to_mark
from wagtail_privacy.reader.corrections import CorrectionEntry, corrections
from wagtail_privacy.reader.effects import AboutVersion
from wagtail_privacy.reader.rendering import sanitised_html
from wagtail_privacy.reader.sections import arrange
from wagtail_privacy.records.version import Text, Version

logger = logging.getLogger("wagtail_privacy")

_TAG = re.compile(r"<[^>]*>")
#: Where a tag names the place of a section, which another version on the same page has, too.
_PLACE = re.compile(r'(?<=\s)((?:id|href|aria-labelledby|headers)="#?)(?=s-)')


@dataclass(frozen=True)
class AppliedVersion(AboutVersion):
    """A version that applied on a day, and its text; ``body`` is ``None`` where that can't be shown.

    ``start`` and ``end`` are the times of that day; empty where it had begun to apply before, or went on after it.
    """

    version: Version
    text: Text | None
    start: str
    end: str

    @property
    def said_in(self) -> str:
        """The language of the plugin's own words in the text."""
        return interface_language(self.text.language) if self.text else ""

    @property
    def corrections(self) -> list[CorrectionEntry]:
        return corrections(self.text) if self.text else []

    @property
    def body(self) -> SafeString | None:
        """The text below a heading of level 2, its places named apart from those of the day's other versions."""
        try:
            return self._body() if self.text else None
        except Exception:
            if settings.DEBUG:
                raise
            logger.exception("The text of version %s can't be shown.", self.version.pk)
            return None

    def _body(self) -> SafeString:
        text = self.text
        assert text  # noqa: S101
        with override(interface_language(text.language)):
            passages = arrange(text.snapshot.sections, sanitised_html(text), 3, language_to_mark(text.language))
            html = "".join(passage.render() for passage in passages)
        return mark_safe(_TAG.sub(lambda tag: _PLACE.sub(rf"\g<1>v{self.number}-", tag[0]), html))  # noqa: S308


def applied_on(
    day: date, versions: Sequence[Version], texts: Sequence[Text | None], until: datetime | None
) -> list[AppliedVersion]:
    """``versions``, which applied one after the other on the site's day ``day``; the last one ``until`` a moment."""
    starts = [version.takes_effect_at for version in versions]
    return [
        AppliedVersion(version, text, _time(start, day), _time(end, day))
        for version, text, start, end in zip(versions, texts, starts, [*starts[1:], until], strict=True)
    ]


def _time(moment: datetime | None, day: date) -> str:
    """The time of ``moment`` if it is on the site's day ``day``, after its beginning; else nothing."""
    if moment is None or day_of(moment) != day or moment == start_of(day):
        return ""
    return date_format(timezone.localtime(moment, timezone.get_default_timezone()), "TIME_FORMAT")
