"""Lists too long for a workbook: the first rows stand in it, every row in CSV and Parquet files beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from io import BytesIO

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
_OPENED = 1_048_575
"""Rows under a heading that a spreadsheet opens; a longer CSV is of no use to it."""


def long_tables(summary: Summary) -> tuple[str, ...]:
    """The tables of a workbook that have more rows than it holds; none where there are few items."""
    if len(summary.portfolio.register.items) * 10 < MOST_ROWS:
        return ()
    return tuple(name for name in _GROWING if len(summary.tables[name]) > MOST_ROWS)


def detail_reports(reader: Reader, spool: Spool) -> Iterator[Report]:
    """The files beside a reader's workbook, one by one: those of each table that it does not hold whole, put aside.

    A table with a row that its reader may not see is not written: its report says so.
    """
    summary = reader.summary
    for table in long_tables(summary):
        problem = _foreign(summary, table)
        rows = pa.Table.from_pandas(summary.tables[table], preserve_index=False)
        for form in forms(table, len(rows)):
            kept = b"" if problem else spool.gather(partial(_MAKERS[form], rows))
            name = f"{reader.name}_{table}.{form}"
            yield Report(name, reader.pack.id, summary.scope, form, kept, reader.language, problem)


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
