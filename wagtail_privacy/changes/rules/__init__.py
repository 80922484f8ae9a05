"""The rules themselves, one module a family, each rule with its source.

They are asked in this order and the first that answers decides. Where the law is silent, the rule is our own and
says so. WP260 rev.01 is the Article 29 Working Party's Guidelines on transparency, endorsed by the EDPB.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.changes.rule import UNKNOWN, Rule
from wagtail_privacy.changes.rules import (
    controller,
    data,
    free_text,
    meaningless,
    other,
    prose,
    purpose,
    recipient,
    retention,
    rights,
)
from wagtail_privacy.changes.rules._making import OWN

_LAST = Rule(
    UNKNOWN,
    OWN,
    _("No rule knows this kind of change, so it is taken as material until a person has judged it."),
    lambda change, context: Materiality.MATERIAL,
)

#: Every rule, in the order in which they are asked. A site puts its own before them or in their place.
RULES: tuple[Rule, ...] = (
    *meaningless.RULES,
    *prose.RULES,
    *controller.RULES,
    *purpose.RULES,
    *data.RULES,
    *recipient.RULES,
    *retention.RULES,
    *rights.RULES,
    *other.RULES,
    *free_text.RULES,
    _LAST,
)
