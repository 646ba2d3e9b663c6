"""What a reader finds first: contents with links, formats of their language, what is too long for a workbook."""

from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO
from pathlib import Path

import pandas as pd
import pytest
from babel import Locale
from openpyxl import Workbook

from pipeline.model import Summary
from pipeline.render.excel import csv_lines, detail
from pipeline.render.excel.number_formats import excel_pattern, number_formats
from pipeline.render.packs import PACKS
from pipeline.render.readers import Reader
from tests.render.excel.conftest import SETTINGS, opened, workbook_of
from tests.render.sample import make_summary

SHEETS = Path(__file__).parents[3] / "templates" / "shared" / "sheets"


def lines(book: Workbook) -> dict[str, tuple[str, object, str]]:
    """Sheet -> what it answers, its rows, and where its link leads."""
    rows = [[*row] for row in book["Contents"].iter_rows() if row[0].hyperlink]
    return {str(row[0].value): (str(row[1].value), row[2].value, str(row[0].hyperlink.location)) for row in rows}


def test_contents_link_to_every_sheet_and_say_what_it_answers(book: Workbook, summary: Summary) -> None:
    listed = lines(book)
    assert list(listed) == book.sheetnames
    assert all(about.endswith(("?", ".")) and target == f"'{name}'!A1" for name, (about, _, target) in listed.items())
    assert listed["Register"][1] == len(summary.tables["register"])
    assert listed["Workload"][1] == summary.tables["workload"]["person"].nunique()
    assert listed["Method"][1] == "–"


def test_every_contents_of_a_sheet_counts(tmp_path: Path) -> None:
    (tmp_path / "pmo").mkdir()
    listed = (
        '<sheet name="All" about="Rows?"><table of="register"><column of="title" title="T" width="9"/></table></sheet>'
    )
    layout = f'<workbook><sheet name="Twice"><contents/><gap/><contents/></sheet>{listed}</workbook>'
    (tmp_path / "pmo" / "workbook.j2").write_text(layout, encoding="utf-8")
    settings = SETTINGS.model_copy(update={"templates": tmp_path})
    sheet = opened(workbook_of(make_summary(12, 5), settings=settings))["Twice"]
    assert [row[2].value for row in sheet.iter_rows() if row[0].value == "All"] == [12, 12]


def test_a_department_has_few_sheets_and_only_its_own_rows() -> None:
    book = opened(workbook_of(make_summary(30, 9, scope="IT Services"), "department"))
    assert set(book.sheetnames) < set(lines(opened(workbook_of(make_summary(3, 2))))) | {"Handovers to come"}
    assert len(book.sheetnames) <= 26
    assert {row[2].value for row in book["Register"].iter_rows(min_row=3)} == {"IT Services"}


def test_the_manifest_says_what_the_report_stands_on(book: Workbook, summary: Summary) -> None:
    said = [cell.value for row in book["Manifest"].iter_rows() for cell in row if cell.value is not None]
    assert "152 rows were read; 150 of them are used" in said
    assert summary.portfolio.rule_set.sha256 in said
    assert "xlsxwriter" in said


@pytest.mark.parametrize(
    ("language", "day", "share"),
    [
        ("en", "[$-809]d mmm yyyy", "0%"),
        ("de", "[$-407]d. mmm yyyy", '0"\u00a0"%'),
    ],
)
def test_formats_are_of_the_reader(language: str, day: str, share: str) -> None:
    book = opened(workbook_of(make_summary(9, 3), language=language))
    formats = {cell.number_format for one in book.worksheets for row in one.iter_rows() for cell in row}
    assert day in formats
    assert any(one.endswith(f";{share}") for one in formats)


def test_what_may_be_less_than_nothing_has_its_sign_in_every_program() -> None:
    """LibreOffice prints -63 as 63.0 under `[=0]0;[<9.95]0.0;#,##0`."""
    kinds = [
        kind for one in SHEETS.glob("*.j2") for kind in re.findall(r'"net_hours".*? kind="(\w+)"', one.read_text())
    ]
    assert kinds == ["change", "change"]
    assert number_formats(Locale.parse("en"))["change"] == "+#,##0;\u2212#,##0;0"


def test_a_list_without_a_row_says_so() -> None:
    book = opened(workbook_of(make_summary(0, 0)))
    for name in ("Register", "Changes", "Workload"):
        assert "This list has no rows." in [row[0].value for row in book[name].iter_rows()], name


@pytest.mark.parametrize(
    ("pattern", "excel"),
    [("d 'de' MMM y", 'd "de" mmm yyyy'), ("dd.MM.y", "dd.mm.yyyy"), ("y年M月d日", 'yyyy"年"m"月"d"日"')],
)
def test_patterns_are_spelt_as_excel_spells_them(pattern: str, excel: str) -> None:
    assert excel_pattern(pattern) == excel


def test_a_language_that_excel_has_no_code_for_is_left_to_the_computer() -> None:
    assert number_formats(Locale.parse("he"))["count"] == "#,##0"
    assert "[$" not in number_formats(Locale.parse("he"))["date"]


