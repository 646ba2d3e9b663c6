"""Verdicts explained on a page: what speaks either way and in which cell, what turns them, how a row may be split."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from pipeline.explanation import Change, Explanation, Part, Reason, Turn
from pipeline.fields import FIELDS
from pipeline.findings import clamp
from pipeline.render import words
from pipeline.render.facts import Facts, Row, plain_rows

SHOWN = 4
"""Verdicts that a page explains."""
STRONGEST = 3
"""Reasons that are shown for each side; the others are added up."""
_TITLES = {field.id: field.title for field in FIELDS}
_LIKELY = {"clear": "clearly", "likely": "likely"}
_NAMED = {"project": "a project", "operation": "an operation"}


@dataclass(frozen=True)
class Otherwise:
    """What a row would be if it said something else, or what one part of it would be."""

    said: str
    kind: str
    certainty: str


@dataclass(frozen=True)
class Verdict:
    """One verdict explained; its points are log-odds, positive for a project, and add up to the score."""

    told: Explanation
    row: Row

    @property
    def sentence(self) -> str:
        """`is to review`, `is likely a project`."""
        if self.told.certainty in _LIKELY and self.told.kind in _NAMED:
            return f"is {_LIKELY[self.told.certainty]} {_NAMED[self.told.kind]}"
        return "is to review"

    @property
    def why(self) -> str:
        """Why a person should look; "" where none need."""
        return self.told.review_reason

    @property
    def place(self) -> str:
        """`Row 217 of sheet Register, IT Services, accountable P. Raman, 46 hours in the month`."""
        who = self.row["accountable"]
        hours = self.row["month_hours"]
        parts = (
            f"Row {self.row['row']} of sheet {self.row['sheet']}",
            self.row["department"],
            f"accountable {who}" if who else "nobody accountable",
            "hours unknown" if hours is None else f"{words.number(hours)} h in the month",
        )
        return ", ".join(part for part in parts if part)

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """The strongest for a project, then the strongest for an operation."""
        return (*_strongest(self.told.reasons, 1), *_strongest(self.told.reasons, -1))

    @property
    def most(self) -> float:
        """The weight of the strongest reason."""
        return max((abs(one.points) for one in self.reasons), default=0.0)

    @property
    def rest(self) -> str:
        """`Every row starts at +0.01; two other reasons add −0.45`."""
        said = f"Every row starts at {points(self.told.start)}"
        others = [one.points for one in self.told.reasons if one not in self.reasons]
        if not others:
            return said
        adds = words.plural(len(others), "other reason adds", "other reasons add")
        return f"{said}; {words.spelt(len(others))} {adds} {points(sum(others))}"

    @property
    def turns(self) -> tuple[Otherwise, ...]:
        """What would turn it, the smallest change first."""
        return tuple(Otherwise(_changes(turn), turn.kind, turn.certainty) for turn in self.told.turning.turns)

    @property
    def parts(self) -> tuple[Otherwise, ...]:
        """The rows it may be split into."""
        return tuple(Otherwise(part.title, part.kind, part.certainty) for part in self.told.turning.parts)

    @property
    def lines(self) -> int:
        """Roughly how many table lines it takes on paper."""
        below = max(len(self.turns), len(self.parts))
        return 6 + len(self.reasons) + (2 + below if below else 0)


def explained(facts: Facts) -> tuple[Verdict, ...]:
    """The first few verdicts that somebody should settle."""
    told = dict(list(facts.summary.explained.items())[:SHOWN])
    register = facts.table("register")
    rows = {row["item"]: row for row in plain_rows(register[register["item"].isin(list(told))])}
    return tuple(Verdict(one, rows[item]) for item, one in told.items() if item in rows)


def with_turns(review: pd.DataFrame, told: Mapping[int, Explanation]) -> pd.DataFrame:
    """The table of rows to review, with `turn`: in words, what would turn each that was explained."""
    said = [" ".join(_sentences(told[item])) if item in told else "" for item in review["item"].tolist()]
    return review.assign(turn=pd.Series(said, index=review.index, dtype="string[pyarrow]"))


def points(value: float) -> str:
    """`+1.25`, `−0.40`."""
    return f"{value:+.2f}".replace("-", "\u2212")


def _strongest(reasons: Sequence[Reason], sign: int) -> tuple[Reason, ...]:
    """The strongest of one side; a fourth that would stand alone in the rest is shown too."""
    side = [one for one in reasons if one.points * sign > 0]
    return tuple(side if len(side) == STRONGEST + 1 else side[:STRONGEST])


def _sentences(told: Explanation) -> Iterator[str]:
    for turn in told.turning.turns:
        yield f"{_changes(turn)}: {_verdict(turn)}."
    if told.turning.parts:
        yield (
            "Split in two: " + "; ".join(f"‘{clamp(part.title)}’ {_verdict(part)}" for part in told.turning.parts) + "."
        )


def _verdict(one: Turn | Part) -> str:
    return f"{one.kind}, {one.certainty}"


def _changes(turn: Turn) -> str:
    return " and ".join(map(_change, turn.changes))


def _change(one: Change) -> str:
    where = " ".join(part for part in (_TITLES.get(one.field, one.field), one.cell) if part)
    if one.without:
        return f"{where} without ‘{clamp(one.without, 40)}’"
    return f"{where} saying ‘{clamp(one.now, 40)}’" if one.now else f"{where} left blank"
