"""The scan of an .ods workbook: its error cells, merged and hidden ones, how many cells hold something.

Source: OpenDocument 1.3, part 3, section 9; LibreOffice's `calcext` marks cells that show an error.
"""

from __future__ import annotations

import re

from pipeline.parser.archive import Archive, damaged
from pipeline.parser.book import BookScan
from pipeline.parser.careful import BrokenXML, feed
from pipeline.parser.kinds import ERROR, TEXT
from pipeline.parser.scan import Scan
from pipeline.parser.xlsx import carried

_ERROR_TEXT = re.compile(r"#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A)|Err:\d{3}")
_VALUES = tuple(f"office:{sort}" for sort in ("value", "date-value", "time-value", "boolean-value", "string-value"))
"""What a cell holds; without one of these it holds its text."""
_OBJECTS = frozenset(
    "annotation shape frame custom-shape rect line polyline polygon regular-polygon path circle ellipse g measure"
    " caption connector control".split()
)
"""Notes and drawings on a cell, whose texts are none of its own."""
_SPACES = {"tab": "\t", "line-break": "\n", "p": "\n"}
_MOST_COPIES = 1 << 20
"""Repeated cells beyond this are filled up to the sheet's edge and hold nothing."""
_MOST_BLANKS = 1 << 10
"""Blanks in one text that are written as their number."""


def scan_ods(archive: Archive) -> BookScan:
    """The scan of all sheets. Raises RegisterError for an archive that breaks its own promises."""
    reader = _Reader()
    for part in archive.parts:
        if part == "META-INF/manifest.xml" and b"encryption-data" in archive.read(part):
            reader.locked = True
    for part in archive.parts:
        if part != "content.xml" or reader.locked:
            for _ in archive.stream(part):
                pass
    if "content.xml" not in archive.parts:
        raise damaged("its part content.xml is missing")
    if not reader.locked:
        try:
            feed(archive.stream("content.xml"), reader.start, reader.end, reader.text)
        except BrokenXML as problem:
            raise damaged(f"its part content.xml is broken ({problem})") from problem
    return BookScan(sheets=reader.scans, ignored=carried(archive) | reader.ignored, counted=True)


class _Reader:
    """Follows the tables of content.xml; a row or cell that is repeated counts as often as it stands."""

    def __init__(self) -> None:
        self.scans: dict[str | int, Scan] = {}
        self.ignored: set[str] = set()
        self.locked = False
        self._scan = Scan()
        self._row = self._column = self._rows = self._cells = 0
        self._attributes: dict[str, str] = {}
        self._texts: list[str] = []
        self._pending: list[tuple[int, int, tuple[int, str] | None]] = []
        self._spans: list[tuple[int, int, int]] = []
        self._inside = False
        self._aside = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in ("table-cell", "covered-table-cell"):
            self._attributes, self._texts, self._inside = attributes, [], True
            self._cells = _count(attributes, "table:number-columns-repeated")
        elif tag == "table-row":
            self._rows, self._column, self._pending = _count(attributes, "table:number-rows-repeated"), 0, []
            self._spans = []
            if attributes.get("table:visibility") in ("collapse", "filter") and self._rows < _MOST_COPIES:
                self._scan.hidden_rows += range(self._row, self._row + self._rows)
        elif tag == "table-column":
            self._start_column(attributes)
        elif tag == "table":
            self._scan = self.scans.setdefault(attributes.get("table:name", ""), Scan())
            self._row = self._column = 0
        elif tag in _OBJECTS:
            self._aside += 1
        elif tag in ("dde-source", "database-source-sql", "table-source", "cell-range-source"):
            self.ignored.add("links")
        elif self._inside and not self._aside:
            self._space(tag, attributes)

    def _space(self, tag: str, attributes: dict[str, str]) -> None:
        """Paragraphs stand on lines of their own, and blanks are elements."""
        if tag == "s":
            self._texts.append(" " * min(_count(attributes, "text:c"), _MOST_BLANKS))
        elif tag in _SPACES and (self._texts or tag != "p"):
            self._texts.append(_SPACES[tag])

    def text(self, text: str) -> None:
        if self._inside and not self._aside:
            self._texts.append(text)

    def end(self, tag: str) -> None:
        if tag in ("table-cell", "covered-table-cell"):
            self._end_cell()
        elif tag == "table-row":
            self._end_row()
        elif tag in _OBJECTS:
            self._aside -= 1

    def _start_column(self, attributes: dict[str, str]) -> None:
        columns = _count(attributes, "table:number-columns-repeated")
        if attributes.get("table:visibility") in ("collapse", "filter"):
            self._scan.hidden_columns.update(range(self._column, self._column + min(columns, _MOST_COPIES)))
        self._column += columns

    def _end_cell(self) -> None:
        text, self._inside = "".join(self._texts), False
        value = next((self._attributes[name] for name in _VALUES if name in self._attributes), None)
        if self._is_error(text):
            self._pending.append((self._column, self._cells, (ERROR, text.strip())))
        elif value is None and self._attributes.get("office:value-type") != "string":
            if text.strip():  # the parser takes no text of a cell that does not say that it holds one
                self._pending.append((self._column, self._cells, (TEXT, text)))
        elif (text if value is None else value).strip():
            self._pending.append((self._column, self._cells, None))
        wide, high = (_count(self._attributes, f"table:number-{way}-spanned") for way in ("columns", "rows"))
        if wide * high > 1:
            self._spans.append((self._column, wide, high))
        self._column += self._cells

    def _is_error(self, text: str) -> bool:
        if self._attributes.get("calcext:value-type") == "error":
            return True
        return "table:formula" in self._attributes and _ERROR_TEXT.fullmatch(text.strip()) is not None

    def _end_row(self) -> None:
        for column, copies, mark in self._pending:
            self._scan.reach(self._row + self._rows - 1, column + copies - 1)
            if mark is None or copies * self._rows >= _MOST_COPIES:
                self._scan.filled += copies * self._rows
            else:
                for row in range(self._row, self._row + self._rows):
                    self._scan.marks += ((row, at, *mark) for at in range(column, column + copies))
        copies = self._rows if self._pending and self._rows < _MOST_COPIES else 1  # of blank rows the first is enough
        for column, wide, high in self._spans:
            for row in range(self._row, self._row + copies, high):
                self._scan.merges.append((row, column, row + high - 1, column + wide - 1))
        self._row += self._rows


def _count(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 10 else 1
