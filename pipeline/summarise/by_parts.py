"""Hours of a register that is too large for one machine: facts of each part, put together, and used on each part.

Three rounds: names (which spellings there are), places (who is where, what holds what), hours. Each round's function of
a part gives small facts; whole numbers and hours on a fixed grain (`workload.GRAIN`) add up to the same in any order.
The figures are those of `levels`, by the same functions that count an undivided register.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.model import Period, Portfolio, Register, RuleSet
from pipeline.settings import SummariseSettings
from pipeline.summarise.calendar import calendar_of
from pipeline.summarise.capacity import Hours, full_time
from pipeline.summarise.carriers import ACCOUNTABLE, RESPONSIBLE, carriers, named_roles
from pipeline.summarise.effort import place_effort
from pipeline.summarise.hierarchy import containers
from pipeline.summarise.homes import Homes, homes
from pipeline.summarise.hours import in_columns
from pipeline.summarise.layout import laid_out
from pipeline.summarise.levels import added, counted, roll_up, run_change
from pipeline.summarise.names import TEXT, fold, usual_spellings
from pipeline.summarise.roster import PLACES, known_with, roster_of
from pipeline.summarise.scope import View, organisation
from pipeline.summarise.stretches import capacity_over, spanning, stretches_of
from pipeline.summarise.work import (
    Work,
    capacities_of,
    carried_hours,
    doers_of,
    judged_items,
    what_is_done,
    with_places,
)
from pipeline.summarise.workload import allocate

_APART = ["person", "month", *PLACES, "counted_as", "tentative"]
"""What the hours of a part are told apart by."""
TABLES = {"roll_up": roll_up, "run_change": run_change}
"""What is made of all parts together."""
Counts = Mapping[tuple[str, ...], pd.DataFrame]


@dataclass(frozen=True)
class Names:
    """Of one part: how often each spelling of a person and of each place stands in it, and the parents it names."""

    people: pd.Series
    places: Mapping[str, pd.Series]
    parents: frozenset[str]


@dataclass(frozen=True)
class Known:
    """Of all parts: the names to print, of places and of people, and every parent that is named."""

    printed: Mapping[str, Mapping[str, str]]
    people: Mapping[str, str]
    parents: frozenset[str]


@dataclass(frozen=True)
class Places:
    """Of one part: how many items and roles are in which places, who does active work, and what may hold what.

    `related`: `parent`, `id`, `title`, place, `active` and `row` of the items that are named as parents; of the others
    that name one, each different parent, place (`file`, `sheet`, `table`) and activity once, with `row` -1.
    """

    placed: pd.DataFrame
    named: pd.DataFrame
    busy: frozenset[str]
    related: pd.DataFrame


@dataclass(frozen=True)
class Staff:
    """Of all parts: the people with their hours by month, the names to print, and by part the rows that hold others."""

    known: Known
    people: pd.DataFrame
    hours: Hours
    at_home: Homes
    holding: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Carried:
    """Of one part: hours by _APART, what `levels` counts, and who has work of unknown effort."""

    hours: pd.DataFrame
    counts: Counts
    unknown: frozenset[int]


def names_in(register: Register) -> Names:
    """The first round, of a part."""
    places = {place: register.items[place].astype(TEXT).value_counts() for place in PLACES}
    parents = frozenset(map(str, fold(register.items["parent"]).unique())) - {""}
    return Names(register.roles["person"].astype(TEXT).value_counts(), places, parents)


def known_of(parts: Sequence[Names], listed: pd.DataFrame) -> Known:
    """The first round, of all parts; `listed` is the People sheet."""

    def usual(counts: list[pd.Series], more: pd.Series) -> dict[str, str]:
        every = pd.concat([*counts, more.astype(TEXT).value_counts()])
        return usual_spellings(every.groupby(level=0).sum())

    printed = {place: usual([part.places[place] for part in parts], listed[place]) for place in PLACES}
    people = known_with(listed, usual([part.people for part in parts], listed["name"]))
    return Known(printed, people, frozenset().union(*(part.parents for part in parts)))


def places_in(
    portfolio: Portfolio, known: Known, settings: SummariseSettings, period: Period
) -> tuple[Places, pd.DataFrame]:
    """The second round, of a part; and which of its rows are `active`, and which to `review`."""
    roles = named_roles(portfolio.register.roles, known.people)
    calendar = calendar_of(settings, period)
    nothing = pd.Series(False, index=portfolio.register.items.index)
    items = judged_items(portfolio, roles, known.printed, calendar, nothing)
    doers = carriers(roles, items.index)
    held = roles[roles["role"].isin([ACCOUNTABLE, RESPONSIBLE])]
    named = items[PLACES].reindex(held["item"]).reset_index(drop=True).assign(person=held["person"].array)
    busy = doers.loc[items["active"].reindex(doers["item"]).array, "person"]
    related = _related(portfolio, items["active"], known.parents)
    places = Places(_counted(items[PLACES]), _counted(named), frozenset(busy), related)
    return places, items[["active", "review"]]


def staff_of(
    parts: Sequence[Places], known: Known, listed: pd.DataFrame, settings: SummariseSettings, period: Period
) -> Staff:
    """The second round, of all parts."""
    placed, named = (
        _added([getattr(part, name) for part in parts], [*PLACES, *more])
        for name, more in (("placed", []), ("named", ["person"]))
    )
    people = roster_of(listed, known.people, placed, named, known.printed)
    times = stretches_of(listed, known.people, people)
    people = spanning(people, times)
    people["counted"] = people["on_sheet"] | people["person"].isin(frozenset().union(*(part.busy for part in parts)))
    at_home = homes(people, calendar_of(settings, period), settings, period)
    hours = capacity_over(times, len(people), at_home, settings.hours_per_week)
    return Staff(known, people, hours, at_home, _holding([part.related for part in parts]))


def hours_in(
    portfolio: Portfolio, staff: Staff, part: int, settings: SummariseSettings, period: Period
) -> tuple[Carried, pd.DataFrame]:
    """The third round, of a part (its number): what it adds to the figures, and its allocations."""
    raw, calendar, people = portfolio.register.items, calendar_of(settings, period), staff.people
    roles = named_roles(portfolio.register.roles, staff.known.people)
    holds = pd.Series(raw.index.isin(list(staff.holding[part])), index=raw.index)
    items = judged_items(portfolio, roles, staff.known.printed, calendar, holds)
    doers = doers_of(roles, items, people)
    planned = raw.assign(kind=items["kind"], days_late=items["days_late"])
    effort = place_effort(planned, items["active"] & ~holds, calendar, settings.hours_per_week)
    alone = full_time(calendar, settings.hours_per_week)
    allocations = carried_hours(allocate(effort, doers, calendar, staff.hours, alone), items, people)
    busy = items["active"].reindex(doers["item"]).to_numpy(bool)
    doing = with_places(doers[busy].reset_index(drop=True), items, people)
    doing = doing.assign(**what_is_done(doing, items["kind"], effort.unknown))
    view = _view(staff, settings, period, allocations, doing)
    hours = allocations.groupby(_APART, observed=True)["hours"].sum().reset_index().astype(dict.fromkeys(PLACES, TEXT))
    unknown = frozenset(int(person) for person in doing.loc[doing["unknown"], "person"].unique())
    return Carried(hours, counted(view), unknown), in_columns(allocations)


def figures_of(
    parts: Sequence[Carried], staff: Staff, settings: SummariseSettings, period: Period
) -> dict[str, pd.DataFrame]:
    """The third round, of all parts: the tables `roll_up` and `run_change` of the whole organisation."""
    every = pd.concat([part.hours for part in parts], ignore_index=True)
    hours = every.groupby(_APART, observed=True)["hours"].sum().reset_index()
    unknown = sorted(frozenset().union(*(part.unknown for part in parts)))
    doing = pd.DataFrame({"person": np.array(unknown, dtype=np.int64), "unknown": True})
    view = _view(staff, settings, period, hours, doing, added([part.counts for part in parts]))
    return {name: laid_out(name, build(view)) for name, build in TABLES.items()}


def _view(
    staff: Staff,
    settings: SummariseSettings,
    period: Period,
    hours: pd.DataFrame,
    doing: pd.DataFrame,
    counts: Counts | None = None,
) -> View:
    """What the functions of `levels` look at, for a part or for all of them."""
    none = pd.DataFrame()
    nothing = Portfolio(Register(none, none, none, none, ()), none, none, RuleSet("", ""))
    work = Work(
        nothing, settings, period, calendar_of(settings, period), none, none, none, staff.people, hours, doing,
        capacities_of(staff.people, staff.hours), staff.at_home,
    )  # fmt: skip
    view = organisation(work)
    return View(
        work, view.scope, view.audience, none, staff.people, hours, hours, doing, doing, work.capacities,
        counts=counts or {},
    )  # fmt: skip


def _counted(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.groupby(list(rows)).size().rename("rows").reset_index()


def _added(parts: list[pd.DataFrame], keys: list[str]) -> pd.DataFrame:
    return pd.concat(parts, ignore_index=True).groupby(keys)["rows"].sum().reset_index()


def _related(portfolio: Portfolio, active: pd.Series, parents: frozenset[str]) -> pd.DataFrame:
    raw = portfolio.register.items[["parent", "id", "title", "file", "sheet", "table"]]
    raw = raw.assign(active=active, row=np.arange(len(active)))
    raw["folded"] = fold(raw["parent"])
    above = fold(raw["id"]).isin(parents) | fold(raw["title"]).isin(parents)
    named, leaves = raw[above], raw[~above & (raw["folded"] != "")]
    leaves = leaves.assign(parent=leaves["folded"], row=-1, id="", title="").drop_duplicates()
    return pd.concat([named, leaves], ignore_index=True).drop(columns="folded")


def _holding(parts: Sequence[pd.DataFrame]) -> tuple[tuple[int, ...], ...]:
    """By part the rows that hold others: `hierarchy.containers` of what may."""
    every = pd.concat([part.assign(part=number) for number, part in enumerate(parts)], ignore_index=True)
    own = every["row"] >= 0
    alone = ("\x00" + pd.Series(every.index, index=every.index).astype(TEXT)).astype(TEXT)  # a name that nobody calls
    named = every.assign(**{name: every[name].where(own, alone).astype(TEXT) for name in ("id", "title")})
    found = every[containers(named, every["active"].astype(bool)) & own]
    return tuple(tuple(found.loc[found["part"] == number, "row"].astype(int)) for number in range(len(parts)))
