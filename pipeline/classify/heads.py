"""The head of a title: the word that says what is done, against those that say to what."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.classify.columns import Bools
from pipeline.classify.families import FAMILIES
from pipeline.classify.lexicon import Matches, grammar
from pipeline.classify.tokens import Ints, Words

_POINTS = np.array([family.points for family in FAMILIES])


def first_words(words: Words) -> Bools:
    """Which words open their text."""
    return np.asarray(np.diff(words.text, prepend=-1) != 0)


def find_heads(words: Words, matches: Matches, opens: Bools) -> Ints:
    """The head match of each text: a verb that comes first, else the last match of its first run of words.

    A last clause that is all one match is the head of its text: `Engineering: Administration`, `Boilers - upgrade`.
    """
    text = words.text[matches.first]
    run = _runs(words)
    speaks = _POINTS[matches.family] != 0
    usable = np.flatnonzero(((run[matches.last] == 0) | (run[matches.first] == 0)) & speaks)
    head = np.full(int(words.text[-1]) + 1, -1, dtype=np.int64)
    head[text[usable]] = usable  # the last one stays
    opening = usable[opens[matches.first[usable]] & plays(words, "verb")[matches.first[usable]]]
    head[text[opening]] = opening
    closing = np.flatnonzero(_closes(words, matches) & (np.abs(_POINTS[matches.family]) >= 1))
    head[text[closing]] = closing
    return head[head >= 0]


def plays(words: Words, part: str) -> Bools:
    """Which words play this part in a sentence; the signs & and + join."""
    listed = pa.array(grammar(part))
    marks = pc.is_in(words.folded, value_set=listed).to_numpy(zero_copy_only=False)
    signs = pc.is_in(words.spellings, value_set=listed).to_numpy(zero_copy_only=False)
    return np.asarray(marks | signs, dtype=bool)[words.raw]


def _closes(words: Words, matches: Matches) -> Bools:
    """Which matches are all of the last clause of several."""
    final = np.ones(len(words.text), dtype=bool)
    final[:-1] = words.text[1:] != words.text[:-1]
    opens = np.zeros(len(words.text), dtype=bool)
    opens[1:] = words.parted[1:] & (words.text[1:] == words.text[:-1])
    return final[matches.last] & opens[matches.first] & ~words.aside(matches.first)


def _runs(words: Words) -> Ints:
    """Number of the run of words within its text; clauses and small words such as 'of' part runs."""
    parts = np.zeros(len(words.text), dtype=np.int64)
    parts[1:] = words.parted[1:] | plays(words, "link")[1:]
    starts = np.flatnonzero(first_words(words))
    parts[starts] = 0
    total = np.cumsum(parts)
    sizes = np.diff(np.append(starts, len(parts)))
    return np.asarray(total - np.repeat(total[starts], sizes))
