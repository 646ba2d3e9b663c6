"""What would turn a verdict does turn it when the register is changed so; a mixed row is split into its two kinds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.classify import as_lines, classify, explain_each, explain_fully
from pipeline.classify.looked import looked_at
from pipeline.classify.tokens import Ints
from pipeline.classify.turning import turnings
from pipeline.classify.verdict import judge as judge_copies
from pipeline.explanation import Explanation, Turning
from pipeline.model import Decision, Period, Portfolio, Register
from pipeline.settings import ClassifySettings
from tests.factories import make_register

PERIOD, PLAIN = Period(2026, 10), ClassifySettings()
Row = Mapping[str, object]
ROWS: Sequence[Row] = (
    {"id": "1", "title": "CRM replacement", "finish": pd.Timestamp("2026-05-13")},
    {"id": "2", "title": "Zeta"},
    {"id": "3", "title": "ERP support and enhancements"},
    {"id": "4", "title": "Maintenance project boilers", "cadence": "monthly", "sponsor": "Ana"},
    {"id": "5", "title": "Operations Centre upgrade", "notes": "business as usual afterwards", "effort": 40.0, "effort_unit": "hours", "effort_per": "total"},
)  # fmt: skip


def judge(rows: Sequence[Row]) -> Portfolio:
    return classify(make_register(rows), PLAIN, PERIOD)


def told(item: int, rows: Sequence[Row] = ROWS) -> Explanation:
    return explain_fully(judge(rows), item, PLAIN, PERIOD)


@pytest.mark.parametrize("item", range(len(ROWS)))
def test_every_change_that_is_told_turns_the_verdict(item: int) -> None:
    """The change is made in the register itself, cell and typed value, and judged with all its rows."""
    before = judge(ROWS)
    turns = explain_fully(before, item, PLAIN, PERIOD).turning.turns
    assert 1 <= len(turns) <= 3
    for turn in turns:
        rows = [dict(row) for row in ROWS]
        for change in turn.changes:
            assert change.cell == before.register.cell_of(item, change.field)
            rows[item]["cells"] = {**dict(rows[item].get("cells", {})), change.field: change.now}  # type: ignore[call-overload]
            rows[item][change.field] = None if change.typed is pd.NaT else change.typed
            if change.field == "effort":
                rows[item] |= {"effort_unit": "", "effort_per": ""}
        after = judge(rows).verdicts.loc[item]
        assert (after["kind"], after["certainty"]) == (turn.kind, turn.certainty)
        was = before.verdicts.loc[item]
        assert (after["kind"], after["review"]) != (was["kind"], was["review"])


def test_a_cadence_read_from_a_date_cell_goes_with_that_cell() -> None:
    """What turns a finish of `Every two months` is judged as the register would be, which then has no cadence."""
    derived = {
        "id": "6",
        "title": "Zeta",
        "cadence": "bimonthly",
        "cells": {"finish": "Every two months", "cadence": ""},
    }
    rows = [*ROWS, derived]
    turns = [turn for turn in told(5, rows).turning.turns if turn.changes[0].field == "finish"]
    assert turns
    for turn in turns:
        change = turn.changes[0]
        now = {"id": "6", "title": "Zeta", "finish": change.typed, "cells": {"finish": change.now}}
        after = judge([*ROWS, now]).verdicts.loc[5]
        assert (after["kind"], after["certainty"]) == (turn.kind, turn.certainty)
        assert after["score"] == pytest.approx(turn.score)


def test_one_change_is_told_before_two() -> None:
    assert [len(turn.changes) for turn in told(1).turning.turns] == [1, 1, 1], "one date makes it a project"


def test_two_changes_where_one_is_not_enough() -> None:
    rows = [
        *ROWS,
        {"id": "6", "title": "Monthly payroll", "cadence": "monthly", "notes": "ongoing, every month, again"},
    ]
    turns = told(5, rows).turning.turns
    assert all(len({change.field for change in turn.changes}) == len(turn.changes) for turn in turns)
    assert {len(turn.changes) for turn in turns} <= {2}


def test_a_mixed_row_is_split_into_a_project_and_an_operation() -> None:
    parts = told(2).turning.parts
    assert [(part.title, part.kind) for part in parts] == [
        ("ERP support", "operation"),
        ("ERP enhancements", "project"),
    ]
    lines = list(as_lines(told(2)))
    assert lines.index("Split in two:") == lines.index("  ERP support: operation, likely.") - 1
    assert told(0).turning.parts == ()


def test_nothing_but_a_decision_turns_a_decision() -> None:
    one = Decision("1", "CRM replacement", "", "operation", "Ana", "2026-10-02", "it never ends")
    decided = classify(make_register(ROWS), PLAIN, PERIOD, [one])
    assert explain_fully(decided, 0, PLAIN, PERIOD).turning.turns == ()


def asked_of(portfolio: Portfolio, items: Sequence[int]) -> tuple[dict[int, Turning], list[int]]:
    """What would turn these items, and how many rows each judgement was of."""
    sizes: list[int] = []

    def counting(register: Register, instead: Ints) -> pd.DataFrame:
        sizes.append(len(register.items))
        return judge_copies(register, PLAIN, PERIOD, instead)

    return turnings(portfolio, looked_at(portfolio, items), counting, PERIOD), sizes


def test_rows_of_a_large_register_stand_in_for_all_of_it() -> None:
    """Only some of its rows are judged again, and the item is judged among them as it is among all."""
    found, sizes = asked_of(judge([*ROWS] * 400), [1])
    assert found[1].turns
    assert max(sizes) < 1200


def test_many_are_looked_up_in_the_tables_as_often_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    portfolio, looks, look = judge([*ROWS] * 20), 0, pd.DataFrame.__getitem__

    def counting(frame: pd.DataFrame, key: object) -> object:
        nonlocal looks
        looks += 1
        return look(frame, key)

    monkeypatch.setattr(pd.DataFrame, "__getitem__", counting)
    few, each = explain_each(portfolio, range(len(ROWS)), PLAIN, PERIOD), looks
    assert len(explain_each(portfolio, range(10 * len(ROWS)), PLAIN, PERIOD)) == 10 * len(few)
    assert looks - each <= each


def test_several_are_told_as_each_alone_in_one_judgement() -> None:
    portfolio = judge([*ROWS] * 100)
    together, sizes = asked_of(portfolio, range(5))
    assert len(sizes) <= 2, "single changes, and two at a time where one is not enough"
    assert together == {item: asked_of(portfolio, [item])[0][item] for item in range(5)}


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 4), st.sampled_from([2, 3, 7]))
def test_a_copy_is_judged_as_if_it_stood_in_the_rows_place(item: int, times: int) -> None:
    """Every column is seen as it would be were the register changed so, whatever its size."""
    rows = [dict(row) for _ in range(times) for row in ROWS]
    copy = {**rows[item], "cadence": "monthly", "finish": pd.Timestamp("2026-12-11"), "sponsor": "Bo"}
    beside = judge_copies(make_register([*rows, copy]), PLAIN, PERIOD, np.array([item])).iloc[-1]
    rows[item] = copy
    replaced = judge(rows).verdicts.loc[item]
    assert beside["score"] == pytest.approx(replaced["score"], abs=1e-12)
    assert [beside[name] for name in ("kind", "certainty", "review_reason")] == [
        replaced[name] for name in ("kind", "certainty", "review_reason")
    ]
