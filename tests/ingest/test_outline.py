"""Codes such as 1, 1.1, 1.2 say which row holds which, where they are an outline; else nothing is made of them."""

from __future__ import annotations

import pytest

from pipeline.ingest import ingest
from pipeline.settings import IngestSettings
from tests.conftest import PERIOD

HEAD = "ID|Title|Owner|Effort (h)\n"


def parents(register) -> dict[str, str]:
    return dict(zip(register.items["id"], register.items["parent"], strict=True))


def told(register, *codes: str) -> list[tuple[str, str, str]]:
    return [(one.code, one.cell, one.problem) for one in register.findings if one.code in codes]


@pytest.fixture
def read(make_workbook):
    return lambda **sheets: ingest((make_workbook(**sheets),), IngestSettings(), PERIOD)


def test_stems_are_parents(register):
    """
    WBS   | Task              | Owner | Effort (h)
    1     | Plan the pumps    | Ana   | 40
    1.1   | Measure the shaft | Ana   | 16
    1.2   | Draw the base     | Bo    | 24
    '1.2.1 | Draw the bolts   | Bo    | 24
    2     | Buy the pumps     | Bo    | 8
    """
    assert parents(register) == {"1": "", "1.1": "1", "1.2": "1", "1.2.1": "1.2", "2": ""}
    said = "3 rows are below others by the codes of 'WBS', such as 1.1 below '1'."
    assert told(register, "R74", "R75", "R76") == [("R74", "A2", said)]


def test_codes_with_letters_a_nought_or_an_other_mark(read):
    table = HEAD + "'{}|Plan|Ana|\n'{}|Measure|Ana|16\n'{}|Draw|Bo|24\n'{}|Fit|Bo|24"
    for codes in (("A", "A.1", "A.2", "A.2.1"), ("1.0", "1.1", "1.2", "1.2.1"), ("P-1", "P-1.1", "P-1.2", "P-1.2-01")):
        above, first, second, third = codes
        assert parents(read(Register=table.format(*codes))) == {above: "", first: above, second: above, third: second}


def test_a_column_of_codes_beside_the_ids(register):
    """
    ID | WBS | Title   | Owner | Effort (h)
    7  | 1   | Plan    | Ana   | 40
    8  | 1.1 | Measure | Ana   | 16
    9  | 1.2 | Draw    | Bo    | 24
    """
    assert parents(register) == {"7": "", "8": "7", "9": "7"}


@pytest.mark.parametrize(
    "rows",
    [
        "2026.1|Pumps|Ana|4\n2026.2|Meters|Bo|5",
        "'PRJ.001|Pumps|Ana|4\n'PRJ.002|Meters|Bo|5\n'PRJ.000|All|Bo|9",
        "12|Pumps|Ana|4\n12.5|Meters|Bo|5\n13|Tanks|Bo|5\n12.7|Masts|Bo|5",
        "1|Pumps|Ana|4\n1|Meters|Bo|5\n1.1|Tanks|Bo|5\n1.2|Masts|Bo|5",
    ],
    ids=("no stem", "no outline", "put in between", "stem twice"),
)
def test_what_only_looks_like_an_outline_is_none(read, rows):
    found = read(Register=HEAD + rows)
    assert set(found.items["parent"]) == {""}
    assert told(found, "R74", "R75") == []


def test_a_column_of_parents_is_believed(read):
    found = read(Register="ID|Title|Owner|Parent\n1|Plan|Ana|\n1.1|Measure|Ana|Works\n1.2|Draw|Bo|")
    assert parents(found) == {"1": "", "1.1": "Works", "1.2": ""}


def test_a_number_that_lost_its_nought(read):
    rows = [f"1.{digit}|Task {digit}|Ana|1" for digit in range(1, 10)]
    found = read(Register=HEAD + "\n".join(["1|Plan|Ana|11", *rows, "1.1|Task 10|Ana|1", "1.11|Task 11|Ana|1"]))
    assert found.items["id"].tolist()[-2:] == ["1.10", "1.11"]
    assert found.items["parent"].tolist()[-2:] == ["1", "1"]
    assert [(code, cell) for code, cell, _ in told(found, "R21", "R75", "R76")] == [("R76", "A12")]


def test_effort_other_than_that_of_the_parts_is_told(read):
    rows = "1|Plan|Ana|40\n1.1|Measure|Ana|16\n1.2|Draw|Bo|20\n2|Buy|Bo|9.9\n2.1|Ask|Bo|3.3\n2.2|Pay|Bo|6.6"
    found = read(Register=HEAD + rows + "\n3|Fit|Cy|40\n3.1|Lift|Cy|5 d\n3.2|Bolt|Cy|8")
    assert told(found, "R75") == [
        ("R75", "D2", "'1' states 40 hours, and the 2 rows below it hold 36 hours."),
        ("R75", "D8", "'3' states 40 hours, and the 2 rows below it hold work in other units."),
    ]
    assert {one.assumed for one in found.findings if one.code == "R75"} == {"What is below it is counted."}
    assert parents(found)["1.1"] == "1"


def test_the_only_effort_there_is_stays_where_it_is(read):
    found = read(Register=HEAD + "1|Plan|Ana|40\n1.1|Measure|Ana|\n1.2|Draw|Bo|\n2|Buy|Bo|\n2.1|Ask|Bo|\n2.2|Pay|Bo|")
    assert parents(found) == {"1": "", "1.1": "", "1.2": "", "2": "", "2.1": "2", "2.2": "2"}


def test_sums_go_through_rows_that_state_none(read):
    rows = "1|Plan|Ana|40\n1.1|Measure|Ana|\n'1.1.1|Shaft|Ana|16\n'1.1.2|Base|Bo|14\n1.2|Draw|Bo|10"
    found = read(Register=HEAD + rows)
    assert told(found, "R75") == []
    assert parents(found) == {"1": "", "1.1": "1", "1.1.1": "1.1", "1.1.2": "1.1", "1.2": "1"}


def test_versions_that_state_an_effort_of_their_own_are_counted_beside_each_other(read):
    found = read(Register=HEAD + "'1.0|First release|Ana|80\n'1.1|Mends|Ana|8\n'1.2|More mends|Bo|8")
    assert set(found.items["parent"]) == {""}
    assert [one.assumed for one in found.findings if one.code == "R75"] == ["Both are counted."]
