"""A section as a reader meets it: its values in plain words, its prose as HTML, its place on the page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from cachetools import LRUCache
from django.template.defaultfilters import capfirst
from django.template.loader import select_template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from wagtail_privacy.interface import language_attributes
from wagtail_privacy.policy import words
from wagtail_privacy.policy.authorities import AUTHORITIES
from wagtail_privacy.policy.kinds import KINDS, Field, kind_of
from wagtail_privacy.policy.sanitise import sanitise
from wagtail_privacy.policy.section import Section, anchor_of
from wagtail_privacy.policy.snapshot import canonical_json, section_to_json
from wagtail_privacy.reader.grid import Grid, grid_of

#: Vocabularies whose codes are given with their article: the law asks for the basis, not only for its name.
CITED = frozenset({"legal_bases", "special_conditions", "transfer_mechanisms", "rights"})
HEADINGS = ("heading", "title")
#: Texts that stand as paragraphs of their own, before and after the list of the other fields.
LEADING = ("introduction", "description", "explanation", "body")
CLOSING = ("note",)
DATE = "date"
APART = frozenset({*HEADINGS, *LEADING, *CLOSING, DATE})
#: What the templates of these kinds have a place for. Any other field, such as a site's own, is listed after it.
PLACED = {
    "purpose": frozenset({"data_subjects", "provision", "consequence"}),
    "legal_basis": frozenset({"basis", "applies_to", "interest", "statute"}),
    "special_condition": frozenset({"condition", "statute"}),
    "data_category": frozenset({"name", "special", "criminal", "national_id"}),
    "recipients": frozenset({"condition"}),
    "recipient": frozenset({"name", "category", "role", "country", "purpose", "condition"}),
    "retention": frozenset({"duration", "at_most", "starts", "applies_to", "criteria", "reason"}),
    "right": frozenset({"right", "limits", "frequency", "how", "email", "url"}),
    "choice": frozenset({"choice", "url"}),
    "commitment": frozenset({"commitment", "statement"}),
    "definition": frozenset({"term", "meaning"}),
    "complaint": frozenset({"authority"}),
    "children": frozenset({"age_limit"}),
    "change_notice": frozenset({"notice_period", "tells_users"}),
    "earlier_history": frozenset({"imported"}),
    "history_entry": frozenset({"date"}),
}
#: Of these, texts that stand within a sentence of ours; where that is in another language they are listed instead.
IN_A_SENTENCE = {
    "retention": frozenset({"starts"}),
    "recipient": frozenset({"condition"}),
    "recipients": frozenset({"condition"}),
}
#: What holds sections that each have a heading of their own. Neighbours that stand alone are gathered in one.
GATHERED = frozenset({"purposes", "controllers"})
#: Of these, the one that exists only on the page, with a heading of ours.
ONLY_ON_THE_PAGE = "controllers"


class _Stated(dict[str, str]):
    """Empty strings for missing fields: cheaper than letting each template lookup fail."""

    def __missing__(self, name: str) -> str:
        return ""


@dataclass(frozen=True)
class Row:
    """One thing that a section states: what it is called, and it in words or as safe HTML."""

    name: str
    label: str
    said: str


@dataclass(frozen=True)
class Table:
    """Sections of one kind side by side. Each line begins with the section's name, under ``caption``."""

    caption: str
    columns: tuple[str, ...]
    lines: tuple[tuple[Passage, tuple[Row, ...]], ...]

    @property
    def is_wide(self) -> bool:
        """Whether it has more columns than can be read beside each other: then each line is a list of its own."""
        return len(self.columns) > 3


