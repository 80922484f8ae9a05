"""A digest of the templates and translations of the public pages, in every cache key: what is changed in them shows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import babel
import django
import wagtail
from django.apps import apps
from django.conf import settings
from django.template import Node, Template, TemplateDoesNotExist, TemplateSyntaxError, engines
from django.template.library import InclusionNode
from django.template.loader import get_template
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.template.loaders.cached import Loader
from django.utils.translation import to_locale

from wagtail_privacy.conf import conf
from wagtail_privacy.policy.kinds import KINDS
from wagtail_privacy.reader.cache import get_or_make
from wagtail_privacy.reader.sections import GATHERED

_OURS = Path(__file__).parent.parent / "templates"


def templates_digest() -> str | None:
    """A digest of the templates behind the reader's pages, the site's own in place of ours, and of the catalogues.

    ``None`` where they may change at any moment, since the site's engine reads them anew each time: then nothing made
    with them can be kept. Templates that others name by a variable are not in it.
    """
    if not all(_remembers(engine) for engine in engines.all()):
        return None
    # An engine that has reset its loaders returns other objects.
    known = (_template("wagtail_privacy/layout.html"), conf.BASE_TEMPLATE, len(KINDS), *_folders_and_languages())
    return get_or_make("templates", known, _digest)


def _remembers(engine: Any) -> bool:
    """Whether a template that was loaded once stays as it is."""
    if (loaders := getattr(getattr(engine, "engine", None), "template_loaders", None)) is not None:
        return all(isinstance(loader, Loader) for loader in loaders)
    return not getattr(getattr(engine, "env", None), "auto_reload", True)


def _digest() -> str:
    found: dict[str, str] = {}
    for name in _names():
        _collect(name, found)
    said = (sorted(found.items()), _catalogues_digest(), django.__version__, wagtail.__version__, babel.__version__)
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _folders_and_languages() -> tuple[Any, ...]:
    """Where a site's own catalogues are, and those of which languages are read."""
    return tuple(settings.LOCALE_PATHS), settings.LANGUAGE_CODE, tuple(code for code, _ in settings.LANGUAGES)


def _catalogues_digest() -> str:
    """Of the catalogues that Django reads for the site's languages. Those of its own, and of Wagtail, come with the
    release; what a process has read once stays as it is in it."""
    paths, default, languages = _folders_and_languages()
    locales = {to_locale(code) for language in (*languages, default) for code in (language, language.partition("-")[0])}
    others = (app for app in apps.get_app_configs() if app.name.partition(".")[0] not in ("django", "wagtail"))
    digest = hashlib.sha256()
    for folder in (*map(Path, paths), *(Path(app.path) / "locale" for app in others)):
        for locale in sorted(locales):
            file = folder / locale / "LC_MESSAGES" / "django.mo"
            if file.is_file():
                digest.update(f"{locale}\n".encode() + file.read_bytes())
    return digest.hexdigest()


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
