"""Wording as evidence: what the word families say in each text column, one line per item, column and family."""

from __future__ import annotations

from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from pipeline.classify.columns import Bools, Floats, distinct, spread
from pipeline.classify.lexicon import Lexicon
from pipeline.classify.mentions import Mentions, read_mentions
from pipeline.classify.standings import STANDINGS
from pipeline.classify.tokens import Ints
from pipeline.executor import Here, cores
from pipeline.model import Register

CHUNK = 49_152
"""Distinct texts read at a time, to bound memory."""
NAMED = 0.7

_FIELDS = [standing.field for standing in STANDINGS]


@dataclass(frozen=True)
class Wording:
    """What the words say: by mention its item, column, family, quote and points; and two marks by item."""

    item: Ints
    field: Ints
    """Number of the column in STANDINGS."""
    family: Ints
    quote: pa.Array
    points: Floats
    mixed: Bools
    """Running and changing something are joined in one row, or the register says so."""
    doubt: Bools
    """Worded so that only a person can tell."""


def read_wording(register: Register, lexicon: Lexicon) -> Wording:
    """Read every column of STANDINGS. Work is done once per distinct text and once per distinct word."""
    columns = [distinct(register.cells[field]) for field in _FIELDS]
    sizes = [len(column.dictionary) for column in columns]
    texts = pa.concat_arrays([column.dictionary for column in columns])
    read = _read(texts, np.repeat(np.arange(len(columns)), sizes), lexicon)
    starts = np.cumsum([0, *sizes])
    bounds = np.searchsorted(read.text, starts)
    said, items, marks = [], [], np.zeros((2, len(register.items)), dtype=bool)
    for number, column in enumerate(columns):
        lines = np.arange(bounds[number], bounds[number + 1])
        line, item = _spread(read.text[lines] - starts[number], column)
        said.append(lines[line])
        items.append(item)
        mine = slice(starts[number], starts[number + 1])
        marks |= [spread(read.mixed[mine], column), spread(read.doubt[mine], column)]
    line, item = np.concatenate(said), np.concatenate(items)
    field = np.repeat(np.arange(len(columns)), [len(one) for one in items])
    points = read.points[line] * _named_after(field, item, len(register.items))
    return Wording(item, field, read.family[line], read.quote.take(pa.array(line)), points, marks[0], marks[1])


def _read(texts: pa.Array, column: Ints, lexicon: Lexicon) -> Mentions:
    """Chunks of texts are read on threads, which Arrow and numpy leave free to run; their order is kept."""
    begins = range(0, max(1, len(texts)), CHUNK)

    def read(begin: int) -> Mentions:
        end = min(begin + CHUNK, len(texts))
        return read_mentions(texts[begin:end], column[begin:end], lexicon)

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


def _spread(text: Ints, texts: pa.DictionaryArray) -> tuple[Ints, Ints]:
    """Lines of a column's distinct texts -> the lines of all items that hold them (by number), and those items."""
    codes = texts.indices.to_numpy()
    order = np.argsort(codes, kind="stable")
    bounds = np.searchsorted(codes[order], np.arange(len(texts.dictionary) + 1))
    count = bounds[text + 1] - bounds[text]
    line = np.repeat(np.arange(len(text)), count)
    offset = np.arange(len(line)) - np.repeat(np.cumsum(count) - count, count)
    return line, order[bounds[text][line] + offset]


def _named_after(field: Ints, item: Ints, size: int) -> Floats:
    """A title is what a thing is called; where a description says what is done, the title's words count less."""
    described = np.zeros(size, dtype=bool)
    described[item[field == _FIELDS.index("description")]] = True
    return np.where((field == _FIELDS.index("title")) & described[item], NAMED, 1.0)
