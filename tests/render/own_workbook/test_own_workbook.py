"""A user's own workbook as a template: what is filled is typed, what is repeated grows, everything else is as it was."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from pipeline.errors import TemplateError
from pipeline.render.own_workbook import own_workbook_problems
from tests.render.own_workbook.conftest import filled, make_template, picture
from tests.render.parts import check_parts
from tests.render.sample import make_summary

SIZES = (0, 1, 500)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a user's templates, with a workbook for the PMO."""
    made = tmp_path_factory.mktemp("templates")
    make_template(made / "pmo" / "report.xlsx")
    return made


@pytest.fixture(scope="module", params=SIZES, ids=lambda rows: f"{rows} rows")
def made(request: pytest.FixtureRequest, folder: Path) -> tuple[int, bytes]:
    return request.param, filled(folder, request.param)


@pytest.fixture(scope="module")
def book(made: tuple[int, bytes]) -> tuple[int, Workbook]:
    return made[0], opened(made[1])


def opened(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def rows_of(count: int) -> tuple[int, int]:
    """First and last repeated row: the heading is in row 3, and the marker above the rows is gone."""
    return 4, 3 + max(1, count)


def test_every_row_is_there_with_its_types(book: tuple[int, Workbook]) -> None:
    count, whole = book
    sheet, register = whole["Our list"], make_summary(count, min(count, 20)).tables["register"]
    first, last = rows_of(count)
    cells = [[cell.value for cell in row] for row in sheet.iter_rows(first, last, max_col=5)]
    assert [row[0] for row in cells] == (register["title"].tolist() or [None])
    assert [row[1] for row in cells if row[1] is not None] == register["month_hours"].dropna().tolist()
    assert all(isinstance(row[2], datetime) for row in cells if row[2] is not None)
    assert [row[3] for row in cells] == [f"=B{row}*2" for row in range(first, last + 1)]
    assert sheet.cell(last + 1, 1).value == "Total", "the markers are gone"


def test_cells_outside_are_filled(book: tuple[int, Workbook]) -> None:
    count, whole = book
    sheet, summary = whole["Our list"], make_summary(count, min(count, 20))
    assert sheet["E1"].value == summary.figures["operations"].value
    assert sheet["F1"].value == "As of October 2026, Whole organisation"
    assert str(sheet["A1"].value).endswith(".")


def test_ranges_grow_with_the_rows(book: tuple[int, Workbook]) -> None:
    count, whole = book
    sheet, (first, last) = whole["Our list"], rows_of(count)
    assert sheet.tables["Ours"].ref == f"A3:E{last}"
    assert sheet.tables["Ours"].autoFilter.ref == f"A3:E{last}"
    assert sheet.cell(last + 1, 2).value == f"=SUM(B{first}:B{last})"
    assert sheet.cell(last + 1, 3).value == f"=B{last + 1}/$E$1"
    assert whole["Other"]["A1"].value == f"=SUM('Our list'!B{first}:B{last})+'Our list'!B{last + 1}"
    grown = f"B{first}:B{last}" if last > first else f"B{first}"
    assert whole.defined_names["Hours"].attr_text.replace("$", "") == f"'Our list'!{grown}"
    assert [str(one.sqref) for one in sheet.conditional_formatting] == [grown]
    assert str(sheet.data_validations.dataValidation[0].sqref) == grown.replace("B", "E")
    assert sheet.print_area.replace("$", "") == f"'Our list'!A1:G{last + 1}"
    assert {str(one) for one in sheet.merged_cells.ranges} == {"A1:D1", *(f"F{r}:G{r}" for r in range(first, last + 1))}


def test_the_look_is_kept(book: tuple[int, Workbook]) -> None:
    count, whole = book
    sheet, (first, last) = whole["Our list"], rows_of(count)
    assert sheet.column_dimensions["A"].width == pytest.approx(33.7, abs=0.1)
    assert sheet.freeze_panes == "B4"
    assert sheet.print_title_rows == "$3:$3"
    for row in {first, last}:
        assert sheet.row_dimensions[row].height == 21
        assert sheet.cell(row, 1).font.bold
        assert sheet.cell(row, 2).number_format == "0.0"
        assert sheet.cell(row, 3).number_format == "dd/mm/yyyy"


def test_charts_and_pictures_are_kept_and_follow(made: tuple[int, bytes], folder: Path) -> None:
    count, content = made
    first, last = rows_of(count)
    with zipfile.ZipFile(BytesIO(content)) as parts, zipfile.ZipFile(folder / "pmo" / "report.xlsx") as before:
        chart, drawing = (parts.read(f"xl/{name}1.xml").decode() for name in ("charts/chart", "drawings/drawing"))
        assert parts.read("xl/media/image1.png") == before.read("xl/media/image1.png") == picture().getvalue()
        assert set(parts.namelist()) == {*before.namelist(), "docProps/custom.xml"}
    grown = f"$B${first}:$B${last}" if last > first else f"$B${first}"
    assert f"'Our list'!{grown}</c:f>" in chart
    assert "'Our list'!$B$3</c:f>" in chart
    assert 'descr="Mark"' in drawing
    assert 'descr="Hours"' in drawing
    assert [int(row) for row in re.findall(r"<xdr:from>.*?<xdr:row>(\d+)", drawing)] == [last + 2, last + 3]


def test_the_parts_hold_together(made: tuple[int, bytes]) -> None:
    check_parts(made[1])


def test_the_same_register_makes_the_same_bytes(folder: Path) -> None:
    assert filled(folder, 2) == filled(folder, 2)


@pytest.mark.parametrize("text", ["=1+1", "{% for x in y %}{{ 7*7 }}", "<f>1</f>", " _x0041_\x00 "])
def test_what_stood_in_a_register_stays_text(folder: Path, text: str) -> None:
    content = filled(folder, 2, title=text)
    with zipfile.ZipFile(BytesIO(content)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>1" not in sheet
    assert opened(content)["Our list"]["A4"].value == text.replace("\x00", "").replace("_x0041_", "_x005F_x0041_")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "{{ report.perid }}",
            "there is no 'perid' in report: did you mean 'period'? Check the expression in that cell.",
        ),
        ("{{ reprot.period }}", "there is no 'reprot'. Did you mean 'report'?"),
        ("Month: {{ report.message.headlin }}", "id you mean 'headline'?"),
        ('{{ report.table("project") }}', "there is no table 'project': did you mean 'projects'?"),
        ("{% if report.whole %}", "only {% for %} goes over rows; {% if %} has to begin and end in the same cell"),
        ("{% endif %}", "only {% for %} goes over rows; {% endif %} has to begin and end in the same cell"),
        ('{{ summary.tables["register"].to_csv("x") }}', "to_csv"),
        ('{{ summary.tables["register"].to_pickle("x") }}', "to_pickle"),
        ('{{ summary.tables["register"].eval("1") }}', "eval"),
        ("{{ report.settings.templates.read_text() }}", "read_text"),
        ('{{ report.settings.templates.write_text("x") }}', "write_text"),
        ("{{ report.settings.templates.unlink() }}", "unlink"),
        ('{{ rows("projcts") }}', "Did you mean 'projects'?"),
        ("{{ report.period", "Other!B2"),
        ("{{ report.__class__ }}", "Other!B2"),
        ("{{ 1 / 0 }}", "division by zero"),
    ],
)
def test_errors_name_file_sheet_cell_and_the_nearest_name(tmp_path: Path, text: str, told: str) -> None:
    make_template(tmp_path / "pmo" / "report.xlsx", B2=text)
    with pytest.raises(TemplateError) as error:
        filled(tmp_path, 1)
    assert "pmo/report.xlsx, Other!B2" in str(error.value)
    assert told in str(error.value)


