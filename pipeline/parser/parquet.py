"""A Parquet file -> Arrow files as of a sheet: its column names as row 1, then its rows, batch by batch."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.errors import RegisterError
from pipeline.parser.cells import COLUMNS, STRINGS, Kinds, shown_numbers, to_seconds
from pipeline.parser.kinds import BLANK, DATE, DURATION, ERROR, FLAG, NUMBER, TEXT
from pipeline.parser.request import Request

SHEET = "Parquet"
"""What its only sheet is called in findings."""
_BATCH_CELLS = 1 << 20
_HINT = "Write one value a cell, or leave that column out."
_SHOWN_COLUMNS = 3


def write_parquet(request: Request, name: str) -> tuple[int, int]:
    """Write the Arrow file `name`; how many columns and rows it has, the names of the columns counted as a row.

    What its own head says of its size is held against the limits before anything is read. Raises RegisterError.
    """
    with pq.ParquetFile(request.path) as file:
        _check(file.metadata, request)
        schema = file.schema_arrow
        showers = [_shower(field.type) for field in schema]
        _refuse_nested([field for field, shower in zip(schema, showers, strict=True) if shower is None])
        width, rows = len(schema), 1
        fields = [pa.field(f"{kind}{at}", sort) for at in range(width) for kind, sort in COLUMNS]
        with pa.OSFile(str(Path(request.folder, name)), "wb") as sink, pa.ipc.new_file(sink, pa.schema(fields)) as out:
            out.write_batch(_batch([_texts(pa.array([title], STRINGS)) for title in schema.names], fields))
            for batch in file.iter_batches(max(1, _BATCH_CELLS // max(1, width)), use_threads=False):
                made = [show(column) for show, column in zip(showers, batch.columns, strict=True) if show]
                out.write_batch(_batch(made, fields))
                rows += batch.num_rows
    return width, rows


def _check(told: pq.FileMetaData, request: Request) -> None:
    cells = (told.num_rows + 1) * told.num_columns
    if cells > request.max_cells:
        raise RegisterError(
            f"The cells span {cells:,}; the limit is {request.max_cells:,}.",
            hint="Remove what is not the register, or raise max_cells under [ingest].",
        )
    size = sum(told.row_group(at).total_byte_size for at in range(told.num_row_groups)) / 2**20
    if size > request.max_unpacked_mb:
        raise RegisterError(
            f"It unpacks to {size:,.0f} MB; the limit is {request.max_unpacked_mb:,g} MB.",
            hint="Remove what is not the register, or raise max_unpacked_mb under [ingest].",
        )


def _refuse_nested(fields: list[pa.Field]) -> None:
    if fields:
        named = "; ".join(f"'{field.name[:60]}': {str(field.type)[:60]}" for field in fields[:_SHOWN_COLUMNS])
        raise RegisterError(f"It has columns that hold lists or bytes, not single values ({named}).", hint=_HINT)


Shown = tuple[pa.LargeStringArray, Kinds]


def _shower(sort: pa.DataType) -> Callable[[pa.Array], Shown] | None:
    """What turns a column of this type into texts and kinds; None where its cells are no single values."""
    known = pa.types
    if known.is_dictionary(sort):
        inner = _shower(sort.value_type)
        return (lambda column: inner(column.dictionary_decode())) if inner else None
    if known.is_string(sort) or known.is_large_string(sort) or known.is_string_view(sort):
        return _texts
    if known.is_boolean(sort):
        return lambda column: _known(column, pc.if_else(column, *pa.array(["TRUE", "FALSE"], STRINGS)), FLAG)
    if known.is_integer(sort):
        return lambda column: _known(column, column.cast(STRINGS), NUMBER)
    if known.is_floating(sort) or known.is_decimal(sort):
        return _numbers
    if known.is_date(sort) or known.is_timestamp(sort):
        return _dates
    if known.is_time(sort) or known.is_duration(sort):
        return _durations
    return _nothing if known.is_null(sort) else None


def _known(column: pa.Array, texts: pa.Array, kind: int) -> Shown:
    """The texts, of one kind wherever the column has a value."""
    return pc.fill_null(texts, ""), np.where(np.asarray(column.is_valid()), kind, BLANK).astype(np.uint8)


def _texts(column: pa.Array) -> Shown:
    column.validate(full=True)  # a writer can put bytes where it promises text
    texts = pc.fill_null(column.cast(STRINGS), "")
    return texts, np.where(np.asarray(pc.greater(pc.binary_length(texts), 0)), TEXT, BLANK).astype(np.uint8)


def _numbers(column: pa.Array) -> Shown:
    """Numbers as a workbook shows them: NaN is blank, and what is infinite an error, as it is there."""
    numbers = pc.fill_null(column.cast(pa.float64()), np.nan).to_numpy(zero_copy_only=False)
    finite, endless = np.isfinite(numbers), np.isinf(numbers)
    texts = shown_numbers(np.where(finite, numbers, 0.0))
    texts = pc.case_when(pc.make_struct(pa.array(finite), pa.array(endless)), texts, "#NUM!", "")
    return texts, np.select([finite, endless], [NUMBER, ERROR], BLANK).astype(np.uint8)


def _dates(column: pa.Array) -> Shown:
    """Days, and moments as the clock of their own zone shows them."""
    plain = pc.local_timestamp(column) if pa.types.is_timestamp(column.type) and column.type.tz else column
    moments = plain.cast(pa.timestamp("us"), safe=False).to_numpy(zero_copy_only=False)
    seconds, timed = to_seconds(moments)
    days = pa.array(moments.astype("datetime64[D]")).cast(STRINGS)
    return _known(column, pc.if_else(pa.array(timed), pa.array(seconds).cast(STRINGS), days), DATE)


def _durations(column: pa.Array) -> Shown:
    """Spans and times of day in hours."""
    unit = pa.duration("us") if pa.types.is_duration(column.type) else pa.time64("us")
    coded = column.cast(unit, safe=False).cast(pa.int64()).dictionary_encode()
    hours = pa.array([f"{microseconds / 3.6e9:.10g}" for microseconds in coded.dictionary.to_pylist()], STRINGS)
    return _known(column, hours.take(coded.indices), DURATION)


def _nothing(column: pa.Array) -> Shown:
    return pa.array([""] * len(column), STRINGS), np.full(len(column), BLANK, np.uint8)


def _batch(columns: list[Shown], fields: list[pa.Field]) -> pa.RecordBatch:
    arrays = [array for texts, kinds in columns for array in (texts, pa.array(kinds))]
    return pa.record_batch(arrays, schema=pa.schema(fields))
