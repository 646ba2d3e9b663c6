"""An organisation of any size, added up from made-up rows, without reading a file."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pipeline.model import Period, Summary
from pipeline.settings import SummariseSettings
from pipeline.summarise import summarise
from tests.summarise.conftest import make_portfolio

T = pd.Timestamp
PERIOD = Period(2026, 10)
MONTHLY = {"kind": "operation", "cadence": "monthly", "effort_unit": "hours", "effort_per": "occurrence"}
PROJECT = {"kind": "project", "effort_unit": "hours", "effort": 120.0, "start": T("2026-08-03")}


def summary_of(rows: list[dict[str, Any]], people: list[dict[str, Any]] | None = None, scope: str = "") -> Summary:
    """The summary of these rows in October 2026."""
    audiences = ("department",) if scope else ()
    made = summarise(make_portfolio(rows, people or []), SummariseSettings(), PERIOD, audiences=audiences)
    return next(one for one in made if one.scope == scope)


def make_organisation(items: int = 60, people: int = 12, departments: int = 4) -> Summary:
    """So many items, every third a project, in so many departments of so many people, the last without a role."""
    staff = [f"Person {at:03d}" for at in range(people)]
    homes = [f"Department {at % departments}" for at in range(people)]
    sheet = [{"name": one, "department": home, "team": f"Team {home}"} for one, home in zip(staff, homes, strict=True)]
    return summary_of([_item(at, staff, departments) for at in range(items)], sheet)


def _item(at: int, staff: list[str], departments: int) -> dict[str, Any]:
    who = staff[at % len(staff)] if staff else ""
    named = {"accountable": who if at % 4 else "", "responsible": who, "department": f"Department {at % departments}"}
    row = {"id": f"R{at:04d}", **named}
    if at % 3:
        ends = {"finish": T("2026-11-15"), "budget": 1000.0 + at} if at % 10 == 1 else {}
        return {**row, **MONTHLY, "title": f"Service {at}", "effort": 10.0 + 30 * (at % 5), **ends}
    finish = T("2026-09-20") + pd.Timedelta(days=11 * (at % 19))
    taken = {"handover_to": "Service desk", "successor": "R0001", "runbook_ready": "Yes"} if at % 2 else {}
    return {**row, **PROJECT, "title": f"Renewal {at}", "finish": finish, **taken}
