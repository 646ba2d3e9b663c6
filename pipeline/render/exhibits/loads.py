"""Exhibits of the load of one department's people: each month's share and hours, leave, and the rows that make it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from pipeline.render import palette
from pipeline.render.exhibits.exhibit import Exhibit
from pipeline.render.exhibits.listing import Listing, rest_of
from pipeline.render.facts import Facts, Row, plain_rows
from pipeline.render.language import Language, sentence

PEOPLE, MONTHS = 22, 7
"""People and months that the map shows."""
MANY = 13
"""From so many people on, the map's lines are narrower and the lists below stand side by side."""
OVER, OVER_MANY, LARGEST = 4, 5, 3
"""People over capacity who are shown with their largest rows, the same where people are many, and rows of each."""
FREE, FREE_MANY, NAMED_ROWS = 4, 5, 2
"""People with hours free who are listed, the same where people are many, and rows that one line names."""
FREE_FROM = 0.2
"""A part of one's capacity that is worth planning with: a day a week."""
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


@dataclass(frozen=True)
class Loaded:
    """One person over capacity: load as written, hours and capacity of the period, the largest rows, and the others.

    `line` names the first of the rows where there is room for one line only, else "".
    """

    person: str
    load: str
    hours: float
    capacity: float
    rows: tuple[Row, ...]
    others: int
    other_hours: float
    line: str = ""

    @property
    def over(self) -> float:
        """Hours over capacity."""
        return self.hours - self.capacity


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


