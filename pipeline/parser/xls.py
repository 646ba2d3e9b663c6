"""The scan of an .xls workbook: its sheets' cells, and whether it asks for a password.

Source: [MS-XLS] Excel Binary File Format, records of BIFF5 and BIFF8.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import RegisterError
from pipeline.parser.archive import SAVE_AGAIN, locked
from pipeline.parser.book import BookScan
from pipeline.parser.ole import SIGNATURE, CompoundFile
from pipeline.parser.xls_cells import EOF, scan_cells, walk
from pipeline.parser.xls_texts import blank_texts

_FILEPASS, _BOUNDSHEET, _SUPBOOK, _SST, _CONTINUE = 0x2F, 0x85, 0x1AE, 0xFC, 0x3C
_MACROS = ("_VBA_PROJECT_CUR", "_VBA_PROJECT", "Macros")
_INTERNAL = (b"\x01\x04", b"\x01\x3a")
"""How a SUPBOOK record says that it means this workbook itself, or add-in functions."""


def scan_xls(path: Path) -> BookScan:
    """The scan of all sheets, by their number. Raises RegisterError for a workbook that asks for a password."""
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
    found = BookScan(ignored={"macros"} if any(one in streams.names for one in _MACROS) else set(), counted=True)
    _scan(streams.read(name), found)
    return found


def _scan(stream: bytes, found: BookScan) -> None:
    starts: list[int] = []
    shared: list[bytes] = []
    last = 0
    for kind, at, size in walk(stream):
        body = stream[at : at + size]
        if kind == _FILEPASS:
            raise locked()
        if kind == _BOUNDSHEET and size >= 4:
            starts.append(int.from_bytes(body[:4], "little"))
        elif kind == _SUPBOOK and body[2:4] not in _INTERNAL:
            found.ignored.add("links")
        elif kind == _SST or (kind == _CONTINUE and last == _SST):
            shared.append(body)
        elif kind == EOF:
            break
        last = last if kind == _CONTINUE else kind
    blanks = blank_texts(shared)
    for number, start in enumerate(starts):
        found.sheets[number] = scan_cells(stream, start, blanks)
