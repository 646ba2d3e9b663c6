"""Wording as evidence: what the word families say in each text column, one line per item, column and family."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from pipeline.classify.columns import Bools, Floats, distinct, spread
from pipeline.classify.lexicon import Lexicon
from pipeline.classify.lines import Codes, Numbers
from pipeline.classify.mentions import Mentions, read_mentions
from pipeline.classify.quotes import Quotes
from pipeline.classify.standings import STANDINGS
from pipeline.classify.tokens import Ints
from pipeline.executor import Here, cores
from pipeline.model import Register

CHUNK = 24_576
"""Distinct texts read at a time, to bound memory."""
NAMED = 0.7

_FIELDS = [standing.field for standing in STANDINGS]


@dataclass(frozen=True)
class Said:
    """What the words say: by mention its item, column, family, quote and points."""

    item: Numbers
    field: Codes
    """Number of the column in STANDINGS."""
    family: Codes
    quote: Numbers
    """Number among the context's `quotes`."""
    points: Floats


@dataclass(frozen=True)
class Wording:
    """What every distinct text says, once: by mention, in the order of the texts, its family, quote and points."""

    columns: Mapping[int, Numbers]
    """By column that says anything (its number in STANDINGS), the number of each row's text among all texts."""
    begins: Ints
    """By text where its mentions begin, closed by where the last ones end."""
    family: Codes
    quote: Numbers
    points: Floats

    def between(self, begin: int, end: int) -> Said:
        """What these rows say, column after column, each in the order of the rows; the first row is item 0."""
        found = [_spread(texts[begin:end], self.begins) for texts in self.columns.values()]
        nothing = np.zeros(0, dtype=np.int64)
        mention = np.concatenate([nothing, *(mention for mention, _ in found)])
        item = np.concatenate([nothing, *(item for _, item in found)]).astype(np.int32)
        field = np.repeat(np.array([*self.columns], dtype=np.int16), [len(mention) for mention, _ in found])
        points = self.points[mention]
        points = points * _named_after(field, item, points, end - begin)
        return Said(item, field, self.family[mention], self.quote[mention], points)


@dataclass(frozen=True)
class Marks:
    """Two marks by item."""

    mixed: Bools
    """Running and changing something are joined in one row, or the register says so."""
    doubt: Bools
    """Worded so that only a person can tell."""


def read_wording(register: Register, lexicon: Lexicon, quotes: Quotes) -> tuple[Wording, Marks]:
    """Read every column of STANDINGS. Work is done once per distinct text and once per distinct word."""
    columns = [distinct(register.cells[field]) for field in _FIELDS]
    sizes = [len(column.dictionary) for column in columns]
    texts = pa.chunked_array([column.dictionary for column in columns])
    read = _read(texts, np.repeat(np.arange(len(columns)), sizes), lexicon)
    starts = np.cumsum([0, *sizes])
    begins = np.searchsorted(read.text, np.arange(starts[-1] + 1))
    said, marks = {}, np.zeros((2, len(register.items)), dtype=bool)
    for number, column in enumerate(columns):
        mine = slice(starts[number], starts[number + 1])
        marks |= [spread(read.mixed[mine], column), spread(read.doubt[mine], column)]
        if begins[starts[number + 1]] > begins[starts[number]]:
            said[number] = column.indices.to_numpy() + np.int32(starts[number])
    quote = read.quote.dictionary_encode()
    numbers = quote.indices.to_numpy() + np.int32(quotes.add(quote.dictionary))
    return Wording(said, begins, read.family, numbers, read.points), Marks(marks[0], marks[1])


def _read(texts: pa.ChunkedArray, column: Ints, lexicon: Lexicon) -> Mentions:
    """Chunks of texts are read on threads, which Arrow and numpy leave free to run; their order is kept."""
    begins = range(0, max(1, len(texts)), CHUNK)

    def read(begin: int) -> Mentions:
        chunk = pa.concat_arrays(texts.slice(begin, CHUNK).chunks)
        return read_mentions(chunk, column[begin : begin + CHUNK], lexicon)

    with _pool(len(begins)) as pool:
        parts = list(pool.map(read, begins))
    return Mentions(
        np.concatenate([part.text + begin for part, begin in zip(parts, begins, strict=True)]),
        np.concatenate([part.family for part in parts]),
        pa.concat_arrays([part.quote for part in parts]),
        np.concatenate([part.points for part in parts]),
        np.concatenate([part.mixed for part in parts]),
        np.concatenate([part.doubt for part in parts]),
    )


def _pool(chunks: int) -> Executor:
    """Threads for several chunks; one is read here."""
    return ThreadPoolExecutor(min(chunks, cores())) if chunks > 1 else Here()


def _spread(texts: Numbers, begins: Ints) -> tuple[Ints, Ints]:
    """By row its text -> every mention of it and the row, in the order of the rows."""
    first = begins[texts]
    count = begins[texts + 1] - first
    ends = np.cumsum(count)
    mention = np.arange(ends[-1] if len(ends) else 0) + np.repeat(first - (ends - count), count)
    return mention, np.repeat(np.arange(len(texts)), count)


def _named_after(field: Codes, item: Numbers, points: Floats, size: int) -> Floats:
    """A title is what a thing is called; where a description says what is done, the title's words count less.

    They lose no more than the description says for their own side, so that more evidence never weighs less.
    """
    factor = np.ones(len(points))

    def said(column: str, sign: int) -> tuple[Bools, Floats]:
        mine = (field == _FIELDS.index(column)) & (points * sign > 0)
        return np.asarray(mine), np.bincount(item[mine], np.abs(points[mine]), size).astype(float)

    for sign in (1, -1):
        (mine, named), (_, same), (_, other) = (
            said("title", sign),
            said("description", sign),
            said("description", -sign),
        )
        share = np.divide(same, named, out=np.zeros(size), where=named > 0)
        factor[mine] = np.where(other > 0, NAMED, np.maximum(NAMED, 1 - share))[item[mine]]
    return factor
