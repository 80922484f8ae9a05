"""Tables where no table can stand: each row becomes a line, its cells apart by a dash."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

#: Between the cells of a row.
SEPARATOR = " – "
_OF_A_TABLE = re.compile(r"</?(?:caption|table|tbody|td|tfoot|th|thead|tr)[\s/>]", re.IGNORECASE)
_LINES = frozenset({"caption", "table", "tbody", "tfoot", "thead", "tr"})
_CELLS = frozenset({"td", "th"})
_INLINE = frozenset(["a", "b", "br", "code", "em", "i", "s", "small", "strong", "sub", "sup", "u"])
_SPACE = re.compile(r"\s*\n\s*(?=<p>)|(?<=</p>)\s*\n\s*|(?<=\n)\s*\n")
_ENDS = (".", ":", ";", ",", "!", "?", "–", "…")


def tables_as_lines(html: str, block_level: frozenset[str]) -> str:
    """``html`` with a paragraph for each caption and row of its tables, and everything else as it is.

    What elements of ``block_level`` part in a cell stands one after the other; a cell without words leaves no separator
    behind.
    """
    if not _OF_A_TABLE.search(html):
        return html
    reader = _RowParser(block_level)
    reader.feed(html)
    reader.close()
    return reader.finished()


class _RowParser(HTMLParser):
    """Copies what it reads, and collects the cells of a row until that ends."""

    def __init__(self, block_level: frozenset[str]) -> None:
        super().__init__(convert_charrefs=False)
        self._parting = block_level | {"br"}
        self._out: list[str] = []
        self._cells: list[list[str]] | None = None
        self._depth = 0

    def finished(self) -> str:
        self._end_line()
        return _SPACE.sub("", "".join(self._out))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._depth += tag == "table"
        if tag in _LINES:
            self._end_line()
            self._cells = [[]] if tag == "caption" else None
        elif tag in _CELLS:
            self._cells = [*(self._cells or []), []]
        else:
            self._inside(tag, self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _LINES:
            self._end_line()
            self._depth = max(0, self._depth - (tag == "table"))
        elif tag in _CELLS:
            self._write("\n")
        else:
            self._inside(tag, f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._write(data)

    def handle_entityref(self, name: str) -> None:
        self._write(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._write(f"&#{name};")

    def _inside(self, tag: str, markup: str) -> None:
        if self._cells is None and not self._depth:
            self._out.append(markup)
        elif tag in self._parting:
            self._write("\n")
        elif tag in _INLINE:
            self._write(markup)

    def _write(self, text: str) -> None:
        (self._cells[-1] if self._cells else self._out).append(text)

    def _end_line(self) -> None:
        cells = filter(None, ("".join(_joined("".join(cell))) for cell in self._cells or ()))
        line = SEPARATOR.join(cells)
        self._out.append(f"<p>{line}</p>" if line else "\n")
        self._cells = None


def _joined(cell: str) -> Iterator[str]:
    """The lines of a cell one after the other, with a semicolon where the one before ends without a sign."""
    before = ""
    for line in (" ".join(line.split()) for line in cell.split("\n")):
        words = re.sub(r"<[^<>]*>", "", line).strip()
        if before and words:
            yield " " if before.endswith(_ENDS) else "; "
        yield line
        before = words or before
