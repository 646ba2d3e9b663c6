"""Run and change month after month: what earlier months said beside this one, and where the rules changed."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from pipeline.model import Period, RuleSet
from pipeline.settings import SummariseSettings
from pipeline.summarise.layout import laid_out
from pipeline.summarise.levels import run_change
from pipeline.summarise.scope import View, departments, organisation
from pipeline.summarise.trend import trend
from pipeline.summarise.work import gather
from tests.summarise.conftest import make_portfolio
from tests.summarise.test_levels import ITEMS, PEOPLE

TEXT = "string[pyarrow]"


def past(*rows: tuple[str, str, str, str, float, float, str]) -> pd.DataFrame:
    """Levels of earlier months: month, level, name, department, run and change hours, rule set."""
    frame = pd.DataFrame(
        rows, columns=["month", "level", "name", "department", "run_hours", "change_hours", "rule_set"]
    )
    frame["month"] = pd.to_datetime(frame["month"]).astype("datetime64[s]")
    frame = frame.assign(undecided_hours=0.0, hours=frame["run_hours"] + frame["change_hours"])
    frame = frame.assign(run_items=1, change_items=3, undecided_items=0, unknown_effort=0)
    return frame.astype(dict.fromkeys(["level", "name", "department", "rule_set"], TEXT))


PAST = past(
    ("2026-07-01", "organisation", "", "", 60.0, 40.0, "old"),
    ("2026-08-01", "organisation", "", "", 70.0, 30.0, "new"),
    ("2026-08-01", "department", "finance", "", 70.0, 30.0, "new"),
    ("2026-08-01", "team", "Blue", "IT", 0.0, 10.0, "new"),
    ("2026-08-01", "person", "Bo", "", 70.0, 0.0, "new"),
    ("2026-08-01", "person", "Ana", "", 0.0, 30.0, "new"),
)


def view(scope: str = "", before: pd.DataFrame | None = PAST, **settings: object) -> View:
    portfolio = replace(make_portfolio(ITEMS, PEOPLE), rule_set=RuleSet("2", "new"))
    work = gather(portfolio, SummariseSettings(**settings), Period(2026, 10), past=before)
    return next(one for one in departments(work) if one.scope == scope) if scope else organisation(work)


def trend_of(one: View) -> pd.DataFrame:
    return laid_out("trend", trend(one, {"run_change": run_change(one)}))


def test_earlier_months_stand_before_this_one_and_a_missing_month_is_missing():
    table = trend_of(view(run_share_most=0.7))
    whole = table[table["level"] == "organisation"]
    assert [f"{month:%Y-%m}" for month in whole["month"]] == ["2026-07", "2026-08", "2026-10"]
    assert whole["run_share"].to_list() == pytest.approx([0.6, 0.7, 205 / 285])
    assert whole["run_items_share"].to_list() == pytest.approx([0.25, 0.25, 0.6])
    assert whole["target"].to_list() == ["within", "within", "above"]
    assert whole["rules_changed"].to_list() == [False, True, False]
    bo = table[(table["level"] == "person") & (table["name"] == "Bo")]
    assert bo["run_hours"].to_list() == [70.0, 200.0]


def test_a_first_month_has_itself_alone():
    for none in (None, PAST.head(0)):
        table = trend_of(view(before=none))
        assert set(table["month"]) == {pd.Timestamp("2026-10-01")}
        assert not table["rules_changed"].any()


def test_a_department_sees_itself_its_teams_and_its_people():
    table = trend_of(view("Finance"))
    own = table[table["level"] == "department"]
    assert own["name"].to_list() == ["Finance", "Finance"], "as it is spelt now"
    assert own["hours"].to_list() == [100.0, 235.0]
    assert set(table.loc[table["level"] == "person", "name"]) == {"Bo", "Cy"}
    assert "Blue" not in set(table["name"])
