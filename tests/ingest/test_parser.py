"""What the parser says of a workbook beside its cells: tables, names, filters, hidden rows and columns."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from pipeline.ingest.reader import Area, RawSheet, read_files
from pipeline.settings import IngestSettings


def read(path: Path) -> tuple[RawSheet, ...]:
    (raw,) = read_files((path,), IngestSettings())
    assert raw.refusal is None, raw.refusal
    return raw.sheets


@pytest.fixture
def book(tmp_path):
    """A workbook to write on; `sheets()` closes it and reads it back."""

    class Book(xlsxwriter.Workbook):
        def sheets(self) -> tuple[RawSheet, ...]:
            self.close()
            return read(Path(self.filename))

    return Book(str(tmp_path / "book.xlsx"), {"strings_to_formulas": False})


def test_tables_names_and_filters_are_told_with_their_corners(book):
    sheet = book.add_worksheet("It's work")
    sheet.add_table("B3:C6", {"name": "Work", "columns": [{"header": "Title"}, {"header": "Owner"}], "total_row": True})
    other = book.add_worksheet("Other")
    other.write_row(0, 0, ["Title", "Owner"])
    other.autofilter("A1:B9")
    other.print_area("A1:B9")
    book.define_name("Register", "='It''s work'!$B$3:$C$6")
    book.define_name("Rate", "=0.5")
    first, second = book.sheets()
    assert first.areas == (
        Area("Work", "It's work", "table", 2, 1, 5, 2, header_rows=1, totals_rows=1),
        Area("Register", "It's work", "name", 2, 1, 5, 2),
    )
    assert second.areas == (Area("_xlnm._FilterDatabase", "Other", "filter", 0, 0, 8, 1, header_rows=1),)


def test_hidden_rows_columns_and_sheets_are_told(book):
    sheet, other = book.add_worksheet("Plan"), book.add_worksheet("Kept")
    for row in range(5):
        sheet.write_row(row, 0, ["a", "b", "c", "d"])
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_column("B:C", None, None, {"hidden": True})
    other.write(0, 0, "x")
    other.hide()
    first, second = book.sheets()
    assert (first.hidden_rows, first.hidden_columns, first.hidden) == ((2,), (1, 2), False)
    assert second.hidden
