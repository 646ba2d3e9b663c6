"""Cells that nobody asks for come into a copy as openpyxl would have written them, and unusual writings go through it."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.reader import excel
from openpyxl.styles import PatternFill
from openpyxl.workbook import Workbook

from pipeline.marker import reader
from pipeline.marker.kept import MAIN, Cells, apart
from pipeline.marker.reader import SheetReader, shared_texts
from pipeline.marker.save import saved

HEAD, TAIL = b'<worksheet xmlns="' + MAIN + b'"><sheetData>', b"</sheetData></worksheet>"
ROWS = b'<row r="1"><c r="A1" s="1"><v>5</v></c></row><row r="2" ht="30"><c r="B2" t="s"><v>0</v></c></row>'


def sheet_of(rows: bytes) -> bytes:
    return HEAD + rows + TAIL


@pytest.fixture
def original(tmp_path: Path) -> Path:
    """A workbook with every kind of cell, in looks of its own, and all that leads to single cells."""
    path = tmp_path / "kinds.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet, bold, day = book.add_worksheet("Kinds"), book.add_format({"bold": True}), book.add_format({"num_format": 14})
    texts = ("plain", " kept apart ", "R&D <Ü> ]]>", "=1+1", "_x000D_ and _x005F_", "two\nlines", "計画", "'quoted\"")
    for row in range(40):
        for column, text in enumerate(texts):
            sheet.write_string(row, column, f"{text}{row % 7}", bold if row % 3 else None)
        sheet.write_number(row, 8, row * 0.1)
        sheet.write_datetime(row, 9, dt.datetime(2026, 10, 31, 12), day)
        sheet.write_boolean(row, 10, row % 2)
        sheet.write_formula(row, 11, "=1/0", bold, "#DIV/0!")
        sheet.write_formula(row, 12, '="a"', None, "a text")
        sheet.write_formula(row, 13, "=1+1", None, 2)
        sheet.write_formula(row, 14, '=""', bold, "")
        sheet.write_blank(row, 15, None, bold)
    sheet.write_rich_string(5, 0, "half ", bold, "bold")
    sheet.merge_range("B10:C12", "one block", bold)
    sheet.write_url("D15", "https://example.org", None, "there")
    sheet.write_comment("E16", "Ask Bo.")
    sheet.set_row(20, 40, None, {"hidden": True})
    book.close()
    return path


def copied(path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Workbook, Workbook]:
    """The workbook as it is opened for a copy, a cell coloured and noted; and the copy, read back."""
    monkeypatch.setattr(excel, "WorksheetReader", SheetReader)
    monkeypatch.setattr(excel, "read_rich_text", shared_texts)
    book = load_workbook(path, data_only=True, rich_text=True)
    sheet: Any = book["Kinds"]
    sheet.cell(30, 9).fill = PatternFill("solid", fgColor="FFE08A")
    sheet.cell(31, 17).comment = Comment("Nothing stood here.", "us")
    content = saved(book)
    monkeypatch.undo()
    return book, load_workbook(io.BytesIO(content), rich_text=True)


def told(book: Workbook) -> dict[str, Any]:
    """All that stands in the cells, and of the rows."""
    sheet: Any = book["Kinds"]
    cells = {
        cell.coordinate: (
            cell.value, cell.data_type, cell.font.b, cell.number_format, cell.fill.fgColor.rgb,
            cell.comment and cell.comment.text, cell.hyperlink and cell.hyperlink.target,
        )
        for row in sheet.iter_rows()
        for cell in row
    }  # fmt: skip
    rows = {number: (one.height, one.hidden) for number, one in sheet.row_dimensions.items() if one.height}
    return cells | {"rows": rows, "size": sheet.dimensions, "merged": str(sheet.merged_cells)}


def test_a_copy_is_the_same_as_one_of_which_every_cell_was_read(original, monkeypatch):
    opened, quick = copied(original, monkeypatch)
    assert len(dict(opened["Kinds"]._cells)) < 100, "most cells were left as they are written"
    monkeypatch.setattr(reader, "apart", lambda sheet, _: (sheet, {}))
    _, slow = copied(original, monkeypatch)
    assert told(quick) == told(slow)


def test_cells_that_are_asked_for_are_made_once_and_can_be_taken_out():
    cells = Cells({2: b'<c r="A2"><v>1</v></c><c r="AA2"><v>2</v></c>'}, lambda written: [written], [])
    assert (1, 1) not in cells
    assert cells.get((2, 2)) is None
    with pytest.raises(KeyError):
        cells[(2, 2)]
    assert cells[(2, 27)] is cells.get((2, 27))
    assert cells[(2, 27)] == [b'<c r="AA2"><v>2</v></c>']
    cells[(2, 1)] = "other"
    assert cells.rows == {2: b""}
    assert dict(cells) == {(2, 27): [b'<c r="AA2"><v>2</v></c>'], (2, 1): "other"}


def test_plain_rows_are_kept_and_their_heights_stay():
    lean, kept = apart(sheet_of(ROWS), {0})
    assert kept == {1: b'<c r="A1" s="1"><v>5</v></c>', 2: b'<c r="B2" t="s"><v>0</v></c>'}
    assert lean == sheet_of(b'<row r="2" ht="30"></row>')


@pytest.mark.parametrize(
    "rows",
    [
        ROWS + b"<!-- <row> -->",
        ROWS + b'<row r="2"><c r="A2"><v>1</v></c></row>',
        ROWS + b"<row><c><v>1</v></c></row>",
        ROWS + b"\xff",
        ROWS + TAIL + HEAD,
    ],
    ids=["a comment", "a row twice", "no number", "bad bytes", "two tables"],
)
def test_a_sheet_in_which_something_could_hide_is_read_as_a_whole(rows):
    assert apart(sheet_of(rows), {0}) == (sheet_of(rows), {})


@pytest.mark.parametrize(
    "cells",
    [
        b'<c r="A7"><v>1</v></c>',
        b'<c r="B1"><v>1</v></c><c r="A1"><v>1</v></c>',
        b'<c r="A1" t="s"><v>9</v></c>',
        b'<c r="A1"><v>1</v><v>2</v></c>',
        b'<c r="A1"><v>many</v></c>',
        b'<c r="A1" t="str"><v>&#0;</v></c>',
        b'<c r="A1" t="f"><v>1</v></c>',
        b'<c r="A1" t="inlineStr"><is><t>_x005F_x</t></is></c>',
    ],
)
def test_a_row_that_is_not_plain_is_read_by_its_elements(cells):
    rows = b'<row r="1">' + cells + b"</row>"
    assert apart(sheet_of(rows), {0}) == (sheet_of(rows), {})
