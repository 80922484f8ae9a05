"""Text that a person wrote, weighed by what it states (:mod:`wagtail_privacy.changes.prose_rules`)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail_privacy.changes.change import Change, Materiality
from wagtail_privacy.changes.conditions import decided_by_prose
from wagtail_privacy.changes.rule import Context, Rule
from wagtail_privacy.changes.rules._making import OWN, P29, P30
from wagtail_privacy.policy.vocabulary import Label


def _rule(id: str, reason: Label, source: str = OWN) -> Rule:
    def applies(change: Change, context: Context) -> Materiality | None:
        verdict = context.verdict(change)
        decides = verdict is not None and verdict.rule == id and decided_by_prose(change, context)
        return verdict.materiality if verdict and decides else None

    return Rule(id, source, reason, applies)


RULES: tuple[Rule, ...] = (
    _rule("prose-same", _("The text states the same: only style, order or spelling changed."), P29),
    _rule("prose-paper", _("Only the policy’s own date, version or number changed."), P29),
    _rule("prose-no-practice", _("The sentence says nothing about what is done with personal data.")),
    _rule("prose-history", _("It tells of the past and changes nothing that applies.")),
    _rule("prose-explained", _("More or less is explained; what is done with personal data stays the same.")),
    _rule("prose-link", _("The same words lead to another address.")),
    _rule("prose-contact-details", _("A phone number, an address or opening hours changed.")),
    _rule("prose-contact", _("An e-mail address changed, which may be the way to exercise rights."), P29),
    _rule("prose-name", _("Another name stands in the same role.")),
    _rule("prose-place", _("Another place, in a country that gives the same protection, or fewer places.")),
    _rule("prose-controller", _("Somebody else is responsible for the data."), P29),
    _rule("prose-recipient", _("Somebody else receives or sees personal data."), P30),
    _rule("prose-country", _("Personal data go to, or are kept in, a country that was not named before."), P30),
    _rule("prose-data", _("Other or more personal data are collected or used."), P30),
    _rule("prose-purpose", _("Personal data are used for something more."), f"Art. 13(3); {P29}"),
    _rule("prose-ai", _("Personal data are used to train models."), f"Art. 13(3); {P29}"),
    _rule("prose-automated", _("A machine decides or acts where a person did."), "Art. 13(2)(f), 22; own rule"),
    _rule("prose-human", _("A person decides where a machine did."), "Art. 22(3); own rule"),
    _rule("prose-processing", _("The text says of more that is done with personal data."), P29),
    _rule("prose-more", _("More is named here than before."), P30),
    _rule("prose-fewer", _("Fewer data, recipients or uses are named.")),
    _rule("prose-longer", _("A period is longer."), "Art. 13(2)(a); own rule"),
    _rule("prose-shorter", _("Data are kept for a shorter time, or people wait less.")),
    _rule("prose-period", _("A period changed.")),
    _rule("prose-period-gone", _("A period is no longer stated."), "Art. 13(2)(a); own rule"),
    _rule("prose-period-stated", _("A period is now stated.")),
    _rule("prose-bound", _("The longest period became the shortest, or the other way round.")),
    _rule("prose-counted-otherwise", _("The period is counted from another day, or applies to other data.")),
    _rule("prose-age", _("An age limit changed."), "Art. 8; own rule"),
    _rule("prose-number", _("A number changed.")),
    _rule("prose-cost", _("What it costs changed."), "Art. 12(5); own rule"),
    _rule("prose-cost-gone", _("It no longer costs anything.")),
    _rule(
        "prose-ground", _("The legal basis changed, and with it people’s rights."), f"Art. 17(1), 20(1), 21(1); {P29}"
    ),
    _rule("prose-negation", _("What was denied is said, or what was said is denied."), P29),
    _rule("prose-only", _("“Only” is gone."), P29),
    _rule("prose-exception", _("An exception was added."), P29),
    _rule("prose-condition", _("A condition came, went or is another."), P29),
    _rule("prose-concession", _("It now applies in spite of something."), P29),
    _rule("prose-as-a-rule", _("What was always so is now the rule, with exceptions."), P29),
    _rule("prose-may", _("“May” came or went.")),
    _rule("prose-must", _("Something is now required."), "Art. 13(2)(e); own rule"),
    _rule("prose-voluntary", _("Something is now left to people themselves.")),
    _rule("prose-burden", _("It costs or takes more than before."), f"Art. 12(2), 12(5)–(6); {P29}"),
    _rule("prose-protection", _("A protection is no longer stated.")),
    _rule("prose-promise", _("The text promises people something.")),
    _rule("prose-promise-cut", _("A promise covers less than before."), P29),
    _rule("prose-promise-gone", _("A promise that people rely on is gone."), P29),
    _rule("prose-right", _("The text tells people what they can do.")),
    _rule("prose-right-narrowed", _("A right is narrower than before."), P29),
    _rule("prose-right-gone", _("A right is no longer mentioned."), P29),
    _rule("prose-rewritten", _("So much was rewritten that a person must compare it.")),
    _rule("prose-language", _("Texts in this language can’t be read by the program: a person must compare them.")),
    _rule("prose-unclear", _("The program can’t tell what the new words mean: a person must judge them.")),
)
