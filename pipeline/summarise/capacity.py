"""How many hours each person can give each month."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.summarise.calendar import Calendar, Days
from pipeline.summarise.effort import DAYS_PER_WEEK

Hours = npt.NDArray[np.float64]

FTE_IN_PERCENT_FROM = 2.0
"""Nobody works more than twice full time: an FTE above this is a percentage (a Pensum of 80)."""


def capacity(people: pd.DataFrame, calendars: Sequence[Calendar], code: pd.Series, hours_per_week: float) -> Hours:
    """Hours by person (rows, as `people`) and month (columns): days present x hours a day x target.

    `code` says which of the calendars each person works by. Hours a day are a fifth of `weekly`. Days of leave that
    are dated fall where they are; the rest of a year's is spread evenly over its other working days. Days before
    `start` and after `finish` give none.
    """
    days = np.zeros((len(people), len(calendars[0].months)))
    for at, calendar in enumerate(calendars):
        mine = (code == at).to_numpy(bool)
        days[mine] = _days(people[mine], calendar)
    per_day = weekly(people, hours_per_week).to_numpy(float) / DAYS_PER_WEEK * people["target"].fillna(1.0)
    return np.asarray(per_day.to_numpy(float)[:, None] * days, dtype=np.float64)


def weekly(people: pd.DataFrame, hours_per_week: float) -> pd.Series:
    """Contract hours a week: what is stated, else FTE x a full-time week, else a full-time week.

    Where both are stated, the hours may be those of the contract (20 h, 0.5 FTE) or of the full-time week that the FTE
    is a part of (40 h, 0.5 FTE): the reading is taken whose full-time week is nearer to the usual one.
    """
    fte, stated = fte_of(people), people["weekly_hours"]
    said = stated.mask(of_full_time(people, hours_per_week), stated * fte).fillna(fte * hours_per_week)
    hours: pd.Series = said.fillna(hours_per_week)
    return hours


def fte_of(people: pd.DataFrame) -> pd.Series:
    """Each person's part of a full working time, 1 = all; missing where it is not stated."""
    return people["fte"].where(people["fte"] <= FTE_IN_PERCENT_FROM, people["fte"] / 100)


def of_full_time(people: pd.DataFrame, hours_per_week: float) -> pd.Series:
    """Whether the weekly hours beside an FTE are those of a full-time week."""
    fte, stated = fte_of(people), people["weekly_hours"]
    both = (fte > 0) & (stated > 0)
    as_contract, as_whole = (np.log((week / hours_per_week).where(both, 1.0)).abs() for week in (stated / fte, stated))
    whole: pd.Series = both & (as_whole < as_contract)
    return whole


def full_time(calendar: Calendar, hours_per_week: float) -> Hours:
    """Hours of one full-time person without leave, by month."""
    return calendar.month_days * hours_per_week / DAYS_PER_WEEK


def _days(people: pd.DataFrame, calendar: Calendar) -> Hours:
    """Days that each person is there in each month, leave taken off."""
    worked, away = _working(people, calendar), _dated_leave(people, calendar)
    first, last = (np.array([day], dtype="datetime64[D]") for day in _year(calendar))
    of_year = calendar.working_days(first, last)
    dated = _days_away(people, calendar, first, last)[:, 0]
    left = (people["leave_days"].fillna(0.0).to_numpy(float) - dated).clip(min=0.0)
    rest = np.clip(1 - left / np.maximum(of_year - dated, 1), 0.0, 1.0)
    return np.clip(worked - away, 0.0, None) * rest[:, None]


def _working(people: pd.DataFrame, calendar: Calendar) -> Hours:
    """Working days of each person in each month, between their first and last day."""
    joined = _dates(people["start"], calendar.earliest)[:, None]
    left = _dates(people["finish"], calendar.latest)[:, None]
    first, last = np.maximum(calendar.firsts[None, :], joined), np.minimum(calendar.lasts[None, :], left)
    return calendar.working_days(first, last).astype(np.float64)


def _dated_leave(people: pd.DataFrame, calendar: Calendar) -> Hours:
    return _days_away(people, calendar, calendar.firsts, calendar.lasts)


def _days_away(people: pd.DataFrame, calendar: Calendar, firsts: Days, lasts: Days) -> Hours:
    """Working days of dated leave of each person (rows) in each span (columns), each day once."""
    spans = leave_spans(people)
    row = spans["row"].to_numpy()
    joined, left = _dates(people["start"], calendar.earliest)[row], _dates(people["finish"], calendar.latest)[row]
    first = np.maximum(spans["first"].to_numpy("datetime64[D]"), joined)[:, None]
    last = np.minimum(spans["last"].to_numpy("datetime64[D]"), left)[:, None]
    days = calendar.working_days(np.maximum(first, firsts[None, :]), np.minimum(last, lasts[None, :]))
    away = np.zeros((len(people), len(firsts)))
    np.add.at(away, row, days)
    return away


def leave_spans(people: pd.DataFrame) -> pd.DataFrame:
    """Dated leave: `row` of `people`, `first`, `last` (days, both included); spans of one person do not overlap."""
    texts = people["leave"].fillna("").reset_index(drop=True).str.split("; ").explode()
    parts = texts[texts != ""].str.split("/", expand=True).reindex(columns=[0, 1])
    spans = pd.DataFrame({"row": parts.index, "first": pd.to_datetime(parts[0]), "last": pd.to_datetime(parts[1])})
    spans = spans.sort_values(["row", "first", "last"], kind="stable", ignore_index=True)
    until = spans.groupby("row")["last"].cummax().groupby(spans["row"]).shift()
    spans["first"] = spans["first"].mask(until >= spans["first"], until + pd.Timedelta(days=1))
    return spans[spans["first"] <= spans["last"]]


def _year(calendar: Calendar) -> tuple[np.datetime64, np.datetime64]:
    """The first and last day of the period's year."""
    year = calendar.months[calendar.period_at].astype("datetime64[Y]")
    return year.astype("datetime64[D]"), (year + 1).astype("datetime64[D]") - 1


def _dates(column: pd.Series, missing: np.datetime64) -> Days:
    dates = column.to_numpy("datetime64[D]")
    return np.where(np.isnat(dates), missing, dates)
