"""A template for associations: members, activities, newsletters, accounts."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_privacy.starts.common_sections import (
    COOKIES,
    FIRST,
    LAST,
    PURPOSES,
    category,
    contact_details,
    kept,
    own_recipients,
    recipients,
)
from wagtail_privacy.starts.start import Block, Given, Start, StartPart, prose


def members(given: Given) -> Iterator[Block]:
    yield (
        "purpose",
        {
            "title": _("Keep the register of members"),
            "description": prose(_("We keep a register of who is a member and call you to meetings.")),
            "legal_bases": [{"basis": "art6_1_b"}],
            "data_categories": [contact_details(), category(_("Membership"), _("day of joining, fees paid"))],
            "data_subjects": [_("Members")],
            "retention": kept(_("As long as you are a member, and until the end of the year after that.")),
            "provision": "contractual",
            "consequence": prose(_("If you do not give us the data, you cannot become a member.")),
        },
    )


def activities(given: Given) -> Iterator[Block]:
    interest = _("Our interest is to arrange the activities that you register for, and to know who comes.")
    yield (
        "purpose",
        {
            "title": _("Arrange activities"),
            "description": prose(_("When you register for an activity, we use your data to plan and hold it.")),
            "legal_bases": [{"basis": "art6_1_f", "interest": prose(interest)}],
            "data_categories": [
                contact_details(),
                category(_("Participation"), _("the activities you take part in")),
            ],
            "data_subjects": [_("Participants")],
            "retention": [("retention", {"duration": "P12M", "starts": _("the activity")})],
        },
    )


def receivers(given: Given) -> Iterator[Block]:
    federation = {
        "category": _("The national organisation that we belong to"),
        "role": "controller",
        "data": _("name and membership"),
        "purpose": _("keep the common register of members"),
    }
    yield from recipients(given, ("recipient", federation))


ASSOCIATION = Start(
    "association",
    gettext_lazy("Association"),
    gettext_lazy("Members, activities, newsletters and accounts."),
    gettext_lazy("name of the association"),
    (
        *FIRST,
        StartPart("members", gettext_lazy("Purpose: keep the register of members"), members),
        StartPart("activities", gettext_lazy("Purpose: arrange activities"), activities),
        *PURPOSES,
        StartPart("cookies", COOKIES.label, COOKIES.blocks, is_usual=False),
        StartPart("recipients", gettext_lazy("Recipients"), receivers),
        StartPart("own_recipients", gettext_lazy("Your own recipients alone"), own_recipients, is_usual=False),
        *LAST,
    ),
)
