"""Evidence added up: contributions, caps by family, and one calibration on top."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from pipeline.classify.columns import Bools, Floats
from pipeline.classify.context import Context
from pipeline.classify.criteria import CRITERIA
from pipeline.classify.families import FAMILIES, FAMILY_IDS
from pipeline.classify.lexicon import Lexicon
from pipeline.classify.lines import FIELD_NUMBER, Codes, Lines, Numbers, join_lines, stretches
from pipeline.classify.quotes import BLANK, Quotes
from pipeline.classify.rules import Rules, held, own_rules
from pipeline.classify.standings import STANDINGS
from pipeline.classify.wording import Marks, Said, read_wording
from pipeline.model import RuleSet

VERSION = "2026.6"
CAPS: Mapping[str, float] = {"T": 4.5, "W": 4.5, "O": 2.0, "C": 3.0, "G": 2.5, "M": 1.2, "E": 2.5}
"""Most that one family may add, so that five words cannot outvote a date."""
SLOPE, START = 1.04, 0.09
"""Calibration: the last line that `python -m training.fit` prints for the labelled and the adjudicated items."""

_NUMBERS = {criterion.words: number for number, criterion in enumerate(CRITERIA) if criterion.words}
_BY_FAMILY = np.array([_NUMBERS.get(family, -1) for family in FAMILY_IDS], dtype=np.int16)
_BY_STANDING = np.array([FIELD_NUMBER[standing.field] for standing in STANDINGS], dtype=np.int16)
_NAMES = ("words-project", "words-programme", "declared-project", "declared-operation")
_DECLARED = [number for number, criterion in enumerate(CRITERIA) if criterion.id in _NAMES]
_BY_CAP = np.array([list(CAPS).index(criterion.family) for criterion in CRITERIA])
_CAPS = np.array(list(CAPS.values()))
"""By family of words, column of words and criterion: the number of its criterion, field and cap."""


def gather(context: Context, own: Mapping[str, float], rules: Rules) -> Iterator[tuple[int, Lines, Marks]]:
    """Every criterion and rule asked and every text read: stretch after stretch of rows, how many they are, what counts
    for them, in their order, capped and calibrated, and what wording marks. Items are numbered from 0 in each stretch.

    `own` are the customer's weights by criterion. At least one stretch.
    """
    wording = read_wording(context)  # goes on beside what follows
    answers = [
        _answered(context, number, own.get(criterion.id, criterion.points))
        for number, criterion in enumerate(CRITERIA)
        if criterion.test and any(map(context.given, criterion.fields))
    ]
    of_rules = own_rules(context, rules)
    factor = np.array([own.get(f"words-{one.id}", one.points) / one.points if one.points else 0.0 for one in FAMILIES])
    for rows, (said, marks) in zip(stretches(context.size), wording, strict=True):
        worded = _worded(said, factor, context.quotes)
        lines = join_lines([*(one.of(rows) for one in answers), worded])
        lines = replace(lines, points=_capped(lines, len(rows)) * SLOPE)
        if of_rules:
            lines = join_lines([lines, held(join_lines([one.of(rows) for one in of_rules]), len(rows))])
        yield len(rows), lines.by_item(), marks


def _answered(context: Context, number: int, points: float) -> Lines:
    criterion = CRITERIA[number]
    assert criterion.test is not None
    answer = context.asked(criterion.test) * points
    item = np.flatnonzero(answer).astype(np.int32)
    field, quote = _quoted(context, criterion.fields, item)
    return Lines(item, np.full(len(item), number, np.int16), field, quote, answer[item])


def _quoted(context: Context, fields: Sequence[str], item: Numbers) -> tuple[Codes, Numbers]:
    """The first of these fields that is filled, by item, and what it says."""
    field = np.full(len(item), FIELD_NUMBER[fields[0]], np.int16)
    quote = context.quoted(fields[0], item)
    for other in fields[1:]:
        blank = np.flatnonzero(quote == BLANK)
        field[blank], quote[blank] = FIELD_NUMBER[other], context.quoted(other, item[blank])
    return field, quote


def _worded(said: Said, factor: Floats, quotes: Quotes) -> Lines:
    """What the wording says; families without points have no criterion."""
    points = said.points * factor[said.family]
    kept = np.flatnonzero(points)
    criterion, field = _BY_FAMILY[said.family[kept]], _BY_STANDING[said.field[kept]]
    quote = said.quote[kept] + np.int32(quotes.add(said.quotes))
    return Lines(said.item[kept], criterion, field, quote, points[kept])


def _capped(lines: Lines, size: int) -> Floats:
    """Points with every family's sum held under its cap, all of its contributions shrinking alike."""
    key = lines.item * np.int64(len(_CAPS)) + _BY_CAP[lines.criterion]
    total = np.bincount(key, weights=lines.points, minlength=size * len(_CAPS)).reshape(size, len(_CAPS))
    return np.asarray(lines.points / np.maximum(1.0, np.abs(total) / _CAPS).ravel()[key])


@dataclass(frozen=True)
class Sums:
    """What the contributions of each item come to, and what its wording marks."""

    gain: Floats
    """All points for a project; `loss`: all against, below 0."""
    loss: Floats
    named_only: Bools
    """Where nothing but the item's own name for itself speaks."""
    mixed: Bools
    doubt: Bools

    @property
    def points(self) -> Floats:
        """All points."""
        return self.gain + self.loss


def total(size: int, lines: Lines, marks: Marks) -> Sums:
    """The sums by item of a stretch of rows."""
    gain = np.bincount(lines.item, weights=np.maximum(lines.points, 0), minlength=size)
    loss = np.bincount(lines.item, weights=np.minimum(lines.points, 0), minlength=size)
    other = np.bincount(lines.item[~np.isin(lines.criterion, _DECLARED)], minlength=size)
    return Sums(gain.astype(float), loss.astype(float), np.asarray(other == 0), marks.mixed, marks.doubt)


def added(parts: Iterable[Sums]) -> Sums:
    """The sums of stretches of rows one after the other; at least one stretch."""
    return Sums(*map(np.concatenate, zip(*map(_columns, parts), strict=True)))


def _columns(one: Sums) -> tuple[Any, ...]:
    return one.gain, one.loss, one.named_only, one.mixed, one.doubt


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
