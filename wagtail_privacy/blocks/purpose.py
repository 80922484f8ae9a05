"""What is processed, and why: Art. 13(1)(c)-(d), 13(2)(e), 14(1)(c)-(d), 6, 9 and 10."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from wagtail_privacy.blocks import groups
from wagtail_privacy.blocks.base import GroupBlock, RegisterChooserBlock, SectionBlock
from wagtail_privacy.blocks.fields import (
    CodeBlock,
    FlagBlock,
    ItemsBlock,
    LineBlock,
    LinesBlock,
    ProseBlock,
)
from wagtail_privacy.blocks.recipients import RecipientStream
from wagtail_privacy.blocks.retention import RetentionStream


class LegalBasisBlock(SectionBlock):
    """Art. 6(1): one legal basis, with the interest (f) or the statute (c, e) behind it."""

    basis = CodeBlock("legal_bases")
    applies_to = LineBlock(help_text=_("If the purpose has several legal bases: for what this one is."))
    interest = ProseBlock(help_text=_("Legitimate interests only: which interest, and whose."))
    statute = LineBlock(help_text=_("Legal obligation or public task: the statute, such as “the Accounting Act”."))

    class Meta:
        kind = "legal_basis"
        icon = "key"
        folded = (("interest", "applies_to", "statute"),)
        summary = ((("basis",), ""), (("applies_to",), ""))


class SpecialConditionBlock(SectionBlock):
    """Art. 9(2): what lifts the ban on processing special categories of personal data."""

    condition = CodeBlock("special_conditions")
    statute = LineBlock()

    class Meta:
        kind = "special_condition"
        icon = "lock"


class DataCategoryBlock(SectionBlock):
    """A category of personal data that is written here and not kept in the register."""

    name = LineBlock(help_text=_("Such as “Contact details”."))
    description = LineBlock(help_text=_("What it comprises: name, e-mail address, telephone number."))
    special = FlagBlock(help_text=_("Health, religion, political opinion, ethnic origin, biometrics …"))
    criminal = FlagBlock()
    national_id = FlagBlock()

    class Meta:
        kind = "data_category"
        icon = "tag"


class DataCategoryStream(blocks.StreamBlock):
    register = RegisterChooserBlock(
        "wagtail_privacy.DataCategory", label=_("Category from the register"), icon="snippet"
    )
    data_category = DataCategoryBlock()

    class Meta:
        required = False
        collapsed = True
        label = _("Categories of personal data")
        help_text = _("Which data you need for this: from the register or written here.")


class PurposeBlock(SectionBlock):
    """One purpose and all that belongs to it."""

    title = LineBlock(help_text=_("What you do, in a few words: “Deliver your order”."))
    description = ProseBlock(help_text=_("So that a reader understands what happens with the data."))
    legal_bases = ItemsBlock(
        LegalBasisBlock(),
        label=_("Legal bases"),
        help_text=_("What allows you to do this: a contract, consent, a legal obligation …"),
    )
    data_categories = DataCategoryStream()
    data_subjects = LinesBlock(help_text=_("Customers, visitors, applicants …"))
    recipients = RecipientStream()
    retention = RetentionStream()
    provision = CodeBlock("provision")
    consequence = ProseBlock()
    special_conditions = ItemsBlock(
        SpecialConditionBlock(),
        label=_("Conditions for special categories"),
        help_text=_("Only if the data reveal health, religion, political opinion or the like (Article 9 of the GDPR)."),
    )
    concerns_children = FlagBlock()
    direct_marketing = FlagBlock(
        help_text=_("People may always object to direct marketing (Article 21(2) of the GDPR).")
    )

    class Meta:
        kind = "purpose"
        icon = "crosshairs"
        folded = (("consequence", "special_conditions", "concerns_children"),)
        group = groups.WHAT
        description = _("What you use personal data for, on which legal basis, which data, who gets them and how long.")
        default = {"legal_bases": [{}]}
        preview_value = {
            "title": _("Deliver your order"),
            "description": _("<p>We pack and send what you have bought and tell you when it arrives.</p>"),
            "legal_bases": [{"basis": "art6_1_b"}],
            "data_categories": [
                ("data_category", {"name": _("Contact details"), "description": _("name, address, telephone number")})
            ],
            "recipients": [("recipient", {"category": _("Haulage companies"), "role": "controller"})],
            "retention": [("retention", {"duration": "P24M", "starts": _("the delivery")})],
            "provision": "contractual",
        }


class PurposeStream(blocks.StreamBlock):
    purpose = PurposeBlock()

    class Meta:
        required = False
        collapsed = True
        label = _("Purposes")


class PurposesBlock(GroupBlock):
    """Several purposes under a heading and an introduction of the editor's own."""

    purposes = PurposeStream()

    class Meta:
        kind = "purposes"
        icon = "crosshairs"
        group = groups.WHAT
        description = _("Several purposes together, with a heading and an introduction in your own words.")
        preview_value = {
            "introduction": _("<p>We use your data only for what you can read here.</p>"),
            "purposes": [
                ("purpose", {"title": _("Deliver your order"), "legal_bases": [{"basis": "art6_1_b"}]}),
                ("purpose", {"title": _("Answer your questions"), "legal_bases": [{"basis": "art6_1_f"}]}),
            ],
        }


class DataCategoriesBlock(GroupBlock):
    """Art. 14(1)(d): the categories of personal data, apart from the purposes."""

    data_categories = DataCategoryStream()

    class Meta:
        kind = "data_categories"
        icon = "tag"
        group = groups.WHAT
        description = _("A list of the personal data that you collect, when it isn't said purpose by purpose.")
        preview_value = {
            "data_categories": [
                ("data_category", {"name": _("Contact details"), "description": _("name, address, telephone number")}),
                ("data_category", {"name": _("Payment details")}),
            ]
        }
