"""Wording as evidence: what the word families say in each text column, one line per item, column and family."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from pipeline.classify.columns import Bools, Floats, spread
from pipeline.classify.context import Context
from pipeline.classify.lexicon import Lexicon
from pipeline.classify.lines import Codes, Numbers, stretches
from pipeline.classify.mentions import read_mentions
from pipeline.classify.standings import STANDINGS
from pipeline.classify.tokens import Ints
from pipeline.executor import Here, cores

NAMED = 0.7

_FIELDS = [standing.field for standing in STANDINGS]


@dataclass(frozen=True)
class Said:
    """What the words of some rows say: by mention its item (the first row is 0), column, family, quote and points."""

    item: Numbers
    field: Codes
    """Number of the column in STANDINGS."""
    family: Codes
    quote: Numbers
    """Number in `quotes`."""
    points: Floats
    quotes: pa.Array


@dataclass(frozen=True)
class Marks:
    """Two marks by item."""

    mixed: Bools
    """Running and changing something are joined in one row, or the register says so."""
    doubt: Bools
    """Worded so that only a person can tell."""


def read_wording(context: Context) -> Iterator[tuple[Said, Marks]]:
    """Read every column of STANDINGS, so many rows at a time as `stretches` says, and hand them out in their order.

    They are read from now on, on threads where there are several, which Arrow and numpy leave free to run.
    """
    columns, parts = [context.text(field) for field in _FIELDS], stretches(context.size)
    pool = _pool(len(parts))

    def read(rows: range) -> tuple[Said, Marks]:
        return _read([column.slice(rows.start, len(rows)) for column in columns], context.lexicon)

    found = pool.map(read, parts)
    pool.shutdown(wait=False)  # once all is read
    return found


def _pool(parts: int) -> Executor:
    """Threads for several stretches; one is read here."""
    return ThreadPoolExecutor(min(parts, cores())) if parts > 1 else Here()


def _read(texts: Sequence[pa.Array], lexicon: Lexicon) -> tuple[Said, Marks]:
    """What some rows say, by column of STANDINGS. Work is done once per distinct text and once per distinct word."""
    columns = [text.dictionary_encode() for text in texts]
    sizes = [len(column.dictionary) for column in columns]
    every = pa.concat_arrays([column.dictionary for column in columns])
    read = read_mentions(every, np.repeat(np.arange(len(columns)), sizes), lexicon)
    begins = np.searchsorted(read.text, np.arange(len(every) + 1))
    said, items, marks = [], [], np.zeros((2, len(texts[0])), dtype=bool)
    for column, start in zip(columns, np.cumsum([0, *sizes[:-1]]), strict=True):
        mine = slice(start, start + len(column.dictionary))
        marks |= [spread(read.mixed[mine], column), spread(read.doubt[mine], column)]
        mention, item = _spread(column.indices.to_numpy() + start, begins)
        said.append(mention)
        items.append(item)
    mention, holder = np.concatenate(said), np.concatenate(items).astype(np.int32)
    field = np.repeat(np.arange(len(columns), dtype=np.int16), [len(one) for one in items])
    points = read.points[mention]
    points = points * _named_after(field, holder, points, len(texts[0]))
    quote = read.quote.dictionary_encode()
    number = quote.indices.to_numpy()[mention]
    return Said(holder, field, read.family[mention], number, points, quote.dictionary), Marks(marks[0], marks[1])


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
