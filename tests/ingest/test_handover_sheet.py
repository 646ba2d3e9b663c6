"""A sheet of handovers beside the register fills the register's items and lists no work of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pipeline.ingest import ingest
from pipeline.model import Register
from pipeline.settings import IngestSettings
from tests.conftest import PERIOD

REGISTER = """
ID|Title|Owner|Start|Finish|Handover to
P1|New depot|Ana|2026-01-05|2026-11-30|
P2|Old roof|Bo|2026-02-02|2026-12-10|Night team
"""
HANDOVER = """
Project ID|Accepting owner|Support team|SLA agreed|Runbook ready|Handover date
P1|Cy|Second line|Yes|No|2026-12-04
p2|Dee|||Yes|
P9|Eve|||Yes|
"""


def read(make: Callable[..., Path], **sheets: str) -> Register:
    return ingest((make(**sheets),), IngestSettings(), PERIOD)


def test_blank_cells_are_filled_and_written_ones_stay(make_workbook: Callable[..., Path]):
    found = read(make_workbook, Register=REGISTER, Handover=HANDOVER)
    items = found.items.set_index("id")
    assert items.index.tolist() == ["P1", "P2"]
    assert items["handover_to"].tolist() == ["Cy", "Night team"]
    assert items[["support_team", "level_agreed", "runbook_ready"]].to_numpy().tolist() == [
        ["Second line", "Yes", "No"],
        ["", "", "Yes"],
    ]
    assert [f"{day:%Y-%m-%d}" for day in items["handover_date"].dropna()] == ["2026-12-04"]


def test_the_sheet_and_its_rows_of_no_item_are_told(make_workbook: Callable[..., Path]):
    told = {one.code: one for one in read(make_workbook, Register=REGISTER, Handover=HANDOVER).findings}
    assert told["R70"].place == "register.xlsx, Handover"
    assert "2 rows fill blank cells of the register" in told["R70"].message
    assert told["R71"].place == "register.xlsx, Handover!A4"
    assert told["R71"].message.startswith("'P9' is no item of the register")


def test_items_are_found_by_title_where_the_sheet_has_no_ids(make_workbook: Callable[..., Path]):
    by_title = HANDOVER.replace("Project ID", "Project").replace("P1", "new depot").replace("p2", "Old roof")
    found = read(make_workbook, Register=REGISTER, Handover=by_title)
    assert found.items["support_team"].tolist() == ["Second line", ""]


def test_a_register_that_keeps_the_checks_itself_is_a_register(make_workbook: Callable[..., Path]):
    found = read(make_workbook, Projects=HANDOVER.replace("Project ID", "ID|Project").replace("P1|", "P1|Depot|"))
    assert len(found.items) > 0
    assert not {"R70", "R71"} & {one.code for one in found.findings}


def test_of_two_rows_about_one_item_the_second_is_told_and_not_used(make_workbook: Callable[..., Path]):
    found = read(make_workbook, Register=REGISTER, Handover=HANDOVER.replace("P9|", "p1|").replace("Second line", ""))
    assert found.items.set_index("id").loc["P1", ["support_team", "runbook_ready"]].tolist() == ["", "No"]
    (told,) = (one for one in found.findings if one.code == "R71")
    assert told.place == "register.xlsx, Handover!A4"


WORK = """
ID|Title|Owner|Department|Finish|Status|Support team|SLA agreed|Runbook ready
1|New depot|Ana|IT|2026-05-01|active|Ops|yes|yes
2|Old roof|Ana|IT|2026-06-01|closed|Ops|yes|no
"""


def test_work_of_its_own_that_keeps_the_checks_is_a_register_beside_another(make_workbook: Callable[..., Path]):
    own = WORK.replace("New depot", "Pump A").replace("Old roof", "Pump B")
    found = read(make_workbook, Register=REGISTER.replace("P1", "1").replace("P2", "2"), Transition=own)
    assert sorted(found.items["title"]) == ["New depot", "Old roof", "Pump A", "Pump B"]


def test_a_list_of_handovers_may_repeat_owner_and_finish_of_the_items(make_workbook: Callable[..., Path]):
    found = read(make_workbook, Register=REGISTER, Transition=WORK)
    assert found.items["title"].tolist() == ["New depot", "Old roof"]
    assert found.items["runbook_ready"].tolist() == ["yes", "no"]
