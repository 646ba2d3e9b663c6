"""Exhibits of load: months of people, or of teams or departments where people are many; who is over, who has room."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from pipeline.render.exhibits.listing import Listing, rest_of
from pipeline.render.exhibits.loaded import (
    capacity_known,
    heat_step,
    is_over,
    months_ahead,
    over_capacity,
    people,
    with_load,
)
from pipeline.render.facts import Facts, Row, plain_rows
from pipeline.render.language import NOT_APPLICABLE, Language, sentence
from pipeline.render.scope_words import folded

MANY, TEAMS, MONTHS = 20, 14, 6
"""Beyond so many people the map shows teams, and beyond so many of these departments; months of the map."""


@dataclass(frozen=True)
class HeatCell:
    """One month: heat step 1 to 5 (0: no load can be told) and the text in the cell."""

    step: int
    text: str


@dataclass(frozen=True)
class HeatRow:
    """One person, team or department with a cell a month."""

    person: str
    part: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True)
class LoadHeat:
    """Month names, the rows shown, the `level` they are of (person, team or department), and where the others are."""

    months: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    level: str
    rest: str


def level(facts: Facts) -> str:
    """What the map shows: people, or the departments or teams that carry their hours where people are many."""
    if len(facts.shared(people)) <= MANY:
        return "person"
    counts = {one: int(_rows_of(facts, one)["name"].nunique()) for one in ("team", "department")}
    if 1 < counts["team"] <= TEAMS and counts["team"] >= counts["department"]:
        return "team"
    return next((one for one, count in reversed(counts.items()) if count > 1), "person")


def load_heat(facts: Facts, shown: int) -> LoadHeat:
    """So many rows, the most loaded of the period first."""
    say, of = facts.language, facts.shared(level)
    table = facts.shared(_months_shown)
    months = sorted(table["month"].unique())
    ranked = _ordered(table, facts)
    rows = plain_rows(ranked.head(shown))
    told = table[table["name"].isin([row["name"] for row in rows])]
    cells = {(row["name"], row["month"]): _cell(row, say) for row in plain_rows(told)}
    days = [pd.Timestamp(month).date() for month in months]
    blank = "" if of == "person" else facts.nameless(of)
    lines = tuple(
        HeatRow(row["name"] or blank, row["part"], tuple(cells.get((row["name"], day), _NOTHING) for day in days))
        for row in rows
    )
    names = tuple(say.month(day, short=True) for day in days)
    return LoadHeat(names, lines, of, rest_of(len(ranked) - shown, "Workload", facts))


def heat_lines(facts: Facts) -> int:
    """How many rows the map would have."""
    table = facts.shared(_months_shown)
    return int(table["name"].nunique()) if table["hours"].gt(0).any() else 0


def _months_shown(facts: Facts) -> pd.DataFrame:
    return _months_of(facts, facts.shared(level))


def _months_of(facts: Facts, of: str) -> pd.DataFrame:
    """`name`, `part`, `month`, `hours`, `capacity_hours` and `load` from the period on; people are those named."""
    each = _rows_of(facts, of).groupby(["name", "month"])
    known = each["capacity_hours"].sum(min_count=1)
    sums = pd.DataFrame({"part": each["part"].first(), "hours": each["hours"].sum(), "capacity_hours": known})
    sums = sums.reset_index()
    return with_load(sums)


_SUMMED = ("month", "hours", "capacity_hours")


def _rows_of(facts: Facts, of: str) -> pd.DataFrame:
    """The rows of the months shown that a row of the map may be made of, with `name` and `part`."""
    if of == "person":
        table = facts.table("workload")[["person", "department", "team", *_SUMMED]]
        table = table[table["person"] != ""]
        part = table["department"] if facts.whole else table["team"]
        table = table.assign(name=table["person"], part=part)
    else:
        table = facts.table("roll_up")
        table = table.loc[table["level"] == of, ["name", "department", *_SUMMED]]
        table = table.assign(part=table["department"] if of == "team" and facts.whole else "")
    return months_ahead(table, facts, MONTHS)


def _ordered(table: pd.DataFrame, facts: Facts) -> pd.DataFrame:
    """Names by the load of the period, hours that meet no capacity first; then by hours."""
    now = table[table["month"] == pd.Timestamp(facts.first_day)]
    none = (now["capacity_hours"] == 0) & (now["hours"] > 0)
    ranked = now.assign(rank=now["load"].mask(none, float("inf")).fillna(-1.0))
    return ranked.sort_values(["rank", "hours", "name"], ascending=[False, False, True], kind="stable")


_NOTHING = HeatCell(0, NOT_APPLICABLE)


def _cell(row: Row, say: Language) -> HeatCell:
    if row["load"] is not None:
        return HeatCell(heat_step(row), say.load(row["load"]))
    return HeatCell(heat_step(row), say.hours(row["hours"])) if row["hours"] else _NOTHING


def heat_message(facts: Facts) -> str:
    """How many rows of the map are over in any month of it."""
    say, of = facts.language, facts.shared(level)
    table = facts.shared(_months_shown)
    if not facts.shared(heat_lines):
        return say.gettext("Nobody has known hours")
    if not table["capacity_hours"].gt(0).any():
        return say.gettext("Capacity is unknown, so hours are shown")
    table = table[table["name"] != ""]  # those without a team or department are none
    loads = plain_rows(table[["load", "hours", "capacity_hours"]])
    high = int(table.loc[[is_over(row) for row in loads], "name"].nunique())
    values = {"all": say.spelt(int(table["name"].nunique())), "month": facts.month(table["month"].max().date())}
    said = {
        "person": say.gettext("Nobody is over capacity up to {month}", **values) if not high else say.ngettext(
            "{n} of {all} people is over capacity in a month up to {month}",
            "{n} of {all} people are over capacity in a month up to {month}", high, **values),
        "team": say.gettext("No team is over capacity up to {month}", **values) if not high else say.ngettext(
            "{n} of {all} teams is over capacity in a month up to {month}",
            "{n} of {all} teams are over capacity in a month up to {month}", high, **values),
        "department": say.gettext("No department is over capacity up to {month}", **values) if not high
        else say.ngettext(
            "{n} of {all} departments is over capacity in a month up to {month}",
            "{n} of {all} departments are over capacity in a month up to {month}", high, **values),
    }  # fmt: skip
    return sentence(said[of])


def heat_what(facts: Facts) -> str:
    """What a cell says, and for whom the row stands."""
    say, of = facts.language, facts.shared(level)
    count = say.number(len(facts.shared(people)))
    return {
        "person": say.gettext("Load as % of net capacity. Bold with a corner cut: above it"),
        "team": say.gettext("Load of {people} people by team, % of net capacity. Corner cut: above it", people=count),
        "department": say.gettext(
            "Load of {people} people by department, % of net capacity. Corner cut: above it", people=count
        ),
    }[of]


def with_room(facts: Facts) -> tuple[Row, ...]:
    """People with hours free in the period, those with most first; none whose capacity is but assumed."""
    assumed = facts.shared(with_assumed_capacity)
    free = [row for row in _free(facts) if row["person"] not in assumed]
    return tuple(sorted(free, key=lambda row: (-row["free_hours"], row["person"])))


def _free(facts: Facts) -> list[Row]:
    return [row for row in facts.shared(people) if (row["free_hours"] or 0) >= 1]


def with_assumed_capacity(facts: Facts) -> frozenset[str]:
    """People whom the People sheet does not name: full time is assumed for them. Nobody where there is no sheet."""
    sheet = facts.summary.portfolio.register.people
    if sheet.empty:
        return frozenset()
    names = set(sheet["name"].unique())
    others = [row["person"] for row in facts.shared(people) if row["person"] not in names]
    on_sheet = {folded(name) for name in names} if others else set()
    return frozenset(person for person in others if folded(person) not in on_sheet)


def listed(rows: tuple[Row, ...], shown: int, facts: Facts) -> Listing:
    """So many of these people."""
    return Listing(rows[:shown], rest_of(len(rows) - shown, "People", facts))


def over_message(facts: Facts) -> str:
    """Who is over, by how much together."""
    say, high = facts.language, facts.shared(over_capacity)
    if not high:
        if capacity_known(facts):
            return say.gettext("Nobody is over capacity in {month}", month=say.month(facts.first_day))
        return say.gettext("Whether anybody is over capacity is unknown")
    hours = say.hours(sum(row["over_hours"] or 0 for row in high))
    return sentence(say.ngettext(
        "one person is {hours} over capacity", "{n} people are over capacity, by {hours} together", len(high),
        hours=hours,
    ))  # fmt: skip


def free_message(facts: Facts) -> str:
    """Who has room, how much together."""
    say, free = facts.language, facts.shared(with_room)
    if not free:
        if capacity_known(facts):
            return say.gettext("Nobody has hours free in {month}", month=say.month(facts.first_day))
        return say.gettext("Free capacity is unknown")
    hours = say.hours(sum(row["free_hours"] for row in free))
    return sentence(say.ngettext(
        "one person has {hours} free", "{n} people have {hours} free together", len(free), hours=hours
    ))  # fmt: skip


def over_what(facts: Facts) -> str:
    """Which month, and in which order."""
    return facts.language.gettext("{month}, most hours over first", month=facts.language.month(facts.first_day))


def free_what(facts: Facts) -> str:
    """Which month, and in which order."""
    return facts.language.gettext("{month}, most hours free first", month=facts.language.month(facts.first_day))


def free_note(facts: Facts) -> str:
    """What free hours cannot know, and whose are left out."""
    say, assumed = facts.language, facts.shared(with_assumed_capacity)
    unknown = sum(row["unknown_effort"] or 0 for row in facts.shared(with_room))
    left_out = sum(row["person"] in assumed for row in _free(facts))
    said = []
    if unknown:
        said.append(say.ngettext(
            "They also carry one row of unknown effort.", "They also carry {n} rows of unknown effort.", unknown
        ))  # fmt: skip
    if left_out:
        said.append(say.ngettext(
            "One person who is not on the People sheet is left out: their capacity is assumed.",
            "{n} people who are not on the People sheet are left out: their capacity is assumed.", left_out,
        ))  # fmt: skip
    return " ".join(sentence(one) for one in said)
