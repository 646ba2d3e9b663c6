"""A sheet's XML, read at the speed of its bytes: how many cells hold something, how far they reach, what is hidden.

This is the second reading that the parser's is held against, and it sees what the parser does not: error cells,
formulas never calculated, hidden rows and columns. It works on arrays of positions in pieces of whole rows. What is
written in an unusual way (comments, cells without a reference, another encoding) is left to `careful`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from pipeline.parser.kinds import EMPTY_FORMULA, ERROR, Mark, column_index

Places: TypeAlias = npt.NDArray[np.int64]
Mask: TypeAlias = npt.NDArray[np.bool_]
Merge: TypeAlias = tuple[int, int, int, int]
"""First row, first column, last row and last column of a merged block, 0-based."""

_PIECE = 4 << 20
_PAD = b"\0" * 24
_ROOT = re.compile(rb"<(?:([A-Za-z_][\w.-]*):)?worksheet[\s>]")
_HIDDEN = rb"""[^>]*\bhidden=["'](?:1|true)["'][^>]*>"""
_EDGES = {side: re.compile(rb"""\b%b=["'](\d+)["']""" % side) for side in (b"r", b"min", b"max")}
_LAST_COLUMN = 16384


@dataclass
class Scan:
    """What a scan of one sheet found. `filled` counts cells that hold something and are neither error nor formula
    without value; rows and columns are 0-based.
    """

    filled: int = 0
    last_row: int = -1
    last_column: int = -1
    far_row: tuple[int, int] = (-1, -1)
    far_column: tuple[int, int] = (-1, -1)
    marks: list[Mark] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)
    """Where the parser does not tell them."""
    loose: bool = False
    """Texts of nothing but blanks are counted as well."""
    negative: bool = False
    """Some value, most likely a number, begins with a minus."""
    calls_out: bool = False
    """A formula asks for something outside (WEBSERVICE)."""

    def reach(self, row: int, column: int) -> None:
        """A cell there holds something."""
        if row > self.last_row:
            self.last_row, self.far_row = row, (row, column)
        if column > self.last_column:
            self.last_column, self.far_column = column, (row, column)

    @property
    def extent(self) -> int:
        """Cells between A1 and the furthest filled row and column."""
        return (self.last_row + 1) * (self.last_column + 1)


class Unusual(Exception):
    """The sheet is written in a way that this quick scan does not know."""


def scan_sheet(pieces: Iterable[bytes]) -> Scan:
    """The scan of a sheet's XML, given in pieces. Raises Unusual."""
    found, rest, names = Scan(loose=True), b"", None
    for piece in pieces:
        rest += piece
        if len(rest) < _PIECE:
            continue
        names = names or _Names(rest)
        end = rest.rfind(names.row_end) + len(names.row_end)
        if end >= len(names.row_end):
            _scan(rest[:end], names, found)
            rest = rest[end:]
    _scan(rest, names or _Names(rest), found)
    return found


class _Names:
    """The sheet's element names as its prefix makes them."""

    def __init__(self, head: bytes) -> None:
        root = _ROOT.search(head[:8192])
        if root is None:
            raise Unusual
        prefix = root.group(1) + b":" if root.group(1) else b""
        self.prefix = prefix
        self.row_end = b"</%brow>" % prefix
        self.hidden_row = re.compile(rb"<%brow\b" % prefix + _HIDDEN)
        self.hidden_column = re.compile(rb"<%bcol\b" % prefix + _HIDDEN)
        self.cell = re.compile(rb'<%bc r="([A-Z]{1,3})(\d{1,7})"([^>]*)>' % prefix)
        self.value = re.compile(rb"<%bv[^>]*>([^<]*)<" % prefix)
        self.cell_end = b"</%bc>" % prefix


def _scan(xml: bytes, names: _Names, found: Scan) -> None:
    if b"<!" in xml or b"\0" in xml:
        raise Unusual
    cells, filled, formulas, starts = _tokens(xml, names)
    errors = _errors(xml, names, cells, filled, found)
    found.filled += int(np.count_nonzero(filled)) - errors
    if len(formulas):
        _formulas(xml, names, starts[formulas[~filled[formulas]]], found)
        found.calls_out |= b"WEBSERVICE(" in xml
    found.negative |= b"v>-" in xml
    _reach(xml, starts[filled], names, found)
    if b" hidden=" in xml:
        _hidden(xml, names, found)


