"""The quick way of writing cells leaves the bytes that XlsxWriter's own leaves, streamed or not."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from pipeline.render.excel.quick_sheet import QuickSheet

ROWS = (("Repair & <renew>", 12.5, datetime(2026, 10, 31)), ("  spaces ", 1e-7, datetime(1900, 3, 1)), ("", 7, None))


def sheet_bytes(kind: type[Worksheet], streamed: bool) -> str:
    """The XML of a sheet of text, number, day and blank, by the quick way or XlsxWriter's own."""
    target = BytesIO()
    book = Workbook(target, {"constant_memory": streamed, "default_date_format": "yyyy-mm-dd"})
    look, sheet = book.add_format({"bold": True}), book.add_worksheet("List", kind)
    fill = _ready if isinstance(sheet, QuickSheet) else _one_by_one
    fill(sheet, look)
    book.close()
    return re.sub(r' spans="[\d:]+"', "", ZipFile(target).read("xl/worksheets/sheet1.xml").decode())


def _ready(sheet: QuickSheet, look: Any) -> None:
    texts = [sheet.text_cell(text, look) if text else sheet.blank_cell(look) for text, _, _ in ROWS]
    numbers = [sheet.number_cell(number, look) for _, number, _ in ROWS]
    days = [sheet.date_cell(day, look) if day else sheet.blank_cell(look) for _, _, day in ROWS]
    sheet.place_rows(
        2, (0, 1, 27), (texts, numbers, days), len(ROWS), lambda row: sheet.write_formula(row, 3, "=1", look, 1)
    )


def _one_by_one(sheet: Worksheet, look: Any) -> None:
    for row, (text, number, day) in enumerate(ROWS, start=2):
        sheet.write_string(row, 0, text, look) if text else sheet.write_blank(row, 0, None, look)
        sheet.write_number(row, 1, number, look)
        sheet.write_datetime(row, 27, day, look) if day else sheet.write_blank(row, 27, None, look)
        sheet.write_formula(row, 3, "=1", look, 1)


@pytest.mark.parametrize("streamed", [False, True])
def test_same_bytes_as_xlsxwriter(streamed: bool) -> None:
    quick = sheet_bytes(QuickSheet, streamed)
    assert quick == sheet_bytes(Worksheet, streamed)
    assert 'r="AB3"' in quick
    assert ("inlineStr" in quick) == streamed
