"""Where personal data are processed, and transfers to third countries: Art. 13(1)(f), 14(1)(f), 44 to 49."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail_privacy.blocks import groups
from wagtail_privacy.blocks.base import SectionBlock
from wagtail_privacy.blocks.fields import CodeBlock, CountryBlock, Items, Line, Prose, UrlBlock


class TransferBlock(SectionBlock):
    """One transfer to a country outside the EU/EEA."""

    country = CountryBlock(help_text=_("Each country by its name. Leave empty if you cannot tell."))
    mechanism = CodeBlock("transfer_mechanisms", help_text=_("What protects the data there (Articles 45 to 49)."))
    recipient = Line()
    purpose = Line()
    copy_url = UrlBlock(help_text=_("Where the clauses or other safeguards can be read."))
    copy_how = Line(help_text=_("Or how to ask you for them."))

    class Meta:
        kind = "transfer"
        icon = "globe"


class TransfersBlock(SectionBlock):
    """Where processing takes place, and every transfer out of the EU/EEA."""

    heading = Line()
    introduction = Prose()
    place = CodeBlock("places")
    transfers = Items(TransferBlock(), label=_("Transfers to third countries"))

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
