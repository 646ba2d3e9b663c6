"""The rows that trap a careless classifier, with the verdict a person gives."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.classify import classify
from pipeline.model import Period
from pipeline.settings import ClassifySettings
from tests.factories import make_register

PERIOD = Period(2026, 10)


def day(text: str) -> pd.Timestamp:
    return pd.Timestamp(text)


TRAPS = [
    (
        {
            "title": "Cleaning services contract",
            "start": day("2025-01-01"),
            "finish": day("2027-12-31"),
            "cadence": "monthly",
        },
        "operation",
        "",
    ),
    ({"title": "Annual statutory audit 2026", "cadence": "yearly"}, "operation", "review"),
    ({"title": "Annual conference 2026", "start": day("2026-02-02"), "finish": day("2026-09-18")}, "project", ""),
    ({"title": "Operations Centre upgrade"}, "project", ""),
    ({"title": "Project Management Office – governance and support"}, "operation", ""),
    (
        {
            "title": "Maintenance project – boilers",
            "type": "Project",
            "start": day("2023-01-02"),
            "cadence": "monthly",
            "status": "Active",
        },
        "operation",
        "C03",
    ),
    (
        {
            "title": "Boiler replacement (maintenance budget)",
            "start": day("2026-03-02"),
            "finish": day("2026-06-19"),
            "budget_type": "Opex",
        },
        "project",
        "",
    ),
    ({"title": "ERP support and enhancements"}, "mixed", "C04"),
    ({"title": "Licence renewal – annual"}, "operation", ""),
    ({"title": "Rolling 3-year lease", "start": day("2024-01-01"), "finish": day("2026-12-31")}, "operation", ""),
    (
        {
            "title": "Digital transformation programme 2024–2028",
            "start": day("2024-02-05"),
            "finish": day("2028-11-30"),
        },
        "project",
        "programme",
    ),
    ({"title": "Continuous improvement programme", "start": day("2021-01-04")}, "operation", "review"),
    ({"title": "Go-live hypercare / early-life support, 6 weeks"}, "project", ""),
    ({"title": "Monthly payroll"}, "operation", ""),
    ({"title": "Payroll system migration"}, "project", ""),
    ({"title": "Decommission legacy CRM"}, "project", ""),
    ({"title": "Covid response", "start": day("2020-03-16"), "status": "Active"}, "operation", "review"),
    ({"title": "Sprint team Alpha"}, "operation", "review"),
    ({"title": "Recruitment of 3 analysts"}, "project", ""),
    ({"title": "Recruitment"}, "operation", ""),
    ({"title": "Vendor onboarding", "cadence": "weekly"}, "operation", ""),
    ({"title": "Onboard vendor X by May"}, "project", ""),
    (
        {
            "title": "Fix server room cooling",
            "effort": 4.0,
            "effort_unit": "hours",
            "effort_per": "total",
            "cells": {"effort": "4 h"},
        },
        "operation",
        "task",
    ),
    (
        {
            "title": "Data lake",
            "type": "Project",
            "start": day("2025-01-13"),
            "finish": day("2025-09-19"),
            "status": "On hold",
        },
        "project",
        "C02",
    ),
    ({"title": "Project Phoenix"}, "project", "review"),
    ({"title": "Betrieb Rechenzentrum"}, "operation", ""),
    ({"title": "Mise en œuvre SIRH"}, "project", ""),
    ({"title": "Betriebssystem"}, "undecided", "review"),
    ({"title": "Helpdesk, not a project"}, "operation", ""),
    ({"title": "Intranet, no longer ongoing"}, "undecided", "review"),
]


@pytest.mark.parametrize(("row", "kind", "mark"), TRAPS, ids=[str(row["title"]) for row, _, _ in TRAPS])
def test_trap_row_gets_the_verdict_a_person_gives(row: dict[str, object], kind: str, mark: str) -> None:
    portfolio = classify(make_register([row]), ClassifySettings(), PERIOD)
    verdict = portfolio.verdicts.loc[0]
    assert verdict["kind"] == kind
    marks = {"review"} if verdict["review"] else set()
    assert not mark or mark in marks | {verdict["level"]} | {one.code for one in portfolio.findings}


def test_a_month_without_a_year_comes_round_every_year_and_one_with_a_year_does_not() -> None:
    recurring = [
        "Stocktake complete in december",
        "Exam results ready by July",
        "Yearly return until February",
        "Jaarlijks op 4 mei",
        "Annual report due by April",
        "Bilan annuel avant fin mars",
        "Relazione annuale entro aprile",
    ]
    once = ["Depot by March 2027", "Depot bis 5. März 2027", "Depot hasta el 5 de marzo de 2027"]
    rows = [{"title": title} for title in [*recurring, *once, "Nursery opens in may"]]
    verdicts = classify(make_register(rows), ClassifySettings(), PERIOD).verdicts
    assert [*verdicts["kind"]] == ["operation"] * len(recurring) + ["project"] * len(once) + ["undecided"]
    assert not verdicts["review"][: len(recurring)].any()


@pytest.mark.parametrize(
    "title", ["Service that relies on volunteers", "Tournee der Philharmoniker", "Ferry", "Weed", "Cession", "Warte"]
)
def test_a_word_of_one_language_is_not_read_as_that_of_another_or_as_another_part_of_speech(title: str) -> None:
    portfolio = classify(make_register([{"title": title}]), ClassifySettings(), PERIOD)
    said = set(portfolio.evidence["quote"].str.casefold())
    assert not said & {"relies", "tournee", "ferry", "weed", "cession", "warte"}
