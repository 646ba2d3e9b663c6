"""QuickSheet: an XlsxWriter sheet that takes whole rows of ready cells, and writes the common kinds of cell quickly."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import (
    CellBlankTuple,
    CellDatetimeTuple,
    CellNumberTuple,
    CellStringTuple,
    Worksheet,
    _preserve_whitespace,
)

Cell = Any
"""One cell as XlsxWriter keeps it until the sheet is packed: its value and its format."""
_DAY_ZERO, _DAY = datetime(1899, 12, 30), timedelta(days=1)
_letters = cache(xl_col_to_name)


class QuickSheet(Worksheet):  # type: ignore[misc]
    """A sheet whose lists are filled a row at a time; the bytes of each cell are those that XlsxWriter writes.

    XlsxWriter's own way takes some ten calls a cell, which is most of the time of a workbook of many rows.
    """

    previous_row: int
    _written = -1
    """The row that was written out as a whole last."""

    def height(self, row: int) -> int:
        """Pixels that a row takes."""
        height: int = self._size_row(row)
        return height

    def text_cell(self, text: str, form: Any) -> Cell:
        """A text, which may stand in many places; it has to be fit for a cell (see `text.sheet_text`)."""
        return CellStringTuple(text if self.constant_memory else self.str_table._get_shared_string_index(text), form)

    def number_cell(self, number: float, form: Any) -> Cell:
        """A finite number."""
        return CellNumberTuple(number, form)

    def date_cell(self, moment: datetime, form: Any) -> Cell:
        """A day from March 1900 on, as Excel counts them."""
        return CellDatetimeTuple((moment - _DAY_ZERO) / _DAY, form)

    def blank_cell(self, form: Any) -> Cell:
        """An empty cell that has a look."""
        return CellBlankTuple(form)

    def place_rows(
        self,
        first: int,
        places: Sequence[int],
        columns: Sequence[Sequence[Cell]],
        rows: int,
        after: Callable[[int], None],
    ) -> None:
        """So many rows of ready cells from row `first` down, a sequence for each of `places`.

        `after` is called for each row once its ready cells are in place: a streamed sheet is written row by row.
        """
        for column in places:
            self._check_dimensions(first, column)
            self._check_dimensions(first + rows - 1, column)
        if self.constant_memory:
            self._write_out(first, places, columns, rows, after)
            return
        every = zip(*columns, strict=True) if columns else iter([()] * rows)
        for row, cells in enumerate(every, start=first):
            self.table[row].update(zip(places, cells, strict=True))
            after(row)

    def _write_out(
        self,
        first: int,
        places: Sequence[int],
        columns: Sequence[Sequence[Cell]],
        rows: int,
        after: Callable[[int], None],
    ) -> None:
        """The same, each row written at once: a list of a million cells is never held as a table of cells."""
        order = sorted(range(len(places)), key=places.__getitem__)
        starts = [(places[at], f'<c r="{_letters(places[at])}') for at in order]
        ends = [self._ends(columns[at]) for at in order]
        every = zip(*ends, strict=True) if ends else iter([()] * rows)
        for row, cells in enumerate(every, start=first):
            if row > self.previous_row:
                self._write_single_row(row)
            after(row)
            self._write_row(row, None, self.row_info.get(row))
            named = [(place, f"{start}{row + 1}{end}") for (place, start), end in zip(starts, cells, strict=True)]
            self._write_beside(row, named)
            self._xml_end_tag("row")
            self._written = row

    def _write_beside(self, row: int, cells: list[tuple[int, str]]) -> None:
        """The ready cells of a row with those that were put there one by one, from left to right."""
        single = sorted(self.table[row].items())
        if not single:
            self.fh.write("".join([text for _, text in cells]))
            return
        for place, cell in sorted([*cells, *single], key=lambda one: one[0]):
            if isinstance(cell, str):
                self.fh.write(cell)
            else:
                self._write_cell(row, place, cell)

    def _ends(self, cells: Sequence[Cell]) -> Iterator[str]:
        """What follows each cell's reference; made once of a cell that stands in many places."""
        made: dict[int, str] = {}
        often = len(set(map(id, cells))) * 2 < len(cells)
        for cell in cells:
            end = made.get(id(cell))
            if end is None:
                end = self._end(cell)
                if often:
                    made[id(cell)] = end
            yield end

    def _end(self, cell: Cell) -> str:
        kind, style = cell.__class__, f'" s="{cell.format._get_xf_index()}"'
        if kind is CellBlankTuple:
            return f"{style}/>"
        if kind is not CellStringTuple:
            return f"{style}><v>{cell.number:.16G}</v></c>"
        text = self._escape_control_characters(cell.string)
        space = ' xml:space="preserve"' if _preserve_whitespace(text) else ""
        return f'{style} t="inlineStr"><is><t{space}>{self._escape_data(text)}</t></is></c>'

    def _write_single_row(self, current_row_num: int = 0) -> None:
        """What is left of the row before; nothing of one that was written as a whole."""
        if self.previous_row == self._written:
            self.previous_row = current_row_num
            self.table.clear()
        else:
            super()._write_single_row(current_row_num)

    def _write_cell(self, row: int, col: int, cell: Cell) -> None:
        kind, form = cell.__class__, cell.format
        if form is None or (kind is CellStringTuple and self.constant_memory):
            super()._write_cell(row, col, cell)
        elif kind is CellStringTuple:
            self.fh.write(f'<c r="{_letters(col)}{row + 1}" s="{form._get_xf_index()}" t="s"><v>{cell.string}</v></c>')
        elif kind is CellNumberTuple or kind is CellDatetimeTuple:
            self.fh.write(f'<c r="{_letters(col)}{row + 1}" s="{form._get_xf_index()}"><v>{cell.number:.16G}</v></c>')
        elif kind is CellBlankTuple:
            self.fh.write(f'<c r="{_letters(col)}{row + 1}" s="{form._get_xf_index()}"/>')
        else:
            super()._write_cell(row, col, cell)

    def _calculate_spans(self) -> None:
        """Nothing: they are optional hints for programs that read a file, and take a look at every cell."""
