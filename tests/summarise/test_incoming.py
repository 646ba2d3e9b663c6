"""What others hand over to a department: to its operations, its people, its own teams and itself; worked by hand."""

from __future__ import annotations

import pandas as pd

from pipeline.model import Period
from pipeline.settings import SummariseSettings
from pipeline.summarise import summarise
from tests.summarise.conftest import make_portfolio

T = pd.Timestamp
PEOPLE = [
    {"name": "Ana", "department": "IT", "team": "Desk"},
    {"name": "Bo", "department": "Works", "team": "Depot"},
    {"name": "Cy", "department": "Works", "team": "Shared"},
    {"name": "Di", "department": "IT", "team": "Shared"},
]
ITEMS = [
    {"id": "O1", "title": "Run the depot", "kind": "operation", "department": "Works", "owner": "Bo"},
    *(
        {"id": id, "title": id, "department": home, "finish": T(finish), **said}
        for id, home, finish, said in (
            ("P1", "IT", "2026-11-30", {"successor": "Run the depot", "runbook_ready": "Yes"}),
            ("P2", "IT", "2026-11-20", {"handover_to": "Bo"}),
            ("P3", "IT", "2026-12-01", {"handover_to": " depot"}),
            ("P4", "IT", "2026-12-02", {"handover_to": "WORKS"}),
            ("P5", "IT", "2026-12-03", {"handover_to": "Shared"}),
            ("P6", "IT", "2027-06-30", {"handover_to": "Bo"}),
            ("P7", "Works", "2026-11-30", {"handover_to": "Bo"}),
            ("P8", "IT", "2026-11-30", {}),
        )
    ),
]


def test_a_department_is_told_what_others_hand_over_to_it():
    every = summarise(
        make_portfolio(ITEMS, PEOPLE), SummariseSettings(), Period(2026, 10), audiences=("department",)
    )  # fmt: skip
    found = {one.scope: one.tables["incoming"] for one in every if one.audience != "executive"}
    assert found["Works"]["id"].tolist() == ["P2", "P1", "P3", "P4"]
    assert found["Works"].set_index("id").loc["P1", ["in_register", "met", "applicable"]].tolist() == [True, 1, 8]
    assert found["IT"].empty
    assert found[""].empty
