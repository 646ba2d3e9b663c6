"""Rows of items in the columns and the order of a table."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.summarise.narrow import narrow
from pipeline.summarise.order import order_of

TEXT = "string[pyarrow]"


def test_only_what_a_table_shows_is_taken_along_in_its_order():
    items = pd.DataFrame(
        {"id": ["a", "b", "c"], "month_hours": [1.0, 9.0, 5.0], "notes": ["", "", ""]}, index=[4, 5, 7]
    )
    found = narrow(items, np.array([True, False, True]), "operations", by=["month_hours"], ascending=False)
    assert list(found) == ["id", "month_hours"]
    assert found.index.tolist() == [7, 4]


def test_rows_are_in_the_order_that_pandas_puts_them_in():
    frame = pd.DataFrame(
        {
            "hours": [2.0, np.nan, 2.0, 7.0, np.nan],
            "finish": pd.Series(["2026-01-02", None, "2025-01-02", "2025-01-02", None], dtype="datetime64[s]"),
            "id": pd.Series(["b", "B", "a", "É", ""], dtype=TEXT),
        },
        index=[3, 1, 4, 1, 5],
    )
    for by, rising in ((["hours", "id"], [False, True]), (["finish", "hours"], [True, False]), (["id"], [True])):
        expected = frame.reset_index(drop=True).sort_values(by, ascending=rising, kind="stable").index
        assert order_of(frame, by, rising).tolist() == expected.tolist()
