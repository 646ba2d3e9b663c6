"""Tell what of a sheet is in none of its tables, or under none of their headings, and is not read."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow.compute as pc

from pipeline.findings import counted, finding
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
_TITLE = 3
"""Rows above a table that may hold its title."""


def columns_beyond(file: str, sheet: RawSheet) -> list[Finding]:
    """What stands after the last column that is looked at."""
    if not any((kinds != BLANK).any() for kinds in sheet.kinds[MOST_COLUMNS:]):
        return []
    first = letters(MOST_COLUMNS)
    what = f"What stands from column {first} on is"
    return [finding("R61", file=file, sheet=sheet.name, cell=f"{first}1", what=what)]


def left_over(file: str, sheet: RawSheet, told: Sequence[Block], read: Sequence[Table]) -> list[Finding]:
    """What is in no table that we tell of: rows that look like items, then single cells.

    `read` are the tables of work, the main one first; their cells without a heading count too. What stands above the
    first table, and lone texts above a further one, are titles.
    """
    filled = outside(sheet, [block.region for block in told])
    rows = _like_items(filled, read[0], many=len(told) >= MOST_TABLES)
    filled[rows] = False
    filled[: min(block.header.first for block in told)] = False
    for block in told:
        above = filled[max(block.header.first - _TITLE, 0) : block.header.first]
        above[above.sum(axis=1) == 1] = False
    for table in read:
        first = table.header.last + 1
        for column in _unheaded(file, table):
            filled[first : table.sheet.rows, column] |= table.sheet.kinds[column][first:] != BLANK
    return [*_rows(file, sheet, rows), *_cells(file, sheet, filled)]


def _like_items(filled: np.ndarray, main: Table, many: bool) -> np.ndarray:
    """Rows that fill most of the main table's fields, from two on; all rows where tables are too many."""
    columns = sorted(main.fields.values())
    enough = filled.sum(axis=1) >= 2 if many else filled[:, columns].sum(axis=1) >= max(3, _FULL * len(columns))
    rows = np.flatnonzero(enough)
    return rows if len(rows) >= 2 else rows[:0]


def _rows(file: str, sheet: RawSheet, rows: np.ndarray) -> list[Finding]:
    if not len(rows):
        return []
    what = f"The rows {shortened([str(row + 1) for row in rows])} are"
    ranges = cell_ranges("A", rows + 1)
    return [finding("R61", file=file, sheet=sheet.name, cell=f"A{rows[0] + 1}", ranges=ranges, what=what)]


def _unheaded(file: str, table: Table) -> list[int]:
    """Columns of a table that no heading stands over and no item is named from; of text files R18 tells the last."""
    headed = [column for column, heading in enumerate(table.header.headings) if heading]
    last = headed[-1] if file.lower().endswith(".csv") else len(table.sheet.kinds)
    bare = [column for column in table.unmapped if not table.header.headings[column]]
    return [column for column in bare if column not in table.names and column < last]


def _cells(file: str, sheet: RawSheet, filled: np.ndarray) -> list[Finding]:
    """One note for all these cells, of which blanks as wide as a space are none."""
    ranges = []
    count = 0
    for column in np.flatnonzero(filled.any(axis=0)).tolist():
        rows = np.flatnonzero(filled[:, column])
        said = pc.not_equal(pc.utf8_trim_whitespace(sheet.texts[column].take(rows)), "")
        rows = rows[np.asarray(said)]
        count += len(rows)
        ranges += cell_ranges(letters(column), rows + 1).split()
    if not count:
        return []
    cells = counted(count, "cell is", "cells are")
    cell, every = ranges[0].partition(":")[0], " ".join(ranges)
    return [finding("R64", file=file, sheet=sheet.name, cell=cell, ranges=every, cells=cells, where=shortened(ranges))]
