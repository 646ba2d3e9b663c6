"""Operations measured by function, rounds, volume, hours and cost for each unit, and their trend: worked by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from pipeline.deliver.snapshot import snapshot_of
from pipeline.model import Period, Portfolio, SheetReading, Summary
from pipeline.settings import SummariseSettings
from pipeline.summarise import summarise
from pipeline.summarise.functions import FUNCTION_WORDS, functions_of
from pipeline.summarise.tables import TABLES
from pipeline.summarise.volumes import counts, heading_words, spent_so_far
from tests.summarise.conftest import Rows, make_portfolio

Summarise = Callable[..., Summary]
T = pd.Timestamp
TEXT = "string[pyarrow]"
HOURS = {"kind": "operation", "effort_unit": "hours", "effort_per": "month", "owner": "Ana"}
ROWS = [
    {"id": "A", "title": "Run the service desk", "effort": 60.0, "volume": "1,200 tickets", "budget": 72000.0,
     "cadence": "daily", "last_done": T("2026-10-30"), "service_level": "95 % in 4 h", "service_reached": 0.97, **HOURS},
    {"id": "B", "title": "Support users at night", "effort": 30.0, "volume": "75 tickets / week", "budget": 24000.0,
     "cadence": "weekly", "last_done": T("2026-10-12"), "service_level": "99,5 %", "service_reached": 0.99, **HOURS},
    {"id": "C", "title": "Count the stock", "volume": "500 pallets", "cadence": "monthly", "planned_rounds": 4.0,
     "done_rounds": 3.0, **HOURS},
    {"id": "D", "title": "Weigh the stock", "effort": 10.0, "volume": "20 t", "planned_rounds": 2.0, "done_rounds": 3.0,
     "finish": T("2026-12-31"), **HOURS},
    {"id": "E", "title": "Write the minutes", "function": "secretariat", "effort": 8.0, **HOURS},
    {"id": "F", "title": "Open the post", "effort": 5.0, **HOURS},
]  # fmt: skip


def test_each_operation_is_measured(summary: Summarise):
    table = summary(ROWS).tables["measures"].set_index("id")
    assert table["function"].to_dict() == {
        "C": "Inventory", "D": "Inventory", "A": "Service", "B": "Service", "E": "secretariat", "F": "",
    }  # fmt: skip
    assert table["told_by"].to_dict() == {
        "A": "Words",
        "B": "Words",
        "C": "Words",
        "D": "Words",
        "E": "Register",
        "F": "",
    }
    desk = table.loc["A"]
    assert (desk["volume"], desk["unit"], desk["hours_per_unit"], desk["cost_per_unit"]) == (1200, "tickets", 0.05, 5.0)
    assert (desk["days_over"], desk["promised"], desk["service_reached"]) == (0, 0.95, 0.97)
    night = table.loc["B"]
    assert night["volume"] == 75 * 22 / 5  # October has 22 working days
    assert night["cost"] == 2000.0  # a year's budget / 12
    assert night["days_over"] == 19 - 7
    assert table.loc[["C", "D"], "kept"].tolist() == [0.75, 1.0]
    assert table.loc[["C", "D"], "missed"].tolist() == [1.0, 0.0]
    assert table.loc["C", ["hours", "hours_per_unit", "cost", "promised", "days_over"]].isna().all()
    assert table["hours_per_unit_trend"].isna().all()


def test_functions_add_up_what_is_known(summary: Summarise):
    table = summary(ROWS).tables["functions"].set_index("function")
    assert table.index.tolist() == ["Service", "Inventory", "secretariat", ""]
    service = table.loc["Service"]
    assert service[["operations", "hours", "cost", "unknown_effort", "measured", "overdue"]].tolist() == [
        2,
        90,
        8000,
        0,
        2,
        1,
    ]
    assert (service["volume"], service["unit"]) == (1200 + 330, "tickets")
    assert service["hours_per_unit"] == pytest.approx(90 / 1530)
    assert service["cost_per_unit"] == pytest.approx(8000 / 1530)
    assert service[["promised", "service_met", "service_missed"]].tolist() == [2, 1, 1]
    stock = table.loc["Inventory"]
    assert stock[["planned_rounds", "done_rounds", "missed", "ending", "unknown_effort"]].tolist() == [6, 6, 1, 1, 1]
    assert stock["kept"] == pytest.approx(5 / 6)
    assert stock[["volume", "hours_per_unit"]].isna().all()  # pallets and tonnes are no sum
    assert (stock["unit"], stock["hours"]) == ("", 10.0)


def month(rows: Rows, period: Period, **told: object) -> Summary:
    made = make_portfolio(rows)
    items = made.register.items.assign(key=made.register.items["id"])
    portfolio: Portfolio = replace(made, register=replace(made.register, items=items))
    return summarise(portfolio, SummariseSettings(), period, **told)[0]  # type: ignore[arg-type]


def test_a_trend_is_against_the_last_published_period():
    september = snapshot_of(month(ROWS, Period(2026, 9)), ())
    rows = [{**ROWS[0], "effort": 66.0, "budget": 57600.0}, {**ROWS[1], "id": "N"}]
    table = month(rows, Period(2026, 10), previous=september).tables["measures"].set_index("id")
    assert table.loc["A", "hours_per_unit_trend"] == pytest.approx(0.1)
    assert table.loc["A", "cost_per_unit_trend"] == pytest.approx(-0.2)
    assert np.isnan(table.loc["N", "hours_per_unit_trend"])


def test_money_so_far_is_a_months_cost_only_by_what_it_grew():
    rows = [{**ROWS[0], "actual_cost": spent} for spent in (5000.0, 9000.0)]
    first = month(rows[:1], Period(2026, 9))
    assert np.isnan(first.tables["measures"]["cost"].iloc[0]), "nor is it the budget's twelfth"
    september = snapshot_of(first, ())
    assert month(rows[1:], Period(2026, 10), previous=september).tables["measures"]["cost"].tolist() == [4000.0]
    assert month(rows[1:], Period(2026, 11), previous=september).tables["measures"]["cost"].isna().all()


def test_a_heading_says_whether_money_is_a_months_or_all_so_far():
    register = make_portfolio([{"actual_cost": 900.0}] * 3).register
    mapped = {"A": "Actual cost", "B": "Actual cost per month", "C": "Cost of the year to date"}
    items = register.items.assign(sheet=pd.Series(list(mapped), dtype=TEXT))
    (file,) = register.files
    sheets = tuple(SheetReading(name, 1, 1, 1, 0, {head: "actual_cost"}, {}) for name, head in mapped.items())
    found = spent_so_far(replace(register, files=(replace(file, sheets=sheets),)), items)
    assert found.isna().tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("text", "amount", "unit", "per"),
    [
        ("1,200 tickets / week", 1200, "tickets", "week"), ("1.234,5 t pro Tag", 1234.5, "t", "day"),
        ("12 000 colis par mois", 12000, "colis", "month"), ("ca. 30 a day", 30, "", "day"), ("0,5", 0.5, "", ""),
        ("3.5 k calls", 3500, "calls", ""), ("5'400 pezzi all'anno", 5400, "pezzi", "year"), ("~80", 80, "", ""),
        ("High", None, "", ""), ("10-20", None, "", ""), ("12 in 3 weeks", None, "", ""), ("1.2.3", None, "", ""),
        ("", None, "", ""),
    ],
)  # fmt: skip
def test_counts_are_read_with_their_unit_and_period(text: str, amount: float | None, unit: str, per: str):
    found = counts(pd.Series([text], dtype=TEXT)).iloc[0]
    assert (None if np.isnan(found["amount"]) else found["amount"], found["unit"], found["per"]) == (amount, unit, per)


def test_a_heading_names_what_is_counted_and_over_which_period():
    found = heading_words(pd.Series(["Tickets per month", "Volume", "Anrufe pro Woche", "Coût annuel"], dtype=TEXT))
    assert found.to_numpy().tolist() == [["tickets", "month"], ["", ""], ["anrufe", "week"], ["", "year"]]


@pytest.mark.parametrize(
    ("title", "function"),
    [
        ("Wareneingangsprüfung und Kalibrierung", "Quality control"), ("Expédition des colis", "Logistics"),
        ("Gestión del almacén", "Inventory"), ("Linha de montagem", "Production"), ("Assistenza clienti", "Service"),
        ("Beheer van de voorraad", "Inventory"), ("Reproduction of maps", ""), ("Payroll", ""),
    ],
)  # fmt: skip
def test_words_of_seven_languages_tell_the_function(title: str, function: str):
    items = pd.DataFrame({"title": [title], "team": [""], "department": [""]}, dtype=TEXT)
    found = functions_of(items, pd.Series([""], dtype=TEXT))
    assert found["function"].tolist() == [function]


def test_the_title_tells_before_the_team_and_the_team_before_the_department():
    items = pd.DataFrame(
        {"title": ["Count stock", "Other", "Other"], "team": ["Transport", "Transport", ""], "department": "Quality"},
        dtype=TEXT,
    )
    found = functions_of(items, pd.Series(["", "", ""], dtype=TEXT))
    assert found["function"].tolist() == ["Inventory", "Logistics", "Quality control"]


def test_every_function_is_told_in_every_language():
    assert {tuple(words) for words in FUNCTION_WORDS.values()} == {("en", "de", "fr", "es", "pt", "it", "nl")}


def test_the_tables_say_what_they_answer():
    told = {table.id: table for table in TABLES}
    assert told["functions"].question.endswith("?")
    assert "Trend" in told["measures"].formula
