"""Negative numbers in cells that are formatted as dates: the parser makes times of day of them, and loses the sign."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from pipeline.parser.careful import values_at
from pipeline.parser.kinds import DURATION, NUMBER, Mark


def times_of(files: Sequence[Path], width: int) -> set[tuple[int, int]]:
    """Rows and columns of the times in a sheet's Arrow files, which follow each other, where they have no sign."""
    found: set[tuple[int, int]] = set()
    first = 0
    for file in files:
        with pa.memory_map(str(file)) as source:
            table = pa.ipc.open_file(source).read_all()
        for column in range(width):
            for row in np.flatnonzero(table.column(f"k{column}").to_numpy() == DURATION).tolist():
                if not table.column(f"t{column}")[row].as_py().startswith("-"):
                    found.add((first + row, column))
        first += table.num_rows
    return found


def signed(pieces: Iterable[bytes], cells: Collection[tuple[int, int]]) -> list[Mark]:
    """The numbers below zero in these cells of a sheet's XML. Raises BrokenXML."""
    values = values_at(pieces, cells) if cells else {}
    return [(row, column, NUMBER, text) for (row, column), text in values.items() if text.startswith("-")]
