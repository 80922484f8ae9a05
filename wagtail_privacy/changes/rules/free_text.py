"""Text that a person wrote, where no rule about facts answered."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail_privacy.changes.conditions import (
    added,
    both,
    changed,
    either,
    field_is,
    has,
    now_has,
    removed,
    same,
    states,
    unless,
)
from wagtail_privacy.changes.rule import Rule
from wagtail_privacy.changes.rules._making import EDITORIAL, MATERIAL, MINOR, OWN, P29, rule

RULES: tuple[Rule, ...] = (
    rule(
        "heading-alone",
        EDITORIAL,
        both(either(added("text"), removed("text")), unless(has("body"))),
        _("Only a heading came or went."),
        P29,
    ),
    rule(
        "other-words",
        EDITORIAL,
        both(changed("other", "value"), unless(same("text")), now_has("text")),
        _("The words of this block changed; they are weighed on their own."),
    ),
    rule(
        "other",
        MATERIAL,
        changed("other", "value", "block"),
        _("A block that no rule can read changed: a person must judge it."),
    ),
    Rule("prose-stated", OWN, _("A text stands where none stood; it is weighed by what it says."), states),
    rule(
        "address",
        MINOR,
        field_is("url"),
        _("An address on the web changed."),
    ),
)
