"""One verdict explained: what speaks for and against and where, what was silent, and what would turn it."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.model import Decision, RuleSet


@dataclass(frozen=True)
class Reason:
    """One contribution to the score: its points (log-odds, positive for a project), its cell and the cell's words."""

    criterion: str
    field: str
    cell: str
    quote: str
    points: float
    sentence: str
    message: str = ""
    """The sentence before its `{field}` and `{quote}` are filled; "" where nobody can say it in another language."""


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


@dataclass(frozen=True)
class Explanation:
    """Everything there is to say on one verdict; the points of `reasons` and `start` add up to `score`."""

    id: str
    title: str
    kind: str
    certainty: str
    level: str
    decided_by: str
    decision: Decision | None
    review_reason: str
    contradiction: str
    start: float
    score: float
    reasons: tuple[Reason, ...]
    """The weightiest first."""
    silent: tuple[str, ...]
    """Criteria that said nothing."""
    blank: tuple[str, ...]
    """Fields that criteria read and that are blank here."""
    rule_set: RuleSet
    turning: Turning = field(default_factory=Turning)
