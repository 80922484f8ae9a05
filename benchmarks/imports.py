"""How the time to read a document grows with its length: in line with it, whatever the format, hostile ones too."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from contextlib import suppress
from time import process_time
from typing import Any

from wagtail_privacy.imports.outline import UnreadableDocument
from wagtail_privacy.imports.read import read_document

SMALL, LARGE = 50_000, 200_000
ROUNDS = 3

Json = dict[str, Any]


def run() -> list[Json]:
    return [result for name, piece in PIECES.items() for result in _measured(name, piece)]


PIECES = {
    "policy.txt": "We keep your data for twelve months.\n\n",
    "policy.md": "We keep **your data** for [twelve months](/x).\n\n",
    "policy.html": "<p>We keep <b>your data</b> for <a href='/x'>twelve months</a>.</p>",
    "policy.csv": "data;purpose;twelve months\n",
    "policy.docx": "<w:p><w:r><w:t>We keep your data for twelve months.</w:t></w:r></w:p>",
    "spaces.txt": " ",
    "nested.html": "<div>x",
    "unclosed.html": "<!--",
    "stars.md": "*a ",
    "brackets.md": "[",
}


def _document(name: str, piece: str, length: int) -> bytes:
    text = piece * (length // len(piece))
    if not name.endswith(".docx"):
        return (f"<html>{text}" if name.endswith(".html") else text).encode()
    out = io.BytesIO()
    main = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {main}><w:body>{text}</w:body></w:document>")
    return out.getvalue()


def _measured(name: str, piece: str) -> list[Json]:
    small, large = (_document(name, piece, length) for length in (SMALL, LARGE))
    ratio = min(_seconds(large, name) for _ in range(ROUNDS)) / max(
        min(_seconds(small, name) for _ in range(ROUNDS)), 0.005
    )
    how = f"{LARGE // 1000} kB beside {SMALL // 1000} kB of {piece!r}, process time, best of {ROUNDS}"
    memory = _peak(large, name) / _peak(small, name)
    return [
        {"name": f"import time, {name}", "value": ratio, "bar": 7, "better": "lower", "unit": "× for 4 ×", "how": how},
        {
            "name": f"import memory, {name}",
            "value": memory,
            "bar": 5,
            "better": "lower",
            "unit": "× for 4 ×",
            "how": f"the same, peak of Python's own; {LARGE // 1000} kB take {_peak(large, name) / 1e6:.0f} MB",
        },
    ]


def _seconds(data: bytes, name: str) -> float:
    started = process_time()
    _read(data, name)
    return process_time() - started


def _peak(data: bytes, name: str) -> int:
    tracemalloc.start()
    _read(data, name)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return max(peak, 100_000)


def _read(data: bytes, name: str) -> None:
    with suppress(UnreadableDocument):
        read_document(data, name)
