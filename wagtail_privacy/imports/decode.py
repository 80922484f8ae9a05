"""The text in a file's bytes, by rule: guessing by frequencies reads Swedish and Finnish as other alphabets."""

from __future__ import annotations

import codecs
import re

from django.utils.translation import gettext as _

from wagtail_privacy.imports.outline import UnreadableDocument

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: What a page or an XML file says of itself, in its first bytes (HTML, 13.2.3.2).
_DECLARED = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_DECLARED_WITHIN = 1024
#: Of UTF-16, Latin letters have a NUL in every other byte; of text in another encoding none has.
_SAMPLE = 4096
_LEAST_NULS = 0.3
#: Controls that no text holds: what has more of them is a picture, a program, a font.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROLS = 0.02
#: WHATWG reads as Windows-1252 what calls itself Latin-1.
_SAME = {"iso8859-1": "cp1252", "ascii": "cp1252", "latin-1": "cp1252"}
_NAMES = {"utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "cp1252": "Windows-1252"}


def decode(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """The text, without a byte order mark, and the name of the encoding that it was read with.

    ``encoding`` is what a person chose. Else a byte order mark tells, then the NULs of UTF-16, then whether it is
    UTF-8 throughout, then what the page says of itself; else it is Windows-1252.
    """
    mark, marked = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", ""))
    name = _codec(encoding) if encoding else marked or _by_nuls(data) or _by_trying(data)
    if marked and codecs.lookup(marked) == codecs.lookup(name):
        data = data[len(mark) :]
    text = _decoded(data, name)
    controls = len(_CONTROLS.findall(text[:_SAMPLE]))
    if controls > max(8, len(text[:_SAMPLE]) * _MOST_CONTROLS):
        raise UnreadableDocument(
            _("Expected a text."),
            _("Found a file that holds no text."),
            _("Choose the file with the policy's words: text, Markdown, HTML, Word (.docx) or CSV."),
        )
    return text, _NAMES.get(name, name)


def _codec(name: str) -> str:
    try:
        found = codecs.lookup(name)
    except LookupError:
        found = None
    if found is None or not getattr(found, "_is_text_encoding", True):
        raise UnreadableDocument(
            _("Expected the name of an encoding."),
            _("Found “{name}”.").format(name=name),
            _("Write one such as UTF-8, Windows-1252 or ISO-8859-15."),
        )
    return _SAME.get(found.name, found.name)


def _by_nuls(data: bytes) -> str:
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    least = max(1, len(sample) // 2 * _LEAST_NULS)
    if odd >= least and odd > even * 4:
        return "utf-16-le"
    return "utf-16-be" if even >= least and even > odd * 4 else ""


def _by_trying(data: bytes) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _declared(data)
    return "utf-8"


def _declared(data: bytes) -> str:
    """What a page says that it is written in, if that can be; else Windows-1252."""
    match = _DECLARED.search(data[:_DECLARED_WITHIN])
    try:
        name = _codec(match.group(1).decode("ascii", "replace")) if match else "cp1252"
        data.decode(name)
    except (UnreadableDocument, UnicodeDecodeError):
        return "cp1252"
    return name


def _decoded(data: bytes, name: str) -> str:
    # Windows-1252 has five bytes without a character; WHATWG reads them as controls, so that nothing fails.
    if name == "cp1252":
        return data.decode("cp1252", "wagtail_privacy.c1")
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise UnreadableDocument(
            _("Expected text in {encoding}.").format(encoding=_NAMES.get(name, name)),
            _("Found a character at byte {position} that it doesn't have.").format(position=error.start),
            _("Choose another encoding, or save the file in UTF-8."),
        ) from error


def _as_control(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("wagtail_privacy.c1", _as_control)
