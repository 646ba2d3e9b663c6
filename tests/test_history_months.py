"""What the months before tell, through real workbooks: an end that was moved on, and work that got on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.flow import Run
from pipeline.model import Period
from pipeline.settings import Settings

NOVEMBER = """
ID|Title|Department|Owner|Start|Finish|Phase|% complete|Status
W-1|Site lighting|Works|Ana Roy|2024-01-08|2026-09-18|||Active
W-2|Weir Lane|Water|Bo Lee|2026-06-01|2026-12-11|Design|20%|Active
W-3|Meters|Water|Bo Lee|2024-01-08|2027-06-04|||Active
W-4|Depot|Works|Cy Fox|2026-03-02|2027-02-12|||Active
W-5|Ledger|Finance|Cy Fox|2026-03-02|2027-03-12|||Active
"""
SEPTEMBER = NOVEMBER.replace("Design|20%", "Build|35%")
OCTOBER = SEPTEMBER.replace("2026-09-18", "2027-09-18").replace("Build|35%", "Build|60%")
HISTORY = {"rolled-forward", "unchanged", "progressed", "phase-advanced"}


@pytest.fixture
def office(tmp_path: Path) -> Settings:
    (tmp_path / "input").mkdir()
    return Settings.model_validate(
        {
            "ingest": {"input": tmp_path / "input"},
            "classify": {"decisions": tmp_path / "decisions.csv"},
            "render": {"formats": ["html"], "packs": {"department": {"make": False}, "executive": {"make": False}}},
            "deliver": {"output": tmp_path / "output"},
        }
    )


def told(run: Run) -> dict[str, set[str]]:
    """ID -> criteria of history that speak on the item; items on which none does are left out."""
    evidence = run.portfolio.evidence[run.portfolio.evidence["criterion"].isin(HISTORY)]
    ids = run.register.items["id"].loc[evidence["item"]]
    found: dict[str, set[str]] = {}
    for id, criterion in zip(ids, evidence["criterion"], strict=True):
        found.setdefault(id, set()).add(criterion)
    return found


def test_three_months_tell_what_one_month_cannot(office: Settings, make_workbook: Callable[..., Path]) -> None:
    runs = []
    for period, table in (
        (Period(2025, 11), NOVEMBER),
        (Period(2026, 9), SEPTEMBER),
        (Period(2026, 10), OCTOBER),
    ):
        make_workbook("input/register.xlsx", Register=table)
        runs.append(Run(office, period))
        assert runs[-1].deliveries
    first, second, third = runs
    assert told(first) == {}
    assert told(second) == {"W-2": {"progressed", "phase-advanced"}}
    assert told(third) == {"W-1": {"rolled-forward"}, "W-2": {"progressed", "phase-advanced"}}
    now, before = (run.portfolio.verdicts["score"].iloc[0] for run in (third, first))
    assert now < before
    assert "moved on since an earlier month" in third.portfolio.verdicts["reasons"].iloc[0]


def test_a_row_that_stands_still_for_a_year_says_so(office: Settings, make_workbook: Callable[..., Path]) -> None:
    make_workbook("input/register.xlsx", Register=NOVEMBER)
    assert Run(office, Period(2025, 9)).deliveries
    make_workbook("input/register.xlsx", Register=SEPTEMBER.replace("2027-02-12", "2027-02-26"))
    now = told(Run(office, Period(2026, 10)))
    assert now["W-3"] == now["W-5"] == {"unchanged"}
    assert "W-4" not in now
