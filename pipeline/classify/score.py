"""Evidence added up: contributions, caps by family, and one calibration on top."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.classify.columns import Bools, Floats, as_bools
from pipeline.classify.context import Context
from pipeline.classify.criteria import CRITERIA
from pipeline.classify.families import FAMILIES, FAMILY_IDS
from pipeline.classify.lexicon import Lexicon
from pipeline.classify.lines import FIELD_NUMBER, Codes, Lines, Numbers, join_lines
from pipeline.classify.standings import STANDINGS
from pipeline.classify.wording import Marks, read_wording
from pipeline.model import RuleSet

VERSION = "2026.6"
CAPS: Mapping[str, float] = {"T": 4.5, "W": 4.5, "O": 2.0, "C": 3.0, "G": 2.5, "M": 1.2, "E": 2.5}
"""Most that one family may add, so that five words cannot outvote a date."""
SLOPE, START = 1.04, 0.09
"""Calibration: the last line that `python -m training.fit` prints for the labelled and the adjudicated items."""

_NUMBERS = {criterion.words: number for number, criterion in enumerate(CRITERIA) if criterion.words}
_BY_FAMILY = np.array([_NUMBERS.get(family, -1) for family in FAMILY_IDS], dtype=np.int16)
_BY_STANDING = np.array([FIELD_NUMBER[standing.field] for standing in STANDINGS], dtype=np.int16)
_BY_CAP = np.array([list(CAPS).index(criterion.family) for criterion in CRITERIA])
_CAPS = np.array(list(CAPS.values()))
"""By family of words, column of words and criterion: the number of its criterion, field and cap."""


def gather(context: Context, own: Mapping[str, float]) -> tuple[Lines, Marks]:
    """All contributions of CRITERIA, one criterion after the other, capped and calibrated; and what wording marks."""
    structural = [
        _structural(context, number, own.get(criterion.id, criterion.points))
        for number, criterion in enumerate(CRITERIA)
        if criterion.test and any(map(context.given, criterion.fields))
    ]
    worded, marks = _worded(context, own)
    lines = join_lines([*structural, worded])
    return replace(lines, points=_capped(lines, context.size) * SLOPE), marks


def _structural(context: Context, number: int, points: float) -> Lines:
    criterion = CRITERIA[number]
    assert criterion.test is not None
    answer = context.answer(criterion.test) * points
    item = np.flatnonzero(answer).astype(np.int32)
    field, quote = _quoted(context, criterion.fields, item)
    return Lines(item, np.full(len(item), number, np.int16), field, quote, answer[item])


def _quoted(context: Context, fields: Sequence[str], item: Numbers) -> tuple[Codes, pa.Array]:
    """The first of these fields that is filled, by item, and what it says."""
    field = np.full(len(item), FIELD_NUMBER[fields[0]], np.int16)
    quote = context.text(fields[0]).take(pa.array(item))
    for other in fields[1:]:
        blank = as_bools(pc.equal(quote, ""))
        field[blank] = FIELD_NUMBER[other]
        quote = pc.if_else(pa.array(blank), context.text(other).take(pa.array(item)), quote)
    return field, quote


def _worded(context: Context, own: Mapping[str, float]) -> tuple[Lines, Marks]:
    """What the wording says; families without points have no criterion."""
    said, marks = read_wording(context.register, context.lexicon)
    factor = np.array([own.get(f"words-{one.id}", one.points) / one.points if one.points else 0.0 for one in FAMILIES])
    points = said.points * factor[said.family]
    kept = np.flatnonzero(points)
    criterion, field = _BY_FAMILY[said.family[kept]], _BY_STANDING[said.field[kept]]
    return Lines(said.item[kept], criterion, field, said.quote.take(pa.array(kept)), points[kept]), marks


def _capped(lines: Lines, size: int) -> Floats:
    """Points with every family's sum held under its cap, all of its contributions shrinking alike."""
    key = lines.item * np.int64(len(_CAPS)) + _BY_CAP[lines.criterion]
    total = np.bincount(key, weights=lines.points, minlength=size * len(_CAPS)).reshape(size, len(_CAPS))
    return np.asarray(lines.points / np.maximum(1.0, np.abs(total) / _CAPS).ravel()[key])


def total(lines: Lines, size: int) -> tuple[Floats, Floats, Floats]:
    """By item: the sum of all points, of those for and of those against a project."""
    gain = np.bincount(lines.item, weights=np.maximum(lines.points, 0), minlength=size)
    loss = np.bincount(lines.item, weights=np.minimum(lines.points, 0), minlength=size)
    return np.asarray(gain + loss, dtype=float), np.asarray(gain, dtype=float), np.asarray(loss, dtype=float)


def rule_set(lexicon: Lexicon, own: Mapping[str, float]) -> RuleSet:
    """The version and a hash over every criterion, weight and word, the customer's own among them."""
    digest = hashlib.sha256()
    for criterion in CRITERIA:
        digest.update(f"{criterion.id}|{criterion.family}|{own.get(criterion.id, criterion.points)}\n".encode())
    for standing in STANDINGS:
        digest.update(f"{asdict(standing)}\n".encode())
    digest.update(f"{sorted(CAPS.items())}|{SLOPE}|{START}\n".encode())
    digest.update(lexicon.digest)
    return RuleSet(VERSION, digest.hexdigest())


def agree(mixed: Bools, gain: Floats, loss: Floats) -> Bools:
    """Where a row that holds two kinds of work has weight on both sides."""
    return mixed & (gain > 0) & (loss < 0)
