"""Evidence added up: contributions, caps by family, and one calibration on top."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np

from pipeline.classify.columns import Bools, Floats
from pipeline.classify.context import Context
from pipeline.classify.criteria import CRITERIA
from pipeline.classify.families import FAMILIES, FAMILY_IDS
from pipeline.classify.lexicon import Lexicon
from pipeline.classify.lines import FIELD_NUMBER, ROWS, Codes, Lines, Numbers, join_lines
from pipeline.classify.quotes import BLANK
from pipeline.classify.rules import Rules, held, own_rules
from pipeline.classify.standings import STANDINGS
from pipeline.classify.wording import Marks, Said, Wording, read_wording
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


@dataclass(frozen=True)
class Spoken:
    """All that speaks for or against the items, as it was found: by criterion and own rule, and by distinct text."""

    size: int
    answers: Sequence[Lines]
    wording: Wording
    factor: Floats
    """By family of words, what its points are worth in these settings."""
    own: Sequence[Lines]

    def stretches(self) -> Iterator[tuple[int, Lines]]:
        """Stretch after stretch of rows, how many they are and what counts for them, in their order, capped and
        calibrated; its items are numbered from 0. At least one stretch.
        """
        for begin in range(0, max(1, self.size), ROWS):
            end = min(begin + ROWS, self.size)
            yield end - begin, self._between(begin, end)

    def _between(self, begin: int, end: int) -> Lines:
        answers = [one.between(begin, end) for one in self.answers]
        lines = join_lines([*answers, _worded(self.wording.between(begin, end), self.factor)])
        lines = replace(lines, points=_capped(lines, end - begin) * SLOPE)
        if self.own:
            own = join_lines([one.between(begin, end) for one in self.own])
            lines = join_lines([lines, held(own, end - begin)])
        return lines.by_item()


def gather(context: Context, own: Mapping[str, float], rules: Rules) -> tuple[Spoken, Marks]:
    """Every criterion and rule asked, every text read; `own` are the customer's weights by criterion."""
    wording, marks = read_wording(context.register, context.lexicon, context.quotes)
    answers = [
        _answered(context, number, own.get(criterion.id, criterion.points))
        for number, criterion in enumerate(CRITERIA)
        if criterion.test and any(map(context.given, criterion.fields))
    ]
    factor = np.array([own.get(f"words-{one.id}", one.points) / one.points if one.points else 0.0 for one in FAMILIES])
    return Spoken(context.size, answers, wording, factor, own_rules(context, rules)), marks


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


def _worded(said: Said, factor: Floats) -> Lines:
    """What the wording says; families without points have no criterion."""
    points = said.points * factor[said.family]
    kept = np.flatnonzero(points)
    criterion, field = _BY_FAMILY[said.family[kept]], _BY_STANDING[said.field[kept]]
    return Lines(said.item[kept], criterion, field, said.quote[kept], points[kept])


def _capped(lines: Lines, size: int) -> Floats:
    """Points with every family's sum held under its cap, all of its contributions shrinking alike."""
    key = lines.item * np.int64(len(_CAPS)) + _BY_CAP[lines.criterion]
    total = np.bincount(key, weights=lines.points, minlength=size * len(_CAPS)).reshape(size, len(_CAPS))
    return np.asarray(lines.points / np.maximum(1.0, np.abs(total) / _CAPS).ravel()[key])


@dataclass(frozen=True)
class Sums:
    """What the contributions of each item come to."""

    gain: Floats
    """All points for a project; `loss`: all against, below 0."""
    loss: Floats
    named_only: Bools
    """Where nothing but the item's own name for itself speaks."""

    @property
    def points(self) -> Floats:
        """All points."""
        return self.gain + self.loss


def total(lines: Lines, size: int) -> Sums:
    """The sums by item, of so many."""
    gain = np.bincount(lines.item, weights=np.maximum(lines.points, 0), minlength=size)
    loss = np.bincount(lines.item, weights=np.minimum(lines.points, 0), minlength=size)
    other = np.bincount(lines.item[~np.isin(lines.criterion, _DECLARED)], minlength=size)
    return Sums(np.asarray(gain, dtype=float), np.asarray(loss, dtype=float), np.asarray(other == 0))


def added(stretches: Iterable[Sums]) -> Sums:
    """The sums of stretches of rows one after the other; at least one stretch."""
    gain, loss, named_only = zip(*((one.gain, one.loss, one.named_only) for one in stretches), strict=True)
    return Sums(np.concatenate(gain), np.concatenate(loss), np.concatenate(named_only))


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
