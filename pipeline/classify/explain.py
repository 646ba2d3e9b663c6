"""One verdict explained to a person: what speaks for and against, where it stands, and what was silent."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pipeline.classify.criteria import CRITERIA
from pipeline.classify.reasons import say
from pipeline.model import Portfolio


def explain(portfolio: Portfolio, item: int) -> str:
    """Sentences on one item's verdict: certainty, contributions with their cells, silence, and the rule set.

    The contributions shown add up to the score, to two places. Raises KeyError for an item that does not exist.
    """
    verdict = {str(name): value for name, value in portfolio.verdicts.loc[[item]].to_dict("records")[0].items()}
    lines = portfolio.evidence[portfolio.evidence["item"] == item]
    spoken = lines[lines["criterion"] != "start"]
    start = float(lines.loc[lines["criterion"] == "start", "points"].sum())
    title = str(portfolio.register.items["title"].loc[item])
    paragraphs = [
        f"{title}: {_kind(verdict)}.",
        *_side(portfolio, item, "For a project", spoken[spoken["points"] > 0]),
        *_side(portfolio, item, "For an operation", spoken[spoken["points"] < 0]),
        f"Every row starts from {start:+.2f}; the sum is {float(verdict['score']):+.2f}.",
        *([f"To review: {verdict['review_reason']}."] if verdict["review"] else []),
        _silence(spoken),
        *([str(verdict["contradiction"])] if verdict["contradiction"] else []),
        f"Rule set {portfolio.rule_set.version}, {portfolio.rule_set.sha256[:12]}.",
    ]
    return "\n".join(paragraphs)


def _kind(verdict: dict[str, Any]) -> str:
    percent = round(100 * float(verdict["probability"]))
    level = f", level {verdict['level']}" if verdict["level"] else ""
    return f"{verdict['kind']}, {verdict['certainty']} ({percent} % project{level}, decided by {verdict['decided_by']})"


def _side(portfolio: Portfolio, item: int, heading: str, lines: pd.DataFrame) -> list[str]:
    if not len(lines):
        return [f"{heading}: nothing."]
    ordered = lines.reindex(lines["points"].abs().sort_values(ascending=False, kind="stable").index)
    told = [f"{heading}:"]
    for line in ordered.itertuples():
        cell = portfolio.register.cell_of(item, str(line.field))
        where = f" [{cell}]" if cell else ""
        told.append(f"  {line.points:+.2f}  {say(str(line.criterion), str(line.field), str(line.quote))}{where}")
    return told


def _silence(spoken: pd.DataFrame) -> str:
    heard = set(spoken["criterion"])
    silent = sum(criterion.id not in heard for criterion in CRITERIA)
    return f"{silent} of {len(CRITERIA)} criteria were silent; `pipeline criteria` lists them all."
