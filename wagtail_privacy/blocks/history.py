"""The policy itself: how its changes are announced, and what was changed before this site kept a history."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from wagtail_privacy.blocks import groups
from wagtail_privacy.blocks.base import Reading, SectionBlock
from wagtail_privacy.blocks.fields import Items, Line, PartialDateBlock, Prose
from wagtail_privacy.policy.section import Section


class ChangeNoticeBlock(SectionBlock):
    """WP260 rev.01, 29 to 31. Days and e-mail come from the policy's settings, so the page says what really happens."""

    heading = Line()
    note = Prose(help_text=_("Something to add. How long before, and whether by e-mail, is filled in by itself."))

    def to_section(self, value: Any, id: str, reading: Reading) -> Section:
        section = super().to_section(value, id, reading)
        facts = {"notice_period": reading.notice_period, "tells_users": reading.tells_users}
        return replace(section, facts={name: fact for name, fact in facts.items() if fact is not None})

    class Meta:
        kind = "change_notice"
        icon = "mail"
        group = groups.POLICY
        description = _("How readers learn of changes, as the settings of this policy say.")
        preview_value = {}


class HistoryEntryBlock(SectionBlock):
    date = PartialDateBlock(help_text=_("The year, the month or the day: 2018, 2018-05 or 2018-05-25."))
    description = Prose()

    class Meta:
        kind = "history_entry"
        icon = "history"


class EarlierHistoryBlock(SectionBlock):
    heading = Line()
    introduction = Prose()
    entries = Items(HistoryEntryBlock(), label=_("Earlier changes"))

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
