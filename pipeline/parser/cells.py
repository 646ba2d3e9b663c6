"""Rows of values -> Arrow: what each cell shows and what it is.

A sheet becomes one Arrow file with the text (`t0`, `t1`, ...) and the kind (`k0`, `k1`, ...) of every cell by sheet
column, written batch by batch so that a long sheet is never held twice.
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
Kinds: TypeAlias = npt.NDArray[np.uint8]

STRINGS = pa.large_string()
"""As pandas holds texts, so that nothing is cast when they are loaded, and a column may be longer than 2 GB."""
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
    """Writes one sheet of `width` columns from its row `first` on. `rows` is the row it has come to; `filled` counts
    the cells that hold something, marked ones aside; `blank` of those hold nothing but blanks.
    """

    def __init__(self, path: Path, width: int, marks: Sequence[Mark], first: int = 0) -> None:
        self.rows, self.filled, self.blank, self._width = first, 0, 0, width
        self._path, self._marks = path, _by_column(marks)

    @property
    def counts(self) -> tuple[int, int, int]:
        """`rows`, `filled` and `blank`."""
        return self.rows, self.filled, self.blank

    def write(self, rows: Iterable[Row]) -> None:
        """Write all rows; shorter ones are filled up with blanks."""
        fields = [pa.field(f"{kind}{at}", sort) for at in range(self._width) for kind, sort in COLUMNS]
        with pa.OSFile(str(self._path), "wb") as sink, pa.ipc.new_file(sink, pa.schema(fields)) as writer:
            for batch in _batches(rows, max(1, _CELLS_A_BATCH // max(1, self._width))):
                writer.write_batch(pa.record_batch(self._columns(batch), schema=pa.schema(fields)))
                self.rows += len(batch)

    def _columns(self, rows: list[Row]) -> list[pa.Array]:
        made: list[pa.Array] = []
        for at, values in enumerate(_turned(rows, self._width)):
            texts, kinds = read_column(values)
            self.filled += int(np.count_nonzero(kinds))
            self.blank += pc.sum(pc.utf8_is_space(texts)).as_py() or 0
            made += [self._marked(at, texts, kinds), pa.array(kinds)]
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
        return pc.replace_with_mask(texts, pa.array(mask), pa.array(words[first:last], STRINGS))


COLUMNS = (("t", STRINGS), ("k", pa.uint8()))


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


def read_column(values: Row) -> tuple[pa.LargeStringArray, Kinds]:
    """The texts and kinds of one column's values."""
    if set(map(type, values)) == {str}:
        texts = _strings(values)
        return texts, _filled(texts)
    kinds = np.fromiter(map(_KIND_OF_TYPE.__getitem__, map(type, values)), np.uint8, len(values))
    masks = [(int(kind), kinds == kind) for kind in np.unique(kinds)]
    parts = [_SHOWN[kind](list(compress(values, mask))) for kind, mask in masks]
    texts = _in_order(parts, [np.flatnonzero(mask) for _, mask in masks])
    kinds[(kinds == TEXT) & (_filled(texts) == BLANK)] = BLANK
    return texts, kinds


def _in_order(parts: list[pa.Array], places: list[npt.NDArray[np.int64]]) -> pa.LargeStringArray:
    """One array of all parts' texts, each at its place."""
    if len(parts) == 1:
        return parts[0]
    order = np.concatenate(places)
    back = np.empty_like(order)
    back[order] = np.arange(len(order))
    return pa.concat_arrays(parts).take(pa.array(back))


def _strings(values: Sequence[str]) -> pa.LargeStringArray:
    try:
        return pa.array(values, STRINGS)
    except UnicodeEncodeError:  # half of a surrogate pair, which no encoding can hold
        return pa.array([text.encode("utf-8", "replace").decode() for text in values], STRINGS)


def _filled(texts: pa.LargeStringArray) -> Kinds:
    """TEXT where there is any, else BLANK."""
    return np.asarray(pc.greater(pc.binary_length(texts), 0)).astype(np.uint8)


def _shown_texts(values: Row) -> pa.LargeStringArray:
    return _strings([value if type(value) is str else "" if value is None else str(value) for value in values])


def shown_numbers(values: Row | npt.NDArray[np.float64]) -> pa.LargeStringArray:
    """Numbers in their shortest form, whole ones without a point."""
    numbers = np.array(values, np.float64)
    whole = (np.abs(numbers) < _WHOLE) & (numbers == np.trunc(numbers))
    if whole.all():
        return pa.array(numbers.astype(np.int64)).cast(STRINGS)
    words = np.array([repr(value) for value in numbers[~whole].tolist()], object)
    parts = [pa.array(numbers[whole].astype(np.int64)).cast(STRINGS), pa.array(words, STRINGS)]
    return _in_order(parts, [np.flatnonzero(whole), np.flatnonzero(~whole)])


def _shown_dates(values: Row) -> pa.LargeStringArray:
    """ISO dates, with the time to the nearest second of the day where it is not midnight."""
    texts = pa.array(values, pa.date32()).cast(STRINGS)
    if dt.datetime not in set(map(type, values)):
        return texts
    moments = pa.array([value if type(value) is dt.datetime else None for value in values], pa.timestamp("us"))
    seconds, timed = to_seconds(moments.to_numpy(zero_copy_only=False))
    return pc.if_else(pa.array(timed), pa.array(seconds).cast(STRINGS), texts) if timed.any() else texts


def to_seconds(moments: npt.NDArray[np.datetime64]) -> tuple[npt.NDArray[np.datetime64], npt.NDArray[np.bool_]]:
    """Moments to the nearest second of their day, and which are not midnight; NaT is none."""
    days = moments.astype("datetime64[D]")
    seconds = (moments + np.timedelta64(500, "ms")).astype("datetime64[s]")
    seconds = np.minimum(seconds, (days + 1).astype("datetime64[s]") - 1)
    return seconds, np.asarray((seconds != days) & ~np.isnat(moments))


def _shown_flags(values: Row) -> pa.LargeStringArray:
    return pc.if_else(pa.array(values, pa.bool_()), *pa.array(["TRUE", "FALSE"], STRINGS))


def _shown_durations(values: Row) -> pa.LargeStringArray:
    return pa.array([f"{_hours(value):.10g}" for value in values], STRINGS)


def _hours(value: dt.timedelta | dt.time) -> float:
    if isinstance(value, dt.timedelta):
        return value.total_seconds() / 3600
    return value.hour + value.minute / 60 + value.second / 3600 + value.microsecond / 3.6e9


_SHOWN: dict[int, Callable[[Row], pa.LargeStringArray]] = {
    TEXT: _shown_texts,
    NUMBER: shown_numbers,
    DATE: _shown_dates,
    FLAG: _shown_flags,
    DURATION: _shown_durations,
}
