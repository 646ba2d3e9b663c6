"""Tell rows whose figures are the sums of those above."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.ingest.reader import NUMBER, RawSheet

Mask: TypeAlias = "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]"
AMOUNTS = ("effort", "remaining_effort", "actual_effort", "budget", "actual_cost")
"""Fields whose figures are summed up; priorities, shares, ranks and years are not."""
_ADDENDS = 3
"""From so many figures above, a sum of them is hardly one by chance."""
_FEWEST = 2
"""As many are enough where nothing but a blank row or a total follows."""


def are_sums(sheet: RawSheet, amounts: list[int], first: int, totals: Mask, doubtful: Mask, ends: Mask) -> Mask:
    """Of the doubtful rows, those whose every figure in `amounts` is the sum of those above it in its column.

    Of all of them, or of those since the total before. Blanks and zeros tell nothing. `ends` are rows that end a block.
    """
    rows = np.flatnonzero(doubtful)
    told = np.zeros(len(rows), bool)
    same, addends = np.ones((2, len(rows)), bool), np.zeros((2, len(rows)), int)
    since = _since(totals | doubtful)[rows]
    for column in amounts if len(rows) else []:
        values = _values(sheet, column, first)
        above = np.where(totals | doubtful, 0.0, values)
        sums, counts = (np.concatenate([[0], np.cumsum(one)]) for one in (above, above != 0))
        figures = values[rows] != 0
        told |= figures
        for at, begin in enumerate((np.zeros(len(rows), int), since)):
            same[at] &= ~figures | np.isclose(sums[rows] - sums[begin], values[rows], atol=0.01)
            addends[at] = np.maximum(addends[at], np.where(figures, counts[rows] - counts[begin], 0))
    enough = addends >= np.where(ends[rows], _FEWEST, _ADDENDS)
    found = np.zeros(len(doubtful), bool)
    found[rows] = told & (same & enough).any(axis=0)
    return found


def _since(totals: Mask) -> np.ndarray:
    """One more than the row of the last total, or of what may be one, above each row; 0 where there is none."""
    last = np.maximum.accumulate(np.where(totals, np.arange(len(totals)) + 1, 0))
    return np.concatenate([[0], last[:-1]]) if len(totals) else last


def _values(sheet: RawSheet, column: int, first: int) -> np.ndarray:
    """The numbers of a column from row `first` on; 0 where there is none."""
    texts = pc.if_else(pa.array(sheet.kinds[column][first:] == NUMBER), sheet.texts[column].slice(first), "0")
    return np.asarray(pd.to_numeric(texts.to_pandas(), errors="coerce").fillna(0.0), dtype="float64")
