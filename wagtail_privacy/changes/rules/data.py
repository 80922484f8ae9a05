"""Which personal data."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail_privacy.changes.conditions import (
    added,
    both,
    changed,
    dropped,
    either,
    fewer_items,
    has,
    known_elsewhere,
    parent_is,
    removed,
    same,
    stated,
    unless,
)
from wagtail_privacy.changes.rule import Rule
from wagtail_privacy.changes.rules._making import BENEFIT, MATERIAL, MINOR, P30, rule

RULES: tuple[Rule, ...] = (
    rule(
        "data-listed",
        MINOR,
        both(either(added("data_category"), removed("data_category")), unless(parent_is("purpose")), known_elsewhere),
        _("The list is brought into line with what the policy says elsewhere."),
    ),
    rule(
        "sensitive-data-added",
        MATERIAL,
        both(added("data_category"), has("special", "criminal", "national_id")),
        _("Particularly protected personal data are collected."),
        f"Art. 9, 10, 87; {P30}",
    ),
    rule("data-added", MATERIAL, added("data_category"), _("More personal data are collected or used."), P30),
    rule("data-removed", BENEFIT, removed("data_category"), _("Fewer personal data are collected or used.")),
    rule(
        "sensitive-data",
        MATERIAL,
        stated("data_category", "special", "criminal", "national_id"),
        _("The data are now of a particularly protected kind."),
        f"Art. 9, 10, 87; {P30}",
    ),
    rule(
        "data-renamed",
        MINOR,
        both(changed("data_category", "name"), same("key")),
        _("The same entry of the register under another name. Check that it covers the same data."),
    ),
    rule(
        "data-explained",
        MINOR,
        either(stated("data_category", "description"), dropped("data_category")),
        _("The category is described otherwise; it is the same data."),
    ),
    rule(
        "data-narrowed",
        BENEFIT,
        both(changed("data_category", "name", "description"), fewer_items),
        _("Fewer kinds of data are named."),
    ),
    rule(
        "data-widened",
        MATERIAL,
        changed("data_category", "name", "description"),
        _("Other or more kinds of data are named."),
        P30,
    ),
)
