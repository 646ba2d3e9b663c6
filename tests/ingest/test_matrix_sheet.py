"""A sheet that only gives roles to another sheet's items adds none of its own."""

from __future__ import annotations

from pipeline.ingest import ingest
from pipeline.settings import IngestSettings
from tests.conftest import PERIOD

WORK = """
ID|Title|Owner|Start|Finish|Status
W-1|Replace pumps|Ana Roy|2026-01-05|2026-12-18|In progress
W-2|Read meters|||monthly|Live
W-3|Paint lifts||2026-02-01|2026-11-30|In progress
"""
ROLES = """
ID|Task|Ana Roy|Bo Lee|Cy Dunn
W-1|Replace pumps|I|R|A
w-2|Read the meters|A|R|C
W-9|Sell the yard|A|R|I
"""


def roles(register, item: str) -> dict[str, list[str]]:
    at = register.items.index[register.items["id"] == item][0]
    rows = register.roles[register.roles["item"] == at]
    return {str(role): list(part["person"]) for role, part in rows.groupby("role")}


def test_the_letters_are_roles_of_the_register_s_items(make_workbook):
    register = ingest((make_workbook(Register=WORK, RACI=ROLES),), IngestSettings(), PERIOD)
    assert register.items["id"].tolist() == ["W-1", "W-2", "W-3"]
    assert roles(register, "W-1") == {"accountable": ["Cy Dunn"], "responsible": ["Bo Lee"], "informed": ["Ana Roy"]}
    assert roles(register, "W-2") == {"accountable": ["Ana Roy"], "responsible": ["Bo Lee"], "consulted": ["Cy Dunn"]}
    told = {(one.code, one.sheet, one.cell, one.read) for one in register.findings if one.code in ("R21", "R71", "R72")}
    assert told == {("R72", "RACI", "", ""), ("R71", "RACI", "B4", "Sell the yard")}


def test_in_a_file_of_its_own_too_whichever_comes_first(make_workbook):
    paths = make_workbook("a-roles.xlsx", RACI=ROLES), make_workbook("b-work.xlsx", Register=WORK)
    register = ingest(paths, IngestSettings(), PERIOD)
    assert set(register.items["file"]) == {"b-work.xlsx"}
    assert roles(register, "W-2")["accountable"] == ["Ana Roy"]
    (first, _) = register.files
    assert "about their items" in first.reason


def test_alone_or_about_other_items_it_lists_work(make_workbook):
    other = ROLES.replace("W-", "Z-").replace("w-", "Z-").replace("Replace", "Sell").replace("Read the", "Count")
    assert len(ingest((make_workbook("one.xlsx", RACI=ROLES),), IngestSettings(), PERIOD).items) == 3
    assert len(ingest((make_workbook("two.xlsx", Register=WORK, RACI=other),), IngestSettings(), PERIOD).items) == 6
