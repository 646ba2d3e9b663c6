"""Two kinds of work in one text: running something and changing something, joined by an 'and' or its like."""

from __future__ import annotations

import numpy as np

from pipeline.classify.columns import Bools
from pipeline.classify.families import FAMILY_IDS
from pipeline.classify.heads import plays
from pipeline.classify.lexicon import Matches
from pipeline.classify.tokens import Ints, Words

NEAR = 5
"""Words from an 'in addition' to what it adds."""
CLOSE = 2
"""Words from an 'and' in a title to what it joins."""
_RUNNING = ("run", "support", "admin", "process", "standing", "arrival", "cadence", "again")
_CHANGING = ("retire", "bounded", "build", "replace", "deliver", "develop")
_SIDES = np.array([(one in _CHANGING) * 1 - (one in _RUNNING) * 1 for one in FAMILY_IDS])


def joined_opposites(words: Words, matches: Matches, headed: Bools) -> Ints:
    """Texts that join the two: by an 'and' between them in a title, by an 'in addition' in any other column."""
    found = []
    if headed.any():
        found.append(_joined(words, matches, headed, "join", CLOSE, CLOSE))
    if not headed.all():
        found.append(_joined(words, matches, ~headed, "add", len(words.text), NEAR))
    return np.concatenate(found)


def _joined(words: Words, matches: Matches, among: Bools, part: str, before: int, after: int) -> Ints:
    place = np.arange(len(words.text))
    join = np.maximum.accumulate(np.where(plays(words, part), place, -1))
    side, text = _SIDES[matches.family], words.text[matches.first]
    strong = np.flatnonzero((side != 0) & among)
    left, right = strong[:-1], strong[1:]
    between = join[matches.first[right]]
    joined = (
        (between > matches.last[left])
        & (matches.first[right] - between <= after)
        & (between - matches.last[left] <= before)
    )
    opposed = side[left] * side[right] < 0
    return np.asarray(text[left[joined & opposed & (text[left] == text[right])]])
