"""The hours of allocations, and which column of hours each counts under: a code a row, where a column each would be
mostly zeros.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

HOURS_BY_KIND = {"run_hours": ("operation",), "change_hours": ("project",), "undecided_hours": ("mixed", "undecided")}
"""Column of hours -> the kinds counted under it."""
HOURS = [*HOURS_BY_KIND, "forecast_hours", "hours"]

_COLUMN_OF = {kind: column for column, kinds in HOURS_BY_KIND.items() for kind in kinds}


def counted_as(kinds: pd.Series) -> pd.Series:
    """The column of HOURS_BY_KIND that each kind counts under, as a category."""
    return kinds.map(_COLUMN_OF).astype(pd.CategoricalDtype(list(HOURS_BY_KIND)))


def hours_of(rows: pd.DataFrame, column: str) -> npt.NDArray[np.float64]:
    """What each row adds to one of HOURS: its hours or 0. `rows` have `hours`, `counted_as` and `tentative`."""
    hours = rows["hours"].to_numpy(np.float64)
    if column == "hours":
        return hours
    adds = rows["tentative"] if column == "forecast_hours" else rows["counted_as"] == column
    return np.where(adds.to_numpy(bool), hours, 0.0)


def summed(rows: pd.DataFrame, keys: Sequence[str], columns: Sequence[str]) -> pd.DataFrame:
    """The sum of these of HOURS by the keys, in their order; what no row has is left out."""
    apart = [*keys, "counted_as", "tentative"]
    parts = rows.groupby(apart, observed=True, sort=False)["hours"].sum().reset_index()
    every = parts[list(keys)].assign(**{name: hours_of(parts, name) for name in columns})
    return every.groupby(list(keys), observed=True)[list(columns)].sum().reset_index()


def in_columns(rows: pd.DataFrame) -> pd.DataFrame:
    """Allocations as others read them: with a column for each of HOURS, and whole numbers of 64 bits."""
    codes = dict.fromkeys(["item", "person", "month"], "int64")
    more = {name: hours_of(rows, name) for name in HOURS if name != "hours"}
    places = rows.columns.difference([*codes, "hours", "counted_as", "tentative"], sort=False)
    return rows[[*codes, "hours"]].astype(codes).assign(**more).join(rows[places])
