"""How long personal data are kept: Art. 13(2)(a), 14(2)(a)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from wagtail_privacy.blocks import groups
from wagtail_privacy.blocks.base import GroupBlock, RegisterChooserBlock, SectionBlock
from wagtail_privacy.blocks.fields import DurationBlock, FlagBlock, LineBlock, ProseBlock


class RetentionBlock(SectionBlock):
    """A period, or the criteria that decide it; written here and not kept in the register."""

    applies_to = LineBlock(help_text=_("Which data, if it isn't clear from where this stands: “Your order history”."))
    duration = DurationBlock(help_text=_("Such as 24 months. Leave empty if only criteria decide."))
    at_most = FlagBlock(help_text=_("The data may be deleted earlier, but never later."))
    starts = LineBlock(help_text=_("The event that the period runs from: “the day the order was delivered”."))
    criteria = ProseBlock(help_text=_("What decides how long, if no period can be given."))
    reason = LineBlock(help_text=_("Why that long: “the Accounting Act requires it”."))

    class Meta:
        kind = "retention"
        icon = "time"
        folded = (("reason",),)
        summary = (
            (("applies_to",), ""),
            (("duration", "criteria"), ""),
            (("starts",), pgettext_lazy("period", "from {}")),
        )


class RetentionStream(blocks.StreamBlock):
    register = RegisterChooserBlock(
        "wagtail_privacy.RetentionRule", label=_("Storage period from the register"), icon="snippet"
    )
    retention = RetentionBlock()

    class Meta:
        required = False
        collapsed = True
        label = _("Storage periods")
        help_text = _("A period, or what decides it: from the register or written here.")


class RetentionPeriodsBlock(GroupBlock):
    """All storage periods together, apart from the purposes."""

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
