"""What criteria look at: the register's columns, each seen against all its rows, and the words found in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.classify.columns import Bools, Floats, as_bools, distinct, spread
from pipeline.classify.lexicon import Lexicon, Matches
from pipeline.classify.tokens import Words, cut
from pipeline.classify.wording import Wording, read_wording
from pipeline.model import Period, Register

FEW = 4
"""With fewer rows than this a column cannot be judged by how much it varies."""


@dataclass(frozen=True)
class Context:
    """A register as criteria see it: whole columns, never a row alone."""

    register: Register
    period: Period
    lexicon: Lexicon
    _cells: dict[str, pa.DictionaryArray] = field(default_factory=dict, repr=False, compare=False)
    _worded: dict[str, tuple[pa.DictionaryArray, Words, Matches]] = field(
        default_factory=dict, repr=False, compare=False
    )

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

    def cells(self, field: str) -> pa.DictionaryArray:
        """A column as people see it, in lower case, without space at either end, as its distinct texts."""
        if field not in self._cells:
            texts = distinct(self.register.cells[field])
            plain = pc.utf8_trim_whitespace(pc.utf8_lower(texts.dictionary))
            self._cells[field] = pa.DictionaryArray.from_arrays(texts.indices, plain)
        return self._cells[field]

    def words(self, field: str) -> tuple[pa.DictionaryArray, Words, Matches]:
        """A column as its distinct texts, their words, and those of the lexicon among them."""
        if field not in self._worded:
            texts = distinct(self.register.cells[field])
            words = cut(texts.dictionary)
            self._worded[field] = (texts, words, self.lexicon.find(words))
        return self._worded[field]

    def matches(self, field: str, pattern: str) -> Bools:
        """Where a column's text fits a pattern of ours (lower case); asked once per distinct text."""
        texts = self.cells(field)
        return spread(as_bools(pc.match_substring_regex(texts.dictionary, pattern)), texts)

    def value_is(self, column: str, *values: str) -> Bools:
        """Where a typed text column of the register holds one of these."""
        texts = distinct(self.register.items[column])
        return spread(as_bools(pc.is_in(texts.dictionary, value_set=pa.array(values, pa.large_string()))), texts)

    def filled(self, field: str) -> Bools:
        """Where a column holds anything."""
        texts = self.cells(field)
        return spread(as_bools(pc.not_equal(texts.dictionary, "")), texts)

    def varies(self, given: Bools) -> float:
        """How much a mark says here: 1, or 0 where all rows of a register of some size have it alike."""
        if self.size < FEW:
            return 1.0
        share = float(given.mean())
        return 0.0 if share in (0.0, 1.0) else min(1.0, 4 * (1 - share))
