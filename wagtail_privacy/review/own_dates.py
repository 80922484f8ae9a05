"""What a text says of its own age: the day of its last change, a year of copyright, a date that it promises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from wagtail_privacy.review.contents import Contents, ReadSentence
from wagtail_privacy.review.finding import Finding

#: The year of a copyright, the last of two: "© 2018–2020 Garnboden", "Copyright Garnboden 2020".
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|\bcopyright\b)[^.\d]{0,40}((?:19|20)\d\d)(?:\s?[-–]\s?((?:19|20)\d\d))?", re.IGNORECASE
)
_COPYRIGHT_MARKS = ("©", "(c)", "copyright")
_MONTHS_A_YEAR = 12


def stale(contents: Contents) -> Iterator[Finding]:
    """That by its own words nobody has changed the text for a year."""
    has_copyright = any(mark in contents.whole for mark in _COPYRIGHT_MARKS)
    spoken = [said for said in contents.said if has_copyright or "date" in said.kinds]
    dated = [(day, said) for said in spoken if (day := _own_day(said))]
    newest, said = max(dated, key=lambda each: each[0], default=(None, None))
    if newest and said and _months_since(newest, contents.day) >= _MONTHS_A_YEAR:
        yield from contents.found("text.stale", contents.spot_of(said), quote=said.text)


def _months_since(day: date, today: date) -> int:
    return (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)


def _own_day(said: ReadSentence) -> date | None:
    """The last day on which the text was changed, as far as the sentence says; the last of a month or a year."""
    years = [match[2] or match[1] for match in _COPYRIGHT.finditer(said.text)]
    days = [date(int(year), 12, 31) for year in years]
    if "date" in said.kinds and _is_of_the_text(said):
        days += [day for unit in said.statement.of("date") if (day := _day(unit.value))]
    return max(days, default=None)


#: A longer sentence tells of something that was changed, or of a law, and not of the text.
_LONGEST_DATE = 14


def _is_of_the_text(said: ReadSentence) -> bool:
    """Whether a date there is the text's own: "Updated 6 May 2024", or a line that is a date and no more."""
    if all(unit.kind in _BESIDE_A_DATE for unit in said.statement.units):
        return True
    statement = said.statement
    tells = statement.has("mode", "law") or not statement.acts <= _ON_PAPER
    is_short = len(said.text.split()) <= _LONGEST_DATE and not tells
    return statement.names_a_paper and (statement.is_paper or is_short)


#: What is done to a text.
_ON_PAPER = frozenset({"change", "publish", "inform", "administer", "decide"})
_BESIDE_A_DATE = frozenset({"date", "small", "number"})


def _day(value: str) -> date | None:
    """The day of a date's value (``2024-05-06``, ``2024-05``); where two may be meant, the first."""
    match = re.match(r"(\d{4})-(\d\d)(?:-(\d\d))?", value)
    if not match:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3] or 28))
    except ValueError:
        return None


def undated(contents: Contents) -> Iterator[Finding]:
    """Of a text that is shown without its day: that it promises one and has none, or that no date stands in it."""
    dated = [said for said in contents.said if "date" in said.kinds]
    if contents.shows_day or contents.is_unread or any(map(_is_of_the_text, dated)):
        return
    promise = next(iter(contents.about("date_promised")), None)
    if promise:
        yield from contents.found("text.date_promised", contents.spot_of(promise), quote=promise.text)
    elif not dated:
        yield from contents.found("text.undated")


CHECKS = (stale, undated)
