"""A total row adds up what is known, and says nothing where nothing is."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd

from pipeline.render.excel.formulas import write_total

KINDS = {"people": "count", "hours": "hours", "capacity_hours": "hours", "load": "share"}
COLUMNS = {"people": 1, "hours": 2, "capacity_hours": 3, "load": 4}


def totals(**columns: list[float | None]) -> dict[int, float]:
    """By column of the sheet, the value of its total."""
    said: dict[int, float] = {}

    def write_formula(row: int, column: int, formula: str, form: object, value: float) -> None:
        said[column] = value

    frame = pd.DataFrame(columns, dtype="float64")
    styles = SimpleNamespace(get=lambda *parts: None)
    write_total(SimpleNamespace(write_formula=write_formula), styles, frame, COLUMNS, KINDS, 2)  # type: ignore[arg-type]
    return said


def test_unknown_hours_add_up_to_no_total_and_no_load() -> None:
    assert totals(people=[4, 2], hours=[None, None], capacity_hours=[600, 390], load=[None, None]) == {1: 6, 3: 990}


def test_what_is_known_adds_up() -> None:
    found = totals(people=[4, 2], hours=[90, None], capacity_hours=[600, 300], load=[0.15, None])
    assert found == {1: 6, 2: 90, 3: 900, 4: 0.1}
