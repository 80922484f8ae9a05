"""The rules themselves, family by family, each with its source.

They are asked in this order and the first that answers decides. Where the law is silent, the rule is our own and
says so. WP260 rev.01 is the Article 29 Working Party's Guidelines on transparency, endorsed by the EDPB.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.changes.conditions import (
    EEA,
    Test,
    added,
    both,
    changed,
    consent_replaced,
    contents,
    controller_moved,
    dropped,
    edit,
    either,
    equally_long,
    fewer_items,
    field_is,
    first_transfer,
    further_away,
    had,
    has,
    has_successor,
    is_controller_now,
    is_text,
    known_elsewhere,
    longer,
    lost_meaning,
    more,
    more_items,
    moved_in,
    new_need,
    new_party,
    new_third_country,
    no_special_data_left,
    now_has,
    only_promises,
    only_route,
    own_content,
    parent_is,
    period_shorter,
    promised_still,
    removed,
    repeats,
    replaced,
    replaces_longer,
    replaces_shorter,
    reworded,
    rewritten,
    same,
    same_group_and_country,
    same_letters,
    says,
    shorter,
    stated,
    to,
    turned,
    unless,
    was,
    weaker_safeguard,
    weaker_than_before,
)
from wagtail_privacy.changes.free_text import Edit
from wagtail_privacy.changes.rule import UNKNOWN, Rule
from wagtail_privacy.policy.vocabulary import Label

MATERIAL = Materiality.MATERIAL
MINOR = Materiality.MINOR
BENEFIT = Materiality.BENEFIT
EDITORIAL = Materiality.EDITORIAL

OWN = "own rule"
P29 = "WP260 rev.01, 29"
P30 = "WP260 rev.01, 30"


def _rule(id: str, verdict: Materiality, test: Test, reason: Label, source: str = OWN) -> Rule:
    return Rule(id, source, reason, lambda change, context: verdict if test(change, context) else None)


_MEANINGLESS = (
    # What carries no meaning: WP260 29, last part.
    _rule(
        "order",
        EDITORIAL,
        lambda change, _context: change.kind == "moved" and not change.old_path,
        _("Only the order changed."),
        P29,
    ),
    Rule("moved-in", P29, _("It stands in another part of the policy now."), moved_in),
    _rule(
        "title", EDITORIAL, lambda change, _context: not change.path, _("Only the title of the policy changed."), P29
    ),
    _rule(
        "history",
        EDITORIAL,
        lambda change, _context: any(step.kind in ("earlier_history", "history_entry") for step in change.path),
        _("It tells of the past and changes nothing that applies."),
    ),
    _rule(
        "typography",
        EDITORIAL,
        either(
            both(is_text, replaced, edit(Edit.TYPOGRAPHY, Edit.NOTHING)),
            both(field_is("name", "address", "phone"), replaced, same_letters),
        ),
        _("Only punctuation, capitals, spaces, order or markup changed."),
        P29,
    ),
    _rule(
        "spelling",
        EDITORIAL,
        both(is_text, replaced, edit(Edit.SPELLING)),
        _("Only spelling changed, in no word that matters to people’s rights."),
        P29,
    ),
    _rule(
        "heading-meaning",
        MINOR,
        both(lambda change, _context: change.field == "heading", replaced, turned),
        _("A heading says or denies something that it did not before."),
    ),
    _rule("heading", EDITORIAL, lambda change, _context: change.field == "heading", _("Only a heading changed."), P29),
    _rule(
        "register-key",
        EDITORIAL,
        field_is("key"),
        _("Only the link to the register changed, nothing that the policy says."),
    ),
)

_WHO = (
    _rule("controller-added", MATERIAL, added("controller"), _("Somebody else is responsible for the data."), P29),
    _rule("controller-removed", MATERIAL, removed("controller"), _("Who is responsible for the data changed."), P29),
    _rule(
        "controller-renamed",
        MINOR,
        both(changed("controller", "name"), either(same("organisation_number"), was(None, "")), unless(to(None, ""))),
        _("The controller has a new name but is the same organisation. Check that nothing else changed with it."),
    ),
    _rule("controller-name", MATERIAL, changed("controller", "name"), _("The controller is another one."), P29),
    _rule(
        "organisation-number-stated",
        MINOR,
        either(stated("controller", "organisation_number"), dropped("controller", "organisation_number")),
        _("The organisation number was stated or left out; the controller has the same name."),
    ),
    _rule(
        "controller-identity",
        MATERIAL,
        changed("controller", "organisation_number"),
        _("Another organisation number means another controller."),
        P29,
    ),
    _rule(
        "controller-role",
        MATERIAL,
        both(changed("controller", "role"), unless(both(was(None, ""), to("sole")))),
        _("How the responsibility is shared changed."),
        f"Art. 26; {P29}",
    ),
    _rule("controller-role-stated", MINOR, changed("controller", "role"), _("The controller’s role is stated.")),
    _rule(
        "only-route",
        MATERIAL,
        both(either(changed("controller"), changed("dpo"), changed("representative")), only_route),
        _("It was the only way to reach you, and so to exercise rights. Lower it if it is a mere change of address."),
        P29,
    ),
    _rule(
        "establishment",
        MATERIAL,
        both(changed("controller", "country"), rewritten),
        _("The controller moves to another country, so another authority is the lead one."),
        "Art. 56; own rule",
    ),
    _rule(
        "arrangement-rights",
        MATERIAL,
        both(changed("controller", "arrangement", "responsibility"), edit(Edit.GUARDED)),
        _("What joint controllers have agreed changed in words that matter to people’s rights."),
        f"Art. 26(2); {P29}",
    ),
    _rule("controller-details", MINOR, changed("controller"), _("Details of the controller changed.")),
    _rule("dpo-removed", MATERIAL, removed("dpo"), _("A way to reach somebody about personal data is gone.")),
    _rule(
        "representative-removed",
        MATERIAL,
        removed("representative"),
        _("A way to reach somebody about personal data is gone."),
        "Art. 27; own rule",
    ),
    _rule(
        "contact-person",
        MINOR,
        either(added("dpo", "representative"), changed("dpo"), changed("representative")),
        _("The contact person or their details changed."),
    ),
    _rule(
        "definition", MINOR, either(added("definition"), removed("definition")), _("A word is explained, or no longer.")
    ),
)

_WHY = (
    _rule(
        "purpose-added",
        MATERIAL,
        added("purpose"),
        _("Personal data are used for a new purpose. People must be told before it begins."),
        f"Art. 13(3), 14(4); {P29}",
    ),
    _rule("purpose-removed", BENEFIT, removed("purpose"), _("Personal data are no longer used for this.")),
    _rule(
        "purpose-renamed",
        MINOR,
        both(changed("purpose", "title"), either(same("description"), reworded)),
        _("The purpose has a new name; its description is the same."),
    ),
    _rule("purpose-title", MATERIAL, changed("purpose", "title"), _("The purpose is another one."), P29),
    _rule(
        "purpose-reworded",
        MINOR,
        both(changed("purpose", "description"), reworded),
        _("The purpose is described in slightly other words."),
    ),
    _rule(
        "purpose-description",
        MATERIAL,
        both(changed("purpose", "description"), unless(to(None, ""))),
        _("The description of the purpose changed so much that the purpose may be another."),
        P29,
    ),
    _rule(
        "data-subjects-added",
        MATERIAL,
        both(changed("purpose", "data_subjects"), more_items),
        _("Data about more people are used."),
    ),
    _rule(
        "data-subjects-removed",
        BENEFIT,
        both(changed("purpose", "data_subjects"), fewer_items),
        _("Data about fewer people are used."),
    ),
    _rule(
        "children-concerned",
        MATERIAL,
        stated("purpose", "concerns_children"),
        _("Children’s data are used, which calls for special care."),
        "Recital 38; WP260 rev.01, 14",
    ),
    _rule(
        "children-no-longer",
        BENEFIT,
        dropped("purpose", "concerns_children"),
        _("Children’s data are no longer used for this."),
    ),
    _rule(
        "direct-marketing",
        MATERIAL,
        stated("purpose", "direct_marketing"),
        _("The data are used for direct marketing, to which people may object."),
        "Art. 21(2)",
    ),
    _rule(
        "direct-marketing-ended",
        BENEFIT,
        dropped("purpose", "direct_marketing"),
        _("The data are no longer used for direct marketing."),
    ),
    _rule(
        "provision-required",
        MATERIAL,
        both(changed("purpose", "provision"), was(None, "", "voluntary"), unless(to("voluntary"))),
        _("People must now give the data."),
        "Art. 13(2)(e); own rule",
    ),
    _rule(
        "provision-voluntary",
        BENEFIT,
        both(changed("purpose", "provision"), to("voluntary")),
        _("People may choose whether to give the data."),
    ),
    _rule("provision", MINOR, changed("purpose", "provision"), _("Why people must give the data is stated otherwise.")),
    _rule(
        "consequence-stated",
        MINOR,
        stated("purpose", "consequence"),
        _("What happens without the data is now explained."),
    ),
    _rule(
        "consent-replaced",
        MATERIAL,
        consent_replaced,
        _("Consent is replaced by another legal basis. It may not be swapped silently for data already collected."),
        "EDPB Guidelines 05/2020; Art. 7(3)",
    ),
    _rule(
        "legal-basis",
        MATERIAL,
        either(added("legal_basis"), removed("legal_basis"), changed("legal_basis", "basis")),
        _("Which rights people have depends on the legal basis."),
        f"Art. 17(1), 20(1), 21(1); {P29}",
    ),
    _rule(
        "interest-stated",
        MINOR,
        stated("legal_basis", "interest", "applies_to", "statute"),
        _("The legal basis is explained further."),
    ),
    _rule(
        "interest-reworded",
        MINOR,
        both(changed("legal_basis", "interest", "applies_to"), reworded),
        _("The legal basis is explained in slightly other words."),
    ),
    _rule(
        "interest",
        MATERIAL,
        changed("legal_basis", "interest", "applies_to"),
        _("The interest that is weighed against people’s own, or what the basis applies to, is another."),
        "Art. 13(1)(d); own rule",
    ),
    _rule("statute", MINOR, changed("legal_basis", "statute"), _("The law that the processing rests on changed.")),
    _rule(
        "special-condition-gone",
        BENEFIT,
        both(removed("special_condition"), no_special_data_left),
        _("The purpose needs no special categories of personal data any more."),
    ),
    _rule(
        "special-condition-statute",
        MINOR,
        changed("special_condition", "statute"),
        _("The law that the processing rests on changed."),
    ),
    _rule(
        "special-condition",
        MATERIAL,
        either(added("special_condition"), removed("special_condition"), changed("special_condition")),
        _("What allows special categories of personal data to be used changed."),
        f"Art. 9(2); {P29}",
    ),
)

_WHAT = (
    _rule(
        "data-listed",
        MINOR,
        both(either(added("data_category"), removed("data_category")), unless(parent_is("purpose")), known_elsewhere),
        _("The list is brought into line with what the policy says elsewhere."),
    ),
    _rule(
        "sensitive-data-added",
        MATERIAL,
        both(added("data_category"), has("special", "criminal", "national_id")),
        _("Particularly protected personal data are collected."),
        f"Art. 9, 10, 87; {P30}",
    ),
    _rule("data-added", MATERIAL, added("data_category"), _("More personal data are collected or used."), P30),
    _rule("data-removed", BENEFIT, removed("data_category"), _("Fewer personal data are collected or used.")),
    _rule(
        "sensitive-data",
        MATERIAL,
        stated("data_category", "special", "criminal", "national_id"),
        _("The data are now of a particularly protected kind."),
        f"Art. 9, 10, 87; {P30}",
    ),
    _rule(
        "data-renamed",
        MINOR,
        both(changed("data_category", "name"), same("key")),
        _("The same entry of the register under another name. Check that it covers the same data."),
    ),
    _rule(
        "data-explained",
        MINOR,
        either(stated("data_category", "description"), dropped("data_category")),
        _("The category is described otherwise; it is the same data."),
    ),
    _rule(
        "data-narrowed",
        BENEFIT,
        both(changed("data_category", "name", "description"), fewer_items),
        _("Fewer kinds of data are named."),
    ),
    _rule(
        "data-widened",
        MATERIAL,
        changed("data_category", "name", "description"),
        _("Other or more kinds of data are named."),
        P30,
    ),
)

_WHO_RECEIVES = (
    _rule(
        "new-country",
        MATERIAL,
        both(
            either(added("recipient", "transfer"), changed("recipient", "country"), changed("transfer", "country")),
            new_third_country,
        ),
        _("Personal data go to a country outside the EU/EEA where they did not go before."),
        f"Art. 13(1)(f), 44; {P30}",
    ),
    _rule(
        "recipient-listed",
        MINOR,
        both(either(added("recipient"), removed("recipient")), unless(parent_is("purpose")), known_elsewhere),
        _("The list is brought into line with what the policy says elsewhere."),
    ),
    _rule(
        "recipient-named",
        MINOR,
        both(added("recipient"), same_group_and_country, unless(says("role", "controller", "joint_controller"))),
        _("A recipient of a category and in a country that the policy named already."),
    ),
    _rule("recipient-added", MATERIAL, added("recipient"), _("Somebody else receives personal data."), P30),
    _rule("recipient-removed", BENEFIT, removed("recipient"), _("Fewer receive personal data.")),
    _rule(
        "recipient-named-later",
        MINOR,
        either(
            stated("recipient", "name", "category", "purpose", "data"),
            both(dropped("recipient", "name", "category", "purpose", "data"), now_has("name", "category")),
            both(changed("recipient", "name"), same("key")),
        ),
        _("The recipient is described otherwise; it is the same one."),
    ),
    _rule(
        "recipient-replaced-in-group",
        MINOR,
        both(
            changed("recipient", "name"),
            same_group_and_country,
            unless(is_controller_now),
        ),
        _("Another recipient of the same category and in the same country."),
    ),
    _rule(
        "recipient-role-controller",
        MATERIAL,
        both(changed("recipient", "role"), to("controller", "joint_controller", "authority", "group")),
        _("The recipient may now decide itself what the data are used for."),
        "Art. 4(7), 28(10); own rule",
    ),
    _rule(
        "recipient-role-processor",
        BENEFIT,
        both(changed("recipient", "role"), to("processor"), rewritten),
        _("The recipient now handles the data on your behalf only."),
        "Art. 28; own rule",
    ),
    _rule("recipient-role", MINOR, changed("recipient", "role"), _("The recipient’s role is stated otherwise.")),
    _rule("recipient-condition", BENEFIT, stated("recipient", "condition"), _("The data are handed over more seldom.")),
    _rule(
        "recipient-condition-gone",
        MATERIAL,
        dropped("recipient", "condition"),
        _("A condition for handing over the data is gone."),
        P30,
    ),
    _rule(
        "recipient-country-eea",
        BENEFIT,
        both(
            changed("recipient", "country"),
            unless(was(None, "", *EEA)),
            to(*EEA),
        ),
        _("The data stay within the EU/EEA."),
    ),
    _rule("recipient-country", MINOR, changed("recipient", "country"), _("The recipient’s country changed.")),
    _rule(
        "recipient-gets-less",
        BENEFIT,
        both(changed("recipient", "data"), fewer_items),
        _("The recipient gets fewer data."),
    ),
    _rule(
        "recipient-reworded",
        MINOR,
        both(changed("recipient", "category", "data", "purpose", "condition"), reworded),
        _("The recipient is described in slightly other words."),
    ),
    _rule(
        "recipient-changed",
        MATERIAL,
        changed("recipient"),
        _("Somebody else receives personal data, or for something else."),
        P30,
    ),
    _rule(
        "place-outside",
        MATERIAL,
        both(changed("transfers", "place"), lambda change, _context: further_away(change.old, change.new)),
        _("Personal data are handled further away from the protection of the EU/EEA."),
        P30,
    ),
    _rule(
        "place-inside",
        BENEFIT,
        both(changed("transfers", "place"), lambda change, _context: further_away(change.new, change.old)),
        _("More of the data stay within the EU/EEA."),
    ),
    _rule("place", MINOR, changed("transfers", "place"), _("Where personal data are handled is now stated.")),
    _rule(
        "transfer-first",
        MATERIAL,
        both(added("transfer"), either(first_transfer, unless(has("country")))),
        _("Personal data are transferred out of the EU/EEA."),
        f"Art. 13(1)(f), 44; {P30}",
    ),
    _rule(
        "transfer-weaker",
        MATERIAL,
        both(added("transfer"), weaker_than_before),
        _("Personal data are transferred with a weaker safeguard than before."),
        f"Art. 44; {P30}",
    ),
    _rule("transfer-added", MINOR, added("transfer"), _("One more transfer to a country that was named already.")),
    _rule("transfer-ended", BENEFIT, removed("transfer"), _("A transfer has ended.")),
    _rule(
        "safeguard-weaker",
        MATERIAL,
        both(changed("transfer", "mechanism"), weaker_safeguard),
        _("The safeguard is weaker than before."),
        f"Art. 44 to 49; {P30}",
    ),
    _rule("safeguard", MINOR, changed("transfer", "mechanism"), _("Another safeguard, which is no weaker.")),
    _rule(
        "transfer-purpose",
        MATERIAL,
        both(
            changed("transfer", "purpose", "recipient"),
            replaced,
            unless(reworded),
        ),
        _("Somebody else receives the data, or for something else."),
        P30,
    ),
    _rule("transfer-details", MINOR, changed("transfer"), _("Details of the transfer changed.")),
)

_HOW_LONG = (
    _rule(
        "retention-instead-of-shorter",
        MATERIAL,
        both(added("retention"), replaces_shorter),
        _("The data are kept longer, or no longer for a fixed time."),
    ),
    _rule(
        "retention-instead-of-longer",
        BENEFIT,
        both(added("retention"), replaces_longer),
        _("The data are kept for a shorter time."),
    ),
    _rule("retention-stated", MINOR, added("retention"), _("How long the data are kept is now stated.")),
    _rule(
        "retention-replaced",
        MINOR,
        both(removed("retention"), has_successor),
        _("The storage period was replaced by another, which is weighed on its own."),
    ),
    _rule(
        "retention-unstated",
        MATERIAL,
        both(removed("retention"), has("duration")),
        _("The policy no longer says how long the data are kept."),
        "Art. 13(2)(a); own rule",
    ),
    _rule("retention-removed", MINOR, removed("retention"), _("A criterion for how long the data are kept is gone.")),
    _rule(
        "retention-same",
        EDITORIAL,
        both(changed("retention", "duration"), equally_long),
        _("The same time, written otherwise."),
        P29,
    ),
    _rule("retention-longer", MATERIAL, both(changed("retention", "duration"), longer), _("The data are kept longer.")),
    _rule(
        "retention-content-shorter",
        MINOR,
        both(changed("retention", "duration"), shorter, own_content),
        _("People lose content of their own sooner."),
    ),
    _rule(
        "retention-shorter",
        BENEFIT,
        both(changed("retention", "duration"), shorter),
        _("The data are kept for a shorter time."),
    ),
    _rule(
        "retention-fixed",
        BENEFIT,
        both(stated("retention", "duration"), had("criteria")),
        _("A fixed period instead of criteria."),
    ),
    _rule("retention-duration-stated", MINOR, stated("retention", "duration"), _("How long is now stated.")),
    _rule(
        "retention-open",
        MATERIAL,
        dropped("retention", "duration"),
        _("The fixed period is gone: the data may be kept longer."),
        "Art. 13(2)(a); own rule",
    ),
    _rule("retention-duration", MINOR, changed("retention", "duration"), _("About the same time, counted otherwise.")),
    _rule("at-most", BENEFIT, stated("retention", "at_most"), _("The period is now the longest, not the rule.")),
    _rule(
        "at-most-gone-shorter",
        BENEFIT,
        both(dropped("retention", "at_most"), period_shorter),
        _("The longest period became a shorter fixed one."),
    ),
    _rule(
        "at-most-gone",
        MATERIAL,
        dropped("retention", "at_most"),
        _("What was the longest period is now the rule, so data may be kept longer."),
    ),
    _rule(
        "criteria-instead",
        MATERIAL,
        both(stated("retention", "criteria"), had("duration")),
        _("Criteria are set beside or instead of the fixed period, so data may be kept longer."),
        "Art. 13(2)(a); own rule",
    ),
    _rule(
        "criteria-gone",
        MINOR,
        either(stated("retention", "criteria"), dropped("retention", "criteria")),
        _("The criteria are stated, or no longer."),
    ),
    _rule(
        "retention-start-stated",
        MINOR,
        either(stated("retention", "starts", "applies_to"), changed("retention", "reason")),
        _("The storage period is explained further."),
    ),
    _rule(
        "retention-reworded",
        MINOR,
        both(changed("retention", "criteria", "applies_to"), reworded),
        _("The storage period is described in slightly other words."),
    ),
    _rule(
        "retention-scope",
        MATERIAL,
        changed("retention", "starts", "applies_to", "criteria"),
        _("The period is counted from another day, or applies to other data, so data may be kept longer."),
    ),
)

_RIGHTS = (
    _rule(
        "right-added", BENEFIT, added("right", "choice", "complaint"), _("People are told of one more right or choice.")
    ),
    _rule(
        "right-removed",
        MATERIAL,
        removed("right", "choice", "complaint"),
        _("A right or a choice is no longer mentioned."),
        f"Art. 13(2)(b)–(d); {P29}",
    ),
    _rule("right-other", MATERIAL, changed("right", "right"), _("It is another right."), P29),
    _rule("limits-gone", BENEFIT, dropped("right", "limits"), _("A limit on the right is gone.")),
    _rule(
        "right-reworded",
        MINOR,
        both(either(changed("right", "limits", "how"), changed("rights", "how")), reworded),
        _("It is put in slightly other words; no route, time or condition changed."),
    ),
    _rule("limits", MATERIAL, changed("right", "limits"), _("The right is narrowed or limited otherwise."), P29),
    _rule(
        "right-explained",
        EDITORIAL,
        both(stated("right", "explanation"), unless(edit(Edit.GUARDED))),
        _("The right is explained better; it is the same right."),
        P29,
    ),
    _rule("right-explanation-stated", MINOR, stated("right", "explanation"), _("The right is explained.")),
    _rule("right-title", MINOR, changed("right", "title"), _("The right has a new name.")),
    _rule(
        "route-added",
        BENEFIT,
        either(stated("right", "how", "email", "url"), stated("rights", "how")),
        _("People are told how to exercise their rights."),
    ),
    _rule(
        "route",
        MATERIAL,
        either(changed("right", "how", "email", "url"), changed("rights", "how")),
        _("How rights are exercised changed. Lower it if it is a mere change of address."),
        P29,
    ),
    _rule(
        "answer-slower",
        MATERIAL,
        both(changed("rights", "response_time", "extended_time"), either(longer, to(None, ""))),
        _("People wait longer for an answer."),
        f"Art. 12(3); {P29}",
    ),
    _rule(
        "answer-faster",
        BENEFIT,
        both(changed("rights", "response_time", "extended_time"), either(shorter, was(None, ""))),
        _("People get an answer sooner, or are told when."),
    ),
    _rule(
        "answer-same",
        EDITORIAL,
        both(changed("rights", "response_time", "extended_time"), equally_long),
        _("The same time, written otherwise."),
        P29,
    ),
    _rule(
        "answer-time",
        MINOR,
        changed("rights", "response_time", "extended_time"),
        _("About the same time, counted otherwise."),
    ),
    _rule("free", BENEFIT, stated("rights", "free"), _("Exercising rights is free of charge.")),
    _rule("free-gone", MATERIAL, dropped("rights", "free"), _("Exercising rights may cost something."), P29),
    _rule(
        "hurdle-gone",
        BENEFIT,
        dropped("rights", "cost", "identification_required", "identification"),
        _("It is easier to exercise rights."),
    ),
    _rule(
        "hurdle",
        MATERIAL,
        either(
            stated("rights", "cost", "identification_required", "identification"),
            both(changed("rights", "cost", "identification"), unless(reworded)),
        ),
        _("It costs or takes more to exercise rights."),
        f"Art. 12(2), 12(5)–(6); {P29}",
    ),
    _rule(
        "hurdle-reworded", MINOR, changed("rights", "cost", "identification"), _("The terms are put in other words.")
    ),
    _rule(
        "authority-moved",
        MATERIAL,
        both(changed("complaint", "authority"), rewritten, controller_moved),
        _("Another authority is in charge, since the controller moved."),
        "Art. 56; own rule",
    ),
    _rule("authority", MINOR, changed("complaint", "authority"), _("Another supervisory authority is named.")),
    _rule("choice-other", MATERIAL, changed("choice", "choice"), _("It is another choice.")),
    _rule("choice-address", MINOR, changed("choice", "url", "title"), _("The choice is found elsewhere or renamed.")),
    _rule("commitment-kept", MINOR, both(removed("commitment"), promised_still), _("The promise is made elsewhere.")),
    _rule("commitment-added", BENEFIT, added("commitment"), _("People are promised more.")),
    _rule(
        "commitment-removed",
        MATERIAL,
        removed("commitment"),
        _("A promise that people rely on is gone."),
    ),
    _rule(
        "commitment-stated",
        MINOR,
        stated("commitment", "statement"),
        _("The promise is put in your own words."),
    ),
    _rule(
        "commitment-reworded",
        MINOR,
        both(changed("commitment", "statement"), reworded),
        _("The promise is put in slightly other words."),
    ),
    _rule("commitment", MATERIAL, changed("commitment"), _("A promise that people rely on changed or is weaker.")),
)

_OTHER = (
    _rule(
        "source-added",
        MATERIAL,
        added("source"),
        _("Personal data come from somewhere new."),
        "Art. 14(2)(f); own rule",
    ),
    _rule("source-removed", BENEFIT, removed("source"), _("Personal data no longer come from there.")),
    _rule(
        "source-details",
        MINOR,
        either(
            changed("source", "publicly_accessible"),
            stated("source"),
            dropped("source"),
            both(changed("source"), reworded),
        ),
        _("The source is described otherwise."),
    ),
    _rule("source-narrowed", BENEFIT, both(changed("source", "data"), fewer_items), _("Fewer data come from there.")),
    _rule(
        "source", MATERIAL, changed("source"), _("Other data, or data from somewhere else."), "Art. 14(2)(f); own rule"
    ),
    _rule(
        "no-automated-decisions",
        BENEFIT,
        either(
            both(added("automated_decisions"), says("in_use", "no")),
            both(changed("automated_decisions", "in_use"), to("no")),
        ),
        _("The policy says that no automated decisions are made."),
    ),
    _rule(
        "automated-decisions-ended",
        BENEFIT,
        both(removed("automated_decisions"), says("in_use", "yes")),
        _("Automated decisions are no longer made."),
    ),
    _rule(
        "automated-decisions-explained",
        MINOR,
        both(stated("automated_decisions", "logic", "consequences", "ground")),
        _("Automated decisions are explained further."),
    ),
    _rule(
        "automated-decisions-reworded",
        MINOR,
        both(changed("automated_decisions", "logic", "consequences"), reworded),
        _("Automated decisions are explained in slightly other words."),
    ),
    _rule(
        "automated-decisions",
        MATERIAL,
        either(added("automated_decisions"), removed("automated_decisions"), changed("automated_decisions")),
        _("Automated decisions, their logic or their consequences changed."),
        "Art. 13(2)(f), 22; own rule",
    ),
    _rule(
        "cookie-new-party",
        MATERIAL,
        both(
            added("cookie"),
            unless(says("need", "necessary")),
            either(new_need, both(says("party", "third"), new_party)),
        ),
        _("Cookies for something new, or set by somebody new. Ask for consent again."),
        f"ePrivacy Directive Art. 5(3); {P30}",
    ),
    _rule("cookie-added", MINOR, added("cookie"), _("One more cookie. If it is not necessary, ask for consent again.")),
    _rule("cookie-removed", BENEFIT, removed("cookie"), _("One cookie less.")),
    _rule(
        "cookie-need",
        MATERIAL,
        both(changed("cookie", "need"), rewritten, either(to("necessary"), new_need)),
        _("The cookie is used for something else, or without asking."),
        "ePrivacy Directive Art. 5(3)",
    ),
    _rule(
        "cookie-party",
        MATERIAL,
        either(
            both(changed("cookie", "party"), to("third"), was("first")),
            both(changed("cookie", "provider"), rewritten, new_party),
        ),
        _("Somebody else sets the cookie and learns of the visit."),
        P30,
    ),
    _rule(
        "cookie-purpose",
        MATERIAL,
        both(changed("cookie", "purpose"), replaced, unless(reworded)),
        _("The cookie is used for something else."),
        P30,
    ),
    _rule(
        "cookie", MINOR, changed("cookie"), _("Details of a cookie changed. If it stays longer, ask for consent again.")
    ),
    _rule(
        "security",
        MINOR,
        either(added("security"), removed("security"), changed("security")),
        _("How the data are protected is described otherwise."),
    ),
    _rule(
        "children-reworded",
        MINOR,
        both(changed("children", "description"), reworded),
        _("The terms for children are put in slightly other words."),
    ),
    _rule(
        "children",
        MATERIAL,
        either(added("children"), removed("children"), changed("children")),
        _("Age limits or terms for children changed."),
        "Art. 8; own rule",
    ),
    _rule(
        "notice-longer",
        BENEFIT,
        either(
            both(changed("change_notice", "notice_period"), more),
            added("change_notice"),
            stated("change_notice", "tells_users"),
        ),
        _("People are told of changes earlier or better."),
    ),
    _rule(
        "notice-shorter",
        MATERIAL,
        either(removed("change_notice"), changed("change_notice", "notice_period", "tells_users")),
        _("People are told of changes later, or not any more."),
        "WP260 rev.01, 29 to 31",
    ),
    _rule("service-title", MINOR, changed("service", "title"), _("The service has a new name.")),
    Rule("contents", OWN, _("It matters as much as what it contains."), contents),
)

_FREE_TEXT = (
    _rule(
        "text-repeats",
        MINOR,
        both(added("text", "other"), has("body", "text"), repeats),
        _("The text repeats what the policy says elsewhere."),
    ),
    _rule(
        "text-promises",
        BENEFIT,
        both(added("text", "other"), has("body", "text"), only_promises),
        _("The text tells people of rights or promises them something."),
    ),
    _rule(
        "text-added",
        MATERIAL,
        both(added("text", "other"), has("body", "text")),
        _("A new text that no rule has read: a person must judge it."),
    ),
    _rule(
        "heading-alone",
        EDITORIAL,
        both(either(added("text"), removed("text")), unless(has("body"))),
        _("Only a heading came or went."),
        P29,
    ),
    _rule(
        "text-removed-meaning",
        MATERIAL,
        both(removed("text", "other"), has("body", "text"), lost_meaning),
        _("The text named a right, a contact, a promise, a period, a recipient or a country."),
        P29,
    ),
    _rule("text-removed", MINOR, both(removed("text", "other"), has("body", "text")), _("A text is gone.")),
    _rule(
        "other-words",
        EDITORIAL,
        both(changed("other", "value"), unless(same("text")), now_has("text")),
        _("The words of this block changed; they are weighed on their own."),
    ),
    _rule(
        "other",
        MATERIAL,
        changed("other", "value", "block"),
        _("A block that no rule can read changed: a person must judge it."),
    ),
    _rule(
        "text-guarded",
        MATERIAL,
        both(is_text, edit(Edit.GUARDED), unless(was(None, ""))),
        _("The edit touches numbers, dates, money, countries, addresses, negations, “may” or “must”, or legal terms."),
        P29,
    ),
    _rule(
        "text-said-elsewhere",
        MINOR,
        both(is_text, edit(Edit.NOTHING, Edit.TYPOGRAPHY, Edit.SPELLING)),
        _("The policy says the same in another place."),
    ),
    _rule("text-links", MINOR, both(is_text, edit(Edit.LINKS)), _("The same words lead to another address.")),
    _rule("text-words", MINOR, both(is_text, edit(Edit.WORDS)), _("The words changed. Check that they mean the same.")),
    _rule(
        "text-shorter",
        BENEFIT,
        both(is_text, edit(Edit.SHORTER)),
        _("Data are kept for a shorter time, or people wait less, and nothing else changed."),
    ),
    _rule("text-right", BENEFIT, both(is_text, edit(Edit.RIGHT)), _("The text tells people what they can do.")),
    _rule("text-promise", BENEFIT, both(is_text, edit(Edit.PROMISE)), _("The text promises people something.")),
    _rule("text-stated", MINOR, both(is_text, was(None, "", [])), _("More is explained. Check what it says.")),
    _rule(
        "address",
        MINOR,
        field_is("url"),
        _("An address on the web changed."),
    ),
)

_LAST = Rule(
    UNKNOWN,
    OWN,
    _("No rule knows this kind of change, so it is taken as material until a person has judged it."),
    lambda change, context: MATERIAL,
)

#: Every rule, in the order in which they are asked. A site puts its own before them or in their place.
RULES: tuple[Rule, ...] = (
    *_MEANINGLESS,
    *_WHO,
    *_WHY,
    *_WHAT,
    *_WHO_RECEIVES,
    *_HOW_LONG,
    *_RIGHTS,
    *_OTHER,
    *_FREE_TEXT,
    _LAST,
)
