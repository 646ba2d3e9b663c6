"""Every filled cell below the headings is read, unread by its heading, or named by a finding: none is lost in silence."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string, range_boundaries
from openpyxl.worksheet.table import Table

from pipeline.ingest import ingest
from pipeline.model import FileReading, Register
from pipeline.settings import IngestSettings
from tests.conftest import PERIOD
from tests.ingest.mangle import COLUMNS, Look, Sheet, as_workbook, items, looks, written

AT_ONCE = 8
ODD = ("Total", "Phase two", "see above", "Ask Ana Roy", "ID", "Title", "1", "?", "2026-01-05", "Example: paint", "-")
"""What people also write below the headings."""

oddities = st.lists(
    st.tuples(st.integers(1, 14), st.dictionaries(st.integers(0, 10), st.sampled_from(ODD), min_size=1, max_size=4)),
    max_size=4,
)


@settings(max_examples=3, derandomize=True)
@given(st.lists(st.tuples(looks(), oddities), min_size=AT_ONCE, max_size=AT_ONCE))
def test_every_filled_cell_is_accounted_for(ways):
    sheets = [written(look, items(at, look.items)) for at, (look, _) in enumerate(ways)]
    for sheet, (look, odd) in zip(sheets, ways, strict=True):
        scatter(sheet, look, odd)
    with TemporaryDirectory() as folder:
        paths = tuple(as_workbook(Path(folder, f"{at}.xlsx"), sheet) for at, sheet in enumerate(sheets))
        register = ingest(paths, IngestSettings(), PERIOD)
    for file, sheet in zip(register.files, sheets, strict=True):
        assert_accounted(register, file, sheet)


def scatter(sheet: Sheet, look: Look, odd: list[tuple[int, dict[int, str]]]) -> None:
    """Write these over the rows below the headings, in the columns of the table."""
    for below, cells in odd:
        for column, text in cells.items():
            sheet.cells[sheet.first + below, look.left + min(column, len(COLUMNS) - 1)] = text


def assert_accounted(register: Register, file: FileReading, sheet: Sheet) -> None:
    """No row or cell below the headings is left out without a word, and the counts add up."""
    assert all(one.rows_in == one.rows_used + one.rows_refused for one in file.sheets), file
    used = register.items.loc[register.items["file"] == file.name, "row"]
    assert sum(one.rows_used for one in file.sheets) == len(used), file
    if file.status == "refused":
        assert file.reason
        return
    filled = {(row + 1, column + 1) for row, column in sheet.cells if row > sheet.first}
    apart = named(register, file, "R64")
    told = {row for row, _ in named(register, file) - apart}
    missing = {row for row, _ in filled - apart} - set(used) - told
    assert not missing, (file.name, sorted(missing), sheet.cells)
    unread = [letter for one in file.sheets for head, letter in one.unread.items() if head != f"column {letter}"]
    letters = [*unread, *(letter for one in file.sheets for letter in one.columns.values())]
    headed = {column_index_from_string(letter) for letter in letters}
    lost = {(row, column) for row, column in filled - apart if row not in told and column not in headed}
    assert not lost, (file.name, lost, sheet.cells)


def named(register: Register, file: FileReading, *codes: str) -> set[tuple[int, int]]:
    """The cells that findings of this file name, ranges included, by row and column from 1."""
    found = [one for one in register.findings if one.file == file.name and (not codes or one.code in codes)]
    told = [f"{one.cell} {one.ranges}" for one in found]
    places = re.findall(r"[A-Z]+\d+(?::[A-Z]+\d+)?", " ".join(told))
    spans = [range_boundaries(place) for place in places]
    return {
        (row, column)
        for left, top, right, bottom in spans
        for row in range(top or 0, (bottom or 0) + 1)
        for column in range(left or 0, (right or 0) + 1)
    }


def test_a_cell_beside_the_tables_is_told_wherever_it_stands(make_workbook):
    path = make_workbook(Register="Title|Owner\nPumps|Ana|||ask Bo\nMeters|Bo||7\n||| \nTanks|Cy\n||||later")
    book = load_workbook(path)
    book["Register"].add_table(Table(displayName="Work", ref="A1:B5"))
    book.save(path)
    (table,) = [one for one in ingest((path,), IngestSettings(), PERIOD).findings if one.code == "R64"]
    assert (table.cell, table.ranges) == ("D3", "D3 E2 E6")
    del book["Register"].tables["Work"]
    book.save(path)
    (bare,) = [one for one in ingest((path,), IngestSettings(), PERIOD).findings if one.code == "R64"]
    assert (bare.cell, bare.ranges) == ("D3", "D3 E2 E6")
    assert "3 cells are under no heading of a table and not read: D3, E2, E6." in bare.message
