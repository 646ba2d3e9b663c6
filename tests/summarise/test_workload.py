"""Hours of items in months, worked out by hand. October 2026 has 22 working days, September 22, November 21."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from pipeline.model import Period, Summary
from pipeline.settings import SummariseSettings
from pipeline.summarise.loads import months
from pipeline.summarise.scope import organisation
from pipeline.summarise.work import gather
from tests.summarise.conftest import Rows, make_portfolio

Summarise = Callable[..., Summary]
T = pd.Timestamp


def effort(amount: float, unit: str = "hours", per: str = "total", **more: object) -> dict[str, object]:
    return {"id": "A", "title": "A", "owner": "Ana", "effort": amount, "effort_unit": unit, "effort_per": per} | more


def dated(start: str, finish: str) -> dict[str, object]:
    return {"start": T(start), "finish": T(finish)}


def hours(summary: Summary) -> dict[str, float]:
    """Hours by month of a summary, those without left out."""
    return by_month(summary.tables["months"])


def by_month(table: pd.DataFrame) -> dict[str, float]:
    return {
        f"{at:%Y-%m}": round(value, 3) for at, value in zip(table["month"], table["hours"], strict=True) if value > 0
    }


def monthly(items: Rows, **settings: object) -> dict[str, float]:
    """Hours by month straight from the work, without the rest of a summary."""
    work = gather(make_portfolio(items), SummariseSettings(**settings), Period(2026, 10))
    return by_month(months(organisation(work)))


def test_a_projects_effort_is_spread_over_its_working_days():
    assert monthly([effort(650.0, **dated("2026-09-01", "2026-11-30"))]) == {
        "2026-09": 220.0,
        "2026-10": 220.0,
        "2026-11": 210.0,
    }


@pytest.mark.parametrize(
    ("unit", "in_hours"), [("hours", 1.0), ("days", 7.5), ("weeks", 37.5), ("months", 162.5), ("", 1.0)]
)
def test_units_of_a_total(unit: str, in_hours: float):
    assert monthly([effort(2.0, unit, **dated("2026-10-01", "2026-10-31"))]) == {"2026-10": 2 * in_hours}


def test_items_spread_a_few_at_a_time_come_to_the_same(monkeypatch: pytest.MonkeyPatch):
    items = [
        {**effort(hours, **dated("2026-09-01", "2026-11-30")), "id": f"{hours:g}", "owner": owner}
        for hours, owner in ((650.0, "Ana"), (65.0, ""), (130.0, "Bo; Ana"), (1.0, "Bo"), (0.0, "Bo"))
    ]
    work = [gather(make_portfolio(items), SummariseSettings(), Period(2026, 10))]
    monkeypatch.setattr("pipeline.summarise.workload._AT_ONCE", 2)
    work.append(gather(make_portfolio(items), SummariseSettings(), Period(2026, 10)))
    pd.testing.assert_frame_equal(work[0].allocations, work[1].allocations, check_exact=True)
    assert len(work[0].allocations) == 15


def test_work_on_a_weekend_falls_on_its_days():
    assert monthly([effort(16.0, **dated("2026-10-31", "2026-11-01"))]) == {"2026-10": 8.0, "2026-11": 8.0}


@pytest.mark.parametrize(
    ("cadence", "october"),
    [("daily", 22.0), ("weekly", 4.4), ("fortnightly", 2.2), ("monthly", 1.0), ("quarterly", 0.333), ("yearly", 0.083)],
)
def test_an_operation_comes_round_with_its_cadence(cadence: str, october: float):
    item = effort(1.0, kind="operation", cadence=cadence)
    assert monthly([item], months_before=0, months_after=0) == {"2026-10": october}


@pytest.mark.parametrize(
    ("unit", "per", "october"),
    [
        ("hours", "day", 22.0), ("hours", "week", 4.4), ("hours", "month", 1.0), ("hours", "quarter", 0.333),
        ("days", "month", 7.5), ("hours", "year", 0.083), ("fte", "", 165.0), ("share", "", 165.0),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["project", "operation", "undecided"])
def test_effort_over_a_period_is_a_rate_whatever_the_kind(
    summary: Summarise, kind: str, unit: str, per: str, october: float
):
    assert monthly([effort(1.0, unit, per, kind=kind)], months_before=0, months_after=0) == {"2026-10": october}


def test_a_rate_holds_only_between_start_and_finish():
    assert monthly([effort(22.0, per="month", **dated("2026-10-15", "2026-11-30"))]) == {
        "2026-10": 12.0,
        "2026-11": 22.0,
    }


def test_a_share_is_of_each_named_persons_capacity(summary: Summarise):
    people = [{"name": "Ana", "weekly_hours": 20.0}, {"name": "Bo", "weekly_hours": 30.0}]
    found = summary([effort(0.5, "share", "", owner="Ana; Bo")], people, months_before=0, months_after=0)
    assert dict(zip(found.tables["people"]["person"], found.tables["people"]["hours"], strict=True)) == pytest.approx(
        {"Ana": 44.0, "Bo": 66.0}
    )


def test_a_person_on_two_rows_that_follow_each_other_has_the_hours_of_both(summary: Summarise):
    rows = [
        {"name": "Ana", "weekly_hours": 20.0, "finish": T("2026-10-15")},
        {"name": "Ana", "weekly_hours": 40.0, "start": T("2026-10-16")},
        {"name": "Ana", "weekly_hours": 99.0},
    ]
    found = summary([effort(1.0, kind="operation", cadence="monthly")], rows, months_before=1, months_after=1)
    table = found.tables["months"]
    assert table["capacity_hours"].tolist() == [88.0, 11 * 4.0 + 11 * 8.0, 168.0]
    assert found.tables["people"]["person"].tolist() == ["Ana"]
    assert not found.tables["faults"]["fault"].str.contains("has left").any()


def test_a_total_with_dates_spreads_for_an_undecided_item_and_recurs_for_an_operation():
    item = effort(44.0, cadence="monthly", **dated("2026-10-01", "2026-11-30"))
    assert monthly([item | {"kind": "undecided"}]) == {"2026-10": 22.512, "2026-11": 21.488}
    assert monthly([item | {"kind": "operation"}]) == {"2026-10": 44.0, "2026-11": 44.0}


def test_an_overdue_project_carries_the_rest_in_the_period():
    item = effort(100.0, progress=0.6, **dated("2026-08-01", "2026-08-31"))
    assert monthly([item]) == {"2026-08": 60.0, "2026-10": 40.0}


def test_an_overdue_project_of_unknown_progress_is_unknown(summary: Summarise):
    found = summary([effort(100.0, **dated("2026-08-01", "2026-08-31"))])
    assert hours(found) == {"2026-08": 100.0}
    assert found.figures["unknown_effort"].value == 1
    assert np.isnan(found.tables["projects"]["month_hours"][0])


@pytest.mark.parametrize("start", ["2026-09-01", "2026-10-01"])
@pytest.mark.parametrize("kind", ["project", "operation", "mixed", "undecided"])
def test_work_past_its_finish_within_the_period_loses_no_hours(kind: str, start: str):
    found = monthly([effort(100.0, progress=0.5, kind=kind, **dated(start, "2026-10-09"))])
    assert found == ({"2026-09": 50.0, "2026-10": 50.0} if start < "2026-10" else {"2026-10": 100.0})


def test_an_operation_past_its_finish_goes_on_at_its_rate(summary: Summarise):
    upkeep = effort(10.0, kind="operation", cadence="monthly", **dated("2026-08-01", "2026-08-31"))
    total = effort(120.0, kind="operation", remaining_effort=60.0, remaining_effort_unit="hours")
    found = summary([upkeep, total | dated("2026-08-01", "2026-08-31")], months_before=2, months_after=1)
    assert hours(found) == {"2026-08": 70.0, "2026-09": 10.0, "2026-10": 70.0, "2026-11": 10.0}
    assert found.figures["unknown_effort"].value == 0
    assert any("2 operations past the finish: 70 h" in sentence for sentence in found.assumptions)


@pytest.mark.parametrize("kind", ["operation", "mixed", "undecided"])
def test_late_work_of_which_nothing_says_what_remains_is_unknown(summary: Summarise, kind: str):
    found = summary([effort(100.0, kind=kind, **dated("2026-08-01", "2026-08-31"))])
    assert found.figures["unknown_effort"].value == 1


def test_the_projects_past_their_finish_are_as_many_in_the_assumptions_as_in_the_figures(summary: Summarise):
    ends = ["2026-08-31", "2026-10-09", "2026-10-30", "2026-10-31"]
    found = summary([effort(10.0, progress=0.5, **dated("2026-08-01", end)) for end in ends])
    assert found.figures["overdue_projects"].value == 3
    assert any("3 projects past the finish" in sentence for sentence in found.assumptions)


def test_remaining_effort_is_spread_from_the_period_on():
    item = effort(100.0, remaining_effort=43.0, remaining_effort_unit="hours", **dated("2026-09-01", "2026-11-30"))
    assert monthly([item]) == {"2026-09": 57.0, "2026-10": 22.0, "2026-11": 21.0}


@pytest.mark.parametrize(
    "item",
    [
        {"title": "no effort"},
        effort(5.0, kind="project"),
        effort(5.0, start=T("2026-10-01")),
        effort(5.0, kind="operation"),
        effort(5.0, kind="operation", cadence="on demand"),
        effort(5.0, per="occurrence", kind="operation"),
        effort(5.0, **dated("2026-10-31", "2026-10-01")),
        effort(-5.0, **dated("2026-10-01", "2026-10-31")),
    ],
)
def test_what_cannot_be_placed_is_unknown_and_not_zero(summary: Summarise, item: dict[str, object]):
    found = summary([item])
    assert found.figures["unknown_effort"].items == (0,)
    assert np.isnan(found.tables["register"]["month_hours"][0])
    assert [one.code for one in found.findings if one.code == "S02"] == ["S02"]


@pytest.mark.parametrize("status", ["Closed", "Cancelled", "On hold"])
def test_inactive_items_carry_nothing(summary: Summarise, status: str):
    found = summary([effort(10.0, status=status, **dated("2026-10-01", "2026-10-31"))])
    assert hours(found) == {}
    assert found.figures["unknown_effort"].value == 0


@pytest.mark.parametrize("parent", ["P", " p ", "the programme"])
def test_a_programme_is_not_counted_beside_its_children(summary: Summarise, parent: str):
    whole, part = dated("2026-10-01", "2026-10-31"), effort(10.0, parent=parent, **dated("2026-10-01", "2026-10-31"))
    found = summary([effort(99.0, **whole) | {"id": "P", "title": "The programme"}, part])
    assert hours(found) == {"2026-10": 10.0}
    assert any("only the children" in sentence for sentence in found.assumptions)


def test_a_programme_whose_children_are_over_carries_its_own_effort():
    october = dated("2026-10-01", "2026-10-31")
    programme = effort(220.0, **october) | {"id": "P", "title": "Programme"}
    over = effort(40.0, status="Closed", parent="P", **october) | {"id": "C", "title": "Part"}
    assert monthly([programme, over]) == {"2026-10": 220.0}
    below = effort(30.0, parent="C", **october) | {"id": "G", "title": "Part of the part"}
    assert monthly([programme, over, below]) == {"2026-10": 30.0}


def test_items_that_name_themselves_or_each_other_keep_their_hours():
    october = dated("2026-10-01", "2026-10-31")
    items = [{"id": "A", "parent": "A"}, {"id": "B", "parent": "C"}, {"id": "C", "parent": "B"}]
    assert monthly([effort(10.0, **october) | item for item in items]) == {"2026-10": 30.0}


def test_shared_work_is_split_among_the_responsible_then_the_accountable_then_nobody(summary: Summarise):
    month = {"kind": "operation", "cadence": "monthly"}
    found = summary(
        [
            effort(10.0, **month) | {"owner": "", "accountable": "Cy", "responsible": "Ana; Bo"},
            effort(4.0, **month) | {"owner": "", "accountable": "Cy"},
            effort(3.0, **month) | {"owner": ""},
        ]
    )
    people = found.tables["people"]
    assert dict(zip(people["person"], people["hours"], strict=True)) == {"Ana": 5.0, "Bo": 5.0, "Cy": 4.0, "": 3.0}
    assert people["load"].isna().tolist() == [False, False, False, True]
