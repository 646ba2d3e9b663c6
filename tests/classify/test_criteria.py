"""Each criterion: one item it speaks for and one it is silent on."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pytest

from pipeline.classify import classify
from pipeline.classify.criteria import CRITERIA
from pipeline.model import Period
from pipeline.settings import ClassifySettings
from tests.classify.test_history import HISTORY
from tests.factories import make_register

START, OWN_DAY, YEAR_END = pd.Timestamp("2026-02-02"), pd.Timestamp("2026-09-18"), pd.Timestamp("2026-12-31")

Row = Mapping[str, object]
EXAMPLES: Mapping[str, tuple[Row, Row]] = {
    "definite-end": ({"title": "X", "finish": OWN_DAY}, {"title": "X", "finish": YEAR_END}),
    "short-span": (
        {"title": "X", "start": START, "finish": OWN_DAY},
        {"title": "X", "start": START, "finish": YEAR_END},
    ),
    "whole-years": (
        {"title": "X", "start": pd.Timestamp("2025-04-01"), "finish": pd.Timestamp("2027-03-31")},
        {"title": "X", "start": START, "finish": OWN_DAY},
    ),
    "long-span": (
        {"title": "X", "start": pd.Timestamp("2018-02-05"), "finish": OWN_DAY},
        {"title": "X", "finish": OWN_DAY},
    ),
    "no-end": ({"title": "X", "start": pd.Timestamp("2022-01-10")}, {"title": "X", "start": START}),
    "open-end": ({"title": "X", "cells": {"finish": "unbefristet"}}, {"title": "X", "cells": {"finish": "TBC"}}),
    "cadence": (
        {"title": "X", "cadence": "monthly"},
        {"title": "X", "cadence": "monthly", "cells": {"cadence": "Monthly board"}},
    ),
    "once": ({"title": "X", "cadence": "once"}, {"title": "X", "cadence": "weekly"}),
    "standing-rate": (
        {"title": "X", "effort": 0.5, "effort_unit": "fte"},
        {"title": "X", "effort": 80.0, "effort_unit": "hours", "effort_per": "total"},
    ),
    "each-time": (
        {"title": "X", "effort": 5.0, "effort_unit": "hours", "effort_per": "occurrence"},
        {"title": "X", "effort": 80.0, "effort_unit": "hours", "effort_per": "total"},
    ),
    "total-effort": (
        {"title": "X", "effort": 80.0, "effort_unit": "hours", "effort_per": "total"},
        {"title": "X", "effort": 0.5, "effort_unit": "fte"},
    ),
    "deliverable": ({"title": "X", "deliverable": "Zeta"}, {"title": "X"}),
    "service-level": ({"title": "X", "service_level": "99.9 %"}, {"title": "X"}),
    "volume": ({"title": "X", "volume": "1,200"}, {"title": "X"}),
    "procedure": ({"title": "X", "procedure": "SOP-12"}, {"title": "X"}),
    "handover": ({"title": "X", "handover_to": "Service desk"}, {"title": "X"}),
    "sponsor": ({"title": "X", "sponsor": "Ana"}, {"title": "X"}),
    "baseline": ({"title": "X", "baseline_finish": OWN_DAY}, {"title": "X"}),
    "milestone": ({"title": "X", "milestone": "Zeta"}, {"title": "X"}),
    "part-done": ({"title": "X", "progress": 0.4}, {"title": "X", "progress": 1.0}),
    "declared-project": ({"title": "X", "type": "Projekt"}, {"title": "X", "type": "Linie"}),
    "declared-operation": ({"title": "X", "type": "BAU"}, {"title": "X", "type": "Project"}),
    "capital": ({"title": "X", "budget_type": "Capex"}, {"title": "X", "budget_type": "Opex"}),
    "capital-plan": ({"title": "X", "department": "Capital Improvement"}, {"title": "X", "department": "Finance"}),
    "operating": ({"title": "X", "budget_type": "Opex"}, {"title": "X", "budget_type": "Capex"}),
    "words-build": ({"title": "Build a bridge"}, {"title": "Zeta"}),
    "words-replace": ({"title": "CRM replacement"}, {"title": "Zeta"}),
    "words-deliver": ({"title": "Launch Zeta"}, {"title": "Zeta"}),
    "words-retire": ({"title": "Zeta", "description": "Excel stilllegen"}, {"title": "Zeta"}),
    "words-bounded": ({"title": "Zeta", "notes": "never held before"}, {"title": "Zeta"}),
    "words-receive": ({"title": "Zeta", "notes": "handed over to the desk"}, {"title": "Zeta"}),
    "words-buy": ({"title": "Purchase of vans"}, {"title": "Zeta"}),
    "words-new": ({"title": "New Zeta"}, {"title": "Zeta"}),
    "words-develop": ({"title": "Feasibility Zeta"}, {"title": "Zeta"}),
    "words-project": ({"title": "Project Phoenix"}, {"title": "Phoenix"}),
    "words-asset": ({"title": "Mill Road bridge"}, {"title": "Zeta"}),
    "words-programme": ({"title": "Zeta programme"}, {"title": "Zeta"}),
    "words-people": ({"title": "Youth Zeta"}, {"title": "Zeta"}),
    "words-generic": ({"title": "Zeta", "description": "Alpha or beta"}, {"title": "Zeta"}),
    "words-control": ({"title": "Boiler inspection"}, {"title": "Zeta"}),
    "words-support": ({"title": "Helpdesk"}, {"title": "Zeta"}),
    "words-admin": ({"title": "Payroll"}, {"title": "Zeta"}),
    "words-process": ({"title": "Invoices"}, {"title": "Zeta"}),
    "words-run": ({"title": "Lift maintenance"}, {"title": "Lift"}),
    "words-season": ({"title": "Exams"}, {"title": "Zeta"}),
    "words-arrival": ({"title": "Zeta", "description": "on request"}, {"title": "Zeta"}),
    "words-cadence": ({"title": "Weekly Zeta"}, {"title": "Zeta"}),
    "words-standing": ({"title": "Zeta", "notes": "business as usual"}, {"title": "Zeta"}),
    "words-again": ({"title": "Zeta", "description": "wie im Vorjahr"}, {"title": "Zeta"}),
    "words-catalogue": ({"title": "Apply for a badge"}, {"title": "Badge"}),
}


OF_ONE_MONTH = [criterion for criterion in CRITERIA if criterion.id not in HISTORY]
"""Those of history need an earlier month: their examples stand in `test_history`."""


def spoken(row: Row) -> dict[str, float]:
    evidence = classify(make_register([row]), ClassifySettings(), Period(2026, 10)).evidence
    return dict(zip(evidence["criterion"].astype(str), evidence["points"], strict=True))


def test_every_criterion_has_an_example() -> None:
    assert set(EXAMPLES) | HISTORY == {criterion.id for criterion in CRITERIA}


@pytest.mark.parametrize("criterion", OF_ONE_MONTH, ids=lambda criterion: criterion.id)
def test_criterion_speaks_for_one_and_is_silent_on_the_other(criterion) -> None:  # type: ignore[no-untyped-def]
    speaks, silent = EXAMPLES[criterion.id]
    assert spoken(speaks)[criterion.id] * criterion.points > 0
    assert criterion.id not in spoken(silent)


@pytest.mark.parametrize("criterion", CRITERIA, ids=lambda criterion: criterion.id)
def test_criterion_says_what_it_asks_and_where_its_rule_comes_from(criterion) -> None:  # type: ignore[no-untyped-def]
    assert criterion.question.endswith("?")
    assert criterion.source
    assert "{quote}" in criterion.explanation


def test_a_column_that_is_the_same_everywhere_says_nothing() -> None:
    rows = [{"title": f"Zeta {letter}", "type": "Project", "sponsor": "Ana"} for letter in "abcdef"]
    evidence = classify(make_register(rows), ClassifySettings(), Period(2026, 10)).evidence
    assert set(evidence["criterion"].astype(str)) == {"start"}


def test_a_finish_that_many_share_is_a_year_end() -> None:
    shared, own = pd.Timestamp("2027-03-19"), pd.Timestamp("2027-05-12")
    rows = [{"title": "Zeta", "finish": shared}] * 8 + [{"title": "Zeta", "finish": own}]
    evidence = classify(make_register(rows), ClassifySettings(), Period(2026, 10)).evidence
    assert set(evidence.loc[evidence["criterion"] == "definite-end", "item"]) == {8}
