"""Definitions, automated decisions, security, children and free text."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail_privacy.blocks import groups
from wagtail_privacy.blocks.base import SectionBlock
from wagtail_privacy.blocks.fields import CodeBlock, Items, Line, NumberBlock, Prose


class DefinitionBlock(SectionBlock):
    term = Line()
    meaning = Prose()

    class Meta:
        kind = "definition"
        icon = "openquote"


class DefinitionsBlock(SectionBlock):
    heading = Line()
    introduction = Prose()
    definitions = Items(DefinitionBlock(), label=_("Definitions"))

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

    heading = Line()
    in_use = CodeBlock("yes_no", help_text=_("Saying “no” is good practice too."))
    ground = CodeBlock("legal_bases", help_text=_("Consent, contract or law (Article 22(2) of the GDPR)."))
    logic = Prose(help_text=_("How the decision is reached, in plain words."))
    consequences = Prose(help_text=_("What it can mean for the person."))

    class Meta:
        kind = "automated_decisions"
        icon = "cogs"
        group = groups.WHAT
        description = _("Decisions that a computer makes alone and that matter to the person, including profiling.")
        preview_value = {"in_use": "no"}


class SecurityBlock(SectionBlock):
    heading = Line()
    description = Prose(help_text=_("Short and true. Avoid promising complete security."))

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

    heading = Line()
    age_limit = NumberBlock(max_value=120, help_text=_("The age from which someone may consent: 13 in Sweden."))
    description = Prose()

    class Meta:
        kind = "children"
        icon = "group"
        group = groups.PROMISES
        description = _("How you treat children's personal data.")
        preview_value = {"age_limit": 13}


class TextBlock(SectionBlock):
    heading = Line()
    body = Prose()

    class Meta:
        kind = "text"
        icon = "pilcrow"
        group = groups.FREE
        description = _("A heading and text, for what no other block is made for.")
        preview_value = {
            "heading": _("Your privacy matters to us"),
            "body": _("<p>Here you can read what we do with your personal data and why.</p>"),
        }
