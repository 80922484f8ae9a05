"""What a policy's values are in plain words, in the active language: never a code on screen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any, Protocol

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal
from babel.units import format_unit
from django.utils.translation import get_language, ngettext, pgettext, to_locale
from django.utils.translation import gettext as _

from wagtail_privacy.policy.authorities import AUTHORITIES
from wagtail_privacy.policy.durations import parse
from wagtail_privacy.policy.kinds import Field, kind_of
from wagtail_privacy.policy.sanitise import BLOCK_LEVEL
from wagtail_privacy.policy.section import Section


class Named(Protocol):
    """What :func:`name_of` needs to know of a section: a reference to one has it."""

    @property
    def kind(self) -> str: ...
    @property
    def named_by(self) -> str: ...
    @property
    def name(self) -> Any: ...


def say(field: Field, value: Any) -> str:
    """``value`` of ``field`` in plain words; an empty string for an empty value.

    Codes are said by their label, durations, dates, countries, numbers and lists as the language writes
    them, rich text as its plain text. The value of a block that is not ours can't be said.
    """
    if value is None or value is False or value in ("", [], (), {}):
        return ""
    if field.name == "authority":
        return authority(str(value))
    if field.name == "frequency":
        return frequency(str(value))
    speak = _SPEAKERS.get(field.type)
    return speak(field, value) if speak else str(value)


def _code(field: Field, value: Any) -> str:
    label = str(field.terms.label(str(value)))
    return label if value in field.terms else label.replace("_", " ")


_SPEAKERS: dict[str, Any] = {
    "code": _code,
    "codes": lambda field, value: listing(_code(field, code) for code in value),
    "country": lambda field, value: country(str(value)),
    "duration": lambda field, value: duration(str(value)),
    "flag": lambda field, value: pgettext("answer", "Yes"),
    "number": lambda field, value: number(value),
    "date": lambda field, value: day(value),
    "address": lambda field, value: ", ".join(line.strip(" ,") for line in str(value).splitlines() if line.strip(" ,")),
    "value": lambda field, value: "",
    "lines": lambda field, value: listing([value] if isinstance(value, str) else value),
    "prose": lambda field, value: " ".join(plain(str(value)).split()),
}


def name_of(section: Section | Named) -> str:
    """The plain name of a section, or of a reference to one, for use in a sentence.

    The first filled field that names its kind; else what stands above a section of its kind.
    """
    kind = kind_of(section.kind)
    if isinstance(section, Section):
        values = {**section.facts, **section.texts}
        named_by = next((name for name in kind.named_by if values.get(name)), "")
        value = values.get(named_by)
    else:
        named_by, value = section.named_by, section.name
    field = kind.field(named_by)
    said = say(field, value) if field else ""
    return said or str(kind.heading or kind.label).replace("_", " ")


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    # English without a country is that of the Regulation: "3 May 2018", not "May 3, 2018".
    tag = {"en": "en-gb", "no": "nb"}.get(language.lower(), language)
    for candidate in (tag, tag.split("-")[0]):
        try:
            return Locale.parse(candidate, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en", "GB")


def locale() -> Locale:
    """Babel's locale for the active language; English where Babel lacks it."""
    return _locale(get_language() or "en")


def duration(iso: str) -> str:
    """``iso`` (``"P1Y6M"``) in words: "1 year and 6 months". What is no duration is returned as it is."""
    try:
        length = parse(iso)
    except ValueError:
        return iso
    units = (("year", length.years), ("month", length.months), ("week", length.weeks))
    said = [_unit(unit, count) for unit, count in units if count]
    return listing([*said, _days(length.days)] if length.days else said)


def frequency(iso: str) -> str:
    """How often, where once in ``iso``: "once a year"."""
    known = {"P1Y": _("once a year"), "P12M": _("once a year"), "P1M": _("once a month")}
    return known.get(iso) or _("once in {period}").format(period=duration(iso))


def _unit(unit: str, count: int) -> str:
    return str(format_unit(count, f"duration-{unit}", length="long", locale=locale()))


def _days(count: int) -> str:
    # Not Babel's: it says "dygn" in Swedish and "døgn" in Norwegian, 24 hours rather than a day of the calendar.
    return ngettext("{count} day", "{count} days", count).format(count=number(count))