def _tokens(xml: bytes, names: _Names) -> tuple[Places, Mask, Places, Places]:
    """The cells' start positions twice over (as found; for marks), which are filled, and which hold formulas."""
    data = np.frombuffer(xml + _PAD, np.uint8)
    at = np.flatnonzero(data == ord("<"))
    shift = 1 + len(names.prefix)
    if names.prefix:
        own = np.ones(len(at), bool)
        for offset, letter in enumerate(names.prefix, start=1):
            own &= data[at + offset] == letter
        at = at[own]
    first, second = data[at + shift], data[at + shift + 1]
    ends = second <= ord(">")  # a blank, `/` or `>`: the name has one letter
    is_cell = (first == ord("c")) & ends
    cells, owner = at[is_cell], np.cumsum(is_cell) - 1
    if len(cells) and not _referenced(data, cells + shift):
        raise Unusual
    filled = np.zeros(len(cells), bool)
    for letter in b"vt":
        named = np.flatnonzero((first == letter) & ends)
        holds = named[_holds_text(data, at[named] + shift + 1)]
        filled[_owners(owner, holds)] = True
    formulas = np.unique(_owners(owner, np.flatnonzero((first == ord("f")) & ends)))
    return cells, filled, formulas, cells


def _owners(owner: Places, tokens: Places) -> Places:
    owners = owner[tokens]
    return owners[owners >= 0]


def _referenced(data: npt.NDArray[np.uint8], letters: Places) -> bool:
    """Each cell begins `c r="`, so that its reference is where it is looked for."""
    return all(bool((data[letters + offset] == letter).all()) for offset, letter in enumerate(b' r="', start=1))


def _holds_text(data: npt.NDArray[np.uint8], after: Places) -> Mask:
    """Which tags hold some text, given the position after their name."""
    plain = data[after] == ord(">")
    if not plain.all():
        ends = np.flatnonzero(data == ord(">"))
        after = np.where(plain, after, ends[np.minimum(np.searchsorted(ends, after), len(ends) - 1)])
    holds: Mask = (data[after] == ord(">")) & (data[after - 1] != ord("/")) & (data[after + 1] != ord("<"))
    return holds


def _errors(xml: bytes, names: _Names, cells: Places, filled: Mask, found: Scan) -> int:
    """Mark the error cells; how many of them are among the filled."""
    count, at = 0, xml.find(b't="e"')
    while at >= 0:
        number = int(np.searchsorted(cells, at)) - 1
        matched = names.cell.match(xml, int(cells[number])) if number >= 0 else None
        if matched and matched.end() > at:  # within the cell's own tag
            end = xml.find(names.cell_end, at)
            value = names.value.search(xml, at, end if end >= 0 else len(xml))
            text = value.group(1).decode("utf-8", "replace") if value else ""
            row, column = int(matched.group(2)) - 1, column_index(matched.group(1).decode())
            found.marks.append((row, column, ERROR, text or "#ERROR"))
            found.reach(row, column)
            count += bool(filled[number])
        at = xml.find(b't="e"', at + 5)
    return count


def _formulas(xml: bytes, names: _Names, starts: Places, found: Scan) -> None:
    """Mark formulas that no program has calculated; an empty text is a result."""
    for start in starts.tolist():
        matched = names.cell.match(xml, start)
        if matched is None or b't="e"' in matched.group(3):
            continue
        end = xml.find(names.cell_end, start)
        calculated = b't="str"' in matched.group(3) and xml.find(b"<%bv" % names.prefix, start, end) >= 0
        if not calculated:
            row, column = int(matched.group(2)) - 1, column_index(matched.group(1).decode())
            found.marks.append((row, column, EMPTY_FORMULA, ""))
            found.reach(row, column)


def _reach(xml: bytes, starts: Places, names: _Names, found: Scan) -> None:
    """How far the filled cells reach, from their references."""
    if not len(starts):
        return
    data = np.frombuffer(xml + _PAD, np.uint8)
    at = starts + len(names.prefix) + 6
    columns = data[at].astype(np.int32) - 64
    for _ in range(2):
        letter = data[at + 1]
        more = (letter >= 65) & (letter <= 90)
        at = at + more
        columns = np.where(more, columns * 26 + letter - 64, columns)
    rows = np.zeros(len(at), np.int32)
    going = np.ones(len(at), bool)
    for offset in range(1, 8):
        digit = data[at + offset] - 48
        going &= digit <= 9
        rows = np.where(going, rows * 10 + digit, rows)
    for far in {int(rows.argmax()), int(columns.argmax())}:
        found.reach(int(rows[far]) - 1, int(columns[far]) - 1)


def _hidden(xml: bytes, names: _Names, found: Scan) -> None:
    for tag in names.hidden_row.findall(xml):
        number = _EDGES[b"r"].search(tag)
        if number is None:
            raise Unusual
        found.hidden_rows.append(int(number.group(1)) - 1)
    for tag in names.hidden_column.findall(xml):
        first, last = _EDGES[b"min"].search(tag), _EDGES[b"max"].search(tag)
        if first and last:
            found.hidden_columns.update(range(int(first.group(1)) - 1, min(int(last.group(1)), _LAST_COLUMN)))
