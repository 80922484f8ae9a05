"""Bind chains that an earlier release began to their policies, and policies to each other: for the sweep."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from wagtail_privacy.records.chain import FORMAT
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.version import Event, EventKind, bind, seal_facts


def bind_older_chains() -> int:
    """Bind the chains that no recording has bound since the upgrade; return how many. Can be run again."""
    older = Policy.objects.filter(chain_length__gt=0, chain_format__lt=FORMAT).values_list("pk", flat=True)
    return sum(_bind_if_older(pk) for pk in list(older))


def _bind_if_older(pk: int) -> bool:
    with transaction.atomic():
        policy = Policy.objects.select_for_update().get(pk=pk)
        newest = policy.versions.order_by("-number").first()
        if newest is None or policy.chain_format >= FORMAT:
            return False
        bind(policy, newest)
        return True


def seal_policies() -> int:
    """Let policies' chains name each other, so that one that is deleted is missed; return how many are newly named.

    The oldest policy's chain names all others, the second oldest's names the oldest. Can be run again.
    """
    policies = list(Policy.objects.filter(chain_length__gt=0).order_by("pk"))
    if len(policies) < 2:
        return 0
    oldest, second = policies[:2]
    return _name(oldest, policies[1:]) + _name(second, [oldest])


def named_policies(events: Iterable[dict[str, Any]]) -> set[str]:
    """The translation keys of the policies that the data of these events name."""
    return {key for data in events for key in data.get("policies", ())}


def _name(policy: Policy, others: list[Policy]) -> int:
    events = Event.objects.filter(version__policy=policy, kind=EventKind.SEALED, data__has_key="policies")
    named = named_policies(events.values_list("data", flat=True))
    missing = sorted({str(other.translation_key) for other in others} - named)
    newest = policy.versions.order_by("-number").first()
    if missing and newest:
        seal_facts(newest, policies=missing)
    return len(missing)
