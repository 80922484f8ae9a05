"""A part of the policy that is about one service only, and the sections that it can hold."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from wagtail_privacy.blocks import groups
from wagtail_privacy.blocks.base import SectionBlock
from wagtail_privacy.blocks.commitments import CommitmentsBlock
from wagtail_privacy.blocks.controller import ControllerBlock, DataProtectionOfficerBlock, RepresentativeBlock
from wagtail_privacy.blocks.cookies import CookiesBlock
from wagtail_privacy.blocks.fields import LineBlock, PartialDateBlock, ProseBlock
from wagtail_privacy.blocks.general import (
    AIUseBlock,
    AutomatedDecisionsBlock,
    ChildrenBlock,
    DefinitionsBlock,
    SecurityBlock,
    TextBlock,
)
from wagtail_privacy.blocks.purpose import DataCategoriesBlock, PurposeBlock, PurposesBlock
from wagtail_privacy.blocks.recipients import RecipientsBlock
from wagtail_privacy.blocks.retention import RetentionPeriodsBlock
from wagtail_privacy.blocks.rights import ChoicesBlock, ComplaintBlock, RightsBlock
from wagtail_privacy.blocks.sources import SourcesBlock
from wagtail_privacy.blocks.table import TableBlock
from wagtail_privacy.blocks.transfers import TransfersBlock


class SectionStream(blocks.StreamBlock):
    """Every section that can stand on its own, in the order of a usual policy."""

    text = TextBlock()
    table = TableBlock()
    controller = ControllerBlock()
    dpo = DataProtectionOfficerBlock()
    representative = RepresentativeBlock()
    definitions = DefinitionsBlock()
    purpose = PurposeBlock()
    purposes = PurposesBlock()
    data_categories = DataCategoriesBlock()
    sources = SourcesBlock()
    automated_decisions = AutomatedDecisionsBlock()
    ai_use = AIUseBlock()
    cookies = CookiesBlock()
    recipients = RecipientsBlock()
    transfers = TransfersBlock()
    retention_periods = RetentionPeriodsBlock()
    rights = RightsBlock()
    complaint = ComplaintBlock()
    choices = ChoicesBlock()
    commitments = CommitmentsBlock()
    security = SecurityBlock()
    children = ChildrenBlock()

    class Meta:
        required = False
        collapsed = True


class ServiceBlock(SectionBlock):
    """Sections of their own for one of several services."""

    title = LineBlock(help_text=_("The service: “Conferences and events”."))
    date = PartialDateBlock()
    introduction = ProseBlock()
    sections = SectionStream(label=_("What holds for this service"))

    class Meta:
        kind = "service"
        icon = "folder-open-1"
        folded = (("date",),)
        group = groups.FREE
        description = _("What differs for one of your services. It holds blocks of its own.")
        preview_value = {
            "title": _("Conferences and events"),
            "introduction": _("<p>This is added when you sign up for a conference.</p>"),
            "sections": [("commitments", {"commitments": [{"commitment": "no_sale"}]})],
        }