def test_a_hint_is_said_once_and_proposes_another_name(tmp_path: Path) -> None:
    cells = {"A3": "{% for one in rows('projects') %}", "A4": "{{ one.titel }}", "A5": "{% endfor %}"}
    for text, hints in (("{{ one.titel }}", 1), ("{{ one.headline }}", 0)):
        make_template(tmp_path / "pmo" / "report.xlsx", **{**cells, "A4": text})
        with pytest.raises(TemplateError) as error:
            filled(tmp_path, 3)
        assert str(error.value).lower().count("did you mean") == hints or hints == 0
        assert "mean 'headline'" not in str(error.value)


def test_a_text_that_excel_escapes_is_escaped_once(tmp_path: Path) -> None:
    with zipfile.ZipFile(make_template(tmp_path / "pmo" / "report.xlsx", B2="{{ '_x0041_' }}")) as parts:
        assert "_x005F_x0041_" in parts.read("xl/sharedStrings.xml").decode()
    assert opened(filled(tmp_path, 1))["Other"]["B2"].value == "_x005F_x0041_", "openpyxl shows it as it lies there"


def test_a_choice_in_one_cell_is_filled(tmp_path: Path) -> None:
    make_template(tmp_path / "pmo" / "report.xlsx", B2="{% if 1 == 1 %}yes{% else %}no{% endif %}")
    assert opened(filled(tmp_path, 1))["Other"]["B2"].value == "yes"


