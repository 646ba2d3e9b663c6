"""Rows of values -> Arrow: what each cell shows, what it is, and its number where it has one.

A sheet becomes two Arrow files: one with the text (`t0`, `t1`, ...) and the kind (`k0`, `k1`, ...) of every cell by
sheet column, written batch by batch so that a long sheet is never held twice; and one with the numbers (`n0`, ...)
of the columns that have any: a NUMBER's value, a DATE's seconds since 1970, a DURATION's hours, a FLAG's 1 or 0,
NaN elsewhere.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import compress, islice
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.parser.kinds import BLANK, DATE, DURATION, FLAG, NUMBER, TEXT, Mark

Row: TypeAlias = Sequence[Any]
Numbers: TypeAlias = npt.NDArray[np.float64]
Kinds: TypeAlias = npt.NDArray[np.uint8]

_CELLS_A_BATCH = 1 << 18
_WHOLE = 1e15
"""Whole numbers below this are shown without an exponent."""
_KIND_OF_TYPE: dict[type, int] = defaultdict(
    lambda: TEXT,
    {
        str: TEXT,
        float: NUMBER,
        int: NUMBER,
        dt.date: DATE,
        dt.datetime: DATE,
        bool: FLAG,
        dt.timedelta: DURATION,
        dt.time: DURATION,
    },
)


class SheetWriter:
    """Writes one sheet of `width` columns. `filled` counts the cells that hold something, marked ones aside."""

    def __init__(self, texts: Path, numbers: Path, width: int, marks: Sequence[Mark]) -> None:
        self.rows, self.filled, self._width = 0, 0, width
        self._texts, self._numbers = texts, numbers
        self._parts: list[list[Numbers | None]] = [[] for _ in range(width)]
        self._lengths: list[int] = []
        self._marks = _by_column(marks)

    def write(self, rows: Iterable[Row]) -> None:
        """Write all rows; shorter ones are filled up with blanks."""
        fields = [pa.field(f"{kind}{at}", sort) for at in range(self._width) for kind, sort in _COLUMNS]
        with pa.OSFile(str(self._texts), "wb") as sink, pa.ipc.new_file(sink, pa.schema(fields)) as writer:
            for batch in _batches(rows, max(1, _CELLS_A_BATCH // max(1, self._width))):
                writer.write_batch(pa.record_batch(self._columns(batch), schema=pa.schema(fields)))
                self.rows += len(batch)
        self._write_numbers()

    def _columns(self, rows: list[Row]) -> list[pa.Array]:
        made: list[pa.Array] = []
        self._lengths.append(len(rows))
        for at, values in enumerate(_turned(rows, self._width)):
            texts, kinds, numbers = read_column(values)
            self.filled += int(np.count_nonzero(kinds))
            texts = self._marked(at, texts, kinds)
            self._parts[at].append(numbers)
            made += [texts, pa.array(kinds)]
        return made

    def _marked(self, at: int, texts: pa.Array, kinds: Kinds) -> pa.Array:
        """The texts with those of marked cells put in, whose kinds are set."""
        if at not in self._marks:
            return texts
        rows, sorts, words = self._marks[at]
        first, last = np.searchsorted(rows, [self.rows, self.rows + len(kinds)])
        if first == last:
            return texts
        places = rows[first:last] - self.rows
        self.filled -= int(np.count_nonzero(kinds[places]))
        kinds[places] = sorts[first:last]
        mask = np.zeros(len(kinds), bool)
        mask[places] = True
        return pc.replace_with_mask(texts, pa.array(mask), pa.array(words[first:last], pa.string()))

    def _write_numbers(self) -> None:
        columns = {}
        for at, parts in enumerate(self._parts):
            if any(part is not None for part in parts):
                blanks = (np.full(length, np.nan) for length in self._lengths)
                columns[f"n{at}"] = np.concatenate(
                    [blank if part is None else part for part, blank in zip(parts, blanks, strict=True)]
                )
        table = pa.table(columns)
        with pa.OSFile(str(self._numbers), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)


_COLUMNS = (("t", pa.string()), ("k", pa.uint8()))


def _by_column(marks: Sequence[Mark]) -> dict[int, tuple[npt.NDArray[np.int64], Kinds, list[str]]]:
    """Marks by column: their rows in order, kinds and texts."""
    columns: dict[int, list[Mark]] = {}
    for mark in sorted(set(marks)):
        columns.setdefault(mark[1], []).append(mark)
    return {
        at: (
            np.array([row for row, *_ in held], np.int64),
            np.array([kind for _, _, kind, _ in held], np.uint8),
            [text for *_, text in held],
        )
        for at, held in columns.items()
    }


def _batches(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, size)):
        yield batch


def _turned(rows: list[Row], width: int) -> Iterable[Row]:
    """The rows' columns."""
    if any(len(row) != width for row in rows):
        rows = [[*row, *[""] * (width - len(row))] for row in rows]
    return zip(*rows, strict=True)


