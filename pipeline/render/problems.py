"""Data problems by kind, the gravest first, each with what to do and the first places it was found."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from pipeline.findings import KINDS
from pipeline.model import LEVELS
from pipeline.render import found
from pipeline.render.facts import Facts, Row, plain_rows

EXAMPLES = 2
"""Places that a page names for each kind of problem."""


@dataclass(frozen=True)
class Group:
    """One kind of data problem: how often, what to do, and the first places."""

    title: str
    level: str
    count: int
    why: str
    remedy: str
    places: tuple[tuple[str, str], ...]
    """Place ("" where there is none) and what is said of it."""


def groups(facts: Facts) -> tuple[Group, ...]:
    """Every kind of problem in the findings, gravest and most frequent first."""
    kinds = facts.table("findings").groupby("code", sort=True)
    made = [_group(str(code), rows, facts) for code, rows in kinds]
    return tuple(sorted(made, key=lambda group: (-_gravity(group.level), -group.count, group.title)))


def _group(code: str, rows: pd.DataFrame, facts: Facts) -> Group:
    say, kind = facts.language, KINDS.get(code)
    places = tuple(
        (place(row, facts), found.said(row["message"], code, row["read"] or "", say))
        for row in plain_rows(rows.head(EXAMPLES))
    )
    title, why = (kind.title, kind.why) if kind else (code, "")
    level = str(rows["level"].iloc[0])
    return Group(say.word(title), level, len(rows), say.word(why), found.remedy(code, say), places)


def _gravity(level: str) -> int:
    return [*LEVELS].index(level) if level in LEVELS else len(LEVELS)


def place(row: Row, facts: Facts) -> str:
    """`Register!F12`; then the file's name where several hold work, or where there is nothing else."""
    several = sum(bool(file.sheets) for file in facts.summary.portfolio.register.files) > 1
    spot = "!".join(part for part in (row["sheet"], row["cell"]) if part)
    return ", ".join(part for part in (spot, row["file"] if several or not spot else "") if part)
