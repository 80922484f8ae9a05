"""Which templates the reader's pages are made with: what is kept ready made is never older than they."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.template import Node, Template, TemplateDoesNotExist, TemplateSyntaxError, engines
from django.template.library import InclusionNode
from django.template.loader import get_template
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.template.loaders.cached import Loader

from wagtail_privacy.conf import conf
from wagtail_privacy.policy.kinds import KINDS
from wagtail_privacy.reader.kept import Kept
from wagtail_privacy.reader.passages import GATHERED

_OURS = Path(__file__).parent.parent / "templates"
_kept: Kept[str] = Kept(8)


def fingerprint() -> str | None:
    """A digest of the templates behind the reader's pages, the site's own in place of ours.

    ``None`` where they may change at any moment, since the site's engine reads them anew each time: then nothing made
    with them can be kept. Templates that others name by a variable are not in it.
    """
    if not all(_remembers(engine) for engine in engines.all()):
        return None
    # An engine that is told to forget its templates gives others from then on.
    known = (_template("wagtail_privacy/layout.html"), conf.BASE_TEMPLATE, len(KINDS))
    return _kept.get(known, _digest)


def _remembers(engine: Any) -> bool:
    """Whether a template that was loaded once stays as it is."""
    if (loaders := getattr(getattr(engine, "engine", None), "template_loaders", None)) is not None:
        return all(isinstance(loader, Loader) for loader in loaders)
    return not getattr(getattr(engine, "env", None), "auto_reload", True)


def _digest() -> str:
    found: dict[str, str] = {}
    for name in _names():
        _collect(name, found)
    return hashlib.sha256(repr(sorted(found.items())).encode()).hexdigest()


def _names() -> Iterator[str]:
    """The site's frame, our templates, and those of a site's own kinds of section."""
    yield conf.BASE_TEMPLATE
    for folder in ("", "history/", "policy/", "sections/", "sections/parts/"):
        yield from (path.relative_to(_OURS).as_posix() for path in _OURS.glob(f"wagtail_privacy/{folder}*.html"))
    yield from (f"wagtail_privacy/sections/{kind}.html" for kind in (*KINDS, *GATHERED))


def _collect(name: str, found: dict[str, str]) -> None:
    """Add the source of the template ``name``, and of those that it extends and includes by name."""
    if name in found:
        return
    try:
        template = _template(name)
    except (TemplateDoesNotExist, TemplateSyntaxError):
        found[name] = ""
        return
    found[name] = str(getattr(template, "source", ""))
    if isinstance(template, Template):
        for node in template.nodelist.get_nodes_by_type(Node):
            if other := _named(node):
                _collect(other, found)


def _named(node: Any) -> str:
    """The template that ``node`` brings in, if it says so by name."""
    said: Any = None
    if isinstance(node, (ExtendsNode, IncludeNode)):
        said = getattr(node.parent_name if isinstance(node, ExtendsNode) else node.template, "var", None)
    elif isinstance(node, InclusionNode):
        said = node.filename
    return said if isinstance(said, str) else ""


def _template(name: str) -> Any:
    """The engine's own object for a template. Raises :exc:`TemplateDoesNotExist`."""
    found: Any = get_template(name)
    return found.template
