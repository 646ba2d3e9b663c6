"""The same figures at every level: the organisation, who people report to, departments, teams and people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd

from pipeline.settings import SummariseSettings
from pipeline.summarise.loads import SPARE, dated, loads, over_and_free, told
from pipeline.summarise.names import TEXT
from pipeline.summarise.roster import PLACES
from pipeline.summarise.scope import View
from pipeline.summarise.work import HOURS_BY_KIND

LEVELS: Mapping[str, tuple[str, ...]] = {
    "organisation": (),
    "reports to": ("executive",),
    "department": ("department",),
    "team": ("department", "team"),
    "person": ("person",),
}
"""Level -> the columns that tell its rows apart, the one that names them last.

`reports to` is the executive above the people who do the work; who governs the items is in the table `executives`.
"""
ITEMS_BY_KIND = {f"{column.removesuffix('_hours')}_items": kinds for column, kinds in HOURS_BY_KIND.items()}
"""Column of counts -> the kinds counted under it."""
SUMS = [*HOURS_BY_KIND, "hours"]


def roll_up(view: View) -> pd.DataFrame:
    """Load by month of every level above people; hours over and free are sums over people, never netted."""
    spare = over_and_free(view)

    def of(keys: list[str]) -> pd.DataFrame:
        by_month = [*keys, "month"]
        sums = loads(view.carried, view.capacities, by_month)
        table = _beside(sums, _plain(spare.groupby(by_month)[SPARE].sum(), by_month), by_month)
        table = _beside(table, _unknown(view, keys), keys)
        return dated(told(table, table["unknown_effort"] > 0), view)

    return _levels(of, list(LEVELS)[:-1])


def run_change(view: View) -> pd.DataFrame:
    """Run and change of the period at every level and for every person: hours, items, and the share of run in each.

    An item counts wherever somebody carries it: once for each person, once for each team and department of theirs.
    """

    def of(keys: list[str]) -> pd.DataFrame:
        hours = _by(view.in_period, keys, SUMS)
        table = _beside(hours, _items(view, keys), keys, how="outer")
        table = _beside(table, _unknown(view, keys), keys)
        silent = (table["hours"] == 0) & (table["unknown_effort"] > 0)
        return table.assign(**{name: table[name].mask(silent) for name in SUMS})

    table = _levels(of, list(LEVELS))
    return with_shares(_people_named(table, view), view.work.settings)


def carried_items(view: View) -> pd.DataFrame:
    """Every active item with each person who carries it, in the register's order; nobody is ""."""
    rows = view.involved.rename(columns={place: f"carrier_{place}" for place in PLACES})
    people = pd.concat([view.work.people["person"], pd.Series([""], dtype=TEXT)], ignore_index=True)
    named = rows.assign(person=people.take(rows["person"].to_numpy()).to_numpy(object))
    shown = ["id", "title", "department", "file", "sheet", "row", "tentative"]
    every = named.join(view.work.items[shown], on="item")
    return every.sort_values(["file", "sheet", "row", "person"], kind="stable")


def with_shares(table: pd.DataFrame, settings: SummariseSettings) -> pd.DataFrame:
    """Sums with the run share of hours and of items, and where the first lies by the target that is set."""
    hours, items = (table[f"run_{what}"] + table[f"change_{what}"] for what in ("hours", "items"))
    share = table["run_hours"] / hours.where(hours > 0)
    least, most = settings.run_share_least, settings.run_share_most
    side = np.select([share < least - 1e-9, share > most + 1e-9, share.notna()], ["below", "above", "within"], "")
    target = pd.Series(side, index=table.index, dtype=TEXT)
    if (least, most) == (0.0, 1.0):
        target[:] = ""
    return table.assign(run_share=share, run_items_share=table["run_items"] / items.where(items > 0), target=target)


def counted(view: View) -> dict[tuple[str, ...], pd.DataFrame]:
    """`View.counts`: what is counted of items at every level, which adds up over parts of a register."""
    return {(what, *keys): count(view, list(keys)) for what, count in _COUNTED.items() for keys in LEVELS.values()}


