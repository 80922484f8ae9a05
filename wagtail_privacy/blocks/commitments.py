"""What the controller promises."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail_privacy.blocks import groups
from wagtail_privacy.blocks.base import GroupBlock, SectionBlock
from wagtail_privacy.blocks.fields import CodeBlock, ItemsBlock, LineBlock


class CommitmentBlock(SectionBlock):
    """One promise. Withdrawing it is a material change."""

    commitment = CodeBlock("commitments")
    statement = LineBlock(help_text=_("As you want readers to see it. Leave empty for the words of the list."))

    class Meta:
        kind = "commitment"
        icon = "success"


class CommitmentsBlock(GroupBlock):
    commitments = ItemsBlock(CommitmentBlock(), label=_("Commitments"))

    class Meta:
        kind = "commitments"
        icon = "success"
        group = groups.PROMISES
        description = _(
            "What you promise never to do, or always to do. Readers are told before you withdraw a promise."
        )
        default = {"commitments": [{}]}
        preview_value = {"commitments": [{"commitment": "no_sale"}, {"commitment": "tell_before_new_purpose"}]}
