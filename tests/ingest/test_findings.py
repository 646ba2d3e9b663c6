"""Every problem of the intake has a smallest register that raises it, with its cell and its words."""

from __future__ import annotations

import pytest

from pipeline.findings import FINDINGS
from pipeline.ingest import ingest
from pipeline.settings import IngestSettings
from tests.conftest import PERIOD

HEAD = "ID|Title|Owner|Start|Finish|Frequency|% complete|Effort|Budget\n"
RAISED: dict[str, tuple[str, str, str]] = {
    "R04": (HEAD + "1|Replace pumps|Ana|\n|Total||||||| 12", "B3", "left out as totals"),
    "R10": ("ID|Title|Responsibel\n1|Replace pumps|Ana", "C1", "'Responsibel' is taken for Responsible"),
    "R11": ("ID|Title|Owner|Lead\n1|Replace pumps|Ana|Bo", "D1", "'Lead' and 'Owner' both look like Owner"),
    "R12": ("Title|Owner\nReplace pumps|Ana", "A1", "No column numbers the items"),
    "R13": (
        "|Owner|Due date\nReplace pumps|Ana|2026-11-30\nRead all meters|Bo|2026-11-30",
        "A1",
        "'column A' is taken for the title",
    ),
    "R61": (
        "P1|Pumps|Ana|2026-01-05\nP2|Meters|Bo|2026-01-06\nID|Title|Owner|Start\nP3|Tanks|Cy|2026-01-07",
        "A1",
        "The rows 1, 2 are in no table of this sheet and not read.",
    ),
    "R20": (HEAD + "1|Replace pumps|Ana\n2", "B3", "no text that names the item"),
    "R21": (HEAD + "1|Replace pumps|Ana\n1|Read meters|Bo", "A3", "The ID '1' is also on register.xlsx, Register!A2"),
    "R22": (
        "Title|Owner|Notes\nReplace pumps|Ana|north\nReplace pumps|Ana|north",
        "A3",
        "the same as register.xlsx, Register!A2",
    ),
    "R23": (
        "ID|Title|Owner|Status\n|Northern works\n1|Pumps|Ana|Open\n2|Meters|Bo|Open\n3|Tanks|Bo|Open\n4|Filters|Bo|Open",
        "B2",
        "'Northern works'",
    ),
    "R24": (
        "ID|Title|Description|Owner\n1|Pumps|All three|Ana\n2||Read the meters|Bo",
        "B3",
        "named by what stands in 'Description'",
    ),
    "R28": (
        HEAD + "1|Replace pumps|Ana\n|Total quality rollout||||||| 12",
        "B3",
        "1 row begins with a word for a total and holds nothing but amounts besides: 'Total quality rollout 12'",
    ),
    "R68": (
        "ID|Title|Ana Roy|Bo Lee\n1|Replace pumps|A|R/C",
        "C1",
        "2 columns are read as people with the letters of their roles: Ana Roy, Bo Lee.",
    ),
    "R69": (
        "ID|Title|Ana Roy|Cy Dunn|Bo Lee\n1|Pumps|A|R/C|R\n2|Meters|A|R/C|R\n3|Tanks|A|R/C|leads",
        "E4",
        "'leads' under 'Bo Lee' is no letter of a role. It is left out.",
    ),
    "R30": (
        HEAD + "1|Replace pumps|Ana|2026-01-05|TBC",
        "E2",
        "'TBC' is not a date. Finish is left empty. Write a date",
    ),
    "R31": (
        HEAD + "1|Replace pumps|Ana|2026-01-05|'30 Nov 2026",
        "E2",
        "'30 Nov 2026' is text; it is read as 30 Nov 2026",
    ),
    "R32": (HEAD + "1|Pumps|Ana||'03/04/2026\n2|Meters|Bo||'25/04/2026", "E3", "day first, because of '25/04/2026'"),
    "R33": (HEAD + "1|Replace pumps|Ana||'03/04/2026", "E2", "may be 3 Apr 2026 or 4 Mar 2026"),
    "R58": (
        HEAD + "1|A|Ana||2016-01-11\n2|B|Ana||'25/10/2016\n3|C|Ana||2016-03-11\n4|D|Ana||'26/10/2016\n"
        "5|E|Ana||2016-05-11\n6|F|Ana||'27/10/2016",
        "E2",
        "is read as 11 Jan 2016, but may have been meant as 1 Nov 2016",
    ),
    "R34": (HEAD + "1|Replace pumps|Ana||Q3 2026", "E2", "'Q3 2026' is read as 30 Sep 2026"),
    "R35": (HEAD + "1|Replace pumps|Ana||2099-12-31", "E2", "is no real date but stands for 'none'"),
    "R36": (HEAD + "1|Replace pumps|Ana|2026-11-30|2026-01-05", "E2", "2026-01-05 is before the start 2026-11-30"),
    "R37": (HEAD + "1|Replace pumps|Ana||'31.02.2026", "E2", "There is no day '31.02.2026'. Finish is left empty"),
    "R38": (HEAD + "1|Replace pumps|Ana||mid-May", "E2", "'mid-May' names no year"),
    "R39": (
        HEAD + "1|Pumps|Ana||||||'1.250\n2|Meters|Ana||||||'12,5",
        "I2",
        "'1.250' are read with a decimal comma, because of '12,5'",
    ),
    "R49": (HEAD + "1|Pumps|Ana||||||'1.250", "I2", "'1.250' may be 1250 or 1.25"),
    "R40": (HEAD + "1|Replace pumps|Ana||||||about five", "I2", "'about five' is not a number"),
    "R41": (HEAD + "1|Replace pumps|Ana|||||lots", "H2", "'lots' is not an amount of work"),
    "R42": (HEAD + "1|Replace pumps|Ana|||||8-10 h", "H2", "'8-10 h' is read as 9 hours"),
    "R43": (HEAD + "1|Replace pumps|Ana|||green", "F2", "'green' is no known cadence"),
    "R45": (HEAD + "1|Replace pumps|Ana||||250%", "G2", "'250%' is not between 0 and 100 %"),
    "R47": (HEAD + "1|Pumps|Ana||||0.4\n2|Meters|Bo||||0.9\n3|Tanks|Cy||||75", "G4", "'75' is read as 75 %"),
    "R54": (HEAD + "1|Replace pumps|Diaz, Maria", "C2", "one person, Maria Diaz"),
    "R65": (
        "ID|Title|Owner|Status\n1|Replace pumps|Ana|In progress\n2|Read meters|Ana|snoozed",
        "D3",
        "'snoozed' (1 cell) is no Status that is known here; it is kept as it is.",
    ),
    "R48": (HEAD + "1|Replace pumps|Ana||every month", "E2", "it is read as monthly"),
    "R59": (HEAD + "1|Replace pumps|5", "C2", "'5' names nobody. Owner is left empty"),
    "R56": ("ID|Title|Due date\n1|Replace pumps|2026-11-30", "A1", "No column says who owns"),
    "R50": (HEAD + "1|Replace pumps|Ana\n2|Read meters|", "C3", "No accountable, responsible or owning person"),
    "R51": (
        HEAD + "1|Replace pumps|J. Smith\n2|Read meters|John Smith",
        "C2",
        "'J. Smith' looks like 'John Smith'; they are kept apart. Use one spelling, or write on the People sheet: Name John Smith | Aliases J. Smith.",
    ),
    "R57": (
        HEAD + "1|Replace pumps|Joan Smith\n2|Read meters|John Smith",
        "C2",
        "'Joan Smith' and 'John Smith' differ by one letter",
    ),
    "R53": (HEAD + "1|Replace pumps|Ana 80 %; Bo 80 %", "C2", "add up to 160%"),
}
ELSEWHERE = {
    "R07": "test_tables",
    "R08": "test_fill",
    "R09": "test_tables",
    "R25": "test_natures",
    "R70": "test_handover_sheet",
    "R71": "test_handover_sheet",
    "R72": "test_matrix_sheet",
    "R26": "test_natures",
    "R18": "test_parser",
    "R19": "test_parser",
    "R27": "test_tables",
    "R01": "test_files",
    "R02": "below",
    "R03": "test_versions",
    "R29": "test_versions",
    "R05": "test_tables",
    "R06": "test_rows",
    "R14": "test_hostile",
    "R15": "test_hostile",
    "R16": "test_annotate",
    "R17": "test_annotate",
    "R44": "test_rows",
    "R46": "below",
    "R52": "summarise",
    "R55": "below",
    "R73": "below",
    "R62": "test_leave",
    "R63": "test_tables",
    "R64": "test_accounted",
    "R74": "test_outline",
    "R75": "test_outline",
    "R76": "test_outline",
}


