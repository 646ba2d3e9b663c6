"""No verdict changes unsaid: the same rules say the same, and other rules are told with what they change."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from pipeline.classify import classify
from pipeline.classify.stability import reclassified, tell_of_new_rules
from pipeline.model import Period, Portfolio
from pipeline.settings import ClassifySettings
from pipeline.snapshots import Snapshot
from tests.factories import make_register

ROWS = (
    {"id": "1", "title": "CRM replacement"},
    {"id": "2", "title": "grassy zorbing"},
    {"id": "3", "title": "Payroll"},
)
SEPTEMBER = Period(2026, 9)


def judge(**options: object) -> Portfolio:
    portfolio = classify(make_register(ROWS), ClassifySettings.model_validate(options), Period(2026, 10))
    items = portfolio.register.items.assign(key=["id:1", "id:2", "id:3"])
    return replace(portfolio, register=replace(portfolio.register, items=items))


@pytest.fixture(scope="module")
def before() -> Portfolio:
    return judge()


@pytest.fixture(scope="module")
def after() -> Portfolio:
    return judge(words={"zorbing": "build"})


def snapshot(portfolio: Portfolio, rules: str) -> Snapshot:
    items = pd.DataFrame({"key": portfolio.register.items["key"], "kind": portfolio.verdicts["kind"]})
    return Snapshot(SEPTEMBER, items, (), rules)


def test_every_row_that_other_rules_reclassify_is_listed(before: Portfolio, after: Portfolio) -> None:
    assert reclassified(before, after).to_dict("records") == [
        {"item": 1, "id": "2", "title": "grassy zorbing", "before": "undecided, to review", "after": "project, clear"}
    ]
    assert not len(reclassified(before, before))


def test_other_rules_than_last_time_are_told_with_how_many_they_change(before: Portfolio, after: Portfolio) -> None:
    (told,) = tell_of_new_rules(after, snapshot(before, before.rule_set.sha256))
    assert told.code == "C05"
    assert "those that judged 2026-09; 1 item is now of another kind" in told.message
    assert after.rule_set.sha256[:12] in told.message


def test_the_same_rules_and_a_first_month_tell_nothing(before: Portfolio) -> None:
    assert tell_of_new_rules(before, snapshot(before, before.rule_set.sha256)) == ()
    assert tell_of_new_rules(before, snapshot(before, "")) == ()
    assert tell_of_new_rules(before, None) == ()


def test_the_same_input_and_rules_give_the_same_verdicts(before: Portfolio) -> None:
    again = judge()
    assert again.verdicts.equals(before.verdicts)
    assert again.evidence.equals(before.evidence)
    assert again.rule_set == before.rule_set
