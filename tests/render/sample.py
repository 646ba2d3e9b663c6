"""Summaries made by hand, of any size: a plausible organisation, without the verbs that compute one."""

from __future__ import annotations

import random
from typing import Any

import pandas as pd

from pipeline.model import Figure, FileReading, Period, Portfolio, Register, RuleSet, SheetReading, Summary
from pipeline.summarise.tables import TABLES
from tests.factories import make_register

PERIOD = Period(2026, 10)
DEPARTMENTS = ("IT Services", "Student Services", "Estates and Facilities", "Finance and Procurement")
_FIRST = (
    "Daniel",
    "Amara",
    "Marta",
    "Lucy",
    "Priya",
    "Karim",
    "Tom",
    "Ian",
    "Ben",
    "Sofia",
    "Helen",
    "Ruth",
    "Jonas",
    "Owen",
)
_LAST = ("Osei", "Nwosu", "Lindqvist", "Tran", "Raman", "Haddad", "Weatherall", "Calloway", "Hallett", "Brandt")
_PROJECTS = ("Single sign-on renewal", "Student portal redesign", "Network refresh, north campus", "Second data centre",
             "Laboratory ventilation, block C", "Migrate staff mailboxes to the new tenant and keep both systems running",
             "Wellbeing app", "e-Invoicing for suppliers", "Budget planning tool", "Timetable integration")  # fmt: skip
_OPERATIONS = ("Data-centre operation", "Enrolment help desk", "Lift safety checks", "Supplier payments", "Backup service",
               "Special collections access", "Lighting maintenance", "Month-end close", "Directory service", "Telephony")  # fmt: skip
_DTYPES = {
    "hours": "float64",
    "share": "float64",
    "probability": "float64",
    "date": "datetime64[s]",
    "month": "datetime64[s]",
    "flag": "bool",
    "item": "int64",
}


def make_summary(
    items: int = 150, people: int = 40, scope: str = "", months: int = 9, seed: int = 1, **text: str
) -> Summary:
    """A summary of so many items and people; `text` overrides a column of text in every table, such as title='=1+1'."""
    draw = random.Random(seed)
    names = [
        f"{_FIRST[i % 14]} {_LAST[(i * 7 + i // 14) % 10]}" + (f" {i // 140}" if i >= 140 else "")
        for i in range(people)
    ]
    homes = {name: DEPARTMENTS[i % 4] if not scope else scope for i, name in enumerate(names)}
    rows = [_item(draw, item, names, scope) for item in range(items)]
    if text:
        rows = [row | {key: value for key, value in text.items() if key in row} for row in rows]
    workload = _workload(draw, names, homes, months)
    tables = {"register": rows, "workload": workload}
    tables |= _loads(workload, rows, names, homes) | _lists(rows, names, homes) | _paperwork(rows, text)
    frames = {table.id: _frame(table.id, tables.get(table.id, [])) for table in TABLES}
    return Summary(_portfolio(items, rows, text), PERIOD, scope, _figures(frames), frames, assumptions=(
        "A full-time week is 37.5 hours, as the settings say.",
        text.get("assumption", "Six people are not on the People sheet; a full-time capacity is assumed for each."),
    ))  # fmt: skip


