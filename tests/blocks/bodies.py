"""Small makers of what the block tests need."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from wagtail_privacy.blocks.body import PolicyStreamBlock
from wagtail_privacy.blocks.compose import Composition, compose
from wagtail_privacy.policy.section import Section

Block = tuple[str, Any]


def page(*blocks: Block, title: str = "Integritetspolicy", language: str = "sv", body: Any = None) -> Any:
    """What :func:`compose` needs of a page: no database."""
    body = PolicyStreamBlock().normalize(list(blocks)) if body is None else body
    return SimpleNamespace(title=title, body=body, locale=SimpleNamespace(language_code=language))


def composed(*blocks: Block, **kwargs: Any) -> Composition:
    return compose(page(*blocks), **kwargs)


def section(kind: str, value: dict[str, Any], **kwargs: Any) -> Section:
    """The one section that a block of ``kind`` with ``value`` becomes."""
    (only,) = composed((kind, value), **kwargs).snapshot.sections
    return only


def said(section: Section) -> dict[str, Any]:
    """A section without its ids, which are random."""
    return {
        **dict(section.facts),
        **dict(section.texts),
        **({"children": [(child.kind, said(child)) for child in section.children]} if section.children else {}),
    }
