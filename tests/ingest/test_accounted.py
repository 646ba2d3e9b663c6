"""Every filled row of a table is used, refused, or named by a finding: nothing is lost in silence."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import range_boundaries

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
def test_every_filled_row_is_accounted_for(ways):
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
    """No row below the headings is left out without a word, and the counts add up."""
    assert all(one.rows_in == one.rows_used + one.rows_refused for one in file.sheets), file
    used = register.items.loc[register.items["file"] == file.name, "row"]
    assert sum(one.rows_used for one in file.sheets) == len(used), file
    if file.status == "refused":
        assert file.reason
        return
    filled = {row + 1 for row, _ in sheet.cells if row > sheet.first}
    told = named(register, file)
    assert filled <= set(used) | told, (file.name, sorted(filled - set(used) - told), sheet.cells)


def named(register: Register, file: FileReading) -> set[int]:
    """The rows that findings of this file name, ranges included."""
    told = [f"{one.cell} {one.ranges}" for one in register.findings if one.file == file.name]
    places = re.findall(r"[A-Z]+\d+(?::[A-Z]+\d+)?", " ".join(told))
    spans = [range_boundaries(place) for place in places]
    return {row for _, top, _, bottom in spans for row in range(top or 0, (bottom or 0) + 1)}
