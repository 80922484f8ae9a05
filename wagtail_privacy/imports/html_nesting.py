"""A page's elements, nested as HTML's rules close them, as one flat list: no depth is too deep for it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from wagtail_privacy.imports.html_tokens import VOID, HtmlToken, names
from wagtail_privacy.imports.inline import Run
from wagtail_privacy.imports.outline import UnreadableDocument
from wagtail_privacy.policy.sanitise import BLOCK_LEVEL

HEADINGS = names("h1 h2 h3 h4 h5 h6")
_CELLS = frozenset({"td", "th", "caption"})
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_ROW_GROUPS = frozenset({"tbody", "thead", "tfoot"})
#: What starting an element closes, and what keeps it from closing things outside (HTML, 13.2.6.4.7).
_CLOSES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), _LISTS | _CELLS | {"table"}),
    "dt": (frozenset({"dt", "dd"}), _CELLS | {"dl", "table"}),
    "dd": (frozenset({"dt", "dd"}), _CELLS | {"dl", "table"}),
    "td": (frozenset({"td", "th", "caption"}), frozenset({"table"})),
    "th": (frozenset({"td", "th", "caption"}), frozenset({"table"})),
    "tr": (frozenset({"tr", "caption"}), frozenset({"table"})),
    **dict.fromkeys(_ROW_GROUPS, (_ROW_GROUPS | {"tr", "caption"}, frozenset({"table"}))),
    "option": (frozenset({"option"}), frozenset({"select", "datalist"})),
    "a": (frozenset({"a"}), _CELLS | {"table"}),
    **dict.fromkeys(HEADINGS, (HEADINGS, _CELLS | {"table"})),
}
_CLOSE_PARAGRAPH = BLOCK_LEVEL - {"body", "html", "head", "button", "option", "optgroup", "legend", "input", "select"}
_OUTSIDE = _CELLS | {"table", "template", "object"}
#: What an end tag can't close things outside of; that of a table closes its cells.
_KEEPS = {
    "table": frozenset({"template", "object"}),
    **dict.fromkeys(_CELLS | _ROW_GROUPS | {"tr"}, frozenset({"table", "template", "object"})),
}
#: More of them than the largest page of words has.
MOST_EVENTS = 1_000_000
#: Words that show that a block is about privacy, in the languages of the plugin.
PRIVACY = re.compile(
    r"personuppgift|dataskydd|integritetspolicy|integritetsskydd|personlig integritet|personopplysning|personvern"
    r"|persondata|databeskyttelse|personoplysning|privatlivspolitik|henkilötie|tietosuoja|rekisterinpitä|rekisteriselost"
    r"|personenbezogen|datenschutz|personal data|personal information|data protection|privacy|gdpr|dsgvo"
    r"|(?:senast|sidst|sist) (?:ändrad|uppdaterad|opdateret|oppdatert)|last updated|päivitetty|gäller från",
    re.IGNORECASE,
)


@dataclass(eq=False, slots=True)
class Element:
    """An element with where it stands: in the source, among the events, among the texts."""

    name: str
    attributes: dict[str, str]
    start: int
    event: int
    first_text: int
    end: int = 0
    end_event: int = 0
    last_text: int = 0
    holds_blocks: bool = False
    in_article: bool = False

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    @property
    def tokens(self) -> list[str]:
        """The words that its class and id are made of."""
        names = f"{self.get('class')} {self.get('id')}"
        return re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "-", names).lower())


@dataclass
class Nesting:
    """``events`` are elements, each where it starts and where it ends, and between them texts (in ``links`` or not).

    ``signs``, ``linked``, ``private`` add up, before each text, the signs so far, those in links, the words about
    privacy outside of links.
    """

    events: list[Element | Run] = field(default_factory=list)
    signs: list[int] = field(default_factory=lambda: [0])
    linked: list[int] = field(default_factory=lambda: [0])
    private: list[int] = field(default_factory=lambda: [0])
    swallowed: list[HtmlToken] = field(default_factory=list)

    def elements(self) -> Iterator[Element]:
        """Each element once."""
        return (one for at, one in enumerate(self.events) if isinstance(one, Element) and one.event == at)

    def weight(self, element: Element) -> tuple[int, int, int]:
        """How many signs ``element`` has, how many of them in links, and how many words about privacy outside."""
        first, last = element.first_text, element.last_text
        return tuple(total[last] - total[first] for total in (self.signs, self.linked, self.private))  # type: ignore[return-value]


def nest(tokens: Iterable[HtmlToken]) -> Nesting:
    builder = _Builder()
    for token in tokens:
        builder.take(token)
        if len(builder.nesting.events) > MOST_EVENTS:
            raise UnreadableDocument(
                _("Expected a page with words."),
                _("Found more than {count} tags.").format(count=MOST_EVENTS // 2),
                _("Open it in a browser, copy the policy, and paste it."),
            )
    builder.close_down_to(0, builder.position)
    return builder.nesting


class _Builder:
    def __init__(self) -> None:
        self.nesting = Nesting()
        self.stack: list[Element] = []
        self.open_at: dict[str, list[int]] = defaultdict(list)
        self.position = 0

    def take(self, token: HtmlToken) -> None:
        self.position = token.end
        if token.kind == "text":
            self._text(token)
        elif token.kind == "start":
            self._start(token)
        elif token.kind == "end":
            self._end(token)
        else:
            self.nesting.swallowed.append(token)

    def _text(self, token: HtmlToken) -> None:
        nesting = self.nesting
        nesting.events.append(Run(token.value, token.start, token.end))
        signs, in_link = len("".join(token.value.split())), bool(self.open_at["a"])
        nesting.signs.append(nesting.signs[-1] + signs)
        nesting.linked.append(nesting.linked[-1] + (signs if in_link else 0))
        found = 0 if in_link else sum(1 for _found in PRIVACY.finditer(token.value))
        nesting.private.append(nesting.private[-1] + found)

    def _start(self, token: HtmlToken) -> None:
        name = token.value
        if name in _CLOSE_PARAGRAPH:
            self._close({"p"}, _OUTSIDE | {"button"}, token.start)
        if name in _CLOSES:
            self._close(*_CLOSES[name], token.start)
        self._note_blocks(name)
        nesting = self.nesting
        element = Element(name, token.attributes, token.start, len(nesting.events), len(nesting.signs) - 1)
        element.in_article = bool(self.open_at["article"] or self.open_at["main"])
        nesting.events.append(element)
        self.stack.append(element)
        self.open_at[name].append(len(self.stack) - 1)
        if name in VOID:
            self.close_down_to(len(self.stack) - 1, token.end)

    def _note_blocks(self, name: str) -> None:
        """A table that holds tables or headings is a frame for a page; a definition that holds lists is a chapter."""
        if name == "table" or name in HEADINGS:
            self._mark("table")
        if name in ("table", "dl", "p", "ul", "ol", "div") or name in HEADINGS:
            self._mark("dl")

    def _mark(self, name: str) -> None:
        if at := self.open_at.get(name):
            self.stack[at[-1]].holds_blocks = True

    def _end(self, token: HtmlToken) -> None:
        if token.value == "br":
            self._start(token)
        elif token.value not in ("html", "body"):  # what stands behind them stands in them
            closes = HEADINGS if token.value in HEADINGS else {token.value}
            self._close(closes, _KEEPS.get(token.value, _OUTSIDE) - {token.value}, token.end)

    def _close(self, names: Iterable[str], outside: Iterable[str], end: int) -> None:
        """Close the innermost open element of ``names``, unless it stands outside one of ``outside``."""
        found = self._innermost(names)
        if found > self._innermost(outside):
            self.close_down_to(found, end)

    def _innermost(self, names: Iterable[str]) -> int:
        return max((self.open_at[name][-1] for name in names if self.open_at.get(name)), default=-1)

    def close_down_to(self, depth: int, end: int) -> None:
        nesting = self.nesting
        while len(self.stack) > depth:
            element = self.stack.pop()
            self.open_at[element.name].pop()
            element.end, element.end_event, element.last_text = end, len(nesting.events), len(nesting.signs) - 1
            nesting.events.append(element)
