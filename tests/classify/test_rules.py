"""Rules of the customer's own: each test speaks where it fits, is quoted, and what cannot be asked is refused."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from pipeline.classify import classify, explain
from pipeline.errors import SettingsError
from pipeline.model import Period, Portfolio
from pipeline.settings import ClassifySettings, load_settings
from tests.factories import make_register

PERIOD = Period(2026, 10)
RULE: Mapping[str, object] = {"fields": ["title"], "kind": "project", "points": 2.0}
FITTING: Mapping[str, object] = {
    "title": "North BALLFIELD", "notes": "Board  A", "budget": 200.0, "start": pd.Timestamp("2026-03-01"),
}  # fmt: skip
SILENT: Mapping[str, object] = {"title": "Zeta", "budget": 5.0, "start": pd.Timestamp("2024-03-01")}
TESTS = {
    "matches": {"fields": ["notes", "title"], "matches": r"ball(field|park)\b"},
    "says": {"fields": ["title"], "says": ["north ballfield"]},
    "filled": {"fields": ["notes"], "filled": True},
    "above": {"fields": ["budget"], "above": 100},
    "after": {"fields": ["start"], "after": "2026-01-01"},
}
OPPOSITE = {
    "filled": {"fields": ["notes"], "filled": False},
    "below": {"fields": ["budget"], "below": 100},
    "before": {"fields": ["start"], "before": "2026-01-01"},
}


def run(*rows: Mapping[str, object], **rules: Mapping[str, object]) -> Portfolio:
    return classify(make_register(rows), ClassifySettings.model_validate({"rules": rules}), PERIOD)


def spoken(portfolio: Portfolio) -> list[int]:
    return portfolio.evidence.loc[portfolio.evidence["criterion"] == "ours", "item"].tolist()


@pytest.mark.parametrize("name", sorted(TESTS))
def test_a_test_speaks_where_it_fits_and_is_silent_elsewhere(name: str) -> None:
    plain, own = run(FITTING, SILENT), run(FITTING, SILENT, ours={**RULE, **TESTS[name]})
    assert spoken(own) == [0]
    assert own.verdicts.loc[0, "score"] == pytest.approx(plain.verdicts.loc[0, "score"] + 2.0)
    assert own.verdicts.loc[1, "score"] == pytest.approx(plain.verdicts.loc[1, "score"])
    assert own.evidence.groupby("item")["points"].sum().tolist() == pytest.approx(own.verdicts["score"].tolist())


@pytest.mark.parametrize("name", sorted(OPPOSITE))
def test_the_opposite_test_speaks_for_the_other_row(name: str) -> None:
    own = run(FITTING, SILENT, ours={**RULE, "kind": "operation", **OPPOSITE[name]})
    assert spoken(own) == [1]
    assert own.evidence.loc[own.evidence["criterion"] == "ours", "points"].tolist() == [-2.0]


def test_a_rule_is_quoted_with_its_cell_and_changes_the_hash() -> None:
    plain, own = run(FITTING), run(FITTING, ours={**RULE, **TESTS["matches"]})
    cell = own.register.cell_of(0, "title")
    assert f"+2.00  Your rule 'ours': Title says 'North BALLFIELD'. [{cell}]" in explain(own, 0)
    assert "Your rule 'ours'" in own.verdicts.loc[0, "reasons"]
    assert plain.rule_set.sha256 != own.rule_set.sha256
    heavier = run(FITTING, ours={**RULE, **TESTS["matches"], "points": 2.5})
    assert heavier.rule_set.sha256 != own.rule_set.sha256


def test_many_rules_together_stay_under_their_cap() -> None:
    many = {f"rule-{number}": {**RULE, "matches": "zeta", "points": 4.0} for number in range(5)}
    plain, own = run(SILENT), run(SILENT, **many)
    assert own.verdicts.loc[0, "score"] == pytest.approx(plain.verdicts.loc[0, "score"] + 4.5)


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ({"ours": {**RULE, "fields": ["titel"], "matches": "a"}}, r"\[classify.rules.ours\]: there is no field 'titel'. The nearest is 'title'"),
        ({"ours": {**RULE, "matches": "(?=a)"}}, "cannot be read"),
        ({"ours": {**RULE, "matches": r"(a)\1"}}, "cannot be read"),
        ({"ours": {**RULE, "above": 3}}, "'above' cannot compare 'title'. It compares: .*budget"),
        ({"sponsor": {**RULE, "matches": "a"}}, "'sponsor' is a criterion already"),
        ({"Our Rule": {**RULE, "matches": "a"}}, "no name for a rule"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_with_its_place(rules: dict[str, dict[str, object]], words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        run(SILENT, **rules)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ('matchs = "a"', "no setting 'classify.rules.ours.matchs'.*Did you mean 'matches'"),
        ("", "write one test"),
        ('matches = "a"\nfilled = true', "write one test"),
        ('matches = "a"\npoints = -1', "points"),
    ],
)
def test_settings_name_an_unknown_or_missing_test(tmp_path: Path, lines: str, words: str) -> None:
    points = "" if "points" in lines else "points = 1\n"
    path = tmp_path / "pipeline.toml"
    path.write_text(f'[classify.rules.ours]\nfields = ["title"]\nkind = "project"\n{points}{lines}\n')
    with pytest.raises(SettingsError, match=f"(?s){words}"):
        load_settings(path)


def test_the_record_of_a_run_holds_the_rules() -> None:
    import json

    from pipeline.filed import Intake
    from pipeline.manifest import manifest
    from pipeline.settings import Settings

    rules = {"ours": {**RULE, **TESTS["after"]}}
    record = manifest(run(FITTING), (), Settings.model_validate({"classify": {"rules": rules}}), PERIOD, {}, Intake(()))
    assert json.loads(json.dumps(record))["settings"]["classify"]["rules"]["ours"]["after"] == "2026-01-01"


def test_a_hostile_pattern_takes_linear_time() -> None:
    began = time.perf_counter()
    run({"title": "a" * 5000 + "!"}, ours={**RULE, "matches": "(a+)+$"})
    assert time.perf_counter() - began < 5
