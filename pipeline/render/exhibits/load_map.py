"""The map of load: one department's people by month, with share, hours and days of leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from pipeline.render.exhibits.exhibit import Exhibit
from pipeline.render.exhibits.listing import rest_of
from pipeline.render.exhibits.loaded import heat_step, is_over, months_ahead, people, with_load
from pipeline.render.facts import Facts, Row, plain_rows
from pipeline.render.language import Language, sentence

PEOPLE, MONTHS = 22, 7
"""People and months that the map shows."""
MANY = 13
"""From so many people on, the map's lines are narrower and the lists below stand side by side."""
LEAVE = 2
"""Letters that the mark of leave takes of a cell."""
CELL = 8
"""Letters that share and hours together may have in a cell; the hours of a longer one stand in the workbook alone."""


@dataclass(frozen=True)
class Cell:
    """One person's month: heat step 1 to 5 (0: no load can be told), share and hours as written, and days of leave."""

    step: int
    share: str
    hours: str
    leave: int = 0


@dataclass(frozen=True)
class Line:
    """One person with a cell a month."""

    person: str
    team: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class LoadMap:
    """Months as written, people with their cells, and where further people stand; `leave` if any cell has some."""

    months: tuple[str, ...]
    lines: tuple[Line, ...]
    rest: str
    leave: bool

    @property
    def dense(self) -> bool:
        """Whether its lines are narrow."""
        return len(self.lines) >= MANY


def map_message(facts: Facts) -> str:
    """How many people are over capacity in any of the months shown."""
    say, rows = facts.language, plain_rows(_ahead(facts))
    if not any(row["hours"] for row in rows):
        return say.gettext("Nobody of the department has known hours from {period} on", period=facts.period)
    if not any(row["capacity_hours"] for row in rows):
        return say.gettext("The capacity of the department's people is unknown")
    until = facts.month(max(row["month"] for row in rows))
    over = len({row["person"] for row in rows if is_over(row)})
    if not over:
        return say.gettext("Nobody is over capacity in any month up to {month}", month=until)
    everybody = say.spelt(len({row["person"] for row in rows}))
    return sentence(say.ngettext(
        "{n} of {all} people is over capacity in a month up to {month}",
        "{n} of {all} people are over capacity in a month up to {month}", over, all=everybody, month=until,
    ))  # fmt: skip


def map_speaks(facts: Facts) -> bool:
    """Whether anybody has known hours from the period on."""
    return bool((_ahead(facts)["hours"] > 0).any())


def map_what(facts: Facts) -> str:
    """What a cell says."""
    return facts.language.gettext(
        "Load as % of net capacity, then hours, as registered; months after {month} are forecast",
        month=facts.language.month(facts.first_day),
    )


def map_note(facts: Facts) -> str:
    """What marks leave, where anybody has some."""
    if not load_map(facts).leave:
        return ""
    return facts.language.gettext("L, shaded: days of leave in the month; they are taken off its capacity.")


def load_map(facts: Facts) -> LoadMap:
    """People by month, the most loaded of the period first."""
    say, order = facts.language, facts.shared(people)
    table = _ahead(facts)
    months = sorted(table["month"].unique())
    shown = order[:PEOPLE]
    leave = _leave(facts, {row["person"] for row in shown})
    found = {
        (row["person"], row["month"]): _cell(row, leave.get((row["person"], row["month"]), 0), say)
        for row in plain_rows(table[table["person"].isin([row["person"] for row in shown])])
    }
    days = [pd.Timestamp(month).date() for month in months]
    lines = tuple(
        Line(row["person"], row["team"], tuple(found.get((row["person"], day), _NOTHING) for day in days))
        for row in shown
    )
    names = tuple(say.month(day, short=True) for day in days)
    away = any(cell.leave for line in lines for cell in line.cells)
    return LoadMap(names, lines, rest_of(len(order) - PEOPLE, "Workload", facts), away)


_NOTHING = Cell(0, "", "")


def _ahead(facts: Facts) -> pd.DataFrame:
    """The named people's months from the period on; somebody who stands in two teams has one row."""
    table = facts.table("workload")
    each = months_ahead(table[table["person"] != ""], facts, MONTHS).groupby(["person", "month"], as_index=False)
    return with_load(each[["hours", "capacity_hours"]].sum(min_count=1))


def _cell(row: Row, leave: int, say: Language) -> Cell:
    step = heat_step(row)
    if row["load"] is None:
        return Cell(step, say.hours(row["hours"]) if row["hours"] else "", "", leave)
    share, hours = say.load(row["load"]), say.number(row["hours"])
    return Cell(step, share, hours if len(share + hours) <= CELL - LEAVE * bool(leave) else "", leave)


def _leave(facts: Facts, names: set[str]) -> Mapping[tuple[str, date], int]:
    """Weekdays of dated leave by person and first day of the month."""
    table = facts.summary.portfolio.register.people
    own = table[table["name"].isin(names) & (table["leave"].fillna("") != "")]
    days = {
        (str(name), day)
        for name, spans in zip(own["name"], own["leave"], strict=True)
        for span in str(spans).split("; ")
        for day in _weekdays(span)
    }
    counts: dict[tuple[str, date], int] = {}
    for name, day in days:
        month = (name, day.replace(day=1))
        counts[month] = counts.get(month, 0) + 1
    return counts


def _weekdays(span: str) -> list[date]:
    """The days from Monday to Friday of `2026-10-05/2026-10-16`."""
    first, _, last = span.partition("/")
    return [day.date() for day in pd.bdate_range(first, last)]


EXHIBITS: tuple[Exhibit, ...] = (
    Exhibit("load_map", map_message, map_what, load_map, note=map_note, speaks=map_speaks),
)
"""Of the load of its people by month."""
