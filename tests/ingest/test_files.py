"""Files: which are taken, which refused and why; versions of one register never add up; formats read alike."""

from __future__ import annotations

import csv
import shutil
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from pipeline.errors import RegisterError, SettingsError
from pipeline.ingest import ingest
from pipeline.ingest.discover import discover
from pipeline.ingest.reader import read_files
from pipeline.marks import OWN_SHEET
from pipeline.settings import IngestSettings
from tests.conftest import PERIOD, SHARED

TABLE = "ID|Title|Owner|Finish\nW-1|Replace pumps|Ana Roy|2026-11-30\nW-2|Read meters|Bo Lee|2026-12-31"


def read(*paths: Path, **options):
    return ingest(paths, IngestSettings(**options), PERIOD)


def test_temporary_and_hidden_files_are_skipped(make_workbook, tmp_path):
    path = make_workbook(Plan=TABLE)
    for name in ("~$register.xlsx", ".hidden.xlsx", "copy.tmp", "README.md"):
        shutil.copy(path, tmp_path / name)
    assert [file.name for file in discover((tmp_path,))] == ["register.xlsx"]
    assert [file.name for file in discover((tmp_path / "*.xlsx",))] == ["register.xlsx"]


def test_a_path_that_leads_nowhere_is_said(tmp_path):
    with pytest.raises(RegisterError, match="no such file or folder"):
        discover((tmp_path / "nothing",))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"%PDF", "are not read"),
        ("a.xlsx", b"", "empty"),
        ("a.xlsx", b"plain text", "is no such workbook"),
        ("a.csv", b"PK\x03\x04....", "is a workbook"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken", "damaged"),
    ],
)
def test_refusals_say_why_and_what_to_do(tmp_path, name, content, words):
    (tmp_path / name).write_bytes(content)
    register = read(tmp_path / name)
    assert register.files[0].status == "refused"
    assert words in register.files[0].reason
    (told,) = register.findings
    assert (told.code, told.file) == ("R01", name)


def test_declared_entities_and_twice_named_parts_are_refused(make_workbook, tmp_path):
    bomb = tmp_path / "bomb.xlsx"
    shutil.copy(make_workbook(Plan=TABLE), bomb)
    with zipfile.ZipFile(bomb, "a") as archive:
        archive.writestr("xl/extra.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    assert "DOCTYPE" in read(bomb).files[0].reason
    twice = tmp_path / "twice.xlsx"
    shutil.copy(make_workbook(Plan=TABLE), twice)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(twice, "a") as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
    assert "same part twice" in read(twice).files[0].reason


def test_one_bad_file_does_not_stop_the_rest(make_workbook, tmp_path):
    make_workbook(Plan=TABLE)
    (tmp_path / "broken.xlsx").write_bytes(b"nonsense")
    register = read(tmp_path)
    assert [file.status for file in register.files] == ["refused", "read"]
    assert len(register.items) == 2


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8", ","), ("utf-8-sig", ";"), ("cp1252", ";"), ("utf-16", "\t")]
)
def test_csv_in_the_encodings_and_separators_of_spreadsheet_programs(tmp_path, encoding, delimiter):
    path = tmp_path / "register.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(
            [["Nr", "Bezeichnung", "Verantwortlich"], ["007", "Zähler ablesen", "Jörg Groß"]]
        )
    register = read(path)
    assert register.items.loc[0, ["id", "title", "owner"]].tolist() == ["007", "Zähler ablesen", "Jörg Groß"]


def test_people_sheet_gives_people_not_items(make_workbook):
    register = read(
        make_workbook(
            Register=TABLE,
            People="Name|Aliases|E-mail|Department|Weekly hours\nAna Roy|A. Roy; Roy, Ana|ana@example.org|Networks|37.5\nBo Lee||bo@example.org|Labs|20",
        )
    )
    assert register.people["name"].tolist() == ["Ana Roy", "Bo Lee"]
    assert register.people["weekly_hours"].tolist() == [37.5, 20]
    assert len(register.items) == 2


