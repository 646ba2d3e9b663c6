"""Distinct texts -> what each says: the strongest mention of every family, and its worth by where it stands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.classify.columns import Bools, Floats
from pipeline.classify.families import FAMILIES, FAMILY_IDS
from pipeline.classify.heads import find_heads, first_words
from pipeline.classify.lexicon import Lexicon, Matches
from pipeline.classify.lines import Codes
from pipeline.classify.pairs import joined_opposites
from pipeline.classify.standings import STANDINGS
from pipeline.classify.tokens import Ints, Words, cut

HEAD, FIRST, FIRST_VERB, DAMPED, OFFSET_BY_NEW = 1.4, 1.2, 1.8, 0.5, 0.3
"""A head word counts more, what stands against it less; a service that is new is change."""
FURTHER, DAMPED_BY_THING = 0.3, 0.6
LEAD, LATE_SUBJECT, LATE, LONG = 6, 0.4, 0.8, 40
"""Beyond LEAD words a sentence tells about its subject, and the longer it is, the less each word of it says."""

_POINTS = np.array([family.points for family in FAMILIES])
_SUBJECT = np.array([family.subject for family in FAMILIES])
_PLAIN = np.array([family.plain for family in FAMILIES])
_NEW, _CADENCE, _ASSET, _MIXED, _DOUBT = (
    FAMILY_IDS.index(name) for name in ("new", "cadence", "asset", "mixed", "doubt")
)
_FACTOR = np.array([standing.factor for standing in STANDINGS])
_PLAIN_FACTOR = np.array([standing.plain for standing in STANDINGS])
_CAP = np.array([standing.cap for standing in STANDINGS])
_HEADED = np.array([standing.headed for standing in STANDINGS])


@dataclass(frozen=True)
class Mentions:
    """What distinct texts say: by mention its text (by number), family, quote and points; and two marks by text."""

    text: Ints
    family: Codes
    quote: pa.Array
    points: Floats
    mixed: Bools
    """Running and changing something are joined, or the words say so."""
    doubt: Bools
    """Worded so that only a person can tell."""


def read_mentions(texts: pa.Array, column: Ints, lexicon: Lexicon) -> Mentions:
    """What these texts say, each standing in a column of STANDINGS (by its number)."""
    mixed, doubt = np.zeros((2, len(texts)), dtype=bool)
    words = cut(texts)
    matches = lexicon.find(words)
    if not len(matches.first):
        return Mentions(
            matches.first, matches.family.astype(np.int16), pa.array([], pa.large_string()), np.zeros(0), mixed, doubt
        )
    text = words.text[matches.first]
    stands = column[text]
    points = _POINTS[matches.family] * np.where(_PLAIN[matches.family], _PLAIN_FACTOR[stands], _FACTOR[stands])
    points = points * _emphasis(words, matches, _HEADED[stands])
    mixed[text[matches.family == _MIXED]] = True
    mixed[joined_opposites(words, matches, _HEADED[stands])] = True
    doubt[text[matches.family == _DOUBT]] = True
    kept, points = _strongest(text, matches.family, points, _CAP[column])
    quote = _quotes(words, matches.first[kept], matches.last[kept])
    return Mentions(text[kept], matches.family[kept].astype(np.int16), quote, points, mixed, doubt)


def _emphasis(words: Words, matches: Matches, headed: Bools) -> Floats:
    """Factor by position: the head of a title counts most and weakens what stands against it."""
    opens = first_words(words)
    factor = np.where(headed, 1.0, _by_depth(words, matches, opens))
    opening = np.where(headed, FIRST, np.where(_PLAIN[matches.family], 1.0, FIRST_VERB))
    factor = np.where(opens[matches.first], opening, factor)
    sign, after_new = np.sign(_POINTS[matches.family]), _after_new(words, matches)
    weakened = np.where(after_new & (sign < 0), OFFSET_BY_NEW, 1.0)
    factor = factor * weakened
    if not headed.any():
        return factor
    head = find_heads(words, matches, opens)
    head = head[headed[head]]
    factor[head] = HEAD * weakened[head]
    text = words.text[matches.first]
    head_sign = np.zeros(int(text[-1]) + 1)
    head_sign[text[head]] = np.where(matches.family[head] == _ASSET, 0.5, sign[head])
    against = (sign * head_sign[text] < 0) & ~_PLAIN[matches.family] & (matches.family != _CADENCE)
    return np.where(against, factor * np.where(np.abs(head_sign[text]) < 1, DAMPED_BY_THING, DAMPED), factor)


def _by_depth(words: Words, matches: Matches, opens: Bools) -> Floats:
    """Factor by how far into its sentence a mention stands, and by how long that is."""
    begins = np.flatnonzero(opens)
    sentence = np.searchsorted(begins, matches.first, "right") - 1
    size = np.diff(np.append(begins, len(words.text)))[sentence]
    late = np.where(_SUBJECT[matches.family], LATE_SUBJECT, np.where(_PLAIN[matches.family], 1.0, LATE))
    late = late * np.sqrt(LONG / np.maximum(LONG, size))
    return np.where(matches.first - begins[sentence] >= LEAD, late, 1.0)


def _after_new(words: Words, matches: Matches) -> Bools:
    """Which mentions stand right after a 'new'."""
    text, after = words.text[matches.first], np.zeros(len(matches.first), dtype=bool)
    near = matches.first[1:] - matches.last[:-1] <= 3
    after[1:] = (matches.family[:-1] == _NEW) & (text[1:] == text[:-1]) & near
    return after


def _strongest(text: Ints, family: Ints, points: Floats, cap: Floats) -> tuple[Ints, Floats]:
    """One mention per text and family, its strongest, with its points; a text's sum stays under its column's cap."""
    key = text * len(FAMILIES) + family
    order = np.lexsort((-np.abs(points), key))
    new = np.diff(key[order], prepend=-1) != 0
    further = np.bincount(np.cumsum(new) - 1) - 1
    kept = order[new]
    more = np.where(_PLAIN[family[kept]], FURTHER * np.minimum(further, 2), 0.0)
    points = points[kept] * (1 + more)
    kept, points = kept[points != 0], points[points != 0]
    total = np.bincount(text[kept], weights=points, minlength=len(cap))
    return kept, points / np.maximum(1.0, np.abs(total) / cap)[text[kept]]


def _quotes(words: Words, first: Ints, last: Ints) -> pa.Array:
    """The cell's own words that were matched."""
    begins = np.append(0, np.cumsum(last - first + 1))
    place = np.arange(begins[-1]) + np.repeat(first - begins[:-1], last - first + 1)
    spelt = words.spellings.take(pa.array(words.raw[place]))
    return pc.binary_join(pa.ListArray.from_arrays(begins.astype(np.int32), spelt), " ").cast(pa.large_string())
