"""A department of any size with a neighbour, added up from made-up rows, without reading a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from pipeline.model import Period, Summary
from pipeline.settings import SummariseSettings
from pipeline.summarise import summarise
from pipeline.summarise.tables import TABLES
from tests.summarise.conftest import make_portfolio

Rows = list[dict[str, Any]]
T = pd.Timestamp
PERIOD = Period(2026, 10)
OTHER = "Legal Affairs"
_MONTHLY = {"cadence": "monthly", "effort_unit": "hours", "effort_per": "occurrence"}
_NAMES = ("Ana Petrov", "Bo Lindqvist", "Cy Okafor", "Di Marsh", "Eve Osei", "Fay Tran", "Gil Haddad", "Hal Brandt")


def make_department(items: int = 40, people: int = 12, name: str = "Works", **settings: object) -> Summary:
    """The summary of a department of so many items and people, every third item a project, beside a smaller one."""
    staff = [f"{_NAMES[at % 8]}{f' {at // 8}' * (at >= 8)}" for at in range(people)]
    rows = [_item(at, staff, name) for at in range(items)]
    rows += [
        {"id": f"L{at}", "title": f"Case {at}", "kind": "operation", "department": OTHER, "responsible": "Zoe Quill"}
        | {"effort": 7.0 + at, **_MONTHLY}
        for at in range(5)
    ]
    rows.append(
        {
            "id": "L9",
            "title": "Depot contract",
            "department": OTHER,
            "accountable": "Zoe Quill",
            "start": T("2026-08-03"),
        }
        | {"finish": T("2026-11-20"), "successor": "W001", "responsible": "Zoe Quill"}
    )
    sheet = [{"name": one, "department": name, "team": f"Team {at % 3}"} for at, one in enumerate(staff)]
    sheet += [{"name": "Zoe Quill", "department": OTHER, "team": "Desk"}]
    if people > 1:
        sheet[1] |= {"leave": "2026-10-05/2026-10-09"}
    portfolio = make_portfolio(rows, sheet)
    made = summarise(portfolio, SummariseSettings(**settings), PERIOD, audiences=("department",))  # type: ignore[arg-type]
    return next(one for one in made if one.scope == name)


def _item(at: int, staff: list[str], name: str) -> dict[str, Any]:
    who, next_one = staff[at % len(staff)], staff[(at + 1) % len(staff)]
    row = {"id": f"W{at:03d}", "department": name, "accountable": next_one, "responsible": who}
    if at % 3:
        cadence = {**_MONTHLY, "effort": 20.0 + 4 * (at % 9), "service_level": "99.5 %" if at % 2 else ""}
        deputy = {"deputy": staff[(at + 2) % len(staff)]} if at % 5 == 1 else {}
        return row | {"title": f"Pump station round {at}", "kind": "operation", **cadence, **deputy}
    dates = {"start": T("2026-07-06"), "finish": T("2026-09-25") + pd.Timedelta(days=17 * (at % 17))}
    plan = {"baseline_finish": dates["finish"] - pd.Timedelta(days=at % 4 * 14), "progress": 0.1 * (at % 10)}
    named = {"accountable": f"{next_one}; {who}"} if at == 3 else {}
    ready = {"handover_to": who, "runbook_ready": ("Yes", "No", "n/a", "")[at % 4]} if at % 2 else {}
    status = {"status": "In progress", "phase": ("Plan", "Build", "Test")[at % 3], "milestone": f"Gate {at % 5}"}
    effort = {"effort": 60.0, "effort_unit": "hours"}
    return row | {"title": f"Renewal of main {at}"} | dates | plan | effort | status | named | ready


def with_rows(summary: Summary, **tables: Rows) -> Summary:
    """The summary with these rows in place of those of some tables."""
    made = {name: _frame(name, rows) for name, rows in tables.items()}
    return replace(summary, tables={**{name: summary.tables[name] for name in summary.tables}, **made})


def _frame(name: str, rows: Rows) -> pd.DataFrame:
    """A table's declared columns, blank where a row says nothing."""
    table = next(one for one in TABLES if one.id == name)
    columns = {
        one.id: pd.Series([row.get(one.id, _BLANK.get(one.kind, "")) for row in rows], dtype=_TYPES.get(one.kind))
        for one in table.columns
    }
    return pd.DataFrame(columns)


_BLANK: Mapping[str, object] = {
    "hours": None, "share": None, "count": 0, "flag": False, "date": None, "month": None, "item": -1,
}  # fmt: skip
_TYPES: Mapping[str, Any] = {
    "hours": "float64", "share": "float64", "flag": "bool", "date": "datetime64[s]", "month": "datetime64[s]",
}  # fmt: skip