@dataclass(frozen=True)
class Passage:
    """A section, the HTML that was shown for the prose of its text, and the level of its heading (2 to 6).

    ``marked`` is the language of its texts, where the active one, in which all else is said, is another one.
    """

    section: Section
    shown: Mapping[str, str]
    level: int = 2
    marked: str = ""

    @property
    def kind(self) -> str:
        return self.section.kind

    @property
    def texts_marked(self) -> str:
        """The language that its own texts are marked with; those of a kind that exists only on the page are ours."""
        return "" if self.kind == ONLY_ON_THE_PAGE else self.marked

    @property
    def anchor(self) -> str:
        return anchor_of(self.section.id)

    @property
    def below(self) -> int:
        """The level of a heading inside this passage."""
        return min(self.level + 1, 6)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The fields of its kind; for a kind that the site no longer has, the texts that it holds."""
        if self.kind in KINDS:
            return kind_of(self.kind).fields
        prose = {name for name in self.section.texts if f"{self.section.id}:{name}" in self.shown}
        return tuple(Field(name, "prose" if name in prose else "line", "") for name in self.section.texts)

    @cached_property
    def says(self) -> dict[str, str]:
        """What it states, by field. A field that states nothing is not in it, and is asked for as ``""``."""
        said = ((field.name, self._said(field)) for field in self.fields if field.type != "key")
        return _Stated((name, words) for name, words in said if words)

    @cached_property
    def cites(self) -> dict[str, str]:
        """The article that each of its codes stands for, by field."""
        return _Stated((field.name, cited) for field in self.fields if (cited := self._cited(field)))

    @cached_property
    def heading(self) -> str:
        """What stands above it: the editor's heading, else that of its kind, else its name."""
        if given := next((self.says[name] for name in HEADINGS if name in self.says), ""):
            return given
        kind = kind_of(self.kind)
        if self.kind == "controller" and self.level > 2:
            return self.name
        headless = self.kind not in KINDS or self.kind in ("other", "table") or kind.named_by == ("heading",)
        return str(kind.heading) or ("" if headless else self.name)

    @cached_property
    def name(self) -> str:
        """What it is called among its like. A proper name is written as its owner writes it."""
        field = kind_of(self.kind).field(self.named_by)
        if field and field.is_text and self.texts_marked:
            with override(self.texts_marked):
                return self._in_its_language(str(capfirst(words.name_of(self.section))))
        name = words.name_of(self.section)
        return name if field and field.type == "name" else str(capfirst(name))

    @cached_property
    def named_by(self) -> str:
        """The field that gives it its name."""
        return next((name for name in kind_of(self.kind).named_by if name in self.says), "")

    @property
    def dated(self) -> SafeString:
        """The day that its text gives for it, of which often only the year or the month is told."""
        if DATE not in self.says:
            return SafeString()
        return format_html('<time datetime="{}">{}</time>', self.section.facts[DATE], self.says[DATE])

    @cached_property
    def leading(self) -> list[str]:
        return [self.says[name] for name in LEADING if name in self.says]

    @cached_property
    def closing(self) -> list[str]:
        return [self.says[name] for name in CLOSING if name in self.says]

    @property
    def rows(self) -> list[Row]:
        """All it states beside its heading and its paragraphs."""
        return self._rows(without=self._apart)

    @cached_property
    def _apart(self) -> frozenset[str]:
        """What stands apart from the list of the fields: its heading and its paragraphs."""
        return APART | {self.named_by} if self.heading == self.name else APART

    @cached_property
    def more(self) -> list[Row]:
        """What it states beside what the template of its kind has a place for."""
        placed = PLACED.get(self.kind, frozenset())
        if self.marked:
            placed = placed - IN_A_SENTENCE.get(self.kind, frozenset())
        # Most state nothing else; then what stands above them need not be found out.
        return [] if self.says.keys() <= APART | placed else self._rows(without=self._apart | placed)

    @property
    def particulars(self) -> SafeString:
        """What a recipient is, in a few words: its category where it has a name too, its role, its country."""
        said = (self.says.get(name, "") for name in ("category", "role", "country") if name != self.named_by)
        return format_html_join(", ", "{}", ((word,) for word in said if word))

    @cached_property
    def rest(self) -> list[Passage]:
        """What it holds beside what sections of its kind hold: a site's own blocks."""
        return [part for part in self.parts if part.kind not in kind_of(self.kind).children]

    @property
    def objection(self) -> list[Passage]:
        """The right to object, which is told separately from everything else (Art. 21(4))."""
        return [right for right in self.of.get("right", ()) if right.section.facts.get("right") == "objection"]

    @property
    def other_rights(self) -> list[Passage]:
        return [right for right in self.of.get("right", ()) if right.section.facts.get("right") != "objection"]

    @property
    def period(self) -> SafeString:
        """How long data are kept, and counted from when; empty where only criteria are given."""
        period, starts = self.says.get("duration", ""), self.says.get("starts", "")
        if period and "at_most" in self.says:
            period = _("at most %(period)s") % {"period": period}
        period = format_html("<strong>{}</strong>", capfirst(period)) if period else ""
        if not starts or self.marked:
            return format_html("{}", period)
        counted = _("{period}, counted from {starts}") if period else capfirst(_("counted from {starts}"))
        return format_html(counted, period=period, starts=starts)

    @cached_property
    def parts(self) -> tuple[Passage, ...]:
        """What it holds."""
        if self.kind in GATHERED:
            return tuple(self._inside(child) for child in self.section.children)
        return tuple(arrange(self.section.children, self.shown, self.below, self.marked))

    @cached_property
    def of(self) -> dict[str, list[Passage]]:
        """What it holds, by kind."""
        found: dict[str, list[Passage]] = defaultdict(list)
        for child in self.section.children:
            found[child.kind].append(self._inside(child))
        return found

    def _inside(self, child: Section) -> Passage:
        return Passage(child, self.shown, self.below, self.marked)

    @property
    def table(self) -> Table | None:
        """What it holds as a table, where all of it is of one kind and itself holds nothing."""
        flat = not any(child.children for child in self.section.children) and self.kind not in GATHERED
        alike = len({child.kind for child in self.section.children}) == 1
        return tabulate(self.of[self.section.children[0].kind]) if flat and alike else None

    @property
    def grid(self) -> Grid:
        """A table of the editor's own as it is laid out."""
        return grid_of(self.of.get("table_head", []), self.of.get("table_row", []))

    @property
    def html(self) -> SafeString:
        """Another block as it was shown; its words where that is lost."""
        html = self.shown.get(self.section.id)
        if html is None:
            return format_html("<p>{}</p>", self.says.get("text", ""))
        return self._in_its_language(mark_safe(html), "div")  # noqa: S308

    @property
    def authority_url(self) -> str:
        """The website of the supervisory authority that it names."""
        known = AUTHORITIES.get(str(self.section.facts.get("authority", "")))
        return known.url if known else ""

    def render(self) -> SafeString:
        """It as HTML, by the template of its kind; a kind without one is listed field by field."""
        rendered = _rendered.get()
        return self._render() if rendered is None or self.kind in GATHERED else rendered.of(self)

    def _render(self) -> SafeString:
        names = ["wagtail_privacy/sections/section.html"]
        if re.fullmatch(r"\w+", self.kind):
            names.insert(0, f"wagtail_privacy/sections/{self.kind}.html")
        return select_template(names).render({"passage": self})

    def _rows(self, without: Set[str]) -> list[Row]:
        return [
            Row(field.name, str(field.label), self._said_and_cited(field))
            for field in self.fields
            if field.name in self.says and field.name not in without
        ]

    def _said(self, field: Field) -> str:
        value = (self.section.texts if field.is_text else self.section.facts).get(field.name)
        if not value:
            return ""
        if not (self.texts_marked and field.is_text):
            return self._in_words(field, value)
        with override(self.texts_marked):
            said = self._in_words(field, value)
        return self._in_its_language(said, "div" if field.type == "prose" else "span")

    def _in_words(self, field: Field, value: Any) -> str:
        if field.type == "prose":
            html = self.shown.get(f"{self.section.id}:{field.name}")
            return mark_safe(sanitise(str(value)) if html is None else html)  # noqa: S308
        say = _LINKED.get(field.type)
        return say(str(value)) if say else words.say(field, value)

    def _in_its_language(self, said: str, tag: str = "span") -> SafeString:
        """``said``, a text of the section, marked with its language where that is not the one around it."""
        if not self.texts_marked or not said:
            return format_html("{}", said)
        return format_html("<{0} {1}>{2}</{0}>", tag, language_attributes(self.texts_marked), said)

    def _cited(self, field: Field) -> str:
        code = self.section.facts.get(field.name)
        if field.vocabulary not in CITED or code not in field.terms:
            return ""
        return words.citation(field.terms[str(code)].article)

    def _said_and_cited(self, field: Field) -> str:
        said = self.says[field.name]
        if field.type == "code":
            said = capfirst(said)
        return f"{said} ({self.cites[field.name]})" if field.name in self.cites else said


