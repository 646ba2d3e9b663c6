"""The second reading of .ods, .xls and .xlsb workbooks: it counts what the parser must have found."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from pipeline.ingest import ingest
from pipeline.ingest.reader import ERROR, TEXT, RawFile, read_files
from pipeline.parser import xls_cells, xlsb
from pipeline.parser.kinds import EMPTY_FORMULA
from pipeline.parser.scan import Scan
from pipeline.parser.xls_texts import blank_texts
from pipeline.settings import IngestSettings
from tests.conftest import PERIOD, SHARED
from tests.ingest.archives import written

_NAMES = "".join(
    f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {"office": "office", "table": "table", "text": "text", "draw": "drawing", "svg": "svg"}.items()
)
_SHEETS = "application/vnd.oasis.opendocument.spreadsheet"


def read(path: Path) -> RawFile:
    (raw,) = read_files((path,), IngestSettings())
    return raw


def ods(folder: Path, *rows: str) -> RawFile:
    """A workbook of these rows of cells, read."""
    calc = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    content = (
        f"<office:document-content{_NAMES} {calc}><office:body><office:spreadsheet><table:table table:name='S'>"
        + "".join(
            row if row.startswith("<table:table-row") else f"<table:table-row>{row}</table:table-row>" for row in rows
        )
        + "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f"""<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
        <m:file-entry m:full-path="/" m:media-type="{_SHEETS}"/></m:manifest>"""
    parts = {"mimetype": _SHEETS, "content.xml": content, "META-INF/manifest.xml": manifest}
    return read(written(folder / "book.ods", {name: text.encode() for name, text in parts.items()}))


def cell(inside: str = "", sort: str = "string", more: str = "") -> str:
    return f'<table:table-cell office:value-type="{sort}" {more}>{inside}</table:table-cell>'


_TEXT = "<text:p>x</text:p>"
_ROW = cell(_TEXT)


@pytest.mark.parametrize(
    ("row", "filled"),
    [
        (cell(_TEXT) + cell("<text:p>a</text:p><text:p>b</text:p>"), 2),
        (cell("<text:p> </text:p>") + cell('<text:p><text:s text:c="3"/></text:p>') + cell("<text:p/>"), 0),
        (cell(_TEXT, more='table:number-columns-repeated="3"'), 3),
        (f'<table:table-row table:number-rows-repeated="4">{cell(_TEXT)}{cell(_TEXT)}</table:table-row>', 8),
        (cell("<office:annotation><text:p>a note</text:p></office:annotation>" + _TEXT), 1),
        ("<table:table-cell><office:annotation><text:p>a note</text:p></office:annotation></table:table-cell>", 0),
        (
            "<table:table-cell><draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame></table:table-cell>",
            0,
        ),
        (cell(_TEXT) + f'<table:covered-table-cell office:value-type="string">{_TEXT}</table:covered-table-cell>', 2),
        (cell(_TEXT, "float", 'office:value="5"') + cell(_TEXT, "boolean", 'office:boolean-value="false"'), 2),
        (
            cell(_TEXT, "date", 'office:date-value="2026-01-02"')
            + cell(_TEXT, "time", 'office:time-value="PT04H00M00S"'),
            2,
        ),
        (cell("<text:p/>", more='table:formula="of:=A9" office:string-value=""'), 0),
    ],
)
def test_an_ods_sheet_is_counted_as_it_is_parsed(tmp_path, row, filled):
    raw = ods(tmp_path, cell("<text:p>Title</text:p>"), row)
    assert raw.refusal is None
    assert raw.broken == {}
    texts = [text for column in raw.sheets[0].texts for text in column.to_pylist()]
    assert sum(bool(text.strip()) for text in texts) == 1 + filled


def test_an_error_of_an_ods_sheet_is_counted_apart(tmp_path):
    formula = 'table:formula="of:=1/0" office:string-value="" calcext:value-type="error"'
    raw = ods(tmp_path, cell(_TEXT) + cell("<text:p>#DIV/0!</text:p>", more=formula))
    assert (raw.sheets[0].texts[1].to_pylist(), raw.sheets[0].kinds[1].tolist()) == (["#DIV/0!"], [ERROR])


@pytest.mark.parametrize(
    ("inside", "sort", "text"),
    [
        (_TEXT, "", "x"),
        ("<text:p>5</text:p>", 'office:value-type="float"', "5"),
        ("<text:p>5 Jan</text:p>", 'office:value-type="date"', "5 Jan"),
        ("<text:p>one<text:s/>two</text:p><text:p>three</text:p>", "", "one two\nthree"),
    ],
)
def test_a_text_whose_cell_does_not_say_that_it_holds_one_is_read(tmp_path, inside, sort, text):
    raw = ods(
        tmp_path,
        cell(_TEXT) + f'<table:table-cell {sort} table:number-columns-repeated="2">{inside}</table:table-cell>',
    )
    assert raw.broken == {}
    assert [column.to_pylist() for column in raw.sheets[0].texts] == [["x"], [text], [text]]
    assert [kinds.tolist() for kinds in raw.sheets[0].kinds] == [[TEXT]] * 3


def test_merged_cells_of_an_ods_sheet_are_told(tmp_path):
    across = cell(_TEXT, more='table:number-columns-spanned="2" table:number-rows-spanned="1"')
    tall = cell(_TEXT, more='table:number-columns-spanned="1" table:number-rows-spanned="3"')
    copies = f'<table:table-row table:number-rows-repeated="2">{across}<table:covered-table-cell/></table:table-row>'
    blank = '<table:table-cell table:number-columns-spanned="3"/>'
    beyond = f'<table:table-row table:number-rows-repeated="1048570">{blank}</table:table-row>'
    rows = [
        cell(_TEXT, more='table:number-columns-repeated="2"') + across,
        tall,
        _ROW,
        _ROW,
        copies,
        blank,
        _ROW,
        beyond,
    ]
    merges = [(0, 2, 0, 3), (1, 0, 3, 0), (4, 0, 4, 1), (5, 0, 5, 1), (6, 0, 6, 2)]
    assert list(ods(tmp_path, *rows).sheets[0].merges) == merges


def test_headings_under_merged_cells_of_an_ods_sheet_are_told_apart(tmp_path):
    across, covered = 'table:number-columns-spanned="2"', "<table:covered-table-cell/>"
    over = cell("<text:p>Plan</text:p>", more=across) + covered + cell("<text:p>Actual</text:p>", more=across) + covered
    rows = [["", "", "Start", "Finish", "Start", "Finish"]]
    rows += [[f"{at}", f"Replace pump {at}", *(f"2026-0{month}-01" for month in range(1, 5))] for at in range(1, 4)]
    texts = ["".join(cell(f"<text:p>{text}</text:p>") for text in row) for row in rows]
    ods(tmp_path, cell("<text:p>ID</text:p>") + cell("<text:p>Title</text:p>") + over, *texts)
    (file,) = ingest((tmp_path / "book.ods",), IngestSettings(), PERIOD).files
    named = ("start", "finish", "actual_start", "actual_finish")
    assert [file.sheets[0].columns.get(name) for name in named] == ["C", "D", "E", "F"]


def biff(*records: tuple[int, bytes]) -> bytes:
    return b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in records)


_BOF, _EOF = (0x809, struct.pack("<HH", 0x600, 0x10)), (0x0A, b"")


def sheet_of(*records: tuple[int, bytes], blanks: tuple[int, ...] = ()) -> Scan:
    """The scan of a sheet of BIFF8 records."""
    return xls_cells.scan_cells(b"head" + biff(_BOF, *records, _EOF), 4, blanks)


def at(row: int, column: int, rest: bytes = b"") -> bytes:
    return struct.pack("<HHH", row, column, 0) + rest


def text(letters: str) -> bytes:
    return struct.pack("<HB", len(letters), 1) + letters.encode("utf-16-le")


def result(row: int, column: int, value: bytes) -> tuple[int, bytes]:
    return 0x06, at(row, column, value.ljust(6, b"\0")[:6] + b"\xff\xff" + bytes(8))


@pytest.mark.parametrize(
    ("records", "filled"),
    [
        ([(0x203, at(0, 0, struct.pack("<d", 5)))], 1),
        ([(0x27E, at(0, 0, bytes(4))), (0x205, at(0, 1, b"\1\0"))], 2),
        ([(0xBD, struct.pack("<HH", 3, 2) + bytes(6) * 4 + struct.pack("<H", 5))], 4),
        ([(0xFD, at(0, 0, struct.pack("<I", 1))), (0xFD, at(0, 1, struct.pack("<I", 7)))], 1),
        ([(0x204, at(0, 0, text("ü x"))), (0x204, at(0, 1, text(" \u00a0"))), (0x204, at(0, 2, text("")))], 1),
        ([result(0, 0, b"\0"), (0x207, text("shown")), result(0, 1, b"\1\0\1"), result(0, 2, b"\3")], 2),
        ([result(0, 0, b"\0"), (0x207, text(""))], 0),
        ([(0x201, at(0, 0)), (0xBE, struct.pack("<HHHHH", 0, 0, 1, 1, 1))], 0),
        ([(0x203, at(0, 0, bytes(8))), _BOF, (0x203, at(9, 9, bytes(8))), _EOF, (0x203, at(0, 1, bytes(8)))], 2),
        ([(0x203, at(0, 0, bytes(8))), (0x203, at(0, 0, bytes(8)))], 1),
    ],
    ids=["number", "rk and flag", "run", "shared", "labels", "results", "blank result", "blanks", "chart", "twice"],
)
def test_the_records_of_an_xls_sheet_are_counted(records, filled):
    assert sheet_of(*records, blanks=(7,)).filled == filled


def test_errors_lost_results_and_hidden_lines_of_an_xls_sheet_are_told():
    row, column = struct.pack("<HHHHHHHH", 4, 0, 9, 0, 0, 0, 0x20, 0), struct.pack("<HHHHH", 2, 3, 0, 0, 1)
    scan = sheet_of(
        (0x208, row), (0x7D, column), result(0, 0, b"\2\0\x17"), (0x205, at(1, 0, b"\x2a\1")), result(2, 0, b"\0")
    )
    assert scan.marks == [(0, 0, ERROR, "#REF!"), (2, 0, EMPTY_FORMULA, ""), (1, 0, ERROR, "#N/A")]
    assert (scan.filled, scan.hidden_rows, scan.hidden_columns) == (0, [4], {2, 3})


def test_blank_shared_texts_are_told_across_the_pieces_of_their_record():
    rich = struct.pack("<HBH", 2, 8, 3) + b"ab" + bytes(12)
    extended = struct.pack("<HBI", 1, 4, 5) + b" " + bytes(5)
    split = struct.pack("<HB", 4, 0) + b"  ", b"\1" + " x".encode("utf-16-le")
    whole = bytes(8) + text("one") + text("") + rich + extended + split[0]
    assert blank_texts([whole, split[1] + text("\t\u00a0"), text("last") + text(" ")]) == [1, 3, 5, 7]


def wide(*records: tuple[int, bytes]) -> bytes:
    """Records of an .xlsb part; kind and size are written seven bits a byte."""
    written = b""
    for kind, body in records:
        written += bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
        written += bytes([len(body)]) if len(body) < 0x80 else bytes([len(body) & 0x7F | 0x80, len(body) >> 7])
        written += body
    return written


def long_text(letters: str) -> bytes:
    return struct.pack("<I", len(letters)) + letters.encode("utf-16-le")


def test_the_records_of_an_xlsb_sheet_are_counted():
    def cell(column: int, rest: bytes = b"") -> bytes:
        return struct.pack("<II", column, 0) + rest

    row = struct.pack("<IIHBB", 4, 0, 300, 0, 0x10)
    content = wide(
        (60, struct.pack("<IIIIH", 1, 2, 0, 0, 1)),
        (0, struct.pack("<IIHBB", 2, 0, 300, 0, 0)),
        (1, cell(0)), (2, cell(1, bytes(4))), (6, cell(2, long_text("x" * 90))), (6, cell(3, long_text(" \u00a0"))),
        (7, cell(4, struct.pack("<I", 1))), (7, cell(5, struct.pack("<I", 2))), (3, cell(6, b"\x07")),
        (0, row), (9, cell(0, bytes(8))), (8, cell(1, long_text(""))), (10, cell(2, b"\1")), (0xA6, b"not a cell"),
        (176, struct.pack("<4I", 2, 3, 1, 4)),
    )  # fmt: skip
    scan = xlsb.scan_cells(
        content,
        xlsb.blank_texts(wide((19, b"\0" + long_text(" ")), (19, b"\0" + long_text("a")), (19, b"\0" + long_text("")))),
    )
    assert (scan.filled, scan.marks) == (5, [(2, 6, ERROR, "#DIV/0!")])
    assert (scan.last_row, scan.last_column, scan.hidden_rows, scan.hidden_columns) == (4, 6, [4], {1, 2})
    assert scan.merges == [(2, 1, 3, 4)]


def test_older_workbooks_of_the_corpora_are_used_whole():
    if not SHARED.exists():
        pytest.skip("the corpora are not here")
    paths = sorted(path for suffix in ("xls", "ods", "xlsb") for path in SHARED.rglob(f"*.{suffix}"))
    raws = read_files(tuple(paths), IngestSettings())
    assert [raw.path.name for raw in raws if raw.broken] == []
    assert sum(int(np.count_nonzero(kinds)) for raw in raws for sheet in raw.sheets for kinds in sheet.kinds) > 15_000
