"""Whose hours go into which item in which month: stretches of work split over months and people."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.summarise.calendar import Calendar, Days
from pipeline.summarise.effort import Effort

Hours = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]

_CODES = {"item": np.int32, "person": np.int32, "month": np.int16}
"""Each code and how wide it is kept: a register has several rows of them for each item."""
_AT_ONCE = 1 << 14
"""Items that are spread over months in one go: what that takes stays small and near, and no row of it is of two."""
GRAIN = 2.0**24
"""Allocations are whole multiples of an hour's 2^24th (a fifth of a millisecond). So their sums are exact, in any
order and however the rows were parted, up to 500 million hours."""


def allocate(effort: Effort, doers: pd.DataFrame, calendar: Calendar, capacity: Hours, alone: Hours) -> pd.DataFrame:
    """One row per item, person and month with hours: `item`, `person` (code), `month` (code), `hours` (above 0).

    `doers`: `item`, `person` (row of `capacity`, or the number of its rows for nobody), `share`. `capacity`: hours
    by person and month, of which a stretch by share takes its part from each person in full; `alone`: hours by
    month of one full-time person, which stand in where nobody is named.
    """
    parts = [
        _allocated(stretches, those, calendar, capacity, alone)
        for stretches, those in _in_parts(effort.stretches, doers, _AT_ONCE)
    ]
    return pd.concat(parts, ignore_index=True)


def _in_parts(stretches: pd.DataFrame, doers: pd.DataFrame, items: int) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """Stretches and doers of so many items at a time, in the order of the items; at least once."""
    stretches, doers = (rows.iloc[np.argsort(rows["item"].to_numpy(), kind="stable")] for rows in (stretches, doers))
    for first in range(0, int(stretches["item"].max() if len(stretches) else 0) + 1, items):
        yield _between(stretches, first, first + items), _between(doers, first, first + items)


def _between(rows: pd.DataFrame, first: int, end: int) -> pd.DataFrame:
    begin, until = np.searchsorted(rows["item"].to_numpy(), [first, end])
    return rows.iloc[begin:until]


def _allocated(
    stretches: pd.DataFrame, doers: pd.DataFrame, calendar: Calendar, capacity: Hours, alone: Hours
) -> pd.DataFrame:
    """`allocate` of some items."""
    monthly = _by_month(stretches, calendar)
    which, by = _done_by(monthly["item"].to_numpy(), doers["item"].to_numpy(np.int64))
    item, month, hours, part = (monthly[name].to_numpy()[which] for name in ("item", "month", "hours", "part"))
    person, share = doers["person"].to_numpy(np.int64)[by], doers["share"].to_numpy(np.float64)[by]
    hours = np.round((hours * share + part * np.vstack([capacity, alone])[person, month]) * GRAIN) / GRAIN
    people, months = len(capacity) + 1, len(calendar.months)
    code, found = (item * people + person) * months + month, hours > 0
    code, hours = _summed(code[found], hours[found])
    codes = (code // (people * months), code // months % people, code % months)
    narrow = {name: code.astype(_CODES[name]) for name, code in zip(_CODES, codes, strict=True)}
    return pd.DataFrame({**narrow, "hours": hours})


def _done_by(items: Codes, doers: Codes) -> tuple[Codes, Codes]:
    """The position of each item once for each of its doers, and that doer's position; both name items."""
    order = np.argsort(doers, kind="stable")
    count = np.bincount(doers, minlength=int(items.max(initial=-1)) + 1)
    first = np.cumsum(count) - count
    which = np.repeat(np.arange(len(items)), count[items])
    within = np.arange(len(which)) - np.repeat(np.cumsum(count[items]) - count[items], count[items])
    return which, order[first[items[which]] + within]


def _summed(codes: Codes, hours: Hours) -> tuple[Codes, Hours]:
    """Each different code, in order, and the sum of its hours."""
    order = np.argsort(codes, kind="stable")
    codes, hours = codes[order], hours[order]
    first = np.flatnonzero(np.diff(codes, prepend=-1))
    return codes[first], np.add.reduceat(hours, first) if len(first) else hours


def _by_month(stretches: pd.DataFrame, calendar: Calendar) -> pd.DataFrame:
    """`item`, `month` (code), `hours`, and `part` (of a person's month) of every stretch in every month shown."""
    first, last = (stretches[name].to_numpy("datetime64[D]") for name in ("first", "last"))
    which, month = _touched(first, last, calendar)
    start, end = np.maximum(first[which], calendar.firsts[month]), np.minimum(last[which], calendar.lasts[month])
    total, per_day, per_month, share = (
        stretches[name].to_numpy(np.float64)[which] for name in ("total", "per_day", "per_month", "share")
    )
    worked = calendar.working_days(start, end)
    of_span = _shared_out(worked, calendar.working_days(first, last)[which])
    of_month = _shared_out(worked, calendar.month_days[month])
    idle = np.isnan(of_span)
    of_span[idle] = calendar.weighed_days(start[idle], end[idle], first[which[idle]], last[which[idle]])
    idle = np.isnan(of_month)
    of_month[idle] = calendar.weighed_days(
        start[idle], end[idle], calendar.firsts[month[idle]], calendar.lasts[month[idle]]
    )
    hours = total * of_span + per_day * worked + per_month * of_month
    frame = pd.DataFrame(
        {"item": stretches["item"].to_numpy(np.int64)[which], "month": month, "hours": hours, "part": share * of_month}
    )
    return frame[(frame["hours"] > 0) | (frame["part"] > 0)]


def _touched(first: Days, last: Days, calendar: Calendar) -> tuple[Codes, Codes]:
    """The position of each stretch once for every month shown that it touches, and that month's code."""
    from_month, to_month = (
        (days.astype("datetime64[M]") - calendar.months[0]).astype(np.int64) for days in (first, last)
    )
    begin = np.maximum(from_month, 0)
    count = np.maximum(np.minimum(to_month, len(calendar.months) - 1) - begin + 1, 0)
    which = np.repeat(np.arange(len(first)), count)
    return which, np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count) + begin[which]


def _shared_out(worked: Codes, whole: Codes) -> Hours:
    """The share of a whole's working days; NaN where the whole has none and is shared out by calendar days."""
    return np.where(whole > 0, worked / np.maximum(whole, 1), np.nan)
