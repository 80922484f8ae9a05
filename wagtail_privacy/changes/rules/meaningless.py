"""What carries no meaning: WP260 rev.01, 29, last part."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail_privacy.changes.conditions import (
    added,
    both,
    changed,
    either,
    field_is,
    heading_states,
    moved_in,
    removed,
    replaced,
    same_letters,
)
from wagtail_privacy.changes.rule import Rule
from wagtail_privacy.changes.rules._making import EDITORIAL, P29, rule

RULES: tuple[Rule, ...] = (
    rule(
        "order",
        EDITORIAL,
        lambda change, _context: change.kind == "moved" and not change.old_path,
        _("Only the order changed."),
        P29,
    ),
    Rule("moved-in", P29, _("It stands in another part of the policy now."), moved_in),
    Rule(
        "prose-heading",
        P29,
        _("A heading or a title names another period, country or company, or denies."),
        heading_states,
    ),
    rule("title", EDITORIAL, lambda change, _context: not change.path, _("Only the title of the policy changed."), P29),
    rule(
        "history",
        EDITORIAL,
        lambda change, _context: any(step.kind in ("earlier_history", "history_entry") for step in change.path),
        _("It tells of the past and changes nothing that applies."),
    ),
    rule(
        "typography",
        EDITORIAL,
        both(field_is("name", "address", "phone", "line"), replaced, same_letters),
        _("Only punctuation, capitals or spaces changed."),
        P29,
    ),
    rule(
        "own-date",
        EDITORIAL,
        field_is("date"),
        _("Only the policy’s own date, version or number changed."),
        P29,
    ),
    rule(
        "decision",
        EDITORIAL,
        either(added("decision"), removed("decision"), changed("decision")),
        _("The policy says otherwise when, by whom or under which number it was decided, and nothing else."),
    ),
    rule("heading", EDITORIAL, lambda change, _context: change.field == "heading", _("Only a heading changed."), P29),
    rule(
        "register-key",
        EDITORIAL,
        field_is("key"),
        _("Only the link to the register changed, nothing that the policy says."),
    ),
)
