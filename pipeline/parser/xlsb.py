"""The scan of an .xlsb workbook: its sheets' cells, how far they reach, what is merged and hidden.

Source: [MS-XLSB] Excel (.xlsb) Binary File Format.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

import numpy as np

from pipeline.parser.archive import Archive
from pipeline.parser.biff import Bytes, Records, count_filled, is_blank, mark_errors, may_be_blank
from pipeline.parser.book import BookScan
from pipeline.parser.scan import Mask, Places, Scan
from pipeline.parser.workbook import Relations
from pipeline.parser.xlsx import carried

_ROW, _CELL_ERROR, _CELL_TEXT, _CELL_SHARED, _FORMULA_TEXT, _FORMULA_ERROR = 0, 3, 6, 7, 8, 11
_VALUES = (2, 4, 5, 9, 10)
"""Cells and formulas that are numbers or flags."""
_UNREAD = (13, 14, 15, 16, 17, 18, 62)
"""Cells in forms that the parser does not read; they are counted, so that their loss is told."""
_SHARED_TEXT, _COLUMN, _SHEET, _MERGE = 19, 60, 156, 176
_SHARED_TEXTS = "xl/sharedstrings.bin"
_LAST_COLUMN = 16384
_SIZE_BITS = 28


def scan_xlsb(archive: Archive) -> BookScan:
    """The scan of all sheets. Raises RegisterError for an archive that breaks its own promises."""
    relations = Relations(archive)
    main = relations.main_part("xl/workbook.bin")
    targets = {key: part for key, _, part in relations.of(main)}
    found = BookScan(ignored=carried(archive), counted=True)
    shared = next((name for name in archive.parts if name.lower() == _SHARED_TEXTS), "")
    blanks = blank_texts(archive.read(shared) if shared else b"")
    book = _records(archive.read(main) if main else b"")
    for sheet in book.of(_SHEET).tolist():
        body = book.body(sheet)
        relation, rest = _wide(body, 8)
        name, _ = _wide(body, rest)
        if targets.get(relation):
            found.sheets[name] = scan_cells(archive.read(targets[relation]), blanks)
    for part in archive.parts:
        for _ in archive.stream(part):
            pass
    return found


def scan_cells(content: bytes, blanks: Sequence[int]) -> Scan:
    """The scan of one sheet's part. `blanks`: the shared texts that hold nothing but blanks."""
    records, scan = _records(content), Scan()
    _note_hidden(records, scan)
    for merge in records.of(_MERGE, least=16).tolist():
        top, bottom, left, right = struct.unpack("<4I", records.body(merge)[:16])
        scan.merges.append((top, left, bottom, right))
    errors = records.of(_CELL_ERROR, _FORMULA_ERROR, least=9)
    mark_errors(scan, _rows(records, errors), records.numbers(errors, 0, 4), records.numbers(errors, 8, 1))
    cells = np.concatenate([records.of(*_VALUES, least=8), *_texts(records, blanks)])
    count_filled(scan, _rows(records, cells), records.numbers(cells, 0, 4))
    scan.filled += len(records.of(*_UNREAD))
    return scan


def _rows(records: Records, cells: Places) -> Places:
    """The row of each cell, which the last header of a row before it tells."""
    headers = records.of(_ROW, least=4)
    rows = np.append(records.numbers(headers, 0, 4), 0)
    return rows[np.searchsorted(headers, cells) - 1]


def _texts(records: Records, blanks: Sequence[int]) -> tuple[Places, Places]:
    """The cells of texts that are not blank: their own, and those that are shared."""
    own, shared = records.of(_CELL_TEXT, _FORMULA_TEXT, least=12), records.of(_CELL_SHARED, least=12)
    return own[~_are_blank(records, own, 8)], shared[~np.isin(records.numbers(shared, 8, 4), blanks)]


def blank_texts(content: bytes) -> list[int]:
    """The numbers of those texts in the part of shared ones that hold nothing but blanks."""
    records = _records(content)
    return np.flatnonzero(_are_blank(records, records.of(_SHARED_TEXT), 1)).tolist()


def _are_blank(records: Records, texts: Places, offset: int) -> Mask:
    """Which of these records' texts, each behind its length, are blank."""
    lengths, letters = records.numbers(texts, offset, 4), offset + 4
    blank = may_be_blank(lengths, records.numbers(texts, letters, 2))
    for at in np.flatnonzero(blank).tolist():
        blank[at] = is_blank(records.body(int(texts[at]))[letters:][: int(lengths[at]) * 2], 2)
    return blank


def _note_hidden(records: Records, scan: Scan) -> None:
    rows = records.of(_ROW, least=12)
    hidden = rows[(records.numbers(rows, 11, 1) & 0x10).astype(bool)]
    scan.hidden_rows += records.numbers(hidden, 0, 4).tolist()
    columns = records.of(_COLUMN, least=18)
    for column in columns[(records.numbers(columns, 16, 1) & 1).astype(bool)].tolist():
        first, last = struct.unpack("<II", records.body(column)[:8])
        scan.hidden_columns.update(range(first, min(last + 1, _LAST_COLUMN)))


def _records(content: bytes) -> Records:
    """Every record; its kind and its size are written seven bits a byte, lowest first."""
    return Records(content, lambda data: _layout(data, np.fromiter(_heads(content), np.int64)))


def _heads(content: bytes) -> Iterator[int]:
    """Where each record begins."""
    at, end = 0, len(content) - 1
    while at < end:
        yield at
        size = content[at + 1]
        if size < 0x80 and content[at] < 0x80:  # of nearly all
            at += 2 + size
        else:
            at += 1 + (content[at] >= 0x80)
            size, shift, more = 0, 0, True
            while more and at <= end and shift < _SIZE_BITS:
                size |= (content[at] & 0x7F) << shift
                shift, more, at = shift + 7, content[at] >= 0x80, at + 1
            at += size


def _layout(data: Bytes, heads: Places) -> tuple[Places, Places, Places]:
    """Kind, start and size of each record."""
    kinds, at, long = data[heads].astype(np.int64), heads + 1, data[heads] >= 0x80
    kinds[long] = (kinds[long] & 0x7F) | (data[at[long]].astype(np.int64) & 0x7F) << 7
    at = at + long
    sizes, more = np.zeros(len(heads), np.int64), np.ones(len(heads), bool)
    for shift in range(0, _SIZE_BITS, 7):
        if not more.any():
            break
        bytes_ = data[np.minimum(at, len(data) - 1)].astype(np.int64)
        sizes[more] |= (bytes_[more] & 0x7F) << shift
        at = at + more
        more &= bytes_ >= 0x80
    return kinds, at, sizes


def _wide(body: bytes, at: int) -> tuple[str, int]:
    """A text of two bytes a letter that begins with its length, and where it ends."""
    if at + 4 > len(body):
        return "", at
    (letters,) = struct.unpack_from("<I", body, at)
    end = min(at + 4 + 2 * letters, len(body))
    return body[at + 4 : end].decode("utf-16-le", "replace"), end
