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


def named(codes: npt.NDArray[np.integer[Any]], names: Sequence[str]) -> pd.Categorical[Any]:
    """A text column by number: many rows, few texts, all of which are categories."""
    return pd.Categorical.from_codes(codes, pd.Index(pd.array(names, dtype="string[pyarrow]")))


def coded(codes: npt.NDArray[np.integer[Any]], texts: pa.Array) -> pd.Categorical[Any]:
    """A text column by number, held as numbers of its distinct texts; those that stand in no row are left out."""
    stands = np.zeros(len(texts), dtype=bool)
    stands[codes] = True
    kept = np.flatnonzero(stands)
    known = texts.take(pa.array(kept)).cast(pa.large_string()).dictionary_encode()
    number = np.zeros(len(texts), dtype=np.int32)
    number[kept] = known.indices.to_numpy()
    return pd.Categorical.from_codes(number[codes], pd.Index(known.dictionary, dtype="string[pyarrow]"))


def numbered(column: pd.Series) -> tuple[npt.NDArray[np.int64], pa.Array]:
    """A column that is held so, as each row's number and the texts by number."""
    return np.asarray(column.cat.codes, dtype=np.int64), arrow_text(column.cat.categories.to_series())


def as_bools(array: pa.Array) -> Bools:
    """An Arrow array of truth as numpy; null is false."""
    return np.asarray(pc.fill_null(array, False).to_numpy(zero_copy_only=False), dtype=bool)


def spread(answers: Answers, texts: pa.DictionaryArray) -> Answers:
    """Answers by distinct text -> answers by row."""
    numbers: npt.NDArray[np.int32] = texts.indices.to_numpy()
    return answers[numbers]
