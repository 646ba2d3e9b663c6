"""Contributions -> sentences: the strongest reasons of every item, whole columns at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.classify.columns import Floats
from pipeline.classify.criteria import CRITERIA
from pipeline.classify.lines import FIELD_IDS, Lines, Numbers
from pipeline.classify.tokens import Ints
from pipeline.fields import FIELDS
from pipeline.findings import clamp

FOR, AGAINST, QUOTED = 3, 1, 60
"""Reasons given for the verdict and against it; letters quoted of a cell."""

_TEMPLATES = {one.id: one.explanation for one in CRITERIA}
_TITLES = {field.id: field.title for field in FIELDS}


def say_reasons(lines: Lines, score: Floats, criteria: Sequence[str]) -> pd.Series:
    """By item: the strongest reasons for its verdict, then the strongest against, as sentences.

    `lines` are in the order of the items; `criteria` names the lines' numbers.
    """
    picked = _picked(lines, np.where(score > 0, 1.0, -1.0))
    counts = np.bincount(lines.item[picked], minlength=len(score))
    offsets = pa.array(np.append(0, np.cumsum(counts)), pa.int32())
    joined = pc.binary_join(pa.ListArray.from_arrays(offsets, _say_all(lines, picked, criteria)), " ")
    return pd.Series(joined, dtype="string[pyarrow]")


def _say_all(lines: Lines, picked: Ints, criteria: Sequence[str]) -> pa.Array:
    """One sentence for each of these lines, in the order given."""
    if not len(picked):
        return pa.array([], pa.string())
    sort = lines.criterion[picked] * np.int64(len(FIELD_IDS)) + lines.field[picked]
    order = np.argsort(sort, kind="stable")
    quotes = _clamped(lines.quote.take(pa.array(picked[order])).cast(pa.string()))
    bounds = np.flatnonzero(np.diff(sort[order], prepend=-1))
    said = []
    for begin, end in zip(bounds, [*bounds[1:], len(order)], strict=True):
        criterion, field = divmod(int(sort[order[begin]]), len(FIELD_IDS))
        template = template_of(criteria[criterion]).replace("{field}", _TITLES[FIELD_IDS[field]])
        before, after = template.split("{quote}")
        said.append(pc.binary_join_element_wise(before, quotes[begin:end], after, ""))
    back = np.empty(len(order), dtype=np.int64)
    back[order] = np.arange(len(order))
    return pa.concat_arrays(said).take(pa.array(back))


def say(criterion: str, field: str, quote: str) -> str:
    """One contribution as a sentence."""
    return template_of(criterion).replace("{field}", _TITLES.get(field, field)).replace("{quote}", clamp(quote, QUOTED))


def template_of(criterion: str) -> str:
    """How a criterion explains itself, with `{field}` and `{quote}`; a rule of the customer's own does so by its id."""
    return _TEMPLATES.get(criterion, f"Your rule '{criterion}': {{field}} says '{{quote}}'.")


def _picked(lines: Lines, leans: Floats) -> Ints:
    """The strongest lines of each item, those for its verdict first."""
    rank = np.full(len(lines.item), -1)
    sided = lines.points * leans[lines.item]
    for sign, first, count in ((1, 0, FOR), (-1, FOR, AGAINST)):
        left = np.flatnonzero(sided * sign > 0)
        for place in range(first, first + count):
            best = _strongest(lines.item[left], np.abs(lines.points[left]))
            rank[left[best]] = place
            left = np.delete(left, best)
    picked = np.flatnonzero(rank >= 0)
    return picked[np.argsort(lines.item[picked] * (FOR + AGAINST) + rank[picked], kind="stable")]


def _strongest(item: Numbers, weight: Floats) -> Ints:
    """The first of the heaviest lines of each item, by place."""
    if not len(item):
        return np.zeros(0, dtype=np.int64)
    new = np.diff(item, prepend=-1) != 0
    heaviest = np.maximum.reduceat(weight, np.flatnonzero(new))
    top = np.flatnonzero(weight == heaviest[np.cumsum(new) - 1])
    return np.asarray(top[np.diff(item[top], prepend=-1) != 0])


def _clamped(quotes: pa.Array) -> pa.Array:
    """Quotes on one line of bounded length, cut between words as `clamp` does; worked out once per distinct quote."""
    coded = quotes.dictionary_encode()
    line = pc.utf8_trim_whitespace(pc.replace_substring_regex(coded.dictionary, r"\s+", " "))
    long = pc.greater(pc.utf8_length(line), QUOTED)
    whole = pc.replace_substring_regex(pc.utf8_slice_codeunits(line, 0, QUOTED), r" [^ ]*$", "")
    short = pc.binary_join_element_wise(pc.utf8_slice_codeunits(whole, 0, QUOTED - 1), "…", "")
    return pc.if_else(long, short, line).take(coded.indices)
