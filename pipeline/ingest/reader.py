"""file -> raw columns: each file is parsed in a limited process, several files at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pyarrow as pa

from pipeline.errors import RegisterError
from pipeline.ingest.answers import Answers
from pipeline.parser.kinds import BLANK, DATE, DURATION, EMPTY_FORMULA, ERROR, FLAG, NUMBER, TEXT
from pipeline.settings import IngestSettings

__all__ = [
    "BLANK", "DATE", "DURATION", "EMPTY_FORMULA", "ERROR", "FLAG", "NUMBER", "TEXT", "Area", "RawFile", "RawSheet",
    "read_files",
]  # fmt: skip


@dataclass(frozen=True)
class Area:
    """A named block of cells on a sheet, rows and columns 0-based and inclusive.

    An Excel Table says how many of its rows are headings and totals; a filtered range begins with one row of
    headings; a defined name says nothing of its rows.
    """

    name: str
    sheet: str
    kind: Literal["table", "name", "filter"]
    top: int
    left: int
    bottom: int
    right: int
    header_rows: int = 0
    totals_rows: int = 0


@dataclass(frozen=True, eq=False)
class RawSheet:
    """One sheet's cells by column: their text as a person sees it, and what each cell is.

    `texts` and `kinds` have one array per sheet column from A, all of the same length, row 1 first.
    `merges` are (first row, first column, last row, last column), 0-based.
    """

    name: str
    texts: tuple[pa.LargeStringArray, ...]
    kinds: tuple[np.ndarray, ...]
    hidden: bool = False
    merges: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    areas: tuple[Area, ...] = ()
    """Excel Tables, defined names that are one plain range, and filtered ranges on this sheet."""
    odd: tuple[tuple[int, int], ...] = ()
    """Cells of a text file (row and column, 0-based) with bytes that are not of its encoding."""

    @property
    def rows(self) -> int:
        """Rows from 1 to the last filled one."""
        return len(self.texts[0]) if self.texts else 0

    def preview(self, rows: int) -> list[list[str]]:
        """The texts of the first rows, row by row."""
        columns = [texts.slice(0, rows).to_pylist() for texts in self.texts]
        return [list(row) for row in zip(*columns, strict=True)]


@dataclass(frozen=True, eq=False)
class RawFile:
    """One file: its sheets, or why it is refused."""

    path: Path
    sha256: str = ""
    size: int = 0
    sheets: tuple[RawSheet, ...] = ()
    broken: Mapping[str, str] = field(default_factory=dict)
    """Sheets that could not be read, each with the reason."""
    ignored: tuple[str, ...] = ()
    """What the file carries and nobody follows: `macros`, `links`."""
    refusal: RegisterError | None = None


def read_files(paths: tuple[Path, ...], settings: IngestSettings) -> tuple[RawFile, ...]:
    """Every file read or refused, in the order given; one bad file never stops the others."""
    with Answers(paths, settings) as answers:
        return tuple(loaded(answers))


def loaded(answers: Answers) -> Iterator[RawFile]:
    """The raw file of each answer, in their order."""
    for answer in answers:
        sheets = () if answer.refusal else tuple(_loaded(answer.folder, entry) for entry in answer.sheets)
        yield RawFile(
            answer.path, answer.sha256, answer.size, sheets, answer.broken, answer.ignored, refusal=answer.refusal
        )


def _loaded(folder: Path, entry: Mapping[str, Any]) -> RawSheet:
    table = pa.concat_tables([_table(folder / file) for file in entry["files"]])
    columns = range(entry["width"])
    return RawSheet(
        name=entry["name"],
        texts=tuple(table.column(f"t{at}").combine_chunks() for at in columns),
        kinds=tuple(table.column(f"k{at}").to_numpy() for at in columns),
        hidden=bool(entry.get("hidden")),
        merges=tuple(tuple(merge) for merge in _list(entry, "merges")),
        hidden_rows=tuple(_list(entry, "hidden_rows")),
        hidden_columns=tuple(_list(entry, "hidden_columns")),
        areas=tuple(Area(**area) for area in _list(entry, "areas")),
        odd=tuple(tuple(cell) for cell in _list(entry, "odd")),
    )


def _table(path: Path) -> pa.Table:
    """What the file holds. One of several batches is not read but mapped, for joining its columns copies it anyway."""
    with pa.OSFile(str(path), "rb") as source:
        file = pa.ipc.open_file(source)
        if file.num_record_batches == 1:
            return file.read_all()
    with pa.memory_map(str(path)) as source:
        return pa.ipc.open_file(source).read_all()


def _list(entry: Mapping[str, Any], name: str) -> Iterator[Any]:
    yield from entry.get(name, ())