@pytest.mark.parametrize("code", sorted(RAISED))
def test_smallest_register_raises_it(make_workbook, code):
    table, cell, words = RAISED[code]
    register = ingest((make_workbook(Register=table),), IngestSettings(), PERIOD)
    told = [one for one in register.findings if one.code == code]
    assert told, [one.code for one in register.findings]
    assert (told[0].file, told[0].sheet, told[0].cell) == ("register.xlsx", "Register", cell)
    assert words in told[0].message


def test_no_problem_goes_untested():
    declared = {kind.code for kind in FINDINGS if kind.code.startswith("R")}
    assert declared == set(RAISED) | set(ELSEWHERE)


def test_sheets_passed_over_are_named(make_workbook):
    path = make_workbook(Register=HEAD + "1|Replace pumps|Ana", Notes="Please update monthly\nThank you\nPMO")
    told = [one for one in ingest((path,), IngestSettings(), PERIOD).findings if one.code == "R02"]
    assert [one.sheet for one in told] == ["Notes"]


def test_formulas_that_were_never_calculated_are_told(make_workbook):
    from openpyxl import load_workbook

    path = make_workbook(Register=HEAD + "1|Replace pumps|Ana|2026-01-05")
    book = load_workbook(path)
    book["Register"]["E2"] = "=D2+30"
    book.save(path)
    (told,) = [one for one in ingest((path,), IngestSettings(), PERIOD).findings if one.code == "R46"]
    assert told.cell == "E2"


