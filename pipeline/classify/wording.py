"""Wording as evidence: what the word families say in each text column, weighed by where the word stands."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.classify.columns import Bools, Floats, distinct, spread
from pipeline.classify.families import FAMILIES, FAMILY_IDS
from pipeline.classify.lexicon import Lexicon, Matches, grammar
from pipeline.classify.tokens import Ints, Words, cut
from pipeline.model import Register

CHUNK = 32_768
"""Distinct texts cut at a time, to bound memory."""


@dataclass(frozen=True)
class Standing:
    """What words of one column are worth: a factor, one for plain wording, a cap on their sum, and if a head counts."""

    field: str
    factor: float
    plain: float
    cap: float
    headed: bool = False


STANDINGS: tuple[Standing, ...] = (
    Standing("title", 1.0, 1.0, 4.5, headed=True),
    Standing("description", 0.7, 0.9, 3.5),
    Standing("deliverable", 0.5, 0.7, 1.5),
    Standing("notes", 0.4, 0.9, 2.5),
    Standing("status", 0.3, 0.4, 0.8),
    Standing("phase", 0.3, 0.4, 1.0),
    Standing("milestone", 0.4, 0.6, 1.0),
    Standing("service_level", 0.3, 0.4, 0.6),
    Standing("duration", 0.0, 0.8, 1.5),
    Standing("volume", 0.0, 0.6, 1.0),
)
"""Every text column that is read for words. Columns of names (department, team, people) are not: units bear
names of work they do not do. `type`, `cadence`, `finish` and `budget_type` have criteria of their own."""

_FIELDS = [standing.field for standing in STANDINGS]
_FIELD_TYPE = pd.CategoricalDtype(_FIELDS)

HEAD, FIRST, FIRST_VERB, DAMPED, OFFSET_BY_NEW = 1.4, 1.2, 1.8, 0.5, 0.3
FURTHER, DAMPED_BY_THING, NAMED = 0.3, 0.6, 0.7
LEAD, LATE_SUBJECT, LATE, LONG = 6, 0.4, 0.8, 40
"""A head word counts more, what stands against it less; a service that is new is change."""

_POINTS = np.array([family.points for family in FAMILIES])
_SUBJECT = np.array([family.subject for family in FAMILIES])
_PLAIN = np.array([family.plain for family in FAMILIES])
_SIDES = np.array(
    [
        {
            "run": -1,
            "support": -1,
            "admin": -1,
            "standing": -1,
            "arrival": -1,
            "cadence": -1,
            "again": -1,
            "retire": 1,
            "bounded": 1,
            "build": 1,
            "replace": 1,
            "deliver": 1,
            "develop": 1,
        }.get(one, 0)
        for one in FAMILY_IDS
    ]
)
_NEW, _CADENCE, _ASSET, _MIXED, _DOUBT = (
    FAMILY_IDS.index(name) for name in ("new", "cadence", "asset", "mixed", "doubt")
)


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
    """Read every column of STANDINGS. Work is done once per distinct text and once per distinct word.

    Chunks of texts are read on threads, which Arrow and numpy leave free to run; their order is kept.
    """
    frames: list[pd.DataFrame] = []
    mixed, doubt = np.zeros((2, len(register.items)), dtype=bool)
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
        for standing in STANDINGS:
            texts = distinct(register.cells[standing.field])
            if not len(texts) or texts.dictionary.equals(pa.array([""], pa.large_string())):
                continue
            chunks = [texts.dictionary[begin : begin + CHUNK] for begin in range(0, len(texts.dictionary), CHUNK)]
            read = list(pool.map(lambda chunk, standing=standing: _read(chunk, standing, lexicon), chunks))
            frames.append(_spread([cells for cells, _, _ in read], texts, standing.field))
            mixed |= spread(np.concatenate([two for _, two, _ in read]), texts)
            doubt |= spread(np.concatenate([unsure for _, _, unsure in read]), texts)
    lines = _joined(frames)
    lines["points"] *= _named_after(lines, len(register.items))
    return Wording(lines, mixed, doubt)


def _named_after(lines: pd.DataFrame, size: int) -> Floats:
    """A title names the thing; where a description says what is done to it, the title's subject counts less."""
    field, item, family = lines["field"].cat.codes.to_numpy(), lines["item"].to_numpy(), lines["family"].to_numpy()
    described = np.zeros(size, dtype=bool)
    described[item[field == _FIELDS.index("description")]] = True
    subject = (field == _FIELDS.index("title")) & _SUBJECT[family] & (_POINTS[family] < 0) & described[item]
    return np.where(subject, NAMED, 1.0)


