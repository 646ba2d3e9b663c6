"""A sheet's XML read element by element: slower than `scan`, and right however the sheet is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from typing import Any
from xml.parsers import expat

from pipeline.parser.kinds import EMPTY_FORMULA, ERROR, column_index
from pipeline.parser.scan import Scan

_REFERENCE = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")
_LAST_COLUMN = 16384


class BrokenXML(Exception):
    """A part is no well-formed XML."""


def scan_carefully(pieces: Iterable[bytes], blanks: Callable[[], frozenset[int]]) -> Scan:
    """The scan of a sheet's XML. `blanks` tells which shared texts are blank; it is asked only where one is used.

    Raises BrokenXML.
    """
    reader = _Reader(blanks)
    feed(pieces, reader.start, reader.end, reader.text)
    return reader.found


def values_at(pieces: Iterable[bytes], cells: Collection[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """What stands in these cells of a sheet's XML, by row and column. Raises BrokenXML."""
    reader = _Picker(cells)
    feed(pieces, reader.start, reader.end, reader.text)
    return reader.values


def blank_texts(pieces: Iterable[bytes]) -> frozenset[int]:
    """The numbers of the shared texts that hold nothing but blanks."""
    reader = _SharedTexts()
    feed(pieces, reader.start, reader.end, reader.text)
    return frozenset(reader.blank)


def feed(
    pieces: Iterable[bytes],
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    """Parse XML in pieces; elements are told by their local names, whatever their prefix. Raises BrokenXML."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda tag, attributes: start(tag.rpartition(":")[2], attributes)
    parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
    parser.CharacterDataHandler = text
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as problem:
        raise BrokenXML(f"{expat.ErrorString(problem.code)} in line {problem.lineno}") from problem


class _Reader:
    def __init__(self, blanks: Callable[[], frozenset[int]]) -> None:
        self.found, self._blanks = Scan(), blanks
        self._row, self._column = -1, -1
        self._sort, self._formula, self._valued = "", False, False
        self._parts: list[str] = []
        self._taking: Any = None
        self._cell = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._start_cell(attributes)
        elif tag == "row":
            self._start_row(attributes)
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = int(attributes.get("min", 1)), int(attributes.get("max", 0))
            self.found.hidden_columns.update(range(first - 1, min(last, _LAST_COLUMN)))
        elif self._cell and tag == "f":
            self._formula, self._taking = True, []
        elif self._cell and tag in ("v", "t"):
            self._valued |= tag == "v"
            self._taking = self._parts
        elif tag == "rPh":  # how a text is read aloud; it is no part of it
            self._taking = None

    def text(self, text: str) -> None:
        if self._taking is not None:
            self._taking.append(text)

    def end(self, tag: str) -> None:
        if tag == "f" and self._taking is not None:
            self.found.calls_out |= "WEBSERVICE(" in "".join(self._taking)
        if tag in ("f", "v", "t"):
            self._taking = None
        elif tag == "c":
            self._end_cell()

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        self._row = int(number) - 1 if number.isdecimal() else self._row + 1
        self._column = -1
        if attributes.get("hidden") in ("1", "true"):
            self.found.hidden_rows.append(self._row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        matched = _REFERENCE.fullmatch(attributes.get("r", "").replace("$", ""))
        if matched:
            self._row, self._column = int(matched.group(2)) - 1, column_index(matched.group(1).upper())
        else:
            self._column += 1
        self._sort, self._formula, self._valued, self._cell = attributes.get("t", "n"), False, False, True
        self._parts = []

    def _end_cell(self) -> None:
        text, self._cell = "".join(self._parts), False
        if self._sort == "e":
            self.found.marks.append((self._row, self._column, ERROR, text or "#ERROR"))
            self.found.reach(self._row, self._column)
        elif self._is_filled(text):
            self.found.filled += 1
            self.found.negative |= text.startswith("-")
            self.found.reach(self._row, self._column)
        elif self._formula and not (self._sort == "str" and self._valued):
            self.found.marks.append((self._row, self._column, EMPTY_FORMULA, ""))
            self.found.reach(self._row, self._column)

    def _is_filled(self, text: str) -> bool:
        if self._sort == "s" and text.strip().isdecimal():
            return int(text) not in self._blanks()
        return bool(text.strip())


class _Picker(_Reader):
    """Keeps what a few cells hold."""

    def __init__(self, cells: Collection[tuple[int, int]]) -> None:
        super().__init__(frozenset)
        self._cells, self.values = cells, dict[tuple[int, int], str]()

    def _end_cell(self) -> None:
        self._cell = False
        if (self._row, self._column) in self._cells:
            self.values[self._row, self._column] = "".join(self._parts).strip()


class _SharedTexts:
    def __init__(self) -> None:
        self.blank: list[int] = []
        self._number, self._filled, self._inside, self._aloud = -1, False, False, False

    def start(self, tag: str, _: dict[str, str]) -> None:
        if tag == "si":
            self._number, self._filled = self._number + 1, False
        elif tag == "rPh":
            self._aloud = True
        elif tag == "t":
            self._inside = not self._aloud

    def text(self, text: str) -> None:
        self._filled |= self._inside and bool(text.strip())

    def end(self, tag: str) -> None:
        if tag == "t":
            self._inside = False
        elif tag == "rPh":
            self._aloud = False
        elif tag == "si" and not self._filled:
            self.blank.append(self._number)
