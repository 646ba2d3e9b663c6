"""What the sentences and charts of a report stand on, read once from a Summary, so that no two can disagree."""

from __future__ import annotations

import math
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, Literal, TypeVar

import pandas as pd
import pyarrow as pa

from pipeline.model import Figure, Summary
from pipeline.render.language import ENGLISH, Language
from pipeline.render.said import in_language
from pipeline.render.workbooks import Workbook

Medium = Literal["paper", "screen"]
Made = TypeVar("Made")
Row = Mapping[str, Any]
"""One row of a table: column id -> value; missing numbers and dates are None, missing texts ""."""

PANEL = (
    "active_projects",
    "operations",
    "run_share",
    "load",
    "people_over",
    "overdue_projects",
    "review_rows",
    "cells_filled",
)
"""The headline figures of page 1, in reading order; one that the summary does not have is left out."""


WORDED = frozenset(("decisions", "changes", "review"))
"""Tables whose rows are worded for their reader; of others a template says the words of ours itself."""


@dataclass(frozen=True)
class Load:
    """Hours of one month, department, team or person by kind of work; None is unknown."""

    name: str
    run: float
    change: float
    undecided: float
    hours: float
    capacity: float | None
    load: float | None
    month: date | None = None
    forecast: bool = False
    away: bool = False
    """Somebody with hours and no capacity at all."""

    @property
    def over(self) -> bool:
        """Whether a reader sees more than 100 %, or somebody has hours and no capacity."""
        return self.away or (self.load is not None and round(self.load, 3) > 1)


class Kept:
    """What was made of a summary in one language, for every report of it in every format."""

    def __init__(self) -> None:
        self.made: dict[Callable[[Facts], Any], Any] = {}
        self.rows: dict[tuple[str, int | None], tuple[Row, ...]] = {}


class Facts:
    """A Summary's tables as plain values, and the counts that several sentences share."""

    def __init__(
        self,
        summary: Summary,
        language: Language = ENGLISH,
        paper: str = "A4",
        medium: Medium = "paper",
        workbook: Callable[[], Workbook | None] = lambda: None,
        kept: Kept | None = None,
    ) -> None:
        self.summary, self.language, self.paper, self.medium = summary, language, paper, medium
        self._find_workbook = workbook
        self.first_day = date(summary.period.year, summary.period.month, 1)
        self._made: dict[Callable[[Facts], Any], Any] = {}
        self._kept = kept if kept is not None else Kept()

    def once(self, make: Callable[[Facts], Made]) -> Made:
        """What a function makes of these facts, made when it is asked for first."""
        if make not in self._made:
            self._made[make] = make(self)
        made: Made = self._made[make]
        return made

    def shared(self, make: Callable[[Facts], Made]) -> Made:
        """The same for every report of the summary in every format: of what depends on neither the medium nor the
        workbook.
        """
        if make not in self._kept.made:
            self._kept.made[make] = make(self)
        made: Made = self._kept.made[make]
        return made

    @cached_property
    def workbook(self) -> Workbook | None:
        """The workbook that comes with the report; None where its reader gets none."""
        return self._find_workbook()

    @cached_property
    def last_day(self) -> date:
        """The day for which figures hold: the period's last."""
        return self.first_day.replace(day=monthrange(self.first_day.year, self.first_day.month)[1])

    @property
    def year(self) -> int:
        """The period's year; other dates name theirs."""
        return self.first_day.year

    @property
    def period(self) -> str:
        """`October 2026`."""
        return self.language.period(self.first_day)

    def month(self, day: date) -> str:
        """`March`; with its year where that is not the period's."""
        return self.language.month(day) if day.year == self.year else self.language.period(day)

    @property
    def whole(self) -> bool:
        """Whether the scope is the whole organisation."""
        return not self.summary.scope

    def table(self, name: str) -> pd.DataFrame:
        """A table of the summary."""
        return self.summary.tables[name]

    def count(self, name: str) -> int:
        """How many rows a table has."""
        return len(self.summary.tables[name])

    def rows(self, name: str, limit: int | None = None) -> tuple[Row, ...]:
        """The first rows of a table as plain values; decisions and changes in the reader's language."""
        if (name, limit) not in self._kept.rows:
            chosen = self.table(name).head(limit) if limit is not None else self.table(name)
            worded = in_language(name, chosen, self.language) if name in WORDED else chosen
            self._kept.rows[name, limit] = plain_rows(worded)
        return self._kept.rows[name, limit]

    def figure(self, name: str) -> Figure | None:
        """A headline figure, where the summary has it."""
        return self.summary.figures.get(name)

    @property
    def inactive(self) -> int:
        """Items that are closed or otherwise not active: they are in no count of projects or operations."""
        active = (self.figure(name) for name in ("active_projects", "operations", "undecided"))
        return self.count("register") - sum(int(one.value or 0) for one in active if one is not None)

    @property
    def panel(self) -> tuple[Figure, ...]:
        """The headline figures of page 1."""
        found = (self.figure(name) for name in PANEL)
        return tuple(one for one in found if one is not None)

    @cached_property
    def months(self) -> tuple[Load, ...]:
        """The months of the chart, earliest first."""
        return tuple(_load(row, self.language.month(row["month"])) for row in self.rows("months"))

    @cached_property
    def now(self) -> Load | None:
        """The period's own month."""
        return next((one for one in self.months if one.month == self.first_day), None)

    @cached_property
    def ahead(self) -> tuple[Load, ...]:
        """The period's month and those after it."""
        return tuple(one for one in self.months if one.month is not None and one.month >= self.first_day)

    @cached_property
    def parts(self) -> tuple[str, tuple[Load, ...]]:
        """What the scope is made of, highest load first: (`department`, `team` or `person`, loads).

        What nobody carries is no person's: it is left out there.
        """
        for name, column in self._divisions:
            rows = [row for row in self.rows(name) if row[column] or name != "people"]
            loads = [_load(row, row[column] or self.nameless(column)) for row in rows]
            if name == "people":
                loads = [replace(one, away=one.capacity == 0 and one.hours > 0) for one in loads]
            if len(loads) > 1 or name == "people":
                return column, tuple(sorted(loads, key=_most_loaded))
        return "person", ()

    def nameless(self, column: str) -> str:
        """What stands for the department, team, person or status of items that name none."""
        say = self.language
        return {
            "department": say.gettext("Without a department"),
            "team": say.gettext("Without a team"),
            "status": say.gettext("Without a status"),
        }.get(column) or say.gettext("Nobody named")

    @property
    def _divisions(self) -> tuple[tuple[str, str], ...]:
        own = (("teams", "team"), ("people", "person"))
        return (("departments", "department"), *own) if self.whole else own

    @property
    def projects(self) -> pd.DataFrame:
        """The table `projects`, with what the table `control` says of those that are held against a plan."""
        return self.shared(_projects)

    @cached_property
    def overdue(self) -> pd.DataFrame:
        """Projects past their finish, latest first."""
        projects = self.table("projects")
        return projects[projects["days_late"].fillna(0) > 0].sort_values("days_late", ascending=False, kind="stable")

    @cached_property
    def without_taker(self) -> int:
        """Projects that end soon and name neither a taker nor an operation."""
        return int((self.table("handover")["missing"] == "Nobody takes over").sum())


