"""What a register holds twice or not at all lies in memory once."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pytest

from pipeline.fields import Kind
from pipeline.ingest.columns import empty_columns
from pipeline.model import Register

from .in_memory import read

ONE = """
    ID | Title         | Owner | Notes
    1  | Replace pumps | Ana   | north
    2  | Read meters   | Bo    | south
"""
TWO = (
    ONE
    + """
    |
    ID | Title       | Owner | Status
    3  | Clean tanks | Cy    | Open
    4  | Paint doors | Di    | Open
"""
)


def place(column: pd.Series) -> int:
    """Where in memory its texts or numbers begin."""
    if column.dtype == "string":
        return pa.chunked_array(pa.array(column.array)).chunk(0).buffers()[1].address
    return column.to_numpy().__array_interface__["data"][0]


@pytest.mark.parametrize("table", [ONE, TWO])
def test_blank_columns(table: str) -> None:
    register: Register = read(table)[1]
    items, cells = register.items, register.cells
    assert len(items) == (4 if table == TWO else 2)
    assert place(items["risk"]) == place(items["lesson"]) != place(items["title"])
    assert place(items["effort"]) == place(items["actual_effort"])
    assert place(items["start"]) == place(items["updated"])
    assert place(cells["risk"]) == place(cells["start"]) != place(cells["title"])


@pytest.mark.parametrize(
    ("kinds", "written"),
    [(("date", "date"), pd.Timestamp("2026-01-01")), (("text", "people"), "Ana"), (("effort", "number"), 5.0)],
)
def test_writing_to_one_blank_column_leaves_the_other(kinds: tuple[Kind, Kind], written: object) -> None:
    columns = empty_columns({"one": kinds[0], "other": kinds[1]}, 3)
    assert place(columns["one"]) == place(columns["other"])
    before = columns["other"].copy()
    columns["one"].iloc[1] = written
    assert columns["one"][1] == written
    pd.testing.assert_series_equal(columns["other"], before)


def test_texts_that_are_read_as_they_stand() -> None:
    sheet, register = read(ONE)
    for name, texts in zip(("id", "title", "owner", "notes"), sheet.tables[0].sheet.texts, strict=True):
        assert place(register.items[name]) == place(register.cells[name]) == texts.buffers()[1].address


def test_an_item_that_another_column_names() -> None:
    items = read("ID | Title | Description\n1 | Pumps | Replace them\n2 | | Read meters\n3 | n/a | Clean tanks")[
        1
    ].items
    assert items["title"].tolist() == ["Pumps", "Read meters", "n/a"]
