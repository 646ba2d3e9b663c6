"""Work items are told from blank rows, totals, sections and repeated headings; nothing is dropped in silence."""

from __future__ import annotations

import datetime as dt

import pytest


def sheet_of(register):
    return register.files[0].sheets[0]


def codes(register):
    return [one.code for one in register.findings]


def test_totals_and_blank_rows_are_no_items(register):
    """
    ID|Title|Owner|Budget
    1|Replace pumps|Ana Roy|100
    |
    2|Read meters|Bo Lee|50
    |Total||150
    Grand total||| 150
    """
    assert sheet_of(register).rows_in == sheet_of(register).rows_used == 2
    (told,) = [one for one in register.findings if one.code == "R04"]
    assert "2 rows are left out as totals: rows 5, 6" in told.message


def test_a_work_item_may_begin_with_the_word_total(register):
    """
    ID|Title|Owner|Status|Budget
    1|Total quality programme|Ana Roy|In progress|100
    2|Read meters|Bo Lee|Open|50
    """
    assert list(register.items["title"]) == ["Total quality programme", "Read meters"]


def test_words_after_the_word_for_total_make_a_title(register):
    """
    Title|Owner|Budget
    Total Quality rollout||500
    Soma project||7
    Total cost review||20
    Total-quality days off||30
    Replace pumps|Ana Roy|100
    """
    assert len(register.items) == 5
    (told,) = [one for one in register.findings if one.code == "R28"]
    assert (told.cell, told.ranges) == ("A2", "A2:A5")


def test_a_total_may_say_what_it_sums(register):
    """
    Title|Department|Owner|Budget
    Replace pumps|IT|Ana Roy|100
    Read meters|Field works|Bo Lee|50
    Total IT|||100
    Total Field Works 2026|||50
    Subtotal Works:|||150
    Gesamtsumme 2026|||150
    Total for the north|||150
    Total (EUR)|||150
    Total project costs|||150
    Total spending unit 07|||90
    Total spending unit 08|||60
    """
    assert list(register.items["title"]) == ["Replace pumps", "Read meters"]
    assert "R28" not in codes(register)


def test_lone_titles_without_a_number_among_numbered_items_are_no_items_however_many(register):
    """
    ID|Title|Owner|Status
    |Running|
    E1|Backups|Ana|open
    E2|Monitoring|Bo|open
    |Change|
    P1|Move the mail|Ana|open
    """
    assert list(register.items["id"]) == ["E1", "E2", "P1"]
    assert [one.cell for one in register.findings if one.code == "R23"] == ["B2", "B5"]


def test_a_sum_may_stand_left_of_the_word_and_say_its_unit(register):
    """
    ID|Hours|Title|Budget|Status
    1|40|Replace pumps|100|open
    2|8|Total|50|
    |48|Sum||
    |48|Total|EUR 150|
    |30|Total quality|70|
    |see plan|Total||
    """
    assert list(register.items["row"]) == [2, 3, 6, 7]
    (told,) = [one for one in register.findings if one.code == "R04"]
    assert "rows 4, 5" in told.message
    (doubt,) = [one for one in register.findings if one.code == "R28"]
    assert doubt.cell == "B6"


def test_dates_and_people_make_a_row_no_total(register):
    """
    Title|Owner|Start|Finish|Effort
    Total rewards redesign|Ana Roy|2026-01-05|2026-11-30|40
    Total quality|Bo Lee|||50
    Total||||90
    """
    assert list(register.items["title"]) == ["Total rewards redesign", "Total quality"]


def test_repeated_headings_are_no_items(register):
    """
    ID|Title|Owner
    1|Replace pumps|Ana Roy
    ID|Title|Owner
    2|Read meters|Bo Lee
    """
    assert sheet_of(register).rows_in == 2


def test_a_lone_title_between_full_rows_is_refused_aloud(register):
    """
    ID|Title|Owner|Status
    |Northern works||
    1|Replace pumps|Ana Roy|Open
    2|Read meters|Bo Lee|Open
    3|Paint tanks|Bo Lee|Open
    4|Clean filters|Bo Lee|Open
    """
    sheet = sheet_of(register)
    assert (sheet.rows_in, sheet.rows_used, sheet.rows_refused) == (5, 4, 1)
    (told,) = [one for one in register.findings if one.code == "R23"]
    assert told.cell == "B2"
    assert "'Northern works'" in told.message


def test_numbered_but_empty_rows_are_refused_aloud(register):
    """
    ID|Title|Owner
    1|Replace pumps|Ana Roy
    2||
    3||
    """
    sheet = sheet_of(register)
    assert (sheet.rows_in, sheet.rows_used, sheet.rows_refused) == (3, 1, 2)
    assert codes(register).count("R20") == 2


def test_rows_without_a_title_are_named_by_the_description(register):
    """
    ID|Title|Description|Owner
    1|Replace pumps|All three|Ana Roy
    2||Read the meters of the north|Bo Lee
    """
    assert list(register.items["title"]) == ["Replace pumps", "Read the meters of the north"]
    assert "R24" in codes(register)


def test_merged_cells_are_filled_down_and_told(make_workbook):
    from openpyxl import load_workbook

    from pipeline.ingest import ingest
    from pipeline.settings import IngestSettings
    from tests.conftest import PERIOD

    path = make_workbook(
        Plan="""
        Department|Title|Owner
        Networks|Replace pumps|Ana Roy
        |Read meters|Bo Lee
        Labs|Buy a centrifuge|Cy Orr
        """
    )
    book = load_workbook(path)
    book["Plan"].merge_cells("A2:A3")
    book.save(path)
    register = ingest((path,), IngestSettings(), PERIOD)
    assert list(register.items["department"]) == ["Networks", "Networks", "Labs"]
    (told,) = [one for one in register.findings if one.code == "R06"]
    assert told.cell == "A3:A3"


