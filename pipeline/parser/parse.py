"""One file -> Arrow files and an answer that says what they hold, or why there are none."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import repeat
from pathlib import Path
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from pipeline.errors import RegisterError
from pipeline.parser.archive import SAVE_AGAIN, Archive, damaged, locked
from pipeline.parser.book import BookScan
from pipeline.parser.careful import BrokenXML
from pipeline.parser.cells import Row
from pipeline.parser.halves import Written, write_sheet
from pipeline.parser.kinds import Mark, address
from pipeline.parser.ods import scan_ods
from pipeline.parser.request import Request
from pipeline.parser.scan import Scan
from pipeline.parser.signs import times_of
from pipeline.parser.text import read_rows
from pipeline.parser.xls import scan_xls
from pipeline.parser.xlsb import scan_xlsb
from pipeline.parser.xlsx import negatives, recount, scan_xlsx

_SCANNED_FIRST = 8 << 20
"""Files that unpack to no more are scanned before they are parsed; larger ones at the same time."""


def answer(request: Request) -> None:
    """Parse the file and leave the answer: its `sheets`, or `refused` with the reason in words."""
    try:
        answered = {"csv": _csv, "parquet": _parquet}.get(request.kind, _workbook)(request)
    except RegisterError as refusal:
        answered = refused(refusal)
    except MemoryError:
        answered = refused(_beyond_memory(request))
    except BaseException as problem:  # the parser's own panics do not derive from Exception
        answered = refused(_explained(problem))
    request.answer(answered)


def refused(refusal: RegisterError) -> dict[str, Any]:
    """A refusal as an answer."""
    return {"refused": [refusal.what, refusal.hint]}


def _beyond_memory(request: Request) -> RegisterError:
    return RegisterError(
        f"Reading it takes more memory than the limit of {request.memory_mb:,} MB.",
        hint="Remove what is not the register, or raise parse_memory_mb under [ingest].",
    )


def _explained(problem: BaseException) -> RegisterError:
    text = f"{type(problem).__name__} {problem}".lower()
    if "password" in text or "encrypt" in text:
        return locked()
    return damaged(f"nothing could be read from it ({_words(problem)})")


def _words(problem: BaseException) -> str:
    """What a library says, on one line."""
    return " ".join(str(problem).split())[:160] or type(problem).__name__


def _csv(request: Request) -> dict[str, Any]:
    rows, odd = read_rows(Path(request.path))
    width = max(map(len, rows), default=0)
    if width * len(rows) > request.max_cells:
        raise _too_many(len(rows) * width, request)
    return {"sheets": [{**_written(request, 0, "CSV", lambda: rows, len(rows), width, [])[0], "odd": odd}]}


def _parquet(request: Request) -> dict[str, Any]:
    from pipeline.parser.parquet import SHEET, write_parquet  # only the fork that reads such a file has a use for it

    file = "sheet0.arrow"
    width, rows = write_parquet(request, file)
    return {"sheets": [{"name": SHEET, "files": [file], "width": width, "rows": rows}]}


def _workbook(request: Request) -> dict[str, Any]:
    return _Book(request).parsed()


def _too_many(cells: int, request: Request, where: str = "") -> RegisterError:
    return RegisterError(
        f"The cells{where} span {cells:,}; the limit is {request.max_cells:,}.",
        hint="Remove what is not the register, or raise max_cells under [ingest].",
    )


def _written(
    request: Request,
    number: int,
    name: str,
    rows: Callable[[], Iterable[Row]],
    count: int,
    width: int,
    marks: list[Mark],
) -> tuple[dict[str, Any], Written]:
    """The answer's entry for a sheet whose Arrow files are written, and what was counted on the way."""
    written = write_sheet(Path(request.folder), f"sheet{number}", rows, count, width, marks)
    return {"name": name, "files": written.files, "width": width, "rows": written.rows}, written


