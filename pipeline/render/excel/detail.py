"""Lists too long for a workbook: the first rows stand in it, every row in CSV and Parquet files beside it."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.defuse import guarded
from pipeline.model import Report, Summary
from pipeline.render.readers import Reader
from pipeline.render.text import sheet_text

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
_CHUNK = 50_000
_EMPTY = '""'


def long_tables(summary: Summary) -> tuple[str, ...]:
    """The tables of a workbook that have more rows than it holds; none where there are few items."""
    if len(summary.portfolio.register.items) * 10 < MOST_ROWS:
        return ()
    return tuple(name for name in _GROWING if len(summary.tables[name]) > MOST_ROWS)


def detail_reports(reader: Reader) -> Iterator[Report]:
    """The files beside a reader's workbook, one by one: CSV and Parquet of each table that it does not hold whole.

    A table with a row that its reader may not see is not written: its report says so.
    """
    summary, makers = reader.summary, {"csv": detail_csv, "parquet": detail_parquet}
    for table in long_tables(summary):
        problem = _foreign(summary, table)
        for form, make in makers.items():
            content = b"" if problem else make(summary, table)
            name = f"{reader.name}_{table}.{form}"
            yield Report(name, reader.pack.id, summary.scope, form, content, reader.language, problem)


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


def detail_parquet(summary: Summary, table: str = "register") -> bytes:
    """Every row of a table as a Parquet file, in the table's own columns and types."""
    buffer = BytesIO()
    summary.tables[table].to_parquet(buffer, index=False, compression="zstd")
    return buffer.getvalue()


def detail_csv(summary: Summary, table: str = "register") -> bytes:
    """Every row of a table as CSV: UTF-8 with a mark that tells Excel so, dates as 2026-10-31, text never a formula.

    A text that begins as a formula would, at its head or after a semicolon, tab or new line, gets an apostrophe there;
    texts stand in quotes and numbers stay as they are.
    """
    return b"".join((b"\xef\xbb\xbf", *_pieces(summary.tables[table])))


def _pieces(frame: pd.DataFrame) -> Iterator[bytes]:
    """The lines of the file, some at a time: each column becomes text as a whole, and a row is its columns joined."""
    yield (",".join(map(_quoted, frame.columns)) + "\r\n").encode()
    for first in range(0, len(frame), _CHUNK):
        piece = frame.iloc[first : first + _CHUNK]
        lines = pc.binary_join_element_wise(*(_written(piece[name]) for name in piece.columns), ",")
        yield ("\r\n".join(lines.to_pylist()) + "\r\n").encode()


def _written(values: pd.Series) -> pa.Array:
    """A column as it stands in the file; each distinct value is looked at once. What is missing is an empty text."""
    codes, found = pd.factorize(values)
    if _is_text(values):
        told = [_quoted(_as_text(str(text))) for text in found]
    elif pd.api.types.is_datetime64_any_dtype(values):
        told = [_quoted(f"{day:%Y-%m-%d}") for day in found]
    else:
        told = [repr(number) for number in found.tolist()]
    return pa.array([*told, _EMPTY], pa.string()).take(pa.array(np.where(codes < 0, len(told), codes)))


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _is_text(values: pd.Series) -> bool:
    return bool(pd.api.types.is_string_dtype(values) or values.dtype == object)


def _as_text(text: str) -> str:
    plain = guarded(sheet_text(text))
    return f"'{plain}" if text.startswith(("\r", "\x00")) and not plain.startswith("'") else plain
