"""What an authority's survey of transparency asks, answered from a policy with the places.

The questions follow Art. 12 to 14, on which the EDPB's coordinated action of 2026 asks controllers; their order is
that of the articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_lazy as _

from wagtail_privacy.policy.vocabulary import Label
from wagtail_privacy.review.contents import Contents
from wagtail_privacy.review.finding import Finding, Spot, short_citation

Answer = Literal["yes", "in part", "no", "not stated"]


@dataclass(frozen=True, slots=True)
class SurveyQuestion:
    """``kinds`` and ``topics`` are where the answer stands; ``rules`` are what is missing if it is not whole."""

    code: str
    article: str
    text: Label
    kinds: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """``places`` show where the policy says it, ``findings`` what it lacks."""

    question: SurveyQuestion
    answer: Answer
    places: tuple[Spot, ...] = ()
    findings: tuple[Finding, ...] = ()

    def to_json(self) -> dict[str, object]:
        return {
            "question": str(self.question.text),
            "article": short_citation(self.question.article),
            "answer": self.answer,
            "places": [{"section": p.section, "field": p.field, "quote": p.quote} for p in self.places],
            "findings": [finding.to_json() for finding in self.findings],
        }


QUESTIONS = (
    SurveyQuestion(
        "language",
        "12.1",
        _("Is the information concise, and in clear and plain language?"),
        (),
        (),
        ("text.hard", "text.vague", "text.language", "children.language"),
    ),
    SurveyQuestion(
        "changes",
        "12.1",
        _("How are people told of changes?"),
        ("change_notice",),
        ("history",),
        ("change.check_back",),
    ),
    SurveyQuestion(
        "exercise",
        "12.2",
        _("How do people exercise their rights?"),
        ("rights",),
        ("rights_route",),
        ("rights.route", "conflict.right"),
    ),
    SurveyQuestion(
        "time",
        "12.3",
        _("Within what time are requests answered, and is it free of charge?"),
        (),
        ("free", "unfounded"),
        ("rights.time", "rights.fee", "rights.limit", "conflict.fee"),
    ),
    SurveyQuestion(
        "controller",
        "13.1 a",
        _("Who is the controller, and how is it reached?"),
        ("controller", "representative"),
        ("controller",),
        (
            "controller.missing",
            "controller.contact",
            "controller.arrangement",
            "representative.missing",
            "text.placeholder",
        ),
    ),
    SurveyQuestion(
        "dpo", "13.1 b", _("How is the data protection officer reached?"), ("dpo",), ("dpo",), ("dpo.contact",)
    ),
    SurveyQuestion(
        "purposes",
        "13.1 c",
        _("For which purposes are personal data processed?"),
        ("purpose",),
        (),
        ("purpose.missing", "purpose.vague"),
    ),
    SurveyQuestion(
        "bases",
        "13.1 c",
        _("On which legal basis does each purpose rest?"),
        ("legal_basis",),
        ("basis_word",),
        ("basis.missing", "basis.several", "basis.statute", "special.condition"),
    ),
    SurveyQuestion(
        "interests", "13.1 d", _("Which legitimate interests are pursued?"), (), ("basis_f",), ("basis.interest",)
    ),
    SurveyQuestion(
        "recipients",
        "13.1 e",
        _("Who receives the data?"),
        ("recipient",),
        ("recipients",),
        ("recipients.missing", "recipients.vague", "recipients.merger"),
    ),
    SurveyQuestion(
        "transfers",
        "13.1 f",
        _("Do data leave the EU/EEA, where to, and with which safeguards?"),
        ("transfers", "transfer"),
        ("outside_eea", "inside_eea"),
        (
            "transfer.country",
            "transfer.mechanism",
            "transfer.invalid",
            "transfer.early",
            "transfer.adequacy",
            "transfer.recipient",
            "transfer.copy",
            "conflict.transfer",
        ),
    ),
    SurveyQuestion(
        "retention",
        "13.2 a",
        _("How long are data kept, or what decides it?"),
        ("retention",),
        ("kept",),
        ("retention.missing", "retention.empty", "retention.start", "conflict.period"),
    ),
    SurveyQuestion(
        "rights",
        "13.2 b",
        _("Which rights are mentioned?"),
        ("right",),
        ("right_access", "right_erasure", "right_objection"),
        ("rights.missing", "rights.marketing", "rights.renamed"),
    ),
    SurveyQuestion(
        "withdrawal", "13.2 c", _("How is consent withdrawn?"), (), ("right_withdraw",), ("rights.withdraw",)
    ),
    SurveyQuestion(
        "complaint",
        "13.2 d",
        _("Where can people complain?"),
        ("complaint",),
        ("complaint",),
        ("complaint.missing", "complaint.authority", "authority.renamed"),
    ),
    SurveyQuestion(
        "provision",
        "13.2 e",
        _("Must people give their data, and what happens if they do not?"),
        (),
        ("consequence",),
        ("provision.missing", "provision.consequence"),
    ),
    SurveyQuestion(
        "decisions",
        "13.2 f",
        _("Are automated decisions made, by which logic and with which consequences?"),
        ("automated_decisions",),
        ("adm", "adm_none"),
        ("decisions.explained", "decisions.ground"),
    ),
    SurveyQuestion(
        "categories",
        "14.1 d",
        _("Which categories of personal data are processed?"),
        ("data_category",),
        (),
        ("data.missing", "data.unnamed", "national_id.ground"),
    ),
    SurveyQuestion(
        "sources",
        "14.2 f",
        _("Where do data come from that people have not given themselves?"),
        ("source",),
        ("source_other",),
        ("source.public",),
    ),
)
#: So many places of each answer are shown.
MOST_PLACES = 5


def questionnaire(contents: Contents, findings: Iterable[Finding]) -> tuple[Reply, ...]:
    """The answers, in the order of the articles."""
    found = tuple(findings)
    return tuple(_reply(contents, question, found) for question in QUESTIONS)


def _reply(contents: Contents, question: SurveyQuestion, findings: tuple[Finding, ...]) -> Reply:
    places = tuple(dict.fromkeys(_places(contents, question)))[:MOST_PLACES]
    lacking = tuple(finding for finding in findings if finding.rule in question.rules)
    is_of_all = question.code == "language" and not contents.is_unread
    if not places and not is_of_all:
        return Reply(question, "no" if lacking else "not stated", (), lacking)
    return Reply(question, "in part" if lacking else "yes", places, lacking)


def _places(contents: Contents, question: SurveyQuestion) -> Iterator[Spot]:
    for section in contents.of(*question.kinds):
        yield contents.spot(section)
    for said in contents.about(*question.topics):
        yield contents.spot_of(said)
