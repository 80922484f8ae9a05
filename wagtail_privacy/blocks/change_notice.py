"""How changes of the policy are announced: filled in from the policy's settings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from wagtail_privacy.blocks import groups
from wagtail_privacy.blocks.base import SectionBlock
from wagtail_privacy.blocks.context import CompositionContext
from wagtail_privacy.blocks.fields import LineBlock, ProseBlock
from wagtail_privacy.policy.section import Section


class ChangeNoticeBlock(SectionBlock):
    """WP260 rev.01, 29 to 31. Days and e-mail come from the policy's settings, so the page says what really happens."""

    heading = LineBlock()
    note = ProseBlock(help_text=_("Something to add. How long before, and whether by e-mail, is filled in by itself."))

    def to_section(self, value: Any, id: str, context: CompositionContext) -> Section:
        section = super().to_section(value, id, context)
        facts = {"notice_period": context.notice_period, "tells_users": context.tells_users}
        return replace(section, facts={name: fact for name, fact in facts.items() if fact is not None})

    class Meta:
        kind = "change_notice"
        icon = "mail"
        group = groups.POLICY
        description = _("How readers learn of changes, as the settings of this policy say.")
        preview_value = {}