def test_different_registers_add_up_and_rows_keep_their_place(make_workbook, tmp_path):
    make_workbook("north.xlsx", Plan=TABLE)
    make_workbook(
        "south.xlsx", Work="Ref|Activity|Lead|Frequency\nS1|Empty bins|Cy Orr|weekly\nS2|Sweep streets|Cy Orr|daily"
    )
    register = read(tmp_path)
    assert register.items[["file", "sheet", "row"]].to_numpy().tolist() == [
        ["north.xlsx", "Plan", 2],
        ["north.xlsx", "Plan", 3],
        ["south.xlsx", "Work", 2],
        ["south.xlsx", "Work", 3],
    ]


@pytest.mark.parametrize(
    ("names", "used"),
    [
        (("register-2026-09.xlsx", "register-2026-10.xlsx", "register-2026-11.xlsx"), "register-2026-10.xlsx"),
        (("register-aug.xlsx", "register-sep.xlsx"), "register-sep.xlsx"),
        (("register.xlsx", "register final.xlsx"), "register final.xlsx"),
        (("register v2.xlsx", "register v10.xlsx"), "register v10.xlsx"),
        (("register.xlsx", "register old.xlsx"), "register.xlsx"),
    ],
)
def test_versions_of_one_register_do_not_add_up(make_workbook, tmp_path, names, used):
    for name in names:
        make_workbook(name, Plan=TABLE)
    register = read(tmp_path)
    assert set(register.items["file"]) == {used}
    assert {one.file for one in register.findings if one.code == "R03"} == set(names) - {used}
    assert all(used in one.message for one in register.findings if one.code == "R03")


def test_two_departments_with_like_rows_add_up(make_workbook):
    rows = "Title|Owner|Frequency|Effort\nRecruitment|{0}|monthly|10 h\nBudget planning|{0}|yearly|20 h\nTeam meeting|{0}|weekly|1 h"
    register = read(
        make_workbook(Finance=rows.format("Ana Roy"), HR=rows.format("Bo Lee") + "\nPayroll|Bo Lee|monthly|30 h")
    )
    assert len(register.items) == 7


def test_files_of_one_name_are_told_apart(make_workbook, tmp_path):
    make_workbook("x/reg.xlsx", Plan="ID|Title|Owner\n1|Replace pumps|Ana\n2|Read meters|")
    make_workbook("y/reg.xlsx", Plan="ID|Owner|Title\n7|Cy|Empty bins\n8||Sweep streets")
    register = read(tmp_path)
    assert sorted(set(register.items["file"])) == ["x/reg.xlsx", "y/reg.xlsx"]
    assert [(one.file, one.cell) for one in register.findings if one.code == "R50"] == [
        ("x/reg.xlsx", "C3"),
        ("y/reg.xlsx", "B3"),
    ]


def test_a_sheet_that_bears_our_mark_is_passed_over_aloud_where_it_holds_work(make_workbook):
    marked = f"{OWN_SHEET}Lists\n" + TABLE
    alone = read(make_workbook("alone.xlsx", Plan=marked)).files[0].reason
    assert "'Plan': its first cell begins with 'workregister ·'" in alone
    beside = read(make_workbook("beside.xlsx", Old=marked, Words=f"{OWN_SHEET}Lists\nOpen\nClosed", Plan=TABLE))
    assert [one.sheet for one in beside.findings if one.code == "R02"] == ["Old"]


def test_hidden_folders_are_skipped(make_workbook, tmp_path):
    make_workbook(".trash/old.xlsx", Plan=TABLE)
    make_workbook("register.xlsx", Plan=TABLE)
    assert [file.name for file in discover((tmp_path,))] == ["register.xlsx"]


def test_an_unknown_field_among_the_synonyms_is_named(make_workbook):
    with pytest.raises(SettingsError, match="no field 'titel'") as problem:
        read(make_workbook(Plan=TABLE), synonyms={"titel": ["Was"]})
    assert "Did you mean 'title'?" in str(problem.value)


