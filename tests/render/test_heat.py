"""The heatmap: hours without any capacity are over capacity, and what nobody carries has a row."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from pipeline.model import Summary
from pipeline.render.facts import Facts
from pipeline.render.heat import HeatCell, heatmap
from tests.render.conftest import drawn


def changed(summary: Summary, table: str, person: str, **columns: object) -> Summary:
    """The summary with other values for one person of a table."""
    frame = summary.tables[table].copy()
    for name, value in columns.items():
        frame.loc[frame["person"] == person, name] = value
    return replace(summary, tables={**summary.tables, table: frame})


def test_a_leavers_hours_are_over_capacity(summary: Summary) -> None:
    person = heatmap(Facts(summary)).rows[-1].person
    gone = {"hours": 128.0, "capacity_hours": 0.0, "load": None}
    left = changed(changed(summary, "workload", person, **gone), "people", person, **gone)
    first = heatmap(Facts(left)).rows[0]
    assert first.person == person
    assert set(first.cells) == {HeatCell(5, "128 h")}
    page = drawn(left, "html", pack="department").decode()
    assert "0 capacity (not employed or away): hours, as over capacity" in page
    assert "–: no hours known" in page


def test_what_nobody_carries_has_a_row_below(summary: Summary) -> None:
    table = summary.tables["workload"]
    nobody = table[table["person"] == table["person"].iat[0]].assign(
        person="", team="", department="", hours=406.0, capacity_hours=0.0, load=None
    )
    whole = replace(summary, tables={**summary.tables, "workload": pd.concat([table, nobody], ignore_index=True)})
    heat = heatmap(Facts(whole))
    assert heat.nobody is not None
    assert set(heat.nobody.cells) == {HeatCell(0, "406 h")}
    assert heatmap(Facts(summary)).nobody is None
    assert '<th class="who">Nobody named</th>' in drawn(whole, "html", pack="department").decode()
