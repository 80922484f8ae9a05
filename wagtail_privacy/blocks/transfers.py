"""Where personal data are processed, and transfers to third countries: Art. 13(1)(f), 14(1)(f), 44 to 49."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail_privacy.blocks import groups
from wagtail_privacy.blocks.base import GroupBlock, SectionBlock
from wagtail_privacy.blocks.fields import CodeBlock, CountryBlock, ItemsBlock, LineBlock, UrlBlock


class TransferBlock(SectionBlock):
    """One transfer to a country outside the EU/EEA."""

    country = CountryBlock(help_text=_("Each country by its name. Leave empty if you cannot tell."))
    mechanism = CodeBlock("transfer_mechanisms", help_text=_("What protects the data there (Articles 45 to 49)."))
    recipient = LineBlock()
    purpose = LineBlock()
    copy_url = UrlBlock(help_text=_("Where the clauses or other safeguards can be read."))
    copy_how = LineBlock(help_text=_("Or how to ask you for them."))

    class Meta:
        kind = "transfer"
        icon = "globe"
        folded = (("copy_url", "copy_how"),)
        summary = ((("country",), ""), (("recipient", "purpose"), ""))


class TransfersBlock(GroupBlock):
    """Where processing takes place, and every transfer out of the EU/EEA."""

    place = CodeBlock("places")
    transfers = ItemsBlock(TransferBlock(), label=_("Transfers to third countries"))

    class Meta:
        kind = "transfers"
        icon = "globe"
        group = groups.WHERE
        description = _("Whether data stay in the EU/EEA, and if not: which country, and what protects them there.")
        preview_value = {
            "place": "mostly_eea",
            "transfers": [
                {"country": "US", "mechanism": "art46_2_c_scc", "purpose": _("Sending newsletters")},
            ],
        }
