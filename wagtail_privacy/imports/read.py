"""A document, whatever its format, read into one outline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.utils.translation import gettext as _

from wagtail_privacy.imports.account import account
from wagtail_privacy.imports.csv_outline import read_csv
from wagtail_privacy.imports.decode import decode
from wagtail_privacy.imports.formats import foreign_format, format_of, is_word, template_in
from wagtail_privacy.imports.html_outline import read_html
from wagtail_privacy.imports.markdown_outline import read_markdown
from wagtail_privacy.imports.outline import DocumentFormat, Outline, UnreadableDocument
from wagtail_privacy.imports.plain_outline import read_plain
from wagtail_privacy.imports.word_outline import read_word

#: Policies have up to some 100 kB of text; a page saved with its pictures is larger.
MOST_BYTES = 10_000_000

_READERS: dict[DocumentFormat, Callable[[str], Outline]] = {
    "text": read_plain,
    "markdown": read_markdown,
    "html": read_html,
    "csv": read_csv,
}


def read_document(data: bytes, name: str, encoding: str | None = None) -> Outline:
    """The outline of the file ``name`` (empty for pasted text) with the content ``data``.

    What a file is, its content says, then its ending. ``encoding`` is what a person chose, else it is found by rule.
    Raises :class:`UnreadableDocument` for what can't be read whole.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableDocument(
            _("Expected a file of at most {size} MB.").format(size=MOST_BYTES // 1_000_000),
            _("Found {size} MB.").format(size=-(-len(data) // 1_000_000)),
            _("Choose the file with the policy alone, without pictures."),
        )
    if foreign := foreign_format(data, name):
        raise foreign.error()
    if is_word(data):
        return _checked(read_word(data))
    source, encoding = decode(data, encoding)
    if foreign := template_in(source):
        raise foreign.error()
    format = format_of(source, name)
    return _checked(replace(_READERS[format](source), format=format, encoding=encoding))


def _checked(outline: Outline) -> Outline:
    """``outline``, if a second reading of the source finds no word that it lacks."""
    if not outline.parts and outline.format == "html":
        raise _nothing_to_read(outline)
    if not outline.parts:
        return replace(outline, warnings=(*outline.warnings, _("The file has no words of a policy.")))
    missing = account(outline).missing
    if missing:
        words = " ".join(word for word, _span in missing[:12])
        raise UnreadableDocument(
            _("Expected a file that can be read whole."),
            _("Found words that would be lost: “{words}”.").format(words=words),
            _("Copy the policy's words, and paste them as plain text."),
        )
    return outline


def _nothing_to_read(outline: Outline) -> UnreadableDocument:
    words = " ".join(left.text for left in outline.left_out)
    found = (
        _("Found a page without a text: “{words}”.").format(words=words[:100]) if words else _("Found an empty page.")
    )
    return UnreadableDocument(
        _("Expected a page with a policy."),
        found if words else _("Found an empty page."),
        _("If a script fills it: open it in a browser, copy the policy there, and paste it."),
    )
