"""A template for those who hold courses and offer services: registrations, special needs, questions, newsletters."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_privacy.policy.gaps import gap
from wagtail_privacy.starts.common_sections import (
    COOKIES,
    ENQUIRIES,
    FIRST,
    LAST,
    PURPOSES,
    category,
    contact_details,
    own_recipients,
    recipients,
)
from wagtail_privacy.starts.start import Block, Given, Start, StartPart, prose


def bookings(given: Given) -> Iterator[Block]:
    yield (
        "purpose",
        {
            "title": _("Hold the course or carry out the service"),
            "description": prose(_("We take your booking, prepare and do what you have booked, and take payment.")),
            "legal_bases": [{"basis": "art6_1_b"}],
            "data_categories": [contact_details(), category(_("Booking"), _("what you booked, day, price"))],
            "data_subjects": [_("Participants"), _("Customers")],
            "retention": [("retention", {"duration": "P12M", "starts": _("the course or the service")})],
            "provision": "contractual",
            "consequence": prose(_("If you do not give us the data, you cannot book.")),
        },
    )


def certificates(given: Given) -> Iterator[Block]:
    yield (
        "purpose",
        {
            "title": _("Certify that you took part"),
            "description": prose(_("You get a certificate, and a new one if you lose it.")),
            "legal_bases": [{"basis": "art6_1_b"}],
            "data_categories": [category(_("Participation in courses"), _("name, course, day, result"))],
            "data_subjects": [_("Participants")],
            "retention": [("retention", {"duration": "P5Y", "starts": _("the course")})],
        },
    )


def needs(given: Given) -> Iterator[Block]:
    """Art. 9(1): allergies and disabilities are health."""
    yield (
        "purpose",
        {
            "title": _("Meet special needs"),
            "description": prose(_("You can tell us of allergies or other needs, so that we prepare for them.")),
            "legal_bases": [{"basis": "art6_1_a"}],
            "special_conditions": [{"condition": "art9_2_a"}],
            "data_categories": [category(_("Allergies and other needs"), special=True)],
            "data_subjects": [_("Participants")],
            "retention": [("retention", {"duration": "P1M", "starts": _("the course")})],
            "provision": "voluntary",
        },
    )


def receivers(given: Given) -> Iterator[Block]:
    payment = {
        "name": gap(_("payment service provider")),
        "role": "controller",
        "purpose": _("take your payment"),
    }
    yield from recipients(given, ("recipient", payment))


COURSES = Start(
    "courses",
    gettext_lazy("Courses and services"),
    gettext_lazy("Bookings, certificates, special needs, questions, newsletters, accounts and cookies."),
    gettext_lazy("name of the company"),
    (
        *FIRST,
        StartPart("bookings", gettext_lazy("Purpose: courses and services"), bookings),
        StartPart("certificates", gettext_lazy("Purpose: certificates"), certificates, is_usual=False),
        StartPart("needs", gettext_lazy("Purpose: special needs"), needs, is_usual=False),
        ENQUIRIES,
        *PURPOSES,
        COOKIES,
        StartPart("recipients", gettext_lazy("Recipients"), receivers),
        StartPart("own_recipients", gettext_lazy("Your own recipients alone"), own_recipients, is_usual=False),
        *LAST,
    ),
)
