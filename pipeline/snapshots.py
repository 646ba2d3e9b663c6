"""What published months leave to those after them: the snapshot of one, and what it said in a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.model import Finding, Period

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Snapshot:
    """What a published period leaves to the months after it.

    `items`: one row per item of its register, with the columns of `deliver.snapshot.COLUMNS`, its `key` among them.
    """

    period: Period
    items: pd.DataFrame
    findings: tuple[Finding, ...] = ()
    rule_set: str = ""
    """Hash of the rule set that judged them."""
    figures: Mapping[tuple[str, str], Mapping[str, float]] = field(default_factory=dict)
    """What its reports said at their head: by audience and scope, the known values by figure id."""


@dataclass(frozen=True)
class Month:
    """What one published month said; of one that cannot be used only the `problem`, in words.

    Projects, operations and undecided are active items; hours and run share those of the period, None where unknown.
    """

    period: Period
    items: int = 0
    projects: int = 0
    operations: int = 0
    undecided: int = 0
    hours: float | None = None
    unknown_effort: int = 0
    run_share: float | None = None
    rule_set: str = ""
    """Hash of the rule set that judged them."""
    version: str = ""
    """What the rule set calls itself."""
    backfilled: bool = False
    """It was made later, from old registers."""
    said_before: int = 0
    """How often it was run again and said something else than before."""
    gap: str = ""
    """Why it is missing from the trend, in words; "" where it is in it."""
    problem: str = ""
