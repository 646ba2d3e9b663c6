"""One verdict reckoned out: the heaviest cells, what the others add, and the sum."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from pipeline.model import Summary
from pipeline.render.example import SHOWN, Example, example
from pipeline.render.facts import Facts
from tests.render.sample import make_summary


def judged(points: list[float]) -> Summary:
    """A summary whose first row to review has evidence of these points, the last being where it starts."""
    summary = make_summary(30, 4)
    item = int(summary.tables["review"]["item"].iloc[0])
    evidence = pd.DataFrame(
        {
            "item": item,
            "criterion": [*(f"words-{place}" for place in range(len(points) - 1)), "start"],
            "field": ["title"] * (len(points) - 1) + [""],
            "quote": ["Migrate"] * (len(points) - 1) + [""],
            "points": points,
        }
    )
    verdicts = pd.DataFrame(
        {"kind": "project", "certainty": "likely", "probability": 0.83, "score": sum(points)}, index=[item]
    )
    return replace(summary, portfolio=replace(summary.portfolio, evidence=evidence, verdicts=verdicts))


def shown(summary: Summary) -> Example:
    found = example(Facts(summary))
    assert found is not None
    return found


def test_the_heaviest_contributions_come_first_with_their_side() -> None:
    one = shown(judged([0.5, -1.25, 0.01]))
    assert [(part.points, part.side) for part in one.contributions] == [("−1.25", "run"), ("+0.50", "change")]
    assert one.contributions[0].quote == "Title: ‘Migrate’"
    assert one.score == "−0.74"
    assert one.rest == "starts at +0.01"


def test_what_is_not_shown_is_summed_so_that_the_points_add_up() -> None:
    points = [1.0 - place / 10 for place in range(SHOWN + 2)] + [0.01]
    one = shown(judged(points))
    assert len(one.contributions) == SHOWN
    assert one.rest == "starts at +0.01; two others add +0.50"
    assert one.score == f"+{sum(points):.2f}"


def test_without_evidence_there_is_no_example() -> None:
    assert example(Facts(make_summary(3, 1))) is None