class RenderedSections:
    """The HTML of sections that were rendered before: a version says most of what the one before it said."""

    #: Characters. A chapter that holds others is longer, and seldom comes unchanged.
    LONGEST = 20_000

    def __init__(self) -> None:
        self._cache: LRUCache[tuple[str | None, str], SafeString] = LRUCache(1000)

    def of(self, passage: Passage) -> SafeString:
        shown = {name: passage.shown[name] for name in _shown_names(passage.section) if name in passage.shown}
        said = canonical_json([passage.level, passage.marked, section_to_json(passage.section), shown])
        if len(said) > self.LONGEST:
            return passage._render()
        key = (get_language(), said)
        if key not in self._cache:
            self._cache[key] = passage._render()
        return self._cache[key]


def _shown_names(section: Section) -> Iterator[str]:
    """By which names there may be HTML that was shown for ``section`` and what it holds."""
    for each in section.walk():
        yield from (each.id, *(f"{each.id}:{field}" for field in each.texts))


_rendered: ContextVar[RenderedSections | None] = ContextVar("rendered", default=None)


@contextmanager
def reuse_rendered_sections() -> Iterator[None]:
    """Within this block each section is rendered once, however many texts say it: for a whole history."""
    token = _rendered.set(RenderedSections())
    try:
        yield
    finally:
        _rendered.reset(token)


