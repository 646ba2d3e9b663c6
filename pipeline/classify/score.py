"""Evidence added up: contributions, caps by family, and one calibration on top."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.classify.columns import Bools, Floats, arrow_text, as_bools
from pipeline.classify.context import Context
from pipeline.classify.criteria import CRITERIA, Criterion
from pipeline.classify.families import FAMILIES, FAMILY_IDS
from pipeline.classify.lexicon import Lexicon
from pipeline.classify.standings import STANDINGS
from pipeline.classify.tokens import Ints
from pipeline.model import RuleSet

VERSION = "2026.4"
CAPS: Mapping[str, float] = {"T": 4.5, "W": 4.5, "O": 2.0, "C": 3.0, "G": 2.5, "M": 1.2, "E": 2.5}
"""Most that one family may add, so that five words cannot outvote a date."""
SLOPE, START = 1.04, 0.01
"""Calibration: the last line that `python -m training.fit` prints for the labelled and the adjudicated items."""


def gather(context: Context, own: Mapping[str, float]) -> pd.DataFrame:
    """All contributions by item: item, criterion, family, field, quote, points; capped and calibrated."""
    parts = [
        _structural(context, criterion, own.get(criterion.id, criterion.points))
        for criterion in CRITERIA
        if criterion.test
    ]
    parts.append(_worded(context, own))
    evidence = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    evidence = evidence.sort_values("item", kind="stable", ignore_index=True)
    evidence["points"] = _capped(evidence, context.size) * SLOPE
    return _named(evidence)


def _structural(context: Context, criterion: Criterion, points: float) -> pd.DataFrame:
    assert criterion.test is not None
    answer = criterion.test(context) * points
    item = np.flatnonzero(answer)
    field, quote = _quoted(context, criterion, item)
    return pd.DataFrame(
        {
            "item": item,
            "criterion": np.full(len(item), CRITERIA.index(criterion)),
            "field": field,
            "quote": quote,
            "points": answer[item],
        }
    )


def _quoted(context: Context, criterion: Criterion, item: Ints) -> tuple[npt.NDArray[np.object_], pd.Series]:
    field = np.full(len(item), criterion.fields[0], dtype=object)
    quote = arrow_text(context.register.cells[criterion.fields[0]]).take(pa.array(item))
    for other in criterion.fields[1:]:
        blank = as_bools(pc.equal(quote, ""))
        field[blank] = other
        quote = pc.if_else(pa.array(blank), arrow_text(context.register.cells[other]).take(pa.array(item)), quote)
    return field, pd.Series(quote, dtype="string[pyarrow]")


def _worded(context: Context, own: Mapping[str, float]) -> pd.DataFrame:
    lines = context.wording.lines
    numbers = {criterion.words: number for number, criterion in enumerate(CRITERIA) if criterion.words}
    criterion = np.array([numbers.get(family, -1) for family in FAMILY_IDS])[lines["family"].to_numpy()]
    factor = np.array(
        [own.get(f"words-{family.id}", family.points) / family.points if family.points else 0.0 for family in FAMILIES]
    )
    worded = lines.drop(columns="family").assign(criterion=criterion)
    worded["points"] = worded["points"] * factor[lines["family"].to_numpy()]
    return worded.take(np.flatnonzero((criterion >= 0) & (worded["points"].to_numpy() != 0)))


def _capped(evidence: pd.DataFrame, size: int) -> Floats:
    """Points with every family's sum held under its cap, all of its contributions shrinking alike."""
    points = evidence["points"].to_numpy(dtype=float).copy()
    item, criterion = evidence["item"].to_numpy(), evidence["criterion"].to_numpy()
    for family, cap in CAPS.items():
        mine = np.array([one.family == family for one in CRITERIA])[criterion]
        total = np.bincount(item[mine], weights=points[mine], minlength=size)
        points[mine] /= np.maximum(1.0, np.abs(total) / cap)[item[mine]]
    return points


def _named(evidence: pd.DataFrame) -> pd.DataFrame:
    number = evidence["criterion"].to_numpy(dtype=np.int64)
    ids, families = [one.id for one in CRITERIA], [one.family for one in CRITERIA]
    levels = sorted(set(families))
    return pd.DataFrame(
        {
            "item": evidence["item"].to_numpy(dtype=np.int64),
            "criterion": categories(number, ids),
            "family": categories(np.array([levels.index(one) for one in families])[number], levels),
            "field": pd.Categorical(evidence["field"]),
            "quote": evidence["quote"].astype("string[pyarrow]"),
            "points": evidence["points"].to_numpy(dtype=float),
        }
    )


def categories(codes: Ints, names: list[str]) -> pd.Categorical[Any]:
    """A text column by number: many rows, few texts."""
    return pd.Categorical.from_codes(codes.astype(np.int64), dtype=pd.CategoricalDtype(names))


def total(evidence: pd.DataFrame, size: int) -> tuple[Floats, Floats, Floats]:
    """By item: the sum of all points, of those for and of those against a project."""
    item, points = evidence["item"].to_numpy(), evidence["points"].to_numpy()
    gain = np.bincount(item, weights=np.maximum(points, 0), minlength=size)
    loss = np.bincount(item, weights=np.minimum(points, 0), minlength=size)
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
