"""How long data are kept."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail_privacy.changes.conditions import (
    added,
    both,
    changed,
    dropped,
    either,
    equally_long,
    had,
    has,
    has_successor,
    longer,
    own_content,
    period_shorter,
    removed,
    replaces_longer,
    replaces_shorter,
    shorter,
    stated,
)
from wagtail_privacy.changes.rule import Rule
from wagtail_privacy.changes.rules._making import BENEFIT, EDITORIAL, MATERIAL, MINOR, P29, rule

RULES: tuple[Rule, ...] = (
    rule(
        "retention-instead-of-shorter",
        MATERIAL,
        both(added("retention"), replaces_shorter),
        _("The data are kept longer, or no longer for a fixed time."),
    ),
    rule(
        "retention-instead-of-longer",
        BENEFIT,
        both(added("retention"), replaces_longer),
        _("The data are kept for a shorter time."),
    ),
    rule("retention-stated", MINOR, added("retention"), _("How long the data are kept is now stated.")),
    rule(
        "retention-replaced",
        MINOR,
        both(removed("retention"), has_successor),
        _("The storage period was replaced by another, which is weighed on its own."),
    ),
    rule(
        "retention-unstated",
        MATERIAL,
        both(removed("retention"), has("duration")),
        _("The policy no longer says how long the data are kept."),
        "Art. 13(2)(a); own rule",
    ),
    rule("retention-removed", MINOR, removed("retention"), _("A criterion for how long the data are kept is gone.")),
    rule(
        "retention-same",
        EDITORIAL,
        both(changed("retention", "duration"), equally_long),
        _("The same time, written otherwise."),
        P29,
    ),
    rule("retention-longer", MATERIAL, both(changed("retention", "duration"), longer), _("The data are kept longer.")),
    rule(
        "retention-content-shorter",
        MINOR,
        both(changed("retention", "duration"), shorter, own_content),
        _("People lose content of their own sooner."),
    ),
    rule(
        "retention-shorter",
        BENEFIT,
        both(changed("retention", "duration"), shorter),
        _("The data are kept for a shorter time."),
    ),
    rule(
        "retention-fixed",
        BENEFIT,
        both(stated("retention", "duration"), had("criteria")),
        _("A fixed period instead of criteria."),
    ),
    rule("retention-duration-stated", MINOR, stated("retention", "duration"), _("How long is now stated.")),
    rule(
        "retention-open",
        MATERIAL,
        dropped("retention", "duration"),
        _("The fixed period is gone: the data may be kept longer."),
        "Art. 13(2)(a); own rule",
    ),
    rule("retention-duration", MINOR, changed("retention", "duration"), _("About the same time, counted otherwise.")),
    rule("at-most", BENEFIT, stated("retention", "at_most"), _("The period is now the longest, not the rule.")),
    rule(
        "at-most-gone-shorter",
        BENEFIT,
        both(dropped("retention", "at_most"), period_shorter),
        _("The longest period became a shorter fixed one."),
    ),
    rule(
        "at-most-gone",
        MATERIAL,
        dropped("retention", "at_most"),
        _("What was the longest period is now the rule, so data may be kept longer."),
    ),
    rule(
        "criteria-instead",
        MATERIAL,
        both(stated("retention", "criteria"), had("duration")),
        _("Criteria are set beside or instead of the fixed period, so data may be kept longer."),
        "Art. 13(2)(a); own rule",
    ),
    rule(
        "criteria-gone",
        MINOR,
        either(stated("retention", "criteria"), dropped("retention", "criteria")),
        _("The criteria are stated, or no longer."),
    ),
    rule(
        "retention-start-stated",
        MINOR,
        either(stated("retention", "starts", "applies_to"), changed("retention", "reason")),
        _("The storage period is explained further."),
    ),
    rule(
        "retention-scope",
        MATERIAL,
        changed("retention", "starts", "applies_to", "criteria"),
        _("The period is counted from another day, or applies to other data, so data may be kept longer."),
    ),
)
