"""A file's values for a copy that cannot keep more: all of them, or in large files the rows that findings name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice

import numpy as np
import pyarrow as pa

from pipeline.ingest.reader import RawFile, RawSheet
from pipeline.marker.request import PlainSheet

_MOST_ROWS = 2000
"""Rows of a sheet that a large file's copy takes, below its headings."""


def plain_sheets(
    raw: RawFile, rows: Mapping[str, Iterable[int]], headings: Mapping[str, int], max_cells: int
) -> list[PlainSheet]:
    """Every sheet's values; where all sheets together hold more cells than allowed, only some rows.

    Those are, by sheet name, the first of the 1-based `rows` that findings name, and all down to the row of
    `headings`.
    """
    large = sum(sheet.rows * len(sheet.texts) for sheet in raw.sheets) > max_cells
    return [
        _some(sheet, rows.get(sheet.name, ()), headings.get(sheet.name, 1)) if large else _all(sheet)
        for sheet in raw.sheets
    ]


def _all(sheet: RawSheet) -> PlainSheet:
    return _taken(sheet, np.arange(sheet.rows), sparse=False)


def _some(sheet: RawSheet, rows: Iterable[int], heading: int) -> PlainSheet:
    named = [row - 1 for row in islice(rows, _MOST_ROWS) if row <= sheet.rows]
    return _taken(sheet, np.unique([*range(min(heading, sheet.rows)), *named]).astype(np.int64), sparse=True)


def _taken(sheet: RawSheet, wanted: np.ndarray, *, sparse: bool) -> PlainSheet:
    texts = [column.take(pa.array(wanted)).to_pylist() for column in sheet.texts]
    kinds = [column[wanted].tolist() for column in sheet.kinds]
    lines = zip(zip(*texts, strict=True), zip(*kinds, strict=True), strict=True)
    numbered = zip((wanted + 1).tolist(), lines, strict=True)
    return PlainSheet(sheet.name, [(row, list(line), list(kind)) for row, (line, kind) in numbered], sparse)
