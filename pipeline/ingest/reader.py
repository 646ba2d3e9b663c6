"""file -> raw columns: each file is parsed in a limited process, several files at once."""

from __future__ import annotations

import queue
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipeline.errors import RegisterError
from pipeline.executor import cores
from pipeline.ingest.preflight import Staged, stage
from pipeline.parser.kinds import BLANK, DATE, DURATION, EMPTY_FORMULA, ERROR, FLAG, NUMBER, TEXT
from pipeline.parser.process import Parser
from pipeline.parser.request import Request
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

    `texts` and `kinds` have one array per sheet column from A, all of the same length, row 1 first. `numbers` has
    for a column with any number its values (a DATE's seconds since 1970, a DURATION's hours, NaN where there is
    none), else None.
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
    numbers: tuple[npt.NDArray[np.float64] | None, ...] = ()

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
    if not paths:
        return ()
    with Parsers(min(len(paths), cores())) as parsers:
        return parsers.read(paths, settings)


class Parsers:
    """So many parsing processes, started at once; each serves one file after the other."""

    def __init__(self, count: int = 1) -> None:
        self._idle: queue.SimpleQueue[Parser] = queue.SimpleQueue()
        self._all = [Parser() for _ in range(count)]
        for parser in self._all:
            self._idle.put(parser)

    def __enter__(self) -> Parsers:
        return self

    def __exit__(self, *_: object) -> None:
        for parser in self._all:
            parser.close()

    def read(self, paths: tuple[Path, ...], settings: IngestSettings) -> tuple[RawFile, ...]:
        """Every file read or refused, in the order given."""
        with ThreadPoolExecutor(max_workers=len(self._all)) as pool:
            return tuple(pool.map(lambda path: self._read(path, settings), paths))

    def _read(self, path: Path, settings: IngestSettings) -> RawFile:
        parser = self._idle.get()
        try:
            with tempfile.TemporaryDirectory(prefix="workregister-", ignore_cleanup_errors=True) as folder:
                return _read(path, Path(folder), parser, settings)
        finally:
            self._idle.put(parser)


def _read(path: Path, folder: Path, parser: Parser, settings: IngestSettings) -> RawFile:
    try:
        staged = stage(path, folder, settings)
    except RegisterError as refusal:
        return RawFile(path, refusal=refusal)
    except OSError as problem:
        what = f"The file cannot be opened ({problem.strerror})."
        return RawFile(path, refusal=RegisterError(what, path.name, "Close it elsewhere and check who may read it."))
    try:
        answer = _asked(staged, folder, parser, settings)
    except RegisterError as refusal:
        return RawFile(path, staged.sha256, staged.size, refusal=refusal)
    entries = answer["sheets"]
    broken = {str(entry["name"]): str(entry["broken"]) for entry in entries if "broken" in entry}
    sheets = tuple(_loaded(folder, entry) for entry in entries if "broken" not in entry)
    if broken and not sheets:
        return RawFile(path, staged.sha256, staged.size, broken=broken, refusal=_nothing_whole(path, broken))
    return RawFile(path, staged.sha256, staged.size, sheets, broken, tuple(answer.get("ignored", ())))


def _nothing_whole(path: Path, broken: Mapping[str, str]) -> RegisterError:
    reasons = "; ".join(f"'{sheet}': {reason}" for sheet, reason in list(broken.items())[:3])
    return RegisterError(f"No sheet can be read ({reasons}).", path.name, _SAVE_AGAIN)


def _asked(staged: Staged, folder: Path, parser: Parser, settings: IngestSettings) -> dict[str, Any]:
    """What the parser answers. Raises RegisterError where it refuses, dies of the file or takes too long."""
    try:
        answer = parser.ask(_request(staged, folder, settings))
        if answer is None:  # the scan alone may survive and tell why
            second = folder / "scan"
            second.mkdir()
            answer = parser.ask(_request(staged, second, settings, scan_only=True))
    except TimeoutError:
        what = f"Reading it takes longer than the limit of {settings.parse_seconds} seconds."
        raise RegisterError(
            what, staged.copy.name, "Remove what is not the register, or raise parse_seconds under [ingest]."
        ) from None
    if answer and "refused" in answer:
        what, hint = answer["refused"]
        raise RegisterError(what, staged.copy.name, hint)
    if not answer or "sheets" not in answer:
        raise RegisterError(
            "Reading it broke the parser or its memory limit, as damaged and hostile files do.",
            staged.copy.name,
            _SAVE_AGAIN,
        )
    return answer


_SAVE_AGAIN = "Open it in Excel, check it, and save it again as .xlsx."


def _request(staged: Staged, folder: Path, settings: IngestSettings, *, scan_only: bool = False) -> Request:
    return Request(
        path=str(staged.copy),
        kind=staged.kind,
        folder=str(folder),
        max_cells=settings.max_cells,
        max_parts=settings.max_parts,
        max_ratio=settings.max_ratio,
        max_unpacked_mb=settings.max_unpacked_mb,
        memory_mb=settings.parse_memory_mb,
        seconds=settings.parse_seconds,
        scan_only=scan_only,
    )


def _loaded(folder: Path, entry: Mapping[str, Any]) -> RawSheet:
    with pa.OSFile(str(folder / entry["texts"]), "rb") as source:
        table = pa.ipc.open_file(source).read_all()
    with pa.OSFile(str(folder / entry["numbers"]), "rb") as source:
        numbers = pa.ipc.open_file(source).read_all()
    columns, numbered = range(entry["width"]), set(numbers.column_names)
    return RawSheet(
        name=entry["name"],
        texts=tuple(table.column(f"t{at}").combine_chunks() for at in columns),
        kinds=tuple(table.column(f"k{at}").to_numpy() for at in columns),
        hidden=bool(entry.get("hidden")),
        merges=tuple(tuple(merge) for merge in _list(entry, "merges")),
        hidden_rows=tuple(_list(entry, "hidden_rows")),
        hidden_columns=tuple(_list(entry, "hidden_columns")),
        areas=tuple(Area(**area) for area in _list(entry, "areas")),
        numbers=tuple(numbers.column(f"n{at}").to_numpy() if f"n{at}" in numbered else None for at in columns),
    )


def _list(entry: Mapping[str, Any], name: str) -> Iterator[Any]:
    yield from entry.get(name, ())
