"""What holds for every register: nothing is lost, nothing depends on the order of rows, roll-ups agree."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pipeline.model import Period, Summary
from pipeline.settings import SummariseSettings
from pipeline.summarise import summarise
from tests.summarise.conftest import make_portfolio

Item = dict[str, object]
FOUND_IS_ENOUGH = tuple(phase for phase in Phase if phase is not Phase.shrink)
"""A register found to fail is small already, and each try costs a whole summary."""
PERIOD = Period(2026, 10)
IN_HOURS = {"hours": 1.0, "days": 7.5, "weeks": 37.5}
DATES = st.dates(pd.Timestamp("2025-06-01").date(), pd.Timestamp("2028-03-31").date()).map(pd.Timestamp)
HOURS = ["run_hours", "change_hours", "undecided_hours", "hours"]

items = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["project", "operation", "mixed", "undecided"]),
        "title": st.sampled_from(["Upgrade", "Payroll", "Audit"]),
        "department": st.sampled_from(["IT Services", "it services ", "Finance", ""]),
        "team": st.sampled_from(["Blue", "Red", ""]),
        "status": st.sampled_from(["Active", "", "Closed"]),
        "accountable": st.sampled_from(["Ana Silva", "ana  silva", "Bo", ""]),
        "responsible": st.sampled_from(["", "Bo", "Ana Silva; Bo", "Cy; Bo; Di"]),
        "start": st.none() | DATES,
        "finish": st.none() | DATES,
        "cadence": st.sampled_from(["", "weekly", "monthly", "yearly", "on demand"]),
        "effort": st.none() | st.floats(0, 500),
        "effort_unit": st.sampled_from(["hours", "days", "weeks", "fte", "share"]),
        "effort_per": st.sampled_from(["total", "occurrence", "day", "week", "month", "quarter", "year"]),
        "progress": st.none() | st.floats(0, 1),
    }
)
people = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.sampled_from(["Ana Silva", "Bo", "Eve"]),
            "department": st.sampled_from(["Finance", "IT services", ""]),
            "weekly_hours": st.none() | st.floats(0, 40),
        }
    ),
    max_size=3,
    unique_by=lambda person: person["name"],
)


def summaries(
    rows: list[Item], sheet: list[Item], *, departments: bool = False, **options: object
) -> tuple[Summary, ...]:
    return summarise(make_portfolio(rows, sheet), SummariseSettings(**options), PERIOD, departments=departments)


def close(one: pd.DataFrame, other: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(one.reset_index(drop=True), other.reset_index(drop=True), rtol=1e-9, atol=1e-6)


@settings(max_examples=5, deadline=None, phases=FOUND_IS_ENOUGH)
@given(st.lists(items, max_size=16), people)
def test_roll_ups_agree(rows: list[Item], sheet: list[Item]):
    whole, *parts = summaries(rows, sheet, departments=True)
    tables, month = whole.tables, pd.Timestamp("2026-10-01")
    allocated = tables["allocations"].loc[tables["allocations"]["month"] == month, "hours"].sum()
    for name in ("departments", "teams", "people"):
        assert tables[name]["hours"].sum() == pytest.approx(allocated)
        assert tables[name][HOURS[:3]].sum().sum() == pytest.approx(tables[name]["hours"].sum())
    assert tables["register"]["month_hours"].sum() == pytest.approx(allocated)
    assert (whole.figures["hours"].value or 0.0) == pytest.approx(allocated)
    by_month = tables["workload"].groupby("month")["hours"].sum().reindex(tables["months"]["month"], fill_value=0.0)
    assert by_month.to_list() == pytest.approx(tables["months"]["hours"].fillna(0.0).to_list())
    capacity = (
        tables["workload"].groupby("month")["capacity_hours"].sum().reindex(tables["months"]["month"], fill_value=0.0)
    )
    assert capacity.to_list() == pytest.approx(tables["months"]["capacity_hours"].to_list())
    for part in parts:
        row = tables["departments"][tables["departments"]["department"] == part.scope]
        close(part.tables["departments"], row)


@settings(max_examples=5, deadline=None, phases=FOUND_IS_ENOUGH)
@given(st.lists(items, max_size=16), people)
def test_hours_in_are_hours_allocated_or_outside_the_months_shown_or_unknown(rows: list[Item], sheet: list[Item]):
    """Totals between dates only, so that what goes in can be summed; all dates lie within the wide window.

    No work is all done: that would make an item inactive, whatever its status says.
    """
    plain = [
        row | {"cadence": "", "effort_per": "total", "progress": min(row["progress"] or 0.0, 0.99)} for row in rows
    ]
    plain = [row | {"status": row["status"] or "Active"} for row in plain]
    plain = [
        row | {"effort_unit": "days" if row["effort_unit"] in ("fte", "share") else row["effort_unit"]} for row in plain
    ]
    wide, narrow = (summaries(plain, sheet, **window)[0] for window in ({"months_before": 24, "months_after": 24}, {}))
    unknown, active = set(wide.figures["unknown_effort"].items), wide.tables["register"]["status"] != "Closed"
    going_in = sum(
        row["effort"] * IN_HOURS[str(row["effort_unit"])]  # type: ignore[operator]
        for at, row in enumerate(plain)
        if active[at] and at not in unknown
    )
    assert wide.tables["allocations"]["hours"].sum() == pytest.approx(going_in, abs=1e-6)
    shown = wide.tables["allocations"]["month"].isin(narrow.tables["months"]["month"])
    close(narrow.tables["allocations"], wide.tables["allocations"][shown])


@settings(max_examples=5, deadline=None, phases=FOUND_IS_ENOUGH)
@given(st.lists(items, max_size=16), people, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows: list[Item], sheet: list[Item], random: object):
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = summaries(rows, sheet)[0], summaries(shuffled, sheet)[0]
    for name in ("months", "departments", "teams", "people", "workload", "responsibility"):
        close(one.tables[name], other.tables[name])
    figures = ({id: figure.value for id, figure in part.figures.items()} for part in (one, other))
    assert next(figures) == pytest.approx(next(figures))


@settings(max_examples=5, deadline=None, phases=FOUND_IS_ENOUGH)
@given(st.lists(items, min_size=1, max_size=16), people)
def test_one_row_split_in_two_changes_no_hours(rows: list[Item], sheet: list[Item]):
    halves = [row | {"effort": None if row["effort"] is None else row["effort"] / 2} for row in (rows[0], rows[0])]  # type: ignore[operator]
    one, other = summaries(rows, sheet)[0].tables, summaries([*halves, *rows[1:]], sheet)[0].tables
    close(one["months"], other["months"])
    columns = ["person", "month", *HOURS, "capacity_hours", "load"]
    close(one["workload"][columns], other["workload"][columns])