def _projects(facts: Facts) -> pd.DataFrame:
    own, control = facts.table("projects"), facts.table("control")
    more = control[["item", *(name for name in control.columns if name not in own.columns)]]
    return own.merge(more.drop_duplicates("item"), on="item", how="left")


def plain_rows(frame: pd.DataFrame) -> tuple[Row, ...]:
    """The frame's rows as plain values; only for the few rows that a page shows."""
    names = [str(name) for name in frame.columns]
    columns = (_plain(frame[name]) for name in frame.columns)
    return tuple(dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True))


def _plain(column: pd.Series) -> list[Any]:
    """The values of a column, missing ones None and moments as their days."""
    dtype = column.dtype
    if dtype.kind in "biu":
        return column.tolist()
    if dtype.kind == "f":
        return [None if value != value else value for value in column.tolist()]
    if isinstance(dtype, pd.StringDtype) and dtype.storage == "pyarrow":
        return list(pa.array(column.array).to_pylist())
    return [_plain_value(value) for value in column.tolist()]


def _plain_value(value: Any) -> Any:
    if value is pd.NaT or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    return value.date() if isinstance(value, pd.Timestamp) else value


def _load(row: Row, name: str) -> Load:
    return Load(
        name=name,
        run=row["run_hours"] or 0.0,
        change=row["change_hours"] or 0.0,
        undecided=row["undecided_hours"] or 0.0,
        hours=row["hours"] or 0.0,
        capacity=row["capacity_hours"],
        load=row["load"],
        month=row.get("month"),
        forecast=bool(row.get("forecast", False)),
    )


def _most_loaded(one: Load) -> tuple[bool, float, float, str]:
    return not one.away, -(one.load or 0), -one.hours, one.name


def over(loads: Sequence[Load]) -> tuple[Load, ...]:
    """Those above capacity."""
    return tuple(one for one in loads if one.over)
