"""Definitions, automated decisions, use of AI, security, children and free text."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail_privacy.blocks import groups
from wagtail_privacy.blocks.base import GroupBlock, SectionBlock
from wagtail_privacy.blocks.fields import (
    CodeBlock,
    ItemsBlock,
    LineBlock,
    NameBlock,
    NumberBlock,
    PartialDateBlock,
    ProseBlock,
)


class DefinitionBlock(SectionBlock):
    term = LineBlock()
    meaning = ProseBlock()

    class Meta:
        kind = "definition"
        icon = "openquote"


class DefinitionsBlock(GroupBlock):
    definitions = ItemsBlock(DefinitionBlock(), label=_("Definitions"))

    class Meta:
        kind = "definitions"
        icon = "openquote"
        group = groups.WHO
        description = _("Words that have a meaning of their own in this policy, such as “the Service”.")
        default = {"definitions": [{}]}
        preview_value = {
            "definitions": [
                {"term": _("the Service"), "meaning": _("<p>Our online courses and all that belongs to them.</p>")}
            ]
        }


class AutomatedDecisionsBlock(SectionBlock):
    """Art. 13(2)(f), 14(2)(g), 22."""

    heading = LineBlock()
    in_use = CodeBlock("yes_no", help_text=_("Saying “no” is good practice too."))
    ground = CodeBlock("legal_bases", help_text=_("Consent, contract or law (Article 22(2) of the GDPR)."))
    logic = ProseBlock(help_text=_("How the decision is reached, in plain words."))
    consequences = ProseBlock(help_text=_("What it can mean for the person."))

    class Meta:
        kind = "automated_decisions"
        icon = "cogs"
        group = groups.WHAT
        description = _("Decisions that a computer makes alone and that matter to the person, including profiling.")
        preview_value = {"in_use": "no"}


class AIUseBlock(SectionBlock):
    """Art. 5(1)(a), 13(1)(c) and (e); for systems that talk to people, Art. 50 of the AI Act (EU) 2024/1689."""

    heading = LineBlock()
    description = ProseBlock(help_text=_("What the AI does, and what for: “It suggests answers to our staff.”"))
    data = LineBlock(help_text=_("“Customers’ messages to support.”"))
    training = CodeBlock("yes_no", help_text=_("Whether you or the provider trains models on the data."))
    provider = NameBlock(help_text=_("Who runs the AI, if not you."))

    class Meta:
        kind = "ai_use"
        icon = "cogs"
        group = groups.WHAT
        description = _("What you use AI for, on whose data, and whether models are trained on them.")
        preview_value = {
            "description": _("<p>A language model suggests answers to our support staff, who read and send them.</p>"),
            "training": "no",
        }


class SecurityBlock(SectionBlock):
    heading = LineBlock()
    description = ProseBlock(help_text=_("Short and true. Avoid promising complete security."))

    class Meta:
        kind = "security"
        icon = "lock"
        group = groups.PROMISES
        description = _("How you protect personal data.")
        preview_value = {
            "description": _("<p>Data are encrypted on their way, and only those who need them can read them.</p>")
        }


class ChildrenBlock(SectionBlock):
    """Art. 8 and 12(1)."""

    heading = LineBlock()
    age_limit = NumberBlock(max_value=120, help_text=_("The age from which someone may consent: 13 in Sweden."))
    description = ProseBlock()

    class Meta:
        kind = "children"
        icon = "group"
        summary = ((("heading",), ""), (("age_limit",), _("from {} years of age")))
        group = groups.PROMISES
        description = _("How you treat children's personal data.")
        preview_value = {"age_limit": 13}


class TextBlock(SectionBlock):
    heading = LineBlock()
    date = PartialDateBlock(help_text=_("If the text gives a day of its own: 2018, May 2018 or 25 May 2018."))
    body = ProseBlock()

    class Meta:
        kind = "text"
        icon = "pilcrow"
        folded = (("date",),)
        summary = ((("heading", "body"), ""),)
        group = groups.FREE
        description = _("A heading and text, for what no other block is made for.")
        preview_value = {
            "heading": _("Your privacy matters to us"),
            "body": _("<p>Here you can read what we do with your personal data and why.</p>"),
        }
