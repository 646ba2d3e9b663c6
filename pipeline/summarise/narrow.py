"""Rows of work items in the columns that a table shows: whole rows are slow to move, and take room for nothing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.summarise.order import order_of
from pipeline.summarise.tables import TABLES

_COLUMNS = {table.id: [column.id for column in table.columns] for table in TABLES}


def narrow(
    items: pd.DataFrame,
    rows: pd.Series | npt.NDArray[np.bool_],
    table: str,
    *more: str,
    by: Sequence[str] = (),
    ascending: bool | Sequence[bool] = True,
) -> pd.DataFrame:
    """These rows (a flag each) in the columns that the table shows of items, and in `more`; in the order of `by`."""
    at = np.flatnonzero(rows)
    if by:
        at = at[order_of(_taken(items, by, at), by, ascending)]
    return _taken(items, [*(name for name in _COLUMNS[table] if name in items), *more], at)


def _taken(items: pd.DataFrame, names: Sequence[str], at: npt.NDArray[np.int64]) -> pd.DataFrame:
    columns = {name: items[name].array.take(at) for name in dict.fromkeys(names)}
    return pd.DataFrame(columns, index=items.index[at], copy=False)
