"""A sheet -> its Arrow files. A long one is written by two processes, a half of its rows each."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pipeline.executor import cores
from pipeline.parser.cells import Row, SheetWriter
from pipeline.parser.kinds import Mark

_WORTH_A_FORK = 1 << 20
"""Cells. Making Arrow of the parser's values takes a core half a second for so many; a fork takes milliseconds."""


@dataclass(frozen=True)
class Written:
    """The names of a sheet's files, whose rows follow each other, and its counts: see SheetWriter."""

    files: tuple[str, ...]
    rows: int
    filled: int
    blank: int


def write_sheet(
    folder: Path, name: str, rows: Callable[[], Iterable[Row]], count: int, width: int, marks: Sequence[Mark]
) -> Written:
    """Write a sheet of `count` rows, which `rows` gives from the first on each time it is asked."""
    middle = count // 2 if count * width >= _WORTH_A_FORK and hasattr(os, "fork") and cores() > 1 else count
    upper = SheetWriter(folder / f"{name}.arrow", width, marks)
    if middle == count:
        upper.write(rows())
        return Written((f"{name}.arrow",), *upper.counts)
    lower = SheetWriter(folder / f"{name}-lower.arrow", width, marks, first=middle)
    told = _beside(lambda: lower.write(islice(rows(), middle, None)), lambda: lower.counts)
    try:
        upper.write(islice(rows(), middle))
    finally:
        counts = told()
    if counts is None:  # there is no fork, or it has failed; if there is a reason, it shows here
        lower.write(islice(rows(), middle, None))
        counts = lower.counts
    _, filled, blank = upper.counts
    return Written((f"{name}.arrow", f"{name}-lower.arrow"), counts[0], filled + counts[1], blank + counts[2])


def _beside(
    work: Callable[[], None], counts: Callable[[], tuple[int, int, int]]
) -> Callable[[], tuple[int, ...] | None]:
    """Do the work in a fork; what is returned waits for it and gives its counts, None where it has failed.

    It fails at once where the system allows no further process.
    """
    reading, writing = os.pipe()
    try:
        child = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        return lambda: None
    if not child:
        try:
            work()
            os.write(writing, json.dumps(counts()).encode("ascii"))
        finally:
            os._exit(0)
    os.close(writing)

    def told() -> tuple[int, ...] | None:
        with os.fdopen(reading, "rb") as pipe:
            answer = pipe.read()
        os.waitpid(child, 0)
        return tuple(json.loads(answer)) if answer else None

    return told
