"""The scan of an .xls workbook: its error cells, and whether it asks for a password.

Source: [MS-XLS] Excel Binary File Format, records of BIFF5 and BIFF8.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import RegisterError
from pipeline.parser.archive import SAVE_AGAIN, locked
from pipeline.parser.book import ERROR_NAMES, BookScan
from pipeline.parser.kinds import ERROR
from pipeline.parser.ole import SIGNATURE, CompoundFile

_FORMULA, _EOF, _FILEPASS, _BOUNDSHEET, _BOOLERR, _BOF = 0x06, 0x0A, 0x2F, 0x85, 0x205, 0x809
_SUPBOOK, _MACROS = 0x1AE, ("_VBA_PROJECT_CUR", "_VBA_PROJECT", "Macros")
_INTERNAL = (b"\x01\x04", b"\x01\x3a")
"""How a SUPBOOK record says that it means this workbook itself, or add-in functions."""


def scan_xls(path: Path) -> BookScan:
    """Error cells by the number of their sheet. Raises RegisterError for a workbook that asks for a password."""
    with path.open("rb") as file:
        old = file.read(8) != SIGNATURE
    if old:  # the formats before 1993 are bare records; what they lack in the scan, the parser refuses
        return BookScan()
    streams = CompoundFile(path)
    if "EncryptedPackage" in streams.names:
        raise locked()
    name = next((name for name in ("Workbook", "Book") if name in streams.names), None)
    if name is None:
        raise RegisterError("The file is no workbook (it holds something else, such as a document).", hint=SAVE_AGAIN)
    found = BookScan(ignored={"macros"} if any(one in streams.names for one in _MACROS) else set())
    _scan(streams.read(name), found)
    return found


def _scan(stream: bytes, found: BookScan) -> None:
    starts: dict[int, int] = {}
    sheet: int | None = None
    for at, kind, body in _records(stream):
        if kind == _FILEPASS:
            raise locked()
        if kind == _BOUNDSHEET and len(body) >= 4:
            starts[int.from_bytes(body[:4], "little")] = len(starts)
        elif kind == _BOF:
            sheet = starts.get(at, sheet)
        elif kind == _SUPBOOK and body[2:4] not in _INTERNAL:
            found.ignored.add("links")
        elif sheet is not None and kind in (_BOOLERR, _FORMULA):
            error = _error(kind, body)
            if error is not None:
                row, column = struct.unpack_from("<HH", body)
                found.mark(sheet, (row, column, ERROR, ERROR_NAMES.get(error, "#ERROR")))


def _error(kind: int, body: bytes) -> int | None:
    """The number of the error a cell shows; None where it shows none."""
    if kind == _BOOLERR:
        return body[6] if len(body) >= 8 and body[7] == 1 else None
    return body[8] if len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2 else None


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Every record: where it begins, its kind, its content."""
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield at, kind, stream[at + 4 : at + 4 + size]
        at += 4 + size
