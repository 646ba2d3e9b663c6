"""Figures at every level: loads by month, run and change in hours and items, over and free hours never netted.

October 2026 has 22 working days, so a full-time month is 165 hours; November has 21, so 157.5.
"""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.model import Period
from pipeline.settings import SummariseSettings
from pipeline.summarise.layout import laid_out
from pipeline.summarise.levels import roll_up, run_change
from pipeline.summarise.loads import months, workload
from pipeline.summarise.scope import View, departments, organisation
from pipeline.summarise.work import gather
from tests.summarise.conftest import Rows, make_portfolio

T = pd.Timestamp
MONTHLY = {"kind": "operation", "cadence": "monthly", "effort_unit": "hours", "effort_per": "occurrence"}
OCTOBER = {"start": T("2026-10-01"), "finish": T("2026-10-31"), "effort_unit": "hours", "effort_per": "total"}
ITEMS = [
    {"id": "P1", "title": "Upgrade", "responsible": "Ana; Bo", "effort": 60.0, **OCTOBER},
    {"id": "P2", "title": "New site", "responsible": "Ana", "effort": 20.0, "status": "Proposed", **OCTOBER},
    {"id": "O1", "title": "Payroll", "responsible": "Bo", "effort": 200.0, **MONTHLY},
    {"id": "O2", "title": "Audit", "responsible": "Cy", **MONTHLY},
    {"id": "O3", "title": "Post", "department": "Finance", "effort": 5.0, **MONTHLY},
]
PEOPLE = [
    {"name": "Ana", "department": "IT", "team": "Blue", "executive": "Eva Coo"},
    {"name": "Bo", "department": "Finance", "executive": "Eva Coo"},
    {"name": "Cy", "department": "Finance", "executive": "Max Cio"},
]
COLUMNS = ["run_hours", "change_hours", "hours", "capacity_hours", "over_hours", "free_hours", "unknown_effort"]


def view(items: Rows = ITEMS, people: Rows = PEOPLE, scope: str = "", **settings: object) -> View:
    work = gather(make_portfolio(items, people), SummariseSettings(**settings), Period(2026, 10))
    return next(one for one in departments(work) if one.scope == scope) if scope else organisation(work)


def rows(table: pd.DataFrame, level: str, columns: list[str]) -> dict[str, list[float]]:
    """The named columns of a level's rows by name, in the period where there are months."""
    chosen = table[table["level"] == level]
    if "month" in chosen:
        chosen = chosen[chosen["month"] == T("2026-10-01")]
    return {name: [*values] for name, *values in chosen[["name", *columns]].itertuples(index=False)}


def test_hours_over_and_free_are_sums_over_people_and_never_netted():
    table = laid_out("roll_up", roll_up(view()))
    assert rows(table, "organisation", COLUMNS) == {"": [205.0, 80.0, 285.0, 495.0, 65.0, 115.0, 1]}
    assert rows(table, "reports to", COLUMNS) == {
        "Eva Coo": [200.0, 80.0, 280.0, 330.0, 65.0, 115.0, 0],
        "Max Cio": pytest.approx([float("nan")] * 3 + [165.0, 0.0, 0.0, 1], nan_ok=True),
        "": [5.0, 0.0, 5.0, 0.0, 0.0, 0.0, 0],
    }
    assert rows(table, "department", COLUMNS) == {
        "Finance": [205.0, 30.0, 235.0, 330.0, 65.0, 0.0, 1],
        "IT": [0.0, 50.0, 50.0, 165.0, 0.0, 115.0, 0],
    }
    assert rows(table, "team", ["department", "hours"]) == {"Blue": ["IT", 50.0], "": ["Finance", 235.0]}


def test_levels_of_which_nothing_bears_a_name_are_left_out():
    table = roll_up(view(people=[{"name": "Ana", "department": "IT"}]))
    assert table["level"].unique().tolist() == ["organisation", "department"]


def test_the_window_is_three_months_up_to_the_period_and_six_after():
    shown = workload(view())
    ana = shown[shown["person"] == "Ana"]
    assert [f"{month:%Y-%m}" for month in ana["month"]] == [
        "2026-08", "2026-09", "2026-10", "2026-11", "2026-12", "2027-01", "2027-02", "2027-03", "2027-04",
    ]  # fmt: skip
    assert ana["forecast"].to_list() == [False] * 3 + [True] * 6


def test_work_nobody_has_agreed_to_is_a_forecast():
    table = months(view())
    october = table[table["month"] == T("2026-10-01")].iloc[0]
    assert (october["committed_hours"], october["forecast_hours"], october["hours"]) == (265.0, 20.0, 285.0)
    assert (october["unknown_effort"], october["over_hours"], october["free_hours"]) == (1, 65.0, 115.0)


def test_who_has_no_capacity_is_over_by_all_hours_and_has_no_load():
    table = workload(view(people=[{"name": "Bo", "finish": T("2026-09-30")}], months_before=0, months_after=0))
    bo = table[table["person"] == "Bo"].iloc[0]
    assert (bo["capacity_hours"], bo["over_hours"], bo["free_hours"]) == (0.0, 230.0, 0.0)
    assert pd.isna(bo["load"])


def test_run_and_change_of_hours_and_items_at_every_level():
    table = laid_out("run_change", run_change(view()))
    counts = ["run_items", "change_items", "undecided_items"]
    assert rows(table, "organisation", counts) == {"": [3, 2, 0]}
    assert rows(table, "department", counts) == {"Finance": [3, 1, 0], "IT": [0, 2, 0]}
    shares = rows(table, "person", ["run_share", "run_items_share", "unknown_effort"])
    assert shares["Bo"] == pytest.approx([200 / 230, 0.5, 0])
    assert shares["Cy"] == pytest.approx([float("nan"), 1.0, 1], nan_ok=True)
    assert shares["Ana"] == [0.0, 0.0, 0]
    assert rows(table, "organisation", ["run_share", "run_items_share"])[""] == pytest.approx([205 / 285, 0.6])
    assert list(rows(table, "person", counts)) == ["Ana", "Bo", "Cy", ""]


def test_a_target_band_says_on_which_side_of_it_a_share_lies():
    table = run_change(view(run_share_least=0.6, run_share_most=0.8))
    assert rows(table, "organisation", ["target"]) == {"": ["within"]}
    assert rows(table, "department", ["target"]) == {"Finance": ["above"], "IT": ["below"]}
    assert rows(table, "person", ["target"])["Cy"] == [""]
    assert set(run_change(view())["target"]) == {""}


def test_a_departments_levels_are_its_peoples_hours_wherever_they_work():
    own = rows(run_change(view(scope="Finance")), "organisation", ["run_hours", "change_hours", "run_items"])
    assert own == {"": [205.0, 30.0, 3]}


def test_hours_and_capacity_of_a_person_stand_in_one_place_whatever_the_people_sheet_leaves_blank():
    items = [
        {"id": "O1", "responsible": "Ana", "department": "Works", "team": "North", "executive": "Eva", **MONTHLY},
        {"id": "O2", "responsible": "Ana", "department": "Law", "team": "Desk", "executive": "Max", **MONTHLY},
        {"id": "O3", "responsible": "Ana", "department": "Law", "team": "Desk", "executive": "Max", **MONTHLY},
    ]
    looked = view([item | {"effort": 10.0} for item in items], [{"name": "Ana", "department": "Works"}])
    sums = ["hours", "capacity_hours"]
    for level, name in (("reports to", "Eva"), ("department", "Works"), ("team", "North")):
        assert rows(roll_up(looked), level, sums) == {name: [30.0, 165.0]}, level
