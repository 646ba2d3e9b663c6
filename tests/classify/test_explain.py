"""An explanation is the computation: what it shows adds up, in words and as an object."""

from __future__ import annotations

import json
import re

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.classify import as_lines, as_object, classify, reasons
from pipeline.classify.criteria import CRITERIA
from pipeline.classify.explain import explained
from pipeline.classify.looked import looked_at
from pipeline.explanation import Explanation
from pipeline.findings import clamp
from pipeline.model import Decision, Period, Portfolio
from pipeline.settings import ClassifySettings
from tests.factories import make_register

PERIOD = Period(2026, 10)
FULL = {
    "id": "W-1", "title": "CRM replacement", "description": "Old system switched off", "notes": "once all are done",
    "cadence": "once", "finish": pd.Timestamp("2026-05-13"), "type": "Project", "sponsor": "Ana",
    "deliverable": "Zeta", "milestone": "Go-live", "service_level": "99 %",
}  # fmt: skip
ROWS = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["", "CRM replacement", "Monthly payroll", "Zeta {quote}", "ERP support and upgrade"]),
        "notes": st.sampled_from(["", "business as usual", "until all are done, every month, handed over"]),
        "cadence": st.sampled_from(["", "monthly", "once"]),
        "sponsor": st.sampled_from(["", "Ana"]),
        "type": st.sampled_from(["", "Project", "BAU"]),
        "deliverable": st.sampled_from(["", "Zeta"]),
    }
)


def judge(*rows: object, decisions: tuple[Decision, ...] = ()) -> Portfolio:
    return classify(make_register(rows), ClassifySettings(), PERIOD, decisions)  # type: ignore[arg-type]


def told_of(portfolio: Portfolio) -> Explanation:
    return explained(portfolio, looked_at(portfolio, (0,))[0])


@settings(max_examples=8, deadline=None)
@given(ROWS, st.booleans())
def test_the_points_that_are_shown_add_up_to_the_score(row: object, everything: bool) -> None:
    told = told_of(judge(row))
    assert sum(one.points for one in told.reasons) + told.start == pytest.approx(told.score)
    lines = list(as_lines(told, all_reasons=everything))
    shown = [float(points) for line in lines for points in re.findall(r"^  ([+-]\d+\.\d\d)  ", line)]
    assert sum(shown) + told.start == pytest.approx(told.score, abs=0.005 * (len(shown) + 2))


@pytest.mark.parametrize("cell", ["done " * 30, "a" * 80, "x" * 57 + " is", "x" * 58 + " it", "see " + "a" * 90])
def test_a_quote_is_cut_between_words_as_messages_cut_it(cell: str) -> None:
    quotes = reasons._clamped(pa.array([cell, "short", cell]))
    assert quotes.to_pylist() == [clamp(cell), "short", clamp(cell)]


def test_three_reasons_a_side_unless_all_are_asked_for() -> None:
    told = told_of(judge(FULL))
    few, every = list(as_lines(told)), list(as_lines(told, all_reasons=True))
    assert sum(line.startswith("  +") for line in few) == 4
    assert any(re.search(r"\d+ more; --all shows them", line) for line in few)
    assert sum(line.startswith("  +") for line in every) == sum(one.points > 0 for one in told.reasons) > 4
    assert [abs(one.points) for one in told.reasons] == sorted((abs(one.points) for one in told.reasons), reverse=True)


def test_certainty_is_a_word_and_never_a_percentage() -> None:
    lines = list(as_lines(told_of(judge({**FULL, "service_level": ""}))))
    assert lines[0].startswith("CRM replacement: project, clear (decided by evidence")
    assert not any("%" in line for line in lines)


def test_what_was_silent_and_what_is_blank_is_said() -> None:
    told = told_of(judge({"id": "W-1", "title": "CRM replacement"}))
    assert {"finish", "cadence", "sponsor"} <= set(told.blank)
    assert set(told.silent) | {one.criterion for one in told.reasons} == {one.id for one in CRITERIA}
    lines = list(as_lines(told, all_reasons=True))
    assert any("criteria were silent; blank here: Finish" in line for line in lines)
    assert any(line.startswith("Silent: ") and "definite-end" in line for line in lines)


def test_a_decision_is_said_with_who_when_and_why() -> None:
    one = Decision("W-1", "CRM replacement", "", "operation", "Ana Roy", "2026-10-02", "it never ends", "2026-12-31")
    lines = list(as_lines(told_of(judge(FULL, decisions=(one,)))))
    assert lines[0].startswith("CRM replacement: operation, clear (decided by decision")
    assert lines[1] == "Decided by Ana Roy on 2026-10-02, until 2026-12-31: it never ends."
    assert any(line.startswith("  +") for line in lines), "the evidence is still shown"


def test_the_object_holds_everything_unrounded() -> None:
    told = told_of(judge(FULL))
    read = json.loads(json.dumps(as_object(told)))
    assert sum(one["points"] for one in read["reasons"]) + read["start"] == pytest.approx(read["score"])
    assert {"kind", "certainty", "silent", "blank", "rule_set", "turning", "decision"} <= set(read)
    assert read["rule_set"]["sha256"] == told.rule_set.sha256


def test_items_looked_at_in_any_order_have_their_own_evidence() -> None:
    rows = [{"title": "CRM replacement"}, {"title": "Zeta"}, {"title": "Payroll", "cadence": "monthly"}]
    portfolio = classify(make_register(rows), ClassifySettings(), PERIOD)
    for item, one in looked_at(portfolio, (2, 0, 1)).items():
        mine = portfolio.evidence[portfolio.evidence["item"] == item]
        assert [line.criterion for line in one.lines] == mine["criterion"].tolist()
        assert sum(line.points for line in one.lines) == pytest.approx(portfolio.verdicts.loc[item, "score"])
