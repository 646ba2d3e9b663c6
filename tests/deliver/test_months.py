"""What published months said: read back as written, never changed, and told where one cannot be used."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from pipeline.answers import history_lines
from pipeline.deliver import earlier_snapshots, history, levels_written, past_levels, publish, snapshot_of, written
from pipeline.deliver.months import LEVELS
from pipeline.model import Period, Summary
from pipeline.settings import DeliverSettings, SummariseSettings
from pipeline.summarise import summarise
from tests.summarise.conftest import make_portfolio
from tests.summarise.test_levels import ITEMS, PEOPLE

OCTOBER = Period(2026, 10)


@pytest.fixture(scope="module")
def summary() -> Summary:
    portfolio = make_portfolio(ITEMS, PEOPLE)
    portfolio.register.items.insert(0, "key", portfolio.register.items["id"])
    return summarise(portfolio, SummariseSettings(), OCTOBER)[0]


@pytest.fixture
def published(summary: Summary, tmp_path: Path) -> DeliverSettings:
    settings = DeliverSettings(output=tmp_path)
    files = written(snapshot_of(summary, ())) | levels_written(summary)
    publish((), {"rule_set": {"version": "7"}}, settings, OCTOBER, files)
    return settings


def levels_of(settings: DeliverSettings, period: Period, months: int) -> pd.DataFrame:
    return past_levels(settings, period, months)[0]


def test_a_month_says_later_what_it_said(published: DeliverSettings, summary: Summary):
    (month,) = history(published)
    assert (month.period, month.items, month.projects, month.operations, month.undecided) == (OCTOBER, 5, 2, 3, 0)
    assert (month.hours, month.unknown_effort, month.version) == (285.0, 1, "7")
    assert month.run_share == pytest.approx(205 / 285)
    levels = levels_of(published, Period(2026, 11), 11)
    assert set(levels["month"]) == {pd.Timestamp("2026-10-01")}
    said = summary.tables["run_change"]
    pd.testing.assert_frame_equal(
        levels[["level", "name", "run_hours", "run_items"]], said[["level", "name", "run_hours", "run_items"]]
    )


def test_the_same_month_gives_the_same_bytes(summary: Summary):
    assert levels_written(summary) == levels_written(summary)


def test_only_months_within_reach_before_the_period_are_read(published: DeliverSettings):
    assert levels_of(published, OCTOBER, 11).empty
    assert levels_of(published, Period(2027, 10), 11).empty
    assert len(levels_of(published, Period(2027, 9), 11))
    assert list(levels_of(published, OCTOBER, 11).columns) == list(levels_of(published, Period(2026, 11), 11).columns)


def test_a_month_that_was_edited_is_a_gap_and_is_told(published: DeliverSettings):
    for name in (LEVELS, "snapshot/items.parquet"):
        path = published.output / "2026-10" / name
        path.write_bytes(path.read_bytes() + b" ")
    assert levels_of(published, Period(2026, 11), 11).empty
    (month,) = history(published)
    assert month.problem == "snapshot/items.parquet is not what was published"


def test_levels_that_were_edited_are_told_by_the_months_after_and_in_the_history(published: DeliverSettings):
    path = published.output / "2026-10" / LEVELS
    path.write_bytes(path.read_bytes() + b" ")
    (told,) = past_levels(published, Period(2026, 12), 11)[1]
    assert (told.code, told.file) == ("H03", f"2026-10/{LEVELS}")
    (month,) = history(published)
    assert (month.problem, month.gap, month.items) == ("", f"{LEVELS} is not what was published", 5)
    assert f"2026-10 is missing from the trend: {LEVELS} is not what was published." in " ".join(
        " ".join(history_lines([month])).split()
    )


def test_levels_of_another_month_are_not_taken(published: DeliverSettings):
    other = published.output / "2026-09"
    (published.output / "2026-10").rename(other)
    record = json.loads((other / "run.json").read_text())
    assert hashlib.sha256((other / LEVELS).read_bytes()).hexdigest() in str(record)
    assert levels_of(published, OCTOBER, 11).empty


def test_a_month_run_again_keeps_what_it_said_before(published: DeliverSettings, summary: Summary):
    first = published.output / "2026-10" / "snapshot" / "items.parquet"
    said = first.read_bytes()

    def again(kind: str) -> list[str]:
        snapshot = snapshot_of(summary, ())
        files = written(replace(snapshot, items=snapshot.items.assign(kind=kind))) | levels_written(summary)
        publish((), {}, published, OCTOBER, files | earlier_snapshots(published, OCTOBER, files))
        return sorted(path.name for path in first.parent.glob("items*"))

    assert earlier_snapshots(published, OCTOBER, written(snapshot_of(summary, ())) | levels_written(summary)) == {}
    assert again("project") == ["items.1.parquet", "items.parquet"]
    assert again("project") == ["items.1.parquet", "items.parquet"], "the same again adds nothing"
    assert again("operation") == ["items.1.parquet", "items.2.parquet", "items.parquet"]
    assert (first.parent / "items.1.parquet").read_bytes() == said
    (month,) = history(published)
    assert month.said_before == 2
    assert "run again, said something else before (2 times)" in " ".join(" ".join(history_lines([month])).split())
