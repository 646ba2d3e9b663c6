"""The same figures at every level: the organisation, who people report to, departments, teams and people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.settings import SummariseSettings
from pipeline.summarise.hours import HOURS, HOURS_BY_KIND
from pipeline.summarise.level import LEVELS, Codes, Level, names_of
from pipeline.summarise.loads import SPARE, dated, over_and_free, told, with_ratios
from pipeline.summarise.names import TEXT
from pipeline.summarise.order import order_of
from pipeline.summarise.roster import PLACES
from pipeline.summarise.scope import View

ITEMS_BY_KIND = {f"{column.removesuffix('_hours')}_items": kinds for column, kinds in HOURS_BY_KIND.items()}
"""Column of counts -> the kinds counted under it."""
SUMS = [*HOURS_BY_KIND, "hours"]
Numbers = npt.NDArray[np.float64]
Columns = Mapping[str, npt.NDArray[Any]]


def roll_up(view: View) -> pd.DataFrame:
    """Load by month of every level above people; hours over and free are sums over people, never netted."""
    spare, names, months = over_and_free(view), names_of(view), len(view.work.calendar.months)
    carried = _by_place(view.carried)

    def of(level: Level) -> Columns:
        hours, able, over = (
            level.codes(rows) * months + rows["month"].to_numpy() for rows in (carried, view.capacities, spare)
        )
        codes = np.sort(pd.unique(np.concatenate([hours, able])))
        sums = _hours(carried, HOURS, hours, codes) | _sums(view.capacities, ["capacity_hours"], able, codes)
        sums |= _sums(spare, SPARE, over, codes)
        unknown = _at(unknowns(view, level), codes // months)
        return {"code": codes // months, "month": codes % months, **sums, **unknown}

    table = _levels(of, names, list(LEVELS)[:-1])
    return dated(told(with_ratios(table), table["unknown_effort"] > 0), view)


def run_change(view: View) -> pd.DataFrame:
    """Run and change of the period at every level and for every person: hours, items, and the share of run in each.

    An item counts wherever somebody carries it: once for each person, once for each team and department of theirs.
    """

    def of(level: Level) -> Columns:
        hours, items = level.codes(view.in_period), kinds(view, level)
        every = np.concatenate([hours, items["code"].to_numpy()])
        codes = np.sort(pd.unique(every)) if level.keys else np.zeros(1, np.int64)
        sums = _hours(view.in_period, SUMS, hours, codes)
        return {"code": codes, **sums, **_at(items, codes), **_at(unknowns(view, level), codes)}

    table = _levels(of, names_of(view), list(LEVELS))
    silent = (table["hours"] == 0) & (table["unknown_effort"] > 0)
    table = table.assign(**{name: table[name].mask(silent) for name in SUMS})
    return with_shares(table, view.work.settings)


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
    names = names_of(view)
    levels = [Level(name, names) for name in LEVELS]
    return {
        (what, *level.keys): level.worded(count(view, level))
        for what, count in (("kinds", kinds), ("unknown", unknowns))
        for level in levels
    }


def added(parts: Sequence[Mapping[tuple[str, ...], pd.DataFrame]]) -> dict[tuple[str, ...], pd.DataFrame]:
    """The counts of all parts together."""
    every = {key: pd.concat([part[key] for part in parts], ignore_index=True) for key in parts[0]}
    return {
        key: rows.groupby(list(key[1:]), as_index=False).sum() if key[1:] else rows.sum().to_frame().T
        for key, rows in every.items()
    }


def kinds(view: View, level: Level) -> pd.DataFrame:
    """By `code`: active items by kind, each once, that are carried by what the level tells apart."""
    if ("kinds", *level.keys) in view.counts:
        return level.coded(view.counts["kinds", *level.keys])
    kind = view.doing["kind"]
    return level.once(view.doing, {name: kind.isin(of).to_numpy(bool) for name, of in ITEMS_BY_KIND.items()})


def unknowns(view: View, level: Level) -> pd.DataFrame:
    """By `code`: how many items of unknown effort are to be carried by what the level tells apart."""
    if ("unknown", *level.keys) in view.counts:
        return level.coded(view.counts["unknown", *level.keys])
    return level.once(view.unknowns, {"unknown_effort": np.ones(len(view.unknowns), bool)})


def _levels(of: Callable[[Level], Columns], names: Mapping[str, pd.Index], levels: list[str]) -> pd.DataFrame:
    """One table of these levels, each built by code: `level`, `name`, `department` (of a team), what is built.

    A level of which nothing bears a name is left out. Names are in order, what has none last.
    """
    parts = []
    for place, level in enumerate(Level(name, names) for name in levels):
        built = of(level)
        named, none = level.texts(built["code"]), np.full(len(built["code"]), "", object)
        name = named[level.keys[-1]] if level.keys else none
        if level.keys and (name == "").all() and level.name != "person":
            continue
        home = named["department"] if level.name == "team" else none
        texts = {"level": np.full(len(name), level.name, object), "name": name, "department": home}
        parts.append({**built, **texts, "place": np.full(len(name), place), "blank": name == ""})
    every = pd.DataFrame({name: np.concatenate([part[name] for part in parts]) for name in parts[0]})
    every = every.astype(dict.fromkeys(["level", "name", "department"], TEXT))
    order = ["place", "blank", "department", "name"] + (["month"] if "month" in every else [])
    return every.take(order_of(every, order)).reset_index(drop=True)


def _by_place(rows: pd.DataFrame) -> pd.DataFrame:
    """Allocations added up to what levels above people tell apart: every level adds these few rows instead of all."""
    keys = [*PLACES, "month", "counted_as", "tentative"]
    code = np.zeros(len(rows), np.int64)
    for name in keys:
        own, distinct = pd.factorize(rows[name])
        code = code * (len(distinct) + 1) + own + 1
    at, different = pd.factorize(code)
    first = np.empty(len(different), np.int64)
    first[at[::-1]] = np.arange(len(rows))[::-1]
    return rows[keys].take(first).assign(hours=np.bincount(at, rows["hours"], len(different)))


def _hours(rows: pd.DataFrame, columns: list[str], codes: Codes, wanted: Codes) -> dict[str, Numbers]:
    """The sum of each of these of HOURS by the wanted codes; 0 for those that no row has."""
    at, distinct = pd.factorize(codes)
    kind = pd.Categorical(rows["counted_as"], list(HOURS_BY_KIND)).codes + 1
    slots = (at * (len(HOURS_BY_KIND) + 1) + kind) * 2 + rows["tentative"].to_numpy()
    sums = np.bincount(slots, rows["hours"], len(distinct) * (len(HOURS_BY_KIND) + 1) * 2)
    sums = sums.reshape(len(distinct), len(HOURS_BY_KIND) + 1, 2)
    parts = {name: sums[:, place].sum(axis=1) for place, name in enumerate(HOURS_BY_KIND, 1)}
    parts |= {"forecast_hours": sums[:, :, 1].sum(axis=1), "hours": sums.sum(axis=(1, 2))}
    place = pd.Index(distinct).get_indexer(pd.Index(wanted))
    return {name: np.append(parts[name], 0.0)[place] for name in columns}  # -1, of no row, finds the last


def _sums(rows: pd.DataFrame, columns: list[str], codes: Codes, wanted: Codes) -> dict[str, Numbers]:
    """The sum of each column by the wanted codes, rounded as in every other table; 0 for those that no row has."""
    found = rows[columns].groupby(codes).sum().reindex(wanted, fill_value=0.0)
    return {name: found[name].to_numpy(np.float64) for name in columns}


def _at(counts: pd.DataFrame, wanted: Codes) -> dict[str, Codes]:
    """Each count by the wanted codes; 0 for those that it has not."""
    place = pd.Index(counts["code"]).get_indexer(pd.Index(wanted))
    return {str(name): np.append(counts[name].to_numpy(np.int64), 0)[place] for name in counts if name != "code"}
