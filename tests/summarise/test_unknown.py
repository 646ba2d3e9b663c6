"""Unknown is not zero: where no effort is known, no load is claimed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from pipeline.model import Summary

Summarise = Callable[..., Summary]
SILENT = [
    {"title": "Upgrade", "department": "IT", "team": "Blue", "owner": "Ana", "finish": pd.Timestamp("2027-01-29")},
    {"title": "Payroll", "kind": "operation", "department": "Finance", "team": "Pay", "owner": "Bo"},
]
KNOWN = {
    "title": "Audit", "kind": "operation", "department": "Finance", "team": "Pay", "owner": "Bo", "effort": 33.0,
    "effort_unit": "hours", "effort_per": "month",
}  # fmt: skip
LOADS = ["months", "departments", "teams", "people", "workload"]


@pytest.mark.parametrize("scope", ["", "IT"])
@pytest.mark.parametrize("people", [[], [{"name": "Ana", "department": "IT"}, {"name": "Bo"}]], ids=["none", "sheet"])
def test_a_register_without_any_effort_claims_no_load(summary: Summarise, scope: str, people: list[dict[str, object]]):
    found = summary(SILENT, people, scope=scope)
    values = [found.figures[id].value for id in ("hours", "run_hours", "change_hours", "run_share", "load")]
    assert values == [None] * 5
    assert found.figures["capacity_hours"].value
    assert found.figures["run_hours"].of is None
    for name in LOADS:
        table = found.tables[name]
        assert len(table), name
        assert table[["hours", "run_hours", "change_hours", "undecided_hours", "load"]].isna().all(axis=None), name
    assert found.tables["people"][["over_hours", "free_hours"]].isna().all(axis=None)


def test_what_is_known_stays_and_only_silent_rows_are_unknown(summary: Summarise):
    found = summary([*SILENT, KNOWN], [{"name": "Ana"}, {"name": "Bo"}, {"name": "Eve"}])
    people = found.tables["people"].set_index("person")
    assert people.loc[["Bo", "Eve"], "hours"].tolist() == [33.0, 0.0]
    assert people.loc[["Bo", "Eve"], "load"].tolist() == pytest.approx([0.2, 0.0])
    assert np.isnan(people.loc["Ana", "load"])
    assert found.tables["departments"].set_index("department")["load"].isna().to_dict() == {
        "Finance": False, "IT": True, "": False,
    }  # fmt: skip
    assert found.figures["hours"].value == 33.0


def test_closed_items_of_unknown_effort_leave_zero_a_zero(summary: Summarise):
    found = summary([row | {"status": "Closed"} for row in SILENT], [{"name": "Ana"}])
    assert (found.figures["hours"].value, found.figures["load"].value) == (0.0, 0.0)
    assert found.tables["people"]["load"].tolist() == [0.0]
