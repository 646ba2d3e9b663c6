"""The heatmap: hours without any capacity are over capacity, and what nobody carries has a row."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from pipeline.model import Summary
from pipeline.render.facts import Facts
from pipeline.render.heat import HeatCell, heatmap
from pipeline.render.language import Language


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
    assert set(first.cells) == {HeatCell(5, "128 h", away=True)}
    assert all(cell.over for cell in first.cells)


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
    assert heat.nobody.person == "Nobody named"


def test_a_month_of_leave_is_marked(summary: Summary) -> None:
    person = heatmap(Facts(summary)).rows[0].person
    frame = summary.tables["workload"].copy()
    first = (frame["person"] == person) & (frame["month"] == frame["month"].min())
    frame.loc[first, "capacity_hours"] = frame.loc[first, "capacity_hours"] * 0.5
    cells = heatmap(Facts(replace(summary, tables={**summary.tables, "workload": frame}))).rows[0].cells
    assert [cell.away for cell in cells] == [True] + [False] * (len(cells) - 1)


def test_cells_are_written_in_the_readers_language(summary: Summary) -> None:
    heat = heatmap(Facts(summary, Language("de")))
    assert "\xa0%" in heat.rows[0].cells[0].text
