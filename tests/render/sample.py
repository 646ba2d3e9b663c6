"""Summaries made by hand, of any size: a plausible organisation, without the verbs that compute one."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import pandas as pd

from pipeline.explanation import Change, Explanation, Part, Reason, Turn, Turning
from pipeline.model import Figure, FileReading, Period, Portfolio, Register, RuleSet, SheetReading, Summary
from pipeline.summarise.tables import TABLES
from tests.factories import make_register

Rows = list[dict[str, Any]]

PERIOD = Period(2026, 10)
FILE = "emu-work-register-2026-10.xlsx"
DEPARTMENTS = ("IT Services", "Student Services", "Estates and Facilities", "Finance and Procurement")
_NOW, _END = pd.Timestamp(2026, 10, 1), pd.Timestamp(2026, 10, 31)
_FIRST = [
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
_LAST = ["Osei", "Nwosu", "Lindqvist", "Tran", "Raman", "Haddad", "Weatherall", "Calloway", "Hallett", "Brandt"]
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
_DTYPES = {
    "item": "int64",
    "date": "datetime64[s]",
    "month": "datetime64[s]",
    "flag": "bool",
    **dict.fromkeys(["hours", "share", "probability"], "float64"),
}


def make_summary(
    items: int = 150, people: int = 40, scope: str = "", months: int = 9, seed: int = 1, level: float = 1, **text: str
) -> Summary:
    """A summary of so many items and people.

    `level` multiplies everybody's load. `text` replaces a column of text wherever it stands, such as
    title="=1+1"; `file` also names the register.
    """
    draw = random.Random(seed)
    names = [
        f"{_FIRST[at % 14]} {_LAST[(at * 7 + at // 14) % 10]}" + f" {at // 140}" * (at >= 140) for at in range(people)
    ]
    homes = {name: scope or DEPARTMENTS[at % 4] for at, name in enumerate(names)}
    rows = [_item(draw, item, names, scope) | _only(text) for item in range(items)]
    carried = _workload(draw, homes, months, level)
    tables: dict[str, Rows] = {"register": rows, "workload": carried}
    tables |= _loads(carried, rows, homes) | _lists(rows, names, homes) | _paperwork(rows, text)
    frames = {table.id: _frame(table.id, tables.get(table.id, []), text) for table in TABLES}
    assumptions = ("A full-time week has 37.5 hours.", text.get("assumption", "Full time is assumed for 6 people."))
    told = _explained(frames["review"], text)
    return Summary(
        _portfolio(rows, text), PERIOD, scope, _figures(frames), frames, assumptions=assumptions, explained=told,
        audience="department" if scope else "organisation",
    )  # fmt: skip


def _only(text: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in text.items() if name in ("kind", "certainty")}


def _item(draw: random.Random, item: int, names: list[str], scope: str) -> dict[str, Any]:
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


def _workload(draw: random.Random, homes: Mapping[str, str], months: int, level: float) -> Rows:
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


def _loads(carried: Rows, rows: Rows, homes: Mapping[str, str]) -> dict[str, Rows]:
    if not carried:
        return {}
    frame, register = pd.DataFrame(carried), pd.DataFrame(rows)
    now = frame[frame["month"] == _NOW]
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


def _lists(rows: Rows, names: list[str], homes: Mapping[str, str]) -> dict[str, Rows]:
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


def _paperwork(rows: Rows, text: Mapping[str, str]) -> dict[str, Rows]:
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


def _frame(table_id: str, rows: Rows, text: Mapping[str, str]) -> pd.DataFrame:
    """Exactly the declared columns, typed as a summary types them."""
    table = next(table for table in TABLES if table.id == table_id)
    columns = {}
    for column in table.columns:
        values = [row.get(column.id) for row in rows]
        counts = column.kind == "count"
        dtype = (
            "float64"
            if counts and None in values
            else "int64"
            if counts
            else _DTYPES.get(column.kind, "string[pyarrow]")
        )
        if dtype == "string[pyarrow]":
            values = [text.get(column.id, value or "") for value in values]
        columns[column.id] = pd.Series(values, dtype=dtype)
    return pd.DataFrame(columns)


def _figures(frames: Mapping[str, pd.DataFrame]) -> dict[str, Figure]:
    months, people, projects = frames["months"], frames["people"], frames["projects"]
    now = months[months["month"] == _NOW]
    load = float(now["load"].iloc[0]) if len(now) else None
    run = float((now["run_hours"] / (now["run_hours"] + now["change_hours"])).iloc[0]) if len(now) else None
    total, active = len(frames["register"]), len(projects)
    over, late = int((people["load"] > 1).sum()), int((projects["days_late"] > 0).sum())
    unknown = int(frames["register"]["month_hours"].isna().sum())
    made = (
        Figure("active_projects", "Active projects", active),
        Figure("operations", "Active operations", len(frames["operations"])),
        Figure("run_share", "Run, share of hours", run, "share"),
        Figure("load", "Load of capacity", load, "share", adverse=True),
        Figure("people_over", "People over capacity", over, of=len(people), adverse=True),
        Figure("overdue_projects", "Projects past their finish", late, of=active, adverse=True),
        Figure("review_rows", "Verdicts to review", len(frames["review"]), of=total, adverse=True),
        Figure("unknown_effort", "Effort unknown", unknown, of=total, adverse=True),
        Figure("cells_filled", "Wanted cells filled", 0.91 if total else None, "share", of=3 * total),
    )
    return {figure.id: figure for figure in made}


def _explained(review: pd.DataFrame, text: Mapping[str, str]) -> dict[int, Explanation]:
    """The first rows to review: five cells for a project, one against, a change that turns it and a split in two."""
    points = (1.3, 1.1, 0.6, 0.4, 0.2, -0.9)
    quote = text.get("read", "Migrate")
    told = {}
    for row in review.head(6).to_dict("records"):
        reasons = tuple(Reason("words", "title", "B217", quote, one, f"Title says '{quote}'.") for one in points)
        change = Change("finish", "F217", quote, "", typed=pd.NaT)
        parts = (Part(f"{row['title']}, first", "project", "clear"), Part("Second", "operation", "likely"))
        turning = Turning((Turn((change,), "operation", "likely", -0.4),), parts)
        words = (str(row["id"]), str(row["title"]), "mixed", "to review", "", "evidence")
        why = (None, "it holds two kinds of work", "")
        rules = RuleSet("2026.1", "1a2b3c4d" * 8)
        score = 0.01 + sum(points)
        told[int(row["item"])] = Explanation(*words, *why, 0.01, score, reasons, (), (), rules, turning)
    return told


def _portfolio(rows: Rows, text: Mapping[str, str]) -> Portfolio:
    register = make_register([{"title": "", "id": ""} for _ in rows])
    sheet = SheetReading("Register", 4, len(rows) + 2, len(rows), 2, {}, {})
    reading = FileReading(FILE, text.get("file", FILE), "read", sheets=(sheet,))
    files = (reading,) if rows else ()
    register = Register(register.items, register.cells, register.people, register.roles, files)
    return Portfolio(register, pd.DataFrame(), pd.DataFrame(), RuleSet("2026.1", "1a2b3c4d" * 8))
