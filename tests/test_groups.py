"""Findings as people read them: what is put together and what is told apart."""

from __future__ import annotations

from pipeline.answers.groups import group_lines
from pipeline.findings import finding, standing_for


def test_findings_are_counted_as_the_sheet_findings_counts_them():
    one = finding("R30", sheet="Register", cell="D4", read="TBC", field="Start")
    said = " ".join(group_lines([standing_for(one, "D4 D5 D6", 3), finding("R16", what="charts")], 1))
    assert "Found in reading: 1 warning, for 3 places, and 1 note on the marked copies." in said


def test_each_sort_of_rows_left_out_is_told_with_its_count():
    place = {"file": "q4.xlsx", "sheet": "Works"}
    totals = {"rows": "2 rows are", "kind": "totals", "where": "rows 9, 10"}
    titles = {"rows": "1 row is", "kind": "section titles or notes", "where": "row 27"}
    found = [finding("R04", **place, cell="A9", **totals), finding("R04", **place, cell="A27", **titles)]
    said = " ".join(" ".join(group_lines(found, 1)).split())
    assert "2 rows are left out as totals: rows 9, 10." in said
    assert "1 row is left out as section titles or notes: row 27." in said
