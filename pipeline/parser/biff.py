"""Records of the binary formats as arrays: what each is, where its content begins, how long that is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from pipeline.parser.book import ERROR_NAMES
from pipeline.parser.kinds import ERROR
from pipeline.parser.scan import Mask, Places, Scan

Bytes: TypeAlias = npt.NDArray[np.uint8]
_FURTHEST = 24
"""Bytes after the start of a record that may be looked at without asking for its size."""
_COLUMN_BITS = 32
_BLANK_LETTERS = frozenset(ord(letter) for letter in map(chr, range(0x3001)) if letter.isspace())


class Records:
    """The records of `content` in their order; `starts` and `sizes` are those of their content, in bytes."""

    def __init__(self, content: bytes, layout: Callable[[Bytes], tuple[Places, Places, Places]]) -> None:
        """`layout` tells the kinds, starts and sizes from the bytes, behind which some zeros follow."""
        self.content, self._data = content, np.frombuffer(content + bytes(_FURTHEST), np.uint8)
        self.kinds, self.starts, self.sizes = layout(self._data)

    def of(self, *kinds: int, least: int = 0) -> Places:
        """The places among the records of those of some kinds that hold at least so many bytes."""
        return np.flatnonzero(np.isin(self.kinds, kinds) & (self.sizes >= least))

    def numbers(self, records: Places, offset: int, size: int) -> Places:
        """A whole number of some bytes, lowest first, at an offset in each of these records."""
        return numbers_at(self._data, self.starts[records] + offset, size)

    def body(self, record: int) -> bytes:
        """The content of one record."""
        start = int(self.starts[record])
        return self.content[start : start + int(self.sizes[record])]


def numbers_at(data: Bytes, places: Places, size: int) -> Places:
    """The whole numbers of some bytes, lowest first, that begin at these places."""
    found = np.zeros(len(places), np.int64)
    for byte in range(size):
        found |= data[places + byte].astype(np.int64) << 8 * byte
    return found


def mark_errors(scan: Scan, rows: Places, columns: Places, numbers: Places) -> None:
    """Mark cells that show an error, by its number."""
    for row, column, number in zip(rows.tolist(), columns.tolist(), numbers.tolist(), strict=True):
        scan.marks.append((row, column, ERROR, ERROR_NAMES.get(number, "#ERROR")))
        scan.reach(row, column)


def count_filled(scan: Scan, rows: Places, columns: Places) -> None:
    """Add filled cells: each counts once, and not where something else is marked."""
    cells = np.sort(rows << _COLUMN_BITS | columns)
    cells = cells[np.diff(cells, prepend=-1) != 0]
    if scan.marks:
        cells = cells[~np.isin(cells, [row << _COLUMN_BITS | column for row, column, *_ in scan.marks])]
    scan.filled += len(cells)
    if len(cells):
        rows, columns = cells >> _COLUMN_BITS, cells & ((1 << _COLUMN_BITS) - 1)
        for far in (int(rows.argmax()), int(columns.argmax())):
            scan.reach(int(rows[far]), int(columns[far]))


def is_blank(letters: bytes, width: int) -> bool:
    """A text of letters of one or two bytes holds nothing but blanks."""
    return not letters.decode("utf-16-le" if width == 2 else "latin-1", "replace").strip()


def may_be_blank(lengths: Places, first: Places) -> Mask:
    """Which texts may hold nothing but blanks, by their lengths and first letters."""
    blank: Mask = (lengths == 0) | np.isin(first, list(_BLANK_LETTERS))
    return blank
