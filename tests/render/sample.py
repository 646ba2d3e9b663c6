"""Summaries made by hand, of any size: a plausible organisation, without the verbs that compute one."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pandas as pd

from pipeline.explanation import Change, Explanation, Part, Reason, Turn, Turning
from pipeline.model import Figure, FileReading, Period, Portfolio, Register, RuleSet, SheetReading, Summary
from pipeline.summarise.tables import TABLES
from tests.factories import make_register
from tests.render.sample_rows import (
    DEPARTMENTS,
    FILE,
    FIRST_NAMES,
    LAST_NAMES,
    NOW,
    Rows,
    item_of,
    lists,
    loads,
    paperwork,
    workload,
)  # fmt: skip

PERIOD = Period(2026, 10)
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
        f"{FIRST_NAMES[at % 14]} {LAST_NAMES[(at * 7 + at // 14) % 10]}" + f" {at // 140}" * (at >= 140)
        for at in range(people)
    ]
    homes = {name: scope or DEPARTMENTS[at % 4] for at, name in enumerate(names)}
    rows = [item_of(draw, item, names, scope) | _only(text) for item in range(items)]
    carried = workload(draw, homes, months, level)
    tables: dict[str, Rows] = {"register": rows, "workload": carried}
    tables |= loads(carried, rows, homes) | lists(rows, names, homes) | paperwork(rows, text)
    frames = {table.id: _frame(table.id, tables.get(table.id, []), text) for table in TABLES}
    assumptions = ("A full-time week has 37.5 hours.", text.get("assumption", "Full time is assumed for 6 people."))
    told = _explained(frames["review"], text)
    return Summary(
        _portfolio(rows, text), PERIOD, scope, _figures(frames), frames, assumptions=assumptions, explained=told,
        audience="department" if scope else "organisation",
    )  # fmt: skip


def _only(text: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in text.items() if name in ("kind", "certainty")}


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
    now = months[months["month"] == NOW]
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
