"""Documents to read: Word files made of their XML, and what the tests ask of every outline."""

from __future__ import annotations

import io
import os
import re
import zipfile
from html import unescape
from pathlib import Path

import pytest

from wagtail_privacy.imports.account import account
from wagtail_privacy.imports.outline import Outline

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases"
SEEDS = CASES.parent / "seeds"
POLICIES = CASES.parent / "policies"

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def needs_cases(folder: Path = CASES) -> None:
    if not folder.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI must provide {folder.name} beside the repository.")
        pytest.skip(f"needs {folder.name} beside the repository")


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def word(body: str, parts: dict[str, str] | None = None, *, prolog: str = "") -> bytes:
    """A Word file with the XML ``body``, and other parts by name: "footnotes", "header1", "styles" …"""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"{prolog}<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>")
        relations = ""
        for name, content in (parts or {}).items():
            kind, root = name.rstrip("0123456789"), {"header": "hdr", "footer": "ftr"}.get(name[:6], name)
            archive.writestr(f"word/{name}.xml", f"<w:{root} {_NAMESPACES}>{content}</w:{root}>")
            relations += f'<Relationship Id="{name}" Type="{_KIND}/{kind}" Target="{name}.xml"/>'
        relations += (
            f'<Relationship Id="r1" Type="{_KIND}/hyperlink" Target="https://a.example/" TargetMode="External"/>'
        )
        archive.writestr("word/_rels/document.xml.rels", f"<Relationships>{relations}</Relationships>")
    return out.getvalue()


def seen(outline: Outline) -> list[tuple[str, int, str, str]]:
    return [(part.kind, part.level, part.mark, part.words.text) for part in outline.parts]


def said(outline: Outline) -> list[str]:
    return [part.words.text for part in outline.parts]


def check(outline: Outline) -> Outline:
    """What holds for every outline: no word lost, places true, nothing in its rich text that acts."""
    found = account(outline)
    assert found.missing == ()
    assert found.overlapping == ()
    assert found.words["placed"] + found.words["left_out"] == found.words["source"]
    for part in outline.parts:
        assert not re.search(r"<(?!/?(?:a|strong|em|s|br)\b)|href=\"(?:javascript|data):", part.html)
        assert list(part.words.places) == sorted(part.words.places)
        if part.kind != "row":
            plain = unescape(re.sub(r"<[^>]*>", "", part.html.replace("<br>", " ")))
            assert " ".join(plain.split()) == part.words.text
    return outline
