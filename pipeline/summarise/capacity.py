"""How many hours each person can give each month."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.summarise.calendar import Calendar, Days
from pipeline.summarise.effort import DAYS_PER_WEEK

Hours = npt.NDArray[np.float64]

FTE_IN_PERCENT_FROM = 2.0
"""Nobody works more than twice full time: an FTE above this is a percentage (a Pensum of 80)."""


def capacity(people: pd.DataFrame, calendar: Calendar, hours_per_week: float) -> Hours:
    """Hours by person (rows, as `people`) and month (columns): days present x hours a day x target.

    Hours a day are a fifth of the contract's weekly hours, else FTE x a full-time week, else a full-time week.
    Days of leave are a year's, spread evenly over its working days. Days before `start` and after `finish` give none.
    """
    fte = people["fte"].where(people["fte"] <= FTE_IN_PERCENT_FROM, people["fte"] / 100)
    weekly = people["weekly_hours"].fillna(fte * hours_per_week).fillna(hours_per_week).to_numpy(float)
    target = people["target"].fillna(1.0).to_numpy(float)
    per_day = weekly / DAYS_PER_WEEK * target
    hours: Hours = per_day[:, None] * _days(people, calendar) * _present(people, calendar)[:, None]
    return hours


def full_time(calendar: Calendar, hours_per_week: float) -> Hours:
    """Hours of one full-time person without leave, by month."""
    return calendar.month_days * hours_per_week / DAYS_PER_WEEK


def _days(people: pd.DataFrame, calendar: Calendar) -> Hours:
    """Working days of each person in each month, between their first and last day."""
    joined = _dates(people["start"], calendar.earliest)[:, None]
    left = _dates(people["finish"], calendar.latest)[:, None]
    days = calendar.working_days(
        np.maximum(calendar.firsts[None, :], joined), np.minimum(calendar.lasts[None, :], left)
    )
    return days.astype(np.float64)


def _present(people: pd.DataFrame, calendar: Calendar) -> Hours:
    """The share of working days that is no leave."""
    year = calendar.months[calendar.period_at].astype("datetime64[Y]")
    days_a_year = calendar.working_days(
        np.array([year], dtype="datetime64[D]"), np.array([year + 1], dtype="datetime64[D]") - 1
    )
    leave = people["leave_days"].fillna(0.0).clip(lower=0.0).to_numpy(float)
    return np.clip(1 - leave / days_a_year, 0.0, 1.0)


def _dates(column: pd.Series, missing: np.datetime64) -> Days:
    dates = column.to_numpy("datetime64[D]")
    return np.where(np.isnat(dates), missing, dates)
