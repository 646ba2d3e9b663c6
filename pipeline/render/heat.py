"""The workload heatmap: the most loaded people by month, each cell with its number."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from pipeline.render import palette
from pipeline.render.facts import Facts, Row
from pipeline.render.language import NOT_APPLICABLE, Language

PEOPLE = 30
"""People that a heatmap shows."""
MONTHS = 12
"""Months that a heatmap shows."""
REDUCED = 0.75
"""A month with less than this share of a person's fullest month has reduced capacity: leave, or a part of a month."""


@dataclass(frozen=True)
class HeatCell:
    """One person's month: heat step 1 to 5 (0 = no load can be told) and the text in the cell.

    `away`: the capacity is 0 or reduced. `over`: a reader sees more than 100 %, so the cell is bold with a cut corner.
    """

    step: int
    text: str
    away: bool = False

    @property
    def over(self) -> bool:
        """Whether the hours are above capacity."""
        return self.step > 3


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
    say = facts.language
    cells = _cells(table[table["person"].isin(["", *(row["person"] for row in order)])], say)
    part = "department" if facts.whole else "team"
    rows = tuple(
        HeatRow(row["person"], row[part], tuple(cells.get((row["person"], month), _NOTHING) for month in months))
        for row in order
    )
    unnamed = tuple(cells.get(("", month), _NOTHING) for month in months)
    nobody = HeatRow(say.gettext("Nobody named"), "", unnamed) if any(cell != _NOTHING for cell in unnamed) else None
    return Heat(tuple(say.month(month, short=True) for month in months), before - start, rows, len(named), nobody)


_NOTHING = HeatCell(0, NOT_APPLICABLE)
_OVER = len(palette.HEAT_STEPS) + 1
"""The heat step of hours against no capacity at all."""


def _most_loaded_first(row: Row) -> tuple[float, float, str]:
    hours = row["hours"] or 0
    load = math.inf if hours > 0 and row["capacity_hours"] == 0 else row["load"] or 0
    return -load, -hours, row["person"]


def _cells(table: pd.DataFrame, say: Language) -> dict[tuple[str, pd.Timestamp], HeatCell]:
    """(person, month) -> cell; somebody who stands in two teams has one row, with the hours of both."""
    sums = table.groupby(["person", "month"], as_index=False)[["hours", "capacity_hours"]].sum(min_count=1)
    load = sums["hours"] / sums["capacity_hours"].where(sums["capacity_hours"] > 0)
    none = (sums["capacity_hours"] == 0) & (sums["person"] != "")
    fullest = sums.groupby("person")["capacity_hours"].transform("max")
    away = none | (sums["capacity_hours"] < REDUCED * fullest)
    values = zip(sums["person"], sums["month"], sums["hours"], load, none, away, strict=True)
    return {
        (person, month): _cell(hours, share, absent, short, say)
        for person, month, hours, share, absent, short in values
    }


def _cell(hours: float, load: float, none: bool, away: bool, say: Language) -> HeatCell:
    """A share of capacity; hours where there is none, which is over capacity where it is known to be 0."""
    if not math.isnan(load):
        return HeatCell(palette.heat_step(load), say.percent(load), away)
    if hours > 0:
        return HeatCell(_OVER if none else 0, say.hours(hours), away)
    return HeatCell(0, NOT_APPLICABLE, away)
