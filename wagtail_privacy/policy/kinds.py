"""The table of kinds: what each kind of section can say, and which of it is fact and which is text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail_privacy.policy.vocabulary import VOCABULARIES, Label, Vocabulary

FactType = Literal[
    "code",  # one code of the field's vocabulary
    "codes",  # several
    "country",  # ISO 3166-1 alpha-2
    "duration",  # ISO 8601, date units only: P24M, P1Y6M
    "flag",  # true or not stated
    "number",
    "date",  # YYYY, YYYY-MM or YYYY-MM-DD
    "name",  # an untranslated string: a company's name, a cookie's name
    "address",  # an untranslated postal address, several lines
    "email",
    "phone",
    "url",
    "key",  # a register entry's
]
TextType = Literal[
    "line",  # plain
    "lines",  # a list of plain lines
    "prose",  # sanitised HTML
    "value",  # canonical JSON of a block that is not ours, words and all
]

TEXT_TYPES: frozenset[str] = frozenset({"line", "lines", "prose", "value"})


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a section of a kind can state. ``vocabulary`` names the codes' list."""

    name: str
    type: FactType | TextType
    label: Label
    vocabulary: str = ""

    @property
    def is_text(self) -> bool:
        return self.type in TEXT_TYPES

    @property
    def terms(self) -> Vocabulary:
        return VOCABULARIES[self.vocabulary]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of section.

    ``named_by`` lists the fields that name one such section to a reader, first filled one wins. ``key``
    is the fact that identifies it beyond its id: a register key or a code. ``heading`` is what stands
    above a section whose editor gave it none.
    """

    name: str
    label: Label
    fields: tuple[Field, ...] = ()
    children: tuple[str, ...] = ()
    named_by: tuple[str, ...] = ()
    key: str = ""
    heading: Label = ""

    def field(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)

    @property
    def facts(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if not field.is_text)

    @property
    def texts(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.is_text)


_HEADING = Field("heading", "line", _("Heading"))
_INTRODUCTION = Field("introduction", "prose", _("Introduction"))
_NAME = Field("name", "name", _("Name"))
_ADDRESS = Field("address", "address", _("Postal address"))
_COUNTRY = Field("country", "country", _("Country"))
_EMAIL = Field("email", "email", _("E-mail"))
_PHONE = Field("phone", "phone", _("Phone"))
_NOTE = Field("note", "prose", _("Note"))
_STATUTE = Field("statute", "line", _("Statute"))
_KEY = Field("key", "key", _("Key"))
_TITLE = Field("title", "line", _("Title"))
_DESCRIPTION = Field("description", "prose", _("Description"))
#: The day that the text itself gives for a part of it: "May 2018".
_DATE = Field("date", "date", _("Date"))


def _group(name: str, label: Label, heading: Label, *children: str, fields: tuple[Field, ...] = ()) -> Kind:
    """A kind that is a heading, an introduction and a list of its children."""
    fields = (_HEADING, _DATE, _INTRODUCTION, *fields)
    return Kind(name, label, fields, children, named_by=("heading",), heading=heading)


#: How many columns a table can have. A row's cells are its texts, an empty one among them is none.
MOST_COLUMNS = 12
CELLS = tuple(f"cell_{number}" for number in range(1, MOST_COLUMNS + 1))


_ALL = (
    # Who is responsible: Art. 13(1)(a)-(b), 14(1)(a)-(b), 26, 27, 37
    Kind(
        "controller",
        _("Controller"),
        (
            _HEADING,
            _INTRODUCTION,
            _NAME,
            Field("role", "code", _("Role"), "controller_roles"),
            Field("organisation_number", "name", _("Organisation number")),
            _ADDRESS,
            _COUNTRY,
            _EMAIL,
            _PHONE,
            Field("form_url", "url", _("Contact form")),
            Field("website", "url", _("Website")),
            Field("chat", "line", _("Chat")),
            Field("responsibility", "prose", _("Responsible for")),
            Field("arrangement", "prose", _("Arrangement between the joint controllers")),
            _NOTE,
        ),
        named_by=("name",),
        key="organisation_number",
        heading=_("Controller"),
    ),
    Kind(
        "dpo",
        _("Data protection officer"),
        (_NAME, _ADDRESS, _EMAIL, _PHONE, Field("form_url", "url", _("Contact form")), _NOTE),
        named_by=("name",),
        heading=_("Data protection officer"),
    ),
    Kind(
        "representative",
        _("Representative in the EU"),
        (_NAME, _ADDRESS, _COUNTRY, _EMAIL, _PHONE, _NOTE),
        named_by=("name",),
        heading=_("Representative in the EU"),
    ),
    _group("definitions", _("Definitions"), _("Definitions"), "definition"),
    Kind(
        "definition",
        _("Definition"),
        (Field("term", "line", _("Term")), Field("meaning", "prose", _("Meaning"))),
        named_by=("term",),
    ),
    # What is processed and why: Art. 13(1)(c)-(d), 13(2)(e), 14(1)(c)-(d), 6, 9, 10
    _group("purposes", _("Group of purposes"), _("Why we process your personal data"), "purpose"),
    Kind(
        "purpose",
        _("Purpose"),
        (
            _TITLE,
            _DESCRIPTION,
            Field("data_subjects", "lines", _("Whose data")),
            Field("concerns_children", "flag", _("Concerns children")),
            Field("direct_marketing", "flag", _("Direct marketing")),
            Field("provision", "code", _("Must you provide the data?"), "provision"),
            Field("consequence", "prose", _("If you do not provide the data")),
        ),
        ("legal_basis", "special_condition", "data_category", "recipient", "retention"),
        named_by=("title",),
    ),
    Kind(
        "legal_basis",
        _("Legal basis"),
        (
            Field("basis", "code", _("Legal basis"), "legal_bases"),
            Field("applies_to", "line", _("Applies to")),
            Field("interest", "prose", _("Legitimate interest")),
            _STATUTE,
        ),
        named_by=("basis",),
        key="basis",
    ),
    Kind(
        "special_condition",
        _("Condition for special categories"),
        (Field("condition", "code", _("Condition"), "special_conditions"), _STATUTE),
        named_by=("condition",),
        key="condition",
    ),
    _group("data_categories", _("Personal data that we collect"), _("Personal data that we collect"), "data_category"),
    Kind(
        "data_category",
        _("Category of personal data"),
        (
            _KEY,
            Field("special", "flag", _("Special category (Art. 9)")),
            Field("criminal", "flag", _("Criminal convictions and offences (Art. 10)")),
            Field("national_id", "flag", _("National identity number (Art. 87)")),
            Field("name", "line", _("Category")),
            Field("description", "line", _("Examples")),
        ),
        named_by=("name",),
        key="key",
    ),
    # Who receives it, and where: Art. 13(1)(e)-(f), 14(1)(e)-(f), 44-49
    _group(
        "recipients",
        _("Recipients"),
        _("Who receives your personal data"),
        "recipient",
        # Holds for each of them, beside a condition of its own.
        fields=(Field("condition", "line", _("Only if")),),
    ),
    Kind(
        "recipient",
        _("Recipient"),
        (
            _KEY,
            _NAME,
            Field("category", "line", _("Category of recipient")),
            Field("role", "code", _("Role"), "recipient_roles"),
            Field("data", "line", _("Which data")),
            Field("purpose", "line", _("What for")),
            Field("condition", "line", _("Only if")),
            _COUNTRY,
        ),
        named_by=("name", "category"),
        key="key",
    ),
    _group(
        "transfers",
        _("Place of processing and transfers"),
        _("Where we process your personal data"),
        "transfer",
        fields=(Field("place", "code", _("Place of processing"), "places"),),
    ),
    Kind(
        "transfer",
        _("Transfer to a third country"),
        (
            _COUNTRY,
            Field("mechanism", "code", _("Safeguard"), "transfer_mechanisms"),
            Field("recipient", "line", _("Recipient")),
            Field("purpose", "line", _("What for")),
            Field("copy_url", "url", _("Copy of the safeguards")),
            Field("copy_how", "line", _("How to get a copy of the safeguards")),
        ),
        named_by=("country", "recipient", "purpose"),
    ),
    # How long: Art. 13(2)(a), 14(2)(a)
    _group("retention_periods", _("Storage periods"), _("How long we keep your personal data"), "retention"),
    Kind(
        "retention",
        _("Storage period"),
        (
            _KEY,
            Field("duration", "duration", _("Period")),
            Field("at_most", "flag", _("At most")),
            Field("applies_to", "line", _("Applies to")),
            Field("starts", "line", _("Counted from")),
            Field("criteria", "prose", _("Criteria")),
            Field("reason", "line", _("Reason")),
        ),
        named_by=("applies_to",),
        key="key",
    ),
    # Rights: Art. 13(2)(b)-(d), 14(2)(c)-(e), 12(3)-(6)
    _group(
        "rights",
        _("Rights"),
        _("Your rights"),
        "right",
        fields=(
            Field("how", "prose", _("How to exercise your rights")),
            Field("response_time", "duration", _("We answer within")),
            Field("extended_time", "duration", _("In complex cases within")),
            Field("free", "flag", _("Free of charge")),
            Field("cost", "prose", _("Cost")),
            Field("identification_required", "flag", _("Identification required")),
            Field("identification", "prose", _("Identification")),
        ),
    ),
    Kind(
        "right",
        _("Right"),
        (
            Field("right", "code", _("Right"), "rights"),
            _TITLE,
            Field("explanation", "prose", _("What it means")),
            Field("limits", "prose", _("Limits")),
            Field("frequency", "duration", _("How often")),
            Field("how", "prose", _("How to exercise it")),
            _EMAIL,
            Field("url", "url", _("Form")),
        ),
        named_by=("title", "right"),
        key="right",
    ),
    Kind(
        "complaint",
        _("Complaint"),
        (
            _HEADING,
            Field("authority", "country", _("Supervisory authority")),
            Field("explanation", "prose", _("Explanation")),
        ),
        named_by=("heading",),
        key="authority",
        heading=_("Complaints"),
    ),
    _group("choices", _("Your choices"), _("Your choices"), "choice"),
    Kind(
        "choice",
        _("Choice"),
        (
            Field("choice", "code", _("Choice"), "choices"),
            _TITLE,
            Field("explanation", "prose", _("Explanation")),
            Field("url", "url", _("Address")),
        ),
        named_by=("title", "choice"),
    ),
    _group("commitments", _("Commitments"), _("What we promise you"), "commitment"),
    Kind(
        "commitment",
        _("Commitment"),
        (Field("commitment", "code", _("Commitment"), "commitments"), Field("statement", "line", _("In your words"))),
        named_by=("statement", "commitment"),
    ),
    # Where it comes from: Art. 14(2)(f)
    _group("sources", _("Sources"), _("Where your personal data come from"), "source"),
    Kind(
        "source",
        _("Source"),
        (
            Field("name", "line", _("Source")),
            Field("data", "line", _("Which data")),
            Field("publicly_accessible", "code", _("Publicly accessible"), "yes_no"),
        ),
        named_by=("name",),
    ),
    # Automated decisions: Art. 13(2)(f), 14(2)(g), 22
    Kind(
        "automated_decisions",
        _("Automated decisions"),
        (
            _HEADING,
            Field("in_use", "code", _("Automated decisions are made"), "yes_no"),
            Field("ground", "code", _("Legal basis"), "legal_bases"),
            Field("logic", "prose", _("Logic involved")),
            Field("consequences", "prose", _("Significance and consequences")),
        ),
        named_by=("heading",),
        heading=_("Automated decisions and profiling"),
    ),
    Kind(
        "ai_use",
        _("Use of AI"),
        (
            _HEADING,
            Field("description", "prose", _("What AI is used for")),
            Field("data", "line", _("Whose data, and which")),
            Field("training", "code", _("Data are used to train models"), "yes_no"),
            Field("provider", "name", _("Provider")),
        ),
        named_by=("heading",),
        heading=_("Use of AI"),
    ),
    _group("cookies", _("Cookies"), _("Cookies"), "cookie"),
    Kind(
        "cookie",
        _("Cookie"),
        (
            _NAME,
            _TITLE,
            Field("provider", "name", _("Provider")),
            Field("party", "code", _("Set by"), "cookie_parties"),
            Field("need", "code", _("Type"), "cookie_needs"),
            Field("lifetime", "code", _("Lifetime"), "cookie_lifetimes"),
            Field("duration", "duration", _("Kept for")),
            Field("purpose", "line", _("What for")),
        ),
        named_by=("name", "title"),
        key="name",
    ),
    Kind("security", _("Security"), (_HEADING, _DESCRIPTION), named_by=("heading",), heading=_("Security")),
    Kind(
        "children",
        _("Children"),
        (_HEADING, Field("age_limit", "number", _("Age limit")), _DESCRIPTION),
        named_by=("heading",),
        heading=_("Children"),
    ),
    Kind(
        "service",
        _("Service-specific section"),
        (_TITLE, _DATE, _INTRODUCTION),
        ("*",),
        named_by=("title",),
    ),
    # The policy itself: Art. 12, 13(3); WP260 29-31
    Kind(
        "change_notice",
        _("How changes are announced"),
        (
            _HEADING,
            Field("notice_period", "number", _("Days between announcement and effect")),
            Field("tells_users", "flag", _("Registered users are told by e-mail")),
            _NOTE,
        ),
        named_by=("heading",),
        heading=_("Changes to this policy"),
    ),
    Kind(
        "decision",
        _("Date and decision"),
        (
            _HEADING,
            Field("updated", "date", _("Last updated")),
            Field("applies_from", "date", _("Applies from")),
            Field("decided", "date", _("Decided on")),
            Field("decided_by", "line", _("Decided by")),
            Field("paragraph", "name", _("Paragraph of the minutes")),
            Field("reference", "name", _("Reference number")),
            _NOTE,
        ),
        named_by=("heading",),
        heading=_("About this document"),
    ),
    _group(
        "earlier_history",
        _("History before this site"),
        _("Earlier changes"),
        "history_entry",
        fields=(Field("imported", "flag", _("Imported from an earlier policy")),),
    ),
    Kind(
        "history_entry",
        _("Earlier change"),
        (Field("date", "date", _("Date")), _DESCRIPTION),
        named_by=("date",),
    ),
    Kind("text", _("Text"), (_HEADING, _DATE, Field("body", "prose", _("Text"))), named_by=("heading",)),
    Kind(
        "table",
        _("Table"),
        (_HEADING, Field("caption", "line", _("Caption"))),
        ("table_head", "table_row"),
        named_by=("heading", "caption"),
    ),
    Kind("table_head", _("Column headings"), tuple(Field(name, "line", _("Column heading")) for name in CELLS)),
    Kind("table_row", _("Row"), tuple(Field(name, "prose", _("Cell")) for name in CELLS), named_by=("cell_1",)),
    Kind(
        "other",
        pgettext_lazy("block", "Other content"),
        (
            Field("block", "name", _("Block")),
            Field("value", "value", _("Value")),
            Field("text", "prose", _("Text")),
        ),
        named_by=("block",),
    ),
)

#: Every kind by name. A site adds its own with :func:`register_kind`, in an ``AppConfig.ready``.
KINDS: dict[str, Kind] = {kind.name: kind for kind in _ALL}


def register_kind(kind: Kind) -> None:
    """Add a site's own kind of section, or replace one of ours."""
    KINDS[kind.name] = kind


def kind_of(name: str) -> Kind:
    """The kind called ``name``; one without fields for a kind that this site no longer has."""
    return KINDS.get(name) or Kind(name, name)
