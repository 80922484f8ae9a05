"""Compose a snapshot from a page's blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import override

from wagtail_privacy.blocks.base import render_prose, sections_of
from wagtail_privacy.blocks.context import CompositionContext
from wagtail_privacy.policy.characters import legible_values
from wagtail_privacy.policy.sanitise import VERSION, following
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot


@dataclass(frozen=True)
class Composition:
    """What a page says, and what was shown for it.

    ``shown`` holds HTML: of each prose text, links resolved, under ``"<section id>:<field>"``, and of each block
    that is not ours under its section's id.
    """

    snapshot: Snapshot
    shown: Mapping[str, str]


def compose(page: Any, *, notice_period: int | None = None, tells_users: bool = True) -> Composition:
    """What ``page`` (its title and body) says in its own language.

    ``notice_period`` (days between announcement and effect) and ``tells_users`` are the policy's settings: the
    section on how changes are announced states these and nothing else. Takes the same few queries however many
    blocks there are.
    """
    with override(page.locale.language_code):
        stored = _stored_ids(page.body)
        return _by_rules(page, lambda: CompositionContext(stored, notice_period, tells_users), VERSION)


def compose_by(page: Any, policy: Any) -> Composition:
    """What ``page`` says as a page of ``policy``, saved or not: as it is recorded. Only these can be compared with each
    other: what the settings decide is a fact like others."""
    return compose(page, notice_period=policy.notice_days, tells_users=policy.tells_users)


def _by_rules(page: Any, make_context: Callable[[], CompositionContext], rules: int) -> Composition:
    """What ``page`` says by the rules of one version and, where they differ there, by each one before it."""
    composition, differs = _compose(page, make_context(), rules)
    if not differs:
        return composition
    former = _by_rules(page, make_context, rules - 1).snapshot
    return replace(composition, snapshot=replace(composition.snapshot, former=former))


def _compose(page: Any, context: CompositionContext, rules: int) -> tuple[Composition, bool]:
    """What ``page`` says by the rules of one version, and whether those of the version before make something else."""
    with following(rules) as followed:
        said = Snapshot(page.locale.language_code, page.title, tuple(_sections(page.body, context))).to_json()
        # Read back what is stored: texts in NFC, nothing empty, so that both are equal.
        snapshot = Snapshot.from_json(followed.choose(legible_values(said), said))
        return Composition(snapshot, render_prose(snapshot.sections) | context.rendered), followed.matter


def _sections(body: Any, context: CompositionContext) -> Iterator[Section]:
    for n, item in enumerate(body):
        yield from sections_of(item.block, item.value, item.id or f"body:{n}", context)


def _stored_ids(body: Any) -> frozenset[str]:
    """Every id that the body has in the database, or will have when it is saved.

    Wagtail invents new ids each time it reads a list in the format of before 2.16, which has none; such items
    are told from others here, before the body is read.
    """
    return frozenset(_ids(body.get_prep_value()))


def _ids(data: Any) -> Iterator[str]:
    if isinstance(data, Mapping):
        if isinstance(data.get("id"), str):
            yield data["id"]
        for value in data.values():
            yield from _ids(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _ids(value)
