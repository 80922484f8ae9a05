"""What data are used for, and on which ground."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail_privacy.changes.conditions import (
    added,
    both,
    changed,
    consent_replaced,
    dropped,
    either,
    fewer_items,
    more_items,
    names_more,
    no_special_data_left,
    removed,
    same,
    stated,
    to,
    unless,
    was,
)
from wagtail_privacy.changes.rule import Rule
from wagtail_privacy.changes.rules._making import BENEFIT, MATERIAL, MINOR, P29, rule

RULES: tuple[Rule, ...] = (
    rule(
        "purpose-added",
        MATERIAL,
        added("purpose"),
        _("Personal data are used for a new purpose. People must be told before it begins."),
        f"Art. 13(3), 14(4); {P29}",
    ),
    rule("purpose-removed", BENEFIT, removed("purpose"), _("Personal data are no longer used for this.")),
    rule(
        "purpose-renamed",
        MINOR,
        both(changed("purpose", "title"), same("description"), unless(names_more)),
        _("The purpose has a new name; its description is the same."),
    ),
    rule("purpose-title", MATERIAL, changed("purpose", "title"), _("The purpose is another one."), P29),
    rule(
        "data-subjects-added",
        MATERIAL,
        both(changed("purpose", "data_subjects"), more_items),
        _("Data about more people are used."),
    ),
    rule(
        "data-subjects-removed",
        BENEFIT,
        both(changed("purpose", "data_subjects"), fewer_items),
        _("Data about fewer people are used."),
    ),
    rule(
        "children-concerned",
        MATERIAL,
        stated("purpose", "concerns_children"),
        _("Children’s data are used, which calls for special care."),
        "Recital 38; WP260 rev.01, 14",
    ),
    rule(
        "children-no-longer",
        BENEFIT,
        dropped("purpose", "concerns_children"),
        _("Children’s data are no longer used for this."),
    ),
    rule(
        "direct-marketing",
        MATERIAL,
        stated("purpose", "direct_marketing"),
        _("The data are used for direct marketing, to which people may object."),
        "Art. 21(2)",
    ),
    rule(
        "direct-marketing-ended",
        BENEFIT,
        dropped("purpose", "direct_marketing"),
        _("The data are no longer used for direct marketing."),
    ),
    rule(
        "provision-required",
        MATERIAL,
        both(changed("purpose", "provision"), was(None, "", "voluntary"), unless(to("voluntary"))),
        _("People must now give the data."),
        "Art. 13(2)(e); own rule",
    ),
    rule(
        "provision-voluntary",
        BENEFIT,
        both(changed("purpose", "provision"), to("voluntary")),
        _("People may choose whether to give the data."),
    ),
    rule("provision", MINOR, changed("purpose", "provision"), _("Why people must give the data is stated otherwise.")),
    rule(
        "consequence-stated",
        MINOR,
        stated("purpose", "consequence"),
        _("What happens without the data is now explained."),
    ),
    rule(
        "consent-replaced",
        MATERIAL,
        consent_replaced,
        _("Consent is replaced by another legal basis. It may not be swapped silently for data already collected."),
        "EDPB Guidelines 05/2020; Art. 7(3)",
    ),
    rule(
        "legal-basis",
        MATERIAL,
        either(added("legal_basis"), removed("legal_basis"), changed("legal_basis", "basis")),
        _("Which rights people have depends on the legal basis."),
        f"Art. 17(1), 20(1), 21(1); {P29}",
    ),
    rule(
        "interest-stated",
        MINOR,
        stated("legal_basis", "interest", "applies_to", "statute"),
        _("The legal basis is explained further."),
    ),
    rule(
        "interest",
        MATERIAL,
        changed("legal_basis", "interest", "applies_to"),
        _("The interest that is weighed against people’s own, or what the basis applies to, is another."),
        "Art. 13(1)(d); own rule",
    ),
    rule("statute", MINOR, changed("legal_basis", "statute"), _("The law that the processing rests on changed.")),
    rule(
        "special-condition-gone",
        BENEFIT,
        both(removed("special_condition"), no_special_data_left),
        _("The purpose needs no special categories of personal data any more."),
    ),
    rule(
        "special-condition-statute",
        MINOR,
        changed("special_condition", "statute"),
        _("The law that the processing rests on changed."),
    ),
    rule(
        "special-condition",
        MATERIAL,
        either(added("special_condition"), removed("special_condition"), changed("special_condition")),
        _("What allows special categories of personal data to be used changed."),
        f"Art. 9(2); {P29}",
    ),
)
