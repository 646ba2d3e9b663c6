"""What operations are measured by: rounds kept, volume, hours and cost for each unit of it, service level, trends."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from pipeline.fields import CADENCE_PER_YEAR
from pipeline.summarise.functions import functions_of
from pipeline.summarise.layout import ordered
from pipeline.summarise.names import TEXT
from pipeline.summarise.scope import View
from pipeline.summarise.volumes import counts, headed, heading_words, in_a_month, spent_so_far

DAYS_PER_YEAR = 365
_WEEKEND = 3
"""Days from one working day to the next over a weekend: daily work may be so old."""
BETWEEN_ROUNDS: Mapping[str, int] = {
    cadence: max(_WEEKEND, round(DAYS_PER_YEAR / rate)) for cadence, rate in CADENCE_PER_YEAR.items()
}
"""Cadence -> days that may pass between two rounds."""
_OF_ITEM = ["item", "id", "title", "department", "team", "cadence", "month_hours", "unknown", "finish"]
_RAW = [
    "function", "planned_rounds", "done_rounds", "last_done", "volume", "actual_cost", "budget", "service_level",
    "service_reached", "file", "sheet",
]  # fmt: skip
_TOTALS = ["hours", "cost", "volume", "planned_rounds", "done_rounds", "missed"]


def measures(view: View) -> pd.DataFrame:
    """Active operations by function, then ID: each measured for the period's month; what no cell says is missing.

    `kept`: rounds done / planned, 1 at most; `days_over`: days since it was last done beyond those between two
    rounds. `volume` and `cost` are the month's (see `volumes`), `hours_per_unit` and `cost_per_unit` those by volume;
    their `_trend` is the change since the last published period: now / then - 1.
    """
    table = _measured(view)
    for name, then in _before(view, table).items():
        table[f"{name}_trend"] = table[name] / then.where(then > 0) - 1
    return ordered("measures", table.assign(blank=table["function"] == ""), ["blank", "function", "id"])


def functions(view: View) -> pd.DataFrame:
    """Active operations added up by function, the largest first, those of no known function last.

    Sums are of what is known; `unknown_effort` counts the operations whose hours are in none. Volume is added up
    only where all of a function's volumes are counted in one named unit.
    """
    found = _measured(view)
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
    ranked = table.assign(blank=table["function"] == "", volume=table["volume"].where(table["unit"].notna()))
    return ranked.sort_values(["blank", "hours", "function"], ascending=[True, False, True], kind="stable")


def _measured(view: View) -> pd.DataFrame:
    """The active operations with all that is measured of them in the month itself."""
    found = view.active.loc[(view.active["kind"] == "operation") & ~view.active["container"], _OF_ITEM]
    raw = view.work.portfolio.register.items.loc[found.index, _RAW]
    volume, cost = _volume(view, raw), _cost(view, raw)
    since = (pd.Timestamp(view.work.calendar.period_last) - raw["last_done"]).dt.days.astype("float64")
    missed = (raw["planned_rounds"] - raw["done_rounds"]).clip(lower=0)
    days_over = (since - found["cadence"].map(BETWEEN_ROUNDS).astype("float64")).clip(lower=0)
    promised = _promised(raw["service_level"])
    reached = raw["service_reached"]
    window = pd.Timestamp(view.work.calendar.period_last) + pd.Timedelta(days=view.work.settings.ending_within_days)
    told = functions_of(found, raw["function"])
    return found.assign(
        function=told["function"],
        told_by=told["told_by"],
        planned_rounds=raw["planned_rounds"],
        done_rounds=raw["done_rounds"],
        missed=missed,
        kept=(1 - missed / raw["planned_rounds"].where(raw["planned_rounds"] > 0)),
        last_done=raw["last_done"],
        days_over=days_over,
        overdue=days_over > 0,
        hours=found["month_hours"],
        unknown_effort=found["unknown"],
        volume=volume["amount"],
        unit=volume["unit"],
        hours_per_unit=found["month_hours"] / volume["amount"].where(volume["amount"] > 0),
        cost=cost,
        cost_per_unit=cost / volume["amount"].where(volume["amount"] > 0),
        service_level=raw["service_level"],
        promised=promised,
        service_reached=reached,
        service_met=reached >= promised,
        service_missed=reached < promised,
        ending=found["finish"] <= window,
    )


def _volume(view: View, raw: pd.DataFrame) -> pd.DataFrame:
    """What each item handles in the month, and in which unit; a volume that names no period is the month's."""
    said = counts(raw["volume"])
    heading = heading_words(headed(view.work.portfolio.register, raw, "volume"))
    per = said["per"].where(said["per"] != "", heading["per"])
    amount = in_a_month(said["amount"], per, "month", view.work.calendar)
    unit = said["unit"].where(said["unit"] != "", heading["unit"]).where(amount.notna(), "")
    return pd.DataFrame({"amount": amount, "unit": unit})


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
    number = texts.str.extract(r"(\d{1,3}(?:[.,]\d+)?)\s?%", expand=False).str.replace(",", ".", regex=False)
    share = pd.to_numeric(number, errors="coerce").astype("float64") / 100
    return share.where(share <= 1)


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
