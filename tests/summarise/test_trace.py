"""Every number of every table is the sum, the count or the ratio of rows that can be shown."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from pipeline.errors import SettingsError
from pipeline.model import Period, Summary
from pipeline.settings import SummariseSettings
from pipeline.summarise import summarise
from pipeline.summarise.tables import TABLES
from pipeline.summarise.trace import NUMBERS, cell, trace
from pipeline.summarise.traces import TRACES
from tests.summarise.conftest import make_portfolio
from tests.summarise.test_levels import ITEMS, MONTHLY, PEOPLE

T = pd.Timestamp
MORE = [
    {"id": "X1", "title": "Merge", "kind": "mixed", "department": "IT", "accountable": "Dee", "effort": 30.0,
     "start": T("2026-09-01"), "finish": T("2026-12-31"), "effort_unit": "hours", "effort_per": "total"},
    {"id": "P9", "title": "Late", "department": "IT", "team": "Red", "responsible": "Ana", "effort": 40.0, "progress": 0.5,
     "start": T("2026-06-01"), "finish": T("2026-08-31"), "effort_unit": "hours", "effort_per": "total", "review": True},
    {"id": "C1", "title": "Over", "department": "IT", "responsible": "Ana", "status": "Closed", "effort": 9.0},
]  # fmt: skip
ITSELF = {
    "workload": {"capacity_hours", "over_hours", "free_hours"},
    "functions": {"service_met", "service_missed", "ending"},
    "trend": {
        "run_hours", "change_hours", "undecided_hours", "hours", "run_items", "change_items", "undecided_items",
        "unknown_effort",
    },
    "sources": {"header_row", "rows_in", "rows_used", "rows_refused"},
    "decisions": {"weight", "days", "hours", "items", "load", "most_hours"},
}  # fmt: skip
"""Numbers of tables without items that stand for themselves."""
TO_COME = {"load_wave", "span"}
"""Tables whose numbers have no rows yet."""


@pytest.fixture(scope="module")
def summaries() -> tuple[Summary, ...]:
    portfolio = make_portfolio([*ITEMS, *MORE], PEOPLE)
    every = summarise(
        portfolio, SummariseSettings(months_before=0, months_after=1), Period(2026, 10), audiences=("department",)
    )
    return tuple(one for one in every if one.scope in ("", "IT"))


def test_every_number_without_an_item_says_what_it_is_made_of():
    silent = {
        table.id: {one.id for one in table.columns if one.kind in NUMBERS} - set(TRACES.get(table.id, {}))
        for table in TABLES
        if "item" not in [one.id for one in table.columns] and table.id not in TO_COME
    }
    assert {table: columns for table, columns in silent.items() if columns} == ITSELF


def test_only_columns_that_tables_have_say_what_they_are_made_of():
    columns = {table.id: {one.id for one in table.columns} for table in TABLES}
    assert {
        table: set(traces) - columns[table] for table, traces in TRACES.items() if set(traces) - columns[table]
    } == {}


def test_unknown_effort_is_one_count_wherever_it_is_headed_so():
    items = [
        {"id": "O5", "department": "Office", "responsible": "Bo"},
        {"id": "O6", "department": "Works", "responsible": "Bo", "effort": 5.0, **MONTHLY},
        {"id": "O7", "department": "Works", "responsible": "Bo"},
    ]
    every = summarise(
        make_portfolio(items, [{"name": "Bo", "department": "Works"}, {"name": "Cy", "department": "Office"}]),
        SummariseSettings(), Period(2026, 10), audiences=("department",),
    )  # fmt: skip
    told = {"": 2.0, "Office": 0.0, "Works": 2.0}
    for summary in every:
        assert summary.figures["unknown_effort"].value == told[summary.scope]
        names = ["departments/Works", "run_change/department/Works"] if not summary.scope else []
        for name in ["months/2026-10", *names]:
            found = trace(summary, f"{name}/unknown_effort")
            assert found.value == found.made == told[summary.scope]


@pytest.mark.parametrize("table", [table.id for table in TABLES])
def test_the_rows_add_up_to_every_number(summaries: tuple[Summary, ...], table: str):
    numbers = [one.id for one in next(one for one in TABLES if one.id == table).columns if one.kind in NUMBERS]
    for summary in summaries:
        for at in {0, len(summary.tables[table]) // 2, len(summary.tables[table]) - 1} & set(
            summary.tables[table].index
        ):
            for column in numbers:
                found = cell(summary, table, at, column)
                if found.value is not None:
                    assert found.made == pytest.approx(found.value), (summary.scope, found.figure)
                    for part, rows in found.rows.groupby("part"):
                        assert rows["value"].sum() == pytest.approx(found.sums[str(part)])


def test_every_headline_figure_has_its_rows(summaries: tuple[Summary, ...]):
    for summary in summaries:
        for figure in summary.figures.values():
            found = trace(summary, figure.id)
            if figure.value is not None and figure.id != "cells_filled":
                assert found.made == pytest.approx(figure.value), (summary.scope, figure.id)


def test_rows_are_named_by_file_sheet_and_row(summaries: tuple[Summary, ...]):
    found = trace(summaries[0], "people/Bo/hours")
    assert (found.figure, found.value, found.unit) == ("people/Bo/hours", 230.0, "hours")
    assert found.rows.drop(columns=["part", "month"]).values.tolist() == [
        ["register.xlsx", "Register", 2.0, "P1", "Upgrade", "Bo", 30.0],
        ["register.xlsx", "Register", 4.0, "O1", "Payroll", "Bo", 200.0],
    ]
    able = trace(summaries[0], "months/2026-11/capacity_hours").rows
    assert able[["sheet", "row", "person", "value"]].values.tolist()[0] == ["People", 2.0, "Ana", 157.5]
    assert math.isnan(able["row"].iloc[-1]), "Dee is not on the People sheet"


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        ("departments/finance/run_hours", 205.0),
        ('teams/IT/"Blue"/hours', 70.0 + 0.0),
        ("months/2026-11/hours", 205.0 + 30.0 * 21 / 88),
        ("register/P1/month_hours", 60.0),
        ("roll_up/organisation///2026-10/over_hours", 65.0),
        ("run_change/reports to/Eva Coo/run_items", 1.0),
        ("Departments/finance/Run, h", 205.0),
    ],
)
def test_what_a_figure_may_be_called(summaries: tuple[Summary, ...], figure: str, value: float):
    assert trace(summaries[0], figure).value == pytest.approx(value)


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ("pepole/Bo/hours", "Did you mean 'people'?"),
        ("people/Bo/hour", "Did you mean 'hours'?"),
        ("people/Bob/hours", "no row of the table people is called 'Bob'. Rows are called Bo"),
        ("people/Bo/colour", "See run_hours"),
        ("people", "Write it as people/ROW/COLUMN."),
        ("workload/Bo/hours", "2 rows of the table workload are called 'Bo'. Rows are called Bo/2026-10"),
    ],
)
def test_what_is_called_wrong_is_told_with_what_is_near(summaries: tuple[Summary, ...], figure: str, words: str):
    with pytest.raises(SettingsError) as caught:
        trace(summaries[0], figure)
    assert words in str(caught.value)


def test_a_figure_goes_by_its_printed_title(summaries: tuple[Summary, ...]):
    for one in summaries[0].figures.values():
        assert trace(summaries[0], one.title.upper()).figure == one.id
