"""An item's effort as stretches of work: so many hours, or hours a day or month, from one day to another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.fields import CADENCE_PER_YEAR
from pipeline.summarise.calendar import Calendar

WORKING_DAYS_PER_YEAR = 260
MONTHS_PER_YEAR = 12
DAYS_PER_WEEK = 5
WEEKS_PER_MONTH = 52 / MONTHS_PER_YEAR

_DAY_CADENCES = ("daily", "weekly", "fortnightly")
"""These follow the working days of a month; longer cadences come round evenly over the months."""
_PARTS_OF_TIME = ("fte", "share")
_COLUMNS = [
    "kind", "effort", "effort_unit", "effort_per", "remaining_effort", "remaining_effort_unit", "remaining_effort_per",
    "cadence", "progress", "start", "actual_start", "finish", "days_late",
]  # fmt: skip
_AMOUNTS = ["total", "per_day", "per_month", "share"]


@dataclass(frozen=True, eq=False)
class Effort:
    """What could be placed in time, and what could not.

    `stretches`: one row a stretch of work: `item`, `first`, `last` (datetime64[s], both included) and the
    amount in one of `total` (hours to spread over its working days), `per_day` (hours each working day),
    `per_month` (hours each whole month) or `share` (part of each named person's capacity); the others are 0.
    `unknown`: bool by item: all of its hours, or those still to come, cannot be told.
    """

    stretches: pd.DataFrame
    unknown: pd.Series


def place_effort(items: pd.DataFrame, carries: pd.Series, calendar: Calendar, hours_per_week: float) -> Effort:
    """The effort of the items that carry any; what cannot be placed is unknown, never zero.

    `items` holds the register's columns, `kind` and `days_late` (above 0: past its finish); `carries` (bool, same
    index) is False for inactive items and for programmes whose children are counted. Raises nothing: every
    combination of cells has a reading.
    """
    plan = _plan(items.loc[carries, _COLUMNS], hours_per_week)
    plan = plan[~(plan["last"] < plan["first"])]
    steady, spread = _steady(plan, calendar, hours_per_week), _spread(plan, calendar)
    stretches = pd.concat([steady, spread], ignore_index=True)
    unknown = carries & (~items.index.isin(stretches["item"]) | items.index.isin(_stale(plan, steady["item"])))
    return Effort(stretches, unknown)


def in_hours(amount: pd.Series, unit: pd.Series, hours_per_week: float) -> pd.Series:
    """Amounts of work in hours; missing where the unit is none of time (an FTE, a share)."""
    to_hours = {
        "": 1.0, "hours": 1.0, "days": hours_per_week / DAYS_PER_WEEK, "weeks": hours_per_week,
        "months": hours_per_week * WEEKS_PER_MONTH,
    }  # fmt: skip
    return amount.where(amount >= 0) * unit.map(to_hours).astype("float64")


def _plan(items: pd.DataFrame, hours_per_week: float) -> pd.DataFrame:
    """How much, how often, from when to when: hours where the unit is one of time, one row an item."""
    amount = items["effort"].where(items["effort"] >= 0)
    left = items["remaining_effort"].where(items["remaining_effort_per"].isin(["total", ""]))
    per = items["effort_per"].where(~items["effort_unit"].isin(_PARTS_OF_TIME), "part")
    return pd.DataFrame(
        {
            "kind": items["kind"], "unit": items["effort_unit"], "per": per.replace("", "total"), "amount": amount,
            "hours": in_hours(amount, items["effort_unit"], hours_per_week),
            "left": in_hours(left, items["remaining_effort_unit"], hours_per_week),
            "cadence": items["cadence"], "rate": items["cadence"].map(CADENCE_PER_YEAR).astype("float64"),
            "progress": items["progress"], "late": items["days_late"] > 0,
            "first": items["start"].fillna(items["actual_start"]), "last": items["finish"],
        }
    )  # fmt: skip


def _occurs(plan: pd.DataFrame) -> pd.Series:
    """Whether the effort is that of one occurrence: it says so, or it is a total with a cadence.

    A project's total is never one occurrence; that of an undecided item is where it has no dates to spread over.
    """
    undated = plan["first"].isna() | plan["last"].isna()
    round_again = (plan["kind"] == "operation") | ((plan["kind"] != "project") & undated)
    return plan["rate"].notna() & ((plan["per"] == "occurrence") | ((plan["per"] == "total") & round_again))


def _steady(plan: pd.DataFrame, calendar: Calendar, hours_per_week: float) -> pd.DataFrame:
    """Work at a rate; without a start or finish it has always been going on, or goes on.

    So does an operation past its finish: it is active still, and ends with its status, not with a contract.
    """
    hours, per, occurs = plan["hours"], plan["per"], _occurs(plan)
    by_day = occurs & plan["cadence"].isin(_DAY_CADENCES)
    day_rates = [
        (by_day, hours * plan["rate"] / WORKING_DAYS_PER_YEAR),
        (per == "day", hours),
        (per == "week", hours / DAYS_PER_WEEK),
        (plan["unit"] == "fte", plan["amount"] * hours_per_week / DAYS_PER_WEEK),
    ]
    month_rates = [
        (occurs & ~by_day, hours * plan["rate"] / MONTHS_PER_YEAR),
        (per == "month", hours),
        (per == "quarter", hours * 4 / MONTHS_PER_YEAR),
        (per == "year", hours / MONTHS_PER_YEAR),
    ]
    rates = pd.DataFrame(
        {
            "first": plan["first"].fillna(pd.Timestamp(calendar.earliest)),
            "last": plan["last"].mask(_goes_on(plan)).fillna(pd.Timestamp(calendar.latest)),
            "per_day": _chosen(day_rates),
            "per_month": _chosen(month_rates),
            "share": plan["amount"].where(plan["unit"] == "share"),
        },
        index=plan.index,
    )
    return _stretches(rates[rates[["per_day", "per_month", "share"]].notna().any(axis=1)])


def _chosen(rates: list[tuple[pd.Series, pd.Series]]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    conditions, values = zip(*rates, strict=True)
    return np.select([one.to_numpy(bool) for one in conditions], [one.to_numpy(float) for one in values], np.nan)


def _spread(plan: pd.DataFrame, calendar: Calendar) -> pd.DataFrame:
    """Totals between two dates: what is done before the period, what is to do from then on.

    Without a remaining effort the whole is spread from start to finish. With one, it is spread from the later of
    the start and the period's first day, and what is done lies before, in the period where the work began in it.
    An active item past its finish carries its remaining effort, else effort x (1 - progress), in the period.
    """
    total = plan[_is_spread(plan)]
    period_first, period_last = pd.Timestamp(calendar.period_first), pd.Timestamp(calendar.period_last)
    left = total["left"].fillna((total["hours"] * (1 - total["progress"])).where(total["late"]))
    todo = total.assign(
        total=left.fillna(total["hours"]),
        first=total["first"].mask(left.notna() & (total["first"] < period_first), period_first),
        last=total["last"].mask(left.notna() & total["late"], period_last),
    )
    begun = (total["first"] < period_first).map({True: period_first - pd.Timedelta(days=1), False: period_last})
    done = total.assign(total=(total["hours"] - left).clip(lower=0), last=total["last"].clip(upper=begun))
    done = done[(done["total"] > 0) & (done["last"] >= done["first"])]
    return pd.concat([_stretches(todo), _stretches(done)], ignore_index=True)


def _is_spread(plan: pd.DataFrame) -> pd.Series:
    dated = plan["first"].notna() & plan["last"].notna()
    known = plan["hours"].notna() | plan["left"].notna()
    return (plan["per"] == "total") & ~_occurs(plan) & dated & known


def _goes_on(plan: pd.DataFrame) -> pd.Series:
    return plan["late"] & (plan["kind"] == "operation")


def _stale(plan: pd.DataFrame, steady: pd.Series) -> pd.Index:
    """Items past their finish of which nothing says how much is still to do: no remainder, progress or rate."""
    told = _is_spread(plan) & (plan["left"].notna() | plan["progress"].notna())
    told |= _goes_on(plan) & plan.index.isin(steady)
    return plan.index[plan["late"] & ~told]


def _stretches(rows: pd.DataFrame) -> pd.DataFrame:
    frame = rows.reindex(columns=["first", "last", *_AMOUNTS]).fillna(dict.fromkeys(_AMOUNTS, 0.0))
    frame[_AMOUNTS] = frame[_AMOUNTS].astype("float64")
    return frame.rename_axis("item").reset_index()
