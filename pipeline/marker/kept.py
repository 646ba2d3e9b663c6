"""The cells of a sheet that nobody asks for: they stay as the user's file writes them, and no value is made of them.

Only what is written in the plainest way is kept so; whatever else a sheet holds is read element by element.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence, Set
from itertools import pairwise
from typing import Any, TypeAlias

from openpyxl.utils import get_column_letter

Spot: TypeAlias = tuple[int, int]
"""Row and column of a cell, from 1."""

MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
"""The namespace of all that a sheet holds."""
TEXT = rb"[^<>&\x00-\x08\x0b-\x1f]"
"""A byte of text that stands for itself, in XML and in a cell."""
_FORMULA = rb"(?:<f[^<>]*/>|<f[^<>]*>[^<>]*</f>)?"
_NUMBER = rb"-?\d{1,17}(?:\.\d{1,20})?(?:[eE][+-]?\d{1,2})?"
_HEAD = re.compile(
    rb'(?:<\?xml version="1\.0"(?: encoding="(?i:utf-8)")?(?: standalone="\w+")? ?\?>\s*)?'
    rb"<worksheet(?=[^<>']* xmlns=\"" + re.escape(MAIN) + rb"\")[^<>']*>"
)
_ROW = re.compile(
    rb'<row r="([1-9]\d{0,6})"((?: [\w:]+="[^"<>&]*")*)>('
    rb'(?:<c r="[A-Z]{1,3}\1"(?: s="\d{1,5}")?(?:'
    rb" ?/>"
    rb'|(?: t="n")?>' + _FORMULA + rb"(?:<v>" + _NUMBER + rb"</v>|<v ?/>|<v></v>)?</c>"
    rb'| t="s"><v>\d{1,7}</v></c>'
    rb'| t="b">' + _FORMULA + rb"<v>[01]</v></c>"
    rb'| t="e">' + _FORMULA + rb"<v>#[A-Z0-9/!?_]+</v></c>"
    rb'| t="str">' + _FORMULA + rb'(?:<v(?: xml:space="preserve")?>' + TEXT + rb"+</v>|<v ?/>|<v></v>)</c>"
    rb'| t="inlineStr"><is><t(?: xml:space="preserve")?>' + TEXT + rb"+</t></is></c>"
    rb"))*+)</row>"
)
"""A row of cells in their plainest writing: its number, its attributes, its cells."""
_NUMBERED = re.compile(rb'<row(?: r="(\d{1,7})"[ />])?')
_COLUMN = re.compile(rb'<c r="([A-Z]+)')
_SHARED = re.compile(rb' t="s"><v>(\d+)<')
_SPANS = re.compile(rb' (?:spans|\w+:\w+)="[^"]*"')
"""Attributes of a row of which a copy knows nothing."""
_ESCAPED = b"x005F_"
"""What stands in a text for an underline; reading takes it out."""


class Cells(dict[Spot, Any]):
    """Cells by their spots. One that was kept is made, by `made`, when it is first asked for.

    `rows`: the kept cells of each row, as they are written; `texts`: the table of shared texts that they point into.
    Going through this meets only cells that were made.
    """

    def __init__(self, rows: dict[int, bytes], made: Callable[[bytes], Any], texts: Sequence[Any]) -> None:
        super().__init__()
        self.rows, self.texts, self._made = rows, texts, made

    def __contains__(self, spot: object) -> bool:
        return super().__contains__(spot) or self._wake(spot)

    def __missing__(self, spot: Spot) -> Any:
        if self._wake(spot):
            return self[spot]
        raise KeyError(spot)

    def __setitem__(self, spot: Spot, cell: Any) -> None:
        self._taken(spot)
        super().__setitem__(spot, cell)

    def get(self, spot: Spot, default: Any = None) -> Any:
        """The cell there, made now where it was kept."""
        self._wake(spot)
        return super().get(spot, default)

    def _wake(self, spot: Any) -> bool:
        """Make the cell there; whether one was kept."""
        written = self._taken(spot)
        if written:
            super().__setitem__(spot, self._made(written))
        return bool(written)

    def _taken(self, spot: Spot) -> bytes:
        """The kept cell there, taken out of its row; b"" where there is none."""
        row = self.rows.get(spot[0])
        begin = row.find(f'<c r="{get_column_letter(spot[1])}{spot[0]}"'.encode()) if row else -1
        if row is None or begin < 0:
            return b""
        end = row.find(b"<c ", begin + 1)
        end = len(row) if end < 0 else end
        self.rows[spot[0]] = row[:begin] + row[end:]
        return row[begin:end]


def apart(sheet: bytes, plain: Set[int]) -> tuple[bytes, dict[int, bytes]]:
    """A sheet's XML without the cells that can stay as they are written, and these: row -> its cells.

    `plain`: the numbers in the table of shared texts of those in which no part looks different. All is left in where
    the sheet is written in an unusual way.
    """
    head, begin, rest = sheet.partition(b"<sheetData>")
    data, end, tail = rest.partition(b"</sheetData>")
    if not (end and _HEAD.match(head) and is_plain(sheet) and b"<sheetData>" not in rest and _is_ascending(data)):
        return sheet, {}
    kept: dict[int, bytes] = {}
    ordered: dict[tuple[bytes, ...], bool] = {}

    def lean(row: re.Match[bytes]) -> bytes:
        cells = row[3]
        columns = tuple(_COLUMN.findall(cells))
        if columns not in ordered:
            ordered[columns] = bool(columns) and all(_place(one) < _place(other) for one, other in pairwise(columns))
        if not ordered[columns] or _ESCAPED in cells or not plain >= set(map(int, _SHARED.findall(cells))):
            return row[0]
        kept[int(row[1])] = cells
        attributes = _SPANS.sub(b"", row[2])
        return b'<row r="%b"%b></row>' % (row[1], attributes) if attributes else b""

    return b"".join((head, begin, _ROW.sub(lean, data), end, tail)), kept


def edges(rows: Mapping[int, bytes]) -> list[Spot]:
    """A kept cell of the first, of the last row, and the leftmost and the rightmost: how far the kept cells reach."""
    if not any(rows.values()):
        return []
    ends = [(_column(cells), _column(cells[cells.rindex(b"<c ") :]), row) for row, cells in rows.items() if cells]
    first, last = ends[0], ends[-1]
    left, right = min(ends), max(ends, key=lambda one: one[1])
    return [(first[2], first[0]), (last[2], last[0]), (left[2], left[0]), (right[2], right[1])]


def _column(cells: bytes) -> int:
    """The number of the first cell's column, from 1."""
    found = _COLUMN.match(cells)
    assert found
    number = 0
    for letter in found[1]:
        number = number * 26 + letter - 64
    return number


def _place(letters: bytes) -> tuple[int, bytes]:
    """By what columns are ordered."""
    return len(letters), letters


def is_plain(xml: bytes) -> bool:
    """Whether it is good UTF-8 with no comment, declaration or further instruction in which tags could hide."""
    if b"<!" in xml or xml.count(b"<?") > 1 or re.search(rb"\xef\xbf[\xbe\xbf]", xml):
        return False
    try:
        xml.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_ascending(data: bytes) -> bool:
    """Every row has its number, each higher than the one before."""
    numbers = _NUMBERED.findall(data)
    return all(numbers) and all(one < other for one, other in pairwise(map(int, numbers)))