def number(value: Any) -> str:
    """``value`` with the language's separators."""
    return str(format_decimal(value, locale=locale())) if isinstance(value, int | float) else str(value)


def country(code: str) -> str:
    """The name of the country with the ISO 3166-1 code ``code``."""
    territories = locale().territories
    return str(territories.get(code.upper()) or territories.get("ZZ") or _("unknown country"))


def language_name(code: str) -> str:
    """``code`` in the active language, as written within a sentence: "Swedish", "svenska"."""
    try:
        name = Locale.parse(to_locale(code)).get_display_name(to_locale(get_language() or "en"))
    except (UnknownLocaleError, ValueError):
        return code
    return name or code


def authority(code: str) -> str:
    """The supervisory authority of the country ``code``, with the country where two share a name."""
    known = AUTHORITIES.get(code)
    if known is None:
        return _("the supervisory authority ({country})").format(country=country(code))
    name = known.name_in(get_language() or "en")
    shared = sum(other.name.partition(" (")[0] == known.name for other in AUTHORITIES.values()) > 1
    return f"{name} ({country(code)})" if shared else name


def day(value: str | date) -> str:
    """A date, or a partial one (``"2018"``, ``"2018-05"``), as the language writes it."""
    if isinstance(value, date):
        return str(format_date(value, "long", locale=locale()))
    text = str(value)
    try:
        if re.fullmatch(r"\d{4}-\d{2}", text):
            return str(format_skeleton("yMMMM", date.fromisoformat(f"{text}-01"), locale=locale()))
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return day(date.fromisoformat(text))
    except ValueError:
        pass
    return text


def listing(items: Iterable[object]) -> str:
    """``items`` joined as the language does: "a, b and c"."""
    said = [str(item) for item in items]
    return str(format_list(said, locale=locale())) if said else ""


def quoted(text: str) -> str:
    """``text`` in the language's quotation marks."""
    return pgettext("quotation", "“{text}”").format(text=text)


def citation(article: str) -> str:
    """An article of the Regulation as the language cites it: ``"6.1 f"`` → "Article 6(1)(f)"."""
    match = re.fullmatch(r"(\d+)(?:\.(\d+))?(?: ([a-z]))?", article)
    if match is None:
        return article
    number, paragraph, letter = match.groups()
    parts = {"article": number, "paragraph": paragraph, "letter": letter}
    if paragraph and letter:
        return pgettext("citation", "Article {article}({paragraph})({letter})").format(**parts)
    if paragraph:
        return pgettext("citation", "Article {article}({paragraph})").format(**parts)
    if letter:
        return pgettext("citation", "Article {article}({letter})").format(**parts)
    return pgettext("citation", "Article {article}").format(**parts)


class _TextParser(HTMLParser):
    """Collects text; a block or a line break starts a new line."""

    _BREAKS = BLOCK_LEVEL | {"br"}
    _SILENT = frozenset({"script", "style"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silenced = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silenced += tag in self._SILENT
        if tag in self._BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silenced = max(0, self._silenced - (tag in self._SILENT))
        if tag in self._BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silenced:
            self.parts.append(" ".join(data.split("\n")))


#: Nothing but paragraphs, as most texts are.
_PARAGRAPHS = re.compile(r"\s*(?:<p>[^<&]*</p>\s*)+")


def paragraphs(html: str) -> list[str] | None:
    """The texts of its paragraphs where ``html`` is nothing but paragraphs of plain text, which need no parser."""
    if not html.startswith("<p>") or not _PARAGRAPHS.fullmatch(html):
        return None
    return [" ".join(text.split()) for text in html.replace("<p>", "").split("</p>")]


def plain(html: str) -> str:
    """The text of ``html``, one line for each paragraph or list item."""
    if "<" not in html and "&" not in html:
        return html.strip()
    lines = paragraphs(html)
    if lines is None:
        reader = _TextParser()
        reader.feed(html)
        reader.close()
        lines = [" ".join(line.split()) for line in "".join(reader.parts).split("\n")]
    return "\n".join(line for line in lines if line)
