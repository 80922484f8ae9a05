"""Policies in shapes that sites have: a municipality's page, lines set by hand, two languages in one file.

Beside each document stands what it becomes. The words of its page are compared with those of the source.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.imports.published import not_published
from tests.imports.told import told
from wagtail_privacy.imports.document import import_document

SHAPES = sorted(path for path in (Path(__file__).parent / "shapes").iterdir() if path.suffix != ".expected")


@pytest.mark.parametrize("path", SHAPES, ids=lambda path: path.name)
def test_a_document_becomes_what_it_says(path: Path) -> None:
    document = import_document(path.read_bytes(), path.name, path.name[:2])
    assert told(document.found, document.outline.source) == path.with_suffix(".expected").read_text(encoding="utf-8")
    assert not_published(document) == Counter()
