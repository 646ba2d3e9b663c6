"""The marked copy: the user's own workbook with every cell to mend coloured, noted and listed, and nothing that acts."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import time
import zipfile
from concurrent.futures import CancelledError
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from pipeline.executor import beside
from pipeline.findings import RECORDED
from pipeline.ingest import annotate as room
from pipeline.ingest import ingest
from pipeline.ingest.annotate import Marked, annotate
from pipeline.marker import process
from pipeline.marks import OWN_SHEET
from pipeline.settings import IngestSettings
from pipeline.stopping import end_all
from tests.conftest import PERIOD, fill

TABLE = """
North Water
|
ID|Title|Owner|Start|Finish|Status|Effort|Notes
W-1|Replace pumps|Ana Roy|2026-06-01|2026-11-30|In progress|300|'=HYPERLINK("http://x.example")
W-2|Read meters|Bo Lee|2026-06-01|TBC|Live|12|
W-3|Inspect tanks||2026-06-01|2026-11-30|Open|lots|
||Cy Day|2026-06-01|2026-11-30|Open|5|
"""


def marked(path: Path, **settings: object) -> Marked:
    register = ingest((path,), IngestSettings(**settings), PERIOD)
    return annotate(register, register.findings, IngestSettings(**settings))


def copy_of(made: Marked) -> bytes:
    (content,) = [content for name, content in made.files.items() if name.endswith(".xlsx")]
    return content


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with all that people put into one, and some of what attackers do."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Ana's register"
    fill(sheet, TABLE)
    sheet["G8"] = "=SUM(G4:G7)"
    sheet["H5"] = "=cmd|' /C calc'!A0"
    sheet["H6"].hyperlink = "file:///etc/passwd"
    sheet["H6"] = "see there"
    sheet["H7"].hyperlink = "https://example.org/plan"
    sheet["H7"] = "plan"
    sheet["E5"].comment = Comment("Ask Bo.", "Ana")
    sheet["E5"].fill = PatternFill("solid", fgColor="00FF00")
    sheet["B4"].fill = PatternFill("solid", fgColor="00FF00")
    sheet.column_dimensions["B"].width = 31.5
    sheet.row_dimensions[7].hidden = True
    sheet.merge_cells("C5:C6")
    sheet.freeze_panes = "A4"
    lists = DataValidation(type="list", formula1='"Open,Live"')
    lists.add("F4:F9")
    foreign = DataValidation(type="list", formula1="[1]Lists!$A$1:$A$9")
    foreign.add("A4:A9")
    for rule in (lists, foreign):
        sheet.add_data_validation(rule)
    sheet.conditional_formatting.add("G4:G9", CellIsRule("greaterThan", ["100"], fill=PatternFill(bgColor="FFCCCC")))
    book.defined_names["outside"] = DefinedName("outside", attr_text="[1]Other!$A$1")
    book.defined_names["inside"] = DefinedName("inside", attr_text="'Ana''s register'!$A$4")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=7, min_row=3, max_row=6))
    sheet.add_chart(chart, "K3")
    path = tmp_path_factory.mktemp("marked") / "Großes Register (Okt).xlsx"
    book.save(path)
    return path


@pytest.fixture(scope="module")
def made(original: Path) -> Marked:
    before = original.read_bytes()
    done = marked(original)
    assert original.read_bytes() == before, "the user's own file is never touched"
    return done


@pytest.fixture(scope="module")
def book(made: Marked) -> Workbook:
    return load_workbook(io.BytesIO(copy_of(made)))


def test_the_cells_are_coloured_and_the_note_says_what_to_do(book):
    cell = book["Ana's register"]["G6"]
    assert cell.fill.fgColor.rgb.endswith("FFE08A")
    assert cell.comment.text.startswith(
        "Warning: 'lots' is not an amount of work. Effort is left empty.\nTo do: Write hours"
    )
    assert cell.comment.height > 16 * len(cell.comment.text) / 60


def test_what_is_not_to_mend_stays_as_it_was(original, book):
    old, new = load_workbook(original, data_only=True)["Ana's register"], book["Ana's register"]
    texts = {cell.coordinate: cell.value for row in old.iter_rows() for cell in row if cell.value is not None}
    assert {spot: new[spot].value for spot in texts} == texts
    assert new["B4"].fill.fgColor.rgb == "0000FF00"
    assert new.column_dimensions["B"].width == 31.5
    assert new["D4"].value == dt.datetime(2026, 6, 1)
    assert (str(new.merged_cells), new.freeze_panes) == ("C5:C6", "A4")
    assert [len(area.rules) for area in new.conditional_formatting] == [1]
    assert not new.row_dimensions[7].hidden, "a row that is to be mended must be seen"


def test_notes_that_people_wrote_are_kept_above_ours(book):
    text = book["Ana's register"]["E5"].comment.text
    assert text.startswith("Ask Bo.\n\n")
    assert "Warning: 'TBC'" in text or "Note: 'TBC'" in text


def test_a_merged_block_is_marked_at_its_first_cell(make_workbook):
    path = make_workbook(Register=TABLE)
    book = load_workbook(path)
    book["Register"].merge_cells("G6:H6")
    book["Register"].merge_cells("E5:E6")
    book.save(path)
    sheet = load_workbook(io.BytesIO(copy_of(marked(path))))["Register"]
    assert "'TBC'" in sheet["E5"].comment.text
    assert "'lots'" in sheet["G6"].comment.text


def test_nothing_in_the_copy_acts_or_reaches_out(made, book):
    sheet = book["Ana's register"]
    assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert sheet["H4"].value == '=HYPERLINK("http://x.example")', "text stays text"
    assert sheet["H6"].hyperlink is None
    assert sheet["H7"].hyperlink.target == "https://example.org/plan"
    assert [rule.formula1 for rule in sheet.data_validations.dataValidation] == ['"Open,Live"']
    assert list(book.defined_names) == ["inside"]
    with zipfile.ZipFile(io.BytesIO(copy_of(made))) as package:
        parts = b"".join(package.read(name) for name in package.namelist())
    assert not re.search(rb"<f>|cmd\|.*</f>|file:///|externalLink|vbaProject", parts)


def test_the_issues_sheet_comes_first_and_alone(book):
    assert book.sheetnames == ["Issues", "Ana's register"]
    assert book.active.title == "Issues"
    assert [sheet.sheet_view.tabSelected for sheet in book.worksheets] == [True, False]
    sheet = book["Issues"]
    assert sheet["A1"].value == f"{OWN_SHEET}What to mend in Großes Register (Okt).xlsx"
    assert re.fullmatch(r"3 of 4 rows usable; 1 error, \d+ warnings?, \d+ notes?\.", sheet["A2"].value)
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.freeze_panes
    assert sheet.auto_filter.ref.startswith(f"A{int(sheet.freeze_panes[1:]) - 1}:")


def lines(book: Workbook) -> list[dict[str, object]]:
    sheet = book["Issues"]
    top = int(sheet.freeze_panes[1:]) - 1
    heads = [cell.value for cell in sheet[top]]
    return [dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=top + 1, values_only=True)]


def test_every_issue_has_its_parts_and_a_link_to_its_cell(book):
    told = lines(book)
    assert told[0]["Level"] == "Error"
    one = next(one for one in told if one["Code"] == "R41")
    assert (one["Sheet"], one["Cell"], one["ID"], one["Title"], one["Column"]) == (
        "Ana's register", "G6", "W-3", "Inspect tanks", "Effort",
    )  # fmt: skip
    assert one["What was read"] == "'lots' is not an amount of work."
    assert one["What was assumed"] == "Effort is left empty."
    assert str(one["What to do"]).startswith("Write hours, days or FTE")
    links = {cell.value: cell.hyperlink.location for cell in book["Issues"]["C"] if cell.hyperlink}
    assert links["G6"] == "'Ana''s register'!G6"


def test_a_row_without_a_name_is_marked_where_the_name_belongs(book):
    error = next(one for one in lines(book) if one["Level"] == "Error")
    assert (error["Cell"], error["Code"]) == ("B7", "R20")
    assert book["Ana's register"]["B7"].comment.text.startswith("Error: The row has no text that names the item")


def test_what_the_copy_leaves_out_is_said(made, book):
    (told,) = made.findings
    assert (told.code, told.level) == ("R16", "note")
    assert "charts" in told.message
    assert "formulas (their values are there)" in told.message
    head = " ".join(str(cell.value) for cell in book["Issues"]["A"][:6])
    assert "This copy leaves out: charts" in head


def test_the_names_of_the_files_are_plain(made):
    assert sorted(made.files) == [
        "Groes-Register-Okt-marked.xlsx", "Groes-Register-Okt.findings.csv", "Groes-Register-Okt.findings.json",
    ]  # fmt: skip


def test_the_lists_say_the_same_as_the_copy(made, book):
    listed = json.loads(made.files["Groes-Register-Okt.findings.json"])
    assert listed["rows"] == {"in": 4, "used": 3, "refused": 1}
    assert [tuple(one) for one in listed["findings"]] == [RECORDED] * len(listed["findings"])
    assert sorted(one["code"] for one in listed["findings"]) == sorted([*(one["Code"] for one in lines(book)), "R16"])
    text = made.files["Groes-Register-Okt.findings.csv"].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["message"] for row in rows] == [one["message"] for one in listed["findings"]]


def test_the_same_workbook_gives_the_same_bytes(original, made):
    assert dict(marked(original).files) == dict(made.files)


def test_a_copy_that_is_marked_again_keeps_one_sheet_and_one_note(made, tmp_path):
    path = tmp_path / "again.xlsx"
    path.write_bytes(copy_of(made))
    register = ingest((path,), IngestSettings(), PERIOD)
    assert set(register.items["sheet"]) == {"Ana's register"}
    again = load_workbook(io.BytesIO(copy_of(annotate(register, register.findings, IngestSettings()))))
    assert again.sheetnames == ["Issues", "Ana's register"]
    assert again["Ana's register"]["G6"].comment.text.count("'lots'") == 1
    assert again["Ana's register"]["E5"].comment.text.count("Ask Bo.") == 1


def test_all_cells_are_marked_though_the_list_is_short(make_workbook):
    rows = "\n".join(f"{number}|Item {number}|Ana|2026-06-01|whenever" for number in range(1, 61))
    made = marked(make_workbook(Register=f"ID|Title|Owner|Start|Finish\n{rows}"))
    book = load_workbook(io.BytesIO(copy_of(made)))
    coloured = [cell.coordinate for cell in book["Register"]["E"] if cell.comment]
    assert coloured == [f"E{row}" for row in range(2, 62)]
    told = [one for one in lines(book) if one["Code"] == "R30"]
    assert len(told) == 26
    assert told[-1]["Cell"] == "E27 +34"
    assert str(told[-1]["What was read"]).startswith("35 like this (E27:E61), such as: 'whenever'")


def test_a_csv_becomes_a_workbook_of_its_values(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text('ID,Title,Owner,Effort\n1,=1+1,Ana,lots\n2,"+49 30",Bo,5\n', encoding="utf-8")
    made = marked(path)
    assert made.findings == ()
    sheet = load_workbook(io.BytesIO(copy_of(made)))["CSV"]
    assert [(cell.value, cell.data_type) for cell in sheet["B"]] == [("Title", "s"), ("=1+1", "s"), ("+49 30", "s")]
    assert "'lots'" in sheet["D2"].comment.text
    rows = csv.DictReader(io.StringIO(made.files["list.findings.csv"].decode("utf-8-sig"), newline=""))
    assert {row["title"] for row in rows} >= {"'=1+1"}, "a list opens in a spreadsheet too"


def test_of_a_long_csv_the_list_alone_is_made(tmp_path, monkeypatch):
    monkeypatch.setattr(room, "_MAX_ROWS", 1)
    path = tmp_path / "list.csv"
    path.write_text("ID,Title,Owner,Effort\n1,Dig,Ana,lots\n2,Paint,Bo,5\n", encoding="utf-8")
    made = marked(path)
    assert sorted(made.files) == ["list.findings.csv", "list.findings.json"]
    assert [one.code for one in made.findings] == ["R17"]
    assert "it has 2 rows and no formats" in made.findings[0].message
    assert "made in its place, list.findings.csv;" in made.findings[0].message
    assert made.for_people == ("list.findings.csv",)


def test_of_a_workbook_of_very_many_rows_the_list_alone_is_made(make_workbook, monkeypatch):
    path = make_workbook(Register="ID|Title|Owner|Effort\n1|Dig|Ana|lots\n2|Paint|Bo|5")
    assert "register-marked.xlsx" in marked(path).files
    monkeypatch.setattr(room, "_MOST_ROWS", 1)
    made = marked(path)
    assert sorted(made.files) == ["register.findings.csv", "register.findings.json"]
    assert "it has 2 rows, and beyond 1 rows the list alone is made" in made.findings[0].message


def test_of_a_large_workbook_the_rows_with_findings_keep_their_places(make_workbook, monkeypatch):
    monkeypatch.setattr(room, "_MAX_CELLS", 100)
    rows = "\n".join(f"{number}|Item {number}|Ana|{'lots' if number == 40 else 5}" for number in range(1, 61))
    made = marked(make_workbook(Register=f"ID|Title|Owner|Effort\n{rows}"))
    sheet = load_workbook(io.BytesIO(copy_of(made)))["Register"]
    assert [cell.row for cell in sheet["B"] if cell.value] == [1, 41]
    assert sheet["D41"].comment.text.startswith("Warning: 'lots'")
    assert sheet.sheet_format.zeroHeight
    assert "all but the headings and the rows with findings" in made.findings[0].message


def test_a_file_that_changed_meanwhile_is_not_marked(make_workbook):
    path = make_workbook(Register=TABLE)
    register = ingest((path,), IngestSettings(), PERIOD)
    path.write_bytes(path.read_bytes() + b" ")
    made = annotate(register, register.findings, IngestSettings())
    assert sorted(made.files) == ["register.findings.csv", "register.findings.json"]
    assert [(one.code, "has changed since" in one.message) for one in made.findings] == [("R17", True)]
    assert made.problems == (f"register.xlsx: {made.findings[0].message}",)


def test_a_refused_file_costs_nothing(tmp_path, monkeypatch):
    (tmp_path / "broken.xlsx").write_bytes(b"nonsense")
    register = ingest((tmp_path / "broken.xlsx",), IngestSettings(), PERIOD)
    monkeypatch.setattr(process.subprocess, "Popen", None)
    assert annotate(register, register.findings, IngestSettings()).files == {}


def test_a_child_that_breaks_is_said_and_stops_nothing(make_workbook, monkeypatch):
    register = ingest((make_workbook(Register=TABLE),), IngestSettings(), PERIOD)
    monkeypatch.setattr(process.sys, "executable", "/bin/false")
    monkeypatch.setattr(room, "_values", lambda *_: [])
    made = annotate(register, register.findings, IngestSettings())
    assert [one.code for one in made.findings] == ["R17"]
    assert sorted(made.files) == ["register.findings.csv", "register.findings.json"]


def test_told_to_stop_it_ends_the_child_and_begins_no_other(make_workbook, monkeypatch, tmp_path):
    """Copies are made beside the rendering: a run that is stopped must not wait for them, nor begin plainer ones."""
    register = ingest((make_workbook(Register=TABLE),), IngestSettings(), PERIOD)
    asleep = tmp_path / "asleep"
    asleep.write_text(f"#!/bin/sh\necho >> {tmp_path}/begun\nexec sleep 60\n")
    asleep.chmod(0o755)
    monkeypatch.setattr(process.sys, "executable", str(asleep))
    making = beside(annotate, register, register.findings, IngestSettings())
    while not (tmp_path / "begun").exists():
        assert not making.done()
        time.sleep(0.01)
    end_all()
    with pytest.raises(CancelledError):
        making.result(20)
    assert (tmp_path / "begun").read_text().count("\n") == 1


def test_files_of_one_name_in_two_folders_do_not_collide(make_workbook, monkeypatch):
    monkeypatch.setattr(room, "_copied", lambda *_: (b"copy", "", ""))
    paths = (
        make_workbook("a/plan.xlsx", Register=TABLE),
        make_workbook("b/plan.csv.xlsx", Register="ID|Task\n1|Dig\n2"),
    )
    paths += (
        make_workbook("c/plan.xlsx", Register="ID|Name|Owner|Due\n7|Paint|Cy|soon"),
        make_workbook("計画.xlsx", R=TABLE),
    )
    register = ingest(paths, IngestSettings(), PERIOD)
    files = annotate(register, register.findings, IngestSettings()).files
    names = [name for name in files if name.endswith(".xlsx")]
    assert len(names) == len({name.casefold() for name in names}) == len({one.file for one in register.findings} - {""})
    assert all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]*", name) for name in files)
