"""The scan of an .xlsb workbook: its error cells and how far its cells reach.

Source: [MS-XLSB] Excel (.xlsb) Binary File Format.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from pipeline.parser.archive import Archive
from pipeline.parser.book import ERROR_NAMES, BookScan
from pipeline.parser.kinds import ERROR
from pipeline.parser.scan import Scan
from pipeline.parser.workbook import Relations
from pipeline.parser.xlsx import carried

_ROW, _BLANK, _CELL_ERROR, _FORMULA_ERROR, _LAST_CELL, _SHEET = 0, 1, 3, 11, 11, 156


def scan_xlsb(archive: Archive) -> BookScan:
    """Error cells of every sheet. Raises RegisterError for an archive that breaks its own promises."""
    relations = Relations(archive)
    main = relations.main_part("xl/workbook.bin")
    targets = {key: part for key, _, part in relations.of(main)}
    found = BookScan(ignored=carried(archive))
    for kind, body in _records(archive.read(main) if main else b""):
        if kind == _SHEET:
            relation, rest = _wide(body, 8)
            name, _ = _wide(body, rest)
            if targets.get(relation):
                found.sheets[name] = _scan(archive.read(targets[relation]))
    for part in archive.parts:
        for _ in archive.stream(part):
            pass
    return found


def _scan(content: bytes) -> Scan:
    scan, row = Scan(), 0
    for kind, body in _records(content):
        if kind == _ROW and len(body) >= 4:
            (row,) = struct.unpack_from("<I", body)
        elif _BLANK < kind <= _LAST_CELL and len(body) >= 8:
            (column,) = struct.unpack_from("<I", body)
            scan.reach(row, column)
            if kind in (_CELL_ERROR, _FORMULA_ERROR):
                scan.marks.append((row, column, ERROR, ERROR_NAMES.get(body[8] if len(body) > 8 else -1, "#ERROR")))
    return scan


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Every record's kind and content; both kind and size are written seven bits a byte, lowest first."""
    at, end = 0, len(content)
    while at < end:
        kind = content[at]
        at += 1
        if kind >= 0x80 and at < end:
            kind = (kind & 0x7F) | (content[at] & 0x7F) << 7
            at += 1
        size, shift = 0, 0
        while at < end and shift < 28:
            byte = content[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                break
        yield kind, content[at : at + size]
        at += size


def _wide(body: bytes, at: int) -> tuple[str, int]:
    """A text of two bytes a letter that begins with its length, and where it ends."""
    if at + 4 > len(body):
        return "", at
    (letters,) = struct.unpack_from("<I", body, at)
    end = min(at + 4 + 2 * letters, len(body))
    return body[at + 4 : end].decode("utf-16-le", "replace"), end
