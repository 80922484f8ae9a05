"""Where personal data come from, when not from the person: Art. 14(2)(f)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail_privacy.blocks import groups
from wagtail_privacy.blocks.base import GroupBlock, SectionBlock
from wagtail_privacy.blocks.fields import CodeBlock, ItemsBlock, LineBlock


class SourceBlock(SectionBlock):
    name = LineBlock(help_text=_("By name, or by its nature: “public registers”, “our partners”."))
    data = LineBlock(help_text=_("What you get from it."))
    publicly_accessible = CodeBlock("yes_no", help_text=_("Whether anyone can get the data there."))

    class Meta:
        kind = "source"
        icon = "download"


class SourcesBlock(GroupBlock):
    sources = ItemsBlock(SourceBlock(), label=_("Sources"))

    class Meta:
        kind = "sources"
        icon = "download"
        group = groups.WHAT
        description = _("Where you get personal data from, other than from the person: registers, partners, profiles.")
        default = {"sources": [{}]}
        preview_value = {
            "sources": [
                {"name": _("The population register"), "data": _("address"), "publicly_accessible": "yes"},
            ]
        }
