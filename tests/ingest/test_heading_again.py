"""A second row of headings among the rows: the same ones are said again, others begin a table of their own."""

from __future__ import annotations

import pytest

from tests.ingest.in_memory import read, told

ABOVE = """\
ID|Title|Owner|Start|Finish
P1|Repair roof|Ana|2026-01-05|2026-03-31
P2|Clean gutters|Bo|2026-02-02|2026-04-30
"""


@pytest.mark.parametrize(
    ("heads", "item", "field", "cells"),
    [
        ("ID|Title|Start|Finish|Owner", "P3|Hall|2026-03-01|2026-05-01|Cy", "owner", ["Ana", "Bo", "Cy"]),
        ("ID|Title|Owner|Start|Frequency", "P3|Hall|Cy|2026-03-01|monthly", "cadence", ["", "", "monthly"]),
        ("ID|Title|Owner|Cadence", "P3|Hall|Cy|monthly", "cadence", ["", "", "monthly"]),
        ("Nr.|Bezeichnung|Wer|Beginn|Ende", "P3|Hall|Cy|2026-03-01|2026-05-01", "id", ["P1", "P2", "P3"]),
        ("ID|Title|Owner|Start|Finish|Budget", "P3|Hall|Cy|2026-03-01|2026-05-01|50", "budget", ["", "", "50"]),
    ],
)
def test_headings_again_with_other_columns_begin_a_table_of_their_own(heads, item, field, cells):
    _, register = read(f"{ABOVE}{heads}\n{item}")
    by_row = register.cells.assign(row=register.items["row"]).sort_values("row")
    assert list(by_row["row"]) == [2, 3, 5]
    assert list(by_row[field]) == cells
    assert len(told(register, "R07")) == 1


@pytest.mark.parametrize("heads", ["ID|Title|Owner|Start|Finish", "ID|Title|Owner|Begin|End", "id|TITLE|Owner||Finish"])
def test_the_same_headings_again_part_nothing(heads):
    _, register = read(f"{ABOVE}{heads}\nP3|Hall|Cy|2026-03-01|2026-05-01")
    assert list(register.items["row"]) == [2, 3, 5]
    assert told(register, "R04") == ["A4"]
    assert told(register, "R07") == []


def test_the_title_of_a_further_table_is_no_stray_cell():
    _, register = read(f"{ABOVE}Operations\nID|Title|Owner|Cadence\nP3|Hall|Cy|monthly")
    assert list(register.items["row"]) == [2, 3, 6]
    assert told(register, "R64") == []
    assert told(register, "R20") == []


def test_a_count_of_days_in_french_is_no_pivot_table():
    _, register = read("Intitulé|Pilote|Nombre de jours\nRefonte du site|Ana|4\nAudit interne|Bo|12")
    assert list(register.items["effort"]) == [4, 12]
