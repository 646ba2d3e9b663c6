"""The workbook: typed cells, formulas that add up, columns to fill in, charts with words for those who cannot see them."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.model import Summary
from tests.render.excel.conftest import opened, workbook_of
from tests.render.sample import make_summary

SHEETS = [
    "Summary", "Contents", "Decisions", "Register", "Review", "Changes", "Projects", "Operations", "Workload", "RACI", "Handover",
    "Findings", "Assumptions", "Method", "Manifest",
]  # fmt: skip


def table(sheet: Worksheet, first: str) -> dict[str, list[Any]]:
    """Heading -> values of the table whose first heading is `first`."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(number for number, row in enumerate(rows) if row[0] == first)
    body = rows[head + 1 :]
    return {str(name): [row[column] for row in body] for column, name in enumerate(rows[head]) if name}


def test_the_sheets_are_there(book: Workbook) -> None:
    assert book.sheetnames[:2] == ["Summary", "Contents"]
    assert set(book.sheetnames) >= set(SHEETS)


def test_every_row_of_the_register_is_in_it(book: Workbook, summary: Summary) -> None:
    register = table(book["Register"], "ID")
    assert register["ID"] == summary.tables["register"]["id"].tolist()
    assert register["Kind"] == [kind.capitalize() for kind in summary.tables["register"]["kind"]]


def test_cells_are_typed_and_unknown_is_blank_not_zero(book: Workbook, summary: Summary) -> None:
    register, frame = table(book["Register"], "ID"), summary.tables["register"]
    finish, hours = register["Finish"], register["Hours in period"]
    assert all(isinstance(value, datetime) for value in finish if value is not None)
    assert [value is None for value in finish] == frame["finish"].isna().tolist()
    assert [value is None for value in hours] == frame["month_hours"].isna().tolist()
    assert sum(value for value in hours if value is not None) == pytest.approx(frame["month_hours"].sum())


def test_formulas_add_up_to_the_figures(content: bytes, summary: Summary) -> None:
    live, cached = (load_workbook(BytesIO(content), data_only=only)["Summary"] for only in (False, True))
    formulas, values = table(live, "Department"), table(cached, "Department")
    total = formulas["Department"].index("Total")
    assert re.fullmatch(r"=SUM\(F\d+:F\d+\)", formulas["Hours"][total])
    frame = summary.tables["departments"]
    assert values["Hours"][total] == pytest.approx(frame["hours"].sum())
    assert values["Load"][total] == pytest.approx(frame["hours"].sum() / frame["capacity_hours"].sum())
    assert values["Load"][:total] == pytest.approx(frame["load"].tolist())


def test_review_offers_the_decisions(book: Workbook, summary: Summary) -> None:
    sheet = book["Review"]
    lists = sheet.data_validations.dataValidation
    assert [one.formula1 for one in lists] == ['"project,operation,mixed"']
    assert {"Decision", "Who", "Why", "Until"} <= set(table(sheet, "ID"))
    rows = next(iter(lists[0].sqref.ranges))
    assert rows.size["rows"] == len(summary.tables["review"])


@pytest.mark.parametrize("name", ["Register", "Review", "Projects", "Operations", "Findings", "Handover"])
def test_lists_are_frozen_filtered_and_print_on_the_width_of_pages(book: Workbook, name: str) -> None:
    sheet = book[name]
    assert sheet.freeze_panes
    assert [one.autoFilter.ref for one in sheet.tables.values()] == [one.ref for one in sheet.tables.values()] != []
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows
    assert "Page &P of &N" in str(sheet.oddFooter.right.text).replace("&[Page]", "&P").replace("&[Pages]", "&N")
    assert "Confidential" in str(sheet.oddFooter.right.text)
    assert "Eastmere University, October 2026" in str(sheet.oddFooter.left.text)


def test_the_workload_has_a_row_a_person_and_a_column_a_month(book: Workbook, summary: Summary) -> None:
    sheet = book["Workload"]
    load = table(sheet, "Person")
    assert len([name for name in load if name.startswith("2026") or name.startswith("2027")]) == 9
    first = summary.tables["workload"].iloc[0]
    row = load["Person"].index(first["person"])
    assert load[str(first["month"])][row] == pytest.approx(first["load"])
    assert len(sheet.conditional_formatting) >= 1


def test_charts_are_native_and_have_words(content: bytes) -> None:
    with zipfile.ZipFile(BytesIO(content)) as parts:
        charts = [name for name in parts.namelist() if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]
        drawn = "".join(parts.read(name).decode() for name in parts.namelist() if "drawings/drawing" in name)
    assert len(charts) >= 3
    assert len(re.findall(r'descr="[^"]{20,}"', drawn)) == len(charts)


def test_properties_hold_no_clock(content: bytes) -> None:
    book = load_workbook(BytesIO(content))
    assert book.properties.created == datetime(2026, 10, 1)
    assert book.properties.title == "Eastmere University: PMO workbook, October 2026"


@pytest.mark.parametrize("size", [(0, 0), (1, 0), (2, 1)])
@pytest.mark.parametrize("pack", ["pmo", "department"])
def test_small_registers_make_a_workbook(size: tuple[int, int], pack: str) -> None:
    scope = "IT Services" if pack == "department" else ""
    book = opened(workbook_of(make_summary(*size, scope=scope), pack))
    assert book.sheetnames[:4] == SHEETS[:4]
