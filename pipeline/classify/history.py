"""Tests of history: what an item was in an earlier month against what it is now; silent where no month is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from pipeline.classify.columns import Bools, Floats, arrow_text, as_bools
from pipeline.classify.context import Context

YEAR_DAYS, MONTH_DAYS = 365.25, 30.44
OFF_DAYS = 10
"""An end that moves by whole years may be so many days off."""
LONG_MONTHS, YEAR_MONTHS, SOME_MONTHS = 12, 10, 5
"""Months after which standing still tells something, an end moved by years does, one that keeps its distance does."""
KEEPS = (0.75, 1.33)
"""An end that keeps its distance moves by about as much time as has passed."""
RISEN = 0.02


def rolled_forward(context: Context) -> Floats:
    """1 where the finish moved on by whole years, or along with the calendar, and nothing else did."""
    if not _known(context):
        return np.zeros(context.size)
    moved = (context.dates("finish") - context.dates("then_finish")).dt.days.to_numpy(dtype=float, na_value=np.nan)
    passed = context.numbers("then_months")
    years = np.round(moved / YEAR_DAYS)
    whole = (years >= 1) & (np.abs(moved - years * YEAR_DAYS) <= OFF_DAYS)
    yearly = whole & (passed >= YEAR_MONTHS * years)  # sooner, it may be one slip by a year
    pace = moved / np.maximum(passed * MONTH_DAYS, 1)
    along = (passed >= SOME_MONTHS) & (pace >= KEEPS[0]) & (pace <= KEEPS[1])
    given = (yearly | along) & _same(context, "status") & _same(context, "phase") & ~_risen(context)
    return np.asarray(given * context.varies(given))


def unchanged(context: Context) -> Floats:
    """1 where an item was active a year or more ago and stands as it stood: status, phase, progress and finish."""
    if not _known(context):
        return np.zeros(context.size)
    long = (context.numbers("then_months") >= LONG_MONTHS) & _was_active(context)
    finish, before = context.dates("finish"), context.dates("then_finish")
    dated = ((finish == before) | (finish.isna() & before.isna())).to_numpy(dtype=bool)
    progress, then = context.numbers("progress"), context.numbers("then_progress")
    stood = (np.abs(progress - then) < RISEN) | (np.isnan(progress) & np.isnan(then))
    told = context.filled("status") | ~np.isnan(progress)
    given = long & told & dated & stood & _same(context, "status") & _same(context, "phase")
    return np.asarray(given * context.varies(given))


def progressed(context: Context) -> Floats:
    """1 where more is done than in an earlier month."""
    if not _known(context):
        return np.zeros(context.size)
    risen = _risen(context)
    return risen * context.varies(risen)


def phase_advanced(context: Context) -> Floats:
    """1 where the item is in another phase than in an earlier month."""
    if not _known(context):
        return np.zeros(context.size)
    moved = ~_same(context, "phase") & context.filled("phase") & _filled_then(context, "phase")
    return moved * context.varies(moved)


def _known(context: Context) -> bool:
    return "then_months" in context.register.items


def _risen(context: Context) -> Bools:
    return np.asarray(context.numbers("progress") - context.numbers("then_progress") >= RISEN)


def _same(context: Context, field: str) -> Bools:
    items = context.register.items
    now, then = (pc.utf8_trim_whitespace(pc.utf8_lower(arrow_text(items[one]))) for one in (field, f"then_{field}"))
    return as_bools(pc.equal(now, then))


def _filled_then(context: Context, field: str) -> Bools:
    return as_bools(pc.not_equal(arrow_text(context.register.items[f"then_{field}"]), ""))


def _was_active(context: Context) -> Bools:
    active: pd.Series = context.register.items["then_active"]
    return active.to_numpy(dtype=bool)
