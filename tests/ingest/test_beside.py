"""What stands around the items: notes at the foot, numbers of pages, and lists beside a table with blank rows."""

from __future__ import annotations

import pytest

from tests.ingest.in_memory import read, told

ABOVE = """\
ID|Title|Owner|Finish|Notes
W-1|Repair roof|Ana|2026-03-31|
W-2|Clean gutters|Bo|2026-04-30|
"""


@pytest.mark.parametrize(
    "foot", ["|\nLegend: A is late", "Updated by the PMO", "||Source: works\n|||as of October", "|\n||||* draft"]
)
def test_notes_at_the_foot_are_no_items_and_told(foot):
    made, register = read(ABOVE + foot)
    assert list(register.items["row"]) == [2, 3]
    assert made.tables[0].reading().rows_in == 2
    assert len(told(register, "R04")) == 1


@pytest.mark.parametrize("foot", ["|Paint hall", "W-3", "||Cy\nW-4|Fix lift|Cy"])
def test_what_may_be_an_item_is_no_note(foot):
    made, register = read(ABOVE + foot)
    assert made.tables[0].reading().rows_in == 3 + foot.count("\n")
    assert told(register, "R04") == []


def test_who_signs_below_the_items_is_no_item():
    _, register = read(f"{ABOVE}|\nApproved by:|_______||Date:\n|\nSignature:|Ana Roy")
    assert list(register.items["row"]) == [2, 3]
    assert [one.ranges for one in register.findings if one.code == "R04"] == ["A5 A7"]
    _, register = read(f"{ABOVE}W-3|Sign the lease:|Cy\n|\nW-4|Read: meters|")
    assert list(register.items["row"]) == [2, 3, 4, 6]


@pytest.mark.parametrize(
    "foot",
    ["O-1|Service desk|-|-|-", "|Service desk|-|-|-", "|Service desk|---|---|---", "|Payroll:", "|Payroll:|Cy||---",
     "O-1|Payroll:|--------|Date:|"],
)  # fmt: skip
def test_signs_for_nothing_and_colons_make_no_form_of_an_item(foot):
    _, register = read(f"{ABOVE}|\n{foot}\n{foot.replace('1', '2')}")
    assert list(register.items["row"]) == [2, 3, 5, 6]
    assert told(register, "R04") == []


@pytest.mark.parametrize("number", ["Page 1 of 3", "- Seite 2 -", "página 1/4", "Pagina 3 di 3"])
def test_the_number_of_a_page_is_no_item_wherever_it_stands(number):
    _, register = read(f"{ABOVE}|{number}\nW-3|Fix lift|Cy\n||||{number}\nW-4|Paint hall|Cy")
    assert list(register.items["id"]) == ["W-1", "W-2", "W-3", "W-4"]
    assert told(register, "R23") == []


def test_a_list_beside_a_table_with_blank_rows_between_items_is_no_part_of_it():
    _, register = read("""
        Title|Owner|Finish||Sign|Meaning
        Roof|Ana|2026-03-31||aa|Late
        ||||bb|On plan
        Gutters|Bo|2026-04-30||cc|Done
        |
        Lift|Cy|2026-05-31
        |
        Hall|Cy|2026-06-30
        |
        Yard|Cy|2026-07-31
    """)
    assert list(register.items["title"]) == ["Roof", "Gutters", "Lift", "Hall", "Yard"]
    assert told(register, "R20") == []
    assert told(register, "R64") == ["E1"]
