"""The parts of a Word file (.docx): unpacked within limits, read without recursion; entities are refused."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from django.utils.translation import gettext as _

from wagtail_privacy.imports.outline import UnreadableDocument

#: Policies have some hundred kB of XML. What a file declares may be false: what is read counts, too.
MOST_UNPACKED = 60_000_000
MOST_PARTS = 5_000
#: No writer nests elements so deep; what reads them doesn't call itself, but what looks at them may.
DEEPEST_ELEMENT = 100_000
_MAIN = re.compile(
    r"http://(?:schemas\.openxmlformats\.org/wordprocessingml/2006/main|purl\.oclc\.org/ooxml/wordprocessingml/main)"
)
_PREFIXES = {
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
}

#: What unpacking raises: damaged, encrypted, packed in a way that Python doesn't know.
_BROKEN = (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, zlib.error)

Attributes = dict[str, str]


def damaged(detail: str) -> UnreadableDocument:
    return UnreadableDocument(
        _("Expected a Word document (.docx)."),
        _("Found one that is damaged: {detail}.").format(detail=detail),
        _("Open it in a word processor, save it anew, and choose that file."),
    )


@dataclass
class WordPackage:
    """The XML parts of a Word file by name; each is unpacked when asked for."""

    data: bytes
    read: int = 0
    names: frozenset[str] = field(default=frozenset(), init=False)

    def __post_init__(self) -> None:
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(self.data))
        except _BROKEN as error:
            raise damaged(str(error)) from error
        parts = self.archive.infolist()
        declared = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
        if declared > MOST_UNPACKED or len(parts) > MOST_PARTS:
            raise self._too_large()
        self.names = frozenset(part.filename for part in parts)

    def _too_large(self) -> UnreadableDocument:
        return UnreadableDocument(
            _("Expected a Word document of at most {size} MB, unpacked.").format(size=MOST_UNPACKED // 1_000_000),
            _("Found a larger one."),
            _("Copy the policy's words into a new document, and choose that file."),
        )

    def part(self, name: str) -> bytes:
        """The content of the part ``name``, empty if there is none."""
        if name not in self.names:
            return b""
        try:
            with self.archive.open(name) as file:
                content = file.read(MOST_UNPACKED - self.read + 1)
        except _BROKEN as error:
            raise damaged(str(error)) from error
        self.read += len(content)
        if self.read > MOST_UNPACKED:
            raise self._too_large()
        return content

    @property
    def document(self) -> str:
        """The name of the part that holds the text."""
        for kind, target, _id in self.relations(""):
            if kind == "officeDocument":
                return target
        return "word/document.xml"

    def relations(self, name: str) -> Iterator[tuple[str, str, str]]:
        """What the part ``name`` refers to: kind, name of the part or address, id."""
        folder, file = posixpath.split(name)
        found: list[tuple[str, str, str]] = []

        def start(tag: str, attributes: Attributes) -> None:
            if tag.endswith("Relationship"):
                target = attributes.get("Target", "")
                if attributes.get("TargetMode") != "External":
                    target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                found.append((attributes.get("Type", "").rpartition("/")[2], target, attributes.get("Id", "")))

        read_xml(self.part(posixpath.join(folder, "_rels", f"{file}.rels")), start)
        yield from found


def read_xml(
    content: bytes,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Reads ``content`` from front to back, names as "w:p"; any DOCTYPE is refused: Word writes none."""
    if not content:
        return
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    names: dict[str, str] = {}
    depth = 0

    def short(name: str) -> str:
        found = names.get(name)
        if found is None:
            namespace, _space, local = name.rpartition(" ")
            prefix = "w" if _MAIN.fullmatch(namespace) else _PREFIXES.get(namespace, "")
            found = names[name] = f"{prefix}:{local}" if prefix else local
        return found

    def on_start(name: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST_ELEMENT:
            raise damaged(_("its elements stand in each other more than {depth} deep").format(depth=DEEPEST_ELEMENT))
        start(short(name), {short(key): value for key, value in attributes.items()})

    def on_end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end:
            end(short(name))

    def refuse(*_declared: object) -> None:
        raise UnreadableDocument(
            _("Expected a Word document as word processors write it."),
            _("Found one that declares entities (DOCTYPE), with which a file can do harm."),
            _("Open it in a word processor, save it anew, and choose that file."),
        )

    parser.StartElementHandler, parser.EndElementHandler = on_start, on_end
    parser.StartDoctypeDeclHandler = refuse
    if text:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise damaged(str(error)) from error
