"""Lists too long for a workbook: the first rows stand in it, every row in CSV and Parquet files beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from io import BytesIO
from typing import Protocol, runtime_checkable

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.model import Report, Summary
from pipeline.render.excel.csv_lines import csv_lines
from pipeline.render.readers import Reader
from pipeline.spool import Spool

MOST_ROWS = 200_000
"""Rows of a list that a workbook holds; Excel opens longer ones too slowly to be of use."""
FIRST_ROWS = 1_000
"""Rows of a longer list that the workbook shows."""
_GROWING = (
    "register", "projects", "operations", "control", "measures", "renewals", "responsibility", "unowned", "raci",
    "workload", "people", "span", "faults", "single_points", "leaving", "orphans", "handover", "incoming", "unfollowed",
    "lessons", "readiness", "changes", "review", "contradictions", "decisions", "findings",
)  # fmt: skip
"""Tables that grow with the register, its people or its faults beyond what a workbook holds."""
_PASSING = ("control", "measures", "raci", "readiness", "single_points")
"""Those that nearly nobody asks for but a workbook: a long one is let go of once it is written, as it fills memory."""
_OPENED = 1_048_575
"""Rows under a heading that a spreadsheet opens; a longer CSV is of no use to it."""


class Details:
    """The files beside a reader's workbook, put aside table by table: those of each that it does not hold whole.

    A table with a row that its reader may not see is not written: its report says so.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader, self._spool = reader, Spool()
        self._made: dict[str, tuple[Report, ...]] = {}

    def put(self, table: str) -> None:
        """The files of a table, where it is long; once."""
        if table in self._made or table not in _GROWING:
            return
        self._made[table] = tuple(self._files(table)) if is_long(self._reader.summary, table) else ()
        if self._made[table] and table in _PASSING:
            let_go(self._reader.summary.tables, table)

    def reports(self) -> tuple[Report, ...]:
        """The files of every long table, those among them that the workbook does not name."""
        for table in _GROWING:
            self.put(table)
        return tuple(one for table in _GROWING for one in self._made[table])

    def _files(self, table: str) -> Iterator[Report]:
        one, summary = self._reader, self._reader.summary
        problem = _foreign(summary, table)
        rows = pa.Table.from_pandas(summary.tables[table], preserve_index=False)
        for form in forms(table, len(rows)):
            kept = b"" if problem else self._spool.gather(partial(_MAKERS[form], rows))
            yield Report(f"{one.name}_{table}.{form}", one.pack.id, summary.scope, form, kept, one.language, problem)


def is_long(summary: Summary, table: str) -> bool:
    """Whether a table of a workbook has more rows than it holds; none has where there are few items."""
    return len(summary.portfolio.register.items) * 10 >= MOST_ROWS and len(summary.tables[table]) > MOST_ROWS


@runtime_checkable
class _Forgetting(Protocol):
    def let_go(self, table: str) -> None: ...


def let_go(tables: Mapping[str, pd.DataFrame], table: str) -> None:
    """Let go of a table, where these are tables that make it again for whoever asks."""
    if isinstance(tables, _Forgetting):
        tables.let_go(table)


def forms(table: str, rows: int) -> tuple[str, ...]:
    """The endings of the files of a long table: the register is CSV and Parquet, others CSV where programs open it."""
    return ("csv", "parquet") if table == "register" or rows <= _OPENED else ("parquet",)


def _foreign(summary: Summary, table: str) -> str:
    """That a table has rows of items that its reader may not see; "" where it has none. -1 is no item's row."""
    items = summary.seen.items
    if items is None or "item" not in summary.tables[table].columns:
        return ""
    own = summary.tables[table]["item"]
    count = int((~own.isin([*items, -1]) & own.notna()).sum())
    return f"Rows in the table {table} that {summary.scope} may not see: {count}." if count else ""


def shown(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of a list that the workbook holds: all of them, or the first of a long one."""
    return frame if len(frame) <= MOST_ROWS else frame.head(FIRST_ROWS)


def _parquet(rows: pa.Table) -> Iterator[bytes]:
    """The rows in the table's own columns and types."""
    content = BytesIO()
    pq.write_table(rows, content, compression="zstd")
    yield content.getvalue()


_MAKERS: Mapping[str, Callable[[pa.Table], Iterable[bytes | memoryview]]] = {"csv": csv_lines, "parquet": _parquet}
"""Ending of a file -> what makes its pieces."""
