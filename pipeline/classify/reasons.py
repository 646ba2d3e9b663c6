"""Contributions -> sentences: the strongest reasons of every item, whole columns at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.classify.columns import Floats, coded
from pipeline.classify.criteria import CRITERIA
from pipeline.classify.lines import FIELD_IDS, Lines, Numbers
from pipeline.classify.tokens import Ints
from pipeline.fields import FIELDS
from pipeline.findings import clamp

FOR, AGAINST, QUOTED = 3, 1, 60
"""Reasons given for the verdict and against it; letters quoted of a cell."""

NOTHING = -1
_QUOTES = 1 << 32
"""More than any number of a quote."""
_TEMPLATES = {one.id: one.explanation for one in CRITERIA}
_TITLES = {field.id: field.title for field in FIELDS}


def say_reasons(chosen: Ints, criteria: Sequence[str], quotes: pa.Array) -> pd.Categorical[Any]:
    """By item: the strongest reasons for its verdict, then the strongest against, as sentences.

    `chosen` is what `strongest` says; `criteria` and `quotes` are names and texts by number. Each sentence, and each
    text of several, is made once.
    """
    said = chosen != NOTHING
    codes, keys = pd.factorize(chosen[said])
    number = np.zeros(chosen.shape, dtype=np.int64)
    number[said] = codes + 1
    row, first = _alike(number)
    sentence = number[first]
    offsets = pa.array(np.append(0, np.cumsum((sentence > 0).sum(axis=1))), pa.int32())
    sentences = _say_all(keys, criteria, quotes).take(pa.array(sentence[sentence > 0] - 1))
    return coded(row, pc.binary_join(pa.ListArray.from_arrays(offsets, sentences), " "))


def strongest(lines: Lines, score: Floats) -> Ints:
    """By item and rank the strongest lines, FOR of them for the verdict, then AGAINST; NOTHING where there is none.

    `lines` are in the order of the items. A line is given as one number of its criterion, field and quote.
    """
    rank = _ranked(lines, np.where(score > 0, 1.0, -1.0))
    picked = np.flatnonzero(rank >= 0)
    found = np.full((len(score), FOR + AGAINST), NOTHING)
    spoken = lines.criterion[picked] * np.int64(len(FIELD_IDS)) + lines.field[picked]
    found[lines.item[picked], rank[picked]] = spoken * _QUOTES + lines.quote[picked]
    return found


def _alike(rows: Ints) -> tuple[Ints, Ints]:
    """By row the number of all rows like it; by number the first such row."""
    number = np.zeros(len(rows), dtype=np.int64)
    for column in rows.T:
        number, _ = pd.factorize(number * (column.max(initial=0) + 1) + column)
    first = np.zeros(number.max(initial=-1) + 1, dtype=np.int64)
    first[number[::-1]] = np.arange(len(rows))[::-1]
    return number, first


def _say_all(keys: Ints, criteria: Sequence[str], quotes: pa.Array) -> pa.Array:
    """One sentence for each of these lines, in the order given."""
    if not len(keys):
        return pa.array([], pa.string())
    order = np.argsort(keys, kind="stable")
    spoken, quote = np.divmod(keys[order], _QUOTES)
    texts = _clamped(quotes.take(pa.array(quote)).cast(pa.string()))
    bounds = np.flatnonzero(np.diff(spoken, prepend=-1))
    said = []
    for begin, end in zip(bounds, [*bounds[1:], len(order)], strict=True):
        criterion, field = divmod(int(spoken[begin]), len(FIELD_IDS))
        template = template_of(criteria[criterion]).replace("{field}", _TITLES[FIELD_IDS[field]])
        before, after = template.split("{quote}")
        said.append(pc.binary_join_element_wise(before, texts[begin:end], after, ""))
    back = np.empty(len(order), dtype=np.int64)
    back[order] = np.arange(len(order))
    return pa.concat_arrays(said).take(pa.array(back))


def say(criterion: str, field: str, quote: str) -> str:
    """One contribution as a sentence."""
    return template_of(criterion).replace("{field}", _TITLES.get(field, field)).replace("{quote}", clamp(quote, QUOTED))


def template_of(criterion: str) -> str:
    """How a criterion explains itself, with `{field}` and `{quote}`; a rule of the customer's own does so by its id."""
    return _TEMPLATES.get(criterion, f"Your rule '{criterion}': {{field}} says '{{quote}}'.")


def _ranked(lines: Lines, leans: Floats) -> Ints:
    """By line its rank among those of its item that are given, those for its verdict first; -1 where it is none."""
    rank = np.full(len(lines.item), -1)
    sided = lines.points * leans[lines.item]
    for sign, first, count in ((1, 0, FOR), (-1, FOR, AGAINST)):
        left = np.flatnonzero(sided * sign > 0)
        for place in range(first, first + count):
            best = _strongest(lines.item[left], np.abs(lines.points[left]))
            rank[left[best]] = place
            left = np.delete(left, best)
    return rank


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
