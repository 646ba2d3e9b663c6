"""Where rows, ranges and formulas are once rows were repeated."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.render.own_workbook.growth import Growth, Loop, Place, moved, moved_formula

LOOP = Loop(5, 6, 3)
"""Markers in rows 4 and 7; rows 5 and 6 three times: now rows 4 to 9, and what was in row 8 is in row 10."""
GROWTHS = {"Our list": Growth([LOOP]), "Other": Growth()}


@pytest.mark.parametrize(
    ("formula", "now"),
    [
        ("A1+A8", "A1+A10"),
        ("SUM(B5:B6)", "SUM(B4:B9)"),
        ("SUM(B$3:$B8)", "SUM(B$3:$B10)"),
        ("SUM(B4:B7)", "SUM(B4:B9)"),
        ("SUM(5:6)", "SUM(4:9)"),
        ("SUM(A:C)", "SUM(A:C)"),
        ('IF(A8="A8",LOG10(A8),Ours[Hours])', 'IF(A10="A8",LOG10(A10),Ours[Hours])'),
        ("Other!A8+'Our list'!A8", "Other!A8+'Our list'!A10"),
    ],
)
def test_formulas_outside_the_loop(formula: str, now: str) -> None:
    assert moved_formula(formula, "Our list", GROWTHS) == now


@pytest.mark.parametrize(
    ("formula", "now"),
    [("B5*2", "B8*2"), ("B6-B5", "B9-B8"), ("B5/$E$1", "B8/$E$1"), ("B5/B$8", "B8/B$10"), ("SUM(B5:D5)", "SUM(B8:D8)"),
     ("B5/SUM(B$5:B$6)", "B8/SUM(B$4:B$9)")],
)  # fmt: skip
def test_formulas_in_the_third_repetition(formula: str, now: str) -> None:
    assert moved_formula(formula, "Our list", GROWTHS, place=Place(LOOP, 2)) == now


def test_a_single_cell_grows_where_a_range_is_meant() -> None:
    assert moved("$B$5", GROWTHS["Our list"], grow=True) == "$B$4:$B$8"
    assert moved("$B$5", GROWTHS["Our list"]) == "$B$4"


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 4), st.integers(0, 5)), max_size=4))
def test_rows_keep_their_order_and_none_is_lost(shapes: list[tuple[int, int, int]]) -> None:
    loops, row = [], 1
    for gap, size, times in shapes:
        first = row + gap + 1
        loops.append(Loop(first, first + size - 1, times))
        row = first + size + 1
    growth, markers = Growth(loops), {one for loop in loops for one in (loop.first - 1, loop.last + 1)}
    now = []
    for old in range(1, row + 4):
        loop = growth.loop_of(old)
        if old in markers:
            continue
        steps = range(loop.copies) if loop else range(1)
        now += [growth.top(old) + step * (loop.size if loop else 0) for step in steps]
        assert growth.bottom(old) == now[-1]
    assert sorted(now) == list(range(1, len(now) + 1))
