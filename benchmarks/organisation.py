"""Makes the judged portfolio of an organisation of any size: projects, operations, undecided items and people."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.fields import FIELDS, PEOPLE_FIELDS, item_columns
from pipeline.model import FileReading, Period, Portfolio, Register, RuleSet, SheetReading

PERIOD = Period(2026, 10)
PEOPLE, TEAMS, DEPARTMENTS = 5_000, 250, 20
ITEMS_A_PERSON = 10
"""Up to so many people; then each carries more."""
TEXT = "string[pyarrow]"
_DTYPES = {"date": "datetime64[s]", "effort": "float64", "number": "float64", "share": "float64"}
_CADENCES = ("weekly", "monthly", "monthly", "quarterly", "yearly", "daily")


def make_portfolio(rows: int, seed: int = 7) -> Portfolio:
    """So many judged items and their people: dated projects, operations with a cadence, a few silent or undecided."""
    people = min(PEOPLE, max(TEAMS, rows // ITEMS_A_PERSON))
    chance = np.random.default_rng(seed)
    kind = chance.choice(["project", "operation", "undecided", "mixed"], rows, p=[0.48, 0.47, 0.04, 0.01])
    team = chance.integers(0, TEAMS, rows)
    lead, doer, second = (_of_team(chance, team, people) for _ in range(3))
    items = _items(chance, kind, team)
    register = Register(
        items, _blank(items), _people(chance, people), _roles(chance, lead, doer, second), (_file(rows),)
    )
    return Portfolio(register, _verdicts(chance, kind), _evidence(rows), RuleSet("benchmark", ""))


def _of_team(chance: np.random.Generator, team: np.ndarray, people: int) -> np.ndarray:
    """Somebody of each item's team: people are spread over the teams in turn."""
    return team + TEAMS * chance.integers(0, max(people // TEAMS, 1), len(team))


def _items(chance: np.random.Generator, kind: np.ndarray, team: np.ndarray) -> pd.DataFrame:
    rows, number = len(kind), np.arange(len(kind))
    project, operation = kind == "project", kind == "operation"
    start = np.datetime64("2025-01-01") + chance.integers(0, 700, rows)
    finish = start + chance.integers(20, 600, rows)
    silent = chance.random(rows) < 0.1
    known: dict[str, object] = {
        "file": "register.xlsx", "sheet": "Register", "row": number + 2, "table": 0,
        "id": _numbered("W-", number), "title": _numbered("Work item ", number), "key": _numbered("W-", number),
        "department": _numbered("Department ", team % DEPARTMENTS), "team": _numbered("Team ", team),
        "executive": chance.choice(["COO", "CIO", "CPO"], rows),
        "status": chance.choice(["Active", "In progress", "Closed", ""], rows),
        "start": _where(~operation, start), "finish": _where(project | (chance.random(rows) < 0.1), finish),
        "baseline_finish": _where(project, finish - chance.integers(0, 60, rows)),
        "cadence": np.where(operation, chance.choice(_CADENCES, rows), ""),
        "progress": np.where(project, chance.random(rows).round(2), np.nan),
        "effort": np.where(silent, np.nan, np.where(operation, 1.0, 50.0) * chance.integers(1, 12, rows)),
        "effort_unit": np.where(silent, "", "hours"), "effort_per": np.where(operation, "occurrence", "total"),
        "successor": np.where(chance.random(rows) < 0.1, _numbered("W-", chance.integers(0, rows, rows)), ""),
        "parent": np.where(chance.random(rows) < 0.2, _numbered("W-", chance.integers(0, rows // 50 + 1, rows)), ""),
        "volume": np.where(operation, _numbered("", chance.integers(10, 4000, rows)), ""),
    }  # fmt: skip
    kinds = {"file": "text", "sheet": "text", "row": "row", "table": "row", **item_columns(), "key": "text"}
    return pd.DataFrame({name: _column(known.get(name), one, rows) for name, one in kinds.items()})


def _column(values: object, kind: str, rows: int) -> pd.Series:
    if kind == "row":
        return pd.Series(np.broadcast_to(np.asarray(values, dtype="int64"), rows).copy())
    dtype = _DTYPES.get(kind, TEXT)
    empty = "" if dtype == TEXT else np.nan
    return pd.Series(np.full(rows, empty) if values is None else np.broadcast_to(values, rows), dtype=dtype)  # type: ignore[call-overload]


def _numbered(word: str, numbers: np.ndarray) -> np.ndarray:
    return np.char.add(word, numbers.astype(str))


def _where(mask: np.ndarray, days: np.ndarray) -> np.ndarray:
    return np.where(mask, days, np.datetime64("NaT"))


def _blank(items: pd.DataFrame) -> pd.DataFrame:
    blank = pd.Series(np.full(len(items), ""), dtype=TEXT)
    return pd.DataFrame({field.id: items[field.id] if field.id in ("id", "title") else blank for field in FIELDS})


def _people(chance: np.random.Generator, people: int) -> pd.DataFrame:
    number = np.arange(people)
    known = {
        "name": _numbered("Person ", number), "team": _numbered("Team ", number % TEAMS),
        "department": _numbered("Department ", number % TEAMS % DEPARTMENTS), "executive": "COO",
        "weekly_hours": chance.choice([20.0, 30.0, 37.5, 37.5], people), "leave_days": 28.0,
    }  # fmt: skip
    sheet = pd.DataFrame({field.id: _column(known.get(field.id), field.kind, people) for field in PEOPLE_FIELDS})
    place = {"file": "register.xlsx", "sheet": "People", "cell": _numbered("A", number + 2)}
    return sheet.assign(**{name: _column(text, "text", people) for name, text in place.items()})


def _roles(chance: np.random.Generator, lead: np.ndarray, doer: np.ndarray, second: np.ndarray) -> pd.DataFrame:
    """One accountable and one or two responsible people an item."""
    item = np.arange(len(lead))
    two = (chance.random(len(lead)) < 0.4) & (doer != second)
    parts = [
        ("accountable", item, lead, np.ones(len(item))),
        ("responsible", item, doer, np.where(two, 0.5, 1.0)),
        ("responsible", item[two], second[two], np.full(two.sum(), 0.5)),
    ]
    frames = [
        pd.DataFrame({"item": at, "role": role, "person": _numbered("Person ", who), "share": share})
        for role, at, who, share in parts
    ]
    return pd.concat(frames, ignore_index=True).astype({"role": TEXT, "person": TEXT})


def _verdicts(chance: np.random.Generator, kind: np.ndarray) -> pd.DataFrame:
    known: dict[str, object] = {
        "kind": kind, "certainty": "clear", "level": "", "decided_by": "evidence", "contradiction": "",
        "reasons": "It has a finish: '30 Nov 2026'. It has a budget.", "review_reason": "",
    }  # fmt: skip
    texts = {name: pd.Series(np.broadcast_to(values, len(kind)), dtype=TEXT) for name, values in known.items()}
    return pd.DataFrame(texts).assign(
        score=0.0, probability=chance.random(len(kind)).round(3), review=chance.random(len(kind)) < 0.05
    )


def _evidence(rows: int) -> pd.DataFrame:
    """Five contributions an item, as classifying leaves them."""
    item = np.repeat(np.arange(rows), 5)
    texts = {name: pd.Series(np.full(len(item), name), dtype=TEXT) for name in ("criterion", "family")}
    return pd.DataFrame({"item": item, **texts}).assign(
        field=pd.Series(np.full(len(item), "finish"), dtype=TEXT),
        quote=pd.Series(np.full(len(item), "30 Nov 2026"), dtype=TEXT),
        points=np.tile([0.8, 0.5, 0.3, -0.4, -0.2], rows),
    )


def _file(rows: int) -> FileReading:
    letters = {field.id: "A" for field in FIELDS}
    sheet = SheetReading("Register", 1, rows, rows, 0, {field.title: field.id for field in FIELDS}, letters)
    return FileReading("register.xlsx", "register.xlsx", "read", sheets=(sheet,))
