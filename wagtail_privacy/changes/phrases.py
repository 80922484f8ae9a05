"""The words that sentences about changes are built of, for translators to read as a table.

A sentence is a subject ("The e-mail address of {section}") and what happened to it ("{subject} changes from {old}
to {new}."). ``{section}`` is a phrase of :data:`SECTIONS`. The verbs are chosen so that no word must agree with the
subject: in Swedish "ändras", "läggs till". A language that inflects names puts them in brackets or after a colon.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from wagtail_privacy.policy.kinds import CELLS
from wagtail_privacy.policy.vocabulary import Label

#: A section inside a sentence, by kind: with its name, and where it has none.
SECTIONS: Mapping[str, tuple[Label, Label]] = {
    "controller": (_("the controller {name}"), _("the controller")),
    "dpo": (_("the data protection officer {name}"), _("the data protection officer")),
    "representative": (_("the representative {name}"), _("the representative in the EU")),
    "definition": (_("the definition of “{name}”"), _("the definition")),
    "purpose": (_("the purpose “{name}”"), _("the purpose")),
    "legal_basis": (_("the legal basis {name}"), _("the legal basis")),
    "special_condition": (
        _("the condition “{name}” for special categories"),
        _("the condition for special categories"),
    ),
    "data_category": (_("the category “{name}”"), _("the category of personal data")),
    "recipient": (_("the recipient {name}"), _("the recipient")),
    "transfer": (_("the transfer to {name}"), _("the transfer to a third country")),
    "retention": (_("the storage period for {name}"), _("the storage period")),
    "right": (_("the right “{name}”"), _("the right")),
    "choice": (_("the choice “{name}”"), _("the choice")),
    "commitment": (_("the commitment “{name}”"), _("the commitment")),
    "source": (_("the source “{name}”"), _("the source of personal data")),
    "cookie": (_("the cookie “{name}”"), _("the cookie")),
    "history_entry": (_("the entry from {name} in the earlier history"), _("the entry in the earlier history")),
    "text": (_("the text “{name}”"), _("the text without a heading")),
    "table": (_("the table “{name}”"), _("the table without a heading")),
    "table_head": (_("a row of column headings"), _("a row of column headings")),
    "table_row": (_("the row “{name}”"), _("a row of a table")),
    "other": (_("other content"), _("other content")),
}
#: Every other kind: lists, services and single sections, which are named by their heading.
ANY_SECTION = _("the section “{name}”")
#: A section that says something about one purpose.
FOR_PURPOSE = _("{section} for the purpose “{purpose}”")
#: A storage period that is stated for a purpose as a whole.
RETENTION_OF_PURPOSE = _("the storage period for the purpose “{purpose}”")
#: A sentence about something in a service-specific section.
IN_SERVICE = _("{service}: {sentence}")

#: What changed, by kind and field; kind "" is any.
SUBJECTS: Mapping[tuple[str, str], Label] = {
    ("", "introduction"): _("The introduction to {section}"),
    ("", "address"): _("The postal address of {section}"),
    ("", "country"): _("The country of {section}"),
    ("", "email"): _("The e-mail address of {section}"),
    ("", "phone"): _("The phone number of {section}"),
    ("", "form_url"): _("The contact form of {section}"),
    ("", "website"): _("The website of {section}"),
    ("", "chat"): _("The chat of {section}"),
    ("", "note"): _("The note on {section}"),
    ("security", "description"): _("{section}"),
    ("children", "description"): _("{section}"),
    ("", "description"): _("The description of {section}"),
    ("", "explanation"): _("The explanation of {section}"),
    ("", "statute"): _("The law stated for {section}"),
    ("", "purpose"): _("The purpose stated for {section}"),
    ("", "data"): _("The list of data for {section}"),
    ("", "url"): _("The web address for {section}"),
    ("", "role"): _("The role of {section}"),
    ("", "title"): _("The title of {section}"),
    ("", "name"): _("The name of {section}"),
    ("", "applies_to"): _("The scope of {section}"),
    ("", "heading"): _("The heading of {section}"),
    ("", "date"): _("The date of {section}"),
    ("", "key"): _("The link from {section} to the register"),
    ("controller", "organisation_number"): _("The organisation number of {section}"),
    ("controller", "responsibility"): _("The description of the responsibility of {section}"),
    ("controller", "arrangement"): _("The description of the arrangement between the joint controllers"),
    ("definition", "meaning"): _("{section}"),
    ("purpose", "data_subjects"): _("The list of people whose data are used for {section}"),
    ("purpose", "consequence"): _("The description of what happens if you do not provide data for {section}"),
    ("legal_basis", "interest"): _("The description of the legitimate interest{where}"),
    ("legal_basis", "statute"): _("The law that the legal basis{where} rests on"),
    ("data_category", "description"): _("The list of examples of {section}"),
    ("recipient", "category"): _("The category of recipients for {section}"),
    ("recipient", "data"): _("The list of data that {section} receives"),
    ("recipient", "purpose"): _("What {section} receives the data for"),
    ("recipient", "condition"): _("The condition for sharing data with {section}"),
    ("recipients", "condition"): _("The condition for sharing data with all recipients in {section}"),
    ("transfer", "mechanism"): _("The safeguard for {section}"),
    ("transfer", "recipient"): _("The recipient of {section}"),
    ("transfer", "purpose"): _("The purpose of {section}"),
    ("transfer", "copy_url"): _("The web address of the safeguards for {section}"),
    ("transfer", "copy_how"): _("The description of how to get a copy of the safeguards for {section}"),
    ("retention", "duration"): _("{section}"),
    ("retention", "starts"): _("The starting point of {section}"),
    ("retention", "criteria"): _("The description of the criteria for {section}"),
    ("retention", "reason"): _("The stated reason for {section}"),
    ("rights", "how"): _("The description of how you exercise your rights"),
    ("rights", "response_time"): _("The time within which we answer requests"),
    ("rights", "extended_time"): _("The time within which we answer complex requests"),
    ("rights", "cost"): _("The description of what it costs to exercise your rights"),
    ("rights", "identification"): _("The description of how you identify yourself to exercise your rights"),
    ("right", "limits"): _("The description of the limits of {section}"),
    ("right", "frequency"): _("How often you can use {section}"),
    ("right", "how"): _("The description of how you exercise {section}"),
    ("right", "email"): _("The e-mail address for {section}"),
    ("complaint", "authority"): _("The supervisory authority"),
    ("complaint", "explanation"): _("The description of how you complain to the supervisory authority"),
    ("automated_decisions", "ground"): _("The legal basis for automated decisions"),
    ("automated_decisions", "logic"): _("The description of the logic of automated decisions"),
    ("automated_decisions", "consequences"): _("The description of the consequences of automated decisions"),
    ("ai_use", "description"): _("The description of what AI is used for"),
    ("ai_use", "data"): _("The list of data that AI is used on"),
    ("ai_use", "provider"): _("The provider of the AI"),
    ("cookie", "provider"): _("The provider of {section}"),
    ("cookie", "need"): _("The type of {section}"),
    ("cookie", "duration"): _("The storage time of {section}"),
    ("cookie", "purpose"): _("The purpose of {section}"),
    ("children", "age_limit"): _("The age limit"),
    ("decision", "updated"): _("The date of the last update stated in the text"),
    ("decision", "applies_from"): _("The date from which the text says that it applies"),
    ("decision", "decided"): _("The date of the decision on the policy"),
    ("decision", "decided_by"): _("Who decided on the policy"),
    ("decision", "paragraph"): _("The paragraph of the minutes with the decision on the policy"),
    ("decision", "reference"): _("The reference number of the policy"),
    ("text", "body"): _("{section}"),
    ("table", "caption"): _("The caption of {section}"),
    **dict.fromkeys((("table_head", name) for name in CELLS), _("A column heading of a table")),
    **dict.fromkeys((("table_row", name) for name in CELLS), _("A cell in {section}")),
    ("other", "text"): _("{section}"),
    ("other", "value"): _("{section}"),
    ("other", "block"): _("{section}"),
}
#: A field that only a site's own kind has.
ANY_SUBJECT = _("“{field}” in {section}")

#: What happened to a subject whose values are short enough to say.
CHANGES = _("{subject} changes from {old} to {new}.")
STATED = _("{subject} is now stated: {new}.")
UNSTATED = _("{subject} is no longer stated. It was {old}.")
#: What happened to a longer text, which the comparison shows.
REWORDED = _("{subject} has been changed.")
WRITTEN = _("{subject} has been added.")
DELETED = _("{subject} has been removed.")
#: The same with what the text says, shortened; ``{quote}`` has its quotation marks and ends like a sentence.
SAYS_INSTEAD = _("{subject} now says {new} instead of {old}: {quote}")
SAYS_NOW = _("{subject} now says {new}: {quote}")
SAYS_NO_LONGER = _("{subject} no longer says {old}: {quote}")
READS = _("{subject} now reads: {quote}")
#: The same where only the quotation is in the language of the text.
REWORDED_SAYING = _("{subject} has been changed: {quote}")
SAYS_TOO = _("{subject} now also says: {quote}")
SAYS_NOT = _("{subject} no longer says: {quote}")
#: Further statements of the same text.
ALSO_NEW = _("Also new: {quote}")
ALSO_GONE = _("Also gone: {quote}")
ALSO = _("It also says now: {quote}")
WRITTEN_SAYING = _("{subject} has been added: {quote}")
DELETED_SAYING = _("{subject} has been removed: {quote}")
#: Nothing but where a link leads.
LINKS = _("{subject}: a link now leads to {new} instead of {old}.")
#: What happened to a list.
MORE = _("{subject} now also includes {added}.")
FEWER = _("{subject} no longer includes {removed}.")
OTHERS = _("{subject} now includes {added} but no longer {removed}.")
#: A name, a term or a code by which a section is known.
RENAMED = _("{section} is now called “{new}”.")
QUOTED = _("“{text}”")

#: What a name, rather than a description, names.
RENAMES = frozenset(
    [
        ("purpose", "title"),
        ("data_category", "name"),
        ("right", "title"),
        ("choice", "title"),
        ("source", "name"),
        ("cookie", "name"),
        ("cookie", "title"),
        ("service", "title"),
    ]
)

_SPECIFIED = (
    _("{section} is replaced by “{new}”."),
    _("{section} is now specified as “{new}”."),
    _("{section} is no longer specified as “{old}”."),
)
#: Sentences of their own, by kind and field: changed, stated, no longer stated.
SPECIAL: Mapping[tuple[str, str], tuple[Label, Label, Label]] = {
    ("controller", "name"): (
        _("The controller changes from {old} to {new}."),
        _("The controller is now named: {new}."),
        _("The controller is no longer named. It was {old}."),
    ),
    ("dpo", "name"): (
        _("The data protection officer changes from {old} to {new}."),
        _("The data protection officer is now named: {new}."),
        _("The data protection officer is no longer named. It was {old}."),
    ),
    ("representative", "name"): (
        _("The representative in the EU changes from {old} to {new}."),
        _("The representative in the EU is now named: {new}."),
        _("The representative in the EU is no longer named. It was {old}."),
    ),
    ("recipient", "name"): (
        _("The recipient{where} changes from {old} to {new}."),
        _("A recipient{where} is now named: {new}."),
        _("A recipient{where} is no longer named. It was {old}."),
    ),
    ("legal_basis", "basis"): (
        _("The legal basis{where} changes from {old} to {new}."),
        _("The legal basis{where} is now stated: {new}."),
        _("The legal basis{where} is no longer stated. It was {old}."),
    ),
    ("special_condition", "condition"): (
        _("The condition for using special categories of personal data{where} changes from {old} to {new}."),
        _("The condition for using special categories of personal data{where} is now stated: {new}."),
        _("The condition for using special categories of personal data{where} is no longer stated. It was {old}."),
    ),
    ("transfer", "country"): (
        _("The transfer to {old} is replaced by a transfer to {new}."),
        _("The country of a transfer is now stated: {new}."),
        _("The country of a transfer is no longer stated. It was {old}."),
    ),
    ("change_notice", "notice_period"): (
        _("The notice period before important changes is altered from {old} to {new}."),
        _("The notice period before important changes is now stated: {new}."),
        _("The notice period before important changes is no longer stated. It was {old}."),
    ),
    ("children", "age_limit"): (
        _("The age limit changes from {old} to {new} years."),
        _("An age limit is now stated: {new} years."),
        _("The age limit is no longer stated. It was {old} years."),
    ),
    ("retention", "applies_to"): (
        _("The storage period that applied to {old} now applies to {new}."),
        _("It is now stated what a storage period applies to: {new}."),
        _("It is no longer stated that the storage period applies to {old}."),
    ),
    ("retention", "duration"): (
        CHANGES,
        STATED,
        _("{subject} is no longer a fixed time. It was {old}."),
    ),
    ("definition", "term"): (
        _("The term “{old}” is replaced by “{new}”."),
        _("The term of a definition is now stated: “{new}”."),
        _("The term “{old}” has been removed from its definition."),
    ),
    ("commitment", "statement"): (
        _("The commitment “{old}” now reads “{new}”."),
        _("{section} now reads “{new}”."),
        _("{section} no longer reads “{old}”."),
    ),
    ("right", "right"): _SPECIFIED,
    ("choice", "choice"): _SPECIFIED,
    ("commitment", "commitment"): _SPECIFIED,
    ("", "heading"): (
        _("The heading “{old}” is now “{new}”."),
        _("A heading has been added: “{new}”."),
        _("The heading “{old}” has been removed."),
    ),
}
#: Where a legal basis or condition belongs; put after the subject of the sentences above.
OF_PURPOSE = _(" for the purpose “{purpose}”")

#: Answers that are sentences of their own, by kind and field: for each code, and "" for none.
ANSWERS: Mapping[tuple[str, str], Mapping[str, Label]] = {
    ("purpose", "provision"): {
        "statutory": _("The law now requires you to provide data for {section}."),
        "contractual": _("The contract now requires you to provide data for {section}."),
        "precondition": _("You must now provide data for {section} in order to enter into a contract."),
        "voluntary": _("You may now choose whether to provide data for {section}."),
        "": _("It is no longer stated whether you must provide data for {section}."),
    },
    ("source", "publicly_accessible"): {
        "yes": _("{section} is now stated to be publicly accessible."),
        "no": _("{section} is now stated not to be publicly accessible."),
        "": _("It is no longer stated whether {section} is publicly accessible."),
    },
    ("automated_decisions", "in_use"): {
        "yes": _("Automated decisions are now made."),
        "no": _("The policy now says that no automated decisions are made."),
        "": _("It is no longer stated whether automated decisions are made."),
    },
    ("ai_use", "training"): {
        "yes": _("Data are now used to train AI models."),
        "no": _("The policy now says that data are not used to train AI models."),
        "": _("It is no longer stated whether data are used to train AI models."),
    },
    ("transfers", "place"): {
        "eea": _("Personal data are now processed in the EU/EEA."),
        "mostly_eea": _("Personal data are now processed mainly in the EU/EEA."),
        "outside": _("Personal data are now processed outside the EU/EEA too."),
        "": _("It is no longer stated where personal data are processed."),
    },
    ("cookie", "party"): {
        "first": _("{section} is now set by this website."),
        "third": _("{section} is now set by another party."),
        "": _("It is no longer stated who sets {section}."),
    },
    ("cookie", "lifetime"): {
        "session": _("{section} is now kept until the browser is closed."),
        "persistent": _("{section} now stays after the browser is closed."),
        "": _("It is no longer stated how long {section} stays."),
    },
}

#: Statements that are true or not stated: what is said when they become the one or the other.
FLAGS: Mapping[tuple[str, str], tuple[Label, Label]] = {
    ("purpose", "concerns_children"): (
        _("{section} now concerns children."),
        _("{section} no longer concerns children."),
    ),
    ("purpose", "direct_marketing"): (
        _("{section} now includes direct marketing."),
        _("{section} no longer includes direct marketing."),
    ),
    ("data_category", "special"): (
        _("{section} is now stated to be a special category of personal data."),
        _("{section} is no longer stated to be a special category of personal data."),
    ),
    ("data_category", "criminal"): (
        _("{section} is now stated to concern criminal convictions and offences."),
        _("{section} is no longer stated to concern criminal convictions and offences."),
    ),
    ("data_category", "national_id"): (
        _("{section} now includes national identity numbers."),
        _("{section} no longer includes national identity numbers."),
    ),
    ("retention", "at_most"): (
        _("{section} is now stated as the longest time."),
        _("{section} is no longer stated as the longest time."),
    ),
    ("rights", "free"): (
        _("The policy now says that it is free of charge to exercise your rights."),
        _("The policy no longer says that it is free of charge to exercise your rights."),
    ),
    ("rights", "identification_required"): (
        _("You must now identify yourself to exercise your rights."),
        _("You no longer have to identify yourself to exercise your rights."),
    ),
    ("change_notice", "tells_users"): (
        _("Registered users are now told by e-mail of important changes."),
        _("Registered users are no longer told by e-mail of important changes."),
    ),
}
ANY_FLAG = (_("“{field}” now applies to {section}."), _("“{field}” no longer applies to {section}."))

#: Sections that came and went.
ADDED = _("{section} is added.")
REMOVED = _("{section} is removed.")
MOVED = _("{section} has been moved.")
#: The same with the most important things that it holds, or with what it says.
ADDED_WITH = _("{section} is added: {list}.")
REMOVED_WITH = _("{section} is removed: {list}.")
ADDED_SAYING = _("{section} is added: {quote}")
REMOVED_SAYING = _("{section} is removed: {quote}")
MORE_OF_THEM = ngettext_lazy("{count} more", "{count} more", "count")
ARRIVED: Mapping[str, Label] = {
    "purpose": _("A new purpose is added: “{name}”."),
    "recipient": _("A new recipient is added: {name}."),
    "controller": _("A new controller is added: {name}."),
    "right": _("A right is added: “{name}”."),
    "choice": _("A choice is added: “{name}”."),
    "commitment": _("A new commitment is added: “{name}”."),
    "data_category": _("A category of personal data is added: “{name}”."),
    "source": _("A new source of personal data is added: “{name}”."),
    "cookie": _("A new cookie is added: “{name}”."),
    "transfer": _("Personal data are now transferred to {name}."),
}
#: The same inside a purpose.
ARRIVED_IN_PURPOSE: Mapping[str, Label] = {
    "recipient": _("{name} now receives personal data for the purpose “{purpose}”."),
    "data_category": _("A category of personal data is now used for the purpose “{purpose}”: “{name}”."),
    "legal_basis": _("A legal basis is added for the purpose “{purpose}”: {name}."),
}
#: Kinds whose name stands in the sentence without quotation marks, so that facts can stand beside it.
NAMED_PLAINLY = frozenset(["recipient", "controller", "transfer", "legal_basis"])


@dataclass(frozen=True, slots=True)
class Variant:
    """How a section of ``kind`` arrives that states ``facts``: on its own, and in a purpose."""

    kind: str
    facts: Mapping[str, Any]
    alone: Label
    in_purpose: Label = ""

    def fits(self, facts: Mapping[str, Any]) -> bool:
        return all(facts.get(name) == value for name, value in self.facts.items())


#: What calls for attention is called what it is; the first that fits.
VARIANTS: tuple[Variant, ...] = (
    Variant(
        "recipient",
        {"role": "controller"},
        _("A new recipient that decides itself how the data are used is added: {name}."),
        _("{name} now receives personal data for the purpose “{purpose}” and decides itself how they are used."),
    ),
    Variant(
        "data_category",
        {"special": True},
        _("A special category of personal data is added: “{name}”."),
        _("A special category of personal data is now used for the purpose “{purpose}”: “{name}”."),
    ),
    Variant(
        "cookie",
        {"need": "marketing", "party": "third"},
        _("A new marketing cookie of another party is added: “{name}”."),
    ),
    Variant("purpose", {"direct_marketing": True}, _("A new purpose with direct marketing is added: “{name}”.")),
    Variant("purpose", {"concerns_children": True}, _("A new purpose that concerns children is added: “{name}”.")),
)
NO_VARIANT = Variant("", {}, "")
#: Short words for statements that are true, to stand beside a name.
MARKS: Mapping[tuple[str, str], Label] = {
    ("data_category", "special"): _("special category"),
    ("data_category", "criminal"): _("criminal convictions and offences"),
    ("data_category", "national_id"): _("national identity number"),
    ("purpose", "direct_marketing"): _("direct marketing"),
    ("purpose", "concerns_children"): _("concerns children"),
}
AT_MOST = _("at most %(period)s")
#: A transfer in a list of them, with a country or a recipient.
TRANSFER = _("transfer to {name}")
#: What a new purpose holds.
PARTS: Mapping[str, Label] = {
    "legal_basis": _("Legal basis"),
    "special_condition": _("Condition for special categories"),
    "data_category": _("Personal data"),
    "recipient": _("Recipients"),
    "retention": _("Storage period"),
}
FACT = _("{label}: {value}")
#: With the period that a storage period states.
RETENTION_ARRIVED = _("{section} is now stated: {new}.")
LEFT: Mapping[str, Label] = {
    "transfer": _("Personal data are no longer transferred to {name}."),
}
LEFT_PURPOSE: Mapping[str, Label] = {
    "recipient": _("{name} no longer receives personal data for the purpose “{purpose}”."),
    "data_category": _("A category of personal data is no longer used for the purpose “{purpose}”: “{name}”."),
    "legal_basis": _("A legal basis is removed for the purpose “{purpose}”: {name}."),
}
TITLE = _("The title of the policy changes from “{old}” to “{new}”.")

#: Several changes in one line.
LANGUAGE = ngettext_lazy(
    "Corrections of language in {count} place", "Corrections of language in {count} places", "count"
)
ORDER = ngettext_lazy("Changed order in {count} place", "Changed order in {count} places", "count")
LANGUAGE_AND_ORDER = ngettext_lazy(
    "Corrections of language and order in {count} place", "Corrections of language and order in {count} places", "count"
)
SEVERAL = _("Several details of {section} change: {fields}.")
