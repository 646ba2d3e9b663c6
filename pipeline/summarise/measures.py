"""What operations are measured by: rounds kept, volume, hours and cost for each unit of it, service level, trends."""

from __future__ import annotations

from collections.abc import Mapping
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from pipeline.fields import CADENCE_PER_YEAR
from pipeline.summarise.functions import functions_of
from pipeline.summarise.names import TEXT
from pipeline.summarise.narrow import narrow
from pipeline.summarise.order import order_of
from pipeline.summarise.scope import View
from pipeline.summarise.volumes import counts, headed, heading_words, in_a_month, spent_so_far

DAYS_PER_YEAR = 365
_WEEKEND = 3
"""Days from one working day to the next over a weekend: daily work may be so old."""
BETWEEN_ROUNDS: Mapping[str, int] = {
    cadence: max(_WEEKEND, round(DAYS_PER_YEAR / rate)) for cadence, rate in CADENCE_PER_YEAR.items()
}
"""Cadence -> days that may pass between two rounds."""
_RAW = ["function", "volume", "actual_cost", "budget", "service_level", "file", "sheet"]
_COUNTED = ["planned_rounds", "done_rounds", "last_done", "service_reached"]
_TOTALS = ["hours", "cost", "volume", "planned_rounds", "done_rounds", "missed"]


def measures(view: View) -> pd.DataFrame:
    """Active operations by function, then ID: each measured for the period's month; what no cell says is missing.

    `kept`: rounds done / planned, 1 at most; `days_over`: days since it was last done beyond those between two
    rounds. `volume` and `cost` are the month's (see `volumes`), `hours_per_unit` and `cost_per_unit` those by volume;
    their `_trend` is the change since the last published period: now / then - 1.
    """
    table = _measured(view, "measures")
    planned, volume = table["planned_rounds"], table["volume"].where(table["volume"] > 0)
    table = table.assign(
        service_level=view.work.portfolio.register.items["service_level"].take(table.index.to_numpy()),
        kept=1 - table["missed"] / planned.where(planned > 0),
        hours_per_unit=table["hours"] / volume,
        cost_per_unit=table["cost"] / volume,
    )
    for name, then in _before(view, table).items():
        table[f"{name}_trend"] = table[name] / then.where(then > 0) - 1
    keys = table[["id"]].assign(blank=table["function"] == "", function=table["function"].cat.codes)
    return table.take(order_of(keys, ["blank", "function", "id"]))


def functions(view: View) -> pd.DataFrame:
    """Active operations added up by function, the largest first, those of no known function last.

    Sums are of what is known; `unknown_effort` counts the operations whose hours are in none. Volume is added up
    only where all of a function's volumes are counted in one named unit.
    """
    found = _measured(view, "functions")
    names = pd.Series(found["function"].cat.categories, dtype=TEXT)
    found["function"] = found["function"].cat.codes
    by = found.groupby("function", sort=True)
    table = by[_TOTALS].sum(min_count=1)
    counted = {"operations": "item", "promised": "promised", "measured": "volume"}
    table = table.assign(**{name: by[column].count() for name, column in counted.items()})
    for name in ("unknown_effort", "overdue", "service_met", "service_missed", "ending"):
        table[name] = by[name].sum().astype("int64")
    both = found[found["planned_rounds"].notna() & found["done_rounds"].notna()].groupby("function")
    planned = both["planned_rounds"].sum()
    table["kept"] = (planned - both["missed"].sum()) / planned.where(planned > 0)
    table = table.join(_per_unit(found)).rename_axis("function").reset_index()
    table["function"] = names.take(table["function"].to_numpy()).array
    ranked = table.assign(blank=table["function"] == "", volume=table["volume"].where(table["unit"].notna()))
    return ranked.sort_values(["blank", "hours", "function"], ascending=[True, False, True], kind="stable")


def _measured(view: View, table: str) -> pd.DataFrame:
    """The active operations in what that table shows of items, with all that is measured of them in the month itself.

    `function`, `told_by` and `unit` are categories in the order of the alphabet.
    """
    found = narrow(view.active, _measurable(view), table, "item", "cadence", "month_hours", "unknown", "finish")
    raw = view.work.portfolio.register.items
    found = found.join(_said(view)).assign(**{name: raw[name].array.take(found.index) for name in _COUNTED})
    last = pd.Timestamp(view.work.calendar.period_last)
    since = (last - found["last_done"]).dt.days.astype("float64")
    cadence, cadences = pd.factorize(found["cadence"])
    between = np.array([BETWEEN_ROUNDS.get(each, np.nan) for each in cadences], dtype=np.float64)[cadence]
    days_over = (since - between).clip(lower=0)
    return found.rename(columns={"month_hours": "hours", "unknown": "unknown_effort"}).assign(
        missed=(found["planned_rounds"] - found["done_rounds"]).clip(lower=0),
        days_over=days_over,
        overdue=days_over > 0,
        service_met=found["service_reached"] >= found["promised"],
        service_missed=found["service_reached"] < found["promised"],
        ending=found["finish"] <= last + pd.Timedelta(days=view.work.settings.ending_within_days),
    )


