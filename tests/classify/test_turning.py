"""What would turn a verdict does turn it when the register is changed so; a mixed row is split into its two kinds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import pytest

from pipeline.classify import as_lines, classify, explain_fully
from pipeline.classify.turning import turnings
from pipeline.explanation import Explanation
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


def test_rows_of_a_large_register_stand_in_for_all_of_it() -> None:
    """Only some of its rows are judged again, and the item is judged among them as it is among all."""
    rows = [*ROWS * 400]
    sizes: list[int] = []

    def counting(register: Register) -> Portfolio:
        sizes.append(len(register.items))
        return classify(register, PLAIN, PERIOD)

    portfolio = judge(rows)
    assert turnings(portfolio, [1], counting, PERIOD)[1].turns
    assert max(sizes) < 1200


def test_several_are_told_as_each_alone_in_fewer_judgements() -> None:
    portfolio = judge([*ROWS * 100])
    asked: list[int] = []

    def counting(register: Register) -> Portfolio:
        asked.append(len(register.items))
        return classify(register, PLAIN, PERIOD)

    items = range(5)
    together = turnings(portfolio, items, counting, PERIOD)
    assert len(asked) <= 4
    assert together == {item: turnings(portfolio, [item], counting, PERIOD)[item] for item in items}
