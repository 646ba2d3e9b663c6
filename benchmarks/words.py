"""Texts of any number from a seed: ours by rank as in language, words that mean nothing, some found nowhere else."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

PLAIN_WORDS = 200_000
"""Different words that mean nothing to us, as many as a large organisation's registers hold."""
UNIQUE = 0.2
"""Share of texts with a word found nowhere else, such as a code."""


def texts(chance: np.random.Generator, rows: int, length: int, ours: list[str], spoken: float) -> pd.Series:
    """So many texts of so many words, frequent words first as in language; a share of the words is `ours`."""
    known = pa.array(ours, pa.string()).take(pa.array(chance.permutation(len(ours))))
    plain = pa.array([f"w{number:x}q" for number in range(PLAIN_WORDS)])
    alone = pc.binary_join_element_wise(f"code{length}x", pa.array(np.arange(rows)).cast(pa.string()), "")
    size = rows * length
    said = chance.random(size) < spoken
    rank = np.exp(chance.random(size) * np.log(np.where(said, max(len(known), 1), len(plain)))).astype(np.int64) - 1
    picked = np.where(said, rank + len(plain), rank)
    single = np.flatnonzero(chance.random(rows) < UNIQUE)
    picked[single * length + length // 2] = len(plain) + len(known) + single
    words = pa.concat_arrays([plain, known, alone]).take(pa.array(picked))
    lists = pa.ListArray.from_arrays((np.arange(rows + 1) * length).astype(np.int32), words)
    return pd.Series(pc.binary_join(lists, " "), dtype="string[pyarrow]")