def test_a_list_too_long_says_where_the_rest_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detail, "MOST_ROWS", 30)
    monkeypatch.setattr(detail, "FIRST_ROWS", 20)
    summary = make_summary(40, 5)
    files = detail.Details(Reader(PACKS[-1], summary, "en", "2026-10_pmo")).reports()
    ends = [f"{table}.{form}" for table in ("register", "workload") for form in ("csv", "parquet")]
    assert [one.name for one in files] == [f"2026-10_pmo_{end}" for end in ends]
    register = opened(workbook_of(summary))["Register"]
    said = [row[0].value for row in register.iter_rows()]
    assert (
        "The first 20 of 40 rows. Every row is in the files 2026-10_pmo_register.csv and 2026-10_pmo_register.parquet "
        "beside this workbook." in said
    )
    assert len([one for one in said if str(one).startswith("R-")]) == 20


def test_every_file_that_a_cut_list_names_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(detail, "MOST_ROWS", 3)
    monkeypatch.setattr(detail, "FIRST_ROWS", 2)
    summary = make_summary(12, 5)
    book = opened(workbook_of(summary))
    notes = " ".join(str(cell.value) for sheet in book for cell in sheet["A"])
    named = set(re.findall(r"\S+\.(?:csv|parquet)\b", notes)) - {"decisions.csv"}
    made = {one.name for one in detail.Details(Reader(PACKS[-1], summary, "en", "2026-10_pmo")).reports()}
    by_item = {name for name, frame in summary.tables.items() if "item" in frame.columns}
    growing = {file for file in named if file.removeprefix("2026-10_pmo_").partition(".")[0] in by_item}
    assert {"2026-10_pmo_register.csv", "2026-10_pmo_operations.csv"} <= growing <= made


def test_a_list_too_long_for_a_spreadsheet_is_parquet_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, rows in (("MOST_ROWS", 3), ("FIRST_ROWS", 2), ("_OPENED", 4)):
        monkeypatch.setattr(detail, name, rows)
    summary = make_summary(12, 5)
    files = {one.name for one in detail.Details(Reader(PACKS[-1], summary, "en", "2026-10_pmo")).reports()}
    assert "2026-10_pmo_operations.parquet" in files
    assert [one for one in files if one.endswith(".csv")] == ["2026-10_pmo_register.csv"]
    said = [str(row[0].value) for row in opened(workbook_of(summary))["Operations"].iter_rows()]
    assert any(one.endswith("is in the file 2026-10_pmo_operations.parquet beside this workbook.") for one in said)


def _written(summary: Summary, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """The files of the register, by their ending."""
    monkeypatch.setattr(detail, "is_long", lambda summary, table: table == "register")
    made = detail.Details(Reader(PACKS[-1], summary, "en", "pmo")).reports()
    return {one.format: one.content for one in made}


def _csv(summary: Summary, monkeypatch: pytest.MonkeyPatch) -> str:
    return _written(summary, monkeypatch)["csv"].decode("utf-8-sig")


def test_detail_files_hold_every_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_lines, "_AT_ONCE", 15)
    summary = make_summary(40, 5)
    frame, files = summary.tables["register"], _written(summary, monkeypatch)
    pd.testing.assert_frame_equal(
        pd.read_parquet(BytesIO(files["parquet"]), dtype_backend="pyarrow").astype(frame.dtypes), frame
    )
    rows = [*csv.DictReader(StringIO(files["csv"].decode("utf-8-sig"), newline=""))]
    assert [row["title"] for row in rows] == frame["title"].tolist()
    assert rows[0]["start"] == "2026-03-02"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", " =1", "\x00=1", "\u200e=1", "＝1", '=cmd|"/C calc"!A0'],
)
def test_text_of_detail_files_is_never_a_formula(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content = _csv(make_summary(2, 1, title=text), monkeypatch)
    (title,) = {row["title"] for row in csv.DictReader(StringIO(content, newline=""))}
    assert title.startswith("'")
    assert {row["month_hours"][:1] for row in csv.DictReader(StringIO(content, newline=""))} & {*"123456789"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x;=cmd|'/c calc'!A1;y", "\"x;'=cmd|'/c calc'!A1;y\""),
        ('a "b"\u202e\x85\ufff9c', '"a ""b""c"'),
        ("é" * 40_000, f'"{"é" * 32_767}"'),
    ],
)
def test_texts_of_detail_files_stand_in_quotes_and_are_guarded_where_columns_may_part(
    text: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert said in _csv(make_summary(2, 1, title=text), monkeypatch)


def test_decisions_are_read_back_in_every_language() -> None:
    """What the next run looks for are these headings and choices, whatever the reader's language."""
    book = opened(workbook_of(make_summary(9, 3), language="de"))
    assert "Vertraulich" in str(book.worksheets[0].oddFooter.right.text)
    assert any("wurden gelesen" in str(row[0]) for row in book.worksheets[-1].iter_rows(max_row=4, values_only=True))
    review = book.worksheets[4]
    heads = {cell.value for row in review.iter_rows(max_row=6) for cell in row}
    assert heads >= {"ID", "Title", "Decision", "Who", "Why", "Until", "File", "Sheet", "Row"}
    assert [one.formula1 for one in review.data_validations.dataValidation] == ['"project,operation,mixed"']
