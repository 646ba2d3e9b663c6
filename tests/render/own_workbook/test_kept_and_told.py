"""What a user's workbook may hold besides cells: days counted from 1904, charts on sheets of their own, newer parts."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook

from pipeline.render.own_workbook import own_workbook_problems
from pipeline.render.own_workbook.expressions import unknown_names
from pipeline.render.workbooks import problems_of_used
from pipeline.render_settings import RenderSettings
from tests.render.own_workbook.conftest import filled, make_template


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Templates with a workbook of the PMO's that counts from 1904 and has a chart on a sheet of its own."""
    made = tmp_path_factory.mktemp("templates")
    (made / "pmo").mkdir()
    book = xlsxwriter.Workbook(made / "pmo" / "report.xlsx", {"date_1904": True})
    sheet = book.add_worksheet("List")
    for cell, text in {
        "A1": "{{ report.facts.first_day }}", "A3": '{% for row in rows("register") %}', "A4": "{{ row.title }}",
        "B4": "{{ row.month_hours }}", "A5": "{% endfor %}",
    }.items():  # fmt: skip
        sheet.write(cell, text)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=List!$B$4:$B$4", "categories": "=List!$A$4:$A$4"})
    book.add_chartsheet("Chart").set_chart(chart)
    book.close()
    return made


@pytest.fixture(scope="module")
def content(folder: Path) -> bytes:
    return filled(folder, 9)


def test_a_day_is_the_same_in_a_workbook_that_counts_from_1904(content: bytes) -> None:
    assert load_workbook(BytesIO(content))["List"]["A1"].value == datetime(2026, 10, 1)


def test_a_chart_on_a_sheet_of_its_own_grows_and_forgets_what_it_showed(content: bytes) -> None:
    last = load_workbook(BytesIO(content))["List"].max_row
    with zipfile.ZipFile(BytesIO(content)) as parts:
        chart = parts.read("xl/charts/chart1.xml").decode()
    assert re.findall("<c:f>(.*?)</c:f>", chart) == [f"List!$A$3:$A${last}", f"List!$B$3:$B${last}"]
    assert "Cache" not in chart
    assert last > 4


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("xl/charts/chartEx1.xml", "a chart of a newer kind"),
        ("xl/embeddings/oleObject1.bin", "embedded files"),
        ("_xmlsignatures/sig1.xml", "It is signed"),
    ],
)
def test_what_is_not_followed_is_said_by_check_and_run(tmp_path: Path, part: str, said: str) -> None:
    path = make_template(tmp_path / "pmo" / "report.xlsx")
    with zipfile.ZipFile(path, "a") as parts:
        parts.writestr(part, b"<x/>")
    told = own_workbook_problems(path)
    assert said in "".join(told)
    assert problems_of_used(RenderSettings(templates=tmp_path)) == told


def test_a_pivot_table_among_repeated_rows_is_said(tmp_path: Path) -> None:
    path = make_template(tmp_path / "pmo" / "report.xlsx")
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    with zipfile.ZipFile(path) as before:
        parts = {name: before.read(name) for name in before.namelist()}
    link = b'<Relationship Id="p" Type="http://x/pivotTable" Target="../pivotTables/pivotTable1.xml"/></Relationships>'
    parts[rels] = parts[rels].replace(b"</Relationships>", link)
    with zipfile.ZipFile(path, "w") as after:
        for name, content in parts.items():
            after.writestr(name, content)
    assert "Our list: a pivot table stays at its cells" in "".join(own_workbook_problems(path))


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("{{ report.unknown_effort | number }}", ()),
        ("{{ report.brand.light }} {{ report.medium }} {{ _('Decisions') }} {{ range(3) }}", ()),
        ("{{ report.title | nosuch }}", ("No filter named 'nosuch'.",)),
        ("{{ report.title | safe }}", ("No filter named 'safe'.",)),
        ("{{ light }}", ("'light' is undefined.",)),
    ],
)
def test_cells_are_checked_with_what_they_are_filled_with(source: str, told: tuple[str, ...]) -> None:
    assert unknown_names(source, ["report", "rows"]) == told
