"""Decisions stand above the evidence, find their own item or none, and their file keeps any text."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.classify import classify, explain
from pipeline.decisions import COLUMNS, fresh, read_decisions
from pipeline.deliver.record import keep
from pipeline.errors import SettingsError
from pipeline.findings import FINDINGS
from pipeline.model import DECIDED_KINDS, Decision, Period, Portfolio
from pipeline.settings import ClassifySettings
from tests.factories import make_register

PERIOD = Period(2026, 10)
ROWS: Sequence[Mapping[str, object]] = (
    {"id": "W-1", "title": "Monthly payroll", "type": "Project", "cadence": "monthly", "department": "Finance"},
    {"id": "W-2", "title": "Zeta", "department": "Labs"},
    {"id": "W-3", "title": "ERP support and enhancements", "department": "IT"},
    {"id": "W-4", "title": "CRM replacement", "department": "IT"},
)
ZETA = Decision("W-2", "Zeta", "Labs", "project", "Ana Roy", "2026-10-02", "it ends in May")


def judge(*decisions: Decision, rows: Sequence[Mapping[str, object]] = ROWS) -> Portfolio:
    return classify(make_register(rows), ClassifySettings(), PERIOD, decisions)


def codes(portfolio: Portfolio) -> list[str]:
    return [one.code for one in portfolio.findings if one.code.startswith("D")]


def test_the_order_of_decision() -> None:
    """A decision stands above the evidence; where there is none, the evidence; where that is thin, a person."""
    verdicts = judge(replace(ZETA, id="W-4", title="CRM replacement", kind="operation")).verdicts
    assert verdicts["decided_by"].tolist() == ["evidence", "evidence", "evidence", "decision"]
    assert verdicts.loc[3, "kind"] == "operation"
    assert not verdicts.loc[3, "review"]
    assert verdicts.loc[3, "level"] == ""
    assert verdicts.loc[0, "kind"] == "operation", "a declared type is evidence, not proof"
    assert verdicts.loc[1, "review"], "no word and no date is never a verdict"


@pytest.mark.parametrize(("kind", "probability"), [("project", 1.0), ("operation", 0.0), ("mixed", None)])
def test_a_decision_is_the_verdict_and_the_evidence_stays(kind: str, probability: float | None) -> None:
    plain, decided = judge(), judge(replace(ZETA, kind=kind))
    before, after = plain.verdicts.loc[1], decided.verdicts.loc[1]
    assert (after["kind"], after["certainty"], after["decided_by"]) == (kind, "clear", "decision")
    assert after["probability"] == (before["probability"] if probability is None else probability)
    assert after["score"] == before["score"]
    assert decided.evidence.equals(plain.evidence)
    assert "Decided by Ana Roy on 2026-10-02: it ends in May." in after["reasons"]
    assert "it ends in May" in explain(decided, 1)
    others = [0, 2, 3]
    assert decided.verdicts.loc[others].astype(object).equals(plain.verdicts.loc[others].astype(object))


def test_a_decision_answers_the_contradiction() -> None:
    assert "C01" in {one.code for one in judge().findings}
    decided = judge(Decision("W-1", "Monthly payroll", "Finance", "operation", when="2026-10-02"))
    assert "C01" not in {one.code for one in decided.findings}
    assert decided.verdicts.loc[0, "contradiction"] == ""


def test_a_decision_for_an_item_that_is_gone_is_told() -> None:
    told = judge(replace(ZETA, id="W-99", title="Omega", source="2026-09.xlsx, Review!J5"))
    (one,) = [found for found in told.findings if found.code == "D04"]
    assert (one.file, one.sheet, one.cell) == ("2026-09.xlsx", "Review", "J5")
    assert "W-99 'Omega', which is in no register now" in one.message
    assert "decision" not in set(told.verdicts["decided_by"])


def test_an_id_that_names_another_item_now_is_told() -> None:
    told = judge(replace(ZETA, title="Fleet of electric vans"))
    (one,) = [found for found in told.findings if found.code == "D04"]
    assert "this ID now names 'Zeta'" in one.message
    assert told.verdicts.loc[1, "decided_by"] == "evidence"
    assert judge(replace(ZETA, title="zeta, second part")).verdicts.loc[1, "decided_by"] == "decision"


def test_an_id_on_two_items_is_settled_by_the_title_or_told() -> None:
    twice = [*ROWS, {"id": "w-2", "title": "Other", "department": "Labs"}]
    assert judge(ZETA, rows=twice).verdicts["decided_by"].tolist()[1::3] == ["decision", "evidence"]
    same = [*ROWS, {"id": "W-2", "title": "Zeta", "department": "Labs"}]
    told = judge(ZETA, rows=same)
    (one,) = [found for found in told.findings if found.code == "D05"]
    assert "Register!3, Register!6" in one.message
    assert "decision" not in set(told.verdicts["decided_by"])


def test_an_item_without_an_id_is_known_by_title_and_department() -> None:
    rows = [
        {"id": "Register!2", "title": "Zeta", "department": department, "cells": {"id": ""}}
        for department in ("Labs", "Works")
    ]
    decided = judge(replace(ZETA, id="Register!9"), rows=rows)
    assert decided.verdicts["decided_by"].tolist() == ["decision", "evidence"]
    assert codes(judge(replace(ZETA, id="", department=""), rows=rows)) == ["D05"]


def test_a_lasting_key_finds_its_item_whatever_its_id() -> None:
    register = make_register(ROWS)
    register = replace(register, items=register.items.assign(key=["id:1", "id:2", "id:3", "id:4"]))
    decided = classify(register, ClassifySettings(), PERIOD, [replace(ZETA, id="old", key="id:4")])
    assert decided.verdicts["decided_by"].tolist() == ["evidence", "evidence", "evidence", "decision"]


def test_the_later_of_two_decisions_holds_and_the_conflict_is_told() -> None:
    later = replace(ZETA, kind="operation", who="Bo Lee", when="2026-10-09")
    told = judge(ZETA, later)
    assert told.verdicts.loc[1, "kind"] == "operation"
    (one,) = [found for found in told.findings if found.code == "D06"]
    assert "decided 'operation' and earlier 'project' by Ana Roy on 2026-10-02" in one.message
    assert codes(judge(ZETA, replace(later, who="ana  roy"))) == [], "a change of one's own mind"
    assert codes(judge(ZETA, later, replace(later, kind="evidence"))) == []
    assert judge(ZETA, replace(ZETA, kind="evidence")).verdicts.loc[1, "decided_by"] == "evidence"


def test_a_decision_past_its_last_day_is_told() -> None:
    assert judge(replace(ZETA, until="2026-10-31")).verdicts.loc[1, "decided_by"] == "decision"
    told = judge(replace(ZETA, until="2026-10-30"))
    assert told.verdicts.loc[1, "decided_by"] == "evidence"
    assert [(one.code, one.read) for one in told.findings if one.code[0] == "D"] == [("D07", "2026-10-30")]


TEXT = st.text(max_size=30) | st.sampled_from(["=1+1", "'", "''=x", "-5", "@a", "a\r\nb", "\r", "\n", "\x00", "\ufeff"])
DECISIONS = st.lists(
    st.builds(
        Decision, TEXT, TEXT, TEXT, st.sampled_from(DECIDED_KINDS), TEXT, TEXT, TEXT,
        st.sampled_from(["", "2026-12-31"]), TEXT, TEXT,
    ),
    max_size=4,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(DECISIONS, DECISIONS)
def test_any_text_comes_back_from_the_file(tmp_path_factory, first, second) -> None:
    path = tmp_path_factory.mktemp("office") / "decisions.csv"
    keep(first, path)
    kept = path.read_bytes() if first else b""
    keep(second, path)
    assert read_decisions(path) == (*first, *second)
    if first or second:
        assert path.read_bytes().startswith(kept), "nothing that was written is changed"
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@settings(max_examples=30, deadline=None)
@given(DECISIONS)
def test_what_is_kept_is_not_new(found) -> None:
    undated = [replace(one, when="") for one in found]
    kept = fresh(undated, (), "2026-11-22")
    assert all(one.when == "2026-11-22" for one in kept)
    assert fresh(kept, kept, "2026-12-01") == ()


def test_spaces_and_case_do_not_part_a_decision_from_its_item() -> None:
    rows = [{"id": "w-2", "title": "ZETA\u00a0 of\nthe  Éire"}]
    decided = judge(replace(ZETA, id="", title="Zeta of the éire", department=""), rows=rows)
    assert codes(decided) == []
    assert decided.verdicts["decided_by"].tolist() == ["decision"]


@settings(max_examples=6, deadline=None)
@given(st.permutations(ROWS))
def test_the_order_of_rows_changes_no_decision(rows) -> None:
    decided = judge(ZETA, replace(ZETA, id="W-3", title=ROWS[2]["title"], kind="mixed"), rows=rows)
    held = {
        id: kind
        for id, kind, by in zip(
            decided.register.items["id"], decided.verdicts["kind"], decided.verdicts["decided_by"], strict=True
        )
        if by == "decision"
    }
    assert held == {"W-2": "project", "W-3": "mixed"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("a,b\n", "line 1 is not a decision: its headings"),
        (",".join(COLUMNS) + "\nW-1,Zeta\n", "line 2 is not a decision: it has 2 cells"),
        (",".join(COLUMNS) + "\nW-1,Zeta,,perhaps,,,,,,\n", "'perhaps' is not one of"),
        (",".join(COLUMNS) + "\nW-1,Zeta,,project,,,,soon,,\n", "until 'soon' is not a day"),
    ],
)
def test_a_damaged_file_is_named_with_its_line_and_left_alone(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text(content)
    with pytest.raises(SettingsError, match=words):
        keep([ZETA], path)
    assert path.read_text() == content
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".csv" or one.name.endswith(".new")] == [path.name]


def test_no_finding_on_decisions_goes_untested() -> None:
    here = Path(__file__).read_text(encoding="utf-8")
    loop = (Path(__file__).parents[1] / "test_decision_loop.py").read_text(encoding="utf-8")
    declared = [kind.code for kind in FINDINGS if kind.code.startswith("D")]
    assert declared == [f"D{number:02d}" for number in range(1, 8)]
    assert [code for code in declared if f'"{code}"' not in here + loop] == []
