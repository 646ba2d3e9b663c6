"""What holds for every register: nothing is lost, nothing depends on the order of rows, roll-ups agree."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pipeline.model import Period
from pipeline.settings import SummariseSettings
from pipeline.summarise import BUILDERS
from pipeline.summarise.hours import summed
from pipeline.summarise.layout import laid_out
from pipeline.summarise.scope import View, departments, organisation
from pipeline.summarise.work import Work, gather
from tests.summarise.conftest import make_portfolio

Item = dict[str, object]
FOUND_IS_ENOUGH = tuple(phase for phase in Phase if phase is not Phase.shrink)
"""A register found to fail is small already, and each try costs a whole summary."""
PERIOD, PERIOD_DAY = Period(2026, 10), pd.Timestamp("2026-10-01")
PERIOD_END = pd.Timestamp("2026-10-31")
DATES = st.dates(pd.Timestamp("2025-06-01").date(), pd.Timestamp("2028-03-31").date()).map(pd.Timestamp)
HOURS = ["run_hours", "change_hours", "undecided_hours", "hours"]
SUMS = [*HOURS, "capacity_hours"]

items = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["project", "operation", "mixed", "undecided"]),
        "title": st.sampled_from(["Upgrade", "Payroll", "Audit"]),
        "department": st.sampled_from(["IT Services", "it services ", "Finance", ""]),
        "team": st.sampled_from(["Blue", "Red", ""]),
        "executive": st.sampled_from(["COO", "coo ", "CIO", ""]),
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


def gathered(rows: list[Item], sheet: list[Item] | None = None, **options: object) -> Work:
    return gather(make_portfolio(rows, sheet or []), SummariseSettings(**options), PERIOD)


def tables(view: View, *names: str) -> dict[str, pd.DataFrame]:
    """Some tables alone: a whole summary would cost each example many times as much."""
    return {name: laid_out(name, BUILDERS[name](view)) for name in names}


def close(one: pd.DataFrame, other: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(one.reset_index(drop=True), other.reset_index(drop=True), rtol=1e-9, atol=1e-6)


@settings(max_examples=4, deadline=None, phases=FOUND_IS_ENOUGH)
@given(st.lists(items, max_size=16), people)
def test_roll_ups_agree(rows: list[Item], sheet: list[Item]):
    whole = organisation(gathered(rows, sheet))
    found = tables(whole, "allocations", "departments", "teams", "people", "workload", "months", "roll_up")
    allocated = found["allocations"].loc[found["allocations"]["month"] == PERIOD_DAY, "hours"].sum()
    for name in ("departments", "teams", "people"):
        assert found[name]["hours"].sum() == pytest.approx(allocated)
        assert found[name][HOURS[:3]].sum().sum() == pytest.approx(found[name]["hours"].sum())
    assert whole.items["month_hours"].sum() == pytest.approx(allocated)
    months = found["months"].set_index("month")[SUMS].fillna(0.0)
    by_person = found["workload"].groupby("month")[SUMS].sum().reindex(months.index, fill_value=0.0)
    close(by_person, months)
    for _, level in found["roll_up"].groupby("level"):
        close(level.groupby("month")[SUMS].sum().reindex(months.index, fill_value=0.0), months)
    for part in departments(whole.work):
        row = found["departments"][found["departments"]["department"] == part.scope]
        close(tables(part, "departments")["departments"], row)


@settings(max_examples=4, deadline=None, phases=FOUND_IS_ENOUGH)
@given(st.lists(items, max_size=16), people, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows: list[Item], sheet: list[Item], random: object):
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    names = ("months", "departments", "teams", "people", "workload", "responsibility")
    one, other = (tables(organisation(gathered(each, sheet)), *names) for each in (rows, shuffled))
    for name in names:
        close(one[name], other[name])


@settings(max_examples=4, deadline=None, phases=FOUND_IS_ENOUGH)
@given(st.lists(items, min_size=1, max_size=16), people)
def test_one_row_split_in_two_changes_no_hours(rows: list[Item], sheet: list[Item]):
    halves = [row | {"effort": None if row["effort"] is None else row["effort"] / 2} for row in (rows[0], rows[0])]  # type: ignore[operator]
    one, other = (
        tables(organisation(gathered(each, sheet)), "months", "workload") for each in (rows, [*halves, *rows[1:]])
    )
    columns = ["month", *SUMS, "load"]
    close(one["months"][columns], other["months"][columns])
    close(*(by_name(each["workload"])[["person", *columns]] for each in (one, other)))


def by_name(workload: pd.DataFrame) -> pd.DataFrame:
    """By names however they are spelt: a split row may tip which spelling is printed, and so the order."""
    names = workload["person"].str.casefold().str.split().str.join(" ")
    return workload.assign(person=names).sort_values(["person", "month"]).reset_index(drop=True)


spread = st.builds(
    lambda kind, start, length, hours, who: {
        "kind": kind,
        "title": "Work", "status": "Active", "start": start, "finish": start + pd.Timedelta(days=length),
        "effort": hours, "effort_unit": "hours", "effort_per": "total", "responsible": who,
    },
    st.sampled_from(["project", "undecided"]), DATES, st.integers(0, 180), st.none() | st.floats(1, 900),
    st.sampled_from(["Ana", "Bo", "Ana; Bo", "Cy; Bo; Di", ""]),
)  # fmt: skip
"""Items whose hours are a total between two dates, of which nothing says what remains: each day is told by hand."""


def of_each_day(item: Item) -> pd.Series:
    """Hours of an item on every day from its start to its finish, reckoned one day at a time."""
    days = pd.date_range(item["start"], item["finish"])  # type: ignore[call-overload]
    worked = np.is_busday(days.to_numpy("datetime64[D]"))
    worked = worked if worked.any() else np.ones(len(days), bool)
    return pd.Series(worked / worked.sum() * (item["effort"] or 0.0), index=days)


@settings(max_examples=8, deadline=None, phases=FOUND_IS_ENOUGH)
@given(st.lists(spread, min_size=1, max_size=8))
def test_month_totals_are_day_totals_and_no_hour_is_lost_by_item_or_by_person(rows: list[Item]):
    """Hours in = hours allocated + outside the months shown + those of unknown effort, of each item and person."""
    work = gathered(rows)
    months = pd.DatetimeIndex(work.calendar.months.astype("datetime64[ns]")).to_period("M")
    by_item = work.allocations.groupby(["item", "month"])["hours"].sum()
    owed = pd.Series(0.0, index=range(len(work.people) + 1))
    for at, row in enumerate(rows):
        day = of_each_day(row)
        by_day = day.groupby(day.index.to_period("M")).sum().reindex(months, fill_value=0.0)
        assert by_item.get(at, pd.Series(dtype=float)).reindex(range(len(months)), fill_value=0.0).to_numpy() == (
            pytest.approx(by_day.to_numpy())
        )
        inside = day.index.to_period("M").isin(months)
        given_out = by_item.get(at, pd.Series(dtype=float)).sum()
        assert given_out + day[~inside].sum() == pytest.approx(row["effort"] or 0.0)
        assert work.items["unknown"][at] == (row["effort"] is None or row["finish"] < PERIOD_END)
        doers = work.doers[work.doers["item"] == at].set_index("person")["share"]
        owed = owed.add(doers * given_out, fill_value=0.0)
    carried = work.allocations.groupby("person")["hours"].sum().reindex(owed.index, fill_value=0.0)
    assert carried.to_numpy() == pytest.approx(owed.to_numpy())


@settings(max_examples=5, deadline=None, phases=FOUND_IS_ENOUGH)
@given(st.lists(spread, min_size=1, max_size=6), st.floats(0.05, 0.95))
def test_one_persons_row_split_in_two_changes_nothing_for_anybody(rows: list[Item], part: float):
    cut = [{**rows[0], "effort": None if rows[0]["effort"] is None else rows[0]["effort"] * one}  # type: ignore[operator]
           for one in (part, 1 - part)]  # fmt: skip
    one, other = gathered(rows), gathered([*cut, *rows[1:]])
    by = ["person", "month"]
    close(*(summed(work.allocations, by, HOURS) for work in (one, other)))
    close(one.capacities, other.capacities)


@settings(max_examples=5, deadline=None, phases=FOUND_IS_ENOUGH)
@given(st.lists(spread, min_size=1, max_size=6))
def test_public_holidays_lower_capacity_and_move_hours_but_lose_none(rows: list[Item]):
    plain, free = (gathered(rows, country=country, months_before=24, months_after=24) for country in ("", "GB"))
    assert (free.capacities["capacity_hours"] <= plain.capacities["capacity_hours"] + 1e-9).all()
    totals = (work.allocations.groupby(["item", "person"])["hours"].sum() for work in (plain, free))
    close(*(total.reset_index() for total in totals))
