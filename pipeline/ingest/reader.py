"""file -> raw columns: each file is parsed in a limited child process, several files at once."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pyarrow as pa

from pipeline.errors import RegisterError
from pipeline.executor import cores
from pipeline.ingest.preflight import kind_of
from pipeline.settings import IngestSettings

BLANK, TEXT, NUMBER, DATE, FLAG, DURATION, ERROR, EMPTY_FORMULA = range(8)
"""What a cell is, as `parser.py` tells it."""

_PARSER = Path(__file__).with_name("parser.py")


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
    texts: tuple[pa.StringArray, ...]
    kinds: tuple[np.ndarray, ...]
    hidden: bool = False
    merges: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    areas: tuple[Area, ...] = ()
    """Excel Tables, defined names that are one plain range, and filtered ranges on this sheet."""

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
    refusal: RegisterError | None = None


def read_files(paths: tuple[Path, ...], settings: IngestSettings) -> tuple[RawFile, ...]:
    """Every file read or refused, in the order given; one bad file never stops the others."""
    with ThreadPoolExecutor(max_workers=cores()) as pool:
        return tuple(pool.map(lambda path: _read(path, settings), paths))


def _read(path: Path, settings: IngestSettings) -> RawFile:
    try:
        kind = kind_of(path, settings)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        size = path.stat().st_size
    except RegisterError as refusal:
        return RawFile(path, refusal=refusal)
    except OSError as problem:
        return RawFile(
            path,
            refusal=RegisterError(
                f"The file cannot be opened ({problem.strerror}).",
                path.name,
                "Close it elsewhere and check who may read it.",
            ),
        )
    try:
        sheets, broken = _parsed(path, kind, settings)
    except RegisterError as refusal:
        return RawFile(path, digest, size, refusal=refusal)
    return RawFile(path, digest, size, tuple(sheets), broken)


def _parsed(path: Path, kind: str, settings: IngestSettings) -> tuple[list[RawSheet], dict[str, str]]:
    with tempfile.TemporaryDirectory(prefix="workregister-") as folder:
        request = {
            "path": str(path.resolve()), "kind": kind, "max_cells": settings.max_cells,
            "seconds": settings.parse_seconds, "memory_mb": settings.parse_memory_mb,
        }  # fmt: skip
        answer = _asked(Path(folder), request, path.name)
        if "refused" in answer:
            raise _refusal(str(answer["refused"]), path.name)
        entries = answer["sheets"]
        broken = {entry["name"]: entry["broken"] for entry in entries if "broken" in entry}
        sheets = [_loaded(Path(folder), entry) for entry in entries if "broken" not in entry]
    if broken and not sheets:
        raise _refusal("damaged", path.name)
    return sheets, broken


def _asked(folder: Path, request: Mapping[str, object], name: str) -> dict[str, list[dict[str, str]]]:
    """The child's answer; a child that dies or overstays is a refusal."""
    (folder / "request.json").write_text(json.dumps(request), encoding="utf-8")
    seconds = int(str(request["seconds"]))
    try:
        subprocess.run(
            [sys.executable, "-P", str(_PARSER), str(folder / "request.json")],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as problem:
        raise _refusal("time", name) from problem
    try:
        answer: dict[str, list[dict[str, str]]] = json.loads((folder / "answer.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise _refusal("died", name) from problem
    return answer


_SAVE_AGAIN = "Open it in Excel, check it, and save it again as .xlsx."
_REFUSALS = {
    "password": ("The file is protected by a password.", "Save it without a password and drop it in again."),
    "damaged": ("The file is damaged or is not what its ending says.", _SAVE_AGAIN),
    "cells": (
        "A sheet spans more cells than the limit allows.",
        "Delete stray cells far below or right of the table, or raise max_cells under [ingest].",
    ),
    "memory": (
        "Reading it takes more memory than the limit allows.",
        "Remove what is not the register, or raise parse_memory_mb under [ingest].",
    ),
    "time": (
        "Reading it takes longer than the limit allows.",
        "Remove what is not the register, or raise parse_seconds under [ingest].",
    ),
    "died": ("Reading it broke the parser or its memory limit, as damaged and hostile files do.", _SAVE_AGAIN),
}


def _refusal(sort: str, name: str) -> RegisterError:
    what, hint = _REFUSALS[sort]
    return RegisterError(what, name, hint)


def _loaded(folder: Path, entry: Mapping[str, object]) -> RawSheet:
    with pa.OSFile(str(folder / str(entry["file"])), "rb") as source:
        table = pa.ipc.open_file(source).read_all()
    columns = range(table.num_columns // 2)
    return RawSheet(
        name=str(entry["name"]),
        texts=tuple(table.column(f"t{at}").combine_chunks() for at in columns),
        kinds=tuple(table.column(f"k{at}").to_numpy() for at in columns),
        hidden=bool(entry.get("hidden")),
        merges=tuple(tuple(merge) for merge in _list(entry, "merges")),
        hidden_rows=tuple(int(str(row)) for row in _list(entry, "hidden_rows")),
        hidden_columns=tuple(int(str(column)) for column in _list(entry, "hidden_columns")),
        areas=tuple(Area(**area) for area in _list(entry, "areas")),
    )


def _list(entry: Mapping[str, object], name: str) -> Iterator[Any]:
    value = entry.get(name)
    yield from value if isinstance(value, list) else ()
