"""A section as a reader meets it: its values in plain words, its prose as HTML, its place on the page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.template.defaultfilters import capfirst
from django.template.loader import select_template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from wagtail_privacy.policy import words
from wagtail_privacy.policy.authorities import AUTHORITIES
from wagtail_privacy.policy.kinds import KINDS, Field, kind_of
from wagtail_privacy.policy.sanitise import sanitise
from wagtail_privacy.policy.section import Section

#: Vocabularies whose codes are given with their article: the law asks for the basis, not only for its name.
CITED = frozenset({"legal_bases", "special_conditions", "transfer_mechanisms", "rights"})
HEADINGS = ("heading", "title")
#: Texts that stand as paragraphs of their own, before and after the list of the other fields.
LEADING = ("introduction", "description", "explanation", "body")
CLOSING = ("note",)
#: What the templates of these kinds have a place for. Any other field, such as a site's own, is listed after it.
PLACED = {
    "purpose": {"data_subjects", "provision", "consequence"},
    "legal_basis": {"basis", "applies_to", "interest", "statute"},
    "special_condition": {"condition", "statute"},
    "data_category": {"name", "special", "criminal", "national_id"},
    "recipient": {"name", "category", "role", "country", "purpose", "condition"},
    "retention": {"duration", "at_most", "starts", "applies_to", "criteria", "reason"},
    "right": {"right", "limits", "how", "email", "url"},
    "choice": {"choice", "url"},
    "commitment": {"commitment", "statement"},
    "definition": {"term", "meaning"},
    "complaint": {"authority"},
    "children": {"age_limit"},
    "change_notice": {"notice_period", "tells_users"},
    "history_entry": {"date"},
}
#: Kinds of section that this page alone knows: neighbours gathered under one heading.
GATHERED = frozenset({"purposes", "controllers"})


class _Stated(dict[str, str]):
    """Templates ask for fields that state nothing all the time: cheaper answered than found to be missing."""

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
    """A section, the HTML that was shown for the prose of its text, and the level of its heading (2 to 6)."""

    section: Section
    shown: Mapping[str, str]
    level: int = 2

    @property
    def kind(self) -> str:
        return self.section.kind

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
        headless = self.kind not in KINDS or self.kind == "other" or kind.named_by == ("heading",)
        return str(kind.heading) or ("" if headless else self.name)

    @cached_property
    def name(self) -> str:
        """What it is called among its like. A proper name is written as its owner writes it."""
        field = kind_of(self.kind).field(self.named_by)
        name = words.name_of(self.section)
        return name if field and field.type == "name" else str(capfirst(name))

    @cached_property
    def named_by(self) -> str:
        """The field that gives it its name."""
        return next((name for name in kind_of(self.kind).named_by if name in self.says), "")

    @property
    def leading(self) -> list[str]:
        return [self.says[name] for name in LEADING if name in self.says]

    @property
    def closing(self) -> list[str]:
        return [self.says[name] for name in CLOSING if name in self.says]

    @property
    def rows(self) -> list[Row]:
        """All it states beside its heading and its paragraphs."""
        headed = {self.named_by} if self.heading == self.name else set()
        return self._rows(without={*HEADINGS, *LEADING, *CLOSING, *headed})

    @property
    def more(self) -> list[Row]:
        """What it states beside what the template of its kind has a place for."""
        return [row for row in self.rows if row.name not in PLACED.get(self.kind, ())]

    @property
    def particulars(self) -> str:
        """What a recipient is, in a few words: its category where it has a name too, its role, its country."""
        said = (self.says.get(name, "") for name in ("category", "role", "country") if name != self.named_by)
        return ", ".join(word for word in said if word)

    @property
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
        if not starts:
            return format_html("{}", period)
        counted = _("{period}, counted from {starts}") if period else capfirst(_("counted from {starts}"))
        return format_html(counted, period=period, starts=starts)

    @cached_property
    def parts(self) -> tuple[Passage, ...]:
        """What it holds."""
        if self.kind in GATHERED:
            return tuple(Passage(child, self.shown, self.below) for child in self.section.children)
        return tuple(arrange(self.section.children, self.shown, self.below))

    @cached_property
    def of(self) -> dict[str, list[Passage]]:
        """What it holds, by kind."""
        found: dict[str, list[Passage]] = defaultdict(list)
        for child in self.section.children:
            found[child.kind].append(Passage(child, self.shown, self.below))
        return found

    @property
    def table(self) -> Table | None:
        """What it holds as a table, where all of it is of one kind and itself holds nothing."""
        flat = not any(child.children for child in self.section.children) and self.kind not in GATHERED
        alike = len({child.kind for child in self.section.children}) == 1
        return tabulate(self.of[self.section.children[0].kind]) if flat and alike else None

    @property
    def html(self) -> SafeString:
        """Another block as it was shown; its words where that is lost."""
        html = self.shown.get(self.section.id)
        return format_html("<p>{}</p>", self.says.get("text", "")) if html is None else mark_safe(html)  # noqa: S308

    @property
    def authority_url(self) -> str:
        """The website of the supervisory authority that it names."""
        known = AUTHORITIES.get(str(self.section.facts.get("authority", "")))
        return known.url if known else ""

    def render(self) -> SafeString:
        """It as HTML, by the template of its kind; a kind without one is listed field by field."""
        names = ["wagtail_privacy/sections/section.html"]
        if re.fullmatch(r"\w+", self.kind):
            names.insert(0, f"wagtail_privacy/sections/{self.kind}.html")
        return select_template(names).render({"passage": self})

    def _rows(self, without: set[str]) -> list[Row]:
        return [
            Row(field.name, str(field.label), self._said_and_cited(field))
            for field in self.fields
            if field.name in self.says and field.name not in without
        ]

    def _said(self, field: Field) -> str:
        value = (self.section.texts if field.is_text else self.section.facts).get(field.name)
        if not value:
            return ""
        if field.type == "prose":
            html = self.shown.get(f"{self.section.id}:{field.name}")
            return mark_safe(sanitise(str(value)) if html is None else html)  # noqa: S308
        say = _LINKED.get(field.type)
        return say(str(value)) if say else words.say(field, value)

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


def anchor_of(section_id: str) -> str:
    """The fragment of a section's address, made of its id: a link survives a new heading."""
    return "s-" + re.sub(r"[^0-9A-Za-z]+", "-", section_id)


def arrange(sections: Iterable[Section], shown: Mapping[str, str], level: int = 2) -> Iterator[Passage]:
    """The sections as passages; purposes that follow each other, and controllers, under one heading."""
    for kind, neighbours in groupby(sections, key=lambda section: section.kind):
        run = list(neighbours)
        if kind == "purpose" or (kind == "controller" and len(run) > 1):
            run = [_gathered(kind, run)]
        yield from (Passage(section, shown, level) for section in run)


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
    heading = _("Why we process your personal data") if kind == "purpose" else _("Who is responsible")
    return Section(f"{kind}s", f"{run[0].id}/{kind}s", texts={"heading": heading}, children=tuple(run))


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
