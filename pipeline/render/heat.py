"""The workload heatmap: the most loaded people by month, each cell with its number."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from pipeline.render import palette, words
from pipeline.render.facts import Facts

PEOPLE = 30
"""People that a heatmap shows."""
MONTHS = 12
"""Months that a heatmap shows."""


@dataclass(frozen=True)
class HeatCell:
    """One person's month: heat step 1 to 5 (0 = load unknown) and the text in the cell."""

    step: int
    text: str


@dataclass(frozen=True)
class HeatRow:
    """One person with a cell a month."""

    person: str
    part: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True)
class Heat:
    """Month names, the place of the period among them, the people shown and how many there are in all."""

    months: tuple[str, ...]
    now: int
    rows: tuple[HeatRow, ...]
    people: int


def heatmap(facts: Facts) -> Heat:
    """Person by month, the most loaded of the period first; where months are many, those before it go first."""
    table = facts.table("workload")
    months = sorted(table["month"].unique())
    before = sum(month < pd.Timestamp(facts.first_day) for month in months)
    start = max(0, min(len(months) - MONTHS, before))
    months = months[start : start + MONTHS]
    named = [row for row in facts.rows("people") if row["person"]]
    order = sorted(named, key=lambda row: (-(row["load"] or 0), -(row["hours"] or 0), row["person"]))[:PEOPLE]
    cells = _cells(table[table["person"].isin([row["person"] for row in order])])
    part = "department" if facts.whole else "team"
    rows = tuple(
        HeatRow(row["person"], row[part], tuple(cells.get((row["person"], month), _NOTHING) for month in months))
        for row in order
    )
    return Heat(tuple(words.month(month, short=True) for month in months), before - start, rows, len(named))


_NOTHING = HeatCell(0, words.NOT_APPLICABLE)


def _cells(table: pd.DataFrame) -> dict[tuple[str, pd.Timestamp], HeatCell]:
    """(person, month) -> cell; somebody who stands in two teams has one row, with the hours of both."""
    sums = table.groupby(["person", "month"], as_index=False)[["hours", "capacity_hours"]].sum(min_count=1)
    load = sums["hours"] / sums["capacity_hours"].where(sums["capacity_hours"] > 0)
    values = zip(sums["person"], sums["month"], sums["hours"], load, strict=True)
    return {(person, month): _cell(hours, share) for person, month, hours, share in values}


def _cell(hours: float, load: float) -> HeatCell:
    if not math.isnan(load):
        return HeatCell(palette.heat_step(load), words.percent(load))
    return HeatCell(0, f"{words.number(hours)} h") if hours > 0 else _NOTHING
