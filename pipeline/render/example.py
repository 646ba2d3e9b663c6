"""One verdict reckoned out before the reader: which cell spoke for what, with how many points, and what they sum to."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from pipeline.fields import FIELDS
from pipeline.render import words
from pipeline.render.facts import Facts, plain_rows

SHOWN = 7
"""Contributions that are shown one by one."""
START = "start"
"""The criterion that every row begins with."""
_TITLES = {field.id: field.title for field in FIELDS}


@dataclass(frozen=True)
class Contribution:
    """What one cell added: the criterion in words, the cell, its own words, and signed points (log-odds)."""

    what: str
    cell: str
    quote: str
    points: str
    side: str
    """The kind of work it speaks for: change or run."""


@dataclass(frozen=True)
class Example:
    """One row's verdict with its contributions, heaviest first; `rest` says what the others add."""

    id: str
    title: str
    verdict: str
    probability: float
    score: str
    contributions: tuple[Contribution, ...]
    rest: str


def example(facts: Facts) -> Example | None:
    """The heaviest row to review, else the register's first; None where there is no evidence to show."""
    portfolio = facts.summary.portfolio
    judged = [*facts.table("review")["item"], *facts.table("register")["item"].head(1)]
    judged = [item for item in judged if item in portfolio.verdicts.index]
    if not judged or portfolio.evidence.empty:
        return None
    item = int(judged[0])
    evidence = portfolio.evidence[portfolio.evidence["item"] == item]
    order = evidence["points"].abs().sort_values(ascending=False, kind="stable").index
    spoken = evidence.loc[order][(evidence.loc[order, "criterion"] != START).to_numpy()]
    verdict = plain_rows(portfolio.verdicts.loc[[item]])[0]
    register = facts.table("register")
    row = plain_rows(register[register["item"] == item])[0]
    return Example(
        id=row["id"],
        title=row["title"],
        verdict=f"{verdict['kind']}, {verdict['certainty']}",
        probability=verdict["probability"],
        score=_signed(verdict["score"]),
        contributions=tuple(_contribution(facts, item, one) for _, one in spoken.head(SHOWN).iterrows()),
        rest=_rest(spoken.iloc[SHOWN:], float(evidence["points"].sum() - spoken["points"].sum())),
    )


def _contribution(facts: Facts, item: int, one: pd.Series) -> Contribution:
    field, points = str(one["field"]), float(one["points"])
    return Contribution(
        what=words.sentence(str(one["criterion"]).replace("-", " ")),
        cell=facts.summary.portfolio.register.cell_of(item, field) if field else "",
        quote=f"{_TITLES.get(field, field)}: ‘{one['quote']}’" if one["quote"] else _TITLES.get(field, field),
        points=_signed(points),
        side="change" if points > 0 else "run",
    )


def _rest(others: pd.DataFrame, start: float) -> str:
    """`starts at +0.01; two others add −0.45`."""
    said = f"starts at {_signed(start)}"
    if len(others):
        adds = words.plural(len(others), "other adds", "others add")
        said += f"; {words.spelt(len(others))} {adds} {_signed(float(others['points'].sum()))}"
    return said


def _signed(points: float) -> str:
    return f"{points:+.2f}".replace("-", "\u2212")
