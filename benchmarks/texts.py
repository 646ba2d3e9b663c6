"""Registers of random words for classifying: two columns of text that all differ, dates, effort, cadence, status."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from benchmarks.words import texts
from pipeline.classify.lexicon import load_lexicon
from pipeline.fields import FIELDS, item_columns
from pipeline.model import Period, Register

PERIOD = Period(2026, 10)
SPOKEN = 0.25
"""Share of words that are ours."""
_DTYPES = {"date": "datetime64[s]", "effort": "float64", "number": "float64", "share": "float64"}


def make_texts(rows: int, seed: int = 7) -> Register:
    """So many items whose titles (8 words) and descriptions (25 words) all differ; dates, effort, cadence, status."""
    chance = np.random.default_rng(seed)
    day = pd.Timestamp("2024-01-01") + pd.to_timedelta(chance.integers(0, 900, rows), unit="D")
    ours = [word for word in load_lexicon({}).entries if "*" not in word and "#" not in word]
    columns = {
        "title": texts(chance, rows, 8, ours, SPOKEN),
        "description": texts(chance, rows, 25, ours, SPOKEN),
        "type": _some(chance, rows, ["", "Project", "BAU", "Service"]),
        "status": _some(chance, rows, ["", "In progress", "Live", "Planned", "Done"]),
        "cadence": _some(chance, rows, ["", "", "", "monthly", "weekly", "once"]),
        "start": pd.Series(day.astype("datetime64[s]")),
        "finish": pd.Series((day + pd.to_timedelta(chance.integers(20, 1500, rows), unit="D")).astype("datetime64[s]")),
        "effort": pd.Series(chance.integers(5, 900, rows).astype(float)),
        "effort_unit": _some(chance, rows, ["hours", "fte"]),
        "effort_per": _some(chance, rows, ["total", "month"]),
    }
    blank = pd.Series(np.full(rows, ""), dtype="string[pyarrow]")
    items = {
        name: columns.get(name, pd.Series(np.full(rows, np.nan), dtype=_DTYPES[kind]) if kind in _DTYPES else blank)
        for name, kind in item_columns().items()
    }
    cells = {
        field.id: columns[field.id].astype(str).astype("string[pyarrow]") if field.id in columns else blank
        for field in FIELDS
    }
    place = {"file": blank, "sheet": blank, "row": pd.Series(np.arange(rows) + 2), "table": 0}
    roles = pd.DataFrame({"item": [], "role": [], "person": [], "share": []})
    return Register(pd.DataFrame({**place, **items}), pd.DataFrame(cells), pd.DataFrame(), roles, ())


def _some(chance: np.random.Generator, rows: int, values: list[str]) -> pd.Series:
    return pd.Series(pa.array(values).take(pa.array(chance.integers(0, len(values), rows))), dtype="string[pyarrow]")