def added(parts: Sequence[Mapping[tuple[str, ...], pd.DataFrame]]) -> dict[tuple[str, ...], pd.DataFrame]:
    """The counts of all parts together."""
    every = {key: pd.concat([part[key] for part in parts], ignore_index=True) for key in parts[0]}
    return {
        key: _by(rows, list(key[1:]), [str(name) for name in rows if name not in key[1:]])
        for key, rows in every.items()
    }


def _levels(of: Callable[[list[str]], pd.DataFrame], levels: list[str]) -> pd.DataFrame:
    """One table of these levels, each built by its keys: `level`, `name`, `department` (of a team), what is built.

    A level of which nothing bears a name is left out.
    """
    parts = []
    for level in levels:
        keys = list(LEVELS[level])
        built = of(keys)
        if keys and (built[keys[-1]].astype(TEXT) == "").all():
            continue
        blank = pd.Series("", index=built.index, dtype=TEXT)
        name = built[keys[-1]].astype(TEXT) if keys else blank
        home = built["department"].astype(TEXT) if level == "team" else blank
        parts.append(built.assign(level=pd.Series(level, index=built.index, dtype=TEXT), name=name, department=home))
    every = pd.concat(parts, ignore_index=True).assign(place=lambda rows: rows["level"].map(list(LEVELS).index))
    order = ["place", "blank", "department", "name"] + (["month"] if "month" in every else [])
    return every.assign(blank=every["name"] == "").sort_values(order, kind="stable", ignore_index=True)


def _people_named(table: pd.DataFrame, view: View) -> pd.DataFrame:
    """The same with people under their names, in place of their codes, in order; nobody last."""
    everybody = pd.concat([view.work.people["person"], pd.Series([""], dtype=TEXT)], ignore_index=True)
    person = table["level"] == "person"
    code = pd.to_numeric(table["name"].where(person)).fillna(0).astype("int64")
    named = table.assign(name=table["name"].mask(person, everybody.take(code.to_numpy()).set_axis(table.index)))
    named["blank"] = named["name"] == ""
    return named.sort_values(["place", "blank", "department", "name"], kind="stable", ignore_index=True)


def _items(view: View, keys: list[str]) -> pd.DataFrame:
    """Active items by kind, each once, that are carried by what the keys tell apart."""
    if ("kinds", *keys) in view.counts:
        return view.counts["kinds", *keys]
    once = view.doing[["item", "kind", *keys]].drop_duplicates()
    flags = {name: once["kind"].isin(kinds).astype("int64") for name, kinds in ITEMS_BY_KIND.items()}
    return _by(once.assign(**flags), keys, list(flags))


def _unknown(view: View, keys: list[str]) -> pd.DataFrame:
    """How many items of unknown effort are to be carried by what the keys tell apart."""
    if ("unknown", *keys) in view.counts:
        return view.counts["unknown", *keys]
    once = view.doing.loc[view.doing["unknown"], ["item", *keys]].drop_duplicates().assign(unknown_effort=1)
    return _by(once, keys, ["unknown_effort"])


_COUNTED: Mapping[str, Callable[[View, list[str]], pd.DataFrame]] = {"kinds": _items, "unknown": _unknown}


def _by(rows: pd.DataFrame, keys: list[str], columns: list[str]) -> pd.DataFrame:
    """Sums of the columns by the keys; one row of them where there are none."""
    if not keys:
        return rows[columns].sum().to_frame().T
    return _plain(rows.groupby(keys, observed=True)[columns].sum(), keys)


def _plain(sums: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Grouped sums as a frame whose texts are texts, no categories."""
    frame = sums.reset_index()
    return frame.astype({key: TEXT for key in keys if key not in ("person", "month")})


def _beside(table: pd.DataFrame, more: pd.DataFrame, keys: list[str], how: str = "left") -> pd.DataFrame:
    """Both side by side, what one of them lacks as 0."""
    if not keys:
        return table.merge(more, how="cross")
    joined = table.merge(more, on=keys, how="outer" if how == "outer" else "left", sort=False)
    numbers = [name for name in joined if name not in keys and name in (*more.columns, *SUMS)]
    return joined.fillna(dict.fromkeys(numbers, 0))
