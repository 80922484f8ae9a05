"""Who is responsible: Art. 13(1)(a)-(b), 14(1)(a)-(b), 26, 27 and 37."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail_privacy.blocks import groups
from wagtail_privacy.blocks.base import SectionBlock
from wagtail_privacy.blocks.fields import (
    AddressBlock,
    CodeBlock,
    CountryBlock,
    EmailBlock,
    LineBlock,
    NameBlock,
    PhoneBlock,
    ProseBlock,
    UrlBlock,
)


class ControllerBlock(SectionBlock):
    """Art. 4(7): who decides why and how personal data are processed. One block for each controller."""

    heading = LineBlock()
    introduction = ProseBlock()
    name = NameBlock(help_text=_("The name in the company register, not only the brand."))
    role = CodeBlock(
        "controller_roles",
        help_text=_(
            "Add one block for each company if several are responsible, together or each for its own services."
        ),
    )
    organisation_number = NameBlock()
    address = AddressBlock()
    country = CountryBlock()
    email = EmailBlock(help_text=_("Where people write with questions about their personal data."))
    phone = PhoneBlock()
    form_url = UrlBlock()
    website = UrlBlock()
    chat = LineBlock(help_text=_("Where people find your chat or user support, if they can reach you there."))
    responsibility = ProseBlock(help_text=_("For which services or which processing this company is responsible."))
    arrangement = ProseBlock(
        help_text=_("Joint controllers only: who does what, and whom people turn to (Article 26(2) of the GDPR).")
    )
    note = ProseBlock(help_text=_("Whatever else you say about how people reach you."))

    class Meta:
        kind = "controller"
        icon = "site"
        folded = (
            ("form_url", "website", "chat"),
            ("heading", "introduction", "note"),
            ("responsibility", "arrangement"),
        )
        group = groups.WHO
        description = _("The company or organisation that is responsible, and how to reach it.")
        preview_value = {
            "name": "Lindvik Design AB",
            "role": "sole",
            "organisation_number": "559000-0005",
            "address": "Storgatan 1\n111 22 Stockholm",
            "country": "SE",
            "email": "privacy@example.org",
        }


class DataProtectionOfficerBlock(SectionBlock):
    """Art. 37 to 39. The contact details are what the Regulation asks for, the name is not."""

    name = NameBlock(help_text=_("Not required. The contact details are."))
    address = AddressBlock()
    email = EmailBlock()
    phone = PhoneBlock()
    form_url = UrlBlock()
    note = ProseBlock()

    class Meta:
        kind = "dpo"
        icon = "user"
        group = groups.WHO
        description = _("How to reach your data protection officer, if you have appointed one.")
        preview_value = {"name": "Kim Berg", "email": "dpo@example.org", "phone": "+46 8 123 45 67"}


class RepresentativeBlock(SectionBlock):
    """Art. 27: the representative of a controller outside the EU."""

    name = NameBlock()
    address = AddressBlock()
    country = CountryBlock()
    email = EmailBlock()
    phone = PhoneBlock()
    note = ProseBlock()

    class Meta:
        kind = "representative"
        icon = "globe"
        group = groups.WHO
        description = _("Your representative in the EU, if the controller is established outside it.")
        preview_value = {
            "name": "Lindvik Europe AB",
            "address": "Hamngatan 2\n411 06 Göteborg",
            "country": "SE",
            "email": "eu@example.org",
        }
