"""The tables of hours against capacity: by month, department, team and person, and the allocations behind them."""

from __future__ import annotations

from weakref import WeakKeyDictionary

import pandas as pd

from pipeline.summarise.hours import HOURS, summed
from pipeline.summarise.names import TEXT
from pipeline.summarise.roster import PLACES
from pipeline.summarise.scope import View

SPARE = ["over_hours", "free_hours"]
OVER = 1 + 1e-9
"""A load above this is over capacity; the margin is the rounding of sums."""
ROUNDING_HOURS = 1e-6
"""Hours over capacity up to this are the rounding of sums."""
KINDS = {"projects": ("project",), "operations": ("operation",), "undecided": ("mixed", "undecided")}
"""Column of counts -> the kinds counted under it."""


def loads(carried: pd.DataFrame, capacities: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Hours by kind and commitment, capacity, load, run share by `keys`; ratios are NaN where their whole is zero."""
    text = [key for key in keys if key in PLACES]
    hours = summed(carried, keys, HOURS)
    able = capacities.groupby(keys, observed=True)["capacity_hours"].sum().reset_index()
    kinds = dict.fromkeys(text, TEXT)
    joined = hours.astype(kinds).merge(able.astype(kinds), on=keys, how="outer", sort=True)
    joined = joined.fillna(dict.fromkeys([*HOURS, "capacity_hours"], 0.0))
    return with_ratios(joined)


def by_person(view: View) -> pd.DataFrame:
    """`loads` by person and month, which several tables stand on: kept until another scope's are asked for."""
    if view not in _BY_PERSON:
        _BY_PERSON.clear()
        _BY_PERSON[view] = loads(view.carried, view.capacities, ["person", "month"])
    return _BY_PERSON[view]


_BY_PERSON: WeakKeyDictionary[View, pd.DataFrame] = WeakKeyDictionary()


def with_ratios(sums: pd.DataFrame) -> pd.DataFrame:
    """Sums of hours with what of them is committed, `load` (of capacity) and `run_share` (of run and change)."""
    placed = sums["run_hours"] + sums["change_hours"]
    return sums.assign(
        committed_hours=sums["hours"] - sums["forecast_hours"],
        load=sums["hours"] / sums["capacity_hours"].where(sums["capacity_hours"] > 0),
        run_share=sums["run_hours"] / placed.where(placed > 0),
    )


def told(table: pd.DataFrame, unknown: pd.Series | bool) -> pd.DataFrame:
    """The same, with hours and ratios NaN where no hours are known and work of unknown effort stands behind the row.

    Unknown is not zero: such a row says nothing, and must not read as 0 % load. A known sum stays, too low as it is.
    """
    silent = (table["hours"] == 0) & unknown
    columns = [*HOURS, "committed_hours", "load", "run_share"]
    return table.assign(**{column: table[column].mask(silent) for column in columns})


def months(view: View) -> pd.DataFrame:
    """Hours and capacity of every month shown."""
    sums = loads(view.carried, view.capacities, ["month"]).set_index("month")
    every = sums.reindex(range(len(view.work.calendar.months)))
    every[[*HOURS, "capacity_hours"]] = every[[*HOURS, "capacity_hours"]].fillna(0.0)
    table = told(every, not view.unknowns.empty).rename_axis("month").reset_index()
    spare = over_and_free(view).groupby("month")[SPARE].sum().reindex(table["month"], fill_value=0.0)
    table[SPARE] = spare[SPARE].to_numpy()
    return dated(with_ratios(table.assign(unknown_effort=view.unknowns["item"].nunique())), view)


def departments(view: View) -> pd.DataFrame:
    """Hours of the period by the department that carries them, and its active items by kind; no department last."""
    sums = loads(view.in_period, view.capacities_in_period, ["department"]).set_index("department")
    counts = view.active.groupby("department")["kind"].value_counts().unstack(fill_value=0)
    names = sums.index.union(counts.index)
    if view.scope:
        names = names[names.isin(view.departments)]
    table = sums.reindex(names).fillna(dict.fromkeys([*HOURS, "capacity_hours"], 0.0))
    for column, kinds in KINDS.items():
        table[column] = counts.reindex(index=names, columns=list(kinds)).fillna(0).sum(axis=1).astype("int64")
    unknown = view.unknowns[["item", "department"]].astype({"department": TEXT}).drop_duplicates()
    table["unknown_effort"] = unknown.groupby("department").size().reindex(names).fillna(0).astype("int64")
    table["people"] = present(view).groupby("department").size().reindex(names).fillna(0).astype("int64")
    behind = (table["unknown_effort"] > 0) | table.index.isin(_places_behind(view, ["department"])["department"])
    return _blank_last(told(table, behind).rename_axis("department").reset_index(), ["department"])


def teams(view: View) -> pd.DataFrame:
    """Hours of the period by the team that carries them; no team last."""
    keys = ["department", "team"]
    sums = loads(view.in_period, view.capacities_in_period, keys)
    counts = present(view).groupby(keys).size().rename("people").reset_index()
    table = sums.merge(counts, on=keys, how="left").fillna({"people": 0})
    behind = pd.MultiIndex.from_frame(_places_behind(view, keys))
    unknown = pd.Series(pd.MultiIndex.from_frame(table[keys]).isin(behind), index=table.index)
    return _blank_last(told(table, unknown), keys)


def people(view: View) -> pd.DataFrame:
    """Load of the period by person, the highest first; who has no capacity, and what nobody carries, last."""
    table = _with_person(loads(view.in_period, view.capacities_in_period, ["person"]), view)
    shown = table[(table["hours"] > 0) | (table["capacity_hours"] > 0)]
    shown = _told_by_person(shown, view)
    shown = _beside(shown, view).assign(nobody=shown["person"] == "")
    return shown.sort_values(["nobody", "load", "person"], ascending=[True, False, True], kind="stable")


def workload(view: View) -> pd.DataFrame:
    """Load by person and month, of everybody who has hours or capacity in the months shown."""
    table = _with_person(by_person(view), view)
    busy = table.groupby("person")[["hours", "capacity_hours"]].transform("sum").sum(axis=1) > 0
    ranked = _beside(_told_by_person(table.assign(nobody=table["person"] == "")[busy], view), view)
    return dated(ranked.sort_values(["nobody", "person", "month"], kind="stable"), view)


def over_and_free(view: View) -> pd.DataFrame:
    """Hours over capacity and capacity left of each person in each month, with the person's PLACES.

    Each is summed as it is, so that one person's free hours never hide another's overload. Nobody has neither, nor has
    a person of whose work no hours are known.
    """
    table = by_person(view)
    silent = (table["hours"] == 0) & table["person"].isin(view.unknowns["person"].unique())
    table = table[(table["person"] < len(view.work.people)) & ~silent]
    over, free = table["hours"] - table["capacity_hours"], table["capacity_hours"] - table["hours"]
    places = view.work.people[PLACES].reindex(table["person"]).reset_index(drop=True).set_index(table.index)
    return table[["person", "month"]].assign(over_hours=over.clip(lower=0), free_hours=free.clip(lower=0)).join(places)


def _beside(table: pd.DataFrame, view: View) -> pd.DataFrame:
    """The same by person with hours over capacity, hours free, and how many of their items have unknown effort.

    Where nothing can be said, there is neither: nobody's hours, and no hours known beside work of unknown effort.
    """
    nobody = table["person"] == ""
    counts = view.unknowns.groupby("person").size()
    return table.assign(
        over_hours=(table["hours"] - table["capacity_hours"]).clip(lower=0).mask(nobody),
        free_hours=(table["capacity_hours"] - table["hours"]).clip(lower=0).mask(nobody),
        unknown_effort=table["code"].map(counts).fillna(0).astype("int64"),
    )


def over_capacity(table: pd.DataFrame) -> pd.Series:
    """Whether each row's hours pass its capacity; somebody with hours and no capacity at all is over it too."""
    over: pd.Series = table["hours"] - table["capacity_hours"] > ROUNDING_HOURS
    return over


def allocations(view: View) -> pd.DataFrame:
    """Every allocation with its item and person in words."""
    rows, items = view.allocations, view.work.items
    names = pd.concat([view.work.people["person"], pd.Series([""], dtype=TEXT)], ignore_index=True)
    columns = ["item", "id", "title", "department", "kind"]
    table = items[columns].take(rows["item"].to_numpy()).reset_index(drop=True)
    table["person"] = names.take(rows["person"].to_numpy()).array
    table["month"] = view.work.calendar.months[rows["month"].to_numpy()].astype("datetime64[s]")
    return table.assign(hours=rows["hours"].array)


def present(view: View) -> pd.DataFrame:
    """The people of the scope who can give or do give hours in the period."""
    able = view.capacities_in_period
    codes = set(able.loc[able["capacity_hours"] > 0, "person"]) | set(view.in_period["person"])
    return view.people[view.people.index.isin(codes)]


def dated(table: pd.DataFrame, view: View) -> pd.DataFrame:
    """The same with `month` as a date, and whether it lies after the period."""
    codes = table["month"].to_numpy("int64")
    calendar = view.work.calendar
    return table.assign(month=calendar.months[codes].astype("datetime64[s]"), forecast=codes > calendar.period_at)


def _with_person(table: pd.DataFrame, view: View) -> pd.DataFrame:
    """The same with `person`, `team`, `department` and `executive` in words and the person's `code`; nobody is ""."""
    codes = table["person"]
    shown = table.assign(code=codes)
    for name in ("person", "team", "department", "executive"):
        shown[name] = view.work.people[name].reindex(codes).fillna("").array
    return shown


def _places_behind(view: View, keys: list[str]) -> pd.DataFrame:
    """Departments or teams that carry work of unknown effort, and those where its people's capacity stands."""
    people = view.work.people
    own = people.loc[people.index.isin(view.unknowns["person"].unique()), keys]
    return pd.concat([view.unknowns[keys].drop_duplicates().astype(TEXT), own], ignore_index=True).drop_duplicates()


def _told_by_person(table: pd.DataFrame, view: View) -> pd.DataFrame:
    return told(table, table["code"].isin(view.unknowns["person"].unique()))


def _blank_last(table: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    return table.assign(blank=table[keys[0]] == "").sort_values(["blank", *keys], kind="stable")
