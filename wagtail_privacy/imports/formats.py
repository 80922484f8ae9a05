"""What a file is, and what it is that can't be read: nobody is told of changes in what was misread."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_privacy.imports.outline import DocumentFormat, UnreadableDocument

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

_READABLE = gettext_lazy("Expected text, Markdown, HTML, Word (.docx) or CSV.")
_SAVE_AS_TEXT = gettext_lazy("Open it, save it as Word (.docx) or as plain text (.txt) in UTF-8, and use that.")
_RENDER = gettext_lazy("Render it as your site does: open the page in a browser, save it as HTML, and use that.")
_WRITE = gettext_lazy("Use the file with the policy's words.")
_UNPACK = gettext_lazy("Unpack it, and use the text in it.")


@dataclass(frozen=True)
class ForeignFormat:
    """``found``: what the file is, in words that follow "found"; ``advice``: what to do, as a sentence."""

    found: str | StrPromise
    advice: str | StrPromise

    def error(self) -> UnreadableDocument:
        return UnreadableDocument(str(_READABLE), _("Found {what}.").format(what=self.found), str(self.advice))


_PICTURE = ForeignFormat(gettext_lazy("a picture"), _WRITE)
_PACKED = ForeignFormat(gettext_lazy("a packed file (ZIP)"), _UNPACK)
_MAGIC = {
    b"%PDF-": ForeignFormat(gettext_lazy("a PDF"), _SAVE_AS_TEXT),
    b"\xd0\xcf\x11\xe0": ForeignFormat(gettext_lazy("a document of Word before 2007 (.doc)"), _SAVE_AS_TEXT),
    b"{\\rtf": ForeignFormat(gettext_lazy("rich text (RTF)"), _SAVE_AS_TEXT),
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF8": _PICTURE,
    b"\x1f\x8b": ForeignFormat(gettext_lazy("a packed file (gzip)"), _UNPACK),
}
_IN_ZIP = {
    "content.xml": ForeignFormat(gettext_lazy("an OpenDocument text (.odt)"), _SAVE_AS_TEXT),
    "xl/workbook.xml": ForeignFormat(
        gettext_lazy("a spreadsheet (.xlsx)"), gettext_lazy("Open it, save the sheet as CSV in UTF-8, and use that.")
    ),
}
_WORD_PART = "word/document.xml"
_MAIL = re.compile(rb"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,40}?content-type:\s*multipart/", re.IGNORECASE)


def _template(language: str) -> ForeignFormat:
    return ForeignFormat(lazy(_called_template, str)(language), _RENDER)


def _called_template(language: str) -> str:
    return _("a template ({language}), whose gaps only your site can fill").format(language=language)


_DAMAGED = gettext_lazy("Open it in a word processor, save it anew, and choose that file.")
_BY_ENDING = {
    "docx": ForeignFormat(gettext_lazy("a Word document that is damaged"), _DAMAGED),
    **dict.fromkeys(("j2", "jinja", "jinja2", "njk", "twig"), _template("Jinja")),
    **dict.fromkeys(("liquid",), _template("Liquid")),
    **dict.fromkeys(("erb", "ejs"), _template("ERB")),
    **dict.fromkeys(("php", "phtml"), _template("PHP")),
    **dict.fromkeys(("jsx", "tsx", "js", "ts", "mdx"), _template("JSX")),
    **dict.fromkeys(("vue", "svelte", "astro", "hbs", "mustache", "haml", "pug"), _template("HTML")),
}
_LOGIC = (
    "assign block blocktrans blocktranslate capture case else elsif elif extends for if include include_relative macro "
    "render set trans translate unless with"
)
# What stands for words; of a date, the policy's own, nobody need be told.
_GAP = re.compile(r"\{\{(?![<%])[^{}\n]*\}\}")
_OF_A_DATE = re.compile("date|lastmod|modified|year")
_JSX = r"^[ \t]*(?:export[ \t]+(?:default|const|function)\b|import[ \t].{1,200}[ \t]from[ \t]+[\"'])|\bclassName="
_TEMPLATES = (
    (re.compile(r"<\?(?:php\b|=)"), _template("PHP")),
    (re.compile(r"<%[=#-]?\s"), _template("ERB")),
    (re.compile(rf"\{{%-?\s*(?:{_LOGIC.replace(' ', '|')})\b"), _template("Jinja or Liquid")),
    (re.compile(_JSX, re.MULTILINE), _template("JSX")),
)
_WHOLE_PAGE = re.compile(
    r"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype|html|head|body)\b|</(?:html|body)\s*>",
    re.IGNORECASE | re.DOTALL,
)
_BLOCK_LINE = re.compile(
    r"\s*</?(?:article|div|dl|h[1-6]|header|li|main|ol|p|section|table|tr|ul)\b[^>]*>", re.IGNORECASE
)
#: In a file of so many lines the same number of separators on each is no chance.
_LINES_OF_A_TABLE = 3


#: Tabs part the cells of what is copied from a spreadsheet; commas stand in prose.
_SEPARATORS = ";\t,"
_MARKDOWN = re.compile(
    r"^ {0,3}#{1,6}[ \t]+\S|^ {0,3}\S.{0,300}\n {0,3}(?:=+|-{3,})[ \t]*$"
    r"|\[[^\[\]\n]{1,300}\]\((?:https?:|mailto:|/|#)|\*\*[^\s*][^*\n]{0,300}\*\*"
    r"|^[ \t]{0,8}\|?[ \t]{0,8}:?-{3,}:?[ \t]{0,8}\|",
    re.MULTILINE,
)
_UNSEEN = re.compile(r"<!--|<(script|style)\b", re.IGNORECASE)


def foreign_format(data: bytes, name: str) -> ForeignFormat | None:
    """What a file called ``name`` with the content ``data`` is that can't be read; ``None`` if it may be."""
    ending = name.lower().rpartition(".")[2]
    found = _by_content(data)
    if found or ending == "json" or is_word(data):  # in a snapshot the texts are HTML
        return found
    return _BY_ENDING.get(ending) or template_in(data.decode("utf-8", "ignore"))


