"""The codes that facts are made of, with the Regulation's official words for them.

Labels are the phrases of the GDPR's own language versions (Regulation (EU) 2016/679), so the catalogues
translate them as the law does, not as a dictionary would.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Label = str | Promise


class UnknownCode(ValueError):
    """A code that is not in its vocabulary."""


@dataclass(frozen=True, slots=True)
class Term:
    """One code: its label, the article it comes from (``"6.1 a"``) and when it was valid."""

    code: str
    label: Label
    article: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def valid_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class Vocabulary(Mapping[str, Term]):
    """A named, ordered list of terms by code. A site adds its own with :meth:`register`."""

    def __init__(self, name: str, *terms: Term) -> None:
        self.name = name
        self._terms = {term.code: term for term in terms}

    def __getitem__(self, code: str) -> Term:
        try:
            return self._terms[code]
        except KeyError:
            msg = f"Expected a code of {self.name} ({', '.join(self._terms)}), found {code!r}."
            raise UnknownCode(msg) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._terms)

    def __len__(self) -> int:
        return len(self._terms)

    def __contains__(self, code: object) -> bool:
        return code in self._terms

    def label(self, code: str) -> Label:
        """The words for ``code``; the code itself if it has left the vocabulary."""
        return self._terms[code].label if code in self._terms else code

    def choices(self) -> list[tuple[str, Any]]:
        return [(term.code, term.label) for term in self._terms.values()]

    def register(self, term: Term) -> None:
        self._terms[term.code] = term


#: Art. 6(1).
LEGAL_BASES = Vocabulary(
    "legal_bases",
    Term("art6_1_a", _("consent"), "6.1 a"),
    Term("art6_1_b", _("contract"), "6.1 b"),
    Term("art6_1_c", _("legal obligation"), "6.1 c"),
    Term("art6_1_d", _("vital interests"), "6.1 d"),
    Term("art6_1_e", _("task in the public interest or official authority"), "6.1 e"),
    Term("art6_1_f", _("legitimate interests"), "6.1 f"),
)

#: Art. 9(2): what lifts the ban on processing special categories.
SPECIAL_CONDITIONS = Vocabulary(
    "special_conditions",
    Term("art9_2_a", _("explicit consent"), "9.2 a"),
    Term("art9_2_b", _("employment, social security and social protection law"), "9.2 b"),
    Term("art9_2_c", pgettext_lazy("Art. 9(2)(c)", "vital interests"), "9.2 c"),
    Term("art9_2_d", _("legitimate activities of a not-for-profit body"), "9.2 d"),
    Term("art9_2_e", _("manifestly made public"), "9.2 e"),
    Term("art9_2_f", _("legal claims"), "9.2 f"),
    Term("art9_2_g", _("substantial public interest"), "9.2 g"),
    Term("art9_2_h", _("health or social care, occupational medicine"), "9.2 h"),
    Term("art9_2_i", _("public interest in public health"), "9.2 i"),
    Term("art9_2_j", _("archiving, research or statistical purposes"), "9.2 j"),
)

#: Art. 45 to 49, strongest protection first; the order is used to tell whether a change lowers it.
TRANSFER_MECHANISMS = Vocabulary(
    "transfer_mechanisms",
    Term("art45_adequacy", _("adequacy decision"), "45"),
    Term("art46_2_a_instrument", _("legally binding instrument between public authorities"), "46.2 a"),
    Term("art46_2_b_bcr", _("binding corporate rules"), "46.2 b"),
    Term("art46_2_c_scc", _("standard data protection clauses"), "46.2 c"),
    Term("art46_2_e_code", _("approved code of conduct"), "46.2 e"),
    Term("art46_2_f_cert", _("approved certification mechanism"), "46.2 f"),
    Term("art46_safeguards", _("appropriate safeguards"), "46"),
    Term("art49_derogation", _("derogations for specific situations"), "49"),
)

#: Art. 7(3), 15 to 22, 77 and 79.
RIGHTS = Vocabulary(
    "rights",
    Term("access", _("Right of access by the data subject"), "15"),
    Term("rectification", _("Right to rectification"), "16"),
    Term("erasure", _("Right to erasure (right to be forgotten)"), "17"),
    Term("restriction", _("Right to restriction of processing"), "18"),
    Term("portability", _("Right to data portability"), "20"),
    Term("objection", _("Right to object"), "21"),
    Term("automated_decisions", _("Automated individual decision-making, including profiling"), "22"),
    Term("withdraw_consent", _("Right to withdraw consent at any time"), "7.3"),
    Term("complaint", _("Right to lodge a complaint with a supervisory authority"), "77"),
    Term("judicial_remedy", _("Right to an effective judicial remedy against a controller or processor"), "79"),
    Term("information", _("Right to information"), "13"),
    Term("other", pgettext_lazy("right", "Other right")),
)

#: Art. 13(2)(e): whether the person must give the data.
PROVISION = Vocabulary(
    "provision",
    Term("statutory", _("required by law"), "13.2 e"),
    Term("contractual", _("required by the contract"), "13.2 e"),
    Term("precondition", _("necessary to enter into a contract"), "13.2 e"),
    Term("voluntary", pgettext_lazy("providing data", "voluntary"), "13.2 e"),
)

#: Art. 4(7) and 26: how a controller named in the policy shares its responsibility.
CONTROLLER_ROLES = Vocabulary(
    "controller_roles",
    Term("sole", pgettext_lazy("controller role", "controller"), "4.7"),
    Term("joint", pgettext_lazy("controller role", "joint controller"), "26"),
    Term("own_services", _("controller for its own services"), "4.7"),
)

#: Art. 4(7) to 4(10): what a recipient is to the controller.
RECIPIENT_ROLES = Vocabulary(
    "recipient_roles",
    Term("processor", pgettext_lazy("recipient role", "processor"), "4.8"),
    Term("controller", pgettext_lazy("recipient role", "independent controller"), "4.7"),
    Term("joint_controller", pgettext_lazy("recipient role", "joint controller"), "26"),
    Term("authority", pgettext_lazy("recipient role", "public authority"), "4.9"),
    Term("group", pgettext_lazy("recipient role", "company in the same group"), "4.19"),
)

COOKIE_NEEDS = Vocabulary(
    "cookie_needs",
    Term("necessary", pgettext_lazy("cookie", "necessary")),
    Term("preferences", pgettext_lazy("cookie", "settings")),
    Term("statistics", pgettext_lazy("cookie", "statistics")),
    Term("marketing", pgettext_lazy("cookie", "marketing")),
)

COOKIE_LIFETIMES = Vocabulary(
    "cookie_lifetimes",
    Term("session", _("until the browser is closed")),
    Term("persistent", _("stays after the browser is closed")),
)

COOKIE_PARTIES = Vocabulary(
    "cookie_parties",
    Term("first", _("set by this website")),
    Term("third", _("set by another party")),
)

CHOICES = Vocabulary(
    "choices",
    Term("marketing", pgettext_lazy("choice", "Opting out of marketing")),
    Term("communication", pgettext_lazy("choice", "Communication settings")),
    Term("browser", pgettext_lazy("choice", "Controls in the browser")),
    Term("account", pgettext_lazy("choice", "Account settings")),
    Term("other", pgettext_lazy("choice", "Other choice")),
)

COMMITMENTS = Vocabulary(
    "commitments",
    Term("no_sale", _("We do not sell personal data")),
    Term("no_third_party_marketing", _("We do not hand over personal data for others’ marketing")),
    Term("no_disclosure", _("We do not hand over personal data except as stated here")),
    Term("stated_purposes_only", _("We use personal data only for the purposes stated here")),
    Term("no_transfer", _("We do not transfer personal data out of the EU/EEA")),
    Term("no_ai_training", _("We do not train AI models on your data")),
    Term("tell_before_new_purpose", _("We tell you before we use personal data for a new purpose"), "13.3"),
    Term("other", pgettext_lazy("commitment", "Other commitment")),
)

YES_NO = Vocabulary(
    "yes_no",
    Term("yes", pgettext_lazy("answer", "Yes")),
    Term("no", pgettext_lazy("answer", "No")),
)

PLACES = Vocabulary(
    "places",
    Term("eea", _("in the EU/EEA")),
    Term("mostly_eea", _("mainly in the EU/EEA")),
    Term("outside", _("also outside the EU/EEA")),
)

VOCABULARIES: Mapping[str, Vocabulary] = {
    vocabulary.name: vocabulary
    for vocabulary in (
        LEGAL_BASES,
        SPECIAL_CONDITIONS,
        TRANSFER_MECHANISMS,
        RIGHTS,
        PROVISION,
        CONTROLLER_ROLES,
        RECIPIENT_ROLES,
        COOKIE_NEEDS,
        COOKIE_LIFETIMES,
        COOKIE_PARTIES,
        CHOICES,
        COMMITMENTS,
        YES_NO,
        PLACES,
    )
}
