"""A sheet that says nothing but who has which role in another sheet's items -> roles of those, no items of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.findings import counted, finding, standing_for
from pipeline.ingest.columns import text_series
from pipeline.ingest.matrix import matrix_cells
from pipeline.ingest.ranges import cell_ranges, letters
from pipeline.ingest.table import Table
from pipeline.model import Finding

_NAMING = frozenset(("id", "title", "description", "department", "team"))
"""What tells an item, and nothing of the work in it."""
_MOST = 0.5
"""The share of its rows that are other sheets' items, from which a sheet is about those."""


@dataclass(frozen=True, eq=False)
class RoleSheet:
    """Such a sheet. `items`: for each of its rows, the place among the register's items; -1 for none, or several."""

    table: Table
    items: np.ndarray

    def cells(self) -> pd.DataFrame:
        """The letters of roles as `matrix_cells` gives them, of the register's items."""
        found = matrix_cells([self.table])
        found = found.assign(item=self.items[found["item"].to_numpy(np.int64)])
        return found[found["item"] >= 0]

    def findings(self) -> list[Finding]:
        """R72, that its rows are other sheets' items, and R71 for the rows that are none."""
        place = {"file": self.table.file, "sheet": self.table.sheet.name}
        fits = int((self.items >= 0).sum())
        told = [*self.table.findings, finding("R72", **place, rows=counted(fits, "row is", "rows are"))]
        rows = self.table.used[self.items < 0] + 1
        if len(rows):
            column = self.table.names[0]
            read = self.table.column_at(column)[0][int(np.flatnonzero(self.items < 0)[0])].as_py()
            one = finding("R71", **place, cell=f"{letters(column)}{rows[0]}", read=read)
            told.append(standing_for(one, cell_ranges(letters(column), rows), len(rows)))
        return told


def role_sheets_apart(tables: Sequence[Table]) -> tuple[list[Table], list[RoleSheet]]:
    """The tables of work items, and those that only give roles to them."""
    registers = [table for table in tables if not table.matrix or not set(table.fields) <= _NAMING]
    matrices = [table for table in tables if table not in registers]
    if not registers or not matrices:
        return list(tables), []
    work = pd.concat([_named(table) for table in registers], ignore_index=True)
    apart = [table for table in matrices if len(table.used) and (_fitting(_named(table), work) >= 0).mean() >= _MOST]
    kept = [table for table in tables if table not in apart]
    items = pd.concat([_named(table) for table in kept], ignore_index=True)
    return kept, [RoleSheet(table, _fitting(_named(table), items)) for table in apart]


def _named(table: Table) -> pd.DataFrame:
    """The `id` and `title` of each used row, in small letters; a plain number is no ID but on its own sheet."""
    ids = table.column("id")
    id_texts = text_series(ids[0]).str.casefold() if ids is not None else pd.Series("", index=range(len(table.used)))
    titles = text_series(table.column_at(table.names[0])[0]).str.casefold()
    return pd.DataFrame({"id": id_texts.where(~id_texts.str.fullmatch(r"[\d.]*").astype(bool), ""), "title": titles})


def _fitting(asked: pd.DataFrame, own: pd.DataFrame) -> np.ndarray:
    """For each row asked for, the place of the one own row of its ID, else of its title; -1 for none."""
    found = np.full(len(asked), -1)
    for name in ("title", "id"):
        single = own.loc[(own[name] != "") & ~own[name].duplicated(keep=False), name]
        at = pd.Index(single).get_indexer(pd.Index(asked[name]))
        found = np.where(at >= 0, single.index.to_numpy()[at] if len(single) else -1, found)
    return found
