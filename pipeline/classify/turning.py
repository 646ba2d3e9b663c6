"""What would turn a verdict: the smallest changes of cells, and the split of a mixed row, scored by the real scorer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice
from typing import Any

import numpy as np
import pandas as pd

from pipeline.classify.lexicon import grammar
from pipeline.fields import item_columns
from pipeline.model import Period, Portfolio, Register

Judge = Callable[[Register], Portfolio]
"""The real scorer, with its settings and period."""

Cells = Mapping[str, tuple[str, object]]
"""Field -> the text of its cell and the typed value."""
Verdict = dict[str, Any]

AROUND = 100
"""Rows of the register that stand around an altered row, so that columns are seen to vary as they do."""
SHOWN, PAIRED = 3, 12
"""Changes told; single changes, the weightiest, that are tried two at a time."""
_EMPTY = {"date": pd.NaT, "effort": np.nan, "number": np.nan, "share": np.nan}
_KINDS = item_columns()


@dataclass(frozen=True)
class Change:
    """One cell said otherwise: `now` is its new text, "" a blank cell; `without` the words taken from it."""

    field: str
    cell: str
    was: str
    now: str
    without: str = ""
    typed: object = None


@dataclass(frozen=True)
class Turn:
    """Changes that together turn the verdict, and what it would be."""

    changes: tuple[Change, ...]
    kind: str
    certainty: str
    score: float


@dataclass(frozen=True)
class Part:
    """One row of a split: its title, and what it would be."""

    title: str
    kind: str
    certainty: str


@dataclass(frozen=True)
class Turning:
    """What would turn one verdict; both empty where a person decided, `parts` where one kind of work is meant."""

    turns: tuple[Turn, ...] = ()
    parts: tuple[Part, ...] = ()


def turning(portfolio: Portfolio, item: int, judge: Judge, period: Period) -> Turning:
    """The fewest and then the smallest changes of an item's cells that would turn its verdict.

    Blank cells, cells without the words that spoke, and other dates and cadences are tried one at a time, then two.
    They are scored among rows of the register, all in one go, and only if the item itself is judged there as it is in
    the whole register; else among all of its rows. In a register of few rows each is then scored alone, too.
    """
    if item in portfolio.decided:
        return Turning()
    trial = _Trial(portfolio, item, judge)
    changes = _changes(portfolio, item, period)
    singles = [(one,) for one in changes]
    parts = _parts(str(portfolio.register.items.at[item, "title"])) if _now(portfolio, item)[0] == "mixed" else []
    turns, weights, judged = trial.ask(singles, parts)
    if not turns and len(changes) > 1:
        order = np.argsort(-np.abs(weights), kind="stable")[:PAIRED]
        chosen = [changes[at] for at in sorted(order.tolist())]
        pairs = [pair for pair in combinations(chosen, 2) if pair[0].field != pair[1].field]
        turns, _, _ = trial.ask(pairs, [])
    kinds = {part.kind for part in judged}
    return Turning(turns, judged if {"project", "operation"} <= kinds else ())


class _Trial:
    """An item altered in many ways at once, among rows of its register."""

    def __init__(self, portfolio: Portfolio, item: int, judge: Judge) -> None:
        self.portfolio, self.item, self.judge = portfolio, item, judge
        size = len(portfolio.register.items)
        self.around = np.unique(np.linspace(0, size - 1, min(size, AROUND)).astype(np.int64))

    def ask(
        self, altered: Sequence[tuple[Change, ...]], titles: Sequence[str]
    ) -> tuple[tuple[Turn, ...], np.ndarray, tuple[Part, ...]]:
        """Those alterations that turn the verdict, the smallest first; every one's weight; and the parts' verdicts."""
        extra = [*(_as_cells(changes) for changes in altered), *(_alone(title) for title in titles)]
        base, *found = self._judged(extra)
        tried, parts = found[: len(altered)], found[len(altered) :]
        weights = np.array([one["score"] - base["score"] for one in tried], dtype=float)
        turned = [
            (abs(weight), Turn(changes, one["kind"], one["certainty"], one["score"]))
            for changes, weight, one in zip(altered, weights.tolist(), tried, strict=True)
            if _said(one) != _said(base)
        ]
        judged = tuple(Part(title, one["kind"], one["certainty"]) for title, one in zip(titles, parts, strict=True))
        turns = (turn for _, turn in sorted(turned, key=lambda pair: pair[0]))
        confirmed = (self._confirmed(turn) for turn in turns)
        return tuple(islice((turn for turn in confirmed if turn), SHOWN)), weights, judged

    def _confirmed(self, turn: Turn) -> Turn | None:
        """The turn as it is when the register itself is changed so; None where it turns nothing.

        In a register of few rows the altered rows weigh on how columns are seen to vary; in a larger one they do not.
        """
        register = self.portfolio.register
        size = len(register.items)
        if size > AROUND:
            return turn
        altered = _among(register, np.arange(size), self.item, [_as_cells(turn.changes)])
        order = np.arange(size)
        order[self.item] = size + 1
        items, cells = (frame.take(order).reset_index(drop=True) for frame in (altered.items, altered.cells))
        (found,) = _records(self.judge(replace(altered, items=items, cells=cells)).verdicts.iloc[[self.item]])
        if _said(found) == _now(self.portfolio, self.item):
            return None
        return Turn(turn.changes, found["kind"], found["certainty"], found["score"])

    def _judged(self, extra: Sequence[Cells]) -> list[Verdict]:
        """Verdicts on the item as it is, then on it with each set of cells."""
        found: list[Verdict] = []
        for around in (self.around, np.arange(len(self.portfolio.register.items))):
            verdicts = self.judge(_among(self.portfolio.register, around, self.item, extra)).verdicts
            found = _records(verdicts.iloc[len(around) :])
            if _said(found[0]) == _now(self.portfolio, self.item):
                break
        return found


def _among(register: Register, around: np.ndarray, item: int, extra: Sequence[Cells]) -> Register:
    """Rows of the register, then the item as it is, then the item with each set of cells (text and typed value)."""
    rows = np.concatenate([around, np.full(1 + len(extra), item, dtype=np.int64)])
    items, cells = register.items.take(rows).reset_index(drop=True), register.cells.take(rows).reset_index(drop=True)
    first = len(around) + 1
    for field in {field for altered in extra for field in altered}:
        at = [first + number for number, altered in enumerate(extra) if field in altered]
        said = [altered[field] for altered in extra if field in altered]
        cells[field] = _set(cells[field], at, [text for text, _ in said], "text")
        items[field] = _set(items[field], at, [typed for _, typed in said], _KINDS[field])
        for beside in (f"{field}_unit", f"{field}_per"):
            if beside in items:
                items.loc[at, beside] = ""
    return replace(register, items=items, cells=cells, roles=register.roles.iloc[:0], findings=(), decisions=())


def _set(column: pd.Series, at: list[int], values: list[Any], kind: str) -> pd.Series:
    changed = column.copy()
    if kind == "date":
        changed.iloc[at] = pd.to_datetime(pd.Series(values)).to_numpy(dtype="datetime64[s]")
    else:
        changed.iloc[at] = pd.Series(values, dtype=column.dtype).array
    return changed


def _changes(portfolio: Portfolio, item: int, period: Period) -> list[Change]:
    """What may be said otherwise: every cell that spoke, left blank or without its words; then dates and cadences."""
    register = portfolio.register
    cells = register.cells.loc[item]
    lines = portfolio.evidence[(portfolio.evidence["item"] == item) & (portfolio.evidence["field"] != "")]
    changes: dict[tuple[str, str], Change] = {}
    for field, quote in zip(lines["field"].astype(str), lines["quote"].astype(str), strict=True):
        text = str(cells[field])
        left = _without(text, quote) if _KINDS[field] == "text" else ""
        if left.strip() or field != "title":
            change = Change(field, register.cell_of(item, field), text, left, quote if left.strip() else "")
            changes.setdefault((field, left), replace(change, typed=_typed(field, left)))
    day = pd.Timestamp(str(period)) + pd.DateOffset(months=6, days=12)
    others = (
        ("finish", f"{day:%Y-%m-%d}", day), ("finish", "ongoing", pd.NaT),
        ("cadence", "monthly", "monthly"), ("cadence", "once", "once"),
    )  # fmt: skip
    for field, text, typed in others:
        cell = register.cell_of(item, field)
        if cell and str(cells[field]).casefold() != text:
            changes.setdefault((field, text), Change(field, cell, str(cells[field]), text, typed=typed))
    return list(changes.values())


def _without(text: str, quote: str) -> str:
    """A text without the words that spoke; "" where they cannot be found in it."""
    words = r"[\W_]+".join(map(re.escape, quote.split()))
    found = re.search(rf"(?i)(?<!\w){words}(?!\w)", text) if words else None
    return " ".join((text[: found.start()] + text[found.end() :]).split()).strip(" ,;:-/&") if found else ""


def _typed(field: str, text: str) -> object:
    return _EMPTY.get(_KINDS[field], text)


def _as_cells(changes: Sequence[Change]) -> dict[str, tuple[str, object]]:
    return {one.field: (one.now, one.typed) for one in changes}


def _alone(title: str) -> dict[str, tuple[str, object]]:
    """A row that says nothing but its title: what else stood there may belong to either part."""
    kept = ("id", "title", "department", "team")
    blank = {
        field: ("", _typed(field, ""))
        for field in _KINDS
        if field not in kept and not field.endswith(("_unit", "_per"))
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


def _now(portfolio: Portfolio, item: int) -> tuple[str, bool]:
    return _said(_records(portfolio.verdicts.loc[[item]])[0])


def _records(verdicts: pd.DataFrame) -> list[Verdict]:
    columns = ["kind", "certainty", "review", "score"]
    return [dict(zip(columns, row, strict=True)) for row in verdicts[columns].itertuples(index=False)]


def _said(verdict: Verdict) -> tuple[str, bool]:
    """What a person hears: the kind, and whether somebody has to look."""
    return str(verdict["kind"]), bool(verdict["review"])
