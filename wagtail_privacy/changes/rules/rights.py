"""Rights, choices, complaints and commitments."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail_privacy.changes.conditions import (
    added,
    both,
    changed,
    controller_moved,
    dropped,
    either,
    equally_long,
    longer,
    promised_still,
    removed,
    replaced,
    rewritten,
    shorter,
    stated,
    to,
    was,
)
from wagtail_privacy.changes.rule import Rule
from wagtail_privacy.changes.rules._making import BENEFIT, EDITORIAL, MATERIAL, MINOR, P29, rule

RULES: tuple[Rule, ...] = (
    rule(
        "right-added", BENEFIT, added("right", "choice", "complaint"), _("People are told of one more right or choice.")
    ),
    rule(
        "right-removed",
        MATERIAL,
        removed("right", "choice", "complaint"),
        _("A right or a choice is no longer mentioned."),
        f"Art. 13(2)(b)–(d); {P29}",
    ),
    rule("right-other", MATERIAL, changed("right", "right"), _("It is another right."), P29),
    rule("limits-gone", BENEFIT, dropped("right", "limits", "frequency"), _("A limit on the right is gone.")),
    rule(
        "more-often",
        BENEFIT,
        both(changed("right", "frequency"), replaced, shorter),
        _("The right can be used more often."),
    ),
    rule(
        "same-frequency",
        EDITORIAL,
        both(changed("right", "frequency"), equally_long),
        _("The same time, written otherwise."),
        P29,
    ),
    rule(
        "limits",
        MATERIAL,
        changed("right", "limits", "frequency"),
        _("The right is narrowed or limited otherwise."),
        P29,
    ),
    rule("right-title", MINOR, changed("right", "title"), _("The right has a new name.")),
    rule(
        "route-added",
        BENEFIT,
        either(stated("right", "how", "email", "url"), stated("rights", "how")),
        _("People are told how to exercise their rights."),
    ),
    rule(
        "route",
        MATERIAL,
        either(changed("right", "how", "email", "url"), changed("rights", "how")),
        _("How rights are exercised changed. Lower it if it is a mere change of address."),
        P29,
    ),
    rule(
        "answer-slower",
        MATERIAL,
        both(changed("rights", "response_time", "extended_time"), either(longer, to(None, ""))),
        _("People wait longer for an answer."),
        f"Art. 12(3); {P29}",
    ),
    rule(
        "answer-faster",
        BENEFIT,
        both(changed("rights", "response_time", "extended_time"), either(shorter, was(None, ""))),
        _("People get an answer sooner, or are told when."),
    ),
    rule(
        "answer-same",
        EDITORIAL,
        both(changed("rights", "response_time", "extended_time"), equally_long),
        _("The same time, written otherwise."),
        P29,
    ),
    rule(
        "answer-time",
        MINOR,
        changed("rights", "response_time", "extended_time"),
        _("About the same time, counted otherwise."),
    ),
    rule("free", BENEFIT, stated("rights", "free"), _("Exercising rights is free of charge.")),
    rule("free-gone", MATERIAL, dropped("rights", "free"), _("Exercising rights may cost something."), P29),
    rule(
        "hurdle-gone",
        BENEFIT,
        dropped("rights", "cost", "identification_required", "identification"),
        _("It is easier to exercise rights."),
    ),
    rule(
        "hurdle",
        MATERIAL,
        either(
            stated("rights", "cost", "identification_required", "identification"),
            changed("rights", "cost", "identification"),
        ),
        _("It costs or takes more to exercise rights."),
        f"Art. 12(2), 12(5)–(6); {P29}",
    ),
    rule(
        "authority-moved",
        MATERIAL,
        both(changed("complaint", "authority"), rewritten, controller_moved),
        _("Another authority is in charge, since the controller moved."),
        "Art. 56; own rule",
    ),
    rule("authority", MINOR, changed("complaint", "authority"), _("Another supervisory authority is named.")),
    rule("choice-other", MATERIAL, changed("choice", "choice"), _("It is another choice.")),
    rule("choice-address", MINOR, changed("choice", "url", "title"), _("The choice is found elsewhere or renamed.")),
    rule("commitment-kept", MINOR, both(removed("commitment"), promised_still), _("The promise is made elsewhere.")),
    rule("commitment-added", BENEFIT, added("commitment"), _("People are promised more.")),
    rule(
        "commitment-removed",
        MATERIAL,
        removed("commitment"),
        _("A promise that people rely on is gone."),
    ),
    rule(
        "commitment-stated",
        MINOR,
        stated("commitment", "statement"),
        _("The promise is put in your own words."),
    ),
    rule("commitment", MATERIAL, changed("commitment"), _("A promise that people rely on changed or is weaker.")),
)
