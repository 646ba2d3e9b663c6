"""STANDINGS: every text column that is read for words, and what its words are worth."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Standing:
    """What words of one column are worth: a factor, one for plain wording, a cap on their sum, and if a head counts."""

    field: str
    factor: float
    plain: float
    cap: float
    headed: bool = False


STANDINGS: tuple[Standing, ...] = (
    Standing("title", 1.0, 1.0, 4.5, headed=True),
    Standing("description", 0.7, 0.9, 3.5),
    Standing("deliverable", 0.5, 0.7, 1.5),
    Standing("notes", 0.4, 0.7, 2.5),
    Standing("status", 0.3, 0.4, 0.8),
    Standing("phase", 0.3, 0.4, 1.0),
    Standing("milestone", 0.4, 0.6, 1.0),
    Standing("service_level", 0.3, 0.4, 0.6),
    Standing("duration", 0.0, 0.8, 1.5),
    Standing("volume", 0.0, 0.6, 1.0),
)
"""Columns of names (department, team, people) are not read: units bear names of work they do not do. `type`,
`cadence`, `finish` and `budget_type` have criteria of their own."""
