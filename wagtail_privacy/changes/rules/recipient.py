"""Who receives the data, and where."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail_privacy.changes.conditions import (
    added,
    both,
    changed,
    dropped,
    either,
    fewer_items,
    first_transfer,
    further_away,
    has,
    is_controller_now,
    known_elsewhere,
    new_third_country,
    now_has,
    parent_is,
    removed,
    replaced,
    rewritten,
    same,
    same_conditions,
    same_group_and_country,
    says,
    stated,
    to,
    unless,
    was,
    weaker_safeguard,
    weaker_than_before,
)
from wagtail_privacy.changes.rule import Rule
from wagtail_privacy.changes.rules._making import BENEFIT, MATERIAL, MINOR, P30, rule
from wagtail_privacy.prose.regions import EEA

RULES: tuple[Rule, ...] = (
    rule(
        "new-country",
        MATERIAL,
        both(
            either(added("recipient", "transfer"), changed("recipient", "country"), changed("transfer", "country")),
            new_third_country,
        ),
        _("Personal data go to a country outside the EU/EEA where they did not go before."),
        f"Art. 13(1)(f), 44; {P30}",
    ),
    rule(
        "recipient-listed",
        MINOR,
        both(either(added("recipient"), removed("recipient")), unless(parent_is("purpose")), known_elsewhere),
        _("The list is brought into line with what the policy says elsewhere."),
    ),
    rule(
        "recipient-named",
        MINOR,
        both(added("recipient"), same_group_and_country, unless(says("role", "controller", "joint_controller"))),
        _("A recipient of a category and in a country that the policy named already."),
    ),
    rule("recipient-added", MATERIAL, added("recipient"), _("Somebody else receives personal data."), P30),
    rule("recipient-removed", BENEFIT, removed("recipient"), _("Fewer receive personal data.")),
    rule(
        "recipient-named-later",
        MINOR,
        either(
            stated("recipient", "name", "category", "purpose", "data"),
            both(dropped("recipient", "name", "category", "purpose", "data"), now_has("name", "category")),
            both(changed("recipient", "name"), same("key")),
        ),
        _("The recipient is described otherwise; it is the same one."),
    ),
    rule(
        "recipient-replaced-in-group",
        MINOR,
        both(
            changed("recipient", "name"),
            same_group_and_country,
            unless(is_controller_now),
        ),
        _("Another recipient of the same category and in the same country."),
    ),
    rule(
        "recipient-role-controller",
        MATERIAL,
        both(changed("recipient", "role"), to("controller", "joint_controller", "authority", "group")),
        _("The recipient may now decide itself what the data are used for."),
        "Art. 4(7), 28(10); own rule",
    ),
    rule(
        "recipient-role-processor",
        BENEFIT,
        both(changed("recipient", "role"), to("processor"), rewritten),
        _("The recipient now handles the data on your behalf only."),
        "Art. 28; own rule",
    ),
    rule("recipient-role", MINOR, changed("recipient", "role"), _("The recipient’s role is stated otherwise.")),
    rule(
        "recipient-condition-kept",
        MINOR,
        both(
            either(
                stated("recipients", "condition"), dropped("recipients", "condition"), changed("recipient", "condition")
            ),
            same_conditions,
        ),
        _("The same condition, stated for one recipient or for all of them."),
    ),
    rule(
        "recipient-condition",
        BENEFIT,
        either(stated("recipient", "condition"), stated("recipients", "condition")),
        _("The data are handed over more seldom."),
    ),
    rule(
        "recipient-condition-gone",
        MATERIAL,
        either(dropped("recipient", "condition"), dropped("recipients", "condition")),
        _("A condition for handing over the data is gone."),
        P30,
    ),
    rule(
        "recipient-country-eea",
        BENEFIT,
        both(
            changed("recipient", "country"),
            unless(was(None, "", *EEA)),
            to(*EEA),
        ),
        _("The data stay within the EU/EEA."),
    ),
    rule("recipient-country", MINOR, changed("recipient", "country"), _("The recipient’s country changed.")),
    rule(
        "recipient-gets-less",
        BENEFIT,
        both(changed("recipient", "data"), fewer_items),
        _("The recipient gets fewer data."),
    ),
    rule(
        "recipient-changed",
        MATERIAL,
        changed("recipient"),
        _("Somebody else receives personal data, or for something else."),
        P30,
    ),
    rule(
        "place-outside",
        MATERIAL,
        both(changed("transfers", "place"), lambda change, _context: further_away(change.old, change.new)),
        _("Personal data are handled further away from the protection of the EU/EEA."),
        P30,
    ),
    rule(
        "place-inside",
        BENEFIT,
        both(changed("transfers", "place"), lambda change, _context: further_away(change.new, change.old)),
        _("More of the data stay within the EU/EEA."),
    ),
    rule("place", MINOR, changed("transfers", "place"), _("Where personal data are handled is now stated.")),
    rule(
        "transfer-first",
        MATERIAL,
        both(added("transfer"), either(first_transfer, unless(has("country")))),
        _("Personal data are transferred out of the EU/EEA."),
        f"Art. 13(1)(f), 44; {P30}",
    ),
    rule(
        "transfer-weaker",
        MATERIAL,
        both(added("transfer"), weaker_than_before),
        _("Personal data are transferred with a weaker safeguard than before."),
        f"Art. 44; {P30}",
    ),
    rule("transfer-added", MINOR, added("transfer"), _("One more transfer to a country that was named already.")),
    rule("transfer-ended", BENEFIT, removed("transfer"), _("A transfer has ended.")),
    rule(
        "safeguard-weaker",
        MATERIAL,
        both(changed("transfer", "mechanism"), weaker_safeguard),
        _("The safeguard is weaker than before."),
        f"Art. 44 to 49; {P30}",
    ),
    rule("safeguard", MINOR, changed("transfer", "mechanism"), _("Another safeguard, which is no weaker.")),
    rule(
        "transfer-purpose",
        MATERIAL,
        both(
            changed("transfer", "purpose", "recipient"),
            replaced,
        ),
        _("Somebody else receives the data, or for something else."),
        P30,
    ),
    rule("transfer-details", MINOR, changed("transfer"), _("Details of the transfer changed.")),
)
