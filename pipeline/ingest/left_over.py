"""Tell what of a sheet is in none of its tables and is not read although it may be work."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.findings import finding
from pipeline.ingest.blocks import MOST_TABLES, Block
from pipeline.ingest.ranges import cell_ranges, letters
from pipeline.ingest.reader import BLANK, RawSheet
from pipeline.ingest.regions import outside
from pipeline.ingest.table import Table
from pipeline.ingest.told import shortened
from pipeline.model import Finding

MOST_COLUMNS = 2000
"""Columns of a sheet that are looked at."""
_FULL = 0.6
"""Share of the main table's fields from which a row outside every table looks like an item."""


def columns_beyond(file: str, sheet: RawSheet) -> list[Finding]:
    """What stands after the last column that is looked at."""
    if not any((kinds != BLANK).any() for kinds in sheet.kinds[MOST_COLUMNS:]):
        return []
    first = letters(MOST_COLUMNS)
    what = f"What stands from column {first} on is"
    return [finding("R61", file=file, sheet=sheet.name, cell=f"{first}1", what=what)]


def rows_left_over(file: str, sheet: RawSheet, told: Sequence[Block], main: Table) -> list[Finding]:
    """Rows in no table that we tell of although they look like items; all rows where tables are too many."""
    filled = outside(sheet, [block.region for block in told])
    columns = sorted(main.fields.values())
    rows = np.flatnonzero(filled[:, columns].sum(axis=1) >= max(3, _FULL * len(columns)))
    if len(told) >= MOST_TABLES:
        rows = np.flatnonzero(filled.sum(axis=1) >= 2)
    if len(rows) < 2:
        return []
    what = f"The rows {shortened([str(row + 1) for row in rows])} are"
    ranges = cell_ranges("A", rows + 1)
    return [finding("R61", file=file, sheet=sheet.name, cell=f"A{rows[0] + 1}", ranges=ranges, what=what)]
