"""More things named than before."""

from __future__ import annotations

from wagtail_privacy.changes.difference import StatementDifference
from wagtail_privacy.changes.prose_rules.addresses import is_address
from wagtail_privacy.changes.prose_rules.explanations import are_examples
from wagtail_privacy.changes.prose_rules.lists import list_grew, purposes_grew
from wagtail_privacy.changes.prose_rules.promises import are_denied
from wagtail_privacy.changes.prose_rules.subject import BENEFIT, MATERIAL, MINOR, Subject, verdict_of
from wagtail_privacy.changes.verdict import Verdict
from wagtail_privacy.prose.statement import PROCESSING, WELCOME, Unit

#: "For as long as you are our customer": a period without a number.
AS_CUSTOMER = ("mode", "as_customer")
#: To whom people turn with a right: a copy for any other is a recipient's.
_OF_RIGHTS = frozenset(
    {"supervisory_authority", "authority", "court", "controller", "dpo", "staff", "representative", "members", "users"}
)
#: Acts that say little by themselves.
_MILD = frozenset({("act", "use"), ("act", "administer"), ("act", "verify"), ("act", "improve"), ("act", "change")})


def more(gained: list[Unit], difference: StatementDifference, subject: Subject) -> Verdict:
    """What it means that a statement names more things."""
    new = difference.new
    if all(u.key == AS_CUSTOMER for u in gained) and not difference.old.values("period"):
        return verdict_of(MINOR, "prose-period-stated", gained)
    if _is_another_way(gained, difference):
        return verdict_of(BENEFIT, "prose-right", gained)
    if is_address(difference):
        return verdict_of(MINOR, "prose-contact-details", gained)
    if are_denied(gained, new) and difference.old.negators + difference.old.is_denied_by_its_place:
        if _new_act_before(gained, difference):
            return verdict_of(MATERIAL, "prose-unclear", gained, doubt=True)
        if not list_grew(difference):  # "never shared" became "never shared with advertisers"
            return verdict_of(
                MATERIAL, "prose-promise-cut", gained, doubt=not _holds_for_some_alone(gained, difference)
            )
        return verdict_of(BENEFIT, "prose-promise", gained)
    if are_examples(gained, difference):
        grave = _grave(gained, difference)
        return verdict_of(MATERIAL, _rule_of(grave or gained, difference), grave or gained, doubt=not grave)
    if subject.gain:
        return verdict_of(subject.gain, "prose-more", gained)
    if any(u.kind == "right" for u in gained) and not new.tells_of_processing and not new.negators:
        others = {u.value for u in gained if u.kind == "party"} - _OF_RIGHTS
        return verdict_of(MATERIAL, "prose-recipient", gained) if others else verdict_of(BENEFIT, "prose-right", gained)
    known = [u for u in gained if u.kind != "unknown" and u.value not in WELCOME and u.key not in _MILD]
    if new.negators and not difference.old.negators:
        return verdict_of(MATERIAL, "prose-unclear", gained, doubt=True)
    if (new.tells_of_processing and (known or list_grew(difference) or purposes_grew(difference))) or purposes_grew(
        difference
    ):
        asked = bool(known) and all(u.value == "consent_act" for u in known)
        return verdict_of(MATERIAL, _rule_of(gained, difference), gained, doubt=asked)
    of_readers = new.operators["may_you"] and not new.operators["first_person"] and not new.tells_of_processing
    certain = any(u.kind in ("data", "party") for u in known) and bool(new.acts) and not of_readers
    certain = certain or bool(_grave(gained, difference) and list_grew(difference))
    return verdict_of(MATERIAL, "prose-more", gained, doubt=not certain)


#: Data whose naming is told whatever the sentence does with them: Articles 9, 10 and 87, and who one is.
_GRAVE_DATA = frozenset(
    {
        *("health", "sex_life", "religion", "politics", "union", "ethnicity", "genetic", "biometric", "criminal"),
        *("national_id", "identity_document", "location", "credit"),
    }
)
_GRAVE_ACTS = frozenset({"sell", "rent", "publish", "train", "profile", "advertise"})


def _grave(gained: list[Unit], difference: StatementDifference) -> list[Unit]:
    """What no example and no definition explains: data of a special kind where no such were named, a sale."""
    old, new = difference.old, difference.new
    if new.negators or new.is_denied_by_its_place or old.values("data") & _GRAVE_DATA:
        return []
    return [u for u in gained if u.value in {"data": _GRAVE_DATA, "act": _GRAVE_ACTS}.get(u.kind, ())]


#: "No third party" is nobody.
_ANYBODY = frozenset({"third_party", "recipient", "public"})


def _holds_for_some_alone(gained: list[Unit], difference: StatementDifference) -> bool:
    """Whether what was denied to all is denied to some that are named now."""
    fresh = {u.value for u in gained if u.kind == "party"}
    return len(fresh) == len(gained) and not fresh & _ANYBODY and not difference.old.values("party")


#: Ways in which people may ask for something.
_WAYS = frozenset({("data", "phone"), ("data", "email"), ("data", "address")})


def _is_another_way(gained: list[Unit], difference: StatementDifference) -> bool:
    """Whether people may ask in one more way: "in writing or by phone"."""
    new = difference.new
    asks = new.operators["may_you"] and ("request" in new.acts or any(new.of("right")))
    joints = [sum(unit.value == "or" for unit in s.of("opener")) for s in (difference.old, new)]
    return bool(asks) and joints[1] > joints[0] and not new.acts & PROCESSING and {u.key for u in gained} <= _WAYS


def _new_act_before(gained: list[Unit], difference: StatementDifference) -> bool:
    """Whether "and" with a further act leads to what is gained: the negation before it may not reach it."""
    acts = [sum(u.kind == "act" for u in s.units) for s in (difference.old, difference.new)]
    joints = [u.at for u in difference.new.of("opener") if u.value == "and"]
    return acts[1] > acts[0] and any(u.at > at for u in gained for at in joints)


def _rule_of(gained: list[Unit], difference: StatementDifference) -> str:
    if any(u.value == "train" for u in gained):
        return "prose-ai"
    kinds = {u.kind for u in gained}
    if purposes_grew(difference) or "act" in kinds:
        return "prose-purpose"
    return "prose-data" if "data" in kinds else "prose-recipient" if "party" in kinds else "prose-more"
