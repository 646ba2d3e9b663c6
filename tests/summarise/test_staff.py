"""What is told of the People sheet: who is on it and in no item, and places whose holidays nobody knows."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from pipeline.model import Finding, Period
from pipeline.settings import SummariseSettings
from pipeline.summarise.scope import View, organisation
from pipeline.summarise.staff import named_nowhere, unknown_holidays
from pipeline.summarise.work import gather
from tests.summarise.conftest import Rows, make_portfolio

ITEMS = [
    {"id": "1", "title": "Pumps", "accountable": "Ana"},
    {"id": "2", "title": "Old", "accountable": "Cy", "status": "Closed"},
    {"id": "3", "title": "Audit", "accountable": "Ana", "informed": "Bo"},
]


def view(people: Rows) -> View:
    return organisation(gather(make_portfolio(ITEMS, people), SummariseSettings(), Period(2026, 10)))


def only(findings: Iterable[Finding]) -> Finding:
    (one,) = findings
    return one


def test_people_on_the_sheet_whom_no_active_item_names_are_told():
    gone = {"name": "Di", "finish": pd.Timestamp("2026-09-30")}
    told = only(named_nowhere(view([{"name": "Ana"}, {"name": "Bo"}, {"name": "Cy"}, {"name": "Eve"}, gone])))
    assert (told.file, told.sheet, told.cell, told.ranges) == ("register.xlsx", "People", "A4", "A4 A5")
    assert told.message.startswith("2 people are on the People sheet and named for no active work item: Cy, Eve.")


def test_a_place_without_known_holidays_is_told_at_its_first_person():
    told = only(unknown_holidays(view([{"name": "Ana", "country": "DE"}, {"name": "Bo", "country": "Atlantis"}])))
    assert (told.cell, told.read) == ("A3", "Atlantis")
    assert "those of the organisation are free" in told.message
