"""Rows of ready cells as the text of a sheet: joined by the column, never cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from xlsxwriter.utility import xl_col_to_name

Cell = str
"""A cell as it is written after its place, `" s="4"/>`: the same text wherever the same cell stands."""
_AT_ONCE = 1_000
"""Rows that are joined at a time: few enough for a processor's own memory."""


@dataclass(frozen=True)
class Column:
    """The cells of one column of a list: those that differ, and which of them stands in each row."""

    place: int
    cells: pa.Array
    which: npt.NDArray[np.int32]


def column(place: int, missing: Cell, present: Sequence[Cell] | pa.Array, which: npt.NDArray[Any]) -> Column:
    """A column of the present cells, by their places among them; -1 is one that is missing."""
    cells = present if isinstance(present, pa.Array) else pa.array(present, pa.string())
    return Column(place, pa.concat_arrays([pa.array([missing]), cells]), (which + 1).astype(np.int32))


@dataclass(frozen=True)
class Rows:
    """The rows of a list from row `first` down; `heights` is the pixels of each, 0 where it is as high as others."""

    first: int
    columns: Sequence[Column]
    heights: npt.NDArray[np.int64]

    def written(self) -> Iterator[memoryview]:
        """The rows as they stand in the part of a sheet, some at a time, as they lie in memory."""
        for begin in range(0, len(self.heights), _AT_ONCE):
            some = slice(begin, begin + _AT_ONCE)
            yield memoryview(pc.binary_join_element_wise(*self._pieces(some), "").buffers()[2])

    def _pieces(self, some: slice) -> list[Any]:
        """What stands in these rows one after the other, each a text of all of them or one for each."""
        numbers = self._numbers[some]
        pieces = ['<row r="', numbers, self._ends[some]]
        for one in self._ordered:
            pieces += [f'<c r="{xl_col_to_name(one.place)}', numbers, one.cells.take(pa.array(one.which[some]))]
        return [*pieces, "</row>"]

    @cached_property
    def _ordered(self) -> list[Column]:
        return sorted(self.columns, key=lambda one: one.place)

    @cached_property
    def _numbers(self) -> pa.Array:
        return pa.array(np.arange(self.first + 1, self.first + 1 + len(self.heights))).cast(pa.string())

    @cached_property
    def _ends(self) -> pa.Array:
        pixels, which = np.unique(self.heights, return_inverse=True)
        said = [f'" ht="{0.75 * one:.16g}" customHeight="1">' if one else '">' for one in pixels.tolist()]
        return pa.array(said, pa.string()).take(pa.array(which))
