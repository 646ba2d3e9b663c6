"""The scan of an .xlsx or .xlsm workbook: every part unpacked and checked once, the sheets' cells counted."""

from __future__ import annotations

import re
from collections.abc import Collection

from pipeline.errors import RegisterError
from pipeline.parser.archive import Archive
from pipeline.parser.book import BookScan
from pipeline.parser.careful import BrokenXML, blank_texts, scan_carefully
from pipeline.parser.kinds import Mark
from pipeline.parser.scan import Scan, Unusual, scan_sheet
from pipeline.parser.signs import signed
from pipeline.parser.workbook import Workbook

_LINKS = re.compile(r"xl/(?:externallinks/|connections\.xml|querytables/)", re.I)
_MACROS = re.compile(r"(?:xl/(?:vbaproject\.bin|macrosheets/)|basic/)", re.I)
_SHARED_TEXTS = "xl/sharedstrings.xml"


def scan_xlsx(archive: Archive) -> BookScan:
    """The scan of all sheets. Raises RegisterError for an archive that breaks its own promises."""
    book = Workbook(archive)
    if not book.sheets:
        raise RegisterError(
            "The workbook lists no sheet.",
            hint="Open it in Excel, check that it holds cells, and save it again as .xlsx.",
        )
    found = BookScan(areas=book.areas(), ignored=carried(archive), counted=True)
    scans: dict[str, Scan | str] = {}
    sheets = set(book.sheets.values())
    for part in archive.parts:
        if part in sheets:
            scans[part] = _scanned(archive, part)
        else:
            for _ in archive.stream(part):
                pass
    for name, part in book.sheets.items():
        scan = scans.get(part, "its part is missing from the file")
        if isinstance(scan, str):
            found.broken[name] = scan
        else:
            found.sheets[name] = scan
            found.ignored |= {"links"} if scan.calls_out else set()
    return found


def carried(archive: Archive) -> set[str]:
    """What the archive carries besides cells: `macros`, `links`."""
    found = set()
    for name in archive.parts:
        found |= {"links"} if _LINKS.match(name) else set()
        found |= {"macros"} if _MACROS.match(name) else set()
    return found


def recount(archive: Archive, sheet: str) -> Scan:
    """A sheet's scan made with care, for one whose quick count differs from the parser's."""
    return _careful(archive, Workbook(archive).sheets[sheet])


def negatives(archive: Archive, sheet: str, cells: Collection[tuple[int, int]]) -> list[Mark]:
    """The numbers below zero in these cells of a sheet. Raises BrokenXML."""
    return signed(archive.stream(Workbook(archive).sheets[sheet]), cells)


def _scanned(archive: Archive, part: str) -> Scan | str:
    try:
        return scan_sheet(archive.stream(part))
    except Unusual:
        pass
    try:
        return _careful(archive, part)
    except BrokenXML as problem:
        return f"its part {part} is broken ({problem})"


def _careful(archive: Archive, part: str) -> Scan:
    shared = next((name for name in archive.parts if name.lower() == _SHARED_TEXTS), "")
    cached: list[frozenset[int]] = []

    def blanks() -> frozenset[int]:
        if not cached:
            cached.append(blank_texts(archive.stream(shared)) if shared else frozenset())
        return cached[0]

    return scan_carefully(archive.stream(part), blanks)
