"""What each kind of work is measured by: projects against their approved plan, operations by what comes to an end."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.summarise.effort import in_hours
from pipeline.summarise.names import TEXT
from pipeline.summarise.narrow import narrow
from pipeline.summarise.order import order_of
from pipeline.summarise.scope import View
from pipeline.summarise.volumes import spent_so_far

_RAW = [
    "baseline_finish", "health", "budget", "effort", "effort_unit", "effort_per", "actual_effort",
    "actual_effort_unit", "actual_effort_per", "actual_start", "baseline_start", "actual_cost", "deliverable",
    "milestone", "risk",
]  # fmt: skip
_SHOWN = [
    "baseline_start", "baseline_finish", "health", "budget", "actual_cost", "deliverable", "milestone", "risk",
]  # fmt: skip


def control(view: View) -> pd.DataFrame:
    """Active projects against their plan, those furthest behind it first.

    `slip_days`: finish - approved finish, or without one - the first finish that an earlier month recorded. `elapsed`:
    working days from start to the period's end as a share of those from start to finish. `ahead`: progress - elapsed,
    so that -0.2 is a fifth of the project behind time.
    `expected`: the day work would end at the pace so far: start + days gone by / progress. `spent`: hours done /
    hours planned; `cost_used`: money spent so far / budget, missing where the heading says that the money is a month's
    or another period's. What a cell does not say is missing, never zero.
    """
    found = narrow(view.active, (view.active["kind"] == "project") & ~view.active["container"], "control")
    raw = view.work.portfolio.register.items[[*_RAW, "file", "sheet"]].take(found.index.to_numpy())
    start, finish = found["start"].fillna(raw["actual_start"]), found["finish"]
    elapsed = _elapsed(view, start, finish)
    done = found["progress"].clip(upper=1.0)
    expected = _expected(view, start, done)
    table = found.assign(
        **{name: raw[name] for name in _SHOWN},
        health_before=_before(view, found, "health").astype(TEXT).fillna(""),
        progress_before=_before(view, found, "progress").astype("float64"),
        slip_days=(finish - raw["baseline_finish"].fillna(_first_finish(view, found))).dt.days.astype("float64"),
        elapsed=elapsed,
        ahead=done - elapsed,
        expected=expected,
        expected_over=(expected - finish).dt.days.astype("float64"),
        spent=_spent(raw, view.work.settings.hours_per_week),
        cost_used=spent_so_far(view.work.portfolio.register, raw) / raw["budget"].where(raw["budget"] > 0),
    )
    return table.take(order_of(table, ["ahead", "slip_days", "id"], [True, False, True]))


def renewals(view: View) -> pd.DataFrame:
    """Active operations that end within the set days after the period, or have ended: contracts, services, licences."""
    window = pd.Timedelta(days=view.work.settings.ending_within_days)
    last = pd.Timestamp(view.work.calendar.period_last)
    rows = (view.active["kind"] == "operation") & (view.active["finish"] <= last + window)
    found = narrow(view.active, rows, "renewals", by=["finish", "id"])
    service = view.work.portfolio.register.items["service_level"].take(found.index.to_numpy())
    return found.assign(days_left=(found["finish"] - last).dt.days.astype("float64"), service_level=service)


def _first_finish(view: View, found: pd.DataFrame) -> pd.Series:
    """The first finish that the months before recorded of each item; missing in a first month, and of new items."""
    if view.work.previous is None:
        return pd.Series(pd.NaT, index=found.index, dtype="datetime64[s]")
    return _before(view, found, "first_finish")


def _before(view: View, found: pd.DataFrame, name: str) -> pd.Series:
    """What the period before recorded of each item; missing in a first period, and of new items."""
    if view.work.previous is None:
        return pd.Series(None, index=found.index, dtype=object)
    recorded = view.work.previous.items.drop_duplicates("key").set_index("key")[name]
    keys = view.work.portfolio.register.items["key"].reindex(found.index)
    return recorded.reindex(keys).set_axis(found.index)


def _elapsed(view: View, start: pd.Series, finish: pd.Series) -> pd.Series:
    """The share of a project's working days that lies before the period's end, 0 to 1."""
    calendar = view.work.calendar
    known = (start.notna() & finish.notna() & (start <= finish)).to_numpy(bool)
    first, last = (dates[known].to_numpy("datetime64[D]") for dates in (start, finish))
    share = calendar.weighed_days(first, np.minimum(last, calendar.period_last), first, last)
    return pd.Series(share, index=start.index[known]).reindex(start.index)


def _expected(view: View, start: pd.Series, done: pd.Series) -> pd.Series:
    """When work would end at the pace so far; missing before it has begun, and where it would lie decades off."""
    last = pd.Timestamp(view.work.calendar.period_last)
    days = (last - start).dt.days + 1
    pace = (days / done.where(done > 0)).where(days > 0)
    off = pace.where(pace <= (pd.Timestamp(view.work.calendar.latest) - last).days)
    expected: pd.Series = start + pd.to_timedelta((off - 1).round(), unit="D")
    return expected


def _spent(raw: pd.DataFrame, hours_per_week: float) -> pd.Series:
    planned, done = (
        in_hours(raw[name], raw[f"{name}_unit"], hours_per_week).where(raw[f"{name}_per"].isin(["total", ""]))
        for name in ("effort", "actual_effort")
    )
    return done / planned.where(planned > 0)
