"""How numbers, dates and lists are written."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Figure
from pipeline.render import palette, words


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (12120.4, "12,120"),
        (0.0, "0"),
        (0.46, "0.5"),
        (9.96, "10"),
        (7.0, "7"),
        (-9.0, "−9"),
        (None, "–"),
        (float("nan"), "–"),
    ],
)
def test_numbers(value: float | None, shown: str) -> None:
    assert words.number(value) == shown


def test_an_absent_number_may_be_worded() -> None:
    assert words.number(None, "unknown") == "unknown"


@pytest.mark.parametrize(
    ("value", "shown"), [(0.994, "99%"), (1.0, "100%"), (1.003, "100.3%"), (1.0004, "100%"), (1.2, "120%"), (None, "–")]
)
def test_a_load_over_all_of_it_never_reads_100(value: float | None, shown: str) -> None:
    assert words.percent(value) == shown


@given(st.floats(0, 3))
def test_the_heat_step_agrees_with_the_number_in_the_cell(load: float) -> None:
    over = float(words.percent(load).rstrip("%")) > 100
    assert (palette.heat_step(load) >= 4) == over


def test_the_year_is_named_only_where_it_changes() -> None:
    assert words.day(date(2026, 11, 14), 2026) == "14 Nov"
    assert words.day(date(2027, 1, 15), 2026) == "15 Jan 2027"
    assert words.day(None, 2026, "unknown") == "unknown"


def test_lists_and_counts() -> None:
    assert words.listed(["A"]) == "A"
    assert words.listed(["A", "B", "C"]) == "A, B and C"
    assert words.first_few(["A", "B", "C", "D", "E"]) == "A, B, C and 2 more"
    assert [words.many(count, "project") for count in (1, 9, 11)] == ["one project", "nine projects", "11 projects"]


@pytest.mark.parametrize(
    ("figure", "acts"),
    [
        (Figure("a", "A", 0, adverse=True), False),
        (Figure("a", "A", 3, adverse=True), True),
        (Figure("a", "A", 3), False),
        (Figure("a", "A", 0.99, "share", adverse=True), False),
        (Figure("a", "A", 1.01, "share", adverse=True), True),
        (Figure("a", "A", None, adverse=True), False),
    ],
)
def test_which_figures_ask_to_act(figure: Figure, acts: bool) -> None:
    assert words.asks_to_act(figure) is acts
