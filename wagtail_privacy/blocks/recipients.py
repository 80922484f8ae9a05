"""Who receives personal data: Art. 13(1)(e), 14(1)(e) and 4(9)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from wagtail_privacy.blocks import groups
from wagtail_privacy.blocks.base import GroupBlock, RegisterChooserBlock, SectionBlock
from wagtail_privacy.blocks.fields import CodeBlock, CountryBlock, LineBlock, NameBlock


class RecipientBlock(SectionBlock):
    """A recipient by name or by category, written here and not kept in the register."""

    name = NameBlock(help_text=_("The company's name. Leave empty if you tell only the category."))
    category = LineBlock(help_text=_("Such as “payment service providers” or “IT suppliers”."))
    role = CodeBlock("recipient_roles")
    data = LineBlock(help_text=_("If they get only some of the data: which."))
    purpose = LineBlock(help_text=_("What they need the data for."))
    condition = LineBlock(help_text=_("If they get data only in some cases: “you use a discount code from a partner”."))
    country = CountryBlock()

    class Meta:
        kind = "recipient"
        icon = "group"
        folded = (("data", "condition"),)
        summary = ((("name", "category"), ""), (("country",), ""))


class RecipientStream(blocks.StreamBlock):
    register = RegisterChooserBlock("wagtail_privacy.Recipient", label=_("Recipient from the register"), icon="snippet")
    recipient = RecipientBlock()

    class Meta:
        required = False
        collapsed = True
        label = _("Recipients")
        help_text = _("Everybody who gets the data, by name or by category: from the register or written here.")


class RecipientsBlock(GroupBlock):
    """All recipients together, apart from the purposes."""

    condition = LineBlock(help_text=_("If it holds for all of them: “you have agreed to it”."))
    recipients = RecipientStream()

    class Meta:
        kind = "recipients"
        icon = "group"
        group = groups.WHERE
        description = _("The companies, authorities and others that get personal data from you, by name or category.")
        preview_value = {
            "recipients": [
                ("recipient", {"name": "Molnet Drift AB", "role": "processor", "purpose": _("Running our servers")}),
                (
                    "recipient",
                    {"category": _("The police and other authorities"), "condition": _("the law obliges us")},
                ),
            ]
        }