def test_long_and_hostile_cell_text_is_clamped_in_messages(make_workbook):
    path = make_workbook(Register=HEAD + "1|Replace pumps|Ana|||||" + "{0}{read}" * 50)
    (told,) = [one for one in ingest((path,), IngestSettings(), PERIOD).findings if one.code == "R41"]
    assert len(told.message) < 250
    assert told.read.endswith("…")


def test_what_cannot_be_read_on_the_people_sheet_is_told(make_workbook):
    people = "Name|E-mail|Department|Weekly hours|FTE|To\nAna Roy|a@example.org|Labs|'37,5 h|'50 %|Dec 2026\nBo Lee|b@example.org|Labs|part-time||\nAna Roy|a@example.org|Works|20||"
    register = ingest(
        (make_workbook(Register=HEAD + "1|Replace pumps|Ana Roy", People=people),), IngestSettings(), PERIOD
    )
    told = {(one.code, one.cell) for one in register.findings if one.sheet == "People"}
    assert told == {("R40", "D3"), ("R55", "A4")}
    first = register.people.iloc[0]
    assert (first["weekly_hours"], first["fte"], str(first["finish"].date())) == (37.5, 0.5, "2026-12-31")
    assert first["department"] == "Labs"


def test_a_language_in_which_no_report_is_written_is_told(make_workbook):
    people = "Name|Department|Language\nAna Roy|Labs|Deutsch\nBo Lee|Labs|Klingon\nCy Day|Labs|"
    register = ingest(
        (make_workbook(Register=HEAD + "1|Replace pumps|Ana Roy", People=people),), IngestSettings(), PERIOD
    )
    (told,) = [one for one in register.findings if one.code == "R73"]
    assert (told.cell, told.read) == ("C3", "Klingon")
    assert "English, German, French, Spanish or Portuguese" in told.message


def test_rows_of_one_person_that_follow_each_other_are_both_kept(make_workbook):
    people = "Name|Weekly hours|From|To\nAna Roy|20||2026-10-15\nAna Roy|40|2026-10-16|\nAna Roy|30|2026-11-01|"
    register = ingest(
        (make_workbook(Register=HEAD + "1|Replace pumps|Ana Roy", People=people),), IngestSettings(), PERIOD
    )
    assert register.people["weekly_hours"].tolist() == [20, 40]
    assert [one.cell for one in register.findings if one.code == "R55"] == ["A4"]


def test_a_pivot_table_is_no_second_register(make_workbook):
    pivot = "Task|Sum of Effort\nReplace pumps|12\nRead meters|30"
    register = ingest((make_workbook(Register=HEAD + "1|Replace pumps|Ana", Pivot=pivot),), IngestSettings(), PERIOD)
    assert set(register.items["sheet"]) == {"Register"}
    assert ["pivot table" in one.message for one in register.findings if one.code == "R02"] == [True]