@pytest.mark.parametrize(
    ("block", "departments", "filled"),
    [("C2:D4", ["Networks"] * 3 + ["Labs"], "C3:C4"), ("C5:D6", ["Networks", "", "", "Labs"], "")],
)
def test_a_wide_merged_block_fills_its_first_column_down(make_workbook, block, departments, filled):
    from openpyxl import load_workbook

    from pipeline.ingest import ingest
    from pipeline.settings import IngestSettings
    from tests.conftest import PERIOD

    path = make_workbook(
        Plan="""
        ID|Title|Department|Team|Owner
        1|Replace pumps|Networks||Ana Roy
        2|Read meters|||Bo Lee
        3|Paint tanks|||Bo Lee
        4|Buy a centrifuge|Labs||Cy Orr
        """
    )
    book = load_workbook(path)
    book["Plan"].merge_cells(block)
    book.save(path)
    register = ingest((path,), IngestSettings(), PERIOD)
    assert list(register.items["department"]) == departments
    assert [one.ranges for one in register.findings if one.code == "R06"] == ([filled] if filled else [])


def test_hidden_rows_are_read_and_counted(make_workbook):
    from openpyxl import load_workbook

    from pipeline.ingest import ingest
    from pipeline.settings import IngestSettings
    from tests.conftest import PERIOD

    path = make_workbook(Plan="ID|Title|Owner\n1|Replace pumps|Ana Roy\n2|Read meters|Bo Lee")
    book = load_workbook(path)
    book["Plan"].row_dimensions[3].hidden = True
    book.save(path)
    register = ingest((path,), IngestSettings(), PERIOD)
    assert len(register.items) == 2
    assert "R05" in codes(register)


def test_error_cells_are_told_and_not_read_as_blank(make_workbook):
    from openpyxl import load_workbook

    from pipeline.ingest import ingest
    from pipeline.settings import IngestSettings
    from tests.conftest import PERIOD

    path = make_workbook(
        Plan="ID|Title|Owner|Finish\n1|Replace pumps|Ana Roy|2026-11-30\n2|Read meters|Bo Lee|2026-12-31"
    )
    book = load_workbook(path)
    cell = book["Plan"]["D3"]
    cell.value, cell.data_type = "#REF!", "e"
    book.save(path)
    register = ingest((path,), IngestSettings(), PERIOD)
    (told,) = [one for one in register.findings if one.code == "R44"]
    assert (told.cell, told.read) == ("D3", "#REF!")
    assert register.items["finish"][0] == dt.datetime(2026, 11, 30)


def test_a_failed_formula_names_no_item(make_workbook):
    from openpyxl import load_workbook

    from pipeline.ingest import ingest
    from pipeline.settings import IngestSettings
    from tests.conftest import PERIOD

    path = make_workbook(
        Register="ID|Title|Description|Owner\n1|x|Read the meters|Ana\n2|x||Bo\n3|Pumps|All three|TRUE\n4|Tanks||4711"
    )
    book = load_workbook(path)
    for cell in ("B2", "B3"):
        book["Register"][cell].value, book["Register"][cell].data_type = "#N/A", "e"
    book.save(path)
    register = ingest((path,), IngestSettings(), PERIOD)
    assert register.items["title"].tolist() == ["Read the meters", "Pumps", "Tanks"]
    assert sorted(set(register.roles["person"])) == ["4711", "Ana"]
    told = {(one.code, one.cell) for one in register.findings}
    assert {("R44", "B2"), ("R20", "B3"), ("R59", "D4")} <= told


def test_rows_that_differ_in_an_unread_column_are_two(register):
    """
    Title|Owner|Notes|Serial
    Replace pumps|Ana|north|a-1
    Replace pumps|Ana|north|a-2
    Replace pumps|Ana|north|a-2
    """
    assert [one.cell for one in register.findings if one.code == "R22"] == ["A4"]


def test_cells_right_of_the_last_heading_are_told(register):
    """
    ID|Title|Owner|Status
    1|Replace pumps|Ana|Open||waits for parts
    2|Read meters|Bo|Open||ask Cy
    3|Paint tanks|Bo|Open
    4|Clean filters|Bo|Open||done in May
    """
    assert sheet_of(register).unread == {"column F": "F"}
    assert len(register.items) == 4


def test_a_total_is_told_in_five_languages(register):
    """
    Title|Owner|Budget
    Build the portal|Ana Roy|'$100,000 - $120,000
    Read meters|Ana Roy|'$40,000 - $50,000
    Total Initial Budget Estimate||'$150,000 - $170,000
    Gesamtkosten||'$150,000 - $170,000
    Coste total||'$150,000 - $170,000
    Montant total :||'$150,000 - $170,000
    Custo total||'$150,000 - $170,000
    """
    assert list(register.items["title"]) == ["Build the portal", "Read meters"]


def test_a_row_whose_figures_sum_up_those_above_is_a_total(register):
    """
    Title|Owner|Budget|Hours
    Build the portal|Ana Roy|100|10
    Read meters|Ana Roy|50|5
    Total quality everywhere||150|15
    Mend the roof|Bo Lee|30|1
    Paint the hall|Bo Lee|40|2
    Clean the hall|Bo Lee||2
    Hall and roof total||70|5
    Move the desks|Bo Lee|40|2
    Total quality rollout||80|4
    """
    titles = ["Build the portal", "Read meters", "Total quality everywhere", "Mend the roof", "Paint the hall"]
    titles += ["Clean the hall", "Move the desks", "Total quality rollout"]
    assert list(register.items["title"]) == titles
    assert [one.ranges for one in register.findings if one.code == "R28"] == ["A4 A10"]
