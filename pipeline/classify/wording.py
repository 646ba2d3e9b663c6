"""Wording as evidence: what the word families say in each text column, one line per item, column and family."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa

from pipeline.classify.columns import Bools, Floats, distinct, spread
from pipeline.classify.lexicon import Lexicon
from pipeline.classify.mentions import Mentions, no_lines, read_mentions
from pipeline.classify.standings import STANDINGS
from pipeline.classify.tokens import Ints
from pipeline.model import Register

CHUNK = 49_152
"""Distinct texts read at a time, to bound memory."""
NAMED = 0.7

_FIELDS = [standing.field for standing in STANDINGS]
_FIELD_TYPE = pd.CategoricalDtype(_FIELDS)


@dataclass(frozen=True)
class Wording:
    """What the words say: one line per item, column and family, and which items hold two kinds of work."""

    lines: pd.DataFrame
    """Columns item, field, family, quote, points."""
    mixed: Bools
    """By item: running and changing something are joined in one row, or the register says so."""
    doubt: Bools
    """By item: worded so that only a person can tell."""


def read_wording(register: Register, lexicon: Lexicon) -> Wording:
    """Read every column of STANDINGS. Work is done once per distinct text and once per distinct word."""
    columns = [distinct(register.cells[field]) for field in _FIELDS]
    texts = pa.concat_arrays([column.dictionary for column in columns])
    sizes = [len(column.dictionary) for column in columns]
    read = _read(texts, np.repeat(np.arange(len(columns)), sizes), lexicon)
    starts = np.cumsum([0, *sizes])
    bounds = np.searchsorted(read.lines["text"].to_numpy(), starts)
    frames, marks = [], np.zeros((2, len(register.items)), dtype=bool)
    for number, column in enumerate(columns):
        mine = slice(starts[number], starts[number + 1])
        lines = read.lines.iloc[bounds[number] : bounds[number + 1]]
        if len(lines):
            frames.append(_spread(lines.assign(text=lines["text"] - starts[number]), column, number))
        marks |= [spread(read.mixed[mine], column), spread(read.doubt[mine], column)]
    lines = pd.concat(frames, ignore_index=True) if frames else _spread(no_lines(), columns[0], 0)
    lines["points"] *= _named_after(lines, len(register.items))
    return Wording(lines, marks[0], marks[1])


def _read(texts: pa.Array, column: Ints, lexicon: Lexicon) -> Mentions:
    """Chunks of texts are read on threads, which Arrow and numpy leave free to run; their order is kept."""
    begins = range(0, len(texts), CHUNK)

    def read(begin: int) -> Mentions:
        end = min(begin + CHUNK, len(texts))
        return read_mentions(texts[begin:end], column[begin:end], lexicon)

    if len(begins) <= 1:
        parts = [read(begin) for begin in begins]
    else:
        with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
            parts = list(pool.map(read, begins))
    lines = [part.lines.assign(text=part.lines["text"] + begin) for part, begin in zip(parts, begins, strict=True)]
    blank = np.zeros(0, dtype=bool)
    return Mentions(
        pd.concat(lines, ignore_index=True) if lines else no_lines(),
        np.concatenate([blank, *(part.mixed for part in parts)]),
        np.concatenate([blank, *(part.doubt for part in parts)]),
    )


def _spread(cells: pd.DataFrame, texts: pa.DictionaryArray, number: int) -> pd.DataFrame:
    """Lines of a column's distinct texts -> lines of all items that hold them."""
    codes = texts.indices.to_numpy()
    order = np.argsort(codes, kind="stable")
    bounds = np.searchsorted(codes[order], np.arange(len(texts.dictionary) + 1))
    text = cells["text"].to_numpy(dtype=np.int64)
    count = bounds[text + 1] - bounds[text]
    line = np.repeat(np.arange(len(cells)), count)
    offset = np.arange(len(line)) - np.repeat(np.cumsum(count) - count, count)
    wide = cells[["family", "quote", "points"]].take(line).reset_index(drop=True)
    item = order[bounds[text][line] + offset].astype(np.int64)
    field = pd.Categorical.from_codes(np.full(len(line), number), dtype=_FIELD_TYPE)
    return wide.assign(item=item, field=field)[["item", "field", "family", "quote", "points"]]


def _named_after(lines: pd.DataFrame, size: int) -> Floats:
    """A title is what a thing is called; where a description says what is done, the title's words count less."""
    field, item = lines["field"].cat.codes.to_numpy(), lines["item"].to_numpy()
    described = np.zeros(size, dtype=bool)
    described[item[field == _FIELDS.index("description")]] = True
    return np.where((field == _FIELDS.index("title")) & described[item], NAMED, 1.0)