def read_column(values: Row) -> tuple[pa.StringArray, Kinds, Numbers | None]:
    """The texts, kinds and numbers of one column's values; None where it has no number."""
    types = set(map(type, values))
    if types == {str}:
        texts = _strings(values)
        return texts, _filled(texts), None
    kinds = np.fromiter(map(_KIND_OF_TYPE.__getitem__, map(type, values)), np.uint8, len(values))
    numbers: Numbers = np.full(len(values), np.nan)
    parts, places = [], []
    for kind in np.unique(kinds):
        mask = kinds == kind
        texts, found = _READ[int(kind)](list(compress(values, mask)))
        if found is not None:
            numbers[mask] = found
        parts.append(texts)
        places.append(np.flatnonzero(mask))
    texts = _in_order(parts, places)
    kinds[(kinds == TEXT) & (_filled(texts) == BLANK)] = BLANK
    return texts, kinds, numbers


def _in_order(parts: list[pa.Array], places: list[npt.NDArray[np.int64]]) -> pa.StringArray:
    """One array of all parts' texts, each at its place."""
    if len(parts) == 1:
        return parts[0]
    order = np.concatenate(places)
    back = np.empty_like(order)
    back[order] = np.arange(len(order))
    return pa.concat_arrays(parts).take(pa.array(back))


def _strings(values: Sequence[str]) -> pa.StringArray:
    try:
        return pa.array(values, pa.string())
    except UnicodeEncodeError:  # half of a surrogate pair, which no encoding can hold
        return pa.array([text.encode("utf-8", "replace").decode() for text in values], pa.string())


def _filled(texts: pa.StringArray) -> Kinds:
    """TEXT where there is any, else BLANK."""
    return np.asarray(pc.greater(pc.binary_length(texts), 0)).astype(np.uint8)


def _read_texts(values: Row) -> tuple[pa.StringArray, None]:
    return _strings([value if type(value) is str else "" if value is None else str(value) for value in values]), None


def _read_numbers(values: Row) -> tuple[pa.StringArray, Numbers]:
    numbers = np.array(values, np.float64)
    whole = (np.abs(numbers) < _WHOLE) & (numbers == np.trunc(numbers))
    if whole.all():
        return pa.array(numbers.astype(np.int64)).cast(pa.string()), numbers
    words = np.array([repr(value) for value in numbers[~whole].tolist()], object)
    parts = [pa.array(numbers[whole].astype(np.int64)).cast(pa.string()), pa.array(words, pa.string())]
    return _in_order(parts, [np.flatnonzero(whole), np.flatnonzero(~whole)]), numbers


def _read_dates(values: Row) -> tuple[pa.StringArray, Numbers]:
    """ISO dates, with the time to the second where it is not midnight."""
    moments = np.array(values, "datetime64[us]")
    seconds = (moments + np.timedelta64(500, "ms")).astype("datetime64[s]")
    days = seconds.astype("datetime64[D]")
    texts = pa.array(days).cast(pa.string())
    timed = seconds != days
    if timed.any():
        texts = pc.if_else(pa.array(timed), pa.array(seconds).cast(pa.string()), texts)
    return texts, seconds.astype(np.float64)


def _read_flags(values: Row) -> tuple[pa.StringArray, Numbers]:
    flags = np.array(values, bool)
    return pc.if_else(pa.array(flags), "TRUE", "FALSE"), flags.astype(np.float64)


def _read_durations(values: Row) -> tuple[pa.StringArray, Numbers]:
    hours = [_hours(value) for value in values]
    return pa.array([f"{value:.10g}" for value in hours], pa.string()), np.array(hours)


def _hours(value: dt.timedelta | dt.time) -> float:
    if isinstance(value, dt.timedelta):
        return value.total_seconds() / 3600
    return value.hour + value.minute / 60 + value.second / 3600 + value.microsecond / 3.6e9


_READ: dict[int, Callable[[Row], tuple[pa.StringArray, Numbers | None]]] = {
    TEXT: _read_texts,
    NUMBER: _read_numbers,
    DATE: _read_dates,
    FLAG: _read_flags,
    DURATION: _read_durations,
}
