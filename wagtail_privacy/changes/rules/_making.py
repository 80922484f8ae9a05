"""What the families share: a short way to write a rule, the classes, and the sources cited most."""

from __future__ import annotations

from wagtail_privacy.changes.change import Materiality
from wagtail_privacy.changes.conditions import Test
from wagtail_privacy.changes.rule import Rule
from wagtail_privacy.policy.vocabulary import Label

MATERIAL = Materiality.MATERIAL
MINOR = Materiality.MINOR
BENEFIT = Materiality.BENEFIT
EDITORIAL = Materiality.EDITORIAL

OWN = "own rule"
P29 = "WP260 rev.01, 29"
P30 = "WP260 rev.01, 30"


def rule(id: str, verdict: Materiality, test: Test, reason: Label, source: str = OWN) -> Rule:
    """A rule that gives the changes that pass ``test`` the class ``verdict``."""
    return Rule(id, source, reason, lambda change, context: verdict if test(change, context) else None)
