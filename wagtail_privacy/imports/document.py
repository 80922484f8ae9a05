"""A file or pasted text, brought in as a policy in one language: read, recognised, and every word accounted for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from wagtail_privacy.imports.account import account
from wagtail_privacy.imports.outline import Outline
from wagtail_privacy.imports.proposal import Import
from wagtail_privacy.imports.read import read_document
from wagtail_privacy.imports.recognition import recognise


@dataclass(frozen=True)
class ImportedDocument:
    """What was read, and what an import of it proposes."""

    outline: Outline
    found: Import


def import_document(data: bytes, name: str, language: str, encoding: str | None = None) -> ImportedDocument:
    """The content ``data`` of the file ``name`` (empty for pasted text) as a policy in ``language``.

    ``encoding`` is what a person chose, else it is found by rule. Raises
    :exc:`~wagtail_privacy.imports.outline.UnreadableDocument` for what can't be read whole.
    """
    return import_outline(read_document(data, name, encoding), language)


def import_outline(outline: Outline, language: str) -> ImportedDocument:
    """What was read as ``outline``, as a policy in ``language``."""
    return ImportedDocument(outline, accounted(outline, recognise(outline, language)))


def accounted(outline: Outline, found: Import) -> Import:
    """``found`` with the words of the document counted by a second reading; one that went nowhere is warned of."""
    parts = (found, *found.other)
    left_out = tuple({left.span: left for part in parts for left in part.left_out}.values())
    placed = [section.span for part in parts for section in part.proposals]
    placed += [part.title_span for part in parts if part.title_span]
    result = account(replace(outline, left_out=left_out), placed)
    lost = " ".join(word for word, _span in result.missing)
    warning = _("These words were read, but have no place: {words}. Write them where they belong.").format(words=lost)
    return replace(found, words=result.words, warnings=(*found.warnings, *((warning,) if lost else ())))
