"""Everything that tables are drawn from, computed once for all scopes: items, people, allocations, capacity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from pipeline.model import Period, Portfolio
from pipeline.settings import SummariseSettings
from pipeline.snapshots import Snapshot
from pipeline.summarise.activity import active, tentative
from pipeline.summarise.calendar import Calendar, calendar_of
from pipeline.summarise.capacity import Hours, full_time
from pipeline.summarise.carriers import ACCOUNTABLE, DEPUTY, RESPONSIBLE, carriers, named_roles, names_of
from pipeline.summarise.effort import place_effort
from pipeline.summarise.hierarchy import containers, successors
from pipeline.summarise.homes import Homes, homes
from pipeline.summarise.hours import counted_as
from pipeline.summarise.names import TEXT, as_written, numbered, unified
from pipeline.summarise.roster import NOBODY, PLACES, known_as, place_names, roster
from pipeline.summarise.stretches import capacity_over, spanning, stretches
from pipeline.summarise.workload import allocate

_COLUMNS = [
    "file", "sheet", "row", "id", "title", "description", "type", "start", "finish", "cadence", "status", "phase",
    "progress", "effort", "handover_to", "successor",
]  # fmt: skip
"""The register's columns that tables show or count; the others stay behind, for every copy of a row costs."""


@dataclass(frozen=True, eq=False)
class Work:
    """The work of the whole organisation in the months shown.

    `items`: the register's items with their verdict, unified names, `item` (the index) and what was computed:
    `active`, `container`, `tentative` (a forecast, no commitment) and `unknown` (flags), `month_hours` (in the
    period), `days_late` (at its end). `roles`: item, role, person, share; `doers`: item, person (code), share.
    `people`: see `roster`, with `counted` (adds to capacity); a person's code is their row, nobody's is the number of
    rows. `allocations`: item, person and month (codes), hours, `counted_as` (the column of HOURS_BY_KIND), `tentative`
    (they count as `forecast_hours`), and the PLACES of who carries them. `doing`: item and person (code) of every
    active item, with PLACES likewise, its kind and whether its effort is unknown. `capacities`: person and month
    (codes), PLACES, capacity_hours, of the people counted. Codes are int32, of months int16; PLACES and what else
    stands for few texts are categories. `homes`: the calendar each person works by. `previous`: what the
    last period published before this one left; None in a first period. `past`: what earlier months said at every level.
    """

    portfolio: Portfolio
    settings: SummariseSettings
    period: Period
    calendar: Calendar
    items: pd.DataFrame
    roles: pd.DataFrame
    doers: pd.DataFrame
    people: pd.DataFrame
    allocations: pd.DataFrame
    doing: pd.DataFrame
    capacities: pd.DataFrame
    homes: Homes
    previous: Snapshot | None = None
    past: pd.DataFrame | None = None

    @cached_property
    def successors(self) -> pd.Series:
        """The index of the item that each item names as its successor; -1 where it names none of the register."""
        return successors(self.items)

    @cached_property
    def sheets(self) -> pd.Series:
        """The number of the sheet that each item stands on."""
        return self.items.groupby(["file", "sheet"], sort=False).ngroup()


def gather(
    portfolio: Portfolio,
    settings: SummariseSettings,
    period: Period,
    previous: Snapshot | None = None,
    past: pd.DataFrame | None = None,
) -> Work:
    """The work behind every table. Raises SettingsError where the country of the holidays is not known."""
    register, calendar = portfolio.register, calendar_of(settings, period)
    printed, known = place_names(register), known_as(register)
    roles = named_roles(register.roles, known)
    items = judged_items(portfolio, roles, printed, calendar)
    held = roles["role"].isin([ACCOUNTABLE, RESPONSIBLE])
    people = roster(register, items, roles.loc[held, ["item", "person"]], printed)
    parts = stretches(register, people)
    people = spanning(people, parts)
    doers = doers_of(roles, items, people)
    people["counted"] = people["on_sheet"] | people.index.isin(
        doers.loc[items["active"].reindex(doers["item"]).array, "person"]
    )
    at_home = homes(people, calendar, settings, period)
    hours = capacity_over(parts, len(people), at_home, settings.hours_per_week)
    carries = items["active"] & ~items["container"]
    planned = register.items.assign(kind=items["kind"], days_late=items["days_late"])
    effort = place_effort(planned, carries, calendar, settings.hours_per_week)
    allocations = allocate(effort, doers, calendar, hours, full_time(calendar, settings.hours_per_week))
    in_period = allocations[allocations["month"] == calendar.period_at].groupby("item")["hours"].sum()
    items = items.assign(unknown=effort.unknown, month_hours=_month_hours(items, effort.unknown, in_period))
    doing = with_places(
        doers[items["active"].reindex(doers["item"]).to_numpy(bool)].reset_index(drop=True), items, people
    )
    doing = doing.assign(**what_is_done(doing, items["kind"], items["unknown"]))
    return Work(
        portfolio, settings, period, calendar, items, roles, doers, people,
        carried_hours(allocations, items, people), doing, capacities_of(people, hours),
        at_home, previous, past,
    )  # fmt: skip


