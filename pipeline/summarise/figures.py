"""The headline figures, each with the items behind it, computed from the same tables that reports print."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property

import numpy as np
import pandas as pd

from pipeline.model import Figure
from pipeline.summarise.carriers import ACCOUNTABLE, RESPONSIBLE
from pipeline.summarise.loads import over_capacity
from pipeline.summarise.scope import View

Tables = Mapping[str, pd.DataFrame]


TITLES: Mapping[str, str] = {
    "active_projects": "Active projects",
    "operations": "Active operations",
    "undecided": "Undecided or mixed",
    "overdue_projects": "Projects past their finish",
    "review_rows": "Verdicts to review",
    "hours": "Hours of work",
    "run_hours": "Hours of run",
    "change_hours": "Hours of change",
    "capacity_hours": "Hours of capacity",
    "run_share": "Run, share of hours",
    "load": "Load of capacity",
    "people_over": "People over capacity",
    "unknown_effort": "Effort unknown",
    "unowned": "Nobody named",
    "cells_filled": "Wanted cells filled",
}
"""Figure -> what reports call it."""


class LazyFigures(Mapping[str, Figure]):
    """A view's figures by id, computed when the first is asked for, and kept. `tables` are the view's own."""

    def __init__(self, view: View, tables: Tables) -> None:
        self._view, self._tables = view, tables

    def __getitem__(self, figure: str) -> Figure:
        return self._figures[figure]

    def __iter__(self) -> Iterator[str]:
        return iter(self._figures)

    def __len__(self) -> int:
        return len(self._figures)

    @cached_property
    def _figures(self) -> Mapping[str, Figure]:
        return figures(self._view, self._tables)


def figures(view: View, tables: Tables) -> dict[str, Figure]:
    """Every figure by its id. `tables` are the view's own.

    Where nothing can be told a figure has no value: where no hours are known, nor who is over capacity; where no finish
    is known, nor what is past it.
    """
    said = view.work.previous.figures if view.work.previous else {}
    before = said.get((view.audience, view.scope), {})
    found = (*_counts(view, tables), *_hours(view, tables), *_gaps(view, tables))
    return {one.id: replace(one, previous=before.get(one.id)) for one in found}


def _counts(view: View, tables: Tables) -> Iterator[Figure]:
    projects, operations, items = tables["projects"], tables["operations"], len(view.active)
    rest = view.active[view.active["kind"].isin(["mixed", "undecided"])]
    late = projects[projects["days_late"] > 0]
    yield _count("active_projects", projects["item"])
    yield _count("operations", operations["item"])
    yield _count("undecided", rest["item"])
    dated = projects["finish"].notna().any() or projects.empty
    yield _figure(
        "overdue_projects", len(late) if dated else math.nan, "count", late["item"], of=len(projects), adverse=True
    )
    yield _count("review_rows", tables["review"]["item"], items, adverse=True)


def _hours(view: View, tables: Tables) -> Iterator[Figure]:
    month = tables["months"].iloc[view.work.calendar.period_at]
    carried = view.in_period
    placed = month["run_hours"] + month["change_hours"]
    run, change = (carried[carried["counted_as"] == name] for name in ("run_hours", "change_hours"))
    able = month["capacity_hours"] if month["capacity_hours"] > 0 else math.nan
    share = month["run_hours"] / placed if placed > 0 else math.nan
    yield _figure("hours", month["hours"], "hours", carried["item"])
    yield _figure("run_hours", month["run_hours"], "hours", run["item"], of=month["hours"])
    yield _figure("change_hours", month["change_hours"], "hours", change["item"], of=month["hours"])
    yield _figure("capacity_hours", month["capacity_hours"], "hours", carried["item"].head(0))
    yield _figure("run_share", share, "share", pd.concat([run["item"], change["item"]]))
    yield _figure("load", month["hours"] / able, "share", carried["item"], adverse=True)
    people = tables["people"][tables["people"]["person"] != ""]
    over = people[over_capacity(people)]
    codes = view.work.people.index[view.work.people["person"].isin(over["person"])]
    behind = carried[carried["person"].isin(codes)]["item"]
    told = view.unknowns.empty or people["hours"].sum() > 0
    yield _figure("people_over", len(over) if told else math.nan, "count", behind, of=len(people), adverse=True)


def _gaps(view: View, tables: Tables) -> Iterator[Figure]:
    active = view.active
    unknown = view.unknowns["item"].drop_duplicates()
    yield _count("unknown_effort", unknown, view.doing["item"].nunique(), adverse=True)
    yield _count("unowned", tables["unowned"]["item"], len(active), adverse=True)
    blank, wanted = _blank_cells(active)
    share = 1 - blank.sum() / wanted if wanted else math.nan
    yield _figure("cells_filled", share, "share", active["item"][blank > 0], of=wanted)


def _blank_cells(active: pd.DataFrame) -> tuple[pd.Series, int]:
    """How many of the cells each active item should have are blank, and how many should be filled in all.

    Every item: title, somebody accountable or responsible, effort. Projects: start and finish. Operations: cadence.
    """
    project, operation = active["kind"] == "project", active["kind"] == "operation"
    blanks = (
        (active["title"] == "").astype(int)
        + ((active[ACCOUNTABLE] == "") & (active[RESPONSIBLE] == "")).astype(int)
        + active["effort"].isna().astype(int)
        + (project & active["start"].isna()).astype(int)
        + (project & active["finish"].isna()).astype(int)
        + (operation & (active["cadence"] == "")).astype(int)
    )
    return blanks, int(3 * len(active) + 2 * project.sum() + operation.sum())


def _count(id: str, items: pd.Series, of: int | None = None, *, adverse: bool = False) -> Figure:
    return _figure(id, len(items), "count", items, of=of, adverse=adverse)


def _figure(
    id: str, value: float, unit: str, items: pd.Series, *, of: float | None = None, adverse: bool = False
) -> Figure:
    behind = tuple(np.flatnonzero(np.bincount(items.to_numpy(np.int64))).tolist())
    return Figure(id, TITLES[id], _known(value), unit, _known(of), adverse, behind)  # type: ignore[arg-type]


def _known(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else float(value)
