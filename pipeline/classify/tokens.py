"""Cuts columns of text into words, whole columns at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Ints = npt.NDArray[np.int64]

_BREAKS = b",;:()[]{}|!?\n\r\t"
_DOT, _DASH, _SLASH = b".-/"
_SPACES = np.zeros(256, dtype=bool)
_SPACES[list(b" \t\n\r\x0b\x0c/_'\"`*<>=~^\\" + _BREAKS)] = True
_IS_BREAK = np.zeros(256, dtype=bool)
_IS_BREAK[list(_BREAKS)] = True
_UNIFORM = (("\u2019", "'"), ("\u2018", "'"), ("\u00a0", " "), ("\u202f", " "), ("\u2013", "-"), ("\u2014", " - "), ("&amp;", "&"), ("…", ". "))


@dataclass(frozen=True)
class Words:
    """The words of a column of texts, one after the other.

    `text` and `clause` say to which text (0-based) and clause each word belongs (clauses are numbered through
    the whole column); `raw` numbers its spelling in `spellings`.
    """

    text: Ints
    clause: Ints
    raw: Ints
    spellings: pa.Array


def cut(texts: pa.Array) -> Words:
    """The words of these texts. Punctuation parts words and clauses; case and accents are kept."""
    uniform = _uniform(texts.cast(pa.string()))
    data, offsets = _bytes(uniform)
    starts, ends, clause = _bounds(data, offsets)
    if not len(starts):
        none = np.zeros(0, dtype=np.int64)
        return Words(none, none, none, pa.array([], pa.string()))
    alternating = np.empty(2 * len(starts), dtype=np.int32)
    alternating[0::2], alternating[1::2] = starts, ends
    slices = pa.StringArray.from_buffers(2 * len(starts) - 1, pa.py_buffer(alternating), pa.py_buffer(data))
    words = slices.take(pa.array(np.arange(0, 2 * len(starts), 2))).dictionary_encode()
    text = np.searchsorted(offsets, starts, side="right") - 1
    return Words(text, clause, words.indices.to_numpy().astype(np.int64), words.dictionary)


def fold(spellings: pa.Array) -> pa.Array:
    """Spellings without case, accents and punctuation at either end, so that one entry fits all."""
    folded = pc.utf8_lower(spellings)
    for letter, plain in (("ß", "ss"), ("œ", "oe"), ("æ", "ae"), ("ø", "o"), ("ı", "i")):
        folded = pc.replace_substring(folded, letter, plain)
    folded = pc.utf8_normalize(folded, "NFD")
    folded = pc.replace_substring_regex(folded, r"\p{Mn}", "")
    return pc.replace_substring_regex(folded, r"^[^\pL\pN]+|[^\pL\pN]+$", "")


def _uniform(texts: pa.Array) -> pa.Array:
    data = memoryview(texts.buffers()[2] or b"").tobytes() if len(texts) else b""
    for written, plain in _UNIFORM:
        if written.encode() in data:
            texts = pc.replace_substring(texts, written, plain)
    return texts


def _bytes(texts: pa.Array) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int32]]:
    offsets = np.frombuffer(texts.buffers()[1], dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1]
    content = texts.buffers()[2]
    data = np.frombuffer(content, dtype=np.uint8)[offsets[0] : offsets[-1]] if content else np.zeros(0, np.uint8)
    return np.ascontiguousarray(data), (offsets - offsets[0]).astype(np.int32)


def _bounds(data: npt.NDArray[np.uint8], offsets: npt.NDArray[np.int32]) -> tuple[Ints, Ints, Ints]:
    """Where words start and end, and the clause of each. A dash inside a word parts words, one with a space clauses."""
    size = len(data)
    space = _SPACES[data]
    digit = (data >= ord("0")) & (data <= ord("9"))
    space[1:-1] &= ~((data[1:-1] == _SLASH) & digit[:-2] & digit[2:])  # 24/7 and 2026/27 are one word
    edge = np.zeros(size + 1, dtype=bool)
    edge[offsets] = True
    before = np.ones(size, dtype=bool)
    before[1:] = space[:-1]
    before |= edge[:size]
    after = np.ones(size, dtype=bool)
    after[:-1] = space[1:]
    after |= edge[1:]
    dash = data == _DASH
    stop = _IS_BREAK[data] | (dash & (before | after)) | ((data == _DOT) & after)
    gap = space | dash | stop
    start = ~gap
    start[1:] &= gap[:-1] | edge[1:size]
    end = ~gap
    end[:-1] &= gap[1:] | edge[1:size]
    starts = np.flatnonzero(start)
    clauses = np.cumsum(stop | edge[:size])
    return starts.astype(np.int64), (np.flatnonzero(end) + 1).astype(np.int64), clauses[starts].astype(np.int64)
