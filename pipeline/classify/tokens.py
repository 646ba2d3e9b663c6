"""Cuts columns of text into words, whole columns at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Bools = npt.NDArray[np.bool_]

_BREAKS = b",;:()[]{}|!?\n\r\t"
_DOT, _DASH, _SLASH, _OPENED, _CLOSED = b".-/()"
_WIDE, _NO_BREAK = 0xE2, 0xC2
"""First bytes of curly quotes, long dashes and thin spaces, and of the no-break space, in UTF-8."""
_GENERAL_PUNCTUATION, _LONG_DASHES, _NO_BREAK_SPACE = 0x80, (0x93, 0x94), 0xA0
"""The bytes that follow them; the last bytes of the long dashes."""

_GAP, _BREAK, _BETWEEN, _PERHAPS = 1, 2, 3, 4
_ROLES = np.zeros(256, dtype=np.uint8)
"""What a byte does: 0 stands in words, _GAP parts them, _BREAK clauses too; _BETWEEN parts words and _PERHAPS does not,
unless what stands beside says otherwise."""
_ROLES[list(b" \x0b\x0c_'\"`*<>=~^\\")] = _GAP
_ROLES[list(_BREAKS)] = _BREAK
_ROLES[[_SLASH, _DASH]] = _BETWEEN
_ROLES[[_DOT, _WIDE, _NO_BREAK]] = _PERHAPS
_IS_DIGIT = np.zeros(256, dtype=bool)
_IS_DIGIT[list(b"0123456789")] = True


@dataclass(frozen=True)
class Words:
    """The words of a column of texts, one after the other.

    `text` says to which text (0-based) each word belongs, `parted` whether clauses part before it; `raw` numbers its
    spelling in `spellings` and in `folded`, the same without case, accents and punctuation at either end.
    """

    text: Ints
    parted: Bools
    raw: Ints
    spellings: pa.Array
    folded: pa.Array
    starts: npt.NDArray[np.int32]
    """Where words start among the bytes of all texts, and where texts, brackets and closing brackets do."""
    texts: npt.NDArray[np.int32]
    opened: Ints
    closed: Ints

    def aside(self, words: Ints) -> Bools:
        """Which of these words stand between a bracket opened and its closing, or the end of their text."""
        return np.asarray(self._depth(self.starts[words]) > self._depth(self.texts[self.text[words]]))

    def _depth(self, places: npt.NDArray[np.int32]) -> Ints:
        return np.asarray(np.searchsorted(self.opened, places) - np.searchsorted(self.closed, places))


def cut(texts: pa.Array) -> Words:
    """The words of these texts. Punctuation parts words and clauses; case and accents are kept."""
    data, begins = bytes_of(pc.binary_join_element_wise(texts.cast(pa.string()), " ", ""))  # all end in a gap
    role = _ROLES[data]
    marks = np.flatnonzero(role >= _BREAK)
    mark = data[marks]
    gap = (role != 0) & (role != _PERHAPS)
    stops = np.concatenate([marks[role[marks] == _BREAK], _depending(data, marks, mark, gap)])
    edges = _edges(gap)
    starts = edges[0::2].copy()
    text = np.repeat(np.arange(len(texts)), np.diff(np.searchsorted(starts, begins)))
    parted = np.zeros(len(starts) + 1, dtype=bool)
    parted[np.searchsorted(starts, stops.astype(np.int32))] = True
    coded = _slices(data, edges).dictionary_encode()
    raw = coded.indices.to_numpy().astype(np.int64)
    opened, closed = marks[mark == _OPENED], marks[mark == _CLOSED]
    spellings = coded.dictionary
    return Words(text, parted[:-1], raw, spellings, fold(spellings), starts, begins, opened, closed)


def fold(spellings: pa.Array) -> pa.Array:
    """Spellings without case, accents and punctuation at either end, so that one entry fits all."""
    folded = pc.ascii_lower(spellings)
    other = pc.invert(pc.ascii_is_alnum(spellings))
    return pc.replace_with_mask(folded, other, _folded(spellings.filter(other))) if other.true_count else folded


def bytes_of(texts: pa.StringArray) -> tuple[Bytes, npt.NDArray[np.int32]]:
    """The bytes of all texts, and where each text begins, closed by where the last one ends."""
    offsets = np.frombuffer(texts.buffers()[1], dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1]
    content = texts.buffers()[2]
    if not len(texts) or content is None:
        return np.zeros(0, np.uint8), np.zeros(len(texts) + 1, np.int32)
    return np.frombuffer(content, dtype=np.uint8)[offsets[0] : offsets[-1]], offsets - offsets[0]


def has_digit(words: pa.StringArray) -> tuple[Bools, Bools]:
    """Which words begin with a digit, and which have one anywhere."""
    data, begins = bytes_of(words)
    before = np.concatenate([[0], np.cumsum(_IS_DIGIT[data])])
    first = before[np.minimum(begins[:-1] + 1, begins[1:])] > before[begins[:-1]]
    return np.asarray(first), np.asarray(before[begins[1:]] > before[begins[:-1]])


def _folded(spellings: pa.Array) -> pa.Array:
    folded = pc.utf8_lower(spellings)
    for letter, plain in (("ß", "ss"), ("œ", "oe"), ("æ", "ae"), ("ø", "o"), ("ı", "i")):
        folded = pc.replace_substring(folded, letter, plain)
    folded = pc.utf8_normalize(folded, "NFD")
    folded = pc.replace_substring_regex(folded, r"\p{Mn}", "")
    return pc.replace_substring_regex(folded, r"^[^\pL\pN]+|[^\pL\pN]+$", "")


def _edges(gap: Bools) -> npt.NDArray[np.int32]:
    """Where words start and end, by turns."""
    inside = np.zeros(len(gap) + 2, dtype=bool)
    np.logical_not(gap, out=inside[1:-1])
    return np.flatnonzero(inside[1:] != inside[:-1]).astype(np.int32)


def _slices(data: Bytes, edges: npt.NDArray[np.int32]) -> pa.Array:
    """The words between these edges."""
    slices = pa.StringArray.from_buffers(max(0, len(edges) - 1), pa.py_buffer(edges), pa.py_buffer(data))
    return slices.take(pa.array(np.arange(0, len(edges), 2)))


def _depending(data: Bytes, marks: Ints, mark: Bytes, gap: Bools) -> Ints:
    """Set gaps by what stands beside a mark, and return where clauses stop.

    24/7 and 2026/27 are one word; a dash inside a word parts words, one with a space clauses, as does a final dot.
    """
    slashes = marks[mark == _SLASH]
    gap[slashes[_IS_DIGIT[data[slashes - 1]] & _IS_DIGIT[data[slashes + 1]]]] = False
    stops = [_blank_wide_marks(data, marks, mark, gap)]
    for sign in (_DASH, _DOT):
        places = marks[mark == sign]
        beside = gap[places + 1] | gap[places - 1] if sign == _DASH else gap[places + 1]
        gap[places[beside]] = True
        stops.append(places[beside])
    return np.concatenate(stops)


def _blank_wide_marks(data: Bytes, marks: Ints, mark: Bytes, gap: Bools) -> Ints:
    """Curly quotes, long dashes and odd spaces part words; returns where the long dashes are."""
    wide = marks[mark == _WIDE]
    wide = wide[data[wide + 1] == _GENERAL_PUNCTUATION]
    spaces = marks[mark == _NO_BREAK]
    spaces = spaces[data[spaces + 1] == _NO_BREAK_SPACE]
    for place in (wide, wide + 1, wide + 2, spaces, spaces + 1):
        gap[place] = True
    return np.asarray(wide[np.isin(data[wide + 2], _LONG_DASHES)])
