"""A section of any kind as free text, with every word that it says."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from wagtail_privacy.policy.kinds import TEXT_TYPES, Field, kind_of
from wagtail_privacy.policy.section import Section, Text, without_empty

#: The fields that stand above a section; the first that is filled becomes the heading of a text.
HEADINGS = ("heading", "title")


def as_text(section: Section) -> Section:
    """``section`` and all below it as one section of the kind ``text``, with its id and heading.

    Its facts are not said: they are what a program understood of words, or what stands in the register.
    """
    heading = heading_of(section)
    body = "".join(_paragraphs(section, without=heading))
    text = section.texts.get(heading, "")
    return Section("text", section.id, texts=without_empty({"heading": text, "body": body}))


def heading_of(section: Section) -> str:
    """The name of the text that stands above ``section``; empty where none does."""
    return next((name for name in HEADINGS if section.texts.get(name)), "")


def _paragraphs(section: Section, without: str = "") -> Iterator[str]:
    """The texts of ``section`` and of all below it as HTML, in the order of reading."""
    known = {field.name: field for field in kind_of(section.kind).fields}
    names = [*(name for name in known if name in section.texts), *(n for n in section.texts if n not in known)]
    for name in names:
        if name != without:
            yield _as_html(known.get(name), section.texts[name])
    for child in section.children:
        yield from _paragraphs(child)


def _as_html(field: Field | None, text: Text) -> str:
    if isinstance(text, str):
        is_html = field is not None and field.type in TEXT_TYPES - {"line", "lines"}
        return text if is_html else f"<p>{escape(text, quote=False)}</p>"
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in text)
