"""What criteria look at: the register's columns, each seen against all its rows, and the words found in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.classify.columns import Bools, Floats, arrow_text, as_bools, distinct, spread
from pipeline.classify.lexicon import Lexicon
from pipeline.classify.lines import Numbers
from pipeline.classify.quotes import BLANK, Quotes
from pipeline.classify.shared import Partial, Shared
from pipeline.classify.tokens import Ints, cut
from pipeline.model import Period, Register

FEW = 4
"""With fewer rows than this a column cannot be judged by how much it varies."""
SPOKEN = ("type", "cadence", "finish")
"""Columns whose wording has criteria of its own; it is read apart from that of STANDINGS."""
Test = Callable[["Context"], Floats]
Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Context:
    """A register as criteria see it: whole columns, never a row alone."""

    register: Register
    period: Period
    lexicon: Lexicon
    instead: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    """The last rows are altered copies: by copy the row that it stands in for. Each is seen as if it had taken that
    row's place, so that columns vary for it as they would; the rows themselves know nothing of the copies."""
    shared: Shared | None = None
    """What is known of all rows, where these are a part of them."""
    told: Partial = field(default_factory=Partial, repr=False, compare=False)
    """What these rows add to that; noted while tests are asked."""
    quotes: Quotes = field(default_factory=Quotes, repr=False, compare=False)
    _kept: dict[object, Any] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def size(self) -> int:
        """Number of work items."""
        return len(self.register.items)

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

    def text(self, field: str) -> pa.Array:
        """A column as its cells show it."""
        return self._once(("text", field), lambda: arrow_text(self.register.cells[field]))

    def texts(self, field: str) -> pa.DictionaryArray:
        """A column as its distinct texts."""
        return self._once(("texts", field), lambda: self.text(field).dictionary_encode())

    def cells(self, field: str) -> pa.DictionaryArray:
        """A column as people see it, in lower case, without space at either end, as its distinct texts."""

        def plain() -> pa.DictionaryArray:
            texts = self.texts(field)
            return pa.DictionaryArray.from_arrays(
                texts.indices, pc.utf8_trim_whitespace(pc.utf8_lower(texts.dictionary))
            )

        return self._once(("cells", field), plain)

    def given(self, field: str) -> bool:
        """Whether a column holds anything at all, in any part."""
        if self.shared:
            return field in self.shared.given
        return bool(len(text := self.text(field))) and bool(pc.max(pc.binary_length(text)).as_py())

    def quoted(self, field: str, rows: Numbers) -> Numbers:
        """What a column says in these rows, as numbers among `quotes`."""
        texts = self.texts(field)
        first = self._once(("quoted", field), lambda: self.quotes.add(texts.dictionary))
        codes: Numbers = texts.indices.to_numpy()[rows]
        blank = pc.index(texts.dictionary, "").as_py()
        return np.where(codes == blank, np.int32(BLANK), codes + np.int32(first))

    def asked(self, test: Test) -> Floats:
        """What a test answers."""
        with self.told.asking(test.__name__):
            return test(self)

    def answer(self, test: Test) -> Floats:
        """What a test answers that is asked more than once: it is kept."""
        return self._once(test, lambda: self.asked(test))

    def _once(self, key: object, work: Callable[[], Kept]) -> Kept:
        if key not in self._kept:
            self._kept[key] = work()
        kept: Kept = self._kept[key]
        return kept

    def families(self, field: str) -> tuple[pa.DictionaryArray, Ints, Ints]:
        """A column of SPOKEN as its distinct texts, and by word of the lexicon in them its text and its family."""
        return self._once("families", self._families)[field]

    def _families(self) -> dict[str, tuple[pa.DictionaryArray, Ints, Ints]]:
        """What the columns of SPOKEN say, read in one go."""
        columns = [self.texts(field) for field in SPOKEN]
        words = cut(pa.concat_arrays([column.dictionary for column in columns]))
        matches = self.lexicon.find(words)
        text, starts = words.text[matches.first], np.cumsum([0, *(len(column.dictionary) for column in columns)])
        parts = [slice(*np.searchsorted(text, starts[number : number + 2])) for number in range(len(columns))]
        return {
            field: (column, text[part] - start, matches.family[part])
            for field, column, part, start in zip(SPOKEN, columns, parts, starts, strict=False)
        }

    def matches(self, field: str, pattern: str) -> Bools:
        """Where a column's text fits a pattern of ours (lower case); asked once per distinct text."""
        texts = self.cells(field)
        return spread(as_bools(pc.match_substring_regex(texts.dictionary, pattern)), texts)

    def says(self, field: str, rows: Bools, pattern: str) -> Bools:
        """Which of these rows have a text that a pattern of ours is found in, in a column whose texts all differ."""
        return as_bools(pc.match_substring_regex(pc.utf8_lower(self.text(field).filter(pa.array(rows))), pattern))

    def value_is(self, column: str, *values: str) -> Bools:
        """Where a typed text column of the register holds one of these."""
        texts = distinct(self.register.items[column])
        return spread(as_bools(pc.is_in(texts.dictionary, value_set=pa.array(values, pa.large_string()))), texts)

    def filled(self, field: str) -> Bools:
        """Where a column holds anything."""
        texts = self.cells(field)
        return spread(as_bools(pc.not_equal(texts.dictionary, "")), texts)

    def varies(self, given: Bools) -> Floats:
        """How much a mark says here: 1, or 0 where all rows of a register of some size have it alike."""
        rows = self.shared.rows if self.shared else self.size - len(self.instead)
        if rows < FEW:
            _ = self.count(given)  # noted: with other parts there may be more
            return np.ones(1)
        share = self.count(given) / rows
        return np.where((share == 0) | (share == 1), 0.0, np.minimum(1.0, 4 * (1 - share)))

    def count(self, given: Bools) -> Ints:
        """How many rows bear a mark, as each row sees it; one number where there are no copies."""
        rows = self.size - len(self.instead)
        key = self.told.note(np.array([given[:rows].sum()]))
        if self.shared:
            return self.shared.counts[key]
        total = given[:rows].sum()
        if not len(self.instead):
            return np.array([total])
        return np.append(np.full(rows, total), total + given[rows:].astype(np.int64) - given[self.instead])

    def alike(self, values: Ints) -> Ints:
        """How many rows have the value that a row has, itself among them, as each row sees it."""
        rows = self.size - len(self.instead)
        each = np.bincount(values[:rows], minlength=int(values.max(initial=0)) + 1)
        key = self.told.note(each)
        if self.shared:
            return self.shared.counts[key][values]
        counts = each[values]
        counts[rows:] += values[rows:] != values[self.instead]
        return np.asarray(counts)
