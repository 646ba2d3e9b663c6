"""Words, beginnings and endings of words with what they stand for, looked up for whole vocabularies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.classify.tokens import Ints


@dataclass(frozen=True)
class Table:
    """Whole words and their codes."""

    keys: pa.Array
    codes: Ints

    def find(self, words: pa.Array) -> Ints:
        """By word its code, -1 where there is none."""
        spots = pc.fill_null(pc.index_in(words, value_set=self.keys), -1).to_numpy(zero_copy_only=False)
        return np.asarray(np.append(self.codes, -1)[spots])


@dataclass(frozen=True)
class Stems:
    """Beginnings of words, or endings, and their codes; the longest that fits has the last word."""

    table: Table
    ending: bool = False

    def find(self, words: pa.Array) -> Ints:
        """By word the code of the longest stem that it begins with (ends in), -1 where there is none."""
        found = np.full(len(words), -1, dtype=np.int64)
        if not self._sizes:
            return found
        shortest = pc.is_in(self._part(words, self._sizes[0]), value_set=self._shortest)
        likely = np.flatnonzero(shortest.to_numpy(zero_copy_only=False))
        words = words.take(pa.array(likely))
        parts = pa.concat_arrays([self._part(words, size) for size in self._sizes])
        for codes in self.table.find(parts).reshape(len(self._sizes), len(likely)):
            found[likely[codes >= 0]] = codes[codes >= 0]
        return found

    @cached_property
    def _sizes(self) -> list[int]:
        return sorted(set(pc.utf8_length(self.table.keys).to_pylist()))

    @cached_property
    def _shortest(self) -> pa.Array:
        return self._part(self.table.keys, self._sizes[0]).unique()

    def _part(self, words: pa.Array, size: int) -> pa.Array:
        return pc.utf8_slice_codeunits(words, -size) if self.ending else pc.utf8_slice_codeunits(words, 0, size)


def table(pairs: Iterable[tuple[str, int]]) -> Table:
    """Words with their codes as a table; the last of two alike holds."""
    listed = dict(pairs)
    return Table(pa.array(listed, pa.string()), np.array(list(listed.values()), dtype=np.int64))
