"""A register whose dates all lie two years and more before the period is told to be old, and raises no alarm."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.render.exhibits import EXHIBITS
from pipeline.render.facts import Facts
from pipeline.render.messages import MESSAGES
from pipeline.render.old import latest_date
from tests.render.organisation_sample import MONTHLY, PROJECT, T, summary_of

_THEN = {**PROJECT, "title": "Draw the plan", "start": T("2019-10-01"), "finish": T("2020-01-30")}
_NOW = {**PROJECT, "title": "Move", "finish": T("2026-11-13")}
_UNDATED = {**MONTHLY, "title": "Payroll", "effort": 10.0}


def test_an_old_register_is_told_to_be_old_before_anything_else_and_raises_no_alarm() -> None:
    facts = Facts(summary_of([_THEN, {**_THEN, "title": "Build", "finish": T("2019-12-01")}]))
    assert MESSAGES["headline"](facts) == (
        "The register looks old: its latest date is 30 Jan 2020. The figures describe that time."
    )
    said = [MESSAGES[name](facts) for name in ("overdue", "handover", "decisions")]
    said += [EXHIBITS[name].message(facts) for name in ("attention", "change_headline", "run_and_handover")]
    assert not [text for text in said if "past" in text or "overdue" in text or "attention" in text]
    assert MESSAGES["overdue"](facts) == "The register does not say whether its two projects are still under way."


@pytest.mark.parametrize(
    ("rows", "old"),
    [
        ([_THEN], True),
        ([{**_THEN, "finish": T("2024-10-01")}], True),
        ([{**_THEN, "finish": T("2024-10-02")}], False),
        ([_THEN, _NOW], False),
        ([_THEN, {**_UNDATED, "last_done": T("2026-09-01")}], False),
        ([_THEN, _UNDATED, {**_UNDATED, "title": "Billing"}], False),
        ([_UNDATED], False),
        ([{**_UNDATED, "start": T("2019-03-01")}], False),
        ([_THEN, {**_UNDATED, "start": T("2026-09-01")}], False),
    ],
    ids=[
        "old",
        "two years",
        "not two years",
        "one row of now",
        "done of late",
        "mostly undated",
        "no date",
        "a service since",
        "a service begun of late",
    ],
)
def test_it_is_old_where_most_items_say_a_date_and_all_dates_lie_two_years_back(
    rows: list[dict[str, Any]], old: bool
) -> None:
    assert (latest_date(Facts(summary_of(rows))) is not None) == old
