"""Portfolios for summarising, with the kind of each item given by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import pandas as pd
import pytest

from pipeline.model import Period, Portfolio, RuleSet, Summary
from pipeline.settings import SummariseSettings
from pipeline.summarise import summarise
from pipeline.summarise.scope import View, departments, organisation
from pipeline.summarise.work import gather
from tests.factories import make_register

TEXT = "string[pyarrow]"
Rows = Iterable[Mapping[str, object]]


def make_portfolio(items: Rows, people: Rows = ()) -> Portfolio:
    """A portfolio of these items; `kind` (default project), `review` and `contradiction` stand in the row itself."""
    rows = [dict(row) for row in items]
    judged = [
        {
            "kind": row.pop("kind", "project"),
            "score": 0.0,
            "probability": 0.5,
            "certainty": "clear",
            "review": bool(row.pop("review", False)),
            "level": "",
            "decided_by": "evidence",
            "reasons": "It has a finish. It has a budget.",
            "contradiction": row.pop("contradiction", ""),
        }
        for row in rows
    ]
    register = make_register(rows, people)
    columns = ["kind", "score", "probability", "certainty", "review", "level", "decided_by", "reasons", "contradiction"]
    verdicts = pd.DataFrame(judged, columns=columns, index=register.items.index)
    texts = ["kind", "certainty", "level", "decided_by", "reasons", "contradiction"]
    evidence = pd.DataFrame(
        {
            "item": pd.Series(range(len(rows)), dtype="int64"),
            "criterion": pd.Series(["dates"] * len(rows), dtype=TEXT),
            "family": pd.Series(["structure"] * len(rows), dtype=TEXT),
            "field": pd.Series(["finish"] * len(rows), dtype=TEXT),
            "quote": pd.Series(["30 Nov"] * len(rows), dtype=TEXT),
            "points": pd.Series([1.2] * len(rows), dtype="float64"),
        }
    )
    kinds = {**dict.fromkeys(texts, TEXT), "score": "float64", "probability": "float64", "review": "bool"}
    return Portfolio(register, verdicts.astype(kinds), evidence, RuleSet("test", ""))


@pytest.fixture
def summary() -> Callable[..., Summary]:
    """The organisation's summary of some items for October 2026."""

    def of(items: Rows, people: Rows = (), *, scope: str = "", **settings: object) -> Summary:
        summaries = summarise(
            make_portfolio(items, people),
            SummariseSettings(**settings),
            Period(2026, 10),
            audiences=("department",) if scope else (),
        )
        return next(one for one in summaries if one.scope == scope)

    return of


@pytest.fixture
def view() -> Callable[..., View]:
    """What one table is computed from, for the organisation or a department, in October 2026."""

    def of(items: Rows, people: Rows = (), *, scope: str = "", **settings: object) -> View:
        work = gather(make_portfolio(items, people), SummariseSettings(**settings), Period(2026, 10))
        return next(one for one in (organisation(work), *departments(work)) if one.scope == scope)

    return of
