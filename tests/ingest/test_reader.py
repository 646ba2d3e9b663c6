"""What stands in a cell is what is read: any text, number, date, flag and error, as a second reader sees it."""

from __future__ import annotations

import csv
import datetime as dt
import re
from pathlib import Path

import numpy as np
import openpyxl
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.ingest.reader import (
    BLANK,
    DATE,
    DURATION,
    EMPTY_FORMULA,
    ERROR,
    FLAG,
    NUMBER,
    TEXT,
    RawFile,
    RawSheet,
    read_files,
)
from pipeline.settings import IngestSettings
from tests.ingest.archives import replaced

SLOW = settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def raw(path: Path, **options) -> RawFile:
    (found,) = read_files((path,), IngestSettings(**options))
    return found


def only(path: Path) -> RawSheet:
    found = raw(path)
    assert found.refusal is None, found.refusal
    assert not found.broken
    return found.sheets[0]


def cells(sheet: RawSheet) -> dict[tuple[int, int], tuple[int, str]]:
    """Every cell that holds something: (row, column) -> kind, text."""
    return {
        (int(row), column): (int(kinds[row]), texts[int(row)].as_py())
        for column, (texts, kinds) in enumerate(zip(sheet.texts, sheet.kinds, strict=True))
        for row in np.flatnonzero(kinds != BLANK)
    }


def xlsx(path: Path, values: dict[tuple[int, int], object], *, mac: bool = False) -> Path:
    """A workbook of one sheet that holds these values."""
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False, "date_1904": mac})
    sheet, day, moment = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format()
    moment.set_num_format("yyyy-mm-dd hh:mm:ss")
    for (row, column), value in values.items():
        if isinstance(value, dt.datetime):
            sheet.write_datetime(row, column, value, moment)
        elif isinstance(value, dt.date):
            sheet.write_datetime(row, column, value, day)
        elif isinstance(value, bool):
            sheet.write_boolean(row, column, value)
        elif isinstance(value, str):
            sheet.write_string(row, column, value)
        else:
            sheet.write_number(row, column, value)
    book.close()
    return path


# XML itself turns carriage returns into line feeds, and spreadsheet programs drop texts that are blank.
texts = st.text(
    st.one_of(
        st.sampled_from(" \t\n<>&\"'=+@_x000D;,é漢🙂\u202e\u200b"),
        st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"),
    ),
    min_size=1,
    max_size=30,
).filter(str.strip)
places = st.tuples(st.integers(0, 30), st.integers(0, 7))


@given(st.dictionaries(places, texts, min_size=1, max_size=60))
@SLOW
def test_any_text_in_any_cell_is_read_back_as_that_text(tmp_path, values):
    read = cells(only(xlsx(tmp_path / "texts.xlsx", values)))
    assert read == {place: (TEXT, text) for place, text in values.items()}


@given(
    st.dictionaries(
        places,
        st.one_of(
            texts,
            st.booleans(),
            st.integers(-(10**14), 10**14),
            st.floats(allow_nan=False, allow_infinity=False, width=64).filter(lambda x: x == 0 or abs(x) > 1e-300),
            st.dates(dt.date(1904, 1, 2), dt.date(9999, 12, 31)),
            st.datetimes(dt.datetime(1904, 1, 2), dt.datetime(9999, 12, 31)).map(lambda at: at.replace(microsecond=0)),
        ),
        min_size=1,
        max_size=60,
    ),
    st.booleans(),
)
@SLOW
def test_the_fast_reader_sees_what_openpyxl_sees(tmp_path, values, mac):
    path = xlsx(tmp_path / "values.xlsx", values, mac=mac)
    theirs = {
        (cell.row - 1, cell.column - 1): _expected(cell.value)
        for row in openpyxl.load_workbook(path).active.iter_rows()
        for cell in row
        if cell.value is not None
    }
    assert cells(only(path)) == theirs


def _expected(value: object) -> tuple[int, str]:
    """Kind and text of a value as openpyxl gives it."""
    if isinstance(value, bool):
        return FLAG, str(value).upper()
    if isinstance(value, int | float):
        whole = float(value).is_integer() and abs(value) < 1e15
        return NUMBER, str(int(value)) if whole else repr(float(value))
    if isinstance(value, dt.datetime):
        rounded = (value + dt.timedelta(milliseconds=500)).replace(microsecond=0)
        return DATE, str(rounded) if rounded.time() != dt.time() else str(rounded.date())
    return TEXT, _unescaped(str(value))


def _unescaped(text: str) -> str:
    """openpyxl leaves Excel's escapes as they stand in the file."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found.group(1), 16)), text)


def test_durations_are_hours(tmp_path):
    book = openpyxl.Workbook()
    book.active.append([dt.time(7, 30), dt.timedelta(hours=30)])
    book.save(tmp_path / "times.xlsx")
    assert list(cells(only(tmp_path / "times.xlsx")).values()) == [(DURATION, "7.5"), (DURATION, "30")]


def test_error_cells_and_formulas_never_calculated_are_no_blanks(tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "errors.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["a", "b"])
    sheet.write_formula(1, 0, "=1/0", None, "#DIV/0!")
    sheet.write_formula(2, 1, "=NA()", None, "#N/A")
    sheet.write_formula(3, 1, '=""', None, "")
    book.close()
    read = cells(only(tmp_path / "errors.xlsx"))
    assert read[1, 0] == (ERROR, "#DIV/0!")
    assert read[2, 1] == (ERROR, "#N/A")
    never = openpyxl.Workbook()
    never.active.append(["a", "=1+1"])
    never.save(tmp_path / "never.xlsx")
    assert cells(only(tmp_path / "never.xlsx")) == {(0, 0): (TEXT, "a"), (0, 1): (EMPTY_FORMULA, "")}


def test_a_dimension_that_lies_changes_nothing(tmp_path):
    values = {(row, column): f"{row}.{column}" for row in range(30) for column in range(4)}
    paths = []
    for number, dimension in enumerate(("A1", "A1:B1048576", "A1:XFD1048576", "B2:B2")):
        paths.append(xlsx(tmp_path / f"{number}.xlsx", values))
        replaced(paths[-1], "xl/worksheets/sheet1.xml", b'ref="A1:D30"', f'ref="{dimension}"'.encode())
    for found in read_files(tuple(paths), IngestSettings()):
        assert {place: text for place, (_, text) in cells(found.sheets[0]).items()} == values


def test_csv_in_usual_encodings_and_separators(tmp_path):
    rows = [["Title", "Owner"], ['Café "Zürich"', "Ana; Bo, Cy"], ["two\nlines", ""], ["=1+1", " x "]]
    paths = []
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "cp1252"):
        for name, delimiter in (("comma", ","), ("semicolon", ";"), ("tab", "\t")):
            paths.append(tmp_path / f"{encoding}.{name}.csv")
            with paths[-1].open("w", encoding=encoding, newline="") as file:
                csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    for found in read_files(tuple(paths), IngestSettings()):
        (sheet,) = found.sheets
        columns = (texts.to_pylist() for texts in sheet.texts)
        assert [list(row) for row in zip(*columns, strict=True)] == rows, found.path.name


def test_an_empty_sheet_is_no_broken_sheet(tmp_path):
    sheet = only(xlsx(tmp_path / "empty.xlsx", {}))
    assert (sheet.rows, sheet.texts) == (0, ())
