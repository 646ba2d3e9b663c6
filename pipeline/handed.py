"""A value handed to other processes of this machine: on Linux they read its columns where they lie, without a copy."""

from __future__ import annotations

import io
import mmap
import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, BinaryIO

_APART = 64
"""Bytes that the start of a column is a multiple of, as Arrow's arithmetic wants it."""


@dataclass(frozen=True)
class Handed:
    """A value as other processes take it over, as long as the one that hands it out keeps this.

    Its columns lie in a file without a name, which goes when nobody reads it any more, killed or not. Outside Linux
    files cannot be opened by number: there each process gets a copy of all of it.
    """

    head: bytes
    spots: tuple[tuple[int, int], ...] = ()
    """Where each column starts in the file, and its bytes."""
    path: str = ""
    kept: BinaryIO | None = field(default=None, repr=False)

    def __reduce__(self) -> tuple[type[Handed], tuple[bytes, tuple[tuple[int, int], ...], str]]:
        return Handed, (self.head, self.spots, self.path)

    def taken(self) -> Any:
        """The value; its columns cannot be written to."""
        if not self.path:
            return pickle.loads(self.head)
        with open(self.path, "rb") as file:
            columns = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        return pickle.loads(self.head, buffers=[columns[start : start + size] for start, size in self.spots])


def handed(value: object) -> Handed:
    """The value for other processes: a copy of all of it for each where it has no columns or the disk takes none."""
    if sys.platform == "linux":
        columns: list[pickle.PickleBuffer] = []
        head = _head(value, columns.append)
        with suppress(OSError):
            file: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the value is handed out
            spots = _written([column.raw() for column in columns], file)
            if file.tell():
                return Handed(head, spots, f"/proc/{os.getpid()}/fd/{file.fileno()}", file)
    return Handed(pickle.dumps(value, protocol=5))


def _head(value: object, apart: Callable[[pickle.PickleBuffer], object]) -> bytes:
    """The value without its columns, each of which `apart` is given as it lies."""
    from pandas.arrays import ArrowStringArray

    class Pickler(pickle.Pickler):
        """Hands out columns of text as they are: pandas would copy each first."""

        def reducer_override(self, one: object) -> Any:
            """How a column of text is made again; of anything else as ever."""
            return (_texts, (one.__arrow_array__(), one.dtype)) if isinstance(one, ArrowStringArray) else NotImplemented

    head = io.BytesIO()
    Pickler(head, protocol=5, buffer_callback=apart).dump(value)
    return head.getvalue()


def _texts(lying: Any, kind: Any) -> object:
    from pandas.arrays import ArrowStringArray

    return ArrowStringArray(lying, dtype=kind)  # type: ignore[call-arg]  # which the stubs lack


def _written(columns: Sequence[memoryview], file: BinaryIO) -> tuple[tuple[int, int], ...]:
    """Where each column was put. A column that several frames share lies there once."""
    import numpy as np

    spots, known, end = [], {}, 0
    for column in columns:
        size = column.nbytes
        place = (np.frombuffer(column, np.uint8).ctypes.data, size)
        if place not in known:
            file.write(bytes(-end % _APART))
            end += -end % _APART
            known[place] = (end, size)
            file.write(column)
            end += size
        spots.append(known[place])
    file.flush()
    return tuple(spots)
