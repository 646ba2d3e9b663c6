"""Decisions teach words and weights, never by a fluke, a name or a number, and nothing is added unasked."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.classify import classify
from pipeline.classify.learn import Proposal, accepted, propose
from pipeline.classify.stability import reclassified
from pipeline.model import Decision, Period, Portfolio
from pipeline.remember import remember_words
from pipeline.settings import ClassifySettings, load_settings
from tests.factories import make_register

PERIOD = Period(2026, 10)
PLAIN = ClassifySettings()
SPOTS = ("north", "south", "east", "west", "upper", "lower", "inner")
Row = dict[str, object]


def rows_of(words: str, spots: Sequence[str] = SPOTS, **more: object) -> list[Row]:
    return [{"id": f"{words}-{spot}", "title": f"{spot} {words}", **more} for spot in spots]


def decided(rows: Sequence[Row], kind: str) -> list[Decision]:
    return [Decision(str(row["id"]), str(row["title"]), "", kind, when="2026-10-02") for row in rows]  # type: ignore[arg-type]


def judge(rows: Sequence[Row], decisions: Sequence[Decision], own: ClassifySettings = PLAIN) -> Portfolio:
    return classify(make_register(rows), own, PERIOD, decisions)


ZORB, FLIM = rows_of("zorbing"), rows_of("flimp stewarting")
TAUGHT = [*decided(ZORB, "project"), *decided(FLIM, "operation")]


def proposed(rows: Sequence[Row], decisions: Sequence[Decision]) -> dict[str, Proposal]:
    return {one.name: one for one in propose(judge(rows, decisions), PLAIN, "decisions")}


def test_a_word_goes_with_the_rows_it_stands_in() -> None:
    found = proposed([*ZORB, *FLIM], TAUGHT)
    assert set(found) == {"zorbing", "stewarting"}, "of words that stand in the same rows the longest alone"
    word = found["zorbing"]
    assert (word.sort, word.value, word.kind, word.titles, word.against) == ("word", "develop", "project", 7, 0)
    assert word.chance == pytest.approx(0.5**7)
    assert found["stewarting"].value == "people"


def test_what_would_change_is_listed_before_anything_is_used() -> None:
    rows = [*ZORB, *FLIM, {"id": "new", "title": "grassy zorbing"}, {"id": "else", "title": "CRM replacement"}]
    before = judge(rows, TAUGHT)
    after = judge(rows, TAUGHT, accepted(PLAIN, propose(before, PLAIN, "decisions")))
    (change,) = reclassified(before, after).to_dict("records")
    assert change == {"item": 14, "id": "new", "title": "grassy zorbing", "before": "undecided, to review", "after": "project, likely"}  # fmt: skip
    assert before.rule_set.sha256 != after.rule_set.sha256
    assert not len(reclassified(before, before))


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (rows_of("zorbing", SPOTS[:3]), "too few rows"),
        (rows_of("zorbing", ["north"] * 7), "one title many times"),
        (rows_of("replacement"), "known already"),
        (rows_of("W2217"), "a number"),
        (rows_of("zorbing", owner="Ana Zorbing"), "a person's name"),
        (rows_of("zorbing", department="Zorbing Services"), "a unit's name"),
        ([{"id": spot, "title": f"{spot} hall near Zorbing road with a roof"} for spot in SPOTS], "a place"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_a_fluke_or_a_name_is_not_proposed(rows: list[Row], why: str) -> None:
    found = proposed([*rows, *FLIM], [*decided(rows, "project"), *decided(FLIM, "operation")])
    assert not {"zorbing", "replacement", "w2217"} & set(found), why


def test_a_word_in_rows_of_both_kinds_is_not_proposed() -> None:
    other = {"id": "other", "title": "yearly zorbing"}
    assert "zorbing" not in proposed([*ZORB, *FLIM, other], [*TAUGHT, *decided([other], "operation")])


def test_a_word_says_nothing_where_all_was_decided_alike() -> None:
    assert proposed(ZORB, decided(ZORB, "project")) == {}


def test_a_criterion_that_was_wrong_again_and_again_is_weakened() -> None:
    rows = rows_of("flimp", [*SPOTS, "outer", "middle"], sponsor="Bo") + rows_of("plain", [*SPOTS, "outer", "middle"])
    found = proposed(rows, decided(rows[:9], "operation"))
    weight = found["sponsor"]
    assert (weight.sort, weight.kind, weight.titles, weight.against) == ("weight", "operation", 9, 0)
    after = accepted(PLAIN, [weight])
    assert 0 < after.weights["sponsor"] < 0.4
    assert judge(rows, [], after).verdicts.loc[0, "score"] < judge(rows, []).verdicts.loc[0, "score"]


def test_the_register_suggests_from_its_clear_rows_and_says_so() -> None:
    spots = [*SPOTS, "outer", "middle", "central", "second", "third", "fourth", "fifth"]
    rows = [
        *rows_of("zorbing replacement", spots, description="once only, until all are done"),
        *rows_of("payroll desk", spots, cadence="monthly", description="every month"),
    ]
    portfolio = judge(rows, [])
    assert propose(portfolio, PLAIN, "decisions") == ()
    (word,) = [one for one in propose(portfolio, PLAIN, "register") if one.kind == "project"]
    assert (word.name, word.source, word.titles) == ("zorbing", "register", 14)


@settings(max_examples=3, deadline=None)
@given(st.permutations([*ZORB, *FLIM]))
def test_the_order_of_rows_changes_no_proposal(rows: list[Row]) -> None:
    assert {(one.name, one.value, one.chance) for one in proposed(rows, TAUGHT).values()} == {
        ("zorbing", "develop", 0.5**7),
        ("stewarting", "people", 0.5**7),
    }


def test_what_is_accepted_goes_to_the_settings_and_comments_stay(tmp_path: Path) -> None:
    path = tmp_path / "pipeline.toml"
    path.write_text('# ours\n[classify.words] # words\n"go-live" = "deliver" # since May\n\n[render]\npaper = "A4"\n')
    remember_words(path, {"zorbing": "develop", 'a"b': "admin"}, {"sponsor": 0.2})
    text = path.read_text()
    assert all(comment in text for comment in ("# ours", "# words", "# since May"))
    assert tomllib.loads(text)["render"] == {"paper": "A4"}
    read = load_settings(path).classify
    assert read.words == {"go-live": "deliver", "zorbing": "develop", 'a"b': "admin"}
    assert read.weights == {"sponsor": 0.2}
    remember_words(tmp_path / "new.toml", {"zorbing": "develop"}, {})
    assert load_settings(tmp_path / "new.toml").classify.words == {"zorbing": "develop"}