class _Book:
    """A workbook, parsed sheet by sheet and held against its scan."""

    def __init__(self, request: Request) -> None:
        self._request, path = request, Path(request.path)
        self._archive = None if request.kind == "xls" else Archive(path, request)
        unpacked = 0 if self._archive is None else sum(part.file_size for part in self._archive.parts.values())
        self._scan = _Meanwhile(request, self._scanned, at_once=unpacked <= _SCANNED_FIRST or request.scan_only)

    def parsed(self) -> dict[str, Any]:
        """The answer."""
        if self._request.scan_only:
            return self._explanation()
        workbook = self._opened()
        sheets = []
        for number, meta in enumerate(workbook.sheets_metadata):
            if meta.typ == SheetTypeEnum.WorkSheet:
                entry = self._sheet(workbook, number, meta.name)
                sheets.append({**entry, "hidden": meta.visible != SheetVisibleEnum.Visible})
        book = self._scan.result()
        named = {sheet["name"] for sheet in sheets}
        sheets += [{"name": name, "broken": why} for name, why in book.broken.items() if name not in named]
        if not sheets:
            raise RegisterError("The workbook has no sheet of cells.", hint=SAVE_AGAIN)
        return {"sheets": sheets, "ignored": sorted(book.ignored)}

    def _opened(self) -> CalamineWorkbook:
        try:
            return CalamineWorkbook.from_path(self._request.path)
        except Exception:
            if self._scan.done:
                self._explanation()  # names the cell, where the parser's own words cannot
            raise

    def _scanned(self) -> BookScan:
        if self._archive is None:
            return scan_xls(Path(self._request.path))
        return {"ods": scan_ods, "xlsb": scan_xlsb}.get(self._request.kind, scan_xlsx)(self._archive)

    def _explanation(self) -> dict[str, Any]:
        """Why parsing may have failed, as far as the scan alone can tell."""
        book = self._scan.result()
        for name, scan in book.sheets.items():
            if self._is_far(scan):
                raise _too_many(scan.extent, self._request, f" of '{name}' reach to {_far_cells(scan)} and")
        return {}

    def _is_far(self, scan: Scan) -> bool:
        return scan.extent > self._request.max_cells

    def _sheet(self, workbook: CalamineWorkbook, number: int, name: str) -> dict[str, Any]:
        """One sheet's entry; one that cannot be read must not lose the others."""
        if self._scan.done:
            book = self._scan.result()
            scan = book.of(number, name)
            if name in book.broken:
                return {"name": name, "broken": book.broken[name]}
            if scan is not None and self._is_far(scan):
                return {"name": name, "broken": self._far(scan)}
        try:
            sheet = workbook.get_sheet_by_index(number)
        except MemoryError:
            raise
        except Exception as problem:
            return {"name": name, "broken": f"it is damaged ({_words(problem)})"}
        return self._checked(sheet, number, name)

    def _far(self, scan: Scan) -> str:
        return (
            f"its cells reach to {_far_cells(scan)} and span {scan.extent:,}, above the limit of "
            f"{self._request.max_cells:,}; delete that cell's row and column, or raise max_cells under [ingest]"
        )

    def _checked(self, sheet: CalamineSheet, number: int, name: str) -> dict[str, Any]:
        """The sheet's entry where the parser and the scan agree on it."""
        book = self._scan.result()
        if name in book.broken:
            return {"name": name, "broken": book.broken[name]}
        scan = book.of(number, name) or Scan()
        if self._is_far(scan):
            return {"name": name, "broken": self._far(scan)}
        width = max((column + 1 for _, column, *_ in scan.marks), default=0)
        width = max(width, sheet.end[1] + 1 if sheet.end else 0)
        count = max(sheet.end[0] if sheet.end else -1, max((row for row, *_ in scan.marks), default=-1)) + 1
        entry, written = _written(self._request, number, name, lambda: _rows(sheet, count), count, width, scan.marks)
        if book.counted and scan.filled != written.filled - (0 if scan.loose else written.blank):
            filled, careful = written.filled - written.blank, self._recounted(name) if scan.loose else scan.filled
            if filled != careful:
                return {"name": name, "broken": f"two readings of it disagree: {filled:,} and {careful:,} filled cells"}
        if scan.negative and (signs := self._signs(name, entry)):
            marks = [*scan.marks, *signs]
            entry, _ = _written(self._request, number, name, lambda: _rows(sheet, count), count, width, marks)
        merges = [*scan.merges, *((*first, *last) for first, last in sheet.merged_cell_ranges or [])]
        return {
            **entry,
            "merges": [merge for merge in merges if merge[0] < count and merge[1] < width],
            "hidden_rows": scan.hidden_rows,
            "hidden_columns": sorted(scan.hidden_columns),
            "areas": [area for area in book.areas if area["sheet"] == name],
        }

    def _signs(self, name: str, entry: Mapping[str, Any]) -> list[Mark]:
        """The numbers below zero that the parser takes for times of day."""
        times = times_of([Path(self._request.folder, file) for file in entry["files"]], entry["width"])
        try:
            return negatives(self._archive, name, times) if self._archive and times else []
        except BrokenXML:
            return []

    def _recounted(self, name: str) -> int:
        try:
            return recount(self._archive, name).filled if self._archive else 0
        except BrokenXML:
            return -1


def _rows(sheet: CalamineSheet, count: int) -> Iterator[Row]:
    """The sheet's first `count` rows from A1; the parser leaves out empty columns on the left and rows at the end."""
    left = [""] * (sheet.start[1] if sheet.start else 0)
    rows = sheet.iter_rows()
    yield from (left + row for row in rows) if left else rows
    yield from repeat((), count - (sheet.end[0] + 1 if sheet.end else 0))


def _far_cells(scan: Scan) -> str:
    return " and ".join(dict.fromkeys(address(*cell) for cell in (scan.far_row, scan.far_column)))


class _Meanwhile:
    """A scan that is made at once, or in a thread while the parser (which lets go of the interpreter) works.

    In the thread a refusal ends this process: what the parser makes of a refused file is of no use.
    """

    def __init__(self, request: Request, scan: Callable[[], BookScan], *, at_once: bool) -> None:
        self._request, self._made, self._scan = request, scan() if at_once else None, scan
        self._thread = threading.Thread(target=self._run, daemon=True)
        if self._made is None:
            self._thread.start()

    def _run(self) -> None:
        try:
            self._made = self._scan()
        except RegisterError as refusal:
            self._request.answer(refused(refusal))
            os._exit(0)
        except MemoryError:
            self._request.answer(refused(_beyond_memory(self._request)))
            os._exit(0)
        except BaseException as problem:
            self._request.answer(refused(_explained(problem)))
            os._exit(0)

    @property
    def done(self) -> bool:
        return self._made is not None

    def result(self) -> BookScan:
        """The scan, waited for."""
        if self._thread.ident is not None:
            self._thread.join()
        assert self._made is not None
        return self._made
