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
_GAPS = np.zeros(256, dtype=bool)
_GAPS[list(b" \x0b\x0c/_'\"`*<>=~^\\-" + _BREAKS)] = True
_IS_BREAK = np.zeros(256, dtype=bool)
_IS_BREAK[list(_BREAKS)] = True
_IS_DIGIT = np.zeros(256, dtype=bool)
_IS_DIGIT[list(b"0123456789")] = True
_GENERAL_PUNCTUATION, _LONG_DASHES, _NO_BREAK_SPACE = (0xE2, 0x80), (0x93, 0x94), (0xC2, 0xA0)
"""First bytes of curly quotes, long dashes and thin spaces in UTF-8; last bytes of the long dashes."""


@dataclass(frozen=True)
class Words:
    """The words of a column of texts, one after the other.

    `text` and `clause` say to which text (0-based) and clause each word belongs (clauses are numbered through
    the whole column) and whether it stands in brackets; `raw` numbers its
    spelling in `spellings` and in `folded`, the same without case, accents and punctuation at either end.
    """

    text: Ints
    clause: Ints
    aside: npt.NDArray[np.bool_]
    raw: Ints
    spellings: pa.Array
    folded: pa.Array


def cut(texts: pa.Array) -> Words:
    """The words of these texts. Punctuation parts words and clauses; case and accents are kept."""
    data, offsets = _bytes(texts.cast(pa.string()))
    starts, ends, stops = _bounds(data, offsets)
    text = np.repeat(np.arange(len(texts)), np.diff(np.searchsorted(starts, offsets)))
    clause = np.searchsorted(stops, starts)
    alternating = np.empty(2 * len(starts), dtype=np.int32)
    alternating[0::2], alternating[1::2] = starts, ends
    slices = pa.StringArray.from_buffers(max(0, 2 * len(starts) - 1), pa.py_buffer(alternating), pa.py_buffer(data))
    words = slices.take(pa.array(np.arange(0, 2 * len(starts), 2))).dictionary_encode()
    raw = words.indices.to_numpy().astype(np.int64)
    return Words(text, clause, _aside(data, offsets, starts, text), raw, words.dictionary, fold(words.dictionary))


def fold(spellings: pa.Array) -> pa.Array:
    """Spellings without case, accents and punctuation at either end, so that one entry fits all."""
    folded = pc.utf8_lower(spellings)
    for letter, plain in (("ß", "ss"), ("œ", "oe"), ("æ", "ae"), ("ø", "o"), ("ı", "i")):
        folded = pc.replace_substring(folded, letter, plain)
    folded = pc.utf8_normalize(folded, "NFD")
    folded = pc.replace_substring_regex(folded, r"\p{Mn}", "")
    return pc.replace_substring_regex(folded, r"^[^\pL\pN]+|[^\pL\pN]+$", "")


def _bytes(texts: pa.Array) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int32]]:
    offsets = np.frombuffer(texts.buffers()[1], dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1]
    content = texts.buffers()[2]
    data = np.frombuffer(content, dtype=np.uint8)[offsets[0] : offsets[-1]] if content else np.zeros(0, np.uint8)
    return np.ascontiguousarray(data), (offsets - offsets[0]).astype(np.int32)


def _aside(
    data: npt.NDArray[np.uint8], offsets: npt.NDArray[np.int32], starts: Ints, text: Ints
) -> npt.NDArray[np.bool_]:
    """Which words stand between a bracket opened and its closing, or the end of their text."""
    opened, closed = np.flatnonzero(data == ord("(")), np.flatnonzero(data == ord(")"))

    def depth(places: Ints) -> Ints:
        return np.asarray(np.searchsorted(opened, places) - np.searchsorted(closed, places))

    return np.asarray(depth(starts) > depth(offsets[:-1].astype(np.int64))[text])


def _bounds(data: npt.NDArray[np.uint8], offsets: npt.NDArray[np.int32]) -> tuple[Ints, Ints, Ints]:
    """Where words start and end, and where clauses stop. A dash inside a word parts words, one with a space clauses."""
    gap = _GAPS[data]
    _keep_slashes_of_numbers(data, gap)
    stops = [np.flatnonzero(_IS_BREAK[data]), _blank_wide_marks(data, gap)]
    edge = np.zeros(len(data) + 1, dtype=bool)
    edge[offsets] = True
    for mark in (_DASH, _DOT):
        places = np.flatnonzero(data == mark)
        after = edge[places + 1] | np.append(gap, True)[places + 1]
        before = edge[places] | np.append(gap, True)[places - 1]
        stopping = places[after | before] if mark == _DASH else places[after]
        gap[stopping] = True
        stops.append(stopping)
    start, end = ~gap, ~gap
    start[1:] &= gap[:-1] | edge[1:-1]
    end[:-1] &= gap[1:] | edge[1:-1]
    return np.flatnonzero(start), np.flatnonzero(end) + 1, np.sort(np.concatenate(stops))


def _keep_slashes_of_numbers(data: npt.NDArray[np.uint8], gap: npt.NDArray[np.bool_]) -> None:
    """24/7 and 2026/27 are one word."""
    slashes = np.flatnonzero(data == _SLASH)
    slashes = slashes[(slashes > 0) & (slashes < len(data) - 1)]
    gap[slashes[_IS_DIGIT[data[slashes - 1]] & _IS_DIGIT[data[slashes + 1]]]] = False


def _blank_wide_marks(data: npt.NDArray[np.uint8], gap: npt.NDArray[np.bool_]) -> Ints:
    """Curly quotes, long dashes and odd spaces part words; returns where the long dashes are."""
    first, second = _GENERAL_PUNCTUATION
    marks = np.flatnonzero(data[:-2] == first) if len(data) > 2 else np.zeros(0, dtype=np.int64)
    marks = marks[data[marks + 1] == second]
    spaces = np.flatnonzero(data[:-1] == _NO_BREAK_SPACE[0])
    spaces = spaces[data[spaces + 1] == _NO_BREAK_SPACE[1]]
    for place in (marks, marks + 1, marks + 2, spaces, spaces + 1):
        gap[place] = True
    return np.asarray(marks[np.isin(data[marks + 2], _LONG_DASHES)])
