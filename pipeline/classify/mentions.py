"""Distinct texts -> what each says: the strongest mention of every family, and its worth by where it stands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.classify.columns import Bools, Floats
from pipeline.classify.families import FAMILIES, FAMILY_IDS
from pipeline.classify.heads import find_heads, first_words
from pipeline.classify.lexicon import Lexicon, Matches
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
    """What distinct texts say: lines of text (its number), family, quote and points, and two marks by text."""

    lines: pd.DataFrame
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
        return Mentions(no_lines(), mixed, doubt)
    text = words.text[matches.first]
    stands = column[text]
    points = _POINTS[matches.family] * np.where(_PLAIN[matches.family], _PLAIN_FACTOR[stands], _FACTOR[stands])
    points = points * _emphasis(words, matches, _HEADED[stands])
    mixed[text[matches.family == _MIXED]] = True
    mixed[joined_opposites(words, matches, _HEADED[stands])] = True
    doubt[text[matches.family == _DOUBT]] = True
    return Mentions(_strongest(words, matches, points, _CAP[column]), mixed, doubt)


def no_lines() -> pd.DataFrame:
    """No line at all, of the right types."""
    return pd.DataFrame(
        {
            "text": np.zeros(0, np.int64),
            "family": np.zeros(0, np.int64),
            "quote": pd.Series([], dtype="string[pyarrow]"),
            "points": np.zeros(0),
        }
    )


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


def _strongest(words: Words, matches: Matches, points: Floats, cap: Floats) -> pd.DataFrame:
    """One line per text and family, its strongest mention; the sum of a text stays under its column's cap."""
    text = words.text[matches.first]
    order = np.lexsort((-np.abs(points), text * len(FAMILIES) + matches.family))
    key = (text * len(FAMILIES) + matches.family)[order]
    new = np.ones(len(order), dtype=bool)
    new[1:] = key[1:] != key[:-1]
    further = np.bincount(np.cumsum(new) - 1) - 1
    points = points.copy()
    kept = order[new]
    points[kept] *= 1 + np.where(_PLAIN[matches.family[kept]], FURTHER * np.minimum(further, 2), 0.0)
    kept = kept[np.abs(points[kept]) > 0]
    total = np.bincount(text[kept], weights=points[kept], minlength=len(cap))
    over = np.maximum(1.0, np.abs(total) / cap)
    return pd.DataFrame(
        {
            "text": text[kept],
            "family": matches.family[kept],
            "quote": _quotes(words, matches.first[kept], matches.last[kept]),
            "points": points[kept] / over[text[kept]],
        }
    )


def _quotes(words: Words, first: Ints, last: Ints) -> pd.Series:
    """The cell's own words that were matched."""
    spellings = words.spellings.cast(pa.large_string())
    quotes = spellings.take(pa.array(words.raw[first]))
    longer = np.flatnonzero(last > first)
    if not len(longer):
        return pd.Series(quotes, dtype="string[pyarrow]")
    phrases = quotes.take(pa.array(longer))
    for step in range(1, int((last - first).max()) + 1):
        place = first[longer] + step
        reaches = place <= last[longer]
        following = spellings.take(pa.array(words.raw[np.where(reaches, place, 0)]))
        joined = pc.binary_join_element_wise(phrases, following, pa.scalar(" ", pa.large_string()))
        phrases = pc.if_else(pa.array(reaches), joined, phrases)
    mask = np.zeros(len(first), dtype=bool)
    mask[longer] = True
    return pd.Series(pc.replace_with_mask(quotes, pa.array(mask), phrases), dtype="string[pyarrow]")
