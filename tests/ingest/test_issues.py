"""What the Issues sheet lists, in which order, and what is marked."""

from __future__ import annotations

from dataclasses import replace

from pipeline.findings import finding, standing_for
from pipeline.ingest.issues import issues_of, marks_of, summary_of
from pipeline.model import FileReading, SheetReading

SHEETS = tuple(
    SheetReading(name, 3, 124, 118, 6, {"Name": "title"}, {"title": "B", "finish": "F"}) for name in ("Works", "Labs")
)
READING = FileReading("q4.xlsx", "q4.xlsx", "read", sheets=SHEETS)


def told(code: str, cell: str = "", sheet: str = "Works", file: str = "q4.xlsx", **words: object):
    return finding(
        code, file=file, sheet=sheet, cell=cell, **{"read": "TBC", "field": "Finish", "rows": "The row", **words}
    )


def test_the_gravest_come_first_then_as_the_workbook_goes():
    found = [
        told("R31", "F9", value="1 May"), told("S01", sheet="", file="", hours=40, people=3), told("R30", "F12"),
        told("R30", "F4", "Labs"), told("R30", "F4"), told("R20", "B7"),
    ]  # fmt: skip
    listed = [(one.level, one.sheet, one.cell) for one in issues_of(READING, found)]
    assert listed == [
        ("error", "Works", "B7"), ("warning", "Works", "F4"), ("warning", "Works", "F12"), ("warning", "Labs", "F4"),
        ("note", "Works", "F9"), ("note", "", ""),
    ]  # fmt: skip


def test_a_lone_text_is_marked_where_it_stands():
    """The Issues sheet, the colour and the lists for programs name one cell."""
    found = [told("R23", "A8")]
    assert [one.cell for one in issues_of(READING, found)] == [found[0].cell]
    assert [one.ranges for one in marks_of(READING, found)] == [found[0].cell]


def test_what_has_no_cell_is_linked_to_its_sheet_and_not_marked():
    found = [told("R02", reason="it is empty"), told("S01", sheet="", file="", hours=40, people=3)]
    assert [one.cell for one in issues_of(READING, found)] == ["A1", ""]
    assert marks_of(READING, found) == []


def test_the_summary_counts_rows_levels_and_repeats():
    found = [told("R20", "A7"), replace(told("R30", "F4"), repeat=True), told("R30", "F5")]
    assert summary_of(READING, found) == (
        "236 of 248 rows usable; 1 error, 2 warnings, 0 notes; 1 repeated from the period before."
    )
    assert issues_of(READING, found)[1].repeat
    assert marks_of(READING, found)[1].note.endswith("(R30) Told before.")


def test_a_finding_that_stands_for_many_says_how_many():
    (one,) = issues_of(READING, [standing_for(told("R30", "F4"), "F4:F9", 6)])
    assert (one.cell, one.more) == ("F4", "+5")