def _spread(chunks: list[pd.DataFrame], texts: pa.DictionaryArray, field: str) -> pd.DataFrame:
    """Lines of distinct texts -> lines of all items that hold them."""
    cells = pd.concat([part.assign(text=part["text"] + CHUNK * number) for number, part in enumerate(chunks)])
    codes = texts.indices.to_numpy()
    order = np.argsort(codes, kind="stable")
    bounds = np.searchsorted(codes[order], np.arange(len(texts.dictionary) + 1))
    text = cells["text"].to_numpy(dtype=np.int64)
    count = bounds[text + 1] - bounds[text]
    line = np.repeat(np.arange(len(cells)), count)
    offset = np.arange(len(line)) - np.repeat(np.cumsum(count) - count, count)
    spread_out = cells.drop(columns="text").take(line).reset_index(drop=True)
    spread_out["item"] = order[bounds[text][line] + offset].astype(np.int64)
    spread_out["field"] = pd.Categorical.from_codes(np.full(len(line), _FIELDS.index(field)), dtype=_FIELD_TYPE)
    return spread_out


def _joined(frames: list[pd.DataFrame]) -> pd.DataFrame:
    if frames:
        return pd.concat(frames, ignore_index=True)[["item", "field", "family", "quote", "points"]]
    return pd.DataFrame(
        {
            "item": np.zeros(0, dtype=np.int64),
            "field": pd.Categorical([], dtype=_FIELD_TYPE),
            "family": np.zeros(0, dtype=np.int64),
            "quote": pd.Series([], dtype="string[pyarrow]"),
            "points": np.zeros(0),
        }
    )


def _no_cells() -> pd.DataFrame:
    return pd.DataFrame({"text": np.zeros(0, np.int64), **_joined([])[["family", "quote", "points"]].to_dict("series")})


def _read(texts: pa.Array, standing: Standing, lexicon: Lexicon) -> tuple[pd.DataFrame, Bools, Bools]:
    """Distinct texts -> lines (text, family, quote, points), and which texts hold two kinds of work or leave doubt."""
    none = _no_cells()
    two, doubt = np.zeros((2, len(texts)), dtype=bool)
    words = cut(texts)
    matches = lexicon.find(words)
    if not len(matches.first):
        return none, two, doubt
    text = words.text[matches.first]
    points = _POINTS[matches.family] * np.where(_PLAIN[matches.family], standing.plain, standing.factor)
    points = points * _emphasis(words, matches, standing)
    two[text[matches.family == _MIXED]] = True
    joins, before, after = ("join", 2, 2) if standing.headed else ("add", len(words.text), NEAR)
    two[_joined_opposites(words, matches, joins, before, after)] = True
    doubt[text[matches.family == _DOUBT]] = True
    return _strongest(words, matches, text, points, standing), two, doubt


def _emphasis(words: Words, matches: Matches, standing: Standing) -> Floats:
    """Factor by position: the head of a title counts most and weakens what stands against it."""
    first_word = np.ones(len(words.text), dtype=bool)
    first_word[1:] = words.text[1:] != words.text[:-1]
    factor = np.where(first_word[matches.first], np.where(standing.headed, FIRST, FIRST_VERB), 1.0)
    if not standing.headed:
        begins = np.flatnonzero(first_word)
        into = matches.first - begins[np.searchsorted(begins, matches.first, "right") - 1]
        factor = np.where(
            into >= LEAD,
            np.where(_SUBJECT[matches.family], LATE_SUBJECT, np.where(_PLAIN[matches.family], 1.0, LATE)),
            factor,
        )
        size = np.diff(np.append(begins, len(words.text)))[np.searchsorted(begins, matches.first, "right") - 1]
        factor = factor * np.where(into >= LEAD, np.sqrt(LONG / np.maximum(LONG, size)), 1.0)
    text, sign = words.text[matches.first], np.sign(_POINTS[matches.family])
    after_new = np.zeros(len(factor), dtype=bool)
    after_new[1:] = (
        (matches.family[:-1] == _NEW) & (text[1:] == text[:-1]) & (matches.first[1:] - matches.last[:-1] <= 3)
    )
    factor = np.where(after_new & (sign < 0), factor * OFFSET_BY_NEW, factor)
    if not standing.headed:
        return factor
    head = _heads(words, matches, first_word)
    factor[head] = HEAD * np.where(after_new[head] & (sign[head] < 0), OFFSET_BY_NEW, 1.0)
    head_sign = np.zeros(int(text[-1]) + 1)
    head_sign[text[head]] = np.where(matches.family[head] == _ASSET, 0.5, sign[head])
    against = (sign * head_sign[text] < 0) & ~_PLAIN[matches.family] & (matches.family != _CADENCE)
    return np.where(against, factor * np.where(np.abs(head_sign[text]) < 1, DAMPED_BY_THING, DAMPED), factor)


