"""What earlier months tell of an item: ends that move on, rows that stand still, work that gets on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pandas as pd
import pytest

from pipeline.classify import classify
from pipeline.deliver.snapshot import COLUMNS
from pipeline.ingest.history import with_history
from pipeline.model import Period, Portfolio, Register
from pipeline.settings import ClassifySettings
from pipeline.snapshots import Snapshot
from tests.factories import make_register

PERIOD = Period(2026, 10)
HISTORY = {"rolled-forward", "unchanged", "progressed", "phase-advanced"}
ROW = {"title": "Meters", "start": datetime(2024, 1, 8), "finish": datetime(2026, 12, 18), "status": "Active"}


def register(*rows: dict[str, object]) -> Register:
    """A register of these rows, each with a key of its own, among others that history says nothing of."""
    made = make_register([*rows, *[{"title": f"Other {number}"} for number in range(6)]])
    return replace(made, items=made.items.assign(key=[f"id:{number}" for number in made.items.index]))


def snapshot(of: Register, period: Period, **then: object) -> Snapshot:
    """What that month knew of the register's items, the first of them with these values."""
    items = of.items.reindex(columns=list(COLUMNS)).assign(active=True)
    for name in ("status", "phase"):
        items[name] = of.items[name]
    for name, value in then.items():
        items.loc[0, name] = value
    return Snapshot(period, items)


def evidence(now: Register, then: Snapshot | None) -> dict[str, float]:
    """Criterion -> points of history on the first item."""
    portfolio: Portfolio = classify(with_history(now, then, PERIOD), ClassifySettings(), PERIOD)
    mine = portfolio.evidence[portfolio.evidence["item"] == 0]
    return {str(one): points for one, points in zip(mine["criterion"], mine["points"], strict=True) if one in HISTORY}


@pytest.mark.parametrize(
    ("months_ago", "before", "found"),
    [
        (10, datetime(2025, 12, 18), {"rolled-forward"}),
        (1, datetime(2025, 12, 18), set()),
        (12, datetime(2024, 12, 18), set()),
        (12, datetime(2025, 12, 19), {"rolled-forward"}),
        (8, datetime(2026, 4, 20), {"rolled-forward"}),
        (1, datetime(2026, 11, 18), set()),
        (12, datetime(2026, 10, 30), set()),
        (12, datetime(2026, 12, 18), {"unchanged"}),
        (11, datetime(2026, 12, 18), set()),
    ],
    ids=[
        "a year on",
        "slipped once by a year",
        "slipped by two",
        "a year on, long ago",
        "with the calendar",
        "slipped once",
        "slipped",
        "stood",
        "not a year yet",
    ],
)
def test_an_end_that_moves_on_or_a_row_that_stands_still_speaks_for_an_operation(months_ago, before, found) -> None:
    now = register(ROW)
    month = Period(2026, 10 - months_ago) if months_ago < 10 else Period(2025, 22 - months_ago)
    told = evidence(now, snapshot(now, month, finish=before))
    assert set(told) == found
    assert all(points < 0 for points in told.values())


def test_work_that_gets_on_speaks_for_a_project_and_its_late_end_is_not_held_against_it() -> None:
    now = register({**ROW, "progress": 0.6, "phase": "Build"})
    then = snapshot(now, Period(2025, 10), finish=datetime(2025, 12, 18), progress=0.3, phase="Design")
    told = evidence(now, then)
    assert set(told) == {"progressed", "phase-advanced"}
    assert all(points > 0 for points in told.values())


def test_what_was_on_hold_a_year_ago_does_not_count_as_kept_running() -> None:
    now = register({**ROW, "status": "On hold"})
    assert evidence(now, snapshot(now, Period(2025, 10), finish=ROW["finish"], active=False)) == {}


def test_without_an_earlier_month_or_the_item_in_it_history_is_silent() -> None:
    now = register(ROW)
    assert evidence(now, None) == {}
    then = snapshot(now, Period(2025, 10), finish=ROW["finish"])
    assert evidence(now, replace(then, items=then.items.iloc[1:])) == {}


def test_a_register_that_rolls_every_end_tells_nothing_of_one_item() -> None:
    made = make_register([{**ROW, "title": f"Work {number}"} for number in range(6)])
    now = replace(made, items=made.items.assign(key=[f"id:{number}" for number in made.items.index]))
    then = snapshot(now, Period(2025, 10))
    then.items["finish"] = pd.Series([datetime(2025, 12, 18)] * 6, dtype="datetime64[s]")
    assert evidence(now, then) == {}