def arrange(
    sections: Iterable[Section], shown: Mapping[str, str], level: int = 2, marked: str = ""
) -> Iterator[Passage]:
    """The sections as passages; purposes that follow each other, and controllers, under one heading."""
    for kind, neighbours in groupby(sections, key=lambda section: section.kind):
        run = list(neighbours)
        if kind == "purpose" or (kind == "controller" and len(run) > 1):
            run = [_gathered(kind, run)]
        yield from (Passage(section, shown, level, marked) for section in run)


def tabulate(passages: Sequence[Passage]) -> Table:
    """Passages of one kind as a table, with a column for each field that any of them states."""
    stated = [{row.name: row for row in passage._rows(without={passage.named_by})} for passage in passages]
    columns = [field for field in passages[0].fields if any(field.name in rows for rows in stated)]
    lines = tuple(
        (passage, tuple(rows.get(field.name, Row(field.name, str(field.label), "")) for field in columns))
        for passage, rows in zip(passages, stated, strict=True)
    )
    return Table(str(kind_of(passages[0].kind).label), tuple(str(field.label) for field in columns), lines)


def _gathered(kind: str, run: Sequence[Section]) -> Section:
    texts = {"heading": _("Who is responsible")} if kind == "controller" else {}
    return Section(f"{kind}s", f"{run[0].id}/{kind}s", texts=texts, children=tuple(run))


def _email(address: str) -> SafeString:
    return format_html('<a href="mailto:{0}">{0}</a>', address)


def _phone(number: str) -> SafeString:
    return format_html('<a href="tel:{}">{}</a>', re.sub(r"[^0-9+]", "", number), number)


def _url(url: str) -> SafeString:
    """A link that shows where it leads. Only to the web: a stored address is not to be trusted."""
    match = re.fullmatch(r"https?://(?:www\.)?(.+?)/?", url)
    return format_html('<a href="{}">{}</a>', url, match[1]) if match else format_html("{}", url)


def _address(address: str) -> SafeString:
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in address.splitlines()))


_LINKED = {"email": _email, "phone": _phone, "url": _url, "address": _address}
