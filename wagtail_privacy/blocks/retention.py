"""How long personal data are kept: Art. 13(2)(a), 14(2)(a)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from wagtail_privacy.blocks import groups
from wagtail_privacy.blocks.base import RegisterChooserBlock, SectionBlock
from wagtail_privacy.blocks.fields import DurationBlock, FlagBlock, Line, Prose


class RetentionBlock(SectionBlock):
    """A period, or the criteria that decide it; written here and not kept in the register."""

    applies_to = Line(help_text=_("Which data, if it isn't clear from where this stands: “Your order history”."))
    duration = DurationBlock(help_text=_("Such as 24 months. Leave empty if only criteria decide."))
    at_most = FlagBlock(help_text=_("The data may be deleted earlier, but never later."))
    starts = Line(help_text=_("The event that the period runs from: “the day the order was delivered”."))
    criteria = Prose(help_text=_("What decides how long, if no period can be given."))
    reason = Line(help_text=_("Why that long: “the Accounting Act requires it”."))

    class Meta:
        kind = "retention"
        icon = "time"


class RetentionStream(blocks.StreamBlock):
    register = RegisterChooserBlock("wagtail_privacy.RetentionRule", label=_("From the register"), icon="snippet")
    retention = RetentionBlock(label=_("Written here"))

    class Meta:
        required = False
        label = _("Storage periods")


class RetentionPeriodsBlock(SectionBlock):
    """All storage periods together, apart from the purposes."""

    heading = Line()
    introduction = Prose()
    periods = RetentionStream()

    class Meta:
        kind = "retention_periods"
        icon = "time"
        group = groups.HOW_LONG
        description = _("How long you keep personal data, as periods or as the criteria that decide.")
        preview_value = {
            "periods": [
                (
                    "retention",
                    {
                        "applies_to": _("Your order history"),
                        "duration": "P24M",
                        "starts": _("the delivery"),
                    },
                ),
                ("retention", {"applies_to": _("Accounting records"), "duration": "P7Y", "at_most": True}),
            ]
        }
