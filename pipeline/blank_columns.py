"""Columns without a single value, kept once in memory, however many of them frames have.

A register has a column for each field, and most are blank: a blank text costs an offset a row, a missing number or
date as much. Frames of rows are most of what a large run holds, so they are taken here without writing those anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa

if TYPE_CHECKING:
    import numpy.typing as npt

    Where = pd.Series | npt.NDArray[np.bool_] | npt.NDArray[np.integer] | Sequence[int] | Sequence[bool]

_FEW = 2000
"""Rows up to which looking for such columns takes longer than writing them."""


def shared(frame: pd.DataFrame) -> pd.DataFrame:
    """The same cells and index, the columns of each kind that have no value being one in memory.

    Those are texts that are all "", and numbers and dates that are all missing. As everywhere in pandas, what is
    written to one column stays in that column.
    """
    blank: dict[object, pd.Series] = {}
    columns: list[pd.Series] = []
    for _, column in frame.items():
        if not _is_blank(column):
            columns.append(column.copy())  # a view of numbers would keep all those that lie beside them
            continue
        if column.dtype not in blank:
            blank[column.dtype] = column.copy()
        columns.append(blank[column.dtype].copy(deep=False))
    return _joined(columns, frame.index, frame.columns)


def rows_of(frame: pd.DataFrame, where: Where) -> pd.DataFrame:
    """`frame[where]` for a mask and `frame.iloc[where]` for positions, its columns without a value sharing memory.

    A mask is as long as the frame and counts by place, whatever its own index is. What is written to the rows does not
    show in the frame, nor the other way round.
    """
    chosen = np.asarray(where)
    positions = np.flatnonzero(chosen) if chosen.dtype == bool else chosen.astype(np.intp, copy=False)
    if len(positions) <= _FEW or np.array_equal(positions, np.arange(len(frame))):
        return frame.take(positions)
    index = frame.index.take(positions)
    blank: dict[object, pd.Series] = {}
    columns: list[pd.Series] = []
    for _, column in frame.items():
        if not _is_blank(column):
            columns.append(pd.Series(column.array.take(positions), index, column.dtype, copy=False))
            continue
        if column.dtype not in blank:
            rows = column.iloc[: len(index)] if len(index) <= len(frame) else column.take(positions)
            blank[column.dtype] = rows.set_axis(index)
        columns.append(blank[column.dtype].copy(deep=False))
    return _joined(columns, index, frame.columns)


def _joined(columns: Iterable[pd.Series], index: pd.Index, names: pd.Index) -> pd.DataFrame:
    """The columns side by side and not copied, by place, as names may repeat.

    Those that share memory are views that pandas made itself: it knows of them, and copies one before it writes to it.
    """
    frame = pd.DataFrame(dict(enumerate(columns)), index=index, copy=False)
    frame.columns = names
    return frame


def _is_blank(column: pd.Series) -> bool:
    values = column.array
    if isinstance(values, pd.arrays.ArrowStringArray):
        return all(_no_text(chunk) for chunk in pa.chunked_array(pa.array(values)).chunks)
    if not isinstance(column.dtype, np.dtype) or column.dtype.kind not in "fM" or not len(values):
        return False
    return bool(pd.isna(values[0]) and values.isna().all())


def _no_text(chunk: pa.LargeStringArray) -> bool:
    """All texts are "": no bytes lie between where the first begins and the last ends."""
    if chunk.null_count or not len(chunk):
        return not chunk.null_count
    ends = np.frombuffer(chunk.buffers()[1], np.int64)
    return bool(ends[chunk.offset] == ends[chunk.offset + len(chunk)])