def map_message(facts: Facts) -> str:
    """How many people are over capacity in any of the months shown."""
    say, rows = facts.language, plain_rows(_ahead(facts))
    if not any(row["hours"] for row in rows):
        return say.gettext("Nobody of the department has known hours from {period} on", period=facts.period)
    if not any(row["capacity_hours"] for row in rows):
        return say.gettext("The capacity of the department's people is unknown")
    last = max(row["month"] for row in rows)
    until = say.month(last) if last.year == facts.year else say.period(last)
    over = len({row["person"] for row in rows if is_over(row)})
    if not over:
        return say.gettext("Nobody is over capacity in any month up to {month}", month=until)
    everybody = say.spelt(len({row["person"] for row in rows}))
    return sentence(say.ngettext(
        "{n} of {people} people is over capacity in a month up to {month}",
        "{n} of {people} people are over capacity in a month up to {month}", over, people=everybody, month=until,
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
    say, order = facts.language, people(facts)
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
    table = table[(table["month"] >= pd.Timestamp(facts.first_day)) & (table["person"] != "")]
    months = sorted(table["month"].unique())[:MONTHS]
    keys = ["person", "month"]
    sums = (
        table[table["month"].isin(months)].groupby(keys, as_index=False)[["hours", "capacity_hours"]].sum(min_count=1)
    )
    return sums.assign(load=sums["hours"] / sums["capacity_hours"].where(sums["capacity_hours"] > 0))


def _cell(row: Row, leave: int, say: Language) -> Cell:
    hours = say.number(row["hours"])
    if row["load"] is None:
        none = row["capacity_hours"] == 0 and (row["hours"] or 0) > 0
        return Cell(_OVER if none else 0, say.hours(row["hours"]) if row["hours"] else "", "", leave)
    share = say.percent(row["load"])
    return Cell(palette.heat_step(row["load"]), share, hours if len(share + hours) <= CELL else "", leave)


_OVER = len(palette.HEAT_STEPS) + 1
"""The heat step of hours against no capacity at all."""


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


def over_capacity(facts: Facts) -> tuple[Row, ...]:
    """People over capacity in the period, those with most hours over first."""
    high = [row for row in people(facts) if is_over(row)]
    return tuple(sorted(high, key=lambda row: (-(row["over_hours"] or 0), row["person"])))


def overload_message(facts: Facts) -> str:
    """Who is over in the period, and by how much."""
    say, high = facts.language, over_capacity(facts)
    month = say.month(facts.first_day)
    if not high:
        if any(row["capacity_hours"] and row["hours"] for row in people(facts)):
            return say.gettext("Nobody is over capacity in {month}", month=month)
        return say.gettext("Whether anybody is over capacity in {month} is unknown", month=month)
    hours = say.hours(sum(row["over_hours"] or 0 for row in high))
    return sentence(say.ngettext(
        "{n} person is over capacity in {month}, by {hours}",
        "{n} people are over capacity in {month}, by {hours} together", len(high), month=month, hours=hours,
    ))  # fmt: skip


def overload_what(facts: Facts) -> str:
    """What the lists show."""
    if not over_capacity(facts):
        return ""
    return facts.language.gettext("The rows that take most of their hours in the month, wherever these stand")


def overloaded(facts: Facts) -> tuple[Loaded, ...]:
    """Those with most hours over, each with the rows that take most of their hours."""
    return tuple(_loaded(row, facts) for row in over_capacity(facts)[: _over_shown(facts)])


def many(facts: Facts) -> bool:
    """Whether people are so many that each list has less room."""
    return len(people(facts)) >= MANY


def _over_shown(facts: Facts) -> int:
    return OVER_MANY if many(facts) else OVER


def _loaded(row: Row, facts: Facts) -> Loaded:
    rows = carried(row["person"], facts)
    rest = rows[LARGEST:] if len(rows) > LARGEST + 1 else ()
    shown = rows[: len(rows) - len(rest)]
    load = facts.language.percent(row["load"])
    hours, capacity = float(row["hours"] or 0), float(row["capacity_hours"] or 0)
    line = _named_rows(rows, facts.language) if many(facts) else ""
    return Loaded(row["person"], load, hours, capacity, shown, len(rest), sum(one["hours"] for one in rest), line)


def carried(person: str, facts: Facts) -> tuple[Row, ...]:
    """The rows that a person's hours of the period go into, the largest first."""
    table = facts.table("allocations")
    own = table[(table["person"] == person) & (table["month"] == pd.Timestamp(facts.first_day)) & (table["hours"] > 0)]
    return plain_rows(own.sort_values(["hours", "id"], ascending=[False, True], kind="stable"))


def overload_note(facts: Facts) -> str:
    """Where the others stand."""
    rest = rest_of(len(over_capacity(facts)) - _over_shown(facts), "People", facts)
    return f"… {rest}." if rest else ""


def free(facts: Facts) -> tuple[Row, ...]:
    """People with at least a fifth of their capacity free, those with most hours free first."""
    known = [row for row in people(facts) if row["capacity_hours"] and row["hours"] is not None]
    least = [row for row in known if (row["free_hours"] or 0) >= FREE_FROM * row["capacity_hours"]]
    return tuple(sorted(least, key=lambda row: (-row["free_hours"], row["person"])))


def free_message(facts: Facts) -> str:
    """How many have room, and how much."""
    say, rows = facts.language, free(facts)
    month = say.month(facts.first_day)
    if not rows:
        if any(row["capacity_hours"] and row["hours"] for row in people(facts)):
            return say.gettext("Nobody has a fifth of their capacity free in {month}", month=month)
        return say.gettext("Free capacity in {month} is unknown", month=month)
    hours = say.hours(sum(row["free_hours"] for row in rows))
    return sentence(say.ngettext(
        "{n} person has a fifth of their capacity or more free in {month}: {hours}",
        "{n} people have a fifth of their capacity or more free in {month}: {hours} together", len(rows),
        month=month, hours=hours,
    ))  # fmt: skip


def free_note(facts: Facts) -> str:
    """What free hours cannot know."""
    unknown = sum(row["unknown_effort"] or 0 for row in free(facts))
    if not unknown:
        return ""
    return facts.language.ngettext(
        "They also carry one row of unknown effort, which is in no figure here.",
        "They also carry {count} rows of unknown effort, which are in no figure here.", unknown,
    )  # fmt: skip


def free_rows(facts: Facts) -> Listing:
    """Those with most room, with the rows that they do carry."""
    say = facts.language
    limit = FREE_MANY if many(facts) else FREE
    shown = free(facts)[:limit]
    rows = tuple({**row, "rows": _named_rows(carried(row["person"], facts), say)} for row in shown)
    return Listing(rows, rest_of(len(free(facts)) - limit, "People", facts))


def _named_rows(rows: tuple[Row, ...], say: Language) -> str:
    """`CS-011 Telephone enquiries, 62 h; CS-004 Chat pilot, 20 h`."""
    named = [
        say.gettext(
            "{item}, {hours}", item=" ".join(filter(None, (row["id"], row["title"]))), hours=say.hours(row["hours"])
        )
        for row in rows[:NAMED_ROWS]
    ]
    return "; ".join(named)


EXHIBITS: tuple[Exhibit, ...] = (
    Exhibit("load_map", map_message, map_what, load_map, note=map_note, speaks=map_speaks),
    Exhibit("overloaded", overload_message, overload_what, overloaded, note=overload_note),
    Exhibit("free_hours", free_message, rows=free_rows, note=free_note),
)
"""Of the load of its people."""