def _heads(words: Words, matches: Matches, first_word: Bools) -> Ints:
    """The head match of each text: a verb that comes first, else the last match of its first run of words."""
    text = words.text[matches.first]
    run = _runs(words)
    speaks = _POINTS[matches.family] != 0
    usable = np.flatnonzero(((run[matches.last] == 0) | (run[matches.first] == 0)) & speaks)
    head = np.full(int(words.text[-1]) + 1, -1, dtype=np.int64)
    head[text[usable]] = usable  # the last one stays
    opening = usable[first_word[matches.first[usable]] & _is_one_of(words, "verb")[matches.first[usable]]]
    head[text[opening]] = opening
    closing = np.flatnonzero(_closes(words, matches) & (np.abs(_POINTS[matches.family]) >= 1))
    head[text[closing]] = closing
    return head[head >= 0]


def _closes(words: Words, matches: Matches) -> Bools:
    """Which matches are all of the last clause of several: `Engineering: Administration`, `Boilers - upgrade`."""
    final = np.ones(len(words.text), dtype=bool)
    final[:-1] = words.text[1:] != words.text[:-1]
    opens = np.zeros(len(words.text), dtype=bool)
    opens[1:] = (words.clause[1:] != words.clause[:-1]) & (words.text[1:] == words.text[:-1])
    return final[matches.last] & opens[matches.first] & ~words.aside[matches.first]


def _runs(words: Words) -> Ints:
    """Number of the run of words within its text; clauses and small words such as 'of' part runs."""
    link = _is_one_of(words, "link")
    parts = np.zeros(len(words.text), dtype=np.int64)
    parts[1:] = (words.clause[1:] != words.clause[:-1]) | link[1:]
    starts = np.flatnonzero(np.diff(words.text, prepend=-1))
    parts[starts] = 0
    total = np.cumsum(parts)
    sizes = np.diff(np.append(starts, len(parts)))
    return np.asarray(total - np.repeat(total[starts], sizes))


def _is_one_of(words: Words, part: str) -> Bools:
    """Which words play this part; the signs & and + join."""
    listed = pa.array(grammar(part))
    marks = pc.is_in(words.folded, value_set=listed).to_numpy(zero_copy_only=False)
    signs = pc.is_in(words.spellings, value_set=listed).to_numpy(zero_copy_only=False)
    return np.asarray(marks | signs, dtype=bool)[words.raw]


NEAR = 5
"""Words from an 'in addition' to what it adds."""


def _joined_opposites(words: Words, matches: Matches, joins: str, before: int, after: int) -> Ints:
    """Texts in which 'and', or its like, stands between running something and changing something."""
    place = np.arange(len(words.text))
    join = np.maximum.accumulate(np.where(_is_one_of(words, joins), place, -1))
    side, text = _SIDES[matches.family], words.text[matches.first]
    strong = np.flatnonzero(side)
    left, right = strong[:-1], strong[1:]
    between = join[matches.first[right]]
    joined = (
        (between > matches.last[left])
        & (matches.first[right] - between <= after)
        & (between - matches.last[left] <= before)
    )
    return np.asarray(text[left[joined & (side[left] * side[right] < 0) & (text[left] == text[right])]])


def _strongest(words: Words, matches: Matches, text: Ints, points: Floats, standing: Standing) -> pd.DataFrame:
    """One line per text and family, its strongest mention; the sum of a text stays under the column's cap."""
    order = np.lexsort((np.arange(len(points)), -np.abs(points), matches.family, text))
    key_text, key_family = text[order], matches.family[order]
    new = np.ones(len(order), dtype=bool)
    new[1:] = (key_text[1:] != key_text[:-1]) | (key_family[1:] != key_family[:-1])
    group = np.cumsum(new) - 1
    further = np.bincount(group)[group[new]] - 1
    points = points.copy()
    kept = order[new]
    points[kept] *= 1 + np.where(_PLAIN[matches.family[kept]], FURTHER * np.minimum(further, 2), 0.0)
    kept = kept[np.abs(points[kept]) > 0]
    total = np.bincount(text[kept], weights=points[kept], minlength=1)
    over = np.maximum(1.0, np.abs(total) / standing.cap)
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
    quotes = words.spellings.take(pa.array(words.raw[first])).cast(pa.large_string())
    longest = int((last - first).max(initial=0))
    for step in range(1, longest + 1):
        reaches = first + step <= last
        following = words.spellings.take(pa.array(words.raw[np.where(reaches, first + step, first)])).cast(
            pa.large_string()
        )
        quotes = pc.if_else(
            pa.array(reaches), pc.binary_join_element_wise(quotes, following, pa.scalar(" ", pa.large_string())), quotes
        )
    return pd.Series(quotes, dtype="string[pyarrow]")
