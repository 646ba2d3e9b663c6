"""Columns of values in words, for computed sentences: each different value is worded once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from pipeline.findings import clamp, spelled
from pipeline.summarise.names import TEXT, each_text

_TITLE = 48


def called(items: pd.DataFrame) -> pd.Series:
    """Items by their ID and title, each in one line."""
    return each_text(items["id"] + " " + items["title"], lambda text: clamp(text.strip(), _TITLE))


def first_named(*names: pd.Series) -> pd.Series:
    """The first name that is not blank, row by row; `Not named` where all are."""
    found = names[0]
    for others in names[1:]:
        found = found.where(found != "", others)
    return found.where(found != "", "Not named")


def whole_hours(amounts: pd.Series) -> pd.Series:
    """Hours without decimals: `1,240`."""
    return each_number(amounts, lambda hours: f"{hours:,.0f}")


def days_spelled(dates: pd.Series, *, short: bool = False) -> pd.Series:
    """Days such as `5 November 2026`; none may be missing."""
    return _worded(dates.to_numpy("datetime64[s]"), lambda day: spelled(pd.Timestamp(day), short=short), dates.index)


def each_number(amounts: pd.Series, word: Callable[[float], str]) -> pd.Series:
    """A column of numbers in words; none may be missing."""
    return _worded(amounts.to_numpy(np.float64), word, amounts.index)


def _worded(values: np.ndarray, word: Callable[..., str], index: pd.Index) -> pd.Series:
    distinct, codes = np.unique(values, return_inverse=True)
    return pd.Series([word(value) for value in distinct], dtype=TEXT).take(codes).set_axis(index)
