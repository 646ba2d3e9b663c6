"""How loaded one month leaves people: the order, who is over capacity, and what is known; for every exhibit of load."""

from __future__ import annotations

import math

import pandas as pd

from pipeline.render import palette
from pipeline.render.facts import Facts, Row

NO_CAPACITY = len(palette.HEAT_STEPS) + 1
"""The heat step of hours against no capacity at all."""


def people(facts: Facts) -> tuple[Row, ...]:
    """The department's people in the period, the most loaded first."""
    named = [row for row in facts.rows("people") if row["person"]]
    return tuple(sorted(named, key=lambda row: (-_share(row), -(row["hours"] or 0), row["person"])))


def _share(row: Row) -> float:
    """Load, endless where there are hours and no capacity."""
    if row["capacity_hours"] == 0 and (row["hours"] or 0) > 0:
        return math.inf
    return float(row["load"] or 0)


def is_over(row: Row) -> bool:
    """Whether a reader sees more than 100 %."""
    return round(_share(row), 3) > 1


def over_capacity(facts: Facts) -> tuple[Row, ...]:
    """People over capacity in the period, those with most hours over first."""
    high = [row for row in facts.shared(people) if is_over(row)]
    return tuple(sorted(high, key=lambda row: (-(row["over_hours"] or 0), row["person"])))


def capacity_known(facts: Facts) -> bool:
    """Whether anybody has both hours and capacity in the period, so that a load can be told."""
    return any(row["capacity_hours"] and row["hours"] for row in facts.shared(people))


def heat_step(row: Row) -> int:
    """The heat step of a row's load, 1 to 5; 0 where none can be told. Hours against no capacity at all are over it."""
    if row["load"] is not None:
        return palette.heat_step(row["load"])
    return NO_CAPACITY if _share(row) == math.inf else 0


def months_ahead(table: pd.DataFrame, facts: Facts, count: int) -> pd.DataFrame:
    """The rows of so many months from the period on."""
    months = table["month"]
    ahead = sorted(months[months >= pd.Timestamp(facts.first_day)].unique())
    return table[months.isin(ahead[:count])]


def with_load(sums: pd.DataFrame) -> pd.DataFrame:
    """The hours with their `load` as a share of capacity, unknown where there is none."""
    return sums.assign(load=sums["hours"] / sums["capacity_hours"].where(sums["capacity_hours"] > 0))
