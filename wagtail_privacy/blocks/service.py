"""A part of the policy that is about one service only, and the sections that it can hold."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from wagtail_privacy.blocks import groups
from wagtail_privacy.blocks.base import SectionBlock
from wagtail_privacy.blocks.commitments import CommitmentsBlock
from wagtail_privacy.blocks.controller import ControllerBlock, DataProtectionOfficerBlock, RepresentativeBlock
from wagtail_privacy.blocks.cookies import CookiesBlock
from wagtail_privacy.blocks.fields import Line, Prose
from wagtail_privacy.blocks.general import (
    AutomatedDecisionsBlock,
    ChildrenBlock,
    DefinitionsBlock,
    SecurityBlock,
    TextBlock,
)
from wagtail_privacy.blocks.purpose import DataCategoriesBlock, PurposeBlock
from wagtail_privacy.blocks.recipients import RecipientsBlock
from wagtail_privacy.blocks.retention import RetentionPeriodsBlock
from wagtail_privacy.blocks.rights import ChoicesBlock, ComplaintBlock, RightsBlock
from wagtail_privacy.blocks.sources import SourcesBlock
from wagtail_privacy.blocks.transfers import TransfersBlock


class SectionStream(blocks.StreamBlock):
    """Every section that can stand on its own, in the order of a usual policy."""

    text = TextBlock()
    controller = ControllerBlock()
    dpo = DataProtectionOfficerBlock()
    representative = RepresentativeBlock()
    definitions = DefinitionsBlock()
    purpose = PurposeBlock()
    data_categories = DataCategoriesBlock()
    sources = SourcesBlock()
    automated_decisions = AutomatedDecisionsBlock()
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


class ServiceBlock(SectionBlock):
    """Sections of their own for one of several services."""

    title = Line(help_text=_("The service: “Conferences and events”."))
    introduction = Prose()
    sections = SectionStream(label=_("What holds for this service"))

    class Meta:
        kind = "service"
        icon = "folder-open-1"
        group = groups.FREE
        description = _("What differs for one of your services. It holds blocks of its own.")
        preview_value = {
            "title": _("Conferences and events"),
            "introduction": _("<p>This is added when you sign up for a conference.</p>"),
            "sections": [("commitments", {"commitments": [{"commitment": "no_sale"}]})],
        }
