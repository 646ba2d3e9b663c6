"""What a summary looks at: the whole organisation, an executive's part of it, one department, or one person.

A department's summary holds the items of the department, and the people of the department with ALL their hours,
wherever they work: a head answers for both. Its hours, load and run share are those its people carry, and those of
its items that name nobody; they equal the department's row in the organisation's summary. Hours that other
departments put into its items stand with the items (`month_hours`) and in its allocations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.blank_columns import rows_of
from pipeline.model import Audience
from pipeline.summarise.names import fold, folded
from pipeline.summarise.work import Work

Mask = npt.NDArray[np.bool_]
ORGANISATION = ""
SHOWN = ["description", "type", "certainty", "score", "probability", "review_reason", "reasons"]
"""What tables only show of an item. Rows of a scope do without, since most items are active and their rows are a second
copy of the register; see `layout.laid_out`."""


@dataclass(frozen=True, eq=False)
class View:
    """One scope's part of the work; frames as in `Work`."""

    work: Work
    scope: str
    audience: Audience
    items: pd.DataFrame
    """The organisation's and a person's as they are, those of any other scope without SHOWN."""
    people: pd.DataFrame
    carried: pd.DataFrame
    """Allocations that people of the scope carry, and those of its items that name nobody."""
    allocations: pd.DataFrame
    """Those, and what others carry of the scope's items."""
    doing: pd.DataFrame
    """Who carries which active item, by people of the scope, and its items that name nobody."""
    involved: pd.DataFrame
    """Those, and who else carries the scope's items."""
    capacities: pd.DataFrame
    departments: frozenset[str] = frozenset()
    """Departments that the scope holds whole; the organisation holds all."""
    leads: bool = True
    """Whether anybody is of the scope; else its items carry, and capacity is what other work leaves their people."""
    counts: Mapping[tuple[str, ...], pd.DataFrame] = field(default_factory=dict)
    """What `levels` counts of items by these columns, where it was counted by parts of a register."""

    def holds(self, departments: pd.Series) -> pd.Series:
        """Whether the scope holds each of these departments whole; case and spacing part none."""
        if not self.scope:
            return pd.Series(True, index=departments.index)
        return fold(departments).isin([folded(name) for name in self.departments])

    @cached_property
    def active(self) -> pd.DataFrame:
        """The scope's active items, without SHOWN."""
        return rows_of_items(self.items, self.items["active"])

    @cached_property
    def unknowns(self) -> pd.DataFrame:
        """Who should carry active items of unknown effort: as the hours, by people of the scope, or nobody."""
        return self.doing[self.doing["unknown"]]

    @cached_property
    def in_period(self) -> pd.DataFrame:
        """Allocations of the period that count for the scope."""
        return self.carried[self.carried["month"] == self.work.calendar.period_at]

    @cached_property
    def capacities_in_period(self) -> pd.DataFrame:
        """Capacities of the period."""
        return self.capacities[self.capacities["month"] == self.work.calendar.period_at]


def organisation(work: Work) -> View:
    """The view of everything."""
    return View(
        work, ORGANISATION, "organisation", work.items, work.people, work.allocations, work.allocations, work.doing,
        work.doing, work.capacities,
    )  # fmt: skip


def rows_of_items(items: pd.DataFrame, where: pd.Series) -> pd.DataFrame:
    """The items for which that holds, without SHOWN."""
    return rows_of(items.drop(columns=SHOWN, errors="ignore"), where)


def own_and_touched(rows: pd.DataFrame, own: Mask, touched: Mask) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows that are one's own, and those with all that are touched: the same frame where these are no others."""
    mine = rows[own]
    return mine, rows[own | touched] if (touched & ~own).any() else mine


def departments(work: Work) -> list[View]:
    """One view for each department that has items, sorted by name."""
    names = sorted(name for name in work.items["department"].unique() if name)
    return [_department(work, name) for name in names]


def _department(work: Work, name: str) -> View:
    own_items = work.items["department"] == name
    carried, allocations, doing, involved = (
        part
        for rows in (work.allocations, work.doing)
        for part in own_and_touched(
            rows, (rows["department"] == name).to_numpy(bool), own_items.to_numpy(bool)[rows["item"]]
        )
    )
    return View(
        work,
        name,
        "department",
        rows_of_items(work.items, own_items),
        work.people[work.people["department"] == name],
        carried,
        allocations,
        doing,
        involved,
        work.capacities[work.capacities["department"] == name],
        frozenset([name]),
    )
