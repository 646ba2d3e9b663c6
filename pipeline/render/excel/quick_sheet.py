"""QuickSheet: an XlsxWriter sheet that takes whole lists of ready cells, which are written when it is packed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from html import escape
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from pipeline.render.excel.rows import Cell, Column, Rows

_DAY_ZERO, _DAY = datetime(1899, 12, 30), timedelta(days=1)
_PIXELS = 4 / 3
"""Pixels of a point."""


def days(moment: datetime) -> float:
    """A day from March 1900 on, as Excel counts them."""
    return (moment - _DAY_ZERO) / _DAY


def look_of(form: Any) -> str:
    """A format as it is written in a cell, from the end of the cell's place."""
    return f'" s="{form._get_xf_index()}"'


def number_cell(number: float, look: str) -> Cell:
    """A finite number."""
    return f"{look}><v>{number:.16G}</v></c>"


def whole_cells(numbers: npt.NDArray[np.int64], look: str) -> pa.Array:
    """Whole numbers of up to 15 digits, each as `number_cell` writes it."""
    return pc.binary_join_element_wise(f"{look}><v>", pa.array(numbers).cast(pa.string()), "</v></c>", "")


def formula_cell(formula: str, value: float, look: str) -> Cell:
    """A formula of functions that every Excel has, and its result."""
    return f"{look}><f>{escape(formula.removeprefix('='), quote=False)}</f><v>{value}</v></c>"


def blank_cell(look: str) -> Cell:
    """An empty cell that has a look."""
    return f"{look}/>"


class QuickSheet(Worksheet):  # type: ignore[misc]
    """A sheet whose lists are kept by the column; each cell is written as XlsxWriter would.

    XlsxWriter's own way takes some ten calls a cell, which is most of the time of a workbook of many rows. The sheet
    has a mark where a list's rows belong, see `packing`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.lists: dict[int, Rows] = {}

    def height(self, row: int) -> int:
        """Pixels that a row takes."""
        height: int = self._size_row(row)
        return height

    def text_cell(self, text: str, look: str) -> Cell:
        """A text; it has to be fit for a cell (see `text.sheet_text`)."""
        return f'{look} t="s"><v>{self.str_table._get_shared_string_index(text)}</v></c>'

    def text_cells(self, texts: Sequence[str], look: str) -> pa.Array:
        """Texts, each as `text_cell` writes it; a blank cell for an empty one."""
        numbers = pa.array(self.str_table.numbers(texts)).cast(pa.string())
        cells = pc.binary_join_element_wise(f'{look} t="s"><v>', numbers, "</v></c>", "")
        return cells.fill_null(blank_cell(look))

    def place_rows(self, first: int, columns: Sequence[Column], points: npt.NDArray[np.float64]) -> None:
        """The rows of a list from row `first` down; no cell is written into them otherwise.

        `points` is the height of each row, 0 where it is as high as others.
        """
        for one in columns:
            self._check_dimensions(first, one.place)
            self._check_dimensions(first + len(points) - 1, one.place)
        self.lists[first] = Rows(first, columns, np.rint(points * _PIXELS).astype(np.int64))

    def taken(self) -> Iterator[tuple[int, Rows]]:
        """The lists by their first row, whose heights alone are kept here."""
        for first, rows in self.lists.items():
            self.lists[first] = replace(rows, columns=())
            yield first, rows

    def _size_row(self, row: int, anchor: int = 0) -> Any:
        """Pixels of a row, which for those of a list are not noted one by one."""
        listed = next((one for one in self.lists.values() if one.first <= row < one.first + len(one.heights)), None)
        tall = int(listed.heights[row - listed.first]) if listed else 0
        return tall or super()._size_row(row, anchor)

    def merge_in_rows(self, first: int, rows: int, left: int, right: int) -> None:
        """In so many rows of a list, the cells from column `left` to `right` are one."""
        self.merge += [[row, left, row, right] for row in range(first, first + rows)]

    def add_list(self, row: int, last: int, width: int, options: Mapping[str, Any]) -> None:
        """A structured table with its headings in `row`; XlsxWriter would note each of its cells."""
        self.add_table(row, 0, row + 1, width - 1, options)
        area = xl_range(row, 0, last, width - 1)
        self.tables[-1].update(range=area, a_range=area, autofilter=area)

    def _write_rows(self) -> None:
        """The rows of single cells, and the mark of each list."""
        for row in sorted({*self.row_info, *self.table, *self.lists}):
            cells = self.table.get(row)
            if row in self.lists:
                self.fh.write(f"<?rows {row}?>")
            elif cells:
                self._write_row(row, None, self.row_info.get(row))
                for column in sorted(cells):
                    self._write_cell(row, column, cells[column])
                self._xml_end_tag("row")
            elif row in self.row_info:
                self._write_empty_row(row, None, self.row_info[row])
