"""What criteria look at: the register's columns, each seen against all its rows, and the words found in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.classify.lexicon import Lexicon
from pipeline.classify.wording import Wording, read_wording
from pipeline.model import Period, Register

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

FEW = 4
"""With fewer rows than this a column cannot be judged by how much it varies."""


@dataclass(frozen=True)
class Context:
    """A register as criteria see it: whole columns, never a row alone."""

    register: Register
    period: Period
    lexicon: Lexicon

    @cached_property
    def size(self) -> int:
        """Number of work items."""
        return len(self.register.items)

    @cached_property
    def wording(self) -> Wording:
        """The words of every text column that speak for something."""
        return read_wording(self.register, self.lexicon)

    @cached_property
    def last_day(self) -> pd.Timestamp:
        """The last day of the period."""
        return pd.Timestamp(self.period.year, self.period.month, 1) + pd.offsets.MonthEnd(0)

    def dates(self, field: str) -> pd.Series:
        """A column of dates (NaT where there is none)."""
        return self.register.items[field]

    def numbers(self, field: str) -> Floats:
        """A column of numbers (NaN where there is none)."""
        return self.register.items[field].to_numpy(dtype=np.float64, na_value=np.nan)

    def cells(self, field: str) -> pa.Array:
        """A column as people see it, in lower case, without space at either end."""
        return pc.utf8_trim_whitespace(pc.utf8_lower(arrow_text(self.register.cells[field])))

    def filled(self, field: str) -> Bools:
        """Where a column holds anything."""
        return as_bools(pc.not_equal(self.cells(field), ""))

    def varies(self, given: Bools) -> float:
        """How much a mark says here: 1, or 0 where all rows of a register of some size have it alike."""
        if self.size < FEW:
            return 1.0
        share = float(given.mean())
        return 0.0 if share in (0.0, 1.0) else min(1.0, 4 * (1 - share))


def arrow_text(column: pd.Series) -> pa.Array:
    """A text column as one Arrow array without nulls."""
    array = pa.array(column, pa.large_string(), from_pandas=True)
    whole = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
    return pc.fill_null(whole, "")


def as_bools(array: pa.Array) -> Bools:
    """An Arrow array of truth as numpy; null is false."""
    return np.asarray(pc.fill_null(array, False).to_numpy(zero_copy_only=False), dtype=bool)
