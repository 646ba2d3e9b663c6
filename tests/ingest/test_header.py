"""The table is found wherever it stands, and its headings whatever they are called."""

from __future__ import annotations

import pytest

from pipeline.fields import FIELDS
from pipeline.ingest.headings import Headings, assign, normalise

KNOWN = Headings(FIELDS)


def sheet_of(register):
    return register.files[0].sheets[0]


def test_title_rows_above_the_headings(register):
    """
    North Water
    Work register, data as at 31 October 2026
    |
    ID|Title|Owner|Start|Finish
    W-1|Replace pumps|Ana Roy|2026-01-05|2026-11-30
    W-2|Read meters|Bo Lee|2026-01-05|
    """
    assert sheet_of(register).header_row == 4
    assert list(register.items["row"]) == [5, 6]
    assert sheet_of(register).mapping == {
        "ID": "id",
        "Title": "title",
        "Owner": "owner",
        "Start": "start",
        "Finish": "finish",
    }


def test_table_that_begins_in_another_column(register):
    """
    |
    ||Nr.|Bezeichnung|Verantwortlich|Beginn|Ende
    ||1|Pumpen erneuern|Ana Roy|2026-01-05|2026-11-30
    ||2|Zähler ablesen|Bo Lee|2026-01-05|
    """
    sheet = sheet_of(register)
    assert sheet.header_row == 2
    assert sheet.columns["title"] == "D"
    assert list(register.items["title"]) == ["Pumpen erneuern", "Zähler ablesen"]


def test_headings_nobody_has_taught_us(register):
    """
    |Vader|Moeder|Zoon
    Tafel dekken|I|RA|C
    Eten maken|C|I|RA
    """
    assert sheet_of(register).header_row == 1
    assert list(register.items["title"]) == ["Tafel dekken", "Eten maken"]
    accountable = register.roles[register.roles["role"] == "accountable"]
    assert list(accountable["person"]) == ["Moeder", "Zoon"]


def test_letters_of_roles_in_other_columns_of_each_row_are_no_headings(register):
    """
    Task|Somebody|Somebody|Somebody|Somebody|Somebody|Somebody
    Enter task or activity|R|A|C|I||
    Enter task or activity||R|A|C||I
    Enter task or activity|A||||R|C
    Enter task or activity||||A|I|
    """
    assert sheet_of(register).header_row == 1


def test_no_headings_is_refused_with_advice(register):
    """
    Review of the plan|open|1
    Review of the plan|open|2
    Review of the plan|open|1
    """
    file = register.files[0]
    assert file.status == "refused"
    assert "no row of headings over work items" in file.reason
    assert "one row of headings such as ID, Title" in file.reason


def test_merged_headings_over_two_rows(make_workbook):
    from openpyxl import load_workbook

    from pipeline.ingest import ingest
    from pipeline.settings import IngestSettings
    from tests.conftest import PERIOD

    path = make_workbook(
        Plan="""
        No|Title|Baseline||Owner
        ||Start|Finish|
        1|Replace pumps|2026-01-05|2026-11-30|Ana Roy
        2|Read meters|2026-01-05|2026-12-31|Bo Lee
        """
    )
    book = load_workbook(path)
    for block in ("A1:A2", "B1:B2", "C1:D1", "E1:E2"):
        book["Plan"].merge_cells(block)
    book.save(path)
    sheet = sheet_of(ingest((path,), IngestSettings(), PERIOD))
    assert sheet.header_row == 2
    assert sheet.mapping["Baseline Start"] == "baseline_start"
    assert sheet.mapping["Baseline Finish"] == "baseline_finish"


def test_close_heading_is_taken_and_told(register):
    """
    ID|Titel of work|Responsibel|Due date
    1|Replace pumps|Ana Roy|2026-11-30
    """
    assert sheet_of(register).mapping["Responsibel"] == "responsible"
    told = {one.cell: one.message for one in register.findings if one.code == "R10"}
    assert "'Responsibel' is taken for Responsible (it resembles 'responsible')" in told["C1"]


def test_two_columns_for_one_field_are_told(register):
    """
    ID|Title|Owner|Lead|Due date
    1|Replace pumps|Ana Roy|Bo Lee|2026-11-30
    """
    assert sheet_of(register).mapping["Owner"] == "owner"
    assert "Lead" not in sheet_of(register).mapping
    assert [one.cell for one in register.findings if one.code == "R11"] == ["D1"]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("START-DATE\n", "start"),
        ("Fällig am", "finish"),
        ("% complete", "progress"),
        ("Échéance", "finish"),
        ("Responsável", "responsible"),
        ("Start / Beginn", "start"),
        ("Baseline_Effort_hrs", "effort"),
        ("Effort (h)", "effort"),
        ("Current project owner", "owner"),
    ],
)
def test_spellings_of_headings(heading, field):
    assert KNOWN.matches(heading)[0].field == field


@pytest.mark.parametrize("heading", ["location", "Colour", "Countries", "Aa", ""])
def test_headings_that_mean_nothing_to_us(heading):
    assert KNOWN.matches(heading) == ()


def test_own_synonyms_come_first():
    own = Headings(FIELDS, {"title": ["Was"]})
    assert own.matches("Was")[0].field == "title"


def test_normalising_forgets_case_accents_and_marks():
    assert normalise("  Début-prévu:\n") == normalise("debut PREVU") == "debut prevu"


def test_every_field_is_claimed_once():
    chosen, contests = assign(["Name", "Title", "Project", "Owner", "Lead"], KNOWN)
    fields = [match.field for match in chosen.values()]
    assert len(fields) == len(set(fields))
    assert chosen[1].field == "title"
    assert {contest.loser for contest in contests} == {0, 2, 4}
