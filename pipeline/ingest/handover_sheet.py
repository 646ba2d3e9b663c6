"""A sheet that says what is ready for the handover of each project -> those fields of the register's own items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from pipeline.fields import FIELDS, HANDOVER_CHECKS
from pipeline.findings import counted, finding, standing_for, with_items
from pipeline.ingest.columns import clean_texts, text_series, typed_column
from pipeline.ingest.date_columns import common_order
from pipeline.ingest.ranges import cell_ranges, letters
from pipeline.ingest.table import Table, says_what_is_ready
from pipeline.model import Finding, Register

_FILLED = (
    *sorted(HANDOVER_CHECKS),
    "handover_to",
    "successor",
    "handover_date",
    "service_level",
    "procedure",
    "lesson",
    "lesson_status",
)
"""What such a sheet may say of an item."""
_OF_WORK_TOO = frozenset(("owner", "department", "finish", "status"))
"""What such a sheet may repeat of the register, and a register says of its own items."""
_MOST = 0.5


def is_handover_list(tables: Sequence[Table], all_tables: Sequence[Table]) -> bool:
    """The sheet holds one table, and that says what is ready for the handover of items.

    Where it also says what a register does, most of its rows are about items that other tables list.
    """
    if len(tables) != 1 or not says_what_is_ready(tables[0].fields):
        return False
    asked = tables[0]
    if "title" not in asked.fields or _OF_WORK_TOO.isdisjoint(asked.fields) or not len(asked.used):
        return True
    others = pd.concat([pd.Series([""]), *(_told(table, field) for table in all_tables if table is not asked
                                           for field in ("id", "title"))])  # fmt: skip
    known = set(others) - {""}
    fits = _told(asked, "id").isin(known) | _told(asked, "title").isin(known)
    return bool(fits.mean() >= _MOST)


def _told(table: Table, field: str) -> pd.Series:
    """The IDs or titles of the used rows in small letters, or blanks; a plain number is an ID on its own sheet only."""
    column = table.column(field)
    if column is None:
        return pd.Series("", index=range(len(table.used)))
    texts = text_series(column[0]).str.casefold()
    return texts.where(~texts.str.fullmatch(r"[\d.]*").astype(bool), "") if field == "id" else texts


def with_handovers(register: Register, lists: Sequence[Table], setting: str) -> Register:
    """The register with what such sheets say, where its own cells are blank; its rows by ID, else by title.

    Each sheet is told by R70, its rows that fit no item, or several, by R71. `setting` is how text dates are ordered.
    """
    items, cells, told = register.items.copy(), register.cells.copy(), []
    for table in lists:
        at = _fitting(table, register)
        told += [*_read(table, at), *_unfitting(table, at)]
        for field in FIELDS:
            if field.id in _FILLED and field.id in table.fields:
                made, found = typed_column(table, field, common_order(table), setting)
                texts = text_series(clean_texts(*table.column_at(table.fields[field.id]), field.kind))
                rows = np.flatnonzero(at >= 0)
                rows = rows[(cells[field.id].to_numpy()[at[rows]] == "") & (texts.to_numpy()[rows] != "")]
                for frame, column in ((items, made[field.id]), (cells, texts)):
                    frame[field.id] = _put(frame[field.id], at[rows], column.take(rows))
                told += found
    return replace(register, items=items, cells=cells, findings=(*register.findings, *with_items(told, register)))


def _fitting(table: Table, register: Register) -> np.ndarray:
    """For each row, the place of the item it is about; -1 where none fits, or several, or a row above is about it."""
    found = np.full(len(table.used), -1)
    for field in ("title", "id"):
        column = table.column(field)
        if column is not None:
            own = register.items[field].str.strip().str.casefold()
            single = own[(own != "") & ~own.duplicated(keep=False)]
            asked = text_series(column[0]).str.casefold()
            at = pd.Index(single).get_indexer(pd.Index(asked))
            found = np.where(at >= 0, single.index.to_numpy()[at] if len(single) else -1, found)
    return np.where(pd.Series(found).duplicated(), -1, found)


def _put(column: pd.Series, at: np.ndarray, values: pd.Series) -> pd.Series:
    filled = column.copy()
    filled.iloc[at] = values.to_numpy()
    return filled


def _read(table: Table, at: np.ndarray) -> list[Finding]:
    rows = counted(int((at >= 0).sum()), "row fills", "rows fill")
    return [finding("R70", file=table.file, sheet=table.sheet.name, rows=rows)]


def _unfitting(table: Table, at: np.ndarray) -> list[Finding]:
    rows = table.used[at < 0] + 1
    if not len(rows):
        return []
    field = "id" if "id" in table.fields else "title"
    letter = letters(table.fields[field])
    read = table.column_at(table.fields[field])[0][int(np.flatnonzero(at < 0)[0])].as_py()
    one = finding("R71", file=table.file, sheet=table.sheet.name, cell=f"{letter}{rows[0]}", read=read)
    return [standing_for(one, cell_ranges(letter, rows), len(rows))]
