"""What would turn a verdict: the smallest changes of cells, and the split of a mixed row, scored by the real scorer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
import pandas as pd

from pipeline.classify.lexicon import grammar
from pipeline.classify.looked import Looked
from pipeline.classify.trial import KINDS, Judge, Trial, Verdict, as_cells, parts_of, turns_of, typed
from pipeline.explanation import Change, Turning
from pipeline.model import Period, Portfolio

PAIRED = 12
"""Single changes, the weightiest, that are tried two at a time."""


def turnings(portfolio: Portfolio, looked: Mapping[int, Looked], judge: Judge, period: Period) -> dict[int, Turning]:
    """By item: the fewest and then the smallest changes of its cells that would turn its verdict.

    Blank cells, cells without the words that spoke, and other dates and cadences are tried one at a time, then two.
    They are scored among rows of the register, all in one go, each as if it stood in the item's place; in a large
    register among some of its rows only if the item itself is judged there as it is in the whole.
    """
    found = {item: Turning() for item in looked}
    wanted = [item for item in found if item not in portfolio.decided]
    trial = Trial(portfolio.register, looked, judge)
    changes = {item: _changes(looked[item], period) for item in wanted}
    parts = {item: _titles(looked[item]) for item in wanted}
    judged = trial.judged(
        {item: [*(as_cells([one]) for one in changes[item]), *map(_alone, parts[item])] for item in wanted}
    )
    for item in wanted:
        end = 1 + len(changes[item])
        turns = turns_of([(one,) for one in changes[item]], judged[item][:end])
        found[item] = Turning(turns, parts_of(parts[item], judged[item][end:]))
    pairs = {
        item: _pairs(changes[item], judged[item]) for item in wanted if not found[item].turns and len(changes[item]) > 1
    }
    judged = trial.judged({item: [as_cells(pair) for pair in tried] for item, tried in pairs.items()})
    for item, tried in pairs.items():
        found[item] = replace(found[item], turns=turns_of(tried, judged[item]))
    return found


def _pairs(changes: Sequence[Change], judged: Sequence[Verdict]) -> list[tuple[Change, ...]]:
    """Changes of two cells at a time, of the weightiest alone."""
    weights = np.array([one["score"] - judged[0]["score"] for one in judged[1 : 1 + len(changes)]], dtype=float)
    order = np.argsort(-np.abs(weights), kind="stable")[:PAIRED]
    chosen = [changes[at] for at in sorted(order.tolist())]
    return [pair for pair in combinations(chosen, 2) if pair[0].field != pair[1].field]


def _titles(one: Looked) -> list[str]:
    """The titles a mixed item may be split into."""
    return _parts(one.title) if one.said[0] == "mixed" else []


def _changes(one: Looked, period: Period) -> list[Change]:
    """What may be said otherwise: every cell that spoke, left blank or without its words; then dates and cadences."""
    changes: dict[tuple[str, str], Change] = {}
    for _, field, quote, _ in (line for line in one.lines if line.field):
        text = one.cells[field]
        left = _without(text, quote) if KINDS[field] == "text" else ""
        if left.strip() or field != "title":
            change = Change(field, one.cell_of(field), text, left, quote if left.strip() else "")
            changes.setdefault((field, left), replace(change, typed=typed(field, left)))
    day = pd.Timestamp(str(period)) + pd.DateOffset(months=6, days=12)
    others = (
        ("finish", f"{day:%Y-%m-%d}", day), ("finish", "ongoing", pd.NaT),
        ("cadence", "monthly", "monthly"), ("cadence", "once", "once"),
    )  # fmt: skip
    for field, text, value in others:
        cell = one.cell_of(field)
        if cell and one.cells[field].casefold() != text:
            changes.setdefault((field, text), Change(field, cell, one.cells[field], text, typed=value))
    return list(changes.values())


def _without(text: str, quote: str) -> str:
    """A text without the words that spoke; "" where they cannot be found in it."""
    words = r"[\W_]+".join(map(re.escape, quote.split()))
    found = re.search(rf"(?i)(?<!\w){words}(?!\w)", text) if words else None
    return " ".join((text[: found.start()] + text[found.end() :]).split()).strip(" ,;:-/&") if found else ""


def _alone(title: str) -> dict[str, tuple[str, object]]:
    """A row that says nothing but its title: what else stood there may belong to either part."""
    kept = ("id", "title", "department", "team")
    blank = {
        field: ("", typed(field, "")) for field in KINDS if field not in kept and not field.endswith(("_unit", "_per"))
    }
    return {**blank, "title": (title, title)}


def _parts(title: str) -> list[str]:
    """A title in two at its last joining word; a lone last word takes the subject of the first part along."""
    words = title.split()
    places = [
        at
        for at, word in enumerate(words)
        if word.casefold().strip(",;") in grammar("join") and 0 < at < len(words) - 1
    ]
    if not places:
        return []
    first, second = words[: places[-1]], words[places[-1] + 1 :]
    if len(second) == 1 and len(first) > 1:
        second = [*first[:-1], *second]
    return [" ".join(part).strip(" ,;") for part in (first, second)]
