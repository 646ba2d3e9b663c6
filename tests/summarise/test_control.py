"""Projects against their plan and operations that end, on examples worked by hand."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from pipeline.deliver.snapshot import snapshot_of
from pipeline.model import Period, Summary
from tests.summarise.test_measures import month

Summarise = Callable[..., Summary]
T = pd.Timestamp


def test_a_project_is_held_against_its_plan(summary: Summarise):
    row = {
        "id": "P1", "start": T("2026-10-01"), "finish": T("2026-12-11"), "baseline_finish": T("2026-11-30"),
        "progress": 0.25, "effort": 100.0, "effort_unit": "hours", "actual_effort": 5.0, "actual_effort_unit": "days",
    }  # fmt: skip
    found = summary([row], hours_per_week=40).tables["control"].iloc[0]
    assert found["slip_days"] == 11
    assert found["elapsed"] == pytest.approx(22 / 52)  # working days of October; from 1 October to 11 December
    assert found["ahead"] == pytest.approx(0.25 - 22 / 52)
    assert found["expected"] == T("2027-02-01")  # 31 days for a quarter: 124 days from 1 October
    assert found["spent"] == pytest.approx(0.4)  # 5 days of 8 hours, of 100 hours


def test_what_no_cell_says_is_missing(summary: Summarise):
    found = summary([{"id": "P1"}]).tables["control"].iloc[0]
    assert found[["slip_days", "elapsed", "ahead", "expected", "spent", "budget"]].isna().all()


def test_nothing_done_has_no_pace_and_one_not_begun_no_time_gone(summary: Summarise):
    rows = [
        {"id": "P1", "start": T("2026-09-01"), "finish": T("2026-12-11"), "progress": 0.0},
        {"id": "P2", "start": T("2026-11-02"), "finish": T("2026-12-11"), "progress": 0.5},
    ]
    found = summary(rows).tables["control"].set_index("id")
    assert found["expected"].isna().all()
    assert found.loc["P2", "elapsed"] == 0.0


def test_those_furthest_behind_come_first(summary: Summarise):
    rows = [
        {"id": name, "start": T("2026-10-01"), "finish": T("2026-10-30"), "progress": done}
        for name, done in (("A", 0.9), ("B", 0.1), ("C", None))
    ]
    assert summary(rows).tables["control"]["id"].tolist() == ["B", "A", "C"]


def test_operations_that_end_soon_are_to_renew(summary: Summarise):
    rows = [
        {"id": name, "kind": "operation", "finish": finish}
        for name, finish in (("A", T("2027-01-29")), ("B", T("2027-01-30")), ("C", T("2026-10-15")), ("D", None))
    ]
    found = summary([*rows, {"id": "P", "finish": T("2026-11-30")}]).tables["renewals"]
    assert dict(zip(found["id"], found["days_left"], strict=True)) == {"C": -16, "A": 90}


def test_scope_cost_and_forecast_stand_beside_time(summary: Summarise):
    row = {
        "id": "P1", "start": T("2026-10-01"), "finish": T("2026-12-11"), "baseline_start": T("2026-09-21"),
        "progress": 0.25, "budget": 1000.5, "actual_cost": 250.125, "deliverable": "A depot", "milestone": "Roof",
    }  # fmt: skip
    found = summary([row]).tables["control"].iloc[0]
    assert found["expected_over"] == 52  # 1 February is expected, 11 December planned
    assert (found["budget"], found["cost_used"]) == (1000.5, 0.25)
    assert found[["deliverable", "milestone", "baseline_start"]].tolist() == ["A depot", "Roof", T("2026-09-21")]


def test_without_an_approved_finish_a_slip_is_from_the_first_that_was_recorded():
    row = {"id": "P1", "finish": T("2026-11-30")}
    previous = None
    for period, finish in (
        (Period(2026, 9), "2026-11-30"),
        (Period(2026, 10), "2026-12-15"),
        (Period(2026, 11), "2026-12-20"),
    ):
        now = month([{**row, "finish": T(finish)}], period, previous=previous)
        slip = now.tables["control"]["slip_days"].iloc[0]
        previous = snapshot_of(now, (), previous)
    assert slip == 20