def judged_items(
    portfolio: Portfolio,
    roles: pd.DataFrame,
    printed: Mapping[str, Mapping[str, str]],
    calendar: Calendar,
    container: pd.Series | None = None,
) -> pd.DataFrame:
    """`Work.items` as far as the register says it; `container` where that is known from all parts of a register."""
    raw = portfolio.register.items
    items = raw[_COLUMNS].assign(item=raw.index.astype("int64"))
    for place in PLACES:
        items[place] = unified(raw[place], printed[place])
    for role in (ACCOUNTABLE, RESPONSIBLE, DEPUTY):
        items[role] = as_written(names_of(roles, role, items.index), raw[role])
    items = items.join(portfolio.verdicts.drop(columns=["level"]))
    items["active"] = active(raw, items["kind"], calendar)
    items["container"] = containers(raw, items["active"]) if container is None else container
    items["tentative"] = tentative(raw)
    items["review"] &= items["active"]  # what is over needs no verdict: every count of rows to review leaves it out
    late = (pd.Timestamp(calendar.period_last) - items["finish"]).dt.days.astype("float64").clip(lower=0)
    items["days_late"] = late.where(items["active"] & raw["actual_finish"].isna())
    return items


def doers_of(roles: pd.DataFrame, items: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Who carries each item, people by their code."""
    doers = carriers(roles, items.index)
    codes = numbered(doers["person"], pd.Index(people["person"]))
    codes = np.where(doers["person"] == NOBODY, len(people), codes)
    return doers.assign(item=doers["item"].astype("int32"), person=codes.astype(np.int32))


def _month_hours(items: pd.DataFrame, unknown: pd.Series, in_period: pd.Series) -> pd.Series:
    """Hours of each item in the period: NaN where they are not known, 0 where the item carries none."""
    hours = in_period.reindex(items.index)
    return hours.where(hours.notna() | unknown, 0.0).astype("float64")


def carried_hours(allocations: pd.DataFrame, items: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Allocations with what their hours count as, and the places of who carries them."""
    said = {"counted_as": counted_as(items["kind"]), "tentative": items["tentative"]}
    item = allocations["item"].to_numpy()
    return with_places(allocations.assign(**{name: of.array.take(item) for name, of in said.items()}), items, people)


def with_places(rows: pd.DataFrame, items: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Rows of item and person with PLACES: the person's, as their capacity has; the item's where nobody is named."""
    who, what, columns = rows["person"].to_numpy(), rows["item"].to_numpy(), {}
    nobodys = np.flatnonzero(who == len(people))
    for place in PLACES:
        codes, said = pd.factorize(items[place])
        own = pd.Index([*people[place], ""])
        names = pd.Index(pd.Series([*own, *said], dtype=TEXT).unique()).sort_values()
        narrow = np.min_scalar_type(-len(names))
        of_item, of_person = (names.get_indexer(texts).astype(narrow) for texts in (said, own))
        code = of_person[who]
        code[nobodys] = of_item[codes[what[nobodys]]]
        columns[place] = pd.Categorical.from_codes(code, categories=names)
    return rows.assign(**columns)


def what_is_done(doing: pd.DataFrame, kinds: pd.Series, unknown: pd.Series) -> dict[str, ExtensionArray]:
    """`kind` and `unknown` of the item of each row."""
    said = {"kind": kinds.astype("category"), "unknown": unknown}
    return {name: of.array.take(doing["item"].to_numpy()) for name, of in said.items()}


def capacities_of(people: pd.DataFrame, hours: Hours) -> pd.DataFrame:
    """Capacity by person and month, of the people who are counted."""
    months = hours.shape[1]
    who = np.repeat(np.flatnonzero(people["counted"]), months)
    codes = {
        "person": who.astype(np.int32),
        "month": np.tile(np.arange(months, dtype=np.int16), len(who) // max(months, 1)),
    }
    places = {place: pd.Categorical(people[place])[who] for place in PLACES}
    return pd.DataFrame({**codes, **places, "capacity_hours": hours[people["counted"].to_numpy(bool)].ravel()})
