"""Each table as it is declared: exactly its columns, in order, each of the dtype of its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import pandas as pd

from pipeline.summarise.names import TEXT
from pipeline.summarise.scope import SHOWN
from pipeline.summarise.tables import TABLES

_DTYPES: Mapping[str, str] = {
    "item": "int64",
    "date": "datetime64[s]",
    "month": "datetime64[s]",
    "hours": "float64",
    "share": "float64",
    "number": "float64",
    "probability": "float64",
    "flag": "bool",
    "count": "int64",
}
"""Column kind -> dtype; every other kind is an Arrow string."""

_COLUMNS = {table.id: table.columns for table in TABLES}


class Desk:
    """Room for the tables of one part of the organisation: whoever is asked next clears away those of the last one.

    Readers are served one after another, so that memory does not grow with their number.
    """

    def __init__(self) -> None:
        self._whose: LazyTables | None = None
        self._built: dict[str, pd.DataFrame] = {}

    def of(self, tables: LazyTables) -> dict[str, pd.DataFrame]:
        """What is built of these tables."""
        if self._whose is not tables:
            self._whose, self._built = tables, {}
        return self._built


class LazyTables(Mapping[str, pd.DataFrame]):
    """A summary's tables by id, each computed and laid out when first asked for, since few readers ask for all.

    They are kept on `desk`; on one of their own they stay. `items`: see `laid_out`.
    """

    def __init__(
        self,
        builders: Mapping[str, Callable[[], pd.DataFrame]],
        desk: Desk | None = None,
        items: pd.DataFrame | None = None,
    ) -> None:
        self._builders, self._desk, self._items = builders, desk or Desk(), items

    def __getitem__(self, table: str) -> pd.DataFrame:
        built = self._desk.of(self)
        if table not in built:
            built[table] = laid_out(table, self._builders[table](), self._items)
        return built[table]

    def let_go(self, table: str) -> None:
        """Let go of a table; it is computed again for whoever asks."""
        self._desk.of(self).pop(table, None)

    def __contains__(self, table: object) -> bool:
        return table in self._builders

    def __iter__(self) -> Iterator[str]:
        return iter(self._builders)

    def __len__(self) -> int:
        return len(self._builders)


def ordered(table: str, frame: pd.DataFrame, by: list[str], ascending: bool | Sequence[bool] = True) -> pd.DataFrame:
    """The rows of a table in the stable order of `by`, without the columns that it does not show: they are moved along
    with no row.
    """
    places = frame[by].reset_index(drop=True).sort_values(by, ascending=ascending, kind="stable").index
    shown = frame[[column.id for column in _COLUMNS[table] if column.id in frame]]
    return shown if places.is_monotonic_increasing else shown.take(places.to_numpy())


def laid_out(table: str, frame: pd.DataFrame, items: pd.DataFrame | None = None) -> pd.DataFrame:
    """The declared columns of a table with their dtypes, index 0..n-1; other columns fall away.

    A column of SHOWN that the frame does without is taken from `items`, by the frame's `item`: what is only shown of an
    item need not be moved along with what is counted. A count that may be missing (`days_late`) stays float64. Raises
    KeyError where a column is in neither, or a row without it is of no item.
    """

    def said(name: str) -> pd.Series:
        if name in frame or items is None or name not in SHOWN:
            return frame[name]
        shown: pd.Series = items.loc[frame["item"].to_numpy(), name].set_axis(frame.index)
        return shown

    columns = {column.id: _typed(said(column.id), column.kind) for column in _COLUMNS[table]}
    return pd.DataFrame(columns).reset_index(drop=True)


def _typed(column: pd.Series, kind: str) -> pd.Series:
    dtype = _DTYPES.get(kind, TEXT)
    if kind == "count" and column.isna().any():
        dtype = "float64"
    typed = column if column.dtype == dtype else column.astype(pd.api.types.pandas_dtype(dtype))
    return typed.fillna("") if dtype == TEXT and typed.hasnans else typed