def test_a_name_that_a_row_does_not_have(tmp_path: Path) -> None:
    make_template(
        tmp_path / "pmo" / "report.xlsx",
        A3="{% for one in rows('projects') %}",
        A4="{{ one.titel }}",
        A5="{% endfor %}",
    )
    with pytest.raises(TemplateError, match="Other!A4") as error:
        filled(tmp_path, 3)
    assert "did you mean 'title'?" in str(error.value)


def test_a_date_in_a_plain_cell_gets_a_date_format(tmp_path: Path) -> None:
    make_template(
        tmp_path / "pmo" / "report.xlsx", B2="{{ report.facts.first_day }}", B3="{{ 1 == 1 }}", B4="{{ none }}"
    )
    sheet = opened(filled(tmp_path, 1))["Other"]
    assert (sheet["B2"].value, sheet["B2"].is_date) == (datetime(2026, 10, 1), True)
    assert sheet["B3"].value is True
    assert sheet["B4"].value is None


def test_problems_are_said_before_the_run(tmp_path: Path) -> None:
    path = make_template(
        tmp_path / "pmo" / "report.xlsx",
        B1="{% endfor %}", B3="{% for one in rows('projects') %}", B4="{{ two.title }}", B5="{% for x in rows('people') %}",
        B8="{{ report.perid }}", B9="{{ 1 + }}", B10="{% if report.whole %}",
    )  # fmt: skip
    with zipfile.ZipFile(path, "a") as parts:
        parts.writestr("xl/vbaProject.bin", b"")
        parts.writestr("xl/pivotCache/pivotCacheDefinition1.xml", b"<x/>")
    told = "\n".join(own_workbook_problems(path))
    assert "Other!B1: it closes a loop that none opened." in told
    assert "Other!B5: a loop opens in the loop of B3" in told
    assert "Other!B3: the loop is not closed" in told
    assert "Other!B4: 'two' is undefined." in told
    assert "Other!B8: report has no 'perid'. Did you mean 'period'?" in told
    assert "Other!B9: " in told
    assert "Other!B10: only {% for %} goes over rows" in told
    assert "macros" in told
    assert "pivot table" in told


def test_a_workbook_without_problems_has_none(folder: Path) -> None:
    assert own_workbook_problems(folder / "pmo" / "report.xlsx") == ()


def test_what_is_no_workbook_is_told(tmp_path: Path) -> None:
    path = tmp_path / "pmo" / "report.xlsx"
    path.parent.mkdir()
    path.write_bytes(b"no zip")
    assert own_workbook_problems(path) == (
        "pmo/report.xlsx: it cannot be read as a workbook. Save it from Excel as .xlsx.",
    )
