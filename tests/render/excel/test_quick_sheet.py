"""Lists placed by the column leave the cells that XlsxWriter's own way leaves; text stays text, whatever it looks like."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from openpyxl import load_workbook
from xlsxwriter import Workbook

from pipeline.render.excel import rows
from pipeline.render.excel.cells import blanks, fill, fill_formulas
from pipeline.render.excel.packing import Packing
from pipeline.render.excel.quick_sheet import QuickSheet, blank_cell, number_cell, whole_cells
from pipeline.render.excel.rows import column
from pipeline.render.excel.shared_texts import SharedTexts
from pipeline.render.excel.styles import Styles
from pipeline.render.excel.tables import _capitals
from pipeline.render.language import Language
from pipeline.render.palette import LIGHT


def packed(target: BytesIO, book: Any) -> bytes:
    """The workbook that was made of these sheets."""
    with Packing() as packing:
        for sheet in book.worksheets():
            packing.begin(sheet)
        return packing.packed(target, book)


TEXTS = ("Repair & <renew>", None, "  spaces ", "_x0041_", "Repair & <renew>")
NUMBERS = (12.5, 1e-7, 7.0, None, 0.1 + 0.2)
DAYS = (datetime(2026, 10, 31), datetime(1900, 3, 1), None, datetime(2026, 10, 31), datetime(1900, 2, 28))
POINTS = (0.0, 27.0, 0.0, 409.0, 13.5)
FIRST, LAST = 2, 6


def placed(book: Any, styles: Styles, say: Language) -> None:
    """The list by the column, with a heading above and a total below."""
    sheet = book.add_worksheet("List", QuickSheet)
    sheet.write_string(FIRST - 1, 0, "Title", styles.get("head"))
    values = {"text": pd.Series(TEXTS, dtype="string[pyarrow]"), "hours": pd.Series(NUMBERS), "date": pd.Series(DAYS)}
    filled = [
        fill(sheet, styles, one, kind, place, say)
        for place, (kind, one) in zip((27, 0, 1), values.items(), strict=True)
    ]
    formula = fill_formulas(styles.get("text"), values["hours"], '=IF((A{row})=0,"",A{row})', 3, FIRST)
    sheet.place_rows(FIRST, [*filled, formula, blanks(4, len(TEXTS), styles.get("input"))], np.array(POINTS))
    sheet.write_formula(LAST + 1, 0, "=SUM(A3:A7)", styles.get("total"), 1)


def one_by_one(book: Any, styles: Styles, _: Language) -> None:
    """The same, cell by cell."""
    sheet = book.add_worksheet("List")
    sheet.write_string(FIRST - 1, 0, "Title", styles.get("head"))
    for row, (text, number, day, points) in enumerate(zip(TEXTS, NUMBERS, DAYS, POINTS, strict=True), start=FIRST):
        sheet.write(row, 27, text, styles.get("text", "text"))
        sheet.write(row, 0, number, styles.get("text", "hours"))
        sheet.write(row, 1, f"{day:%Y-%m-%d}" if day == DAYS[-1] else day, styles.get("text", "date"))
        made = f'=IF((A{row + 1})=0,"",A{row + 1})'
        sheet.write(row, 3, None if number is None else made, styles.get("text"), *([number] if number else []))
        sheet.write_blank(row, 4, None, styles.get("input"))
        if points:
            sheet.set_row(row, points)
    sheet.write_formula(LAST + 1, 0, "=SUM(A3:A7)", styles.get("total"), 1)


def parts_of(make: Any, *, ours: bool) -> dict[str, str]:
    """The sheet and the texts of a workbook, by our way or XlsxWriter's own."""
    target = BytesIO()
    book = Workbook(target, {"in_memory": True})
    book.str_table = SharedTexts() if ours else book.str_table
    make(book, Styles(book, {"hours": "0.0", "date": "yyyy-mm-dd"}, LIGHT), Language("en"))
    book.close()
    with ZipFile(BytesIO(packed(target, book)) if ours else target) as parts:
        return {name: parts.read(f"xl/{name}.xml").decode() for name in ("worksheets/sheet1", "sharedStrings")}


@pytest.mark.parametrize("at_once", [2, 1_000])
def test_the_same_cells_as_xlsxwriter(monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr(rows, "_AT_ONCE", at_once)
    ours, theirs = parts_of(placed, ours=True), parts_of(one_by_one, ours=False)
    texts = [re.findall(r"<si><t[^>]*>(.*?)</t></si>", one["sharedStrings"]) for one in (ours, theirs)]
    assert sorted(texts[0]) == sorted(texts[1]) != []
    said = [_plain(one["worksheets/sheet1"], text) for one, text in zip((ours, theirs), texts, strict=True)]
    assert said[0] == said[1]
    assert 'r="AB3"' in said[0]


def _plain(sheet: str, texts: list[str]) -> str:
    """A sheet with its texts in their places, without hints and the numbers of formats, which may differ."""
    plain = re.sub(r' spans="[\d:]+"| s="\d+"', "", sheet)
    return re.sub(r't="s"><v>(\d+)', lambda found: f't="s"><v>{texts[int(found[1])]}', plain)


@pytest.mark.parametrize("text", ["<r><t>bold</t></r>", "<r>&</x></r>", "_x000D_", " a\nb ", "<?rows 2?>"])
def test_what_looks_like_markup_is_text(text: str) -> None:
    target = BytesIO()
    book = Workbook(target, {"in_memory": True})
    book.str_table, styles = SharedTexts(), Styles(book, {}, LIGHT)
    sheet = book.add_worksheet("List", QuickSheet)
    sheet.write_string(0, 0, text)
    sheet.place_rows(1, [fill(sheet, styles, pd.Series([text]), "text", 0, Language("en"))], np.zeros(1))
    book.close()
    content = packed(target, book)
    with ZipFile(BytesIO(content)) as parts:
        assert "<r>" not in parts.read("xl/sharedStrings.xml").decode()
    read = load_workbook(BytesIO(content)).active
    assert read is not None
    assert [cell.value for cell in read["A"]] == [text, text]


def test_texts_and_whole_numbers_are_written_by_the_column_as_one_by_one() -> None:
    texts, numbers = ["x", "", "a & b", "x2"], [0, -7, 123_456_789_012_345]
    alone, together = (Workbook(BytesIO()).add_worksheet(None, QuickSheet) for _ in range(2))
    together.str_table = SharedTexts()
    each = [alone.text_cell(text, "s") if text else blank_cell("s") for text in texts]
    assert together.text_cells(texts, "s").to_pylist() == each
    assert (alone.str_table.count, alone.str_table.unique_count) == (together.str_table.count, 3)
    assert whole_cells(np.array(numbers), "s").to_pylist() == [number_cell(one, "s") for one in numbers]


def test_a_row_of_a_list_is_as_high_as_its_text_and_its_capitals_take() -> None:
    texts = ["ABÄ z", None, "", "zzz Q"]
    assert _capitals(pa.array(texts, pa.large_string()).slice(1)).tolist() == [0, 0, 1]
    assert _capitals(pa.array(texts, pa.large_string())).tolist() == [2, 0, 0, 1]
    sheet = Workbook(BytesIO()).add_worksheet(None, QuickSheet)
    sheet.place_rows(3, [column(0, blank_cell("s"), [], np.full(2, -1))], np.array([0.0, 27.0]))
    assert [sheet.height(row) for row in (2, 3, 4, 5)] == [20, 20, 36, 20]
