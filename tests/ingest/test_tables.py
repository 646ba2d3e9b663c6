"""Tables are found, told apart and read wherever they stand on a sheet; what is no table of work is said to be none."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.table import Table

from pipeline.ingest import ingest
from pipeline.settings import IngestSettings
from tests.conftest import PERIOD


def read(path):
    return ingest((path,), IngestSettings(), PERIOD)


def told(register, code):
    return [one for one in register.findings if one.code == code]


def rows(register, sheet="Register"):
    return sorted(register.items.loc[register.items["sheet"] == sheet, "row"])


def merged(path, sheet, *blocks):
    book = load_workbook(path)
    for block in blocks:
        book[sheet].merge_cells(block)
    book.save(path)
    return path


def with_tables(path, sheet, *tables):
    """The workbook with Excel Tables: name, range, whether the last row is its totals."""
    book = load_workbook(path)
    for name, reference, totals in tables:
        table = Table(displayName=name, ref=reference)
        table.totalsRowCount = int(totals)
        book[sheet].add_table(table)
    book.save(path)
    return path


def test_a_table_of_other_work_below_is_read_as_well(register):
    """
    PROJECTS 2026
    |
    ID|Project|Manager|Start|Finish|Budget
    P1|Replace pumps|Ana Roy|2026-01-05|2026-11-30|120000
    P2|New billing system|Bo Lee|2026-03-01|2027-02-28|340000
    |
    RECURRING DUTIES
    |
    No|Duty|Responsible|Frequency|Hours
    D1|Read meters|Bo Lee|monthly|40
    D2|Flush hydrants|Ana Roy|quarterly|16
    D3|Test water|Lab|weekly|6
    """
    (sheet,) = register.files[0].sheets
    assert (sheet.header_row, sheet.rows_in, sheet.rows_used, sheet.rows_refused) == (3, 5, 5, 0)
    assert rows(register) == [4, 5, 10, 11, 12]
    assert list(register.items["cadence"])[2:] == ["monthly", "quarterly", "weekly"]
    (further,) = told(register, "R07")
    assert further.cell == "A9"
    assert "headed 'No': it is read as well, 3 rows" in further.message


def test_cells_of_a_further_table_are_named_by_its_own_columns(register):
    """
    ID|Project|Manager|Start|Finish
    P1|Replace pumps|Ana Roy|2026-01-05|2026-11-30
    |
    No|Responsible|Frequency|Activity|Hours
    D1|Bo Lee|monthly|Read meters|40
    """
    assert [register.cell_of(item, "title") for item in register.items.index] == ["B2", "D5"]
    assert [register.cell_of(item, "finish") for item in register.items.index] == ["E2", ""]


def test_a_table_right_below_another_needs_no_blank_row(register):
    """
    Projets
    Code|Intitulé|Chef de projet|Début|Fin|Budget
    P1|Extension école|Roux|2026-01-01|2027-08-31|900000
    P2|Voirie nord|Blanc|2026-04-01|2026-10-31|200000
    Total|||||1100000
    Activités récurrentes
    N°|Activité|Responsable|Fréquence|Heures
    A1|Entretien espaces verts|Noir|hebdomadaire|20
    A2|Contrôle aires de jeux|Vert|mensuelle|4
    """
    assert rows(register) == [3, 4, 8, 9]


def test_the_same_headings_again_are_one_table_continued(register):
    """
    Work programme, page 1
    Nr|Task|Who|Deadline
    1|Order signs|Ana|2026-10-10
    2|Fix fence|Bo|2026-10-20
    |
    Work programme, page 2
    Nr|Task|Who|Deadline
    3|Paint hall|Cy|2026-11-10
    """
    assert register.files[0].sheets[0].header_row == 2
    assert rows(register) == [3, 4, 8]
    assert told(register, "R07") == []


def test_a_legend_below_is_passed_over_and_told(register):
    """
    Proj #|Project|PM|RAG|Start|Go-live
    P1|CRM replacement|J. Wu|G|2026-02-01|2027-01-31
    P2|Data centre exit|K. Ali|A|2025-06-01|2026-12-31
    |
    RAG|Meaning
    R|Off track
    A|At risk
    G|On track
    """
    assert rows(register) == [2, 3]
    (further,) = told(register, "R07")
    assert (further.cell, "it is passed over" in further.message) == ("A5", True)


def test_a_budget_recap_below_is_no_work(register):
    """
    Nr.|Maßnahme|Verantwortlich|Beginn|Ende|Kosten
    1|Gesamtkonzept Wärme|Fr. Lang|2026-01-01|2026-10-31|50000
    2|Netzausbau West|Hr. Beck|2026-03-01|2027-05-31|750000
    Summe|||||800000
    |
    Kostenübersicht
    Jahr|Betrag|Anteil
    2026|600000|71%
    2027|200000|29%
    """
    assert rows(register) == [2, 3]


def test_two_registers_side_by_side_are_both_read(register):
    """
    Team North|||||Team South||
    Task|Owner|Due|||Task|Owner|Due
    Repair lamp|Ana|2026-10-05|||Mow lawn|Di|2026-10-06
    Check doors|Bo|2026-10-07|||Fill skip|Ed|2026-10-08
    Order salt|Cy|2026-10-09|||Sweep yard|Flo|2026-10-10
    |||||Wash van|Gus|2026-10-11
    """
    titles = register.items.groupby("table")["title"].agg(list)
    assert titles[0] == ["Repair lamp", "Check doors", "Order salt"]
    assert titles[1] == ["Mow lawn", "Fill skip", "Sweep yard", "Wash van"]
    assert register.cell_of(register.items.index[-1], "owner") == "G6"


def test_a_list_of_people_beside_the_table_is_no_part_of_it(register):
    """
    N.|Intervento|Responsabile|Inizio|Fine||Cognome e nome|Telefono|Ufficio
    1|Asfaltatura via Roma|Geom. Bassi|2026-04-01|2026-06-30||Bassi Luca|0123 456|Tecnico
    2|Verde pubblico|Verdi||||Verdi Anna|0123 457|Verde
    3|Nuova scuola materna|Ing. Conti|2026-01-15|2027-08-31||Conti Sara|0123 458|Tecnico
    4|Sgombero neve|Protezione civile||||||
    5|Pulizia caditoie|Verdi||||||
    """
    assert rows(register) == [2, 3, 4, 5, 6]
    assert "department" not in register.files[0].sheets[0].columns


def test_blank_columns_between_the_columns_part_nothing(register):
    """
    Topic||Action item||Responsible party||Target date||Status
    Falls||Revise risk assessment||Nursing||2026-11-01||Open
    Infection||Hand hygiene audit||IPC nurse||ongoing||Open
    Records||Purge old charts||HIM||2026-12-31||Not started
    """
    assert set(register.files[0].sheets[0].columns) >= {"responsible", "finish", "status"}
    assert told(register, "R07") == []


def test_excel_tables_say_where_the_registers_are(make_workbook):
    path = make_workbook(
        Register="""
        Avisos|Periodo|Ação
        Aviso|mensal|Envia um e-mail
        Retorno|semanal|Recebe e responde
        |
        Modelo|Tipo
        mod 1|Aviso
        mod 2|Retorno
        """
    )
    register = read(with_tables(path, "Register", ("Avisos", "A1:C3", False), ("Modelos", "A5:B7", False)))
    assert rows(register) == [2, 3]
    assert [one.cell for one in told(register, "R07")] == ["A5"]


def test_rows_typed_below_an_excel_table_are_read_and_its_totals_row_is_none(make_workbook):
    path = make_workbook(
        Register="""
        Facilities
        |
        Ref|Job|Assigned|Due date|Cost
        1|Paint corridor|Ana|2026-10-15|400
        2|Fix lift|Bo|2026-10-20|2500
        Sum of all||||2900
        3|Clean gutters|Di|2026-11-10|150
        """
    )
    register = read(with_tables(path, "Register", ("Jobs", "A3:E6", True)))
    assert rows(register) == [4, 5, 7]
    (outside,) = told(register, "R27")
    assert outside.cell == "A7"
    assert "1 row below the end of the table 'Jobs'" in outside.message


def test_columns_beside_a_narrow_excel_table_belong_to_it(make_workbook):
    path = make_workbook(Register="ID|Title|Owner|Finish\n1|Pumps|Ana|2026-10-15\n2|Meters|Bo|2026-10-16")
    register = read(with_tables(path, "Register", ("Part", "C1:D3", False)))
    assert list(register.items["title"]) == ["Pumps", "Meters"]


def test_headings_on_three_rows(make_workbook):
    path = make_workbook(
        Register="""
        Nr|Work package|People||Schedule||||Cost
        ||||Planned||Actual||
        ||Lead|Deputy|Start|Finish|Start|Finish|
        1|Survey|Ana|Bo|2026-01-05|2026-01-30|2026-01-06|2026-02-02|5000
        2|Design|Bo|Cy|2026-02-02|2026-03-31|2026-02-09||12000
        """
    )
    blocks = ("A1:A3", "B1:B3", "C1:D2", "E1:H1", "E2:F2", "G2:H2", "I1:I3")
    register = read(merged(path, "Register", *blocks))
    (sheet,) = register.files[0].sheets
    assert (sheet.header_row, sheet.rows_in) == (3, 2)
    assert sheet.columns["actual_start"] == "G"


def test_a_group_that_headings_are_read_without_is_told(make_workbook):
    path = make_workbook(Register="|Register\nTitle|Planning data||\n|Ref|How often|Person hours\nPumps|7|weekly|40")
    register = read(merged(path, "Register", "A2:A3", "B2:D2"))
    assert list(register.items["effort"]) == [40]
    (told_of,) = told(register, "R63")
    assert told_of.cell == "B2"
    assert "'Ref', 'How often', 'Person hours' below 'Planning data' are read without it" in told_of.message


def test_headings_completed_by_the_row_below_without_merged_cells(register):
    """
    N.|Attività|Responsabile|Data|Data|Stato
    |||inizio|fine|
    1|Manutenzione caldaie|Rossi|2026-10-01|2027-04-15|In corso
    2|Nuovo gestionale|Bianchi|2026-03-01|2026-12-31|In corso
    """
    (sheet,) = register.files[0].sheets
    assert (sheet.header_row, sheet.rows_in) == (2, 2)
    assert (sheet.columns["start"], sheet.columns["finish"]) == ("D", "E")


def test_titles_merged_across_are_sections_however_many(make_workbook):
    path = make_workbook(
        Register="""
        Task|Who|By when|Done
        Before: the landlord must get notice
        Give notice|Ana|2026-04-01|yes
        Hire movers|Bo|2026-08-01|no
        After: report damage within a week
        Return keys|Ana|2026-10-31|no
        """
    )
    assert rows(read(merged(path, "Register", "A2:D2", "A5:D5"))) == [3, 4, 6]


def test_totals_in_any_language(register):
    """
    Title|Owner|Budget
    Replace pumps|Ana|100
    Read meters|Bo|50
    Total||150
    Zwischensumme||150
    Sous-total||150
    Suma||150
    Subtotal||150
    Totale||150
    Totaal||150
    合計||150
    Итого||150
    Summer school|Ana|150
    """
    assert rows(register) == [2, 3, 13]


def test_a_table_on_its_side_is_refused_with_advice(register):
    """
    Title|CRM replacement|Data centre exit|Payroll upgrade
    Owner|J. Wu|K. Ali|M. Fox
    Start|2026-02-01|2025-06-01|2026-05-01
    Finish|2027-01-31|2026-12-31|2026-11-30
    Status|Green|Amber|Red
    """
    assert register.files[0].status == "refused"
    assert "Paste Special > Transpose" in register.files[0].reason
    assert {"R01", "R09"} <= {one.code for one in register.findings}


def test_a_sheet_on_its_side_beside_a_register_is_told(make_workbook):
    turned = "Title|Pumps|Meters\nOwner|Ana|Bo\nStart|2026-02-01|2026-03-01\nFinish|2026-05-01|2026-06-01"
    register = read(make_workbook(Register="ID|Title|Owner|Finish\n1|Roof|Cy|2026-10-15", Turned=turned))
    (one,) = told(register, "R09")
    assert (one.sheet, one.level) == ("Turned", "warning")
    assert [one.sheet for one in told(register, "R02")] == []


def test_all_that_was_found_in_a_refused_file_is_told(make_workbook):
    turned = "Title|Pumps|Meters\nOwner|Ana|Bo\nStart|2026-02-01|2026-03-01\nFinish|2026-05-01|2026-06-01"
    path = make_workbook(Turned=turned, **dict.fromkeys("ABCD", "Hello"))
    book = load_workbook(path)
    book["A"].cell(1, 2100, "far out")
    book.save(path)
    register = read(path)
    assert register.files[0].status == "refused"
    assert [(one.code, one.sheet) for one in register.findings] == [
        ("R01", ""), ("R09", "Turned"), ("R61", "A"), ("R02", "C"), ("R02", "D"),
    ]  # fmt: skip


FORM = """
Project request
|
Project name:|New archive
Requested by:|Ana Roy|Date:|2026-10-01
Description:|Build a new archive in the cellar
Budget:|12000|Sponsor:|Bo Lee
"""
CALENDAR = """
Oktober 2026
Mo|Di|Mi|Do|Fr|Sa|So
|||1|2|3|4
5|6|7|8|9|10|11
Jour fixe||Begehung
12|13|14|15|16|17|18
"""
ROTA = "Name|Mon|Tue|Wed|Thu|Fri|Sat\nAna|F|F|S|S|N|N\nBo|S|S|N|N|F|F"
CHOICES = "Status|Type|Department\nOpen|Project|Finance\nClosed|Operation|HR\nOn hold||Legal"
CONTACTS = "Name|Role|Phone|E-mail\nAna Roy|PM|123|ana@example.org\nBo Lee|Lead|124|bo@example.org"
DASHBOARD = "Department|Projects|Operations|Total\nFinance|3|9|12\nHR|1|4|5"


NO_WORK = {
    "Form": (FORM, "it is a form about one item"),
    "Calendar": (CALENDAR, "it is a calendar"),
    "Rota": (ROTA, "it is a rota"),
    "Choices": (CHOICES, "it lists what may be chosen"),
    "Contacts": (CONTACTS, "it lists people"),
    "Dashboard": (DASHBOARD, "does not look like one"),
}


def test_what_is_no_table_of_work_is_passed_over_and_told(make_workbook):
    others = {name: text for name, (text, _) in NO_WORK.items()}
    register = read(make_workbook(Register="ID|Title|Owner|Finish\n1|Roof|Cy|2026-10-15", **others))
    assert set(register.items["sheet"]) == {"Register"}
    messages = {one.sheet: one.message for one in told(register, "R02")}
    assert [name for name, (_, reason) in NO_WORK.items() if reason not in messages[name]] == []


def test_what_is_no_table_of_work_is_refused_alone(make_workbook, tmp_path):
    for name, text in {"form": FORM, "calendar": CALENDAR, "rota": ROTA, "choices": CHOICES}.items():
        make_workbook(f"{name}.xlsx", Sheet=text)
    assert {file.status for file in read(tmp_path).files} == {"refused"}


def test_what_is_hidden_is_read_and_said_once_a_sheet(make_workbook):
    path = make_workbook(
        Register="ID|Title|Owner|Status\n1|Pumps|Ana|Open\n2|Meters|Bo|Open\n3|Tanks|Cy|Open",
        Old="Ref|Work item|Lead|State\n7|Bins|Di|Open",
    )
    book = load_workbook(path)
    book["Register"].row_dimensions[2].hidden = book["Register"].row_dimensions[3].hidden = True
    book["Register"].column_dimensions["C"].hidden = True
    book["Old"].sheet_state = "hidden"
    book.save(path)
    register = read(path)
    assert len(register.items) == 4
    messages = {one.sheet: one.message for one in told(register, "R05")}
    assert "2 rows and 1 column are hidden" in messages["Register"]
    assert "The sheet is hidden" in messages["Old"]


def test_one_heading_over_a_list_of_titles_is_the_barest_register(register):
    """
    Projects
    Website relaunch
    Office move
    New phone system
    """
    assert list(register.items["title"]) == ["Website relaunch", "Office move", "New phone system"]


def test_headings_in_other_scripts_and_languages(make_workbook, tmp_path):
    headings = {
        "ja": "番号|業務名|担当者|開始日|終了日",
        "ru": "№ п/п|Наименование работ|Ответственный|Срок начала|Срок окончания",
        "he": "מס'|משימה|אחראי|תאריך התחלה|תאריך סיום",
        "ar": "م|النشاط|المسؤول|تاريخ البدء|تاريخ الانتهاء",
        "ko": "번호|업무명|담당자|시작일|종료일",
        "fi": "Tunnus|Tehtävä|Vastuuhenkilö|Alkaa|Päättyy",
    }
    for name, heads in headings.items():
        items = f"1|{name}: a long task name|Ana|2026-03-01|2026-04-07\n2|{name}: more|Bo|2026-04-01|2027-03-31"
        make_workbook(f"{name}.xlsx", Plan=f"Plan 2026\n|\n{heads}\n{items}")
    register = read(tmp_path)
    assert [(file.sheets[0].header_row, file.sheets[0].rows_used) for file in register.files] == [(3, 2)] * 6
    assert [title.split(":")[0] for title in register.items["title"][::2]] == sorted(headings)


def test_an_item_whose_cells_are_words_of_headings_heads_no_table(tmp_path: Path):
    rows = [
        "ID,Title,Department,Type,Owner,Sponsor,Start,Status,Phase,Notes",
        "U-1,Banner forms,Applications,Upgrade,Kim Slater,Registrar,2026-02-09,Yellow,Test,",
        "U-2,Commencement,Events,Project,Team,Provost,,Active,Closeout,Remarks",
        ",Event,Project,Team,Lead,Owner,,Closed,Closeout,Notes",
        "U-4,Gift entry,Advancement,Operation,Ann Roe,,,Ongoing,,",
    ]
    file = tmp_path / "register.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    register = ingest((file,), IngestSettings(), PERIOD)
    assert register.items["row"].tolist() == [2, 3, 4, 5]
    assert not [one for one in register.findings if one.code == "R07"]


def test_an_item_that_sounds_like_headings_parts_no_unbroken_table(make_workbook, tmp_path):
    make_workbook(
        "words.xlsx",
        Work="""
        Title|Owner|Status|Notes
        Repair roof|Ana Roy|Open|
        Budget|Sponsor|Status|Risk
        Clean gutters|Bo Lee|Closed|none
        Paint hall|Ana Roy|Open|
        """,
    )
    make_workbook(
        "codes.xlsx",
        Work="""
        ID|Title|Owner|Start|End|Status
        P7|Repair roof|Ana|2026-01-05|2026-03-31|Open
        P8|Clean gutters|Bo|2026-02-02|2026-04-30|Open
        P9|Project|Manager|Start|End|Status
        P10|Paint hall|Ana|2026-03-02|2026-05-29|Open
        P11|Fix lift|Bo|2026-04-06|2026-06-30|Closed
        """,
    )
    register = read(tmp_path)
    assert list(register.items["row"]) == [2, 3, 4, 5, 6, 2, 3, 4, 5]
    assert list(register.cells["id"])[:5] == ["P7", "P8", "P9", "P10", "P11"]
    assert told(register, "R07") == []


def test_a_table_of_other_codes_and_dates_right_below_begins_anew(register):
    """
    ID|Title|Owner|Finish
    P1|Replace pumps|Ana|2026-11-01
    P2|Mend roof|Bo|2026-12-01
    No|Activity|Responsible|Frequency
    D1|Read meters|Ana|monthly
    D2|Flush hydrants|Bo|weekly
    """
    assert list(register.items["cadence"]) == ["", "", "monthly", "weekly"]


def test_tables_of_different_headings_side_by_side_keep_their_own_items(register):
    """
    ID|Title|Owner|End||Task|Responsible|Due|Status
    1|Repair lamp|Ana|2026-10-05||Mow lawn|Di|2026-10-06|Open
    2|Check doors|Bo|2026-10-07||Fill skip|Ed|2026-10-08|Closed
    """
    by_title = register.items.set_index("title")
    assert sorted(by_title.index) == ["Check doors", "Fill skip", "Mow lawn", "Repair lamp"]
    assert by_title.at["Fill skip", "status"] == "Closed"
    assert by_title.at["Check doors", "status"] == ""
    assert sorted(set(register.roles["person"])) == ["Ana", "Bo", "Di", "Ed"]


def test_more_tables_than_a_few_are_all_read_and_columns_far_out_are_told(tmp_path):
    many = "\n\n".join(f"ID,Title,Owner,End\n{at},Job {at},Ana,2026-01-02" for at in range(30))
    weeks = "".join(f",Week {at}" for at in range(2100))
    wide = ["Title,Owner" + weeks, "Repair roof,Ana" + ",x" * 2100, "Clean gutters,Bo" + ",y" * 2100]
    (tmp_path / "many.csv").write_text(many, encoding="utf-8")
    (tmp_path / "wide.csv").write_text("\n".join(wide), encoding="utf-8")
    register = read(tmp_path)
    assert register.items.groupby("file").size().to_dict() == {"many.csv": 30, "wide.csv": 2}
    (beyond,) = told(register, "R61")
    assert (beyond.file, beyond.cell) == ("wide.csv", "BXY1")
