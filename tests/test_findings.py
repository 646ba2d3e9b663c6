"""How a finding is worded, counted and tied to its work item."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.findings import FINDINGS, KINDS, RECORDED, finding, record, standing_for
from pipeline.ingest.ranges import cell_ranges
from pipeline.model import Finding


@pytest.mark.parametrize("kind", FINDINGS, ids=lambda kind: kind.code)
def test_what_is_the_matter_and_what_was_assumed_make_up_the_message(kind):
    said = f"{kind.problem} {kind.assumed}".strip()
    letters = [letter for letter in said.casefold() if letter.isalnum()]
    assert letters == [letter for letter in kind.message.casefold() if letter.isalnum()]
    assert "|" not in kind.message


def test_the_parts_of_a_message_are_told_apart():
    one = finding("R31", cell="E2", read="30 Nov 2026", value="30 Nov 2026", field="Finish")
    assert one.message == "'30 Nov 2026' is text; it is read as 30 Nov 2026. Enter it as a date."
    assert (one.problem, one.assumed, one.remedy) == (
        "'30 Nov 2026' is text.", "It is read as 30 Nov 2026.", "Enter it as a date.",
    )  # fmt: skip


def test_a_bar_in_a_cell_parts_nothing():
    one = finding("R30", read="a|b", field="Finish")
    assert (one.problem, one.assumed) == ("'a|b' is not a date.", "Finish is left empty.")


def test_one_finding_stands_for_many_cells():
    one = standing_for(finding("R30", cell="F2", read="TBC", field="Finish"), "F2:F9 F12", 9)
    assert one.message.startswith("9 like this (F2:F9 F12), such as: 'TBC' is not a date. Finish is left empty.")
    assert (one.ranges, one.count) == ("F2:F9 F12", 9)
    assert standing_for(one, "F2", 1) is one


def test_everything_of_a_finding_is_written_down():
    assert set(RECORDED) == set(Finding.__dataclass_fields__)
    assert Finding(**record(finding("R12", file="q4.xlsx"))) == finding("R12", file="q4.xlsx")


def test_findings_name_the_item_of_their_row_and_the_heading_of_their_column(register):
    """
    ID|Title|Owner|Finish
    W-1|Replace pumps|Ana|TBC
    W-2|Read meters|Bo|2026-11-30
    """
    (told,) = [one for one in register.findings if one.read == "TBC"]
    assert (told.id, told.title, told.field, told.heading) == ("W-1", "Replace pumps", "finish", "Finish")


def test_kinds_about_people_are_declared_so():
    assert {"R51", "R52", "R55", "S04"} <= {code for code, kind in KINDS.items() if kind.person}


@given(st.sets(st.integers(1, 400)))
def test_ranges_hold_every_cell_and_no_other(rows):
    found = set()
    for part in cell_ranges("F", sorted(rows)).split():
        first, _, last = part.partition(":")
        found |= set(range(int(first[1:]), int((last or first)[1:]) + 1))
    assert found == rows
