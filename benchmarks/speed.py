"""Seconds and memory that classifying takes: registers of random words, two text columns and structure.

Beside it, where scikit-learn is installed, the CPU seconds that TF-IDF and logistic regression take to label the same
rows, without a reason for any.

python benchmarks/speed.py [ROWS ...]      default: 5000 100000 1000000
"""

from __future__ import annotations

import resource
import sys
import time

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.classify import classify
from pipeline.classify.lexicon import load_lexicon
from pipeline.fields import FIELDS, item_columns
from pipeline.model import Period, Register
from pipeline.settings import ClassifySettings

PERIOD = Period(2026, 10)
PLAIN_WORDS = 200_000
"""Different words that mean nothing to us, as many as a large organisation's registers hold."""
SPOKEN = 0.25
"""Share of words that are ours."""
UNIQUE = 0.2
"""Share of texts with a word found nowhere else, such as a code."""
TRAINED = 5_000
"""Rows that the learned words are trained on."""
_DTYPES = {"date": "datetime64[s]", "effort": "float64", "number": "float64", "share": "float64"}


def make_register(rows: int, seed: int = 7) -> Register:
    """So many items whose titles (8 words) and descriptions (25 words) all differ; dates, effort, cadence, status."""
    chance = np.random.default_rng(seed)
    day = pd.Timestamp("2024-01-01") + pd.to_timedelta(chance.integers(0, 900, rows), unit="D")
    columns = {
        "title": _texts(chance, rows, 8),
        "description": _texts(chance, rows, 25),
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


def _texts(chance: np.random.Generator, rows: int, length: int) -> pd.Series:
    """Words by rank, frequent ones first as in language; one row in five has a word that no other row has."""
    ours = pa.array([word for word in load_lexicon({}).entries if "*" not in word and "#" not in word])
    ours = ours.take(pa.array(chance.permutation(len(ours))))
    plain = pa.array([f"w{number:x}q" for number in range(PLAIN_WORDS)])
    alone = pa.array([f"code{length}x{number}" for number in range(rows)])
    size = rows * length
    spoken = chance.random(size) < SPOKEN
    rank = np.exp(chance.random(size) * np.log(np.where(spoken, len(ours), len(plain)))).astype(np.int64) - 1
    picked = np.where(spoken, rank + len(plain), rank)
    single = np.flatnonzero(chance.random(rows) < UNIQUE)
    picked[single * length + length // 2] = len(plain) + len(ours) + single
    words = pa.concat_arrays([plain, ours, alone]).take(pa.array(picked))
    lists = pa.ListArray.from_arrays((np.arange(rows + 1) * length).astype(np.int32), words)
    return pd.Series(pc.binary_join(lists, " "), dtype="string[pyarrow]")


def _some(chance: np.random.Generator, rows: int, values: list[str]) -> pd.Series:
    return pd.Series(pa.array(values).take(pa.array(chance.integers(0, len(values), rows))), dtype="string[pyarrow]")


def learned_seconds(register: Register) -> float | None:
    """CPU seconds that a trained TF-IDF and logistic regression take for these rows; None where it is not installed.

    It is trained on the first rows, untimed, to tell from their words what they are declared to be.
    """
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
    except ImportError:
        return None
    texts = (register.cells["title"] + ". " + register.cells["description"]).tolist()
    declared = register.cells["type"].eq("Project").to_numpy(dtype=bool)[:TRAINED]
    words, model = TfidfVectorizer(), LogisticRegression(solver="liblinear")
    model.fit(words.fit_transform(texts[:TRAINED]), declared)
    begun = time.process_time()
    model.predict_proba(words.transform(texts))
    return time.process_time() - begun


def measure(rows: int) -> str:
    """One line: rows, seconds, most memory before and after in MB, the CPU seconds of learned words, and the ratio."""
    register = make_register(rows)
    made = _peak_mb()
    wall, cpu = time.perf_counter(), time.process_time()
    classify(register, ClassifySettings(), PERIOD)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    told = f"{rows:10,} {wall:8.2f} {cpu:8.2f} {made:8.0f} {_peak_mb():8.0f}"
    learned = learned_seconds(register)
    return f"{told} {'-':>10} {'-':>6}" if learned is None else f"{told} {learned:10.2f} {cpu / learned:6.2f}"


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(sizes: list[int]) -> None:
    """Print one line a size. The first classification of a process, which also compiles the word lists, is apart."""
    begun = time.perf_counter()
    classify(make_register(10), ClassifySettings(), PERIOD)
    print(f"first ten rows, word lists compiled: {time.perf_counter() - begun:.2f} s")
    print(f"{'rows':>10} {'wall s':>8} {'CPU s':>8} {'made MB':>8} {'peak MB':>8} {'TF-IDF s':>10} {'ratio':>6}")
    for rows in sizes:
        print(measure(rows), flush=True)


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [5_000, 100_000, 1_000_000])
