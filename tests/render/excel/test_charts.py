"""The workbook's own charts: one that would show nothing is not drawn."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.render.excel.charts import worth_drawing

UNKNOWN = {"run_hours": [None, 0.0], "change_hours": [None, 0.0], "undecided_hours": [None, 0.0]}


@pytest.mark.parametrize(
    ("table", "values", "drawn"),
    [
        ("months", UNKNOWN, False),
        ("departments", {**UNKNOWN, "change_hours": [None, 2.0]}, True),
        ("balance", {"change_share": [None, 0.4]}, False),
        ("balance", {"change_share": [0.0, 0.4]}, True),
        ("wave", {"freed_hours": [0.0, 0.0], "added_hours": [0.0, None]}, False),
        ("wave", {"freed_hours": [0.0, 0.0], "added_hours": [0.0, 8.0]}, True),
    ],
)
def test_a_chart_is_drawn_where_it_shows_something(table: str, values: dict[str, list[float]], drawn: bool) -> None:
    assert worth_drawing(table, pd.DataFrame(values, dtype="float64")) is drawn
