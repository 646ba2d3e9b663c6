"""Findings as people read them: what is put together and what is told apart."""

from __future__ import annotations

from pipeline.answers.groups import group_lines
from pipeline.findings import finding


def test_each_sort_of_rows_left_out_is_told_with_its_count():
    place = {"file": "q4.xlsx", "sheet": "Works"}
    totals = {"rows": "2 rows are", "kind": "totals", "where": "rows 9, 10"}
    titles = {"rows": "1 row is", "kind": "section titles or notes", "where": "row 27"}
    found = [finding("R04", **place, cell="A9", **totals), finding("R04", **place, cell="A27", **titles)]
    said = " ".join(" ".join(group_lines(found, 1)).split())
    assert "2 rows are left out as totals: rows 9, 10." in said
    assert "1 row is left out as section titles or notes: row 27." in said
