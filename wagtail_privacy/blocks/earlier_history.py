"""What was changed before this site kept a history."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail_privacy.blocks import groups
from wagtail_privacy.blocks.base import GroupBlock, SectionBlock
from wagtail_privacy.blocks.fields import FlagBlock, ItemsBlock, PartialDateBlock, ProseBlock


class HistoryEntryBlock(SectionBlock):
    date = PartialDateBlock(help_text=_("The year, the month or the day: 2018, May 2018 or 25 May 2018."))
    description = ProseBlock()

    class Meta:
        kind = "history_entry"
        icon = "history"
        summary = ((("date",), ""), (("description",), ""))


class EarlierHistoryBlock(GroupBlock):
    imported = FlagBlock(help_text=_("The list was kept by hand in the policy before this site."))
    entries = ItemsBlock(HistoryEntryBlock(), label=_("Earlier changes"))

    class Meta:
        kind = "earlier_history"
        icon = "history"
        group = groups.POLICY
        description = _("What was changed before this site kept the history by itself.")
        default = {"entries": [{}]}
        preview_value = {
            "entries": [
                {"date": "2018-05", "description": _("<p>Adapted to the General Data Protection Regulation.</p>")}
            ]
        }
