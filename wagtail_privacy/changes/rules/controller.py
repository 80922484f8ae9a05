"""Who is responsible, and who can be reached."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail_privacy.changes.conditions import (
    added,
    both,
    changed,
    dropped,
    either,
    only_route,
    removed,
    rewritten,
    same,
    stated,
    to,
    unless,
    was,
)
from wagtail_privacy.changes.rule import Rule
from wagtail_privacy.changes.rules._making import MATERIAL, MINOR, P29, rule

RULES: tuple[Rule, ...] = (
    rule("controller-added", MATERIAL, added("controller"), _("Somebody else is responsible for the data."), P29),
    rule("controller-removed", MATERIAL, removed("controller"), _("Who is responsible for the data changed."), P29),
    rule(
        "controller-renamed",
        MINOR,
        both(changed("controller", "name"), either(same("organisation_number"), was(None, "")), unless(to(None, ""))),
        _("The controller has a new name but is the same organisation. Check that nothing else changed with it."),
    ),
    rule("controller-name", MATERIAL, changed("controller", "name"), _("The controller is another one."), P29),
    rule(
        "organisation-number-stated",
        MINOR,
        either(stated("controller", "organisation_number"), dropped("controller", "organisation_number")),
        _("The organisation number was stated or left out; the controller has the same name."),
    ),
    rule(
        "controller-identity",
        MATERIAL,
        changed("controller", "organisation_number"),
        _("Another organisation number means another controller."),
        P29,
    ),
    rule(
        "controller-role",
        MATERIAL,
        both(changed("controller", "role"), unless(both(was(None, ""), to("sole")))),
        _("How the responsibility is shared changed."),
        f"Art. 26; {P29}",
    ),
    rule("controller-role-stated", MINOR, changed("controller", "role"), _("The controller’s role is stated.")),
    rule(
        "only-route",
        MATERIAL,
        both(either(changed("controller"), changed("dpo"), changed("representative")), only_route),
        _("It was the only way to reach you, and so to exercise rights. Lower it if it is a mere change of address."),
        P29,
    ),
    rule(
        "establishment",
        MATERIAL,
        both(changed("controller", "country"), rewritten),
        _("The controller moves to another country, so another authority is the lead one."),
        "Art. 56; own rule",
    ),
    rule(
        "controller-details",
        MINOR,
        both(changed("controller"), unless(changed("controller", "introduction", "note"))),
        _("Details of the controller changed."),
    ),
    rule("dpo-removed", MATERIAL, removed("dpo"), _("A way to reach somebody about personal data is gone.")),
    rule(
        "representative-removed",
        MATERIAL,
        removed("representative"),
        _("A way to reach somebody about personal data is gone."),
        "Art. 27; own rule",
    ),
    rule(
        "contact-person",
        MINOR,
        either(added("dpo", "representative"), changed("dpo"), changed("representative")),
        _("The contact person or their details changed."),
    ),
    rule(
        "definition", MINOR, either(added("definition"), removed("definition")), _("A word is explained, or no longer.")
    ),
)
