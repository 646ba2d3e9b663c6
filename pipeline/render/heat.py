"""The workload heatmap: the most loaded people by month, each cell with its number."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from pipeline.render import palette, words
from pipeline.render.facts import Facts, Row

PEOPLE = 30
"""People that a heatmap shows."""
MONTHS = 12
"""Months that a heatmap shows."""
NOBODY = "Nobody named"
"""The row of the hours that nobody carries."""


@dataclass(frozen=True)
class HeatCell:
    """One person's month: heat step 1 to 5 (0 = no load can be told) and the text in the cell."""

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
    """Month names, the place of the period among them, the people shown and how many there are in all.

    `nobody`: the hours that nobody carries, where there are any.
    """

    months: tuple[str, ...]
    now: int
    rows: tuple[HeatRow, ...]
    people: int
    nobody: HeatRow | None


def heatmap(facts: Facts) -> Heat:
    """Person by month, the most loaded of the period first; where months are many, those before it go first."""
    table = facts.table("workload")
    months = sorted(table["month"].unique())
    before = sum(month < pd.Timestamp(facts.first_day) for month in months)
    start = max(0, min(len(months) - MONTHS, before))
    months = months[start : start + MONTHS]
    named = [row for row in facts.rows("people") if row["person"]]
    order = sorted(named, key=_most_loaded_first)[:PEOPLE]
    cells = _cells(table[table["person"].isin(["", *(row["person"] for row in order)])])
    part = "department" if facts.whole else "team"
    rows = tuple(
        HeatRow(row["person"], row[part], tuple(cells.get((row["person"], month), _NOTHING) for month in months))
        for row in order
    )
    unnamed = tuple(cells.get(("", month), _NOTHING) for month in months)
    nobody = HeatRow(NOBODY, "", unnamed) if any(cell != _NOTHING for cell in unnamed) else None
    return Heat(tuple(words.month(month, short=True) for month in months), before - start, rows, len(named), nobody)


_NOTHING = HeatCell(0, words.NOT_APPLICABLE)
_OVER = len(palette.HEAT_STEPS) + 1
"""The heat step of hours against no capacity at all."""


def _most_loaded_first(row: Row) -> tuple[float, float, str]:
    hours = row["hours"] or 0
    load = math.inf if hours > 0 and row["capacity_hours"] == 0 else row["load"] or 0
    return -load, -hours, row["person"]


def _cells(table: pd.DataFrame) -> dict[tuple[str, pd.Timestamp], HeatCell]:
    """(person, month) -> cell; somebody who stands in two teams has one row, with the hours of both."""
    sums = table.groupby(["person", "month"], as_index=False)[["hours", "capacity_hours"]].sum(min_count=1)
    load = sums["hours"] / sums["capacity_hours"].where(sums["capacity_hours"] > 0)
    none = (sums["capacity_hours"] == 0) & (sums["person"] != "")
    values = zip(sums["person"], sums["month"], sums["hours"], load, none, strict=True)
    return {(person, month): _cell(hours, share, away) for person, month, hours, share, away in values}


def _cell(hours: float, load: float, away: bool) -> HeatCell:
    """A share of capacity; hours where there is none, which is over capacity where it is known to be 0."""
    if not math.isnan(load):
        return HeatCell(palette.heat_step(load), words.percent(load))
    return HeatCell(_OVER if away else 0, f"{words.number(hours)} h") if hours > 0 else _NOTHING