def format_of(text: str, name: str) -> DocumentFormat:
    """How to read ``text``: what it holds tells, then how its file is called."""
    ending = name.lower().rpartition(".")[2] if "." in name else ""
    if ending in ("html", "htm", "xhtml") or _is_html(text):
        return "html"
    if ending in ("csv", "tsv"):
        return "csv"
    if ending in ("md", "markdown", "mdown", "mkd"):
        return "markdown"
    if _MARKDOWN.search(text):
        return "markdown"
    return "csv" if _is_table(text) else "text"


def is_word(data: bytes) -> bool:
    return data.startswith(_ZIP) and bool(_names(data) & {_WORD_PART, "word/document2.xml"})


_ZIP = b"PK\x03\x04"


def _names(data: bytes) -> set[str]:
    try:
        return set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return set()


def _by_content(data: bytes) -> ForeignFormat | None:
    for magic, found in _MAGIC.items():
        if data.startswith(magic):
            return found
    if _MAIL.match(data[:4096]):
        return ForeignFormat(
            gettext_lazy("a mail or a page in one file (.eml, .mht)"),
            gettext_lazy("Save the page as HTML, and use that."),
        )
    if not data.startswith(_ZIP) or is_word(data):
        return None
    names = _names(data)
    return next((found for part, found in _IN_ZIP.items() if part in names), _PACKED)


def template_in(text: str) -> ForeignFormat | None:
    """The template that ``text`` is; what scripts and comments of a page hold makes it none."""
    text = _visible(text)
    for pattern, found in _TEMPLATES:
        if pattern.search(text):
            return found
    return _template("Jinja or Liquid") if any(map(_has_a_gap, text.splitlines())) else None


def _visible(text: str) -> str:
    """``text`` without comments, scripts and styles; what is never closed stays."""
    pieces: list[str] = []
    position = 0
    while match := _UNSEEN.search(text, position):
        sign = f"</{match.group(1)}" if match.group(1) else "-->"
        closing = re.compile(sign, re.IGNORECASE).search(text, match.end())
        if closing is None:
            break
        pieces.append(text[position : match.start()])
        position = closing.end()
    return "".join([*pieces, text[position:]])


def _is_html(text: str) -> bool:
    lines = [line for line in text.splitlines() if line.strip()]
    in_blocks = sum(bool(_BLOCK_LINE.match(line)) for line in lines)
    return bool(_WHOLE_PAGE.search(text)) or in_blocks * 2 > len(lines)


def _has_a_gap(line: str) -> bool:
    """Whether a tag stands for words, among words; alone on a line it is a mark for the generator of the site."""
    gaps = [gap for gap in _GAP.findall(line) if not _OF_A_DATE.search(gap)]
    return bool(gaps) and any(map(str.isalpha, _GAP.sub("", line)))


def _is_table(text: str) -> bool:
    lines = [line for line in text.splitlines() if line.strip()]
    return len(lines) >= _LINES_OF_A_TABLE and any(
        lines[0].count(sign) and len({_cells(line, sign) for line in lines}) == 1 for sign in _SEPARATORS
    )


def _cells(line: str, sign: str) -> int:
    """How many cells a line has; what stands in quotation marks is one."""
    return re.sub(r'"(?:[^"]|"")*"', "", line).count(sign)
