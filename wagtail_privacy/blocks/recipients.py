"""Who receives personal data: Art. 13(1)(e), 14(1)(e) and 4(9)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from wagtail_privacy.blocks import groups
from wagtail_privacy.blocks.base import RegisterChooserBlock, SectionBlock
from wagtail_privacy.blocks.fields import CodeBlock, CountryBlock, Line, NameBlock, Prose


class RecipientBlock(SectionBlock):
    """A recipient by name or by category, written here and not kept in the register."""

    name = NameBlock(help_text=_("The company's name. Leave empty if you tell only the category."))
    category = Line(help_text=_("Such as “payment service providers” or “IT suppliers”."))
    role = CodeBlock("recipient_roles")
    data = Line(help_text=_("If they get only some of the data: which."))
    purpose = Line(help_text=_("What they need the data for."))
    condition = Line(help_text=_("If they get data only in some cases: “you use a discount code from a partner”."))
    country = CountryBlock()

    class Meta:
        kind = "recipient"
        icon = "group"


class RecipientStream(blocks.StreamBlock):
    register = RegisterChooserBlock("wagtail_privacy.Recipient", label=_("From the register"), icon="snippet")
    recipient = RecipientBlock(label=_("Written here"))

    class Meta:
        required = False
        label = _("Recipients")


class RecipientsBlock(SectionBlock):
    """All recipients together, apart from the purposes."""

    heading = Line()
    introduction = Prose()
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
