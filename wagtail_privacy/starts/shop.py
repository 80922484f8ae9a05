"""A template for shops on the web: orders, accounts, questions, newsletters, bookkeeping, cookies."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from wagtail_privacy.policy.gaps import gap
from wagtail_privacy.starts.common_sections import (
    COOKIES,
    ENQUIRIES,
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


def orders(given: Given) -> Iterator[Block]:
    yield (
        "purpose",
        {
            "title": _("Deliver your order"),
            "description": prose(_("We take payment, pack and send what you buy, and handle returns and complaints.")),
            "legal_bases": [{"basis": "art6_1_b"}],
            "data_categories": [
                contact_details(),
                category(pgettext("personal data", "Order"), _("what you bought, price, way of payment")),
            ],
            "data_subjects": [_("Customers")],
            "retention": kept(_("As long as you can complain about the goods under consumer law.")),
            "provision": "contractual",
            "consequence": prose(_("If you do not give us the data, we cannot deliver.")),
        },
    )


def accounts(given: Given) -> Iterator[Block]:
    yield (
        "purpose",
        {
            "title": _("Keep your account"),
            "description": prose(
                _("In an account of your own you see your orders and need not type your address again.")
            ),
            "legal_bases": [{"basis": "art6_1_b"}],
            "data_categories": [
                contact_details(),
                category(pgettext("personal data", "Account"), _("e-mail address, password, your orders")),
            ],
            "data_subjects": [_("Customers")],
            "retention": kept(_("Until you close the account.")),
            "provision": "voluntary",
        },
    )


def receivers(given: Given) -> Iterator[Block]:
    payment = {
        "name": gap(_("payment service provider")),
        "role": "controller",
        "purpose": _("take your payment"),
    }
    carrier = {"name": gap(_("carrier")), "role": "controller", "purpose": _("deliver the goods")}
    yield from recipients(given, ("recipient", payment), ("recipient", carrier))


SHOP = Start(
    "shop",
    gettext_lazy("Shop"),
    gettext_lazy("Orders, customer accounts, questions, newsletters, accounts and cookies."),
    gettext_lazy("name of the company"),
    (
        *FIRST,
        StartPart("orders", gettext_lazy("Purpose: deliver orders"), orders),
        StartPart("accounts", gettext_lazy("Purpose: customer accounts"), accounts),
        ENQUIRIES,
        *PURPOSES,
        COOKIES,
        StartPart("recipients", gettext_lazy("Recipients"), receivers),
        StartPart("own_recipients", gettext_lazy("Your own recipients alone"), own_recipients, is_usual=False),
        *LAST,
    ),
)
