"""The columns that the hours of allocations count under."""

from __future__ import annotations

import pandas as pd

from pipeline.summarise.hours import HOURS, counted_as, in_columns, summed


def rows() -> pd.DataFrame:
    kinds = pd.Series(["operation", "project", "mixed", "undecided", "operation"])
    codes = {
        name: pd.Series(values, dtype="int32")
        for name, values in (("item", [0, 1, 2, 3, 4]), ("person", [7, 7, 7, 5, 7]), ("month", [1, 1, 1, 0, 1]))
    }
    said = {"hours": [1.0, 2.0, 4.0, 8.0, 16.0], "counted_as": counted_as(kinds)}
    return pd.DataFrame({**codes, **said, "tentative": [False, True, False, False, True], "team": list("abcab")})


def test_hours_are_summed_under_the_column_of_their_kind_and_where_tentative_as_forecast_too():
    found = summed(rows(), ["person", "month"], HOURS)
    assert found.to_dict("records") == [
        {"person": 5, "month": 0, "run_hours": 0.0, "change_hours": 0.0, "undecided_hours": 8.0,
         "forecast_hours": 0.0, "hours": 8.0},
        {"person": 7, "month": 1, "run_hours": 17.0, "change_hours": 2.0, "undecided_hours": 4.0,
         "forecast_hours": 18.0, "hours": 23.0},
    ]  # fmt: skip


def test_no_rows_have_no_sums():
    assert summed(rows().head(0), ["person", "month"], HOURS).empty


def test_others_read_a_column_for_each():
    found = in_columns(rows())
    assert set(found) == {"item", "person", "month", *HOURS, "team"}
    assert found["item"].dtype == "int64"
    assert found["change_hours"].tolist() == [0.0, 2.0, 0.0, 0.0, 0.0]
