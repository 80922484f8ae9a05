"""The words of an import as its reader meets them, and those of its source that are not among them."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

from django.utils.translation import override

from wagtail_privacy.imports.account import source_words
from wagtail_privacy.imports.document import ImportedDocument
from wagtail_privacy.imports.proposal import Import
from wagtail_privacy.imports.sections import as_sections
from wagtail_privacy.imports.tokens import words_in
from wagtail_privacy.reader.sections import Passage

_INLINE = re.compile(r"</?(?:a|strong|em|s|span|bdi)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")


def page_of(found: Import) -> str:
    """The text of the sections of ``found`` as the page shows them, below its title."""
    with override(found.language):
        html = "".join(Passage(section, {}).render() for section in as_sections(found))
    return f"{found.title}\n{unescape(_TAG.sub(' ', _INLINE.sub('', html)))}"


def not_published(document: ImportedDocument) -> Counter[str]:
    """The words of the source, numbers of lists apart, that stand neither on a page nor in what was left out."""
    parts = (document.found, *document.found.other)
    left = {left.span: left.text for part in parts for left in part.left_out}.values()
    words = Counter(word for word, _place in source_words(document.outline))
    words -= Counter(word for part in document.outline.parts for word in words_in(part.mark))
    return words - Counter(words_in("\n".join([*map(page_of, parts), *left])))
