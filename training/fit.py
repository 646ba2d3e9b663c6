"""Fits the calibration, a slope and a start, on labelled work items, and shows it with each source left out.

    python -m training.fit LABELLED.csv [MORE.csv ...]

The files have the columns source, title, description, label (project or operation). Sources count alike, and
within the whole so do the two labels, so that no large source and no frequent label decides. Two numbers are
learned; the fit is a convex one without chance in it, so the same files give the same numbers.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.classify import classify
from pipeline.classify.score import SLOPE, START
from pipeline.fields import FIELDS, item_columns
from pipeline.model import Period, Register
from pipeline.settings import ClassifySettings

Floats = npt.NDArray[np.float64]

UNFIT = ("jp_rs2024", "iati_uganda", "br_mg_sigplan2024")
"""Sources left out: a language without words, labels that stand for something else, and four rows."""
_READ = ("title", "description", "department")
_DTYPES = {"date": "datetime64[s]", "effort": "float64", "number": "float64", "share": "float64"}


def main(paths: list[str]) -> None:
    """Print the fit and how it does on each source when that source is left out."""
    rows = pd.concat([pd.read_csv(path, dtype=str, keep_default_na=False) for path in paths], ignore_index=True)
    rows = rows[rows["label"].isin(["project", "operation"]) & ~rows["source"].isin(UNFIT)].reset_index(drop=True)
    rows["raw"] = np.concatenate([_raw(part) for _, part in rows.groupby("source", sort=False)])[_back(rows)]
    rows["project"] = rows["label"] == "project"
    print(f"{'left out':26s} {'rows':>5s} {'slope':>6s} {'start':>6s} {'decided':>8s} {'right':>6s}")
    for source in sorted(rows["source"].unique()):
        slope, start = fit(rows[rows["source"] != source])
        print(_line(source, rows[rows["source"] == source], slope, start))
    slope, start = fit(rows)
    print(f"SLOPE, START = {slope:.2f}, {start:.2f}")


def fit(rows: pd.DataFrame) -> tuple[float, float]:
    """Slope and start that make the raw sums log-odds, by Newton's method on the weighted logistic loss."""
    weight = 1 / rows.groupby("source")["raw"].transform("size").to_numpy(dtype=float)
    project = rows["project"].to_numpy(dtype=float)
    for side in (0.0, 1.0):
        weight[project == side] /= weight[project == side].sum()
    design = np.column_stack([rows["raw"].to_numpy(dtype=float), np.ones(len(rows))])
    found = np.array([1.0, 0.0])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-design @ found))
        slope = design.T @ (weight * (chance - project))
        curve = (design * (weight * chance * (1 - chance))[:, None]).T @ design
        found = found - np.linalg.solve(curve, slope)
    return float(found[0]), float(found[1])


def _line(source: str, rows: pd.DataFrame, slope: float, start: float) -> str:
    chance = 1 / (1 + np.exp(-(slope * rows["raw"] + start)))
    decided = (np.maximum(chance, 1 - chance) >= ClassifySettings().review_below) & (rows["raw"] != 0)
    right = ((chance > 0.5) == rows["project"])[decided].mean()
    return f"{source:26s} {len(rows):5d} {slope:6.2f} {start:6.2f} {decided.mean():8.2f} {right:6.2f}"


def _raw(part: pd.DataFrame) -> Floats:
    """Sums of points before calibration."""
    verdicts = classify(_register(part), ClassifySettings(), Period(2026, 10)).verdicts
    return (verdicts["score"].to_numpy(dtype=float) - START) / SLOPE


def _back(rows: pd.DataFrame) -> npt.NDArray[np.int64]:
    order = np.concatenate([part.index.to_numpy() for _, part in rows.groupby("source", sort=False)])
    back = np.empty(len(order), dtype=np.int64)
    back[order] = np.arange(len(order))
    return back


def _register(part: pd.DataFrame) -> Register:
    size = len(part)
    texts = {name: part[name].astype("string[pyarrow]").reset_index(drop=True) for name in _READ if name in part}
    blank = pd.Series([""] * size, dtype="string[pyarrow]")
    items = {
        name: texts.get(name, blank if kind not in _DTYPES else pd.Series([None] * size, dtype=_DTYPES[kind]))
        for name, kind in item_columns().items()
    }
    place = {"file": blank, "sheet": blank, "row": pd.Series(range(2, size + 2), dtype="int64"), "table": 0}
    cells = pd.DataFrame({field.id: texts.get(field.id, blank) for field in FIELDS})
    roles = pd.DataFrame({"item": [], "role": [], "person": [], "share": []})
    return Register(pd.DataFrame({**place, **items}), cells, pd.DataFrame(), roles, ())


if __name__ == "__main__":
    main([str(Path(path)) for path in sys.argv[1:]])
