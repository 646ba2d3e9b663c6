"""Columns of the register as Arrow arrays, and answers worked out once per distinct text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.floating[Any]]
Answers = TypeVar("Answers", npt.NDArray[np.bool_], npt.NDArray[np.floating[Any]])


def arrow_text(column: pd.Series) -> pa.Array:
    """A text column as one Arrow array without nulls."""
    array = pa.array(column, pa.large_string(), from_pandas=True)
    whole = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
    return pc.fill_null(whole, "") if whole.null_count else whole


def distinct(column: pd.Series) -> pa.DictionaryArray:
    """A text column as its distinct texts and each row's number among them."""
    return arrow_text(column).dictionary_encode()


def named(codes: npt.NDArray[np.integer[Any]], names: Sequence[str]) -> pd.Series:
    """A text column by number: many rows, few texts."""
    return pd.Series(pa.array(names, pa.large_string()).take(pa.array(codes)), dtype="string[pyarrow]")


def as_bools(array: pa.Array) -> Bools:
    """An Arrow array of truth as numpy; null is false."""
    return np.asarray(pc.fill_null(array, False).to_numpy(zero_copy_only=False), dtype=bool)


def spread(answers: Answers, texts: pa.DictionaryArray) -> Answers:
    """Answers by distinct text -> answers by row."""
    numbers: npt.NDArray[np.int32] = texts.indices.to_numpy()
    return answers[numbers]
