"""The rows of a made-up organisation: its items, who carries what, and what is wrong in its register."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import pandas as pd

Rows = list[dict[str, Any]]

FILE = "emu-work-register-2026-10.xlsx"
DEPARTMENTS = ("IT Services", "Student Services", "Estates and Facilities", "Finance and Procurement")
NOW, _END = pd.Timestamp(2026, 10, 1), pd.Timestamp(2026, 10, 31)
FIRST_NAMES = [
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
]
LAST_NAMES = ["Osei", "Nwosu", "Lindqvist", "Tran", "Raman", "Haddad", "Weatherall", "Calloway", "Hallett", "Brandt"]
_PROJECTS = (
    "Single sign-on renewal",
    "Student portal redesign",
    "Network refresh, north campus",
    "Second data centre",
    "Laboratory ventilation, block C",
    "Migrate staff mailboxes to the new tenant and keep both systems running",
    "Wellbeing app",
)
_OPERATIONS = (
    "Data-centre operation",
    "Enrolment help desk",
    "Lift safety checks",
    "Supplier payments",
    "Special collections access",
    "Month-end close",
    "Telephony",
)
_HOURS = ["run_hours", "change_hours", "undecided_hours", "hours", "capacity_hours"]


def item_of(draw: random.Random, item: int, names: list[str], scope: str) -> dict[str, Any]:
    project = item % 3 == 0
    certainty = draw.choices(["clear", "likely", "to review"], [70, 20, 10])[0]
    kinds = (
        ["project", "operation", "undecided"] if certainty == "to review" else ["project" if project else "operation"]
    )
    who = draw.choice(names) if names else ""
    finish = pd.Timestamp(2026, 8, 14) + pd.Timedelta(days=draw.randint(0, 400))
    return {
        "item": item,
        "id": f"R-{item + 1:03d}",
        "title": (_PROJECTS if project else _OPERATIONS)[(item // 3) % 7] + f" {item // 21}" * (item >= 21),
        "department": scope or DEPARTMENTS[item % 4],
        "team": f"Team {item % 6 + 1}",
        "executive": "Chief Operating Officer",
        "accountable": who if draw.random() > 0.08 else "",
        "responsible": who,
        "type": "Project" if project else "BAU",
        "kind": draw.choice(kinds),
        "certainty": certainty,
        "probability": draw.uniform(0.7, 0.99) if project else draw.uniform(0.01, 0.3),
        "review": certainty == "to review",
        "decided_by": "evidence",
        "reasons": "Has a finish date ‘30 Jun 2027’ in F217. Title opens with a one-off verb ‘Migrate’.",
        "start": pd.Timestamp(2026, 3, 2) if project else None,
        "finish": finish if project and draw.random() > 0.1 else None,
        "cadence": "" if project else draw.choice(["daily", "weekly", "monthly"]),
        "status": "active",
        "phase": draw.choice(["Plan", "Build", "Test"]) if project else "",
        "month_hours": None if draw.random() < 0.1 else round(draw.uniform(2, 90), 1),
        "file": FILE,
        "sheet": "Register",
        "row": item + 5,
    }


def workload(draw: random.Random, homes: Mapping[str, str], months: int, level: float) -> Rows:
    rows = []
    for at, (name, home) in enumerate(homes.items()):
        share = draw.uniform(0.4, 1.25) * level
        for month in range(months):
            capacity = 130.0 + 6 * (month % 3)
            run, change = capacity * share * 0.68, capacity * share * draw.uniform(0.2, 0.38)
            first = pd.Timestamp(2026, 8, 1) + pd.DateOffset(months=month)
            hours = [run, change, 3.0, run + change + 3.0, capacity]
            who = {"person": name, "team": f"Team {at % 3 + 1}", "department": home, "month": first}
            rows.append(
                who | {"forecast": month > 2, "load": hours[3] / capacity} | dict(zip(_HOURS, hours, strict=True))
            )
    return rows


def loads(carried: Rows, rows: Rows, homes: Mapping[str, str]) -> dict[str, Rows]:
    if not carried:
        return {}
    frame, register = pd.DataFrame(carried), pd.DataFrame(rows)
    now = frame[frame["month"] == NOW]
    departments, teams = _summed(now, ["department"]), _summed(now, ["department", "team"])
    people = _summed(now, ["person", "team", "department"])
    for row in departments:
        own = register[register["department"] == row["department"]]
        row |= {
            "people": [*homes.values()].count(row["department"]),
            "unknown_effort": int(own["month_hours"].isna().sum()),
        }
        row |= {f"{kind}s": int((own["kind"] == kind).sum()) for kind in ("project", "operation")}
        row["undecided"] = int((own["kind"] == "undecided").sum())
    for row in people:
        spare = row["capacity_hours"] - row["hours"]
        row |= {"over_hours": max(0.0, -spare), "free_hours": max(0.0, spare), "unknown_effort": 0, "executive": ""}
    for row in teams:
        row["people"] = 3
    months = _summed(frame, ["month", "forecast"])
    return {"months": months, "departments": departments, "teams": teams, "people": people}


def _summed(frame: pd.DataFrame, keys: list[str]) -> Rows:
    sums = frame.groupby(keys, as_index=False)[_HOURS].sum()
    sums["load"] = sums["hours"] / sums["capacity_hours"]
    sums["run_share"] = sums["run_hours"] / (sums["run_hours"] + sums["change_hours"])
    return sums.to_dict("records")  # type: ignore[return-value]


def lists(rows: Rows, names: list[str], homes: Mapping[str, str]) -> dict[str, Rows]:
    projects = [row | {"days_late": _late(row["finish"]), "progress": 0.4, "reason": row["reasons"]} for row in rows]
    projects = sorted((row for row in projects if row["kind"] == "project"), key=lambda row: -(row["days_late"] or 0))
    operations = [
        row | {"deputy": names[row["item"] % len(names)] if names and row["item"] % 4 else "", "reason": row["reasons"]}
        for row in sorted(rows, key=lambda row: -(row["month_hours"] or 0))
        if row["kind"] == "operation"
    ]
    soon = [row for row in projects if row["finish"] is not None and row["finish"] < pd.Timestamp(2027, 1, 15)]
    handover = [
        row
        | {"handover_to": "Service desk" * bool(at % 3), "successor": "R-118 Research storage" * (at % 3 == 1)}
        | {"missing": ("Nobody takes over", "", "Successor operation not named")[at % 3]}
        for at, row in enumerate(soon)
    ]
    decisions = [
        {
            "decision": f"Name who takes over {row['title']} ({row['id']}).",
            "who": row["accountable"],
            "by": _END,
            "weight": 4,
        }
        for row in soon[:7]
    ]
    counts = {
        "accountable_projects": 1,
        "accountable_operations": 2,
        "responsible_projects": 3,
        "responsible_operations": 4,
    }
    return {
        "projects": projects,
        "operations": operations,
        "handover": handover,
        "decisions": decisions,
        "unowned": [row | {"missing": "nobody accountable"} for row in rows if not row["accountable"]],
        "review": [
            row | {"reasons_for": "End date ‘31 Jul 2027’", "reasons_against": "Cadence ‘monthly’"}
            for row in rows
            if row["review"]
        ],
        "contradictions": [row | {"what": "Called BAU, judged a project."} for row in projects if row["type"] == "BAU"],
        "responsibility": [
            {"person": name, "department": homes[name], "items": 12 - at % 12} | counts for at, name in enumerate(names)
        ],
    }


def _late(finish: pd.Timestamp | None) -> int | None:
    return None if finish is None else max(0, (_END - finish).days)


def paperwork(rows: Rows, text: Mapping[str, str]) -> dict[str, Rows]:
    codes = [
        ("R20", "error"),
        ("R30", "warning"),
        ("R50", "warning"),
        ("R31", "note"),
        ("S02", "note"),
        ("C01", "warning"),
    ]
    findings = [
        {"code": code, "level": level, "file": FILE, "sheet": "Register", "cell": f"F{row['row']}", "read": "TBC"}
        | {"message": "'TBC' is not a date. Finish is left empty. Write a date, or leave the cell blank."}
        for row in rows[: -(-len(rows) // 5)]
        for code, level in [codes[row["item"] % 6]]
    ]
    read = {"file": text.get("file", FILE), "sheet": "Register", "status": "read", "header_row": 4}
    read |= {"rows_in": len(rows) + 2, "rows_used": len(rows), "rows_refused": 2}
    refused = {"file": "old register.xls", "status": "refused", "reason": "It is protected by a password."}
    return {"findings": findings, "sources": [read, refused] if rows else []}
