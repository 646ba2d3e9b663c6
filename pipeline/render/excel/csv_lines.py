"""A table as the lines of a CSV file: columns become text as a whole, on all cores, and a row is its columns joined."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.defuse import guarded
from pipeline.executor import cores
from pipeline.render.text import SHEET_JUNK, SHEET_LIMIT, sheet_text

_AT_ONCE = 50_000
"""Rows that become lines at a time: few enough to be held several times over."""
_TEXT = pa.large_string()
_text = partial(pa.scalar, type=_TEXT)
_QUOTE, _COMMA, _END, _NOTHING = map(_text, ('"', ",", "\r\n", ""))
_LOOKED_AT = rf"^[\t\r\n]|(?:^|[;\t\n]) *[=+\-@＝＋－＠]|[{SHEET_JUNK}]"
"""What a text has that does not stand in the file as it is; a text without it is not looked at any further."""


def csv_lines(table: pa.Table) -> Iterator[bytes | memoryview]:
    """Every row as CSV, some at a time: UTF-8 with a mark that tells Excel so, dates as 2026-10-31, no formula.

    A text that begins as a formula would, at its head or after a semicolon, tab or new line, gets an apostrophe there;
    texts stand in quotes and numbers stay as they are. What is missing is an empty text.
    """
    heads = ",".join(_quoted(pa.array(table.column_names, _TEXT)).to_pylist())
    yield f"\ufeff{heads}\r\n".encode()
    with ThreadPoolExecutor(cores()) as pool:
        for first in range(0, len(table), _AT_ONCE):
            yield _lines(table.slice(first, _AT_ONCE), pool)


def _lines(rows: pa.Table, pool: Executor) -> memoryview:
    """The rows, one after the other, as they lie in memory."""
    columns = pool.map(_written, rows.columns)
    joined = pc.binary_join_element_wise(*columns, _COMMA, null_handling="replace", null_replacement='""')
    return memoryview(pc.binary_join_element_wise(joined, _END, _NOTHING).buffers()[2])


def _written(column: pa.ChunkedArray) -> pa.Array:
    """A column as it stands in the file; each distinct value is looked at once."""
    coded = column.combine_chunks().dictionary_encode()
    return _told(coded.dictionary).take(coded.indices)


def _told(found: pa.Array) -> pa.Array:
    """Distinct values as they stand in the file."""
    if pa.types.is_timestamp(found.type):
        return _quoted(pa.array([f"{day:%Y-%m-%d}" for day in found.to_pylist()], _TEXT))
    if pa.types.is_integer(found.type) or pa.types.is_floating(found.type) or pa.types.is_boolean(found.type):
        return pa.array([repr(number) for number in found.to_pylist()], _TEXT)
    return _quoted(_safe(found.cast(_TEXT)))


def _quoted(texts: pa.Array) -> pa.Array:
    return pc.binary_join_element_wise(_QUOTE, pc.replace_substring(texts, '"', '""'), _QUOTE, _NOTHING)


def _safe(texts: pa.Array) -> pa.Array:
    """The texts, those changed that hold what is looked at."""
    long = pc.greater(pc.binary_length(texts), SHEET_LIMIT // 2)
    doubtful = pc.or_(pc.match_substring_regex(texts, _LOOKED_AT), long)
    safe = [_as_text(text) for text in texts.filter(doubtful).to_pylist()]
    return pc.replace_with_mask(texts, doubtful, pa.array(safe, _TEXT))


def _as_text(text: str) -> str:
    plain = guarded(sheet_text(text))
    return f"'{plain}" if text.startswith(("\r", "\x00")) and not plain.startswith("'") else plain
