"""What moved since the last published period: every change is found, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import pytest

from pipeline.deliver.snapshot import snapshot_of
from pipeline.model import Period, RuleSet, Summary
from pipeline.settings import SummariseSettings
from pipeline.snapshots import Snapshot
from pipeline.summarise import summarise
from tests.summarise.conftest import make_portfolio

T = pd.Timestamp
BASE: Mapping[str, object] = {
    "title": "Depot", "department": "Works", "team": "Blue", "accountable": "Ana", "status": "Active",
    "start": T("2026-01-05"), "finish": T("2027-03-31"),
}  # fmt: skip
Rows = list[dict[str, object]]


def month(period: Period, rows: Rows, previous: Snapshot | None = None, rules: str = "one", scope: str = "") -> Summary:
    portfolio = make_portfolio([{**BASE, **row} for row in rows], [{"name": "Ana", "aliases": "A. Silva"}])
    items = portfolio.register.items.assign(key=portfolio.register.items["id"])
    portfolio = replace(portfolio, register=replace(portfolio.register, items=items), rule_set=RuleSet("1", rules))
    settings = SummariseSettings()
    found = summarise(portfolio, settings, period, audiences=("department",) if scope else (), previous=previous)
    return next(one for one in found if one.scope == scope)


def changes(before: Rows, now: Rows, rules: str = "one", scope: str = "") -> list[tuple[str, str, str, str, str]]:
    september = snapshot_of(month(Period(2026, 9), before), ())
    table = month(Period(2026, 10), now, september, rules, scope).tables["changes"]
    columns = ["id", "change", "before", "now", "why"]
    return list(table[columns].itertuples(index=False, name=None))


def test_a_first_period_has_no_changes():
    assert month(Period(2026, 10), [{"id": "A"}]).tables["changes"].empty


def test_the_same_register_again_has_no_changes():
    assert changes([{"id": "A"}, {"id": "B", "finish": None}], [{"id": "A"}, {"id": "B", "finish": None}]) == []


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        ({}, {"status": "Closed"}, ("A", "Closed", "Active", "Closed", "")),
        ({"status": "Closed"}, {}, ("A", "Reopened", "Closed", "Active", "")),
        ({}, {"team": "Green"}, ("A", "Moved", "Works, Blue", "Works, Green", "")),
        ({}, {"finish": T("2027-04-30")}, ("A", "Slipped", "2027-03-31", "2027-04-30", "")),
        ({}, {"finish": T("2027-03-01")}, ("A", "Pulled in", "2027-03-31", "2027-03-01", "")),
        ({}, {"accountable": "Bo"}, ("A", "Re-owned", "Ana", "Bo", "")),
        ({}, {"accountable": ""}, ("A", "Re-owned", "Ana", "Nobody", "")),
        (
            {},
            {"kind": "operation", "cadence": "monthly"},
            ("A", "Reclassified", "project", "operation", "The data changed"),
        ),
    ],
)
def test_each_change_says_what_was_and_what_is(then, now, expected):
    assert changes([{"id": "A", **then}], [{"id": "A", **now}]) == [expected]


def test_new_and_gone_items_are_told_and_closed_ones_are_not_missed():
    found = changes([{"id": "A"}, {"id": "B"}, {"id": "C", "status": "Closed"}], [{"id": "A"}, {"id": "D"}])
    assert found == [("D", "New", "", "In the register", ""), ("B", "Gone", "Active", "In no register", "")]


def test_an_end_set_for_the_first_time_is_no_slip():
    assert changes([{"id": "A", "finish": None}], [{"id": "A"}]) == []


def test_a_person_in_another_spelling_of_the_people_sheet_is_the_same():
    assert changes([{"id": "A", "accountable": "A. Silva"}], [{"id": "A"}]) == []


def test_a_new_rule_set_is_told_from_new_data():
    same = changes([{"id": "A"}], [{"id": "A", "kind": "operation"}], rules="two")
    both = changes([{"id": "A"}], [{"id": "A", "kind": "operation", "cadence": "weekly"}], rules="two")
    assert [why for *_, why in same + both] == ["The rule set changed", "The data and the rule set changed"]


def test_the_days_of_a_slip_are_counted():
    september = snapshot_of(month(Period(2026, 9), [{"id": "A"}]), ())
    table = month(Period(2026, 10), [{"id": "A", "finish": T("2027-04-02")}], september).tables["changes"]
    assert table["days"].tolist() == [2]


def test_a_department_sees_its_own_changes():
    before: Rows = [{"id": "A"}, {"id": "B", "department": "Legal"}]
    assert changes(before, [{"id": "C", "department": "Legal"}], scope="Legal") == [
        ("C", "New", "", "In the register", ""),
        ("B", "Gone", "Active", "In no register", ""),
    ]


def test_a_department_is_told_what_left_it_and_where_to():
    before: Rows = [{"id": "A"}, {"id": "B"}]
    now: Rows = [{"id": "A", "department": "Legal", "finish": T("2027-06-30")}, {"id": "B"}]
    assert changes(before, now, scope="Works") == [("A", "Moved", "Works, Blue", "Legal, Blue", "")]
    assert ("A", "Moved", "Works, Blue", "Legal, Blue", "") in changes(before, now, scope="Legal")
    assert len(changes(before, now)) == 2, "the organisation sees it once"
