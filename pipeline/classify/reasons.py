"""Contributions -> sentences: the strongest reasons of every item, whole columns at a time."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.classify.columns import arrow_text
from pipeline.classify.criteria import CRITERIA
from pipeline.fields import FIELDS
from pipeline.findings import clamp

FOR, AGAINST, QUOTED = 3, 1, 60
"""Reasons given for the verdict and against it; letters quoted of a cell."""

_TEMPLATES = {one.id: one.explanation for one in CRITERIA}
_TITLES = {field.id: field.title for field in FIELDS}


def say_reasons(evidence: pd.DataFrame, verdicts: pd.DataFrame) -> pd.Series:
    """By item: the strongest reasons for its verdict, then the strongest against, as sentences."""
    picked = _picked(evidence, verdicts)
    sentences = say_all(picked)
    counts = np.bincount(picked["item"].to_numpy(), minlength=len(verdicts))
    offsets = pa.array(np.concatenate([[0], np.cumsum(counts)]), pa.int32())
    joined = pc.binary_join(pa.ListArray.from_arrays(offsets, sentences), " ")
    return pd.Series(joined, index=verdicts.index, dtype="string[pyarrow]")


def say_all(lines: pd.DataFrame) -> pa.Array:
    """One sentence for each contribution, in the order given."""
    if not len(lines):
        return pa.array([], pa.string())
    criterion = lines["criterion"].cat.codes.to_numpy()
    field = lines["field"].cat.codes.to_numpy()
    sort = criterion.astype(np.int64) * 1000 + field
    order = np.argsort(sort, kind="stable")
    quotes = _clamped(arrow_text(lines["quote"]).cast(pa.string())).take(pa.array(order))
    bounds = np.flatnonzero(np.diff(sort[order], prepend=-1))
    said = []
    for begin, end in zip(bounds, [*bounds[1:], len(order)], strict=True):
        row = lines.iloc[order[begin]]
        title = _TITLES.get(str(row["field"]), str(row["field"]))
        before, after = template_of(str(row["criterion"])).replace("{field}", title).split("{quote}")
        said.append(pc.binary_join_element_wise(before, quotes[begin:end], after, ""))
    back = np.empty(len(order), dtype=np.int64)
    back[order] = np.arange(len(order))
    return pa.concat_arrays([one.cast(pa.string()) for one in said]).take(pa.array(back))


def say(criterion: str, field: str, quote: str) -> str:
    """One contribution as a sentence."""
    return template_of(criterion).replace("{field}", _TITLES.get(field, field)).replace("{quote}", clamp(quote, QUOTED))


def template_of(criterion: str) -> str:
    """How a criterion explains itself, with `{field}` and `{quote}`; a rule of the customer's own does so by its id."""
    return _TEMPLATES.get(criterion, f"Your rule '{criterion}': {{field}} says '{{quote}}'.")


def _picked(evidence: pd.DataFrame, verdicts: pd.DataFrame) -> pd.DataFrame:
    """The strongest lines of each item, those for its verdict first."""
    item, points = evidence["item"].to_numpy(), evidence["points"].to_numpy()
    leans = np.where(verdicts["score"].to_numpy() > 0, 1.0, -1.0)
    against = points * leans[item] < 0
    order = np.lexsort((-np.abs(points), against, item))
    key = item[order] * 2 + against[order]
    rank = np.arange(len(order)) - np.searchsorted(key, key, "left")
    return evidence.take(order[rank < np.where(against[order], AGAINST, FOR)])


def _clamped(quotes: pa.Array) -> pa.Array:
    """Quotes on one line of bounded length; worked out once per distinct quote."""
    coded = quotes.dictionary_encode()
    line = pc.utf8_trim_whitespace(pc.replace_substring_regex(coded.dictionary, r"\s+", " "))
    long = pc.greater(pc.utf8_length(line), QUOTED)
    short = pc.binary_join_element_wise(pc.utf8_slice_codeunits(line, 0, QUOTED - 1), "…", "")
    return pc.if_else(long, short, line).take(coded.indices)
