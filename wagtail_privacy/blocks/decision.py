"""What the document says of itself: when it was updated, from when it applies, and who decided it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail_privacy.blocks import groups
from wagtail_privacy.blocks.base import SectionBlock
from wagtail_privacy.blocks.fields import LineBlock, NameBlock, PartialDateBlock, ProseBlock


class DecisionBlock(SectionBlock):
    """As stated in the text, for those who must state it: the change history tells the versions by itself."""

    heading = LineBlock()
    updated = PartialDateBlock(help_text=_("A year, a month or a day: 2018, May 2018 or 25 May 2018."))
    applies_from = PartialDateBlock()
    decided = PartialDateBlock()
    decided_by = LineBlock(help_text=_("Such as “the Municipal Executive Board”."))
    paragraph = NameBlock(help_text=_("Such as “§ 45”."))
    reference = NameBlock(help_text=_("Such as “KS 2024/117”."))
    note = ProseBlock()

    class Meta:
        kind = "decision"
        icon = "calendar-check"
        group = groups.POLICY
        description = _("When the document was updated or decided, by whom and under which number.")
        preview_value = {
            "decided": "2024-05-13",
            "decided_by": _("the Municipal Executive Board"),
            "paragraph": "§ 45",
            "reference": "KS 2024/117",
        }
