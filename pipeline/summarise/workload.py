"""Whose hours go into which item in which month: stretches of work split over months and people."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.summarise.calendar import Calendar
from pipeline.summarise.effort import Effort

Hours = npt.NDArray[np.float64]

_CODES = ["item", "person", "month"]


def allocate(effort: Effort, doers: pd.DataFrame, calendar: Calendar, capacity: Hours, alone: Hours) -> pd.DataFrame:
    """One row per item, person and month with hours: `item`, `person` (code), `month` (code), `hours` (above 0).

    `doers`: `item`, `person` (row of `capacity`, or the number of its rows for nobody), `share`. `capacity`: hours
    by person and month, of which a stretch by share takes its part from each person in full; `alone`: hours by
    month of one full-time person, which stand in where nobody is named.
    """
    monthly = _by_month(effort.stretches, calendar)
    work = monthly.merge(doers, on="item", how="inner", sort=False)
    hours_each = np.vstack([capacity, alone])[work["person"].to_numpy(), work["month"].to_numpy()]
    work["hours"] = work["hours"] * work["share"] + work["part"] * hours_each
    work = work[work["hours"] > 0]
    summed = work.groupby(_CODES, sort=True)["hours"].sum().reset_index()
    return summed.astype(dict.fromkeys(_CODES, np.dtype("int64")))


def _by_month(stretches: pd.DataFrame, calendar: Calendar) -> pd.DataFrame:
    """`item`, `month` (code), `hours`, and `part` (of a person's month) of every stretch in every month shown."""
    months, count = len(calendar.months), len(stretches)
    which, month = np.repeat(np.arange(count), months), np.tile(np.arange(months), count)
    first, last = (stretches[name].to_numpy("datetime64[D]")[which] for name in ("first", "last"))
    month_first, month_last = calendar.firsts[month], calendar.lasts[month]
    start, end = np.maximum(first, month_first), np.minimum(last, month_last)
    total, per_day, per_month, share = (
        stretches[name].to_numpy(np.float64)[which] for name in ("total", "per_day", "per_month", "share")
    )
    of_span = calendar.weighed_days(start, end, first, last)
    of_month = calendar.weighed_days(start, end, month_first, month_last)
    hours = total * of_span + per_day * calendar.working_days(start, end) + per_month * of_month
    frame = pd.DataFrame(
        {"item": stretches["item"].to_numpy(np.int64)[which], "month": month, "hours": hours, "part": share * of_month}
    )
    return frame[(frame["hours"] > 0) | (frame["part"] > 0)]