def _measurable(view: View) -> pd.Series:
    return (view.active["kind"] == "operation") & ~view.active["container"]


def _said(view: View) -> pd.DataFrame:
    """What cells and headings say of each operation: `function`, `told_by`, `volume`, `unit`, `cost`, `promised`.

    Two tables stand on it: kept until another scope's are asked for.
    """
    if view not in _SAID:
        _SAID.clear()
        items = narrow(view.active, _measurable(view), "functions", "title", "team", "department")
        raw = view.work.portfolio.register.items[_RAW].take(items.index.to_numpy())
        columns = {"cost": _cost(view, raw), "promised": _promised(raw["service_level"])}
        _SAID[view] = functions_of(items, raw["function"]).join(_volume(view, raw)).assign(**columns)
    return _SAID[view]


_SAID: WeakKeyDictionary[View, pd.DataFrame] = WeakKeyDictionary()


def _volume(view: View, raw: pd.DataFrame) -> pd.DataFrame:
    """What each item handles in the month, and in which unit; a volume that names no period is the month's."""
    said = counts(raw["volume"])
    heading = heading_words(headed(view.work.portfolio.register, raw, "volume"))
    per = said["per"].where(said["per"] != "", heading["per"])
    amount = in_a_month(said["amount"], per, "month", view.work.calendar)
    unit = said["unit"].where(said["unit"] != "", heading["unit"]).where(amount.notna(), "")
    return pd.DataFrame({"volume": amount, "unit": unit.astype("category")})


def _cost(view: View, raw: pd.DataFrame) -> pd.Series:
    """What each item costs in the month: what was spent in it, else its budget, a year's unless headings say otherwise.

    Money spent is all that was spent so far, unless its heading names a period: the month's is then what it grew by
    since the month before, and not known without one.
    """
    register, calendar = view.work.portfolio.register, view.work.calendar
    so_far = spent_so_far(register, raw)
    per = heading_words(headed(register, raw, "actual_cost"))["per"]
    spent = in_a_month(raw["actual_cost"], per, "month", calendar).where(so_far.isna(), _grown(view, so_far))
    planned = in_a_month(raw["budget"], heading_words(headed(register, raw, "budget"))["per"], "year", calendar)
    return spent.where(raw["actual_cost"].notna(), planned)


def _grown(view: View, so_far: pd.Series) -> pd.Series:
    """What money spent so far grew by since the month before; missing where it fell, or that month is not known."""
    previous = view.work.previous
    if previous is None or previous.period != view.work.period.plus(-1):
        return pd.Series(np.nan, index=so_far.index)
    then = previous.items.drop_duplicates("key").set_index("key")["actual_cost"]
    keys = view.work.portfolio.register.items["key"].reindex(so_far.index)
    grown = so_far - then.reindex(keys).set_axis(so_far.index)
    return grown.where(grown >= 0)


def _promised(texts: pd.Series) -> pd.Series:
    """The share that a service level promises: the first percentage in it; missing where it names none."""
    codes, distinct = pd.factorize(texts)
    number = pd.Series(distinct, dtype=TEXT).str.extract(r"(\d{1,3}(?:[.,]\d+)?)\s?%", expand=False)
    share = pd.to_numeric(number.str.replace(",", ".", regex=False), errors="coerce").astype("float64") / 100
    return pd.Series(share.where(share <= 1).to_numpy()[codes], index=texts.index)


def _before(view: View, table: pd.DataFrame) -> pd.DataFrame:
    """Hours and cost for each unit of these items in the last published period; missing in a first one."""
    names = ("hours_per_unit", "cost_per_unit")
    if view.work.previous is None:
        return pd.DataFrame(np.nan, index=table.index, columns=list(names))
    then = view.work.previous.items.drop_duplicates("key").set_index("key")
    then = then.reindex(view.work.portfolio.register.items["key"].reindex(table.index)).set_axis(table.index)
    volume = then["month_volume"].where(then["month_volume"] > 0)
    return pd.DataFrame({name: then[f"month_{name.partition('_')[0]}"] / volume for name in names})


def _per_unit(found: pd.DataFrame) -> pd.DataFrame:
    """By function: its unit, and hours and cost for each, where every volume is counted in the same named unit."""
    counted = found[found["volume"].notna()]
    units = counted.groupby("function")["unit"]
    single = units.first()[(units.nunique() == 1) & (units.first() != "")]
    alike = counted[counted["function"].isin(single.index)]
    per = {}
    for name in ("hours", "cost"):
        known = alike[alike[name].notna() & (alike["volume"] > 0)].groupby("function")
        per[f"{name}_per_unit"] = known[name].sum() / known["volume"].sum()
    return pd.DataFrame({"unit": single.astype(TEXT), **per}).astype(dict.fromkeys(per, "float64"))