def test_lists_that_merely_number_alike_add_up(make_workbook, tmp_path):
    make_workbook("a.xlsx", Plan="ID|Title|Owner\n1|Replace pumps|Ana Roy\n2|Read meters|Bo Lee")
    make_workbook("b.xlsx", Plan="ID|Title|Owner\n1|Empty bins|Cy Orr\n2|Sweep streets|Di Fox")
    assert len(read(tmp_path).items) == 4


def test_undecided_day_and_month_order_is_refused_for_the_column(make_workbook):
    register = read(
        make_workbook(Plan="ID|Title|Owner|Finish\n1|Replace pumps|Ana|'03/04/2026\n2|Read meters|Bo|'05/06/2026")
    )
    assert register.items["finish"].isna().all()
    assert [one.cell for one in register.findings if one.code == "R33"] == ["D2", "D3"]
    settled = read(
        make_workbook(
            "two.xlsx", Plan="ID|Title|Owner|Finish\n1|Replace pumps|Ana|'03/04/2026\n2|Read meters|Bo|'25/06/2026"
        )
    )
    assert settled.items["finish"].dt.strftime("%Y-%m-%d").tolist() == ["2026-04-03", "2026-06-25"]
    (told,) = [one for one in settled.findings if one.code == "R32"]
    assert "day first, because of '25/06/2026'" in told.message


# Carriage returns are not kept: XML itself turns them into line feeds.
texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=40
).filter(lambda text: text.strip() and "_x" not in text.lower())


@given(st.lists(texts, min_size=2, max_size=5))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_in_a_cell_is_read_back_as_that_text(tmp_path, words):
    book = Workbook()
    for row, word in enumerate(["Title", *words], start=1):
        cell = book.active.cell(row, 1, word)
        cell.data_type = "s"
        book.active.cell(row, 2, "Owner" if row == 1 else "Ana Roy")
    path = tmp_path / "texts.xlsx"
    book.save(path)
    (raw,) = read_files((path,), IngestSettings())
    read_back = raw.sheets[0].texts[0].to_pylist()[1:]
    assert [word.strip() for word in read_back] == [word.strip() for word in words]


def test_real_registers_are_read_or_refused_in_words(capsys):
    """Every file as its index says (see the notes below); rows in = used + refused; the table is printed."""
    if not SHARED.exists():
        pytest.skip(f"no registers at {SHARED.name}")
    index = list(csv.DictReader((SHARED / "registers" / "INDEX.csv").open(encoding="utf-8")))
    lines, wrong = [], []
    for entry in index:
        file = read(SHARED / "registers" / entry["file"]).files[0]
        sheet = next((one for one in file.sheets if one.sheet == entry["sheet"]), None)
        if sheet is None:
            right, shown = entry["header_row"] == "none" and len(file.reason) > 40, f"refused: {file.reason}"
        else:
            rows, header = _expected(entry)
            right = sheet.header_row == header and abs(sheet.rows_in - rows) <= max(1, 0.02 * rows)
            right &= sheet.rows_in == sheet.rows_used + sheet.rows_refused
            shown = f"header {sheet.header_row}/{header}, rows {sheet.rows_in}/{rows}, used {sheet.rows_used}"
        lines.append(f"{'ok  ' if right else 'MISS'} {entry['file']:34} {shown}")
        wrong += [] if right else [entry["file"]]
    with capsys.disabled():
        print("\n" + "\n".join(lines))
    assert not wrong


# The index counts every row that is not blank. Where totals, section titles and repeated headings stand among the
# items, these are the rows that hold work items, counted by hand; and the last of two heading rows where it names the first.
_COUNTED = {
    "br_notice_schedule.xlsx": 12,
    "erp_rollout_plan.xlsx": 39,
    "mx_jalisco_programmes.xlsx": 314,
    "once_recurring_budget.xlsx": 25,
}
_LAST_HEADING = {"ja_wbs.xlsx": 4}


def _expected(entry: dict[str, str]) -> tuple[int, int]:
    name = entry["file"]
    return _COUNTED.get(name, int(entry["data_rows"])), _LAST_HEADING.get(
        name, int(entry["header_row"] if entry["header_row"] != "none" else 0)
    )
