"""Sources, automated decisions, cookies, security, children, notice of changes, services."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail_privacy.changes.conditions import (
    added,
    both,
    changed,
    contents,
    dropped,
    either,
    fewer_items,
    more,
    new_need,
    new_party,
    removed,
    replaced,
    rewritten,
    says,
    stated,
    to,
    unless,
    was,
)
from wagtail_privacy.changes.rule import Rule
from wagtail_privacy.changes.rules._making import BENEFIT, MATERIAL, MINOR, OWN, P29, P30, rule

RULES: tuple[Rule, ...] = (
    rule(
        "source-added",
        MATERIAL,
        added("source"),
        _("Personal data come from somewhere new."),
        "Art. 14(2)(f); own rule",
    ),
    rule("source-removed", BENEFIT, removed("source"), _("Personal data no longer come from there.")),
    rule(
        "source-details",
        MINOR,
        either(
            changed("source", "publicly_accessible"),
            stated("source"),
            dropped("source"),
        ),
        _("The source is described otherwise."),
    ),
    rule("source-narrowed", BENEFIT, both(changed("source", "data"), fewer_items), _("Fewer data come from there.")),
    rule(
        "source", MATERIAL, changed("source"), _("Other data, or data from somewhere else."), "Art. 14(2)(f); own rule"
    ),
    rule(
        "no-automated-decisions",
        BENEFIT,
        either(
            both(added("automated_decisions"), says("in_use", "no")),
            both(changed("automated_decisions", "in_use"), to("no")),
        ),
        _("The policy says that no automated decisions are made."),
    ),
    rule(
        "automated-decisions-ended",
        BENEFIT,
        both(removed("automated_decisions"), says("in_use", "yes")),
        _("Automated decisions are no longer made."),
    ),
    rule(
        "automated-decisions-explained",
        MINOR,
        both(stated("automated_decisions", "logic", "consequences", "ground")),
        _("Automated decisions are explained further."),
    ),
    rule(
        "automated-decisions",
        MATERIAL,
        either(added("automated_decisions"), removed("automated_decisions"), changed("automated_decisions")),
        _("Automated decisions, their logic or their consequences changed."),
        "Art. 13(2)(f), 22; own rule",
    ),
    rule(
        "no-ai-training",
        BENEFIT,
        both(changed("ai_use", "training"), to("no")),
        _("The policy says that models are not trained on the data."),
    ),
    rule(
        "ai-training",
        MATERIAL,
        changed("ai_use", "training"),
        _("Models are trained on people’s data, or it is no longer said that they are not."),
        f"Art. 13(3); {P29}",
    ),
    rule(
        "ai-provider",
        MATERIAL,
        both(changed("ai_use", "provider"), rewritten),
        _("Somebody else runs the AI and receives the data."),
        P30,
    ),
    rule(
        "ai-explained",
        MINOR,
        stated("ai_use", "provider"),
        _("It is explained further how AI is used."),
    ),
    rule(
        "ai-use",
        MATERIAL,
        either(added("ai_use"), both(removed("ai_use"), says("training", "no"))),
        _("AI is used on people’s data, or a promise about it is gone."),
        f"Art. 13(3); {P29}",
    ),
    rule("ai-use-ended", BENEFIT, removed("ai_use"), _("AI is no longer used on people’s data.")),
    rule(
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
    rule("cookie-added", MINOR, added("cookie"), _("One more cookie. If it is not necessary, ask for consent again.")),
    rule("cookie-removed", BENEFIT, removed("cookie"), _("One cookie less.")),
    rule(
        "cookie-need",
        MATERIAL,
        both(changed("cookie", "need"), rewritten, either(to("necessary"), new_need)),
        _("The cookie is used for something else, or without asking."),
        "ePrivacy Directive Art. 5(3)",
    ),
    rule(
        "cookie-party",
        MATERIAL,
        either(
            both(changed("cookie", "party"), to("third"), was("first")),
            both(changed("cookie", "provider"), rewritten, new_party),
        ),
        _("Somebody else sets the cookie and learns of the visit."),
        P30,
    ),
    rule(
        "cookie-purpose",
        MATERIAL,
        both(changed("cookie", "purpose"), replaced),
        _("The cookie is used for something else."),
        P30,
    ),
    rule(
        "cookie", MINOR, changed("cookie"), _("Details of a cookie changed. If it stays longer, ask for consent again.")
    ),
    rule(
        "security",
        MINOR,
        either(added("security"), removed("security"), changed("security")),
        _("How the data are protected is described otherwise."),
    ),
    rule(
        "children",
        MATERIAL,
        either(added("children"), removed("children"), changed("children")),
        _("Age limits or terms for children changed."),
        "Art. 8; own rule",
    ),
    rule(
        "notice-longer",
        BENEFIT,
        either(
            both(changed("change_notice", "notice_period"), more),
            added("change_notice"),
            stated("change_notice", "tells_users"),
        ),
        _("People are told of changes earlier or better."),
    ),
    rule(
        "notice-shorter",
        MATERIAL,
        either(removed("change_notice"), changed("change_notice", "notice_period", "tells_users")),
        _("People are told of changes later, or not any more."),
        "WP260 rev.01, 29 to 31",
    ),
    rule("service-title", MINOR, changed("service", "title"), _("The service has a new name.")),
    Rule("contents", OWN, _("It matters as much as what it contains."), contents),
)