def _item(draw: random.Random, item: int, names: list[str], scope: str) -> dict[str, Any]:
    project = item % 3 == 0
    certainty = draw.choices(["clear", "likely", "to review"], [70, 20, 10])[0]
    who = draw.choice(names) if names else ""
    words = _PROJECTS if project else _OPERATIONS
    finish = pd.Timestamp(2026, 8, 14) + pd.Timedelta(days=draw.randint(0, 400))
    return {
        "item": item, "id": f"R-{item + 1:03d}", "title": words[(item // 3) % 10] + (f" {item // 30}" if item > 29 else ""),
        "department": scope or DEPARTMENTS[item % 4], "team": f"Team {item % 6 + 1}", "executive": "Chief Operating Officer",
        "accountable": who if draw.random() > 0.08 else "", "responsible": who, "type": "Project" if project else "BAU",
        "kind": ("project" if project else "operation") if certainty != "to review" else draw.choice(["project", "operation", "undecided"]),
        "certainty": certainty, "probability": draw.uniform(0.7, 0.99) if project else draw.uniform(0.01, 0.3),
        "review": certainty == "to review", "decided_by": "evidence",
        "reasons": "Has a finish date ‘30 Jun 2027’ in F217. Title opens with a one-off verb ‘Migrate’.",
        "start": pd.Timestamp(2026, 3, 2) if project else None, "finish": finish if project and draw.random() > 0.1 else None,
        "cadence": "" if project else draw.choice(["daily", "weekly", "monthly", "yearly"]), "status": "active",
        "phase": draw.choice(["Plan", "Build", "Test"]) if project else "",
        "month_hours": None if draw.random() < 0.1 else round(draw.uniform(2, 90), 1),
        "file": "emu-work-register-2026-10.xlsx", "sheet": "Register", "row": item + 5,
    }  # fmt: skip


def _workload(draw: random.Random, names: list[str], homes: dict[str, str], months: int) -> list[dict[str, Any]]:
    rows = []
    for name in names:
        level = draw.uniform(0.4, 1.25)
        for at in range(months):
            capacity = 130.0 + 6 * (at % 3)
            run, change = capacity * level * 0.68, capacity * level * draw.uniform(0.2, 0.38)
            rows.append({
                "person": name, "team": f"Team {len(name) % 6 + 1}", "department": homes[name],
                "month": pd.Timestamp(2026, 8, 1) + pd.DateOffset(months=at), "forecast": at > 2, "run_hours": run, "change_hours": change,
                "undecided_hours": 3.0, "hours": run + change + 3.0, "capacity_hours": capacity, "load": (run + change + 3.0) / capacity,
            })  # fmt: skip
    return rows


_LOAD = ["run_hours", "change_hours", "undecided_hours", "hours", "capacity_hours"]


def _loads(
    workload: list[dict[str, Any]], rows: list[dict[str, Any]], names: list[str], homes: dict[str, str]
) -> dict[str, list[Any]]:
    if not workload:
        return {}
    frame = pd.DataFrame(workload)
    now = frame[frame["month"] == pd.Timestamp(2026, 10, 1)]
    register = pd.DataFrame(rows)
    by = {key: _summed(now, [key]) for key in ("department", "person")} | {"team": _summed(now, ["department", "team"])}
    for row in by["department"]:
        own = register[register["department"] == row["department"]]
        row |= {
            "people": sum(home == row["department"] for home in homes.values()),
            "unknown_effort": int(own["month_hours"].isna().sum()),
        }
        row |= {
            f"{kind}s" if kind != "undecided" else kind: int((own["kind"] == kind).sum())
            for kind in ("project", "operation", "undecided")
        }
    for row in by["person"]:
        row |= {"team": "Team 1", "department": homes[row["person"]], "executive": "", "unknown_effort": 0}
        row |= {
            "over_hours": max(0, row["hours"] - row["capacity_hours"]),
            "free_hours": max(0, row["capacity_hours"] - row["hours"]),
        }
    for row in by["team"]:
        row["people"] = 3
    return {
        "months": _summed(frame, ["month", "forecast"]),
        "departments": by["department"],
        "teams": by["team"],
        "people": by["person"],
    }


def _summed(frame: pd.DataFrame, keys: list[str]) -> list[dict[str, Any]]:
    sums = frame.groupby(keys, as_index=False)[_LOAD].sum()
    sums["load"] = sums["hours"] / sums["capacity_hours"]
    sums["run_share"] = sums["run_hours"] / (sums["run_hours"] + sums["change_hours"])
    return sums.to_dict("records")


def _lists(rows: list[dict[str, Any]], names: list[str], homes: dict[str, str]) -> dict[str, list[Any]]:
    end = pd.Timestamp(2026, 10, 31)
    projects = [row | {"days_late": max(0, (end - row["finish"]).days) if row["finish"] is not None else None, "progress": 0.4, "reason": row["reasons"]}
                for row in rows if row["kind"] == "project"]  # fmt: skip
    projects.sort(key=lambda row: -(row["days_late"] or 0))
    operations = [row | {"deputy": names[row["item"] % len(names)] if names and row["item"] % 4 else "", "reason": row["reasons"]}
                  for row in rows if row["kind"] == "operation"]  # fmt: skip
    operations.sort(key=lambda row: -(row["month_hours"] or 0))
    soon = [row for row in projects if row["finish"] is not None and row["finish"] < pd.Timestamp(2027, 1, 15)]
    handover = [row | {"handover_to": "Service desk" if at % 3 else "", "successor": "R-118 Research storage service" if at % 3 == 1 else "", "missing": ""}
                for at, row in enumerate(soon)]  # fmt: skip
    unowned = [row | {"missing": "accountable"} for row in rows if not row["accountable"]]
    responsibility = [
        {"person": name, "department": homes[name], "accountable_projects": at % 5, "accountable_operations": at % 7,
         "responsible_projects": 1, "responsible_operations": 2, "items": 12 - at % 12}
        for at, name in enumerate(names)
    ]  # fmt: skip
    review = [
        row | {"reasons_for": "End date ‘31 Jul 2027’", "reasons_against": "Repeats on a cycle ‘monthly’"}
        for row in rows
        if row["review"]
    ]
    decisions = [
        {
            "decision": f"Name accepting owners for {row['title']} ({row['id']}), which ends soon",
            "who": row["accountable"],
            "by": pd.Timestamp(2026, 11, 10 + at),
            "weight": 40.0,
        }
        for at, row in enumerate(soon[:7])
    ]
    return {
        "projects": projects,
        "operations": operations,
        "handover": handover,
        "unowned": unowned,
        "responsibility": responsibility,
        "review": review,
        "decisions": decisions,
    }


def _paperwork(rows: list[dict[str, Any]], text: dict[str, str]) -> dict[str, list[Any]]:
    file = "emu-work-register-2026-10.xlsx"
    codes = (
        ("R20", "error"),
        ("R30", "warning"),
        ("R50", "warning"),
        ("R31", "note"),
        ("S02", "note"),
        ("C01", "warning"),
        ("R51", "warning"),
    )
    findings = [
        {"code": code, "level": level, "file": file, "sheet": "Register", "cell": f"F{row['row']}", "read": text.get("read", "TBC"),
         "message": f"'{text.get('read', 'TBC')}' is not a date. Finish is left empty. Write a date, or leave the cell blank."}
        for row in rows[: max(1, len(rows) // 5)] for code, level in (codes[row["item"] % 7],)
    ]  # fmt: skip
    sources = [{"file": file, "sheet": "Register", "status": "read", "header_row": 4, "rows_in": len(rows) + 2, "rows_used": len(rows), "rows_refused": 2, "reason": ""},
               {"file": "old register.xls", "sheet": "", "status": "refused", "header_row": None, "rows_in": None, "rows_used": None, "rows_refused": None, "reason": "It is protected by a password."}]  # fmt: skip
    return {"findings": findings, "sources": sources if rows else []}


def _frame(table_id: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    table = next(table for table in TABLES if table.id == table_id)
    columns = {}
    for column in table.columns:
        dtype = _DTYPES.get(
            column.kind,
            "float64"
            if column.kind == "count" and table_id in ("projects", "sources")
            else "int64"
            if column.kind == "count"
            else "string[pyarrow]",
        )
        blank: Any = "" if dtype == "string[pyarrow]" else None
        columns[column.id] = pd.Series([row.get(column.id, blank) for row in rows], dtype=dtype)
    return pd.DataFrame(columns)


def _figures(frames: dict[str, pd.DataFrame]) -> dict[str, Figure]:
    months, people = frames["months"], frames["people"]
    now = months[months["month"] == pd.Timestamp(2026, 10, 1)]
    load = float(now["load"].iloc[0]) if len(now) else None
    run = float((now["run_hours"] / (now["run_hours"] + now["change_hours"])).iloc[0]) if len(now) else None
    over = int((people["load"] > 1).sum())
    total = len(frames["register"])
    late = int((frames["projects"]["days_late"] > 0).sum())
    review, unknown = len(frames["review"]), int(frames["register"]["month_hours"].isna().sum())
    made = (
        Figure("active_projects", "Active projects", len(frames["projects"])), Figure("operations", "Active operations", len(frames["operations"])),
        Figure("run_share", "Run, share of hours", run, "share"), Figure("load", "Load of capacity", load, "share", adverse=True),
        Figure("people_over", "People over capacity", over, of=len(people), adverse=True), Figure("overdue_projects", "Projects past their finish", late, of=len(frames["projects"]), adverse=True),
        Figure("review_rows", "Verdicts to review", review, of=total, adverse=True), Figure("unknown_effort", "Effort unknown", unknown, of=total, adverse=True),
        Figure("cells_filled", "Wanted cells filled", 0.91 if total else None, "share", of=450),
    )  # fmt: skip
    return {figure.id: figure for figure in made}


def _portfolio(items: int, rows: list[dict[str, Any]], text: dict[str, str]) -> Portfolio:
    register = make_register([{"title": row["title"], "id": row["id"]} for row in rows])
    sheet = SheetReading("Register", 4, items + 2, items, 2, {}, {})
    reading = FileReading(
        "emu-work-register-2026-10.xlsx", text.get("file", "emu-work-register-2026-10.xlsx"), "read", sheets=(sheet,)
    )
    register = Register(register.items, register.cells, register.people, register.roles, (reading,) if items else ())
    return Portfolio(register, pd.DataFrame(), pd.DataFrame(), RuleSet("1.0", "1a2b3c4d5e6f" * 5))
