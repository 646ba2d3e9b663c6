"""The cells of one sheet of an .xls workbook: how many hold something, which show an error, what is hidden.

Source: [MS-XLS] Excel Binary File Format, records of BIFF5 and BIFF8.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

import numpy as np

from pipeline.parser.biff import Bytes, Records, count_filled, is_blank, mark_errors, may_be_blank, numbers_at
from pipeline.parser.kinds import EMPTY_FORMULA
from pipeline.parser.scan import Mask, Places, Scan

BOF, EOF = 0x809, 0x0A
_FORMULA, _STRING, _ROW, _COLINFO = 0x06, 0x207, 0x208, 0x7D
_NUMBER, _LABEL, _RSTRING, _BOOLERR, _RK, _MULRK, _LABELSST = 0x203, 0x204, 0xD6, 0x205, 0x27E, 0xBD, 0xFD
_TEXT_RESULT, _ERROR_RESULT, _NO_NUMBER = 0, 2, 0xFFFF
_LAST_COLUMN = 256


def walk(stream: bytes, at: int = 0) -> Iterator[tuple[int, int, int]]:
    """Every record from there on: its kind, where its content begins, its size."""
    unpack, end = struct.Struct("<HH").unpack_from, len(stream) - 4
    while at <= end:
        kind, size = unpack(stream, at)
        yield kind, at + 4, size
        at += 4 + size


def scan_cells(stream: bytes, start: int, blanks: Sequence[int]) -> Scan:
    """The scan of the sheet whose records begin there. `blanks`: the shared texts that hold nothing but blanks."""
    records = Records(stream, lambda data: _layout(data, _own(stream, start)))
    wide = records.of(BOF, least=2)
    biff8 = bool(len(wide)) and int(records.numbers(wide[:1], 0, 2)[0]) == 0x600
    scan = Scan()
    formulas = _results(records, scan, biff8=biff8)
    logical = records.of(_BOOLERR, least=8)
    errors = records.numbers(logical, 7, 1) == 1
    _mark_errors(records, scan, logical[errors], 6)
    plain = [records.of(_NUMBER, least=14), records.of(_RK, least=10), logical[~errors]]
    plain += [_labels(records, biff8=biff8), _shared(records, blanks)]
    cells = np.concatenate([*plain, formulas])
    run_rows, run_columns = _runs(records)
    rows, columns = records.numbers(cells, 0, 2), records.numbers(cells, 2, 2)
    count_filled(scan, np.concatenate([rows, run_rows]), np.concatenate([columns, run_columns]))
    _note_hidden(records, scan)
    return scan


def _own(stream: bytes, start: int) -> Iterator[int]:
    """Where the contents of one sheet's records begin, without those of the charts that lie in it."""
    depth = 0
    for kind, at, _ in walk(stream, start):
        depth += kind == BOF
        if depth <= 1:
            yield at
        depth -= kind == EOF
        if depth <= 0:
            return


def _layout(data: Bytes, contents: Iterator[int]) -> tuple[Places, Places, Places]:
    starts = np.fromiter(contents, np.int64)
    return numbers_at(data, starts - 4, 2), starts, numbers_at(data, starts - 2, 2)


def _results(records: Records, scan: Scan, *, biff8: bool) -> Places:
    """The formulas that show something; errors and texts that never came are marked."""
    formulas = records.of(_FORMULA, least=14)
    other = records.numbers(formulas, 12, 2) == _NO_NUMBER
    sorts = np.where(other, records.numbers(formulas, 6, 1), -1)
    _mark_errors(records, scan, formulas[sorts == _ERROR_RESULT], 8)
    texts = formulas[sorts == _TEXT_RESULT]
    strings = records.of(_STRING, least=2)
    owners = formulas[np.searchsorted(formulas, strings) - 1] if len(formulas) else strings[:0]
    for cell in np.setdiff1d(texts, owners).tolist():
        row, column = struct.unpack("<HH", records.body(cell)[:4])
        scan.marks.append((row, column, EMPTY_FORMULA, ""))
        scan.reach(row, column)
    shown = owners[~_are_blank(records, strings, 0, biff8=biff8)] if len(formulas) else owners
    known: Places = formulas[np.isin(sorts, (-1, 1))]
    return np.concatenate([known, shown])


def _mark_errors(records: Records, scan: Scan, cells: Places, offset: int) -> None:
    rows, columns = records.numbers(cells, 0, 2), records.numbers(cells, 2, 2)
    mark_errors(scan, rows, columns, records.numbers(cells, offset, 1))


def _labels(records: Records, *, biff8: bool) -> Places:
    labels = records.of(_LABEL, _RSTRING, least=8)
    return labels[~_are_blank(records, labels, 6, biff8=biff8)]


def _are_blank(records: Records, texts: Places, offset: int, *, biff8: bool) -> Mask:
    """Which of these records' texts, each behind its length (and in BIFF8 a byte of flags), are blank."""
    lengths = records.numbers(texts, offset, 2)
    wide = (records.numbers(texts, offset + 2, 1) & 1).astype(bool) & biff8
    letters = offset + 2 + biff8
    first = np.where(wide, records.numbers(texts, letters, 2), records.numbers(texts, letters, 1))
    blank = may_be_blank(lengths, first)
    for at in np.flatnonzero(blank).tolist():
        width = 1 + int(wide[at])
        blank[at] = is_blank(records.body(int(texts[at]))[letters:][: int(lengths[at]) * width], width)
    return blank


def _shared(records: Records, blanks: Sequence[int]) -> Places:
    cells = records.of(_LABELSST, least=10)
    return cells[~np.isin(records.numbers(cells, 6, 4), blanks)]


def _runs(records: Records) -> tuple[Places, Places]:
    """The rows and columns of the cells in runs of numbers."""
    runs = records.of(_MULRK, least=12)
    counts = (records.sizes[runs] - 6) // 6
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    rows, first = records.numbers(runs, 0, 2), records.numbers(runs, 2, 2)
    return np.repeat(rows, counts), np.repeat(first, counts) + within


def _note_hidden(records: Records, scan: Scan) -> None:
    rows = records.of(_ROW, least=16)
    hidden = rows[(records.numbers(rows, 12, 1) & 0x20).astype(bool)]
    scan.hidden_rows += records.numbers(hidden, 0, 2).tolist()
    columns = records.of(_COLINFO, least=10)
    for column in columns[(records.numbers(columns, 8, 1) & 1).astype(bool)].tolist():
        first, last = struct.unpack("<HH", records.body(column)[:4])
        scan.hidden_columns.update(range(first, min(last + 1, _LAST_COLUMN)))
