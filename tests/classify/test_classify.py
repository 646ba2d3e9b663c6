"""What holds of every classification, whatever the rows say."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from pipeline.classify import classify, contradictions, explain, lines
from pipeline.errors import SettingsError
from pipeline.model import Period, Portfolio
from pipeline.settings import ClassifySettings
from tests.factories import make_register

PERIOD = Period(2026, 10)
PHRASES = [
    "",
    "Payroll",
    "CRM replacement",
    "Daily report",
    "until all are done",
    "wie im Vorjahr",
    "Mise en œuvre SIRH",
    "(",
    "=1+1",
    "éteindre l’ancien",
    "support and enhancements",
    "Zeta",
    "24/7 desk",
    "<b>upgrade</b>",
    "last 140 desks",
    "\u202e -- . ,",
]
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "title": st.sampled_from(PHRASES),
            "description": st.sampled_from(PHRASES),
            "notes": st.text(max_size=20),
            "type": st.sampled_from(["", "Project", "BAU"]),
            "cadence": st.sampled_from(["", "monthly", "once"]),
            "finish": st.sampled_from([None, pd.Timestamp("2026-12-31"), pd.Timestamp("2026-05-13")]),
        }
    ),
    min_size=1,
    max_size=8,
)


def run(rows: list[dict[str, object]], **options: object) -> Portfolio:
    return classify(make_register(rows), ClassifySettings.model_validate(options), PERIOD)


@settings(max_examples=8, deadline=None)
@given(ROWS)
def test_contributions_add_up_to_the_score(rows: list[dict[str, object]]) -> None:
    portfolio = run(rows)
    total = portfolio.evidence.groupby("item")["points"].sum()
    assert total.to_numpy() == pytest.approx(portfolio.verdicts["score"].to_numpy())


@settings(max_examples=6, deadline=None)
@given(ROWS)
def test_row_order_changes_nothing(rows: list[dict[str, object]]) -> None:
    forward, backward = run(rows).verdicts, run(rows[::-1]).verdicts
    assert backward["score"].to_numpy()[::-1] == pytest.approx(forward["score"].to_numpy())
    assert list(backward["kind"][::-1]) == list(forward["kind"])


@settings(max_examples=6, deadline=None)
@given(ROWS)
def test_case_and_final_period_change_nothing(rows: list[dict[str, object]]) -> None:
    def shouted(row: dict[str, object]) -> dict[str, object]:
        return {
            **row,
            "title": str(row["title"]).upper(),
            "description": f"{row['description']}." if row["description"] else "",
        }

    assert run([shouted(row) for row in rows]).verdicts["score"].to_numpy() == pytest.approx(
        run(rows).verdicts["score"].to_numpy()
    )


def test_duplicated_rows_get_the_verdicts_of_the_single_ones() -> None:
    rows = [
        {"title": "Payroll", "type": "BAU", "finish": pd.Timestamp("2026-12-31")},
        {"title": "CRM replacement", "type": "Project", "finish": pd.Timestamp("2026-05-13")},
        {"title": "Helpdesk", "cadence": "monthly"},
        {"title": "Mill Road bridge", "sponsor": "Ana"},
    ]
    single, double = run(rows).verdicts, run(rows + rows).verdicts
    assert double["score"].to_numpy() == pytest.approx([*single["score"], *single["score"]])


@pytest.mark.parametrize("field", ["title", "description", "notes", "cadence", "finish", "type", "sponsor"])
def test_a_blank_cell_takes_away_its_own_evidence_alone(field: str) -> None:
    row: dict[str, object] = {
        "title": "CRM replacement",
        "description": "Old system switched off",
        "notes": "once all are done",
        "cadence": "once",
        "finish": pd.Timestamp("2026-05-13"),
        "type": "Project",
        "sponsor": "Ana",
    }
    with_cell, without = (
        set(zip(part["criterion"], part["field"], strict=True))
        for part in (run([row]).evidence, run([{name: value for name, value in row.items() if name != field}]).evidence)
    )
    assert {spot for spot in with_cell - without if spot[1] != field} == set()
    assert without <= with_cell


@settings(max_examples=10, deadline=None)
@given(ROWS, st.sampled_from(["title", "description", "notes", "type", "cadence", "finish"]))
def test_a_blank_cell_among_other_rows_takes_away_its_own_evidence_alone(
    rows: list[dict[str, object]], field: str
) -> None:
    def said(rows: list[dict[str, object]]) -> set[tuple[str, str, str]]:
        mine = run(rows).evidence.query("item == 0")
        return set(zip(mine["criterion"], mine["field"], mine["quote"], strict=True))

    before, after = said(rows), said([{**rows[0], field: None if field == "finish" else ""}, *rows[1:]])
    assert after <= before
    assert {where for _, where, _ in before - after} <= {field}


def test_own_words_stand_above_the_shipped_ones() -> None:
    assert run([{"title": "Zeta"}]).verdicts.loc[0, "kind"] == "undecided"
    assert run([{"title": "ZETAS rising"}], words={"zeta*": "build"}).verdicts.loc[0, "kind"] == "project"
    assert run([{"title": "Big Bang day"}], words={"Big-Bang": "deliver"}).verdicts.loc[0, "kind"] == "project"


def test_own_weights_are_used_and_change_the_hash() -> None:
    row = [{"title": "Zeta", "sponsor": "Ana"}]
    plain, own = run(row), run(row, weights={"sponsor": -2.0})
    assert plain.verdicts.loc[0, "score"] > own.verdicts.loc[0, "score"]
    assert plain.rule_set.sha256 != own.rule_set.sha256
    assert run(row).rule_set == plain.rule_set


@pytest.mark.parametrize(
    ("options", "near"),
    [
        ({"words": {"zeta": "biuld"}}, "build"),
        ({"weights": {"sponser": 1.0}}, "sponsor"),
        ({"weights": {"words-buidl": 1.0}}, "words-build"),
    ],
)
def test_an_unknown_family_or_criterion_is_refused_with_the_nearest(options: dict[str, object], near: str) -> None:
    with pytest.raises(SettingsError, match=near):
        run([{"title": "Zeta"}], **options)


def test_explanation_quotes_the_cells_with_their_addresses() -> None:
    portfolio = run(
        [{"title": "Operations Centre upgrade", "notes": "business as usual afterwards", "type": "Project"}]
    )
    text = explain(portfolio, 0)
    title, notes = (portfolio.register.cell_of(0, field) for field in ("title", "notes"))
    assert f"Title says 'upgrade'. [{title}]" in text
    assert f"Notes says 'business as usual'. [{notes}]" in text
    assert "The register calls it 'Project'." in text
    assert "criteria were silent" in text
    assert "To review: " in text
    assert portfolio.rule_set.sha256[:12] in text


def test_a_declared_type_is_contradicted_with_its_place() -> None:
    portfolio = run([{"title": "Monthly payroll", "type": "Project", "cadence": "monthly"}])
    (one,) = [found for found in portfolio.findings if found.code == "C01"]
    assert (one.file, one.sheet, one.cell) == ("register.xlsx", "Register", portfolio.register.cell_of(0, "type"))
    assert "'Project'" in portfolio.verdicts.loc[0, "contradiction"]


def test_contradictions_beyond_those_told_one_by_one_are_told_with_every_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contradictions, "TOLD", 1)
    portfolio = run([{"title": "Monthly payroll", "type": "Project", "cadence": "monthly"}] * 3)
    _, rest = [found for found in portfolio.findings if found.code == "C01"]
    assert rest.ranges.split() == [portfolio.register.cell_of(item, "type") for item in (1, 2)]
    assert rest.count == 2


def test_a_done_item_past_its_finish_is_no_contradiction() -> None:
    row = {"title": "CRM replacement", "finish": pd.Timestamp("2026-05-13")}
    assert "C02" in {one.code for one in run([{**row, "status": "In progress"}]).findings}
    for status in ("Completed", "Abgeschlossen", "Concluído", ""):
        assert "C02" not in {one.code for one in run([{**row, "status": status}]).findings}


def test_an_empty_register_has_no_verdicts() -> None:
    portfolio = run([])
    assert len(portfolio.verdicts) == 0
    assert len(portfolio.evidence) == 0


def test_rows_weighed_in_several_goes_are_weighed_as_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        {"title": title, "description": other, "cadence": cadence, "deliverable": title}
        for title, other, cadence in zip(PHRASES, PHRASES[::-1], ["", "monthly", "once", ""] * 4, strict=True)
    ]
    rule = {"fields": ["title", "description"], "matches": "desk", "kind": "project", "points": 2.0}
    whole = run(rows, rules={"ours": rule})
    monkeypatch.setattr(lines, "ROWS", 3)
    parted = run(rows, rules={"ours": rule})
    assert_frame_equal(parted.verdicts, whole.verdicts)
    assert_frame_equal(parted.evidence.astype({"quote": "string"}), whole.evidence.astype({"quote": "string"}))
    assert set(whole.evidence["item"]) == set(range(len(rows)))


def test_texts_are_kept_once_however_many_rows_say_them() -> None:
    evidence = run([{"title": f"Zeta {number}", "deliverable": "A desk"} for number in range(9)]).evidence
    assert sorted(evidence["quote"].cat.categories) == ["", "desk"]
    assert (evidence["quote"] == "desk").sum() == 9
